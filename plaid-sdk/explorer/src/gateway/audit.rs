//! The audit: a line for each call, as JSON. It has no bodies, no tokens and no secrets.

use std::borrow::Cow;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::HeaderMap;
use chrono::{SecondsFormat, Utc};
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::time::sleep;

use super::refusal::Refusal;

/// The most characters of a text that a caller chose.
const LONGEST: usize = 120;

/// The most bytes of lines that wait. A kill loses no more.
const WAITING: usize = 32 << 10;

/// The longest that a line waits.
const WAIT: Duration = Duration::from_millis(100);

/// Where the lines go.
///
/// A line is written as soon as no other call is on its way, so a quiet gateway writes each at once. While other calls are, the
/// lines are written together, after 100 ms or 32 KiB. A stop ends all calls, and with them all lines are written. A kill loses
/// those that waited.
#[derive(Clone)]
pub struct Audit(Option<Arc<Shared>>);

struct Shared {
    /// How many calls are on their way.
    calls: AtomicUsize,
    lines: Mutex<Lines>,
}

struct Lines {
    sink: Sink,
    waiting: Vec<u8>,
    /// Whether a task will write what waits.
    is_due: bool,
}

enum Sink {
    Stderr,
    File(File),
}

impl Audit {
    /// No audit.
    pub fn none() -> Self {
        Self(None)
    }

    /// Lines on standard error.
    pub fn stderr() -> Self {
        Self::to(Sink::Stderr)
    }

    /// Lines at the end of a file, which is made for its owner alone if it does not exist.
    ///
    /// # Errors
    /// The file can't be opened.
    pub fn file(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self::to(Sink::File(options.open(path)?)))
    }

    fn to(sink: Sink) -> Self {
        let lines = Mutex::new(Lines { sink, waiting: Vec::new(), is_due: false });
        Self(Some(Arc::new(Shared { calls: AtomicUsize::new(0), lines })))
    }
}

impl Shared {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    /// Writes what waits. Lines that can't be written don't stop the gateway.
    fn write(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let _written = match &mut self.sink {
            Sink::Stderr => io::stderr().write_all(&self.waiting),
            Sink::File(file) => file.write_all(&self.waiting),
        };
        self.waiting.clear();
    }
}

/// A call on its way. Its line is added when it ends.
struct OnWay {
    shared: Arc<Shared>,
    line: Vec<u8>,
}

impl OnWay {
    fn new(shared: &Arc<Shared>) -> Self {
        shared.calls.fetch_add(1, Ordering::AcqRel);
        Self { shared: Arc::clone(shared), line: Vec::new() }
    }
}

impl Drop for OnWay {
    fn drop(&mut self) {
        let mut lines = self.shared.lines();
        lines.waiting.append(&mut self.line);
        // This is counted under the lock. So what still waits after it has a task that writes it.
        let is_last = self.shared.calls.fetch_sub(1, Ordering::AcqRel) == 1;
        if is_last || lines.waiting.len() >= WAITING {
            lines.write();
        } else if !lines.waiting.is_empty() && !lines.is_due {
            match Handle::try_current() {
                Ok(runtime) => {
                    lines.is_due = true;
                    let due = Due(Arc::clone(&self.shared));
                    drop(lines);
                    drop(runtime.spawn(async move {
                        sleep(WAIT).await;
                        drop(due);
                    }));
                }
                Err(_) => lines.write(),
            }
        }
    }
}

/// Writes what waits when its time has come, or when the runtime stops.
struct Due(Arc<Shared>);

impl Drop for Due {
    fn drop(&mut self) {
        let mut lines = self.0.lines();
        lines.is_due = false;
        lines.write();
    }
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Audit")
    }
}

/// What a line says.
pub struct Entry {
    on_way: Option<OnWay>,
    begun: Instant,
    pub caller: String,
    pub peer: Option<Peer>,
    pub method: Cow<'static, str>,
    pub path: Cow<'static, str>,
    pub operation: Option<&'static str>,
    pub status: u16,
    pub outcome: Cow<'static, str>,
    pub request_id: Option<String>,
    pub problems: Vec<String>,
    pub request_bytes: u64,
    pub response_bytes: u64,
}

impl Entry {
    /// The start of a line about a call.
    pub fn begin(audit: &Audit, begun: Instant, mut caller: String, peer: Option<Peer>) -> Self {
        shorten(&mut caller);
        Self {
            on_way: audit.0.as_ref().map(OnWay::new),
            begun,
            caller,
            peer,
            method: Cow::default(),
            path: Cow::default(),
            operation: None,
            status: 0,
            outcome: Cow::default(),
            request_id: None,
            problems: Vec::new(),
            request_bytes: 0,
            response_bytes: 0,
        }
    }

    /// The line about a request that a layer refused.
    pub fn refused(audit: &Audit, request: &Request, begun: Instant, refusal: &Refusal) -> Self {
        let peer = request.extensions().get::<Peer>().cloned();
        let mut entry = Self::begin(audit, begun, caller(request.headers()), peer);
        entry.method = Cow::Owned(short(request.method().as_str()));
        entry.path = Cow::Owned(short(request.uri().path()));
        entry.refuse(refusal);
        entry
    }

    /// Says that the call was refused.
    pub fn refuse(&mut self, refusal: &Refusal) {
        self.status = refusal.status.as_u16();
        self.outcome = Cow::Owned(format!("refused: {}", refusal.code));
    }

    /// The call has ended: its line is added.
    pub fn write(mut self) {
        if let Some(mut on_way) = self.on_way.take() {
            on_way.line = self.line();
        }
    }

    fn line(&self) -> Vec<u8> {
        let mut line = Line::begin();
        line.member("time", &Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true));
        line.member("caller", &self.caller);
        if let Some(Peer(peer)) = &self.peer {
            line.member("peer", peer.as_ref());
        }
        line.member("method", self.method.as_ref());
        line.member("path", self.path.as_ref());
        if let Some(operation) = self.operation {
            line.member("operation", operation);
        }
        line.member("status", &self.status);
        line.member("outcome", self.outcome.as_ref());
        if let Some(request_id) = &self.request_id {
            line.member("request_id", request_id);
        }
        if !self.problems.is_empty() {
            line.member("problems", &self.problems);
        }
        line.member("request_bytes", &self.request_bytes);
        line.member("response_bytes", &self.response_bytes);
        line.member("milliseconds", &u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX));
        line.end()
    }
}

/// An object of JSON. Its names are ours and need no escapes, which a derived `Serialize` would look for in each line.
struct Line(Vec<u8>);

impl Line {
    fn begin() -> Self {
        let mut line = Vec::with_capacity(512);
        line.push(b'{');
        Self(line)
    }

    fn member(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        self.0.push(b'"');
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
        // Texts and numbers can be written to memory without an error.
        drop(serde_json::to_writer(&mut self.0, value));
    }

    fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"}\n");
        self.0
    }
}

/// The address that a request came from, as a text that is made once for a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer(Arc<str>);

impl Peer {
    /// The peer at an address.
    pub fn new(address: SocketAddr) -> Self {
        Self(address.to_string().into())
    }
}

/// What a client calls itself.
pub fn caller(headers: &HeaderMap) -> String {
    headers.get("user-agent").map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned()).unwrap_or_default()
}

/// The start of a text. JSON escapes what could end a line.
fn short(text: &str) -> String {
    let mut text = text.to_owned();
    shorten(&mut text);
    text
}

fn shorten(text: &mut String) {
    // Most are shorter, in bytes already.
    if text.len() > LONGEST
        && let Some((end, _)) = text.char_indices().nth(LONGEST)
    {
        text.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::{Audit, Entry, WAIT, WAITING};
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};

    /// An audit in a file, in a folder that is removed at the end.
    fn audit() -> (tempfile::TempDir, PathBuf, Audit) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("audit.jsonl");
        let audit = Audit::file(&path).expect("a file");
        (folder, path, audit)
    }

    fn entry(audit: &Audit, caller: &str) -> Entry {
        Entry::begin(audit, Instant::now(), caller.to_owned(), None)
    }

    fn callers(path: &Path) -> Vec<String> {
        let text = std::fs::read_to_string(path).expect("the file");
        let caller = |line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["caller"].clone();
        text.lines().map(|line| caller(line).as_str().expect("a text").to_owned()).collect()
    }

    #[test]
    fn a_caller_can_not_write_lines_of_its_own() {
        let (_folder, path, audit) = audit();
        let name = format!("curl\r\n{{\"status\":200}}\u{2028}{}", "x".repeat(1000));
        for _ in 0..2 {
            let mut entry = entry(&audit, &name);
            entry.path = "/a\nb".into();
            entry.write();
        }
        let text = std::fs::read_to_string(&path).expect("the file");
        assert_eq!(text.lines().count(), 2);
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(value["path"], "/a\nb");
            assert_eq!(value["caller"].as_str().map(|caller| caller.chars().count()), Some(120));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&path).expect("metadata").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn the_last_call_writes_the_lines_of_all() {
        let (_folder, path, audit) = audit();
        let (first, second, left) = (entry(&audit, "first"), entry(&audit, "second"), entry(&audit, "left"));
        first.write();
        second.write();
        assert_eq!(callers(&path), [""; 0]);
        drop(left);
        assert_eq!(callers(&path), ["first", "second"]);
        entry(&audit, "third").write();
        assert_eq!(callers(&path), ["first", "second", "third"]);
    }

    #[tokio::test]
    async fn a_line_does_not_wait_for_a_long_call() {
        let (_folder, path, audit) = audit();
        let long = entry(&audit, "long");
        for caller in ["first", "second"] {
            entry(&audit, caller).write();
            // The test has the only thread, so nothing else runs until it waits.
            assert!(!callers(&path).contains(&caller.to_owned()));
            let begun = Instant::now();
            while !callers(&path).contains(&caller.to_owned()) {
                assert!(begun.elapsed() < Duration::from_secs(20), "{caller} is not written");
                tokio::time::sleep(WAIT / 4).await;
            }
        }
        long.write();
        assert_eq!(callers(&path), ["first", "second", "long"]);
    }

    #[tokio::test]
    async fn few_lines_wait() {
        let (_folder, path, audit) = audit();
        let _long = entry(&audit, "long");
        for _ in 0..WAITING / 100 {
            entry(&audit, "short").write();
        }
        let written = std::fs::metadata(&path).expect("metadata").len() as usize;
        assert!((WAITING..WAITING + 1000).contains(&written), "{written}");
    }

    #[test]
    fn a_stop_loses_no_line() {
        let (_folder, path, audit) = audit();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let long = entry(&audit, "long");
        runtime.block_on(async { entry(&audit, "short").write() });
        assert_eq!(callers(&path), [""; 0]);
        drop(runtime);
        assert_eq!(callers(&path), ["short"]);
        // Without a runtime, nothing would write it later.
        entry(&audit, "outside").write();
        assert_eq!(callers(&path), ["short", "outside"]);
        drop(long);
    }
}
