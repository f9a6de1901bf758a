//! What OpenAPI can't express about operations: whether they are idempotent, and how responses are paged. Properties
//! are named as in the document.

use serde::{Deserialize, Serialize};

use crate::TypeId;

/// What happens when the API gets the same request twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Idempotency {
    /// It may be carried out twice.
    #[default]
    None,
    /// The result is the same as for one request.
    Idempotent,
    /// The result is the same if this property of the body has the same key.
    Key(String),
}

/// How the responses of an operation are paged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paging {
    /// As a list.
    List(List),
    /// As changes since a cursor. All pages together are one update.
    Sync(Sync),
}

impl Paging {
    /// The request's type.
    pub const fn request(&self) -> &TypeId {
        match self {
            Self::List(list) => &list.request,
            Self::Sync(sync) => &sync.request,
        }
    }
}

/// A property, or one inside another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// The property around it.
    pub inside: Option<String>,
    /// Its name.
    pub name: String,
}

/// A list in pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The request's type.
    pub request: TypeId,
    /// The response's.
    pub response: TypeId,
    /// The element's.
    pub item: TypeId,
    /// How a request selects its page, and how a response refers to the next one.
    pub style: ListStyle,
    /// The request's property for where a page begins: a cursor, an offset or an id.
    pub start: Property,
    /// The request's property for how many elements a page has, if there is one.
    pub count: Option<Property>,
    /// How many elements a page has, if that is known.
    pub sizes: Option<PageSizes>,
    /// The response's property with the elements.
    pub items: String,
    /// The response's property that says whether more follows.
    pub more: Option<String>,
    /// The response's property with the number of all elements.
    pub total: Option<String>,
    /// The element's property that identifies it.
    pub key: Option<String>,
}

/// How many elements a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSizes {
    /// The default, if the request has none.
    pub default: u32,
    /// The maximum.
    pub max: u32,
}

/// How pages of a list follow each other, with the properties that only this style has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListStyle {
    /// A page contains the cursor of the next one.
    Cursor {
        /// The response's property with that cursor.
        next: String,
    },
    /// A page begins after a number of elements.
    Offset,
    /// As an offset, but the server leaves out elements after it has counted them: a page may be short or empty in the
    /// middle of a list.
    FilteredOffset,
    /// A page begins after the element with an id.
    After {
        /// The element's property with that id.
        id: String,
    },
}

/// Changes in pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sync {
    /// The request's type.
    pub request: TypeId,
    /// The response's.
    pub response: TypeId,
    /// The type of added and modified elements.
    pub row: TypeId,
    /// The type of removed elements.
    pub gone: TypeId,
    /// The type of the accounts.
    pub account: TypeId,
    /// The account's property with its id.
    pub account_id: String,
    /// The request's property with the cursor.
    pub cursor: String,
    /// The request's property for how many changes a page has.
    pub count: String,
    /// The response's property with the added elements.
    pub added: String,
    /// With the modified elements.
    pub modified: String,
    /// With the removed elements.
    pub removed: String,
    /// With the accounts.
    pub accounts: String,
    /// With the cursor for the next page or update.
    pub next_cursor: String,
    /// Whose value is whether more pages follow.
    pub has_more: String,
    /// With the state of the update.
    pub status: String,
}
