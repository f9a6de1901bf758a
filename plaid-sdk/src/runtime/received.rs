//! A response as it came: status, headers and bytes.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::attempts::Attempts;
use crate::runtime::operation::Operation;
use crate::runtime::{redact, request_id};

/// What was received: status, headers and bytes. `RawResponse` adds how its client reads it.
#[derive(Clone)]
pub struct Received {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: Attempts,
}

impl Received {
    pub(crate) fn new(operation: &'static Operation, response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        Self { operation, status: head.status, headers: head.headers, body, attempts: Attempts::default() }
    }

    /// Adds the attempts.
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    pub(crate) const fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, decompressed.
    pub(crate) const fn body(&self) -> &Bytes {
        &self.body
    }

    pub(crate) fn into_body(self) -> Bytes {
        self.body
    }

    /// Plaid's id for the request, from the headers or from the JSON body.
    pub(crate) fn request_id(&self) -> Option<String> {
        request_id::in_headers(&self.headers).map(str::to_owned).or_else(|| request_id::in_json(&self.body))
    }

    pub(crate) const fn attempts(&self) -> &Attempts {
        &self.attempts
    }
}

impl fmt::Debug for Received {
    // Headers and body may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.name())
            .field("status", &self.status)
            .field("request_id", &self.request_id().as_deref().map(redact::word))
            .field("attempts", &self.attempts.count())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
