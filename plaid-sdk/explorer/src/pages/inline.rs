//! Texts within a line, and marks.

use plaid_catalog::model::{Docs, Text};

use super::links::Address;

/// A mark on an operation, a property or a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be `null`.
    Nullable,
    /// It is deprecated.
    Deprecated,
    /// Its value grants access to something.
    Credential,
    /// Its value is about a person.
    Personal,
    /// It only reads.
    ReadOnly,
    /// It moves money.
    MovesMoney,
    /// It deletes something.
    Deletes,
    /// Only the Sandbox has it.
    SandboxOnly,
}

impl Mark {
    /// The mark as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Nullable => "nullable",
            Self::Deprecated => "deprecated",
            Self::Credential => "credential",
            Self::Personal => "personal",
            Self::ReadOnly => "read-only",
            Self::MovesMoney => "moves money",
            Self::Deletes => "deletes",
            Self::SandboxOnly => "Sandbox only",
        }
    }

    /// The class of the mark.
    pub fn class(self) -> &'static str {
        match self {
            Self::Required | Self::MovesMoney | Self::Deletes => "mark bad",
            Self::Deprecated => "mark warn",
            Self::ReadOnly | Self::SandboxOnly => "mark good",
            Self::Optional | Self::Nullable | Self::Credential | Self::Personal => "mark",
        }
    }
}

/// A text within a line.
#[derive(Clone, Debug, Default)]
pub struct Inline<'a>(pub Vec<Piece<'a>>);

/// A piece of a line.
#[derive(Clone, Debug)]
pub enum Piece<'a> {
    /// Plain text.
    Text(String),
    /// Code.
    Code(String),
    /// A text of the API.
    Prose(&'a Text),
    /// A link.
    Link(String, Address<'a>),
    /// A link whose text is code.
    CodeLink(String, Address<'a>),
    /// A link to another site.
    External(String, &'a str),
}

impl<'a> Inline<'a> {
    /// A plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// A text of the API.
    pub fn prose(text: &'a Text) -> Self {
        Self(vec![Piece::Prose(text)])
    }

    /// The summary of an item, else its description.
    pub fn docs(docs: &'a Docs) -> Self {
        docs.summary.as_ref().or(docs.description.as_ref()).map(Self::prose).unwrap_or_default()
    }

    /// With another piece.
    pub fn and(mut self, piece: Piece<'a>) -> Self {
        self.0.push(piece);
        self
    }

    /// With a plain text.
    pub fn and_text(self, text: impl Into<String>) -> Self {
        self.and(Piece::Text(text.into()))
    }
}
