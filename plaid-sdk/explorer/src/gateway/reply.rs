//! The way back: a response is passed on while it arrives, without the headers and the secret that are none of the caller's
//! business.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, Response, StatusCode};
use http_body::Frame;
use http_body_util::BodyExt as _;
use plaid_catalog::model::Operation;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::Inner;
use super::audit::Entry;
use super::headers;
use super::headers::is_encoded;
use super::refusal::Refusal;
use super::scan::{Found, Scanner};

/// A response whose start is there and harmless.
pub struct Received {
    status: StatusCode,
    pub headers: HeaderMap,
    first: Bytes,
    rest: Option<Body>,
    scanner: Option<Scanner>,
}

/// Waits for the start of the body, so that a secret in it can still be answered with an error.
pub async fn receive(
    inner: &Inner,
    operation: &Operation,
    response: Response<Body>,
    entry: &mut Entry,
) -> Result<Received, Refusal> {
    let (parts, mut rest) = response.into_parts();
    if parts.status.is_redirection() || parts.status.is_informational() {
        let help = "Look at PLAID_BASE_URL: it must be the address of the API itself.";
        let message = format!("the upstream answered with status {}, which is not passed on", parts.status.as_u16());
        return Err(Refusal::new(StatusCode::BAD_GATEWAY, "UPSTREAM_REDIRECTED", message, help));
    }
    if is_encoded(&parts.headers) {
        let help =
            "The gateway asks for responses that are not compressed. Something between it and Plaid compresses them.";
        let message = "the response is compressed, so it can't be searched for the secret";
        return Err(Refusal::new(StatusCode::BAD_GATEWAY, "UPSTREAM_COMPRESSED", message, help));
    }
    let headers = headers::response(&parts.headers, operation);
    let mut scanner = inner.needles.as_ref().map(|needles| Scanner::new(needles.clone()));
    if let Some(needles) = inner.needles.as_ref()
        && headers.values().any(|value| needles.are_in(value.as_bytes()))
    {
        return Err(leaked());
    }
    entry.request_id = headers::request_id(&headers).map(str::to_owned);
    let mut first = Bytes::new();
    while first.is_empty() {
        let frame = timeout(inner.limits.pause, rest.frame()).await.map_err(|_| broken("it paused for too long"))?;
        let Some(frame) = frame else { break };
        let data = frame.map_err(|error| broken(&cause(&error)))?.into_data().unwrap_or_default();
        first = match &mut scanner {
            Some(scanner) => scanner.push(data).map_err(|Found| leaked())?,
            None => data,
        };
    }
    let rest = if rest.is_end_stream() { None } else { Some(rest) };
    if let (None, Some(scanner)) = (&rest, &mut scanner) {
        // All came in one piece.
        let held = scanner.finish();
        if !held.is_empty() {
            first = Bytes::from([&first[..], &held[..]].concat());
        }
    }
    Ok(Received { status: parts.status, headers, first, rest, scanner })
}

/// The response to the caller. The line about the call is written when the body ends.
pub fn response(inner: &Inner, received: Received, mut entry: Entry, permit: OwnedSemaphorePermit) -> Response<Body> {
    let Received { status, headers, first, rest, scanner } = received;
    entry.status = status.as_u16();
    let body = match rest {
        None => {
            entry.response_bytes = first.len() as u64;
            entry.outcome = "answered".into();
            entry.write();
            Body::from(first)
        }
        Some(rest) => {
            let limit = inner.limits.pause;
            let end = Ending(Some(entry));
            let first = (!first.is_empty()).then_some(first);
            Body::new(Stream {
                first,
                rest,
                scanner,
                pause: Box::pin(sleep(limit)),
                limit,
                end,
                is_over: false,
                _permit: permit,
            })
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn leaked() -> Refusal {
    let help = "Report this to the operator of the upstream, and rotate the secret.";
    Refusal::new(StatusCode::BAD_GATEWAY, "SECRET_IN_RESPONSE", "the response contains the secret", help)
}

fn broken(why: &str) -> Refusal {
    let message = format!("the response broke off: {why}");
    Refusal::new(
        StatusCode::BAD_GATEWAY,
        "UPSTREAM_FAILED",
        message,
        "The call may have been carried out. Look before you retry it.",
    )
}

/// An error with what caused it.
fn cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text = format!("{text}: {error}");
        next = error.source();
    }
    text
}

/// The response can't go on. The server closes the connection, so that its reader sees that it is not complete.
#[derive(Clone, Copy, Debug)]
struct CutOff(&'static str);

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for CutOff {}

/// A body on its way. It holds the call's turn until it ends.
struct Stream {
    first: Option<Bytes>,
    rest: Body,
    scanner: Option<Scanner>,
    pause: Pin<Box<Sleep>>,
    limit: Duration,
    end: Ending,
    is_over: bool,
    _permit: OwnedSemaphorePermit,
}

type Polled = Poll<Option<Result<Frame<Bytes>, axum::Error>>>;

impl HttpBody for Stream {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Polled {
        let this = &mut *self;
        if let Some(first) = this.first.take() {
            return this.pass(first);
        }
        while !this.is_over {
            let frame = match Pin::new(&mut this.rest).poll_frame(cx) {
                Poll::Ready(frame) => frame,
                Poll::Pending => {
                    return match this.pause.as_mut().poll(cx) {
                        Poll::Pending => Poll::Pending,
                        Poll::Ready(()) => this.cut("cut off: the response paused for too long"),
                    };
                }
            };
            this.pause.as_mut().reset(Instant::now() + this.limit);
            let data = match frame {
                None => break,
                Some(Err(_)) => return this.cut("cut off: the upstream broke off"),
                // Trailers are headers, which are not passed on.
                Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            };
            let data = match &mut this.scanner {
                None => data,
                Some(scanner) => match scanner.push(data) {
                    Ok(data) => data,
                    Err(Found) => return this.cut("cut off: the secret is in the response"),
                },
            };
            if !data.is_empty() {
                return this.pass(data);
            }
        }
        this.finish()
    }
}

impl Stream {
    fn pass(&mut self, data: Bytes) -> Polled {
        self.end.add(data.len());
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn cut(&mut self, why: &'static str) -> Polled {
        self.is_over = true;
        self.scanner = None;
        self.end.write(why);
        Poll::Ready(Some(Err(axum::Error::new(CutOff(why)))))
    }

    /// What was held back comes last.
    fn finish(&mut self) -> Polled {
        self.is_over = true;
        let held = self.scanner.take().map(|mut scanner| scanner.finish()).unwrap_or_default();
        if !held.is_empty() {
            return self.pass(held);
        }
        self.end.write("answered");
        Poll::Ready(None)
    }
}

/// Writes the line about a call once, also if the caller leaves before the end.
struct Ending(Option<Entry>);

impl Ending {
    fn add(&mut self, bytes: usize) {
        if let Some(entry) = &mut self.0 {
            entry.response_bytes += bytes as u64;
        }
    }

    fn write(&mut self, outcome: &'static str) {
        if let Some(mut entry) = self.0.take() {
            entry.outcome = outcome.into();
            entry.write();
        }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.write("cut off: the caller left");
    }
}
