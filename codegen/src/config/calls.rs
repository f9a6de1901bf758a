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
    /// The styles, each with its name in `sdk.yaml`.
    pub fn styles(&self) -> [(&'static str, &IndexMap<String, Roles>); 5] {
        [
            ("sync", &self.sync),
            ("cursor", &self.cursor),
            ("offset", &self.offset),
            ("offset_of_sifted", &self.offset_of_sifted),
            ("after", &self.after),
        ]
    }
}
