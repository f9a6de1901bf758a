//! What the gateway costs: CPU time of a call compared with a plain axum reverse proxy, memory under an endless body, and the speed
//! of the search for the secret. `cargo run --release -p plaid-explorer --example gateway_bench`. It reads `/proc`, so it needs
//! Linux.
//!
//! The upstream, the proxy and the gateway are processes of their own. Calls go to the two in turns, so that what else the machine
//! does affects both.

use std::convert::Infallible;
use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Response, Uri, header};
use axum::response::IntoResponse as _;
use axum::routing::any;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use plaid_catalog::Catalog;
use plaid_explorer::{
    Audit, Call, Credentials, Environment, Gateway, GatewayLimits, Guard, Remote, Upstream, UpstreamError, serve,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

type Done = Result<(), Box<dyn Error + Send + Sync>>;

const SECRET: &str = "6f0c1d2e3b4a5968778695a4b3c2d1";
const BODY: &str = r#"{"access_token":"access-sandbox-3fe1a0b2-0000-4000-8000-000000000000"}"#;
const ACCOUNT: &str = r#"{"account_id":"blgvvBlXw3cq5GMPwqB6s6q4dLKB9WcVqGDGo","balances":{"available":100,"current":110,
"iso_currency_code":"USD","limit":null,"unofficial_currency_code":null},"mask":"0000","name":"Checking","official_name":null,
"subtype":"checking","type":"depository"}"#;
/// Calls of a round, and rounds of each side.
const CALLS: usize = 4000;
const ROUNDS: usize = 5;
/// Connections of the caller.
const CONNECTIONS: usize = 8;
/// How much of an endless body is read or sent.
const ENDLESS: usize = 2 << 30;
/// How much is searched for the secret.
const SEARCHED: usize = 2 << 30;

#[tokio::main]
async fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["upstream"] => upstream().await,
        ["plain", url] => plain(url).await,
        ["plain-reqwest", url] => plain_reqwest(url).await,
        ["gateway", url] => gateway(url).await,
        _ => measure().await,
    }
}

async fn listen() -> Result<TcpListener, Box<dyn Error + Send + Sync>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(listener)
}

/// Answers with the accounts of an Item, or without an end.
async fn upstream() -> Done {
    let accounts = format!("{{\"accounts\":[{}]}}", vec![ACCOUNT; 14].join(","));
    let accounts = Bytes::from(accounts);
    let endless = Bytes::from(vec![b'0'; 64 << 10]);
    let answer = move |request: Request| {
        let (accounts, endless) = (accounts.clone(), endless.clone());
        async move {
            let is_endless = request.uri().path() == "/statements/download";
            let _read = request.into_body().collect().await;
            let body = match is_endless {
                true => Body::from_stream(stream::repeat(endless).map(Ok::<_, Infallible>)),
                false => Body::from(accounts),
            };
            ([(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
    };
    axum::serve(listen().await?, Router::new().fallback(any(answer))).await?;
    Ok(())
}

/// The reverse proxy that axum's examples have.
async fn plain(url: &str) -> Done {
    let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
    let forward = |State((client, url)): State<(Client<HttpConnector, Body>, String)>, mut request: Request| async move {
        let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        let Ok(uri) = format!("{url}{path}").parse::<Uri>() else { return Response::new(Body::empty()) };
        *request.uri_mut() = uri;
        match client.request(request).await {
            Ok(response) => response.into_response(),
            Err(error) => error.to_string().into_response(),
        }
    };
    let router = Router::new().fallback(any(forward)).with_state((client, url.to_owned()));
    axum::serve(listen().await?, router).await?;
    Ok(())
}

/// The same with the HTTP client that the gateway has, which does TLS, too.
async fn plain_reqwest(url: &str) -> Done {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let forward = |State((client, url)): State<(reqwest::Client, String)>, request: Request| async move {
        let (parts, body) = request.into_parts();
        let body = reqwest::Body::wrap_stream(body.into_data_stream());
        let request = client.request(parts.method, format!("{url}{}", parts.uri)).headers(parts.headers).body(body);
        match request.send().await {
            Ok(response) => Response::from(response).map(Body::new),
            Err(error) => error.to_string().into_response(),
        }
    };
    let router = Router::new().fallback(any(forward)).with_state((client, url.to_owned()));
    axum::serve(listen().await?, router).await?;
    Ok(())
}

/// The gateway with all its layers, and an audit in a file.
async fn gateway(url: &str) -> Done {
    let credentials = Credentials::new("64daf713c26e50004b182d95", SECRET)?;
    let audit = Audit::file(&audit())?;
    let remote = Remote::new(Environment::Sandbox, url)?;
    let gateway = Gateway::builder(remote, credentials).audit(audit.clone()).build();
    let listener = listen().await?;
    let guard = Guard::new(listener.local_addr()?).audit(audit).gateway(gateway.clone());
    serve(listener, guard.wrap(gateway.router()), GatewayLimits::default(), std::future::pending()).await;
    Ok(())
}

fn audit() -> PathBuf {
    std::env::temp_dir().join("plaid-explorer-bench.jsonl")
}

/// One of the processes. It ends when this is dropped.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let mut child = Command::new(std::env::current_exe()?).args(arguments).stdout(Stdio::piped()).spawn()?;
        let line = child.stdout.take().and_then(|stdout| BufReader::new(stdout).lines().next());
        let address = line.transpose()?.and_then(|line| Some(line.strip_prefix("http://")?.to_owned()));
        Ok(Self { child, address: address.ok_or("a process printed no address")? })
    }

    /// The CPU time so far.
    fn cpu(&self) -> Result<Duration, Box<dyn Error + Send + Sync>> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = stat.rsplit_once(')').ok_or("an unknown form of /proc/PID/stat")?.1;
        let field =
            |at: usize| after.split_whitespace().nth(at).and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
        // User and system time, in hundredths of a second.
        Ok(Duration::from_millis((field(11) + field(12)) * 10))
    }

    /// A line of its memory, in KiB.
    fn memory(&self, name: &str) -> Result<u64, Box<dyn Error + Send + Sync>> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line in /proc/PID/status")?;
        Ok(line
            .trim_matches([':', '\t', ' '])
            .split(' ')
            .next()
            .and_then(|text| text.parse().ok())
            .ok_or("no number")?)
    }

    /// How far the memory rises above what it is now.
    async fn rise(&self, work: impl Future<Output = Done>) -> Result<u64, Box<dyn Error + Send + Sync>> {
        fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?;
        let before = self.memory("VmRSS")?;
        work.await?;
        Ok(self.memory("VmHWM")?.saturating_sub(before))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself needs no more.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

fn head(address: &str, path: &str, lines: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n{lines}\r\n")
}

/// Makes calls over several connections, each after the response to the one before.
async fn calls(address: &str, count: usize) -> Done {
    let request = format!("{}{BODY}", head(address, "/accounts/get", &format!("Content-Length: {}\r\n", BODY.len())));
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (address, request) = (address.to_owned(), request.clone());
            tokio::spawn(async move {
                let mut socket = TcpStream::connect(&address).await?;
                socket.set_nodelay(true)?;
                let mut bytes = vec![0; 64 << 10];
                for _ in 0..count / CONNECTIONS {
                    socket.write_all(request.as_bytes()).await?;
                    let mut have = 0;
                    loop {
                        let read = socket.read(bytes.get_mut(have..).unwrap_or_default()).await?;
                        have += read;
                        let text = bytes.get(..have).unwrap_or_default();
                        if read == 0 || !text.starts_with(b"HTTP/1.1 200") {
                            return Err(String::from_utf8_lossy(text).into_owned().into());
                        }
                        if is_whole(text) {
                            break;
                        }
                    }
                }
                Done::Ok(())
            })
        })
        .collect();
    for worker in workers {
        worker.await??;
    }
    Ok(())
}

fn is_whole(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let head = head.to_ascii_lowercase();
    match head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok()) {
        Some(length) => body.len() >= length,
        None => body.ends_with("0\r\n\r\n"),
    }
}

/// Reads a response without an end.
async fn endless_response(address: &str) -> Done {
    let mut socket = TcpStream::connect(address).await?;
    let request = head(address, "/statements/download", &format!("Content-Length: {}\r\n", STATEMENT.len()));
    socket.write_all(format!("{request}{STATEMENT}").as_bytes()).await?;
    let mut bytes = vec![0; 256 << 10];
    let mut have = 0;
    while have < ENDLESS {
        let read = socket.read(&mut bytes).await?;
        if read == 0 || have == 0 && !bytes.starts_with(b"HTTP/1.1 200") {
            return Err(format!(
                "the response ended: {}",
                String::from_utf8_lossy(bytes.get(..read).unwrap_or_default())
            )
            .into());
        }
        have += read;
    }
    Ok(())
}

const STATEMENT: &str = r#"{"access_token":"access-sandbox-1","statement_id":"statement-1"}"#;

/// Sends a request without an end, until the gateway closes.
async fn endless_request(address: &str) -> Done {
    let mut socket = TcpStream::connect(address).await?;
    socket.write_all(head(address, "/accounts/get", "Transfer-Encoding: chunked\r\n").as_bytes()).await?;
    let piece = [b"10000\r\n".as_slice(), &vec![b' '; 0x1_0000], b"\r\n"].concat();
    let mut sent = 0;
    while sent < ENDLESS && socket.write_all(&piece).await.is_ok() {
        sent += piece.len();
    }
    if sent >= ENDLESS { Err("the gateway takes a body without an end".into()) } else { Ok(()) }
}

/// An upstream in this process, whose responses cost nothing.
struct Memory;

impl Upstream for Memory {
    fn environment(&self) -> Environment {
        Environment::Sandbox
    }

    fn send(&self, _: axum::http::Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, UpstreamError>> {
        let text =
            r#"{"account_id":"blgvvBlXw3cq5GMPwqB6s6q4dLKB9WcVqGDGo","mask":"0000","balances":{"current":110.94}},"#;
        let piece = Bytes::from(text.repeat((16 << 10) / text.len()));
        let count = SEARCHED / piece.len();
        let pieces = stream::repeat(piece).take(count).map(Ok::<_, Infallible>);
        Box::pin(async move { Ok(Response::new(Body::from_stream(pieces))) })
    }
}

async fn search() -> Result<f64, Box<dyn Error + Send + Sync>> {
    let gateway = Gateway::builder(Memory, Credentials::new("64daf713c26e50004b182d95", SECRET)?).build();
    let operation = Catalog::plaid().operation("accountsGet").ok_or("no such operation")?;
    let begun = Instant::now();
    let mut body = gateway.call(Call::json(operation, BODY)).await.into_body();
    let mut have = 0;
    while let Some(frame) = body.frame().await {
        have += frame?.into_data().map(|data| data.len()).unwrap_or_default();
    }
    if have < SEARCHED / 2 {
        return Err("the response was cut off".into());
    }
    Ok(have as f64 / 1e6 / begun.elapsed().as_secs_f64())
}

async fn measure() -> Done {
    let upstream = Running::start(&["upstream"])?;
    let url = format!("http://{}", upstream.address);
    let sides = [
        ("plain proxy", Running::start(&["plain", &url])?),
        ("with reqwest", Running::start(&["plain-reqwest", &url])?),
        ("gateway", Running::start(&["gateway", &url])?),
    ];
    for (_, side) in &sides {
        calls(&side.address, CALLS / 4).await?;
    }
    let mut used = [Duration::ZERO; 3];
    for _ in 0..ROUNDS {
        for ((_, side), used) in sides.iter().zip(&mut used) {
            let before = side.cpu()?;
            calls(&side.address, CALLS).await?;
            *used += side.cpu()?.saturating_sub(before);
        }
    }
    let each = used.map(|used| used.as_secs_f64() * 1e6 / (CALLS * ROUNDS) as f64);
    for ((name, _), each) in sides.iter().zip(each) {
        println!("{name:<12} {each:>7.1} µs of CPU for each call");
    }
    println!(
        "ratio        {:>7.2} to the plain proxy, {:.2} to that with reqwest",
        each[2] / each[0],
        each[2] / each[1]
    );
    let [_, _, (_, gateway)] = &sides;
    println!("memory       {:>7} KiB at rest", gateway.memory("VmRSS")?);
    let response = gateway.rise(endless_response(&gateway.address)).await?;
    println!(
        "             {response:>7} KiB more while {} MB of an endless response pass (at most 20,000)",
        ENDLESS / 1_000_000
    );
    let request = gateway.rise(endless_request(&gateway.address)).await?;
    println!("             {request:>7} KiB more for an endless request (at most 20,000)");
    println!("search       {:>7.0} MB/s (at least 500)", search().await?);
    fs::remove_file(audit())?;
    Ok(())
}
