//! The body of a request, which notes when it is sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Whether a request was sent, or a part of it.
#[derive(Clone, Default)]
pub(super) struct Sent(Arc<AtomicBool>);

impl Sent {
    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A body that the HTTP client asks for only when it has a connection and writes the request.
///
/// As opposed to plain bytes, the client can't copy it, so that it never sends a request again by itself.
pub(super) struct RequestBody {
    bytes: Bytes,
    sent: Sent,
}

impl RequestBody {
    pub(super) fn new(bytes: Bytes) -> (Self, Sent) {
        let sent = Sent::default();
        (Self { bytes, sent: sent.clone() }, sent)
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.sent.set();
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready(if bytes.is_empty() { None } else { Some(Ok(Frame::data(bytes))) })
    }

    fn is_end_stream(&self) -> bool {
        let is_empty = self.bytes.is_empty();
        // An empty body is not polled: this question is all that is asked before the head is written.
        if is_empty {
            self.sent.set();
        }
        is_empty
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
