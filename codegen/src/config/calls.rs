//! What OpenAPI can't say of calls: whether a request may arrive twice, and how responses come in pages.

use indexmap::IndexMap;
use serde::Deserialize;

/// What comes of a request that arrives twice, by path. What is not listed must not.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Idempotency {
    /// The property of the body for each value of which it is carried out once.
    pub keys: IndexMap<String, String>,
    /// Those that do no harm, in lists named for the reason.
    pub idempotent: IndexMap<String, Vec<String>>,
}

/// How the responses of an operation come in pages, by style and path.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pagination {
    /// Changes since a cursor, whose pages belong together.
    pub sync: IndexMap<String, Roles>,
    /// By the cursor that each page gives for the next.
    pub cursor: IndexMap<String, Roles>,
    /// By the number of elements before the page.
    pub offset: IndexMap<String, Roles>,
    /// The same, where elements are left out after they were counted.
    pub offset_of_sifted: IndexMap<String, Roles>,
    /// By the id of the last element.
    pub after: IndexMap<String, Roles>,
}

/// Which properties play which role. One inside another stands behind a dot.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "sdk.yaml says what each is")]
pub struct Roles {
    pub cursor: Option<String>,
    pub offset: Option<String>,
    pub after: Option<String>,
    pub count: Option<String>,
    /// How many come if the request does not say, and the most it can ask for.
    pub sizes: Vec<u32>,
    pub items: Option<String>,
    pub next_cursor: Option<String>,
    pub has_more: Option<String>,
    pub total: Option<String>,
    pub last_id: Option<String>,
    pub key: Option<String>,
    pub added: Option<String>,
    pub modified: Option<String>,
    pub removed: Option<String>,
    pub accounts: Option<String>,
    pub account_id: Option<String>,
    pub status: Option<String>,
}

impl Pagination {
    /// The operations of each style.
    pub fn styles(&self) -> [(PagingStyle, &IndexMap<String, Roles>); 5] {
        [
            (PagingStyle::Sync, &self.sync),
            (PagingStyle::Cursor, &self.cursor),
            (PagingStyle::Offset, &self.offset),
            (PagingStyle::FilteredOffset, &self.offset_of_sifted),
            (PagingStyle::After, &self.after),
        ]
    }
}

/// How an operation's responses come in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// Changes since a cursor.
    Sync,
    /// By the cursor of the next page.
    Cursor,
    /// By the number of elements before the page.
    Offset,
    /// The same, where elements are left out after they were counted.
    FilteredOffset,
    /// By the id of the last element.
    After,
}

impl PagingStyle {
    /// Its key under `pagination` in `sdk.yaml`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Cursor => "cursor",
            Self::Offset => "offset",
            Self::FilteredOffset => "offset_of_sifted",
            Self::After => "after",
        }
    }
}
