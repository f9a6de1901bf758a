//! `spec/errors.yaml`: the errors of the API, which its document does not describe.

use indexmap::IndexMap;
use serde::Deserialize;

/// What is known about the errors. The first entry that matches an error counts: codes, then types, then statuses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Errors {
    /// The file they were read from, as findings name it.
    #[serde(skip)]
    pub file: String,
    /// By code, in the file's order.
    pub codes: IndexMap<String, ErrorCode>,
    /// By error type, for codes that are not listed.
    pub types: IndexMap<String, ErrorClass>,
    /// By HTTP status, for responses without a listed code or type.
    pub statuses: IndexMap<String, ErrorClass>,
}

/// What is known about a code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// The error types that it comes with.
    pub types: Vec<String>,
    /// How to recover: a variant of the runtime's `Recovery`, in snake case.
    pub recovery: String,
    /// When the same request may be retried: a variant of the runtime's `Retry`, in snake case.
    #[serde(default = "never")]
    pub retry: String,
    /// What to do about it, for developers.
    pub advice: String,
    /// The variant's name, if the one made from the code would be bad.
    #[serde(default)]
    pub name: Option<String>,
}

/// What is known about all errors of a type or status.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorClass {
    /// As in [`ErrorCode::recovery`].
    pub recovery: String,
    /// As in [`ErrorCode::retry`].
    #[serde(default = "never")]
    pub retry: String,
}

fn never() -> String {
    NEVER.to_owned()
}

const NEVER: &str = "never";

/// The values of `recovery`, each with the values of `retry` that don't contradict it.
const AGREEING: &[(&str, &[&str])] = &[
    ("change_request", &[NEVER]),
    ("change_setup", &[NEVER]),
    ("ask_user", &[NEVER]),
    ("update_mode", &[NEVER]),
    ("start_over", &[NEVER, "with_new_key"]),
    ("restart", &["restart"]),
    ("wait_for_data", &["when_ready"]),
    ("try_again", &["soon", "after_window"]),
    ("try_later", &["after_maintenance", "later"]),
    ("give_up", &[NEVER]),
];

/// The values of `retry` that go with a value of `recovery`.
pub(crate) fn retries_of(recovery: &str) -> &'static [&'static str] {
    AGREEING.iter().find(|(name, _)| *name == recovery).map_or(&[], |(_, retries)| retries)
}
