//! A connection that ends when its client sends no request at first, or reads nothing of a response.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::Timeouts;

/// How many bytes tell the versions of HTTP apart: those of HTTP/2's greeting. A request of HTTP/1.1 is longer.
const GREETING: usize = 24;

/// A stream and its client's time.
pub struct Watched<S> {
    inner: S,
    timeouts: Timeouts,
    /// How many bytes have come, up to [`GREETING`].
    read: usize,
    /// When the greeting has to be there.
    greeting: Pin<Box<Sleep>>,
    /// When a client that reads nothing is given up. It counts while [`Watched::stalls`].
    stall: Pin<Box<Sleep>>,
    /// Whether the client reads nothing at present.
    stalls: bool,
}

impl<S> Watched<S> {
    /// A new connection.
    pub fn new(inner: S, timeouts: Timeouts) -> Self {
        let greeting = Box::pin(sleep_until(Instant::now() + timeouts.headers));
        let stall = Box::pin(sleep_until(Instant::now() + timeouts.stall));
        Self { inner, timeouts, read: 0, greeting, stall, stalls: false }
    }

    /// Passes on what writing has come to, unless the client has read nothing for too long.
    fn written<T>(&mut self, context: &mut Context<'_>, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if done.is_ready() {
            self.stalls = false;
            return done;
        }
        if !self.stalls {
            self.stalls = true;
            self.stall.as_mut().reset(Instant::now() + self.timeouts.stall);
        }
        ready!(self.stall.as_mut().poll(context));
        Poll::Ready(Err(late("the client reads nothing")))
    }
}

fn late(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, message)
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let done = Pin::new(&mut self.inner).poll_read(context, buffer);
        if self.read >= GREETING {
            return done;
        }
        self.read += buffer.filled().len() - before;
        // hyper's own timeout of headers begins after it has told the versions apart.
        if done.is_pending() && self.greeting.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(late("the client sends no request")));
        }
        done
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.written(context, done)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.inner).poll_flush(context);
        self.written(context, done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.inner).poll_shutdown(context);
        self.written(context, done)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.inner).poll_write_vectored(context, buffers);
        self.written(context, done)
    }
}
