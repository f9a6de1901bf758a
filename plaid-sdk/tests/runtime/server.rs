//! A test server that can violate any rule of HTTP.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_sdk::Client;
use plaid_sdk::client::ClientBuilder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::http2::{self, Fault};

pub(crate) const CLIENT_ID: &str = "5f1d1d1d-client-id";
pub(crate) const SECRET: &str = "c0ffee-very-secret";

/// What the server does with a request, in order; then it closes the connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// With HTTP/2 only.
    Fault(Fault),
}

/// How a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Plain HTTP/1.1. The server closes the connection after each response.
    Http1,
    /// HTTP/2 over TLS. The responses are those of HTTP/1.1, sent as frames; one that is not complete is reset.
    Http2,
}

thread_local! {
    /// The protocol of the servers that the test of this thread starts.
    pub(crate) static PROTOCOL: Cell<Protocol> = const { Cell::new(Protocol::Http1) };
}

/// What a server does with its n-th request, counted from 0.
type Script = Arc<dyn Fn(usize, &str) -> Vec<Step> + Send + Sync>;

/// What came to a server, and what it does about it.
pub(crate) struct Seen {
    script: Script,
    requests: Mutex<Vec<String>>,
    arrivals: AtomicUsize,
    connections: AtomicUsize,
}

impl Seen {
    /// Counts the beginning of a request.
    pub(crate) fn count_arrival(&self) {
        self.arrivals.fetch_add(1, Ordering::SeqCst);
    }

    /// Notes a complete request, and returns the steps of the response.
    pub(crate) fn answer(&self, request: String) -> Vec<Step> {
        let number = {
            let mut requests = self.requests.lock().unwrap();
            requests.push(request.clone());
            requests.len() - 1
        };
        (self.script)(number, &request)
    }
}

/// A server on loopback.
pub(crate) struct Server {
    pub(crate) url: String,
    protocol: Protocol,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

impl Server {
    /// A server with the same steps for each request.
    pub(crate) async fn start(steps: Vec<Step>) -> Self {
        Self::scripted(vec![steps]).await
    }

    /// A server with the n-th list of steps for the n-th request, and the last list for all further ones.
    pub(crate) async fn scripted(script: Vec<Vec<Step>>) -> Self {
        Self::answering(move |number, _| script[number.min(script.len() - 1)].clone()).await
    }

    /// A server that decides by the request.
    pub(crate) async fn answering(script: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::speaking(PROTOCOL.get(), script).await
    }

    /// A server that speaks this protocol and decides by the request.
    pub(crate) async fn speaking(
        protocol: Protocol,
        script: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if protocol == Protocol::Http2 { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen {
            script: Arc::new(script),
            requests: Mutex::default(),
            arrivals: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
        });
        let shared = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                match protocol {
                    Protocol::Http1 => drop(tokio::spawn(answer(socket, Arc::clone(&shared)))),
                    Protocol::Http2 => drop(tokio::spawn(http2::serve(socket, Arc::clone(&shared)))),
                }
            }
        });
        Self { url, protocol, seen, task }
    }

    /// A server that responds with this status (`"200 OK"`), these headers and this body.
    pub(crate) async fn responding(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        Self::start(vec![Step::Send(response(status, headers, body.as_ref()))]).await
    }

    /// A client of this server.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(&self.url).credentials(CLIENT_ID, SECRET);
        let builder = match self.protocol {
            Protocol::Http1 => builder.http(without_certificates),
            Protocol::Http2 => builder.http(http2::trust_quickly),
        };
        builder.timeout(Duration::from_secs(20))
    }

    /// The received requests, head and body.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// How many requests began to arrive.
    pub(crate) fn arrivals(&self) -> usize {
        self.seen.arrivals.load(Ordering::SeqCst)
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reading the certificates of the system takes longer than most tests, and HTTP/1.1 is spoken without TLS here. OpenSSL reads
/// them in any case.
fn without_certificates(http: plaid_sdk::reqwest::ClientBuilder) -> plaid_sdk::reqwest::ClientBuilder {
    #[cfg(feature = "rustls")]
    let http = http.tls_backend_rustls();
    http.tls_certs_only([])
}

/// The steps of a whole response.
pub(crate) fn responses(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<Step> {
    vec![Step::Send(response(status, headers, body.as_ref()))]
}

/// The body of one of Plaid's errors.
pub(crate) fn plaid_error(kind: &str, code: &str) -> String {
    format!(r#"{{"error_type": "{kind}", "error_code": "{code}", "error_message": "m", "request_id": "r1"}}"#)
}

/// The body of a request.
pub(crate) fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

/// A whole response, with the right length.
pub(crate) fn response(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    for header in headers {
        bytes += header;
        bytes += "\r\n";
    }
    [bytes.as_bytes(), b"\r\n", body].concat()
}

async fn answer(mut socket: TcpStream, seen: Arc<Seen>) {
    let Some(request) = read_request(&mut socket).await else { return };
    seen.count_arrival();
    for step in seen.answer(request) {
        match step {
            Step::Send(bytes) => socket.write_all(&bytes).await.unwrap_or(()),
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Fault(fault) => panic!("{fault:?} is not possible with HTTP/1.1"),
        }
    }
    socket.shutdown().await.unwrap_or(());
}

async fn read_request(socket: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
    }
}

/// The value of a header in a request or its head.
pub(crate) fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let lines = request.lines().take_while(|line| !line.is_empty());
    let mut pairs = lines.filter_map(|line| line.split_once(": "));
    pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
