//! An explorer before an upstream that answers as a test wants, and a client that sends bytes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_explorer::{App, Audit, Builder, Credentials, Environment, Gateway, GatewayLimits, Guard, Remote, serve};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// The gateway's own credentials.
pub const CLIENT_ID: &str = "64daf713c26e50004b182d95";
pub const SECRET: &str = "6f0c1d2e3b4a5968778695a4b3c2d1";
/// A body that passes all checks, and the operation that it is for.
pub const BODY: &str = r#"{"access_token":"access-sandbox-1"}"#;
pub const PATH: &str = "/item/get";

/// What the upstream does after it has read a request.
#[derive(Clone)]
pub enum Act {
    /// Sends bytes at once.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Sends the same bytes until nobody reads them.
    Repeat(Vec<u8>),
}

/// An upstream over TCP.
pub struct Stub {
    pub url: String,
    seen: Arc<Mutex<Vec<String>>>,
    open: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Stub {
    pub async fn start(script: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let stub = Self { url, seen: Arc::default(), open: Arc::default(), most: Arc::default() };
        let (seen, open, most) = (Arc::clone(&stub.seen), Arc::clone(&stub.open), Arc::clone(&stub.most));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (seen, script) = (Arc::clone(&seen), script.clone());
                let (open, most) = (Arc::clone(&open), Arc::clone(&most));
                tokio::spawn(async move { one(socket, &seen, &script, &open, &most).await });
            }
        });
        stub
    }

    /// The requests that came, as they were sent.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("the lock").clone()
    }

    /// The most requests that were answered at the same time.
    pub fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

async fn one(mut socket: TcpStream, seen: &Mutex<Vec<String>>, script: &[Act], open: &AtomicUsize, most: &AtomicUsize) {
    let mut bytes = Vec::new();
    let mut piece = vec![0; 65536];
    while !is_whole(&bytes) {
        match socket.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
    if bytes.is_empty() {
        return;
    }
    seen.lock().expect("the lock").push(String::from_utf8_lossy(&bytes).into_owned());
    most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    for act in script {
        let sent = match act {
            Act::Send(bytes) => socket.write_all(bytes).await.is_ok(),
            Act::Wait(time) => {
                tokio::time::sleep(*time).await;
                true
            }
            Act::Repeat(bytes) => {
                while socket.write_all(bytes).await.is_ok() {}
                false
            }
        };
        if !sent {
            break;
        }
    }
    open.fetch_sub(1, Ordering::SeqCst);
    let _closed = socket.shutdown().await;
}

/// Whether a request has as many bytes as it says.
fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_none_or(|length| body.len() >= length)
}

/// A response with a JSON body.
pub fn json(body: &str) -> Vec<Act> {
    response("application/json", body.as_bytes())
}

/// A response with a body of a type.
pub fn response(kind: &str, body: &[u8]) -> Vec<Act> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nPlaid-Request-Id: r1\r\nConnection: close\r\n\r\n",
        body.len()
    );
    vec![Act::Send([head.as_bytes(), body].concat())]
}

/// A response in pieces, each of which is sent alone.
pub fn pieces(kind: &str, all: &[&[u8]]) -> Vec<Act> {
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    let mut acts = vec![Act::Send(head.into_bytes())];
    for piece in all {
        acts.push(Act::Wait(Duration::from_millis(30)));
        acts.push(Act::Send([format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat()));
    }
    acts.push(Act::Wait(Duration::from_millis(30)));
    acts.push(Act::Send(b"0\r\n\r\n".to_vec()));
    acts
}

/// An explorer that is served.
pub struct Lab {
    pub address: std::net::SocketAddr,
    pub stub: Stub,
    audit: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
}

impl Lab {
    /// One before an upstream that answers `{}`.
    pub async fn start() -> Self {
        Self::before(json("{}")).await
    }

    /// One before an upstream.
    pub async fn before(script: Vec<Act>) -> Self {
        let mut limits = GatewayLimits::default();
        // Some attacks are only over when the server has waited enough.
        limits.read = Duration::from_secs(2);
        Self::with(script, limits, |builder| builder, |guard| guard).await
    }

    pub async fn with(
        script: Vec<Act>,
        limits: GatewayLimits,
        gateway: impl FnOnce(Builder) -> Builder,
        guard: impl FnOnce(Guard) -> Guard,
    ) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let audit = std::env::temp_dir().join(format!("plaid-explorer-attacks-{}-{number}", std::process::id()));
        let stub = Stub::start(script).await;
        let remote = Remote::new(Environment::Sandbox, &stub.url).expect("an upstream");
        let credentials = Credentials::new(CLIENT_ID, SECRET).expect("credentials");
        let lines = Audit::file(&audit).expect("a file");
        let builder = Gateway::builder(remote, credentials).limits(limits).audit(lines.clone());
        let app = App::new(gateway(builder).build());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let guarded = Guard::new(address).limits(limits).audit(lines).gateway(app.gateway().clone());
        let router = guard(guarded).wrap(app.router());
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve(listener, router, limits, async move { drop(stopped.await) }));
        Self { address, stub, audit, stop: Some(stop), served: Some(served) }
    }

    /// Sends a request and reads the response.
    pub async fn send(&self, request: impl AsRef<[u8]>) -> Reply {
        let mut socket = self.connect().await;
        // A server that refuses a request may close before it has all.
        let _sent = socket.write_all(request.as_ref()).await;
        Reply::read(socket).await
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// A request of an operation with further header lines, each of which ends in CR and LF.
    pub fn request(&self, path: &str, lines: &str, body: &str) -> String {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n{lines}Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
    }

    /// Sends a request that is right but for these lines.
    pub async fn call(&self, lines: &str) -> Reply {
        self.send(self.request(PATH, lines, BODY)).await
    }

    /// The lines of the audit, when there are as many as there should be.
    pub async fn audit(&self, count: usize) -> Vec<Value> {
        for _ in 0..200 {
            let text = std::fs::read_to_string(&self.audit).expect("the audit");
            if text.lines().count() >= count {
                return text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the audit has too few lines: {}", std::fs::read_to_string(&self.audit).expect("the audit"));
    }

    /// Tells the server to stop, and returns what ends with it.
    pub fn stop(&mut self) -> JoinHandle<()> {
        drop(self.stop.take());
        self.served.take().expect("a server")
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // One that a test has removed is gone.
        let _removed = std::fs::remove_file(&self.audit);
    }
}

/// A response as bytes.
#[derive(Debug)]
pub struct Reply {
    pub text: String,
    pub is_complete: bool,
}

impl Reply {
    /// Reads until the server closes, which it has to do in time.
    pub async fn read(mut socket: TcpStream) -> Self {
        let mut bytes = Vec::new();
        let read = timeout(Duration::from_secs(20), socket.read_to_end(&mut bytes)).await;
        assert!(read.is_ok(), "the server does not close: {}", String::from_utf8_lossy(&bytes));
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let is_chunked = text.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let is_complete = !is_chunked || text.ends_with("0\r\n\r\n");
        Self { text, is_complete }
    }

    /// The status. 0 if the server closed without a response.
    pub fn status(&self) -> u16 {
        let line = self.text.lines().next().unwrap_or_default();
        line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default();
        head.lines().find_map(|line| {
            let (one, value) = line.split_once(':')?;
            one.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The code of a refusal, whose shape is checked.
    pub fn code(&self) -> String {
        assert_eq!(self.header("plaid-explorer"), Some("refused"), "{}", self.text);
        let body = self.text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {}", self.text));
        for name in
            ["display_message", "documentation_url", "error_message", "error_type", "request_id", "suggested_action"]
        {
            assert!(body.get(name).is_some(), "{name} is missing: {body}");
        }
        body["error_code"].as_str().expect("a code").to_owned()
    }
}
