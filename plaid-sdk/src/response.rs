//! Responses: as they came, and read into what an operation gives.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::Error;
use crate::attempts::Attempts;
use crate::operation::Operation;
use crate::request_id;
use crate::wire::{self, Wire};

/// What a call can give: every type of the API, [`serde_json::Value`], a [`Download`], a [`RawResponse`], or `()` where the
/// body says nothing.
pub trait Response: Sized {
    /// Reads the response of a call that went well.
    ///
    /// # Errors
    /// A body that is no JSON, is cut off, or holds something else somewhere.
    fn read(response: RawResponse) -> Result<Self, Error>;
}

impl<T: Wire> Response for T {
    fn read(response: RawResponse) -> Result<Self, Error> {
        // an operation may return a body with one status and none with another: 200 and 204
        let is_without = response.body.is_empty() && response.status != StatusCode::OK;
        let body = if is_without { b"null" } else { &*response.body };
        wire::from_json(body).map_err(|error| Error::decode(response, error))
    }
}

impl Response for () {
    fn read(_: RawResponse) -> Result<Self, Error> {
        Ok(())
    }
}

impl Response for RawResponse {
    fn read(response: RawResponse) -> Result<Self, Error> {
        Ok(response)
    }
}

/// A response as it came: status, headers and bytes. What [`Call::raw`](crate::Call::raw) gives.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: Attempts,
}

impl RawResponse {
    pub(crate) fn new(operation: &'static Operation, response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        Self { operation, status: head.status, headers: head.headers, body, attempts: Attempts::default() }
    }

    /// The same, at the end of these attempts.
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    /// The operation that was called.
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, unpacked if it was compressed.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, by value.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// The id that Plaid gave the request, from the headers or, in JSON, from the body.
    pub fn request_id(&self) -> Option<String> {
        request_id::in_headers(&self.headers).map(str::to_owned).or_else(|| request_id::in_json(&self.body))
    }

    /// How often the call was sent, with which idempotency key, and what came of the attempts before the last.
    pub const fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// Reads the body into the type that the operation gives, or into a [`serde_json::Value`].
    ///
    /// # Errors
    /// A body that is no JSON, is cut off, or holds something else somewhere.
    pub fn read<R: Response>(self) -> Result<R, Error> {
        R::read(self)
    }

    /// Lets a good response pass; any other status is an error.
    pub(crate) fn accept(self) -> Result<Self, Error> {
        if self.status.is_success() { Ok(self) } else { Err(Error::refused(self)) }
    }
}

impl fmt::Debug for RawResponse {
    // Headers and body may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.name())
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts.count())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// A response that was read, and how it came. What [`Call::detailed`](crate::Call::detailed) gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Detailed<R> {
    /// What the operation gives.
    pub value: R,
    /// The HTTP status.
    pub status: StatusCode,
    /// The id that Plaid gave the request.
    pub request_id: Option<String>,
    /// How often the call was sent, with which idempotency key, and what came of the attempts before the last.
    pub attempts: Attempts,
}

impl<R: Response> Response for Detailed<R> {
    fn read(response: RawResponse) -> Result<Self, Error> {
        let (status, request_id, attempts) = (response.status, response.request_id(), response.attempts.clone());
        Ok(Self { value: R::read(response)?, status, request_id, attempts })
    }
}

/// A file: what operations give that response with a PDF or a zip archive.
#[derive(Clone)]
pub struct Download {
    bytes: Bytes,
    content_type: Option<String>,
    request_id: Option<String>,
}

impl Download {
    /// The file's bytes.
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The file's bytes, by value.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// Its media type as the server gave it: `application/pdf`.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The id that Plaid gave the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl Response for Download {
    fn read(response: RawResponse) -> Result<Self, Error> {
        let content_type = response.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let request_id = request_id::in_headers(&response.headers).map(str::to_owned);
        Ok(Self { bytes: response.body, content_type, request_id })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .field("content_type", &self.content_type)
            .field("request_id", &self.request_id)
            .finish()
    }
}
