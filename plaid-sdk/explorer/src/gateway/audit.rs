//! The audit: a line for each call, as JSON. It has no bodies, no tokens and no secrets.

use std::borrow::Cow;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::extract::Request;
use axum::http::HeaderMap;
use chrono::{SecondsFormat, Utc};
use serde::Serialize;

use super::refusal::Refusal;

/// The most characters of a text that a caller chose.
const LONGEST: usize = 120;

/// Where the lines go.
#[derive(Clone)]
pub struct Audit(Arc<Mutex<Sink>>);

enum Sink {
    None,
    Stderr,
    File(File),
}

impl Audit {
    /// No audit.
    pub fn none() -> Self {
        Self(Arc::new(Mutex::new(Sink::None)))
    }

    /// Lines on standard error.
    pub fn stderr() -> Self {
        Self(Arc::new(Mutex::new(Sink::Stderr)))
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
        Ok(Self(Arc::new(Mutex::new(Sink::File(options.open(path)?)))))
    }

    /// Writes a line. One that can't be written does not stop the gateway.
    pub(super) fn write(&self, entry: Entry) {
        let mut sink = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*sink, Sink::None) {
            return;
        }
        let Ok(mut line) = serde_json::to_string(&entry.finished()) else { return };
        line.push('\n');
        let _written = match &mut *sink {
            Sink::None => Ok(()),
            Sink::Stderr => io::stderr().write_all(line.as_bytes()),
            Sink::File(file) => file.write_all(line.as_bytes()),
        };
    }
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Audit")
    }
}

/// What a line says.
pub struct Entry {
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

#[derive(Serialize)]
struct Line<'a> {
    time: String,
    caller: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<SocketAddr>,
    method: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
    status: u16,
    outcome: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    problems: &'a [String],
    request_bytes: u64,
    response_bytes: u64,
    milliseconds: u64,
}

impl Entry {
    /// The start of a line about a call.
    pub fn begin(begun: Instant, caller: &str, peer: Option<Peer>) -> Self {
        Self {
            begun,
            caller: short(caller),
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
    pub fn refused(request: &Request, begun: Instant, refusal: &Refusal) -> Self {
        let peer = request.extensions().get::<Peer>().copied();
        let mut entry = Self::begin(begun, &caller(request.headers()), peer);
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

    fn finished(&self) -> Line<'_> {
        Line {
            time: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            caller: &self.caller,
            peer: self.peer.map(|peer| peer.0),
            method: &self.method,
            path: &self.path,
            operation: self.operation,
            status: self.status,
            outcome: &self.outcome,
            request_id: self.request_id.as_deref(),
            problems: &self.problems,
            request_bytes: self.request_bytes,
            response_bytes: self.response_bytes,
            milliseconds: u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// The address that a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// What a client calls itself.
pub fn caller(headers: &HeaderMap) -> String {
    headers.get("user-agent").map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned()).unwrap_or_default()
}

/// The start of a text. JSON escapes what could end a line.
fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::{Audit, Entry};
    use std::time::Instant;

    #[test]
    fn a_caller_can_not_write_lines_of_its_own() {
        let folder = std::env::temp_dir().join(format!("plaid-explorer-audit-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("audit.jsonl");
        let audit = Audit::file(&path).expect("a file");
        let name = format!("curl\r\n{{\"status\":200}}\u{2028}{}", "x".repeat(1000));
        for _ in 0..2 {
            let mut entry = Entry::begin(Instant::now(), &name, None);
            entry.path = "/a\nb".into();
            audit.write(entry);
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
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
