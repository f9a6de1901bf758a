//! Serves a router on a socket. Each connection has a task of its own and is given up if its client stops halfway.

mod stream;

use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::middleware::{Next, from_fn_with_state};
use axum::serve::Listener;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use self::stream::Watched;

/// How long clients may take. A client that takes longer is disconnected. The emulator may take as long as it likes: a fault can
/// delay a response, and a control can wait for a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// From the end of one response, or from the start of the connection, to the end of the next request's headers. By default
    /// 60 seconds.
    pub headers: Duration,
    /// From the end of the headers to the end of the body. By default 30 seconds.
    pub body: Duration,
    /// How long a client may read nothing of a response that is being sent. By default 30 seconds.
    pub stall: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let (minute, half) = (Duration::from_secs(60), Duration::from_secs(30));
        Self { headers: minute, body: half, stall: half }
    }
}

/// Serves until it is aborted. Then all connections end, too.
pub async fn serve<L: Listener>(mut listener: L, router: Router, timeouts: Timeouts) {
    let router = router.layer(from_fn_with_state(timeouts, in_time));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(timeouts.headers);
    let mut second = builder.http2();
    second.timer(TokioTimer::new()).keep_alive_interval(timeouts.headers).keep_alive_timeout(timeouts.stall);
    let mut connections = JoinSet::new();
    loop {
        let (io, _) = listener.accept().await;
        // Those that have ended.
        while connections.try_join_next().is_some() {}
        let io = TokioIo::new(Watched::new(io, timeouts));
        let connection = builder.serve_connection(io, TowerToHyperService::new(router.clone())).into_owned();
        connections.spawn(async move {
            // What goes wrong with a connection is its client's business.
            let _ended = connection.await;
        });
    }
}

/// Lets the body of a request end in an error if it does not come in time. Then hyper closes the connection after the response.
async fn in_time(State(timeouts): State<Timeouts>, request: Request, next: Next) -> Response<Body> {
    let deadline = Instant::now() + timeouts.body;
    let (head, body) = request.into_parts();
    let pieces = unfold(body.into_data_stream(), move |mut pieces| async move {
        let piece = match timeout_at(deadline, pieces.next()).await {
            Ok(piece) => piece?.map_err(io::Error::other),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the rest of the body did not come in time")),
        };
        Some((piece, pieces))
    });
    next.run(Request::from_parts(head, Body::from_stream(pieces))).await
}
