//! Names that the API does not have.

use std::error::Error;
use std::fmt;

use crate::nearest::{nearest, suggestion};

/// The API has no operation or webhook of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What there is none of.
    what: &'static str,
    /// The name.
    name: String,
    /// The names that are most likely meant, the closest first.
    nearest: Vec<String>,
}

impl Unknown {
    pub(super) fn operation<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self::new("operation", name, known)
    }

    pub(super) fn webhook<'a>(kind: &str, code: &str, known: impl Iterator<Item = &'a (String, String)>) -> Self {
        let known: Vec<String> = known.map(|(kind, code)| format!("{kind}: {code}")).collect();
        Self::new("webhook", &format!("{kind}: {code}"), known.iter().map(String::as_str))
    }

    fn new<'a>(what: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        let nearest = nearest(name, known).into_iter().map(str::to_owned).collect();
        Self { what, name: name.to_owned(), nearest }
    }

    /// The names that are most likely meant, the closest first.
    pub fn nearest(&self) -> &[String] {
        &self.nearest
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API has no {} `{}`{}", self.what, self.name, suggestion(&self.name, &self.nearest))
    }
}

impl Error for Unknown {}
