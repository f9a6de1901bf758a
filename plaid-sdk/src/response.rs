//! Responses: raw, decoded, and files.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::Error;
use crate::attempts::Attempts;
use crate::operation::Operation;
use crate::request_id;
use crate::wire::{self, Wire};

/// What a call can return: every type of the API, [`serde_json::Value`], a [`Download`], a [`RawResponse`], or `()` for a
/// response without content.
pub trait Response: Sized {
    /// Decodes a successful response.
    ///
    /// # Errors
    /// The body is not JSON, is truncated, or has a value of another type.
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

/// A raw response: status, headers and bytes. Returned by [`Call::raw`](crate::Call::raw).
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

    /// Adds the attempts.
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    /// The operation.
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

    /// The body, decompressed.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, by value.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// Plaid's id for the request, from the headers or from the JSON body.
    pub fn request_id(&self) -> Option<String> {
        request_id::in_headers(&self.headers).map(str::to_owned).or_else(|| request_id::in_json(&self.body))
    }

    /// The attempts of the call.
    pub const fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// Decodes the body into the type of the operation's response, or into a [`serde_json::Value`].
    ///
    /// # Errors
    /// The body is not JSON, is truncated, or has a value of another type.
    pub fn read<R: Response>(self) -> Result<R, Error> {
        R::read(self)
    }

    /// Returns an error for any status but a success.
    pub(crate) fn accept(self) -> Result<Self, Error> {
        if self.status.is_success() { Ok(self) } else { Err(Error::refused(self)) }
    }
}

impl fmt::Debug for RawResponse {
    // Headers and body may contain personal data.
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

/// A decoded response with its metadata. Returned by [`Call::detailed`](crate::Call::detailed).
#[derive(Clone, Debug)]
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
}

impl<R: Response> Response for Detailed<R> {
    fn read(response: RawResponse) -> Result<Self, Error> {
        let (status, request_id, attempts) = (response.status, response.request_id(), response.attempts.clone());
        Ok(Self { value: R::read(response)?, status, request_id, attempts })
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
