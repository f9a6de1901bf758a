//! Raw responses: bytes that are read later, as their client reads responses.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{Read, Reading, Response};
use crate::runtime::attempts::Attempts;
use crate::runtime::context::Context;
use crate::runtime::error::Error;
use crate::runtime::operation::Operation;
use crate::runtime::received::Received;
use crate::runtime::redact::Secrets;
use crate::runtime::wire;

/// A raw response: status, headers and bytes. Returned by [`Call::raw`](crate::call::Call::raw).
#[derive(Clone)]
pub struct RawResponse {
    received: Received,
    /// The settings of the client and the secrets of the request, for the time when it is read.
    context: Arc<Context>,
    secrets: Secrets,
}

impl RawResponse {
    /// The operation.
    pub const fn operation(&self) -> &'static Operation {
        self.received.operation()
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.received.status()
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        self.received.headers()
    }

    /// The body, decompressed.
    pub const fn body(&self) -> &Bytes {
        self.received.body()
    }

    /// The body, by value.
    pub fn into_body(self) -> Bytes {
        self.received.into_body()
    }

    /// Plaid's id for the request, from the headers or from the JSON body.
    pub fn request_id(&self) -> Option<String> {
        self.received.request_id()
    }

    /// The attempts of the call.
    pub const fn attempts(&self) -> &Attempts {
        self.received.attempts()
    }
}

/// Decoding. As in a call, a body that can't be decoded and deviations from the API's description are reported to the client's
/// [`Observer`](crate::observe::Observer), and deviations are errors for a client with
/// [`strict_responses`](crate::client::ClientBuilder::strict_responses).
impl RawResponse {
    /// Decodes the body into the type of the operation's response. To get the deviations, decode into a
    /// [`Detailed`](super::Detailed).
    ///
    /// # Errors
    /// The body is not JSON, is truncated, or has a value of another type. For a client with strict responses, also a deviation.
    pub fn read<R: Response>(self) -> Result<R, Error> {
        super::read(self.received, &self.context, self.secrets)
    }

    /// Decodes the body into any type that implements serde's `Deserialize`. Types of the API do with the feature `serde`;
    /// [`read`](Self::read) needs no feature. Deviations are those of this crate's types in it; their paths start at these types.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        super::read(self.received, &self.context, self.secrets).map(|BySerde(value)| value)
    }
}

impl Read for RawResponse {
    fn read(received: Received, reading: &mut Reading) -> Result<Self, Error> {
        let (context, secrets) = reading.settings();
        Ok(Self { received, context, secrets })
    }
}

/// A type of the application.
struct BySerde<T>(T);

impl<T: DeserializeOwned> Read for BySerde<T> {
    fn read(received: Received, reading: &mut Reading) -> Result<Self, Error> {
        reading.decode(received, wire::from_json_by_serde).map(Self)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.received, f)
    }
}
