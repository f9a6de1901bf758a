//! The error about a name that the API does not have.

use std::fmt;

use crate::nearest::{nearest, suggestion};

/// A name that no item of the API has, or several have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What was looked for.
    pub what: What,
    /// The name.
    pub name: String,
    /// Whether several items have the name.
    pub is_ambiguous: bool,
    /// The names that were probably meant, the most likely first.
    pub meant: Vec<String>,
}

/// The kinds of items that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An operation.
    Operation,
    /// A type.
    Type,
    /// A webhook, named by its type and code: `ITEM: ERROR`.
    Webhook,
}

impl Unknown {
    pub(crate) fn new<'n>(what: What, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        let meant = nearest(name, known).into_iter().map(str::to_owned).collect();
        Self { what, name: name.to_owned(), is_ambiguous: false, meant }
    }

    pub(crate) fn ambiguous(what: What, name: &str, meant: Vec<String>) -> Self {
        Self { what, name: name.to_owned(), is_ambiguous: true, meant }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Type => "type",
            Self::Webhook => "webhook",
        })
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, name, is_ambiguous, meant } = self;
        if *is_ambiguous {
            write!(f, "`{name}` is the name of several {what}s")?;
        } else {
            write!(f, "the API has no {what} `{name}`")?;
        }
        f.write_str(&suggestion(name, meant))
    }
}

impl std::error::Error for Unknown {}
