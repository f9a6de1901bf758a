//! `spec/errors.yaml`: the codes of the API's errors, which are not in its document.

use indexmap::IndexMap;
use serde::Deserialize;

/// What is known of the codes.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    /// The file they were read from, as findings name it.
    pub file: String,
    /// By code, in the file's order.
    pub codes: IndexMap<String, ErrorCode>,
}

/// What is known of a code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// The error types that it comes with.
    pub types: Vec<String>,
    /// What helps, in a word that the runtime knows.
    pub then: String,
    /// What to do about it, for developers.
    pub advice: String,
    /// The variant's name, where the rule would give a bad one.
    #[serde(default)]
    pub name: Option<String>,
}
