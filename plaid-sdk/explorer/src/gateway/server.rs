//! A server for HTTP/1.1 with limits of headers, times and connections, which stops when it is told to.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tower::{Service, ServiceExt as _};

use super::audit::Peer;
use super::limits::Limits;

/// The most connections at once. Others wait in the system's queue.
const CONNECTIONS: usize = 512;
/// The most bytes of a request's head.
const HEAD: usize = 64 << 10;
/// How long calls may go on after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves what a [`crate::Guard`] wraps, or a router, until `stop` is over. Then calls that are on their way are finished, for at
/// most 10 seconds.
///
/// The head of a request has to arrive in the time that `limits` has for reading. A connection without a request is closed after
/// this time, too.
pub async fn serve<S>(listener: TcpListener, service: S, limits: Limits, stop: impl Future<Output = ()>)
where
    S: Service<Request, Response = Response<Body>, Error = Infallible, Future: Send> + Clone + Send + 'static,
{
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let permit = Arc::clone(&connections).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let Ok((socket, address)) = accepted else {
            // Too many files are open, or the peer has left already.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        // A socket that can't be told to send at once is only slower.
        let _told = socket.set_nodelay(true);
        let (inner, peer) = (service.clone(), Peer::new(address));
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(peer.clone());
            inner.clone().oneshot(request)
        });
        let mut builder = http1::Builder::new();
        // A head has at most 100 headers, which is hyper's own limit.
        builder.timer(TokioTimer::new()).header_read_timeout(limits.read).max_header_size(HEAD);
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(socket), service));
        tokio::spawn(async move {
            // What goes wrong with a connection is its client's business.
            let _ended = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _finished = timeout(GRACE, graceful.shutdown()).await;
}
