//! An HTTP/2 server over TLS that can break the protocol at any frame.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

use super::frames::{self, Frame};
use super::hpack::Decoder;
use super::server::{Seen, Step};

/// What only an HTTP/2 server can do with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Resets the stream with this code.
    Reset(u32),
    /// Announces that the connection will close. Requests up to the named one are, or may be, processed.
    GoAway(Last, u32),
    /// Ends the response, whatever length it promised.
    End,
    /// Closes the TCP connection without another word.
    Close,
    /// Answers no further request on this connection, which stays open; and no ping if `pings` is false.
    Stall { pings: bool },
}

/// The last stream that a `GOAWAY` names, or a later one that was processed already: the server is broken, but does not lie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Last {
    /// The one before the request: it was not processed.
    Before,
    /// The request.
    This,
    /// The largest number there is.
    Largest,
}

struct Identity {
    acceptor: TlsAcceptor,
    certificate: Vec<u8>,
}

/// One certificate for all tests: making one takes its time.
fn identity() -> &'static Identity {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    IDENTITY.get_or_init(|| {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let certificate = made.cert.der().to_vec();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let mut config = builder.with_single_cert(vec![CertificateDer::from(certificate.clone())], key).unwrap();
        config.alpn_protocols = vec![b"h2".to_vec()];
        Identity { acceptor: TlsAcceptor::from(Arc::new(config)), certificate }
    })
}

/// Makes a client trust the server, with rustls if it is there: OpenSSL reads the certificates of the system for each client, which
/// takes longer than most tests.
pub(crate) fn trust_quickly(http: plaid_sdk::reqwest::ClientBuilder) -> plaid_sdk::reqwest::ClientBuilder {
    #[cfg(feature = "rustls")]
    let http = http.tls_backend_rustls();
    trust(http)
}

/// Makes a client trust the server, with the TLS library that the SDK uses.
pub(crate) fn trust(http: plaid_sdk::reqwest::ClientBuilder) -> plaid_sdk::reqwest::ClientBuilder {
    http.tls_certs_only([plaid_sdk::reqwest::Certificate::from_der(&identity().certificate).unwrap()])
}

type Stream = TlsStream<TcpStream>;

struct Connection {
    output: Mutex<WriteHalf<Stream>>,
    closed: Notify,
    is_stalled: AtomicBool,
    is_silent: AtomicBool,
    streams: std::sync::Mutex<Streams>,
}

#[derive(Default)]
struct Streams {
    /// The last one that was processed.
    processed: u32,
    /// The last one that will be.
    limit: Option<u32>,
}

/// Serves a connection until it is closed by either side.
pub(crate) async fn serve(socket: TcpStream, seen: Arc<Seen>) {
    let Ok(stream) = identity().acceptor.accept(socket).await else { return };
    let (input, output) = tokio::io::split(stream);
    let connection = Arc::new(Connection {
        output: Mutex::new(output),
        closed: Notify::new(),
        is_stalled: AtomicBool::new(false),
        is_silent: AtomicBool::new(false),
        streams: std::sync::Mutex::default(),
    });
    tokio::select! {
        _ = read(input, &connection, &seen) => {}
        () = connection.closed.notified() => {}
    }
}

/// A request whose end has not come.
#[derive(Default)]
struct Request {
    block: Vec<u8>,
    head: String,
    body: Vec<u8>,
    is_end: bool,
}

async fn read(mut input: ReadHalf<Stream>, connection: &Arc<Connection>, seen: &Arc<Seen>) -> Option<()> {
    let mut preface = [0; 24];
    input.read_exact(&mut preface).await.ok()?;
    connection.send(frames::frame(frames::SETTINGS, 0, 0, &[])).await;
    let mut decoder = Decoder::default();
    let mut open: HashMap<u32, Request> = HashMap::new();
    // They end with this function. Otherwise the connection would stay open until the last response.
    let mut responses = JoinSet::new();
    loop {
        let frame = Frame::read(&mut input).await?;
        match frame.kind {
            frames::SETTINGS if !frame.is(frames::ACK) => {
                connection.send(frames::frame(frames::SETTINGS, frames::ACK, 0, &[])).await;
            }
            frames::PING if !frame.is(frames::ACK) && !connection.is_silent.load(Ordering::SeqCst) => {
                connection.send(frames::frame(frames::PING, frames::ACK, 0, &frame.payload)).await;
            }
            frames::HEADERS | frames::CONTINUATION => {
                let request = open.entry(frame.stream).or_default();
                request.block.extend_from_slice(frame.content());
                request.is_end |= frame.kind == frames::HEADERS && frame.is(frames::END_STREAM);
                if frame.is(frames::END_HEADERS) {
                    seen.count_arrival();
                    request.head = frames::request_head(&mut decoder, &std::mem::take(&mut request.block));
                }
            }
            frames::DATA => {
                if let Some(request) = open.get_mut(&frame.stream) {
                    request.body.extend_from_slice(frame.content());
                    request.is_end |= frame.is(frames::END_STREAM);
                }
                // Both windows are opened again at once.
                let size = u32::try_from(frame.payload.len()).unwrap().to_be_bytes();
                if size != [0; 4] {
                    connection.send(frames::frame(frames::WINDOW_UPDATE, 0, 0, &size)).await;
                    connection.send(frames::frame(frames::WINDOW_UPDATE, 0, frame.stream, &size)).await;
                }
            }
            _ => {}
        }
        let stream = frame.stream;
        if open.get(&stream).is_some_and(|request| request.is_end && !request.head.is_empty()) {
            let Some(request) = open.remove(&stream) else { continue };
            let request = request.head + &String::from_utf8_lossy(&request.body);
            let Some(steps) = connection.process(stream, || seen.answer(request)) else { continue };
            if !connection.is_stalled.load(Ordering::SeqCst) {
                responses.spawn(respond(Arc::clone(connection), stream, steps));
            }
        }
    }
}

impl Connection {
    /// Processes a request, unless its stream is later than what a `GOAWAY` named.
    fn process(&self, stream: u32, answer: impl FnOnce() -> Vec<Step>) -> Option<Vec<Step>> {
        let mut streams = self.streams.lock().unwrap();
        if streams.limit.is_some_and(|limit| stream > limit) {
            return None;
        }
        let steps = answer();
        if !steps.iter().any(|step| matches!(step, Step::Fault(Fault::GoAway(Last::Before, _)))) {
            streams.processed = streams.processed.max(stream);
        }
        Some(steps)
    }

    /// The stream that a `GOAWAY` names. Later ones are not processed from now on.
    fn limit(&self, stream: u32, last: Last) -> u32 {
        let mut streams = self.streams.lock().unwrap();
        let last = match last {
            Last::Before => streams.processed.max(stream.saturating_sub(2)),
            Last::This => streams.processed.max(stream),
            Last::Largest => return u32::MAX >> 1,
        };
        // A second one must not name a later stream.
        let last = streams.limit.map_or(last, |limit| limit.min(last));
        streams.limit = Some(last);
        last
    }

    async fn send(&self, bytes: Vec<u8>) {
        let mut output = self.output.lock().await;
        // The client may have closed the connection.
        if output.write_all(&bytes).await.is_ok() {
            output.flush().await.unwrap_or(());
        }
    }
}

/// What was sent of a response.
#[derive(Default)]
struct Response {
    head: Vec<u8>,
    length: Option<usize>,
    sent: usize,
    has_head: bool,
}

/// Carries out the steps of a response. What is not complete after the last one is reset.
async fn respond(connection: Arc<Connection>, stream: u32, steps: Vec<Step>) {
    let mut response = Response::default();
    for step in steps {
        match step {
            Step::Send(bytes) => {
                let (frames, is_end) = response.frames(stream, &bytes);
                connection.send(frames).await;
                if is_end {
                    return;
                }
            }
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Fault(Fault::Reset(code)) => return connection.send(frames::reset(stream, code)).await,
            Step::Fault(Fault::End) => return connection.send(frames::data(stream, &[], true)).await,
            Step::Fault(Fault::Close) => return connection.closed.notify_one(),
            Step::Fault(Fault::GoAway(last, code)) => {
                let last = connection.limit(stream, last);
                connection.send(frames::go_away(last, code)).await;
            }
            Step::Fault(Fault::Stall { pings }) => {
                connection.is_stalled.store(true, Ordering::SeqCst);
                connection.is_silent.store(!pings, Ordering::SeqCst);
                return;
            }
        }
    }
    connection.send(frames::reset(stream, frames::INTERNAL_ERROR)).await;
}

impl Response {
    /// The frames of a part of a response that is written in HTTP/1.1, and whether that was its end.
    fn frames(&mut self, stream: u32, bytes: &[u8]) -> (Vec<u8>, bool) {
        let mut frames = Vec::new();
        let mut body = bytes;
        let rest;
        if !self.has_head {
            self.head.extend_from_slice(bytes);
            let Some(end) = self.head.windows(4).position(|four| four == b"\r\n\r\n") else { return (frames, false) };
            rest = self.head.split_off(end + 4);
            body = &rest;
            self.has_head = true;
            let head = String::from_utf8(std::mem::take(&mut self.head)).unwrap();
            let mut lines = head.lines();
            let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap();
            let headers = lines.filter_map(|line| line.split_once(": "));
            let headers: Vec<_> = headers.filter(|(name, _)| *name != "connection").collect();
            let length = headers.iter().find(|(name, _)| *name == "content-length");
            self.length = length.map(|(_, length)| length.parse().unwrap());
            let block = frames::encode([(":status", status)].into_iter().chain(headers));
            let is_end = self.length == Some(0);
            let flags = frames::END_HEADERS | if is_end { frames::END_STREAM } else { 0 };
            frames = frames::frame(frames::HEADERS, flags, stream, &block);
            if is_end {
                return (frames, true);
            }
        }
        self.sent += body.len();
        let is_end = self.length == Some(self.sent);
        if !body.is_empty() {
            frames.extend(frames::data(stream, body, is_end));
        }
        (frames, is_end)
    }
}
