//! A request to the emulator and its response, whatever they came by: a socket or a function call.

use axum::body::Bytes;

use crate::json::Written;

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path: `/item/get`.
    pub path: &'a str,
    /// The query, without its question mark.
    pub query: Option<&'a str>,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The header `PLAID-CLIENT-ID`.
    pub client_id: Option<&'a str>,
    /// The header `PLAID-SECRET`.
    pub secret: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The header `Plaid-Request-ID`, and the property `request_id` of JSON.
    pub request_id: String,
    /// The body.
    pub body: Body,
    /// What a fault does to it on its way.
    pub damage: Damage,
}

/// What a fault does to a response on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Nothing.
    None,
    /// It comes this many milliseconds later.
    Late(u64),
    /// The connection is closed without it.
    Dropped,
    /// Its body ends in the middle.
    Truncated,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// JSON.
    Json(Written),
    /// A file.
    File(File),
}

/// A file as a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The media type: `application/pdf`.
    pub kind: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
    /// Further headers, in lower case.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// Headers that belong to a file.
    pub fn headers(&self) -> &[(&'static str, String)] {
        match &self.body {
            Body::Json(_) => &[],
            Body::File(file) => &file.headers,
        }
    }

    /// The media type of the body.
    pub fn content_type(&self) -> &'static str {
        match self.body {
            Body::Json(_) => "application/json",
            Body::File(ref file) => file.kind,
        }
    }

    /// The bytes of the body.
    pub fn bytes(&self) -> Bytes {
        match &self.body {
            Body::Json(text) => text.bytes(),
            Body::File(file) => Bytes::from(file.bytes.clone()),
        }
    }
}
