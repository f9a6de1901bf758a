//! The cost of a call compared with bare reqwest: the same client, request and response, over loopback.
//!
//! The server is another process, so that the CPU time is that of the caller. The two take turns, and the fastest round of
//! each counts.

mod figure;

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use figure::figure;
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::response::RawResponse;
use plaid_sdk::{Client, reqwest};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();
const RESPONSE: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n{\"request_id\":\"benchmark\"}";
const CALLS: u32 = 10_000;
const ROUNDS: usize = 7;
const AT_ONCE: u32 = 64;

fn main() -> Result<()> {
    if std::env::args().nth(1).as_deref() == Some("serve") {
        return runtime()?.block_on(serve());
    }
    let (mut server, url) = start_server()?;
    let result = measure(&url);
    server.kill()?;
    result
}

fn measure(url: &str) -> Result<()> {
    let runtime = runtime()?;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let sdk = Client::builder().base_url(url).credentials("client-id", "secret").build()?;
    let bare = Arc::new(Bare { http, url: format!("{url}/accounts/get") });

    println!("one call after the other, {CALLS} in a round\n");
    println!("{:<22} {:>10} {:>10} {:>12}", "", "reqwest", "plaid-sdk", "difference");
    let mut best = [Cost::WORST; 2];
    for _ in 0..ROUNDS {
        best[0].keep(runtime.block_on(cost(async || bare.call().await))?);
        best[1].keep(runtime.block_on(cost(async || call(&sdk).await))?);
    }
    let percent = |a: f64, b: f64| (b / a - 1.0) * 100.0;
    let [a, b] = [best[0].user, best[1].user];
    println!("{:<22} {a:>8.1}µs {b:>8.1}µs {:>+9.1} µs ({:+.1} %)", "CPU time per call", b - a, percent(a, b));
    figure("call.cpu.reqwest", a);
    figure("call.cpu", b);
    let [a, b] = [best[0].wall, best[1].wall];
    println!("{:<22} {a:>8.1}µs {b:>8.1}µs {:>+9.1} µs ({:+.1} %)", "time per call", b - a, percent(a, b));
    let [a, b] = [best[0].allocations, best[1].allocations];
    println!("{:<22} {a:>10.1} {b:>10.1} {:>+12.1}", "allocations per call", b - a);
    figure("call.allocations.reqwest", a);
    figure("call.allocations", b);

    println!("\n{AT_ONCE} calls in flight\n");
    let mut best = [0.0_f64; 2];
    for _ in 0..ROUNDS {
        let caller = Arc::clone(&bare);
        best[0] = best[0].max(runtime.block_on(rate(move || {
            let caller = Arc::clone(&caller);
            async move { caller.call().await }
        }))?);
        let caller = sdk.clone();
        best[1] = best[1].max(runtime.block_on(rate(move || {
            let caller = caller.clone();
            async move { call(&caller).await }
        }))?);
    }
    println!("{:<22} {:>10.0} {:>10.0} {:>11.1} %", "calls per second", best[0], best[1], percent(best[0], best[1]));
    figure("call.rate.reqwest", best[0]);
    figure("call.rate", best[1]);
    Ok(())
}

fn body() -> Value {
    json!({ "access_token": "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6" })
}

async fn call(client: &Client) -> Result<()> {
    let response: RawResponse = Call::<Value>::new(client, READ).json(&body()).raw().await?;
    assert_eq!(response.body().len(), 26);
    Ok(())
}

/// The same without the SDK.
struct Bare {
    http: reqwest::Client,
    url: String,
}

impl Bare {
    async fn call(&self) -> Result<()> {
        let request = self.http.post(&self.url).timeout(Duration::from_secs(60));
        let request = request
            .header("user-agent", "benchmark/1.0")
            .header("plaid-version", "2020-09-14")
            .header("plaid-client-id", "client-id")
            .header("plaid-secret", "secret")
            .header("content-type", "application/json");
        let response = request.body(plaid_sdk::serde_json::to_vec(&body())?).send().await?.error_for_status()?;
        assert_eq!(response.bytes().await?.len(), 26);
        Ok(())
    }
}

/// The cost of a call, in microseconds and allocations.
#[derive(Clone, Copy)]
struct Cost {
    user: f64,
    wall: f64,
    allocations: f64,
}

impl Cost {
    const WORST: Self = Self { user: f64::MAX, wall: f64::MAX, allocations: f64::MAX };

    fn keep(&mut self, other: Self) {
        self.user = self.user.min(other.user);
        self.wall = self.wall.min(other.wall);
        self.allocations = self.allocations.min(other.allocations);
    }
}

async fn cost(call: impl AsyncFn() -> Result<()>) -> Result<Cost> {
    for _ in 0..100 {
        call().await?;
    }
    let (region, start, ticks) = (Region::new(ALLOCATOR), Instant::now(), user_ticks()?);
    for _ in 0..CALLS {
        call().await?;
    }
    let calls = f64::from(CALLS);
    Ok(Cost {
        // The kernel counts a hundred ticks a second.
        user: (user_ticks()? - ticks) as f64 * 10_000.0 / calls,
        wall: start.elapsed().as_secs_f64() * 1e6 / calls,
        allocations: region.change().allocations as f64 / calls,
    })
}

/// Calls per second.
async fn rate<F>(call: impl Fn() -> F) -> Result<f64>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let (mut tasks, start) = (JoinSet::new(), Instant::now());
    for number in 0..CALLS {
        if number >= AT_ONCE {
            tasks.join_next().await.expect("one is running")??;
        }
        tasks.spawn(call());
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(f64::from(CALLS) / start.elapsed().as_secs_f64())
}

/// The user time of this process (proc(5), field 14 of `stat`).
fn user_ticks() -> Result<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').ok_or("no stat")?;
    Ok(fields.split_whitespace().nth(11).ok_or("no user time")?.parse()?)
}

fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

fn start_server() -> Result<(Child, String)> {
    let mut server = Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
    let mut url = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut url)?;
    Ok((server, url.trim().to_owned()))
}

async fn serve() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        tokio::spawn(answer(socket));
    }
}

/// Sends the same response to each request. Over loopback a request arrives in one piece.
async fn answer(mut socket: TcpStream) {
    let mut buffer = [0; 4096];
    while matches!(socket.read(&mut buffer).await, Ok(1..)) {
        if socket.write_all(RESPONSE.as_bytes()).await.is_err() {
            return;
        }
    }
}
