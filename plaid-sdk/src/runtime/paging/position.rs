//! How a list operation pages, and what a page reports about itself and the next one.

use std::borrow::Cow;
use std::fmt;

use super::fingerprint::Fingerprint;
use crate::runtime::redact;

/// The start of a page in a list. Store it to continue later, by [`Pages::resume`](super::Pages::resume).
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// The cursor that the previous page returned.
    Cursor(String),
    /// After this many elements.
    Offset(i64),
    /// After the element with this id.
    After(i64),
}

impl fmt::Debug for Position {
    // The server chooses the cursor, which may be any text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cursor(cursor) => f.debug_tuple("Cursor").field(&redact::tokens(cursor)).finish(),
            Self::Offset(offset) => f.debug_tuple("Offset").field(offset).finish(),
            Self::After(id) => f.debug_tuple("After").field(id).finish(),
        }
    }
}

/// How a list operation pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(super) kind: Kind,
    pub(super) default: i64,
    most: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Cursor,
    Offset { filtered: bool },
    After,
}

impl Style {
    /// By a cursor that each page returns for the next. The list ends when a page has no cursor or reports that there are no
    /// more elements.
    pub const CURSOR: Self = Self { kind: Kind::Cursor, default: 0, most: None };

    /// By the number of elements before the page. The list ends when a page reports it, when the total is reached, or, without
    /// either, when a page is empty. A short page is not the end, because the requested size is only the largest size.
    pub const OFFSET: Self = Self { kind: Kind::Offset { filtered: false }, default: 0, most: None };

    /// By offset, where the API filters a page after counting its elements, so that a page in the middle may be short: the
    /// offset advances by the requested size and not by the number of elements returned.
    pub const OFFSET_FILTERED: Self = Self { kind: Kind::Offset { filtered: true }, default: 0, most: None };

    /// By the largest id so far. The list ends when a page reports it, or else when a page is empty.
    pub const AFTER: Self = Self { kind: Kind::After, default: 0, most: None };

    /// With the size of a page if the request has none, and the largest size.
    #[must_use]
    pub const fn sizes(mut self, default: i64, most: i64) -> Self {
        self.default = default;
        self.most = Some(most);
        self
    }

    /// The closest size that the operation allows.
    pub(super) fn size(&self, wanted: i64) -> i64 {
        wanted.clamp(1, self.most.unwrap_or(i64::MAX))
    }
}

/// What a page reports about itself and the next one. Each operation reports some of these.
#[derive(Clone, Debug, Default)]
pub struct PageFacts<'p> {
    pub(super) elements: Vec<Fingerprint>,
    pub(super) next_cursor: Option<Cow<'p, str>>,
    pub(super) has_more: Option<bool>,
    pub(super) total: Option<i64>,
    pub(super) largest_id: Option<i64>,
}

impl<'p> PageFacts<'p> {
    /// The facts of a page with these elements.
    #[must_use]
    pub const fn new(elements: Vec<Fingerprint>) -> Self {
        Self { elements, next_cursor: None, has_more: None, total: None, largest_id: None }
    }

    /// The cursor of the next page. An empty one counts as none.
    #[must_use]
    pub fn next_cursor(mut self, cursor: Option<Cow<'p, str>>) -> Self {
        self.next_cursor = cursor.filter(|cursor| !cursor.is_empty());
        self
    }

    /// Whether there are more elements.
    #[must_use]
    pub const fn has_more(mut self, more: bool) -> Self {
        self.has_more = Some(more);
        self
    }

    /// The number of elements on all pages.
    #[must_use]
    pub const fn total(mut self, total: Option<i64>) -> Self {
        self.total = total;
        self
    }

    /// The largest id of an element. Elements may be in any order.
    #[must_use]
    pub const fn largest_id(mut self, id: Option<i64>) -> Self {
        self.largest_id = id;
        self
    }

    pub(super) fn len(&self) -> i64 {
        i64::try_from(self.elements.len()).unwrap_or(i64::MAX)
    }
}

/// A page contradicts itself or an earlier one, so the list might never end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contradiction(pub(super) &'static str);

impl Contradiction {
    /// What contradicts, and where. A cursor is not printed, because it can be a secret.
    pub(super) fn at(self, page: u32, position: Option<&Position>) -> String {
        match position {
            Some(Position::Offset(offset)) => format!("page {page}, at offset {offset}: {}", self.0),
            Some(Position::After(id)) => format!("page {page}, after id {id}: {}", self.0),
            Some(Position::Cursor(_)) | None => format!("page {page}: {}", self.0),
        }
    }
}
