//! A contradiction.

use super::Rule;
use crate::diag::Pointer;

/// A contradiction in a document.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// The rule that found it.
    pub(super) rule: Rule,
    /// The place, or the one of two that is reported.
    pub(super) at: Pointer,
    /// The place that contradicts it, for rules about two places.
    pub(super) other: Option<Pointer>,
    /// What is wrong.
    pub(super) what: String,
    /// What to do about it.
    pub(super) help: String,
}

impl Finding {
    /// A finding about one place.
    pub(super) fn new(rule: Rule, at: Pointer, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, at, other: None, what: what.into(), help: help.into() }
    }

    /// A finding about two places.
    pub(super) fn of_two(rule: Rule, at: Pointer, other: Pointer, what: String, help: &'static str) -> Self {
        Self { rule, at, other: Some(other), what, help: help.to_owned() }
    }

    /// Its place as written in `lint.yaml`. Two places are in alphabetical order.
    pub(super) fn place(&self) -> String {
        place(&self.at, self.other.as_ref())
    }
}

/// The separator of two places in `lint.yaml`.
pub(super) const AND: &str = " and ";

/// One or two places as one text, which does not depend on their order.
pub(super) fn place(at: &Pointer, other: Option<&Pointer>) -> String {
    match other {
        None => at.to_string(),
        Some(other) => format!("{}{AND}{}", at.min(other), at.max(other)),
    }
}
