//! Replays recorded calls.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plaid_catalog::tools::json;
use plaid_sdk::bytes::Bytes;
use plaid_sdk::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use plaid_sdk::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};

use crate::call::{Body, Outcome};
use crate::error::CassetteError;
use crate::matching::{Calls, Wanted};
use crate::{cassette, operation, read};

/// A transport that answers calls from a cassette, without a network. Clones share which calls were replayed.
///
/// A request finds the recorded call of the same operation with the same body, whatever the credentials are. Each recorded call
/// is returned once, and calls with equal requests in their order. A request without a recorded call is an error that names
/// the nearest one and what differs ([`TransportErrorKind::Rejected`], so it is not retried).
#[derive(Clone)]
pub struct Replayer(Arc<Mutex<Calls>>);

impl Replayer {
    /// Reads a cassette.
    ///
    /// # Errors
    /// The file can't be read, or is not a cassette of this version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        Ok(Self(Arc::new(Mutex::new(Calls::new(cassette::open(path.as_ref())?)))))
    }

    /// Method and path of the recorded calls that were not replayed, in their order. A test that expects it to be empty notices
    /// calls that the program no longer makes.
    pub fn unused(&self) -> Vec<String> {
        self.calls().unused()
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (method, path) = (request.method().as_str(), request.uri().path());
        let path = operation::find(method, path).map_or(path, |(_, below)| below);
        let content_type = request.headers().get("content-type").and_then(|value| value.to_str().ok());
        let body = read::request(content_type, request.body());
        let wanted = Wanted { method, path, query: request.uri().query(), request: body.as_ref() };
        let rejected = |why: String| TransportError::new(TransportErrorKind::Rejected).with_source(why);
        let response = match self.calls().take(&wanted).map_err(rejected)? {
            Outcome::Response(response) => response,
            Outcome::Failure(kind) => return Err(TransportError::new(kind).with_source("it failed in the recording")),
        };
        let mut replayed = Response::new(match response.body {
            Body::Empty => Bytes::new(),
            Body::Json(body) => json::json(&body).into(),
            Body::Text(text) => text.into(),
            Body::Binary(bytes) => bytes.into(),
        });
        let invalid = |what: &str| TransportError::new(TransportErrorKind::Rejected).with_source(what);
        *replayed.status_mut() =
            StatusCode::from_u16(response.status).map_err(|_| invalid("the recorded status is invalid"))?;
        for (name, value) in &response.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid("a recorded header is invalid"))?;
            let value = HeaderValue::from_str(value).map_err(|_| invalid("a recorded header is invalid"))?;
            replayed.headers_mut().insert(name, value);
        }
        Ok(replayed)
    }
}

impl Transport for Replayer {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move { self.answer(&request) })
    }
}

impl fmt::Debug for Replayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replayer").field("unused", &self.unused()).finish()
    }
}
