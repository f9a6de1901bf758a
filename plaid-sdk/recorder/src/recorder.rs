//! Records calls.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;
use plaid_sdk::bytes::Bytes;
use plaid_sdk::http;
use plaid_sdk::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};

use crate::call::{Body, Call, HEADERS, Outcome, Response};
use crate::error::CassetteError;
use crate::placeholders::Placeholders;
use crate::{cassette, operation, read, redaction};

/// A cassette that is being recorded. Clones record into the same file.
///
/// The file is written anew after each call, so it is complete whenever a test ends, and however.
#[derive(Clone)]
pub struct Recording(Arc<Shared>);

struct Shared {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    placeholders: Placeholders,
    /// Why the file can't be written any more.
    broken: Option<String>,
}

/// A transport that records what passes through it.
///
/// Make it by [`Recording::recorder`].
pub struct Recorder<T> {
    recording: Recording,
    inner: T,
}

impl Recording {
    /// Starts a cassette. A file of this name is replaced.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref().to_owned();
        cassette::save(&path, &cassette::write(&[]))?;
        Ok(Self(Arc::new(Shared { path, state: Mutex::default() })))
    }

    /// A transport around another, which records what passes through it:
    /// `Client::builder().wrap_transport(move |http| recording.recorder(http))`.
    pub fn recorder<T: Transport>(&self, inner: T) -> Recorder<T> {
        Recorder { recording: self.clone(), inner }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a call can be kept. A call that can't must not be sent.
    fn check(&self) -> Result<(), TransportError> {
        match &self.state().broken {
            Some(why) => Err(TransportError::new(TransportErrorKind::Rejected).with_source(why.clone())),
            None => Ok(()),
        }
    }

    fn add(&self, mut call: Call, asked: &Asked) -> Result<(), CassetteError> {
        let mut state = self.state();
        let State { calls, placeholders, .. } = &mut *state;
        let before = placeholders.credentials();
        for (name, value) in &asked.credentials {
            placeholders.credential(name, &Sample::Text(value.clone()));
        }
        redaction::redact(&mut call, operation::find(&asked.method, &asked.path).map(|(found, _)| found), placeholders);
        calls.push(call);
        // A new credential may be in earlier calls, where nothing said what it was.
        let first = if placeholders.credentials() > before { 0 } else { calls.len() - 1 };
        for call in calls.iter_mut().skip(first) {
            redaction::redact_echoes(call, placeholders);
        }
        let kept = self.write(calls, placeholders);
        if let Err(error) = &kept {
            state.broken = Some(error.to_string());
        }
        kept
    }

    fn write(&self, calls: &[Call], placeholders: &Placeholders) -> Result<(), CassetteError> {
        let files = calls.iter().filter_map(|call| match &call.outcome {
            Outcome::Response(Response { body: Body::Binary(bytes), .. }) => Some(bytes.as_slice()),
            _ => None,
        });
        let text = cassette::write(calls);
        if let Some(name) = files.chain([text.as_bytes()]).find_map(|bytes| placeholders.find(bytes)) {
            return Err(CassetteError::secret(&self.0.path, name));
        }
        cassette::save(&self.0.path, &text)
    }
}

/// What a recorder keeps of a request while it is on its way.
struct Asked {
    method: String,
    path: String,
    query: Option<String>,
    body: Option<Sample>,
    /// The credentials in its headers.
    credentials: Vec<(&'static str, String)>,
}

impl Asked {
    fn of(request: &http::Request<Bytes>) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let credential = |name, header: Option<&str>| Some((name, header?.to_owned()));
        let client_id = credential("client_id", header("plaid-client-id"));
        let secret = credential("secret", header("plaid-secret"));
        Self {
            method: request.method().as_str().to_owned(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().map(str::to_owned),
            body: read::request(header("content-type"), request.body()),
            credentials: client_id.into_iter().chain(secret).collect(),
        }
    }

    fn answered(&self, outcome: Outcome) -> Call {
        let path = operation::find(&self.method, &self.path).map_or(self.path.as_str(), |(_, below)| below);
        Call {
            method: self.method.clone(),
            path: path.to_owned(),
            query: self.query.clone(),
            request: self.body.clone(),
            redacted: Vec::new(),
            outcome,
        }
    }
}

fn outcome(result: &Result<http::Response<Bytes>, TransportError>) -> Outcome {
    let response = match result {
        Ok(response) => response,
        Err(error) => return Outcome::Failure(error.kind()),
    };
    let headers = HEADERS.iter().filter_map(|name| {
        let value = response.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    let bytes = response.body();
    let body = match str::from_utf8(bytes) {
        Ok("") => Body::Empty,
        Ok(text) if !text.starts_with("%PDF-") => {
            json::parse(text).map_or_else(|_| Body::Text(text.to_owned()), Body::Json)
        }
        _ => Body::Binary(bytes.to_vec()),
    };
    Outcome::Response(Response { status: response.status().as_u16(), headers: headers.collect(), body })
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move {
            self.recording.check()?;
            let asked = Asked::of(&request);
            let result = self.inner.send(request, limits).await;
            match self.recording.add(asked.answered(outcome(&result)), &asked) {
                Ok(()) => result,
                Err(error) => Err(TransportError::new(TransportErrorKind::Other).with_source(error)),
            }
        })
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").field("path", &self.0.path).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("recording", &self.recording).finish_non_exhaustive()
    }
}
