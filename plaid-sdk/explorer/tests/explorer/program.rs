//! The program: how it starts, what it refuses to start with, how it stops.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use plaid_emulator::Emulator;

const ID: &str = "64daf713c26e50004b182d95";
const SECRET: &str = "6f0c1d2e3b4a5968778695a4b3c2d1";

/// The program in an environment with these variables, and none that the test was started with.
fn program(variables: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plaid-explorer"));
    for name in ["PLAID_CLIENT_ID", "PLAID_SECRET", "PLAID_ENV", "PLAID_BASE_URL", "PLAID_EXPLORER_TOKEN"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// One that listens. It ends when this is dropped.
struct Running {
    child: Child,
    greeting: String,
    address: SocketAddr,
}

impl Running {
    fn start(variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut child = program(variables, &[&["--port", "0"], arguments].concat()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let greeting = lines.next().expect("a line").expect("a text");
        let address = greeting.split("http://").nth(1).and_then(|rest| rest.split(',').next());
        let address = address.and_then(|address| address.parse().ok()).expect("an address");
        Self { child, greeting, address }
    }

    fn post(&self, path: &str, lines: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(self.address).expect("a connection");
        socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n{lines}Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        socket.write_all(request.as_bytes()).expect("sent");
        let mut text = String::new();
        socket.read_to_string(&mut text).expect("a response");
        text
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself needs no more.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

/// What the program says when it does not start.
fn refusal(variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let Output { status, stderr, stdout } = program(variables, arguments).output().expect("it runs");
    let text = String::from_utf8_lossy(&stderr).into_owned();
    assert!(!status.success() && stdout.is_empty(), "{text}");
    assert!(!text.contains(SECRET), "{text}");
    text
}

#[test]
fn it_works_at_once_without_credentials() {
    let running = Running::start(&[], &[]);
    assert!(running.greeting.contains("an emulator in this process"), "{}", running.greeting);
    let reply = running.post(
        "/sandbox/public_token/create",
        "",
        r#"{"institution_id":"ins_109508","initial_products":["transactions"]}"#,
    );
    assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.contains("public-sandbox-"), "{reply}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_with_https_needs_a_certificate_that_the_system_trusts() {
    let emulator = Emulator::builder().tls(["localhost"]).start().await.expect("an upstream");
    let folder = tempfile::tempdir().expect("a folder");
    let (own, other) = (folder.path().join("own.pem"), folder.path().join("other.pem"));
    std::fs::write(&own, emulator.authority().expect("an authority")).expect("a file");
    let stranger = Emulator::builder().tls(["localhost"]).start().await.expect("another");
    std::fs::write(&other, stranger.authority().expect("an authority")).expect("a file");
    let ask = |authority: &Path| {
        let authority = authority.to_str().expect("a path in UTF-8");
        let variables = [
            ("PLAID_CLIENT_ID", ID),
            ("PLAID_SECRET", SECRET),
            ("PLAID_BASE_URL", emulator.base_url()),
            ("SSL_CERT_FILE", authority),
        ];
        Running::start(&variables, &[]).post("/categories/get", "", "{}")
    };
    let reply = ask(&own);
    assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.contains("category_id"), "{reply}");
    let reply = ask(&other);
    assert!(reply.starts_with("HTTP/1.1 502") && reply.contains("certificate"), "{reply}");
}

#[test]
fn it_says_why_it_does_not_start() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let both = [("PLAID_CLIENT_ID", ID), ("PLAID_SECRET", SECRET)];
    let of = |name: &'static str, value: &'static str| [both[0], both[1], (name, value)];
    for (text, wanted) in [
        (refusal(&[], &["--port", &port]), "--port"),
        (refusal(&both[..1], &[]), "no PLAID_SECRET"),
        (refusal(&both[1..], &[]), "no PLAID_CLIENT_ID"),
        (refusal(&of("PLAID_ENV", "development"), &[]), "sandbox and production"),
        (refusal(&of("PLAID_ENV", "production"), &[]), "--production"),
        (refusal(&of("PLAID_BASE_URL", "http://plaid.example"), &[]), "https"),
        (refusal(&[], &["--listen", "0.0.0.0"]), "--token"),
        (refusal(&[], &["--allow-money"]), "--production"),
        (refusal(&[], &["--token", "short"]), "characters"),
        (refusal(&[], &["--credentials", "/does/not/exist"]), "can't read"),
        (refusal(&[], &["--audit", "/does/not/exist"]), "--audit"),
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn a_new_token_is_printed_and_asked_for() {
    let mut running = Running::start(&[("PLAID_EXPLORER_TOKEN", "0123456789abcdef")], &[]);
    assert!(running.post("/item/get", "", "{}").starts_with("HTTP/1.1 401"));
    let known = running.post("/item/get", "Plaid-Explorer-Token: 0123456789abcdef\r\n", "{}");
    assert!(known.starts_with("HTTP/1.1 400"), "{known}");
    running.child.kill().expect("killed");
    let mut text = String::new();
    running.child.stderr.take().expect("its errors").read_to_string(&mut text).expect("the audit");
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("EXPLORER_TOKEN_REQUIRED") && !text.contains("0123456789abcdef"), "{text}");
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    let mut running = Running::start(&[], &[]);
    let told = Command::new("kill").arg(running.child.id().to_string()).status().expect("a signal");
    assert!(told.success());
    for _ in 0..100 {
        if let Some(status) = running.child.try_wait().expect("its state") {
            assert!(status.success(), "{status}");
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it goes on");
}
