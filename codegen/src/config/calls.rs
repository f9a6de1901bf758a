//! What OpenAPI can't express about calls: what an operation does, whether it is idempotent, and how its responses are paged.

use api_model::Effect;
use indexmap::IndexMap;
use serde::Deserialize;

/// What calls of operations do, by path. An operation that is not listed writes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Effects {
    /// They only read, so they are idempotent.
    pub reads: Vec<String>,
    /// They remove, revoke or cancel something.
    pub deletes: Vec<String>,
    /// They make money move.
    pub moves_money: Vec<String>,
}

impl Effects {
    /// The lists, each with its key in `sdk.yaml`.
    pub fn lists(&self) -> [(Effect, &'static str, &Vec<String>); 3] {
        [
            (Effect::Reads, "reads", &self.reads),
            (Effect::Deletes, "deletes", &self.deletes),
            (Effect::MovesMoney, "moves_money", &self.moves_money),
        ]
    }
}

/// Which operations are idempotent, by path, apart from those that only read. A request of an operation that is not listed must not be retried.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Idempotency {
    /// The property of the request body that contains the idempotency key.
    pub keys: IndexMap<String, String>,
    /// The idempotent operations, in lists named after the reason.
    pub idempotent: IndexMap<String, Vec<String>>,
}

/// How the responses of operations are paged, by style and path.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pagination {
    /// Changes since a cursor. All pages together are one update.
    pub sync: IndexMap<String, Roles>,
    /// By a cursor: each page contains the cursor of the next one.
    pub cursor: IndexMap<String, Roles>,
    /// By the number of elements before the page.
    pub offset: IndexMap<String, Roles>,
    /// By offset, if the API filters a page after it has counted the elements.
    pub offset_filtered: IndexMap<String, Roles>,
    /// By the largest id of an element.
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
    /// In a sync response, how much of the history is available.
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

/// How an operation's responses are paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// Changes since a cursor.
    Sync,
    /// By the cursor of the next page.
    Cursor,
    /// By the number of elements before the page.
    Offset,
    /// The same, but elements are left out after they were counted.
    FilteredOffset,
    /// By the largest id of an element.
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
