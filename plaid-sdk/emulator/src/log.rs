//! The requests that a tenant has made.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::Written;

/// How many requests are kept. Older ones are forgotten.
const KEPT: usize = 1_000;

/// How many bytes of requests and responses are kept: a page of transactions has some 400,000.
const KEPT_BYTES: usize = 16 << 20;

/// A request and what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The `request_id` of the response.
    pub request_id: String,
    /// When it came.
    pub at: DateTime<Utc>,
    /// The method and the path.
    pub call: String,
    /// The access token of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<String>,
    /// The body of the request, without the secret.
    pub request: Written,
    /// The HTTP status of the response.
    pub status: u16,
    /// The body of the response. A file is `null`.
    pub response: Written,
    /// What the check found in the request or in the response, in words.
    pub problems: Vec<String>,
}

impl Entry {
    /// A request without its response.
    pub fn new(request_id: String, at: DateTime<Utc>, call: String, request: &Value) -> Self {
        let mut request = request.clone();
        if let Some(fields) = request.as_object_mut() {
            fields.remove("secret");
        }
        let access_token = request.get("access_token").and_then(Value::as_str).map(str::to_owned);
        let request = Written::of(&request);
        let (status, response) = (0, Written::default());
        Self { request_id, at, call, access_token, request, status, response, problems: Vec::new() }
    }

    fn size(&self) -> usize {
        self.request.len() + self.response.len()
    }
}

/// The last requests of a tenant, oldest first. As JSON it is a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "VecDeque<Entry>", into = "VecDeque<Entry>")]
pub struct Log {
    entries: VecDeque<Entry>,
    /// The bytes of all of them.
    bytes: usize,
}

impl Log {
    /// Adds a request.
    pub fn add(&mut self, entry: Entry) {
        self.bytes += entry.size();
        while self.entries.len() >= KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.size();
        }
        self.entries.push_back(entry);
    }

    /// How many requests there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The requests, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }
}

impl From<VecDeque<Entry>> for Log {
    fn from(entries: VecDeque<Entry>) -> Self {
        let bytes = entries.iter().map(Entry::size).sum();
        Self { entries, bytes }
    }
}

impl From<Log> for VecDeque<Entry> {
    fn from(log: Log) -> Self {
        log.entries
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, KEPT, KEPT_BYTES, Log};
    use chrono::DateTime;
    use serde_json::json;

    fn entry(length: usize) -> Entry {
        let request = json!({"access_token": "a", "secret": "s", "text": "x".repeat(length)});
        Entry::new("r".to_owned(), DateTime::UNIX_EPOCH, "POST /item/get".to_owned(), &request)
    }

    #[test]
    fn old_requests_are_forgotten_by_number_and_by_size() {
        let mut log = Log::default();
        for _ in 0..KEPT + 5 {
            log.add(entry(1));
        }
        assert_eq!(log.entries().count(), KEPT);
        log.add(entry(KEPT_BYTES / 2));
        log.add(entry(KEPT_BYTES / 2));
        assert_eq!(log.entries().count(), 1, "the two are larger than what is kept");
        log.add(entry(2 * KEPT_BYTES));
        assert_eq!(log.entries().count(), 1, "the newest one is kept whatever its size");
        let saved = serde_json::to_string(&log).expect("JSON");
        let mut restored: Log = serde_json::from_str(&saved).expect("a log");
        assert_eq!(restored.len(), 1);
        restored.add(entry(1));
        assert_eq!(restored.entries().count(), 1, "a restored log knows the size of what it has");
    }

    #[test]
    fn a_secret_is_not_kept() {
        let entry = entry(1);
        assert_eq!(entry.access_token.as_deref(), Some("a"));
        assert_eq!(entry.request.value(), json!({"access_token": "a", "text": "x"}));
    }
}
