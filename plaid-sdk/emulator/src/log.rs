//! The requests that a tenant has made.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many requests are kept. Older ones are forgotten.
const KEPT: usize = 1_000;

/// A request and what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The `request_id` of the response.
    pub request_id: String,
    /// When it came.
    pub at: DateTime<Utc>,
    /// The method and the path.
    pub call: String,
    /// The body of the request, without the secret.
    pub request: Value,
    /// The HTTP status of the response.
    pub status: u16,
    /// The body of the response. A file is `null`.
    pub response: Value,
    /// What the check found in the request or in the response, in words.
    pub problems: Vec<String>,
}

/// The last requests of a tenant, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Log(VecDeque<Entry>);

impl Log {
    /// Adds a request.
    pub fn add(&mut self, mut entry: Entry) {
        if let Some(fields) = entry.request.as_object_mut() {
            fields.remove("secret");
        }
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    /// The requests, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.0.iter()
    }
}
