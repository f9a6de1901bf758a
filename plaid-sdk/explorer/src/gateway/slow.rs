//! A part of layer 6: bodies that are too large or too slow, at all places.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use http_body::{Frame, SizeHint};
use http_body_util::Limited;
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::Limits;
use super::refusal::Refusal;

/// A body did not come in time.
#[derive(Clone, Copy, Debug)]
pub struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body did not come in time")
    }
}

impl std::error::Error for TooSlow {}

/// Limits the body of a request. One that says that it is too large is refused at once.
pub fn limit(request: Request, most: usize, limits: &Limits) -> Result<Request, (Box<Request>, Refusal)> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > most as u64) {
        return Err((Box::new(request), too_large(most)));
    }
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let time = limits.read_time(most);
    Ok(request.map(|body| {
        let timed = Timed { inner: Limited::new(body, most), end: Instant::now() + time, alarm: None };
        Body::new(timed)
    }))
}

/// The refusal of a body that is too large.
pub fn too_large(most: usize) -> Refusal {
    let message = format!("the body may have {most} bytes");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", message, "Send a smaller body.")
}

/// The refusal of a body that is too slow.
pub fn too_slow() -> Refusal {
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "BODY_TOO_SLOW", "the body did not come in time", "Send it faster.")
}

/// A body that has to be complete when its time is over.
struct Timed {
    inner: Limited<Body>,
    end: Instant,
    /// Wakes the reader at the end. A body that is there already needs none.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Timed {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(cx) {
            return Poll::Ready(frame);
        }
        let end = self.end;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(end)));
        alarm.as_mut().poll(cx).map(|()| Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
