//! Responses: decoded, with metadata, raw, and files.

mod raw;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;

pub use self::raw::RawResponse;
use crate::runtime::attempts::Attempts;
use crate::runtime::context::Context;
use crate::runtime::error::Error;
use crate::runtime::observe;
use crate::runtime::operation::Operation;
use crate::runtime::received::Received;
use crate::runtime::redact::{self, Secrets};
use crate::runtime::request_id;
use crate::runtime::wire::{self, DecodeError, Deviations, Wire};

/// What a call can return: every type of the API, [`serde_json::Value`], a [`Download`], a [`RawResponse`], a [`Detailed`]
/// of these, or `()` for a response without content.
///
/// The trait is sealed. To read a response into a type of your own, call [`RawResponse::json`].
pub trait Response: Read {}

impl<R: Read> Response for R {}

/// How a successful response is read. It seals [`Response`].
pub trait Read: Sized {
    /// Decodes a successful response.
    ///
    /// # Errors
    /// The body is not JSON, is truncated, or has a value of another type.
    fn read(response: Received, reading: &mut Reading) -> Result<Self, Error>;
}

/// Reads a successful response, and reports what is wrong with it.
pub(crate) fn read<R: Read>(response: Received, context: &Arc<Context>, secrets: Secrets) -> Result<R, Error> {
    let mut reading = Reading::new(Arc::clone(context), secrets);
    match R::read(response, &mut reading) {
        Ok(value) => {
            reading.report();
            Ok(value)
        }
        Err(error) => Err(reading.undecodable(error)),
    }
}

/// How a response is read, and what differed from the API's description.
pub struct Reading {
    context: Arc<Context>,
    secrets: Secrets,
    deviations: Deviations,
    /// The operation and request id of a response with deviations.
    origin: Option<(&'static Operation, Option<String>)>,
}

impl Reading {
    fn new(context: Arc<Context>, secrets: Secrets) -> Self {
        Self { context, secrets, deviations: Deviations::default(), origin: None }
    }

    /// The settings of the client and the secrets of the request.
    fn settings(&self) -> (Arc<Context>, Secrets) {
        (Arc::clone(&self.context), self.secrets.clone())
    }

    /// Decodes the body by a function that reports deviations.
    fn decode<T>(
        &mut self,
        response: Received,
        decode: impl FnOnce(&[u8], &mut Deviations) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        match decode(response.body(), &mut self.deviations) {
            Ok(value) if self.deviations.is_empty() => Ok(value),
            Ok(value) => self.deviating(response).map(|()| value),
            Err(error) => Err(Error::decode(response, error)),
        }
    }

    /// Checks the deviations of a response that was decoded.
    #[cold]
    fn deviating(&mut self, response: Received) -> Result<(), Error> {
        if self.context.strict_responses {
            return Err(Error::decode(response, DecodeError::of(&self.deviations)));
        }
        self.origin = Some((response.operation(), response.request_id()));
        Ok(())
    }

    /// Reports the deviations of a response that was read, if it has any.
    fn report(&self) {
        let Some((operation, request_id)) = self.origin.as_ref() else { return };
        let (request_id, deviations) = (request_id.as_deref(), &self.deviations);
        let response = observe::DeviatingResponse { operation, request_id, deviations };
        observe::deviations(self.context.engine.observer(), &response, &self.secrets);
    }

    /// Reports a response that can't be decoded.
    #[cold]
    fn undecodable(&self, error: Error) -> Error {
        let error = error.redacted(&self.secrets);
        observe::decode_error(self.context.engine.observer(), &error);
        error
    }
}

impl<T: Wire> Read for T {
    fn read(response: Received, reading: &mut Reading) -> Result<Self, Error> {
        // an operation may return a body with one status and none with another: 200 and 204
        let is_without = response.body().is_empty() && response.status() != StatusCode::OK;
        reading.decode(response, |body, deviations| {
            wire::from_json_with_deviations(if is_without { b"null" } else { body }, deviations)
        })
    }
}

impl Read for () {
    fn read(_: Received, _: &mut Reading) -> Result<Self, Error> {
        Ok(())
    }
}

/// A decoded response with its metadata. Returned by [`Call::detailed`](crate::call::Call::detailed).
#[derive(Clone)]
#[non_exhaustive]
pub struct Detailed<R> {
    /// The decoded response.
    pub value: R,
    /// The HTTP status.
    pub status: StatusCode,
    /// Plaid's id for the request.
    pub request_id: Option<String>,
    /// The attempts of the call.
    pub attempts: Attempts,
    deviations: Deviations,
}

impl<R> Detailed<R> {
    /// Where the response differs from the API's description and was read all the same: a name that is `null`, a list that is
    /// missing. The chapter "Responses" of the [guide](crate#responses) has the rules.
    pub const fn deviations(&self) -> &Deviations {
        &self.deviations
    }
}

impl<R: Read> Read for Detailed<R> {
    fn read(response: Received, reading: &mut Reading) -> Result<Self, Error> {
        let (status, request_id, attempts) = (response.status(), response.request_id(), response.attempts().clone());
        let value = R::read(response, reading)?;
        Ok(Self { value, status, request_id, attempts, deviations: reading.deviations.clone() })
    }
}

impl<R: fmt::Debug> fmt::Debug for Detailed<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detailed")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("request_id", &self.request_id.as_deref().map(redact::word))
            .field("attempts", &self.attempts)
            .field("deviations", &self.deviations)
            .finish()
    }
}

/// A file: the response of operations that return a PDF or a zip archive.
#[derive(Clone)]
pub struct Download {
    bytes: Bytes,
    content_type: Option<String>,
    request_id: Option<String>,
}

impl Download {
    /// The content.
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The content, by value.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// Its media type in the response, such as `application/pdf`.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Plaid's id for the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl Read for Download {
    fn read(response: Received, _: &mut Reading) -> Result<Self, Error> {
        let content_type =
            response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let request_id = request_id::in_headers(response.headers()).map(str::to_owned);
        Ok(Self { bytes: response.into_body(), content_type, request_id })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .field("content_type", &self.content_type().map(redact::word))
            .field("request_id", &self.request_id().map(redact::word))
            .finish()
    }
}
