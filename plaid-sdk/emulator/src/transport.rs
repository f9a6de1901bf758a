//! The door for the SDK in the same program: no socket is opened.

use std::sync::Arc;
use std::time::Duration;

use plaid_sdk::bytes::Bytes;
use plaid_sdk::http::{HeaderValue, Request, Response, StatusCode, header};
use plaid_sdk::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};

use crate::emulator::Emulator;
use crate::engine::Engine;
use crate::request::{self, Damage, Reply};
use crate::wake::Wake;

/// Answers the calls of a [`plaid_sdk::Client`] in the same program. Faults, latency and timeouts are as over a socket.
#[derive(Clone)]
pub struct InProcess {
    engine: Arc<Engine>,
    wake: Arc<Wake>,
}

impl Emulator {
    /// A transport for a client (`Client::builder().transport(…)`): calls reach this emulator without a socket.
    pub fn transport(&self) -> InProcess {
        InProcess { engine: Arc::clone(&self.engine), wake: Arc::clone(&self.wake) }
    }
}

impl Transport for InProcess {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move {
            let reply = self.answer(&request);
            if !self.wake.kept().await {
                let stopped = "the emulator was stopped before the call was kept in its state file";
                return Err(TransportError::new(TransportErrorKind::Other).with_source(stopped));
            }
            let late = match reply.damage {
                Damage::Late(milliseconds) => Duration::from_millis(milliseconds),
                _ => Duration::ZERO,
            };
            if late >= limits.timeout {
                tokio::time::sleep(limits.timeout).await;
                return Err(TransportError::new(TransportErrorKind::Timeout));
            }
            tokio::time::sleep(late).await;
            deliver(&reply, limits)
        })
    }
}

impl InProcess {
    fn answer(&self, request: &Request<Bytes>) -> Reply {
        let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        self.engine.handle(&request::Request {
            method: request.method().as_str(),
            path: request.uri().path(),
            query: request.uri().query(),
            content_type: text("content-type"),
            client_id: text("plaid-client-id"),
            secret: text("plaid-secret"),
            body: request.body(),
        })
    }
}

fn deliver(reply: &Reply, limits: Limits) -> Result<Response<Bytes>, TransportError> {
    let bytes = reply.bytes();
    if bytes.len() > limits.response {
        return Err(TransportError::new(TransportErrorKind::TooLarge));
    }
    let mut response = Response::new(bytes);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type()));
    if let Ok(id) = HeaderValue::from_str(&reply.request_id) {
        response.headers_mut().insert("plaid-request-id", id);
    }
    for (name, value) in reply.headers() {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(*name, value);
        }
    }
    match reply.damage {
        Damage::None | Damage::Late(_) => Ok(response),
        Damage::Dropped => Err(TransportError::new(TransportErrorKind::Other).with_source("a fault was ordered")),
        Damage::Truncated => {
            let half = response.body().len() / 2;
            response.body_mut().truncate(half);
            let error = TransportError::new(TransportErrorKind::Body).with_source("a fault was ordered");
            Err(error.with_partial_response(response))
        }
    }
}
