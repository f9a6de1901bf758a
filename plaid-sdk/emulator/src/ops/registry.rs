//! The table of all operations: what answers a path, and how faithful it is.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::{Call, Response, TABLES};
use crate::error::ApiError;
use crate::json::Draft;
use crate::request::File;

/// How an operation gets its response. `/_plaid/coverage` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// It has states and rules of its own, written by hand.
    StateMachine,
    /// It is a function of the tenant's data, written by hand.
    Computed,
}

impl Class {
    /// Its name in `/_plaid/coverage`.
    pub fn name(self) -> &'static str {
        match self {
            Self::StateMachine => "state_machine",
            Self::Computed => "computed",
        }
    }
}

/// What an operation answers.
pub enum Answer {
    /// JSON, without `request_id`.
    Json(Value),
    /// JSON with many rows, without `request_id`.
    Draft(Draft),
    /// A file.
    File(File),
}

/// An operation that answers a path.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The path as the document has it: `/fdx/recipient/{recipientId}`.
    pub path: &'static str,
    /// How it gets its response.
    pub class: Class,
    run: Run,
}

#[derive(Clone, Copy)]
enum Run {
    Json(fn(&mut Call<'_>) -> Response),
    Draft(fn(&mut Call<'_>) -> Result<Draft, ApiError>),
    File(fn(&mut Call<'_>) -> Result<File, ApiError>),
}

impl Entry {
    /// An operation that answers JSON.
    pub const fn json(path: &'static str, class: Class, run: fn(&mut Call<'_>) -> Response) -> Self {
        Self { path, class, run: Run::Json(run) }
    }

    /// An operation that answers JSON with many rows.
    pub const fn draft(path: &'static str, class: Class, run: fn(&mut Call<'_>) -> Result<Draft, ApiError>) -> Self {
        Self { path, class, run: Run::Draft(run) }
    }

    /// An operation that answers a file.
    pub const fn file(path: &'static str, class: Class, run: fn(&mut Call<'_>) -> Result<File, ApiError>) -> Self {
        Self { path, class, run: Run::File(run) }
    }

    /// Answers a request that has passed the check.
    ///
    /// # Errors
    /// What Plaid would answer.
    pub fn answer(&self, call: &mut Call<'_>) -> Result<Answer, ApiError> {
        match self.run {
            Run::Json(run) => run(call).map(Answer::Json),
            Run::Draft(run) => run(call).map(Answer::Draft),
            Run::File(run) => run(call).map(Answer::File),
        }
    }
}

/// The operations that are written by hand.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The operation of a path of the document, if it is written by hand.
pub fn find(path: &str) -> Option<&'static Entry> {
    static BY_PATH: OnceLock<HashMap<&'static str, &'static Entry>> = OnceLock::new();
    BY_PATH.get_or_init(|| entries().map(|entry| (entry.path, entry)).collect()).get(path).copied()
}

#[cfg(test)]
mod tests {
    use super::{entries, find};
    use crate::api;

    #[test]
    fn each_entry_is_an_operation_of_the_document_and_appears_once() {
        for entry in entries() {
            let is_known =
                ["POST", "GET", "PUT", "DELETE"].iter().any(|method| api::find(method, entry.path).is_some());
            assert!(is_known, "{} is not a path of the document", entry.path);
            assert!(find(entry.path).is_some_and(|found| std::ptr::eq(found, entry)), "{} has two entries", entry.path);
        }
    }
}
