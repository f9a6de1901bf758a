//! What OpenAPI can't say of calls: whether a request may arrive twice, and how responses come in pages.

use indexmap::IndexMap;
use serde::Deserialize;

/// What happens when a request arrives twice, by path. An operation that is not listed must not be sent twice.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Idempotency {
    /// The property of the body for each value of which it is carried out once.
    pub keys: IndexMap<String, String>,
    /// The idempotent operations, in lists named for the reason.
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
    /// By offset, where the API filters a page after counting its elements.
    pub offset_filtered: IndexMap<String, Roles>,
    /// By the id of the last element.
    pub after: IndexMap<String, Roles>,
}

/// Which properties play which role. A nested property is written with a dot: `options.count`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Roles {
    /// In the request, the cursor of the page.
    pub cursor: Option<String>,
    /// In the request, the number of elements before the page.
    pub offset: Option<String>,
    /// In the request, the id of the element before the page.
    pub after: Option<String>,
    /// In the request, the size of the page.
    pub count: Option<String>,
    /// The size of a page if the request has none, and the largest size.
    pub sizes: Vec<u32>,
    /// In the response, the list.
    pub items: Option<String>,
    /// In the response, the cursor of the next page.
    pub next_cursor: Option<String>,
    /// In the response, whether there are more elements.
    pub has_more: Option<String>,
    /// In the response, the number of elements on all pages.
    pub total: Option<String>,
    /// In an element, the id to continue after.
    pub last_id: Option<String>,
    /// In an element, the unique key.
    pub key: Option<String>,
    /// In a sync response, the new transactions.
    pub added: Option<String>,
    /// In a sync response, the changed transactions.
    pub modified: Option<String>,
    /// In a sync response, the removed transactions.
    pub removed: Option<String>,
    /// In a sync response, the accounts.
    pub accounts: Option<String>,
    /// In an account of a sync response, its id.
    pub account_id: Option<String>,
    /// In a sync response, how much of the history is there.
    pub status: Option<String>,
}

impl Pagination {
    /// The operations of each style.
    pub fn styles(&self) -> [(PagingStyle, &IndexMap<String, Roles>); 5] {
        [
            (PagingStyle::Sync, &self.sync),
            (PagingStyle::Cursor, &self.cursor),
            (PagingStyle::Offset, &self.offset),
            (PagingStyle::FilteredOffset, &self.offset_filtered),
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
            Self::FilteredOffset => "offset_filtered",
            Self::After => "after",
        }
    }
}
