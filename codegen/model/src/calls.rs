//! What is known of calls beside OpenAPI: idempotency and pages. Properties are named as in Rust.

use super::TypeId;

/// What comes of a request that arrives twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Idempotency {
    /// It may be carried out twice.
    #[default]
    None,
    /// The same as if it had arrived once.
    Idempotent,
    /// The same, if this property of the body (as on the wire) holds the same key.
    Key(String),
}

/// How the responses of an operation come in pages.
#[derive(Clone, Debug)]
pub enum Paging {
    /// As a list.
    List(Pages),
    /// As changes, whose pages belong together.
    Sync(SyncPages),
}

/// A property of a request, or one inside another.
#[derive(Clone, Debug)]
pub struct Property {
    /// The property that it stands in.
    pub inside: Option<String>,
    /// Its name.
    pub name: String,
}

/// A list in pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The request's type.
    pub request: TypeId,
    /// The response's.
    pub response: TypeId,
    /// The element's.
    pub item: TypeId,
    /// The style, as the runtime calls it.
    pub style: &'static str,
    /// What a position is, as the runtime calls it.
    pub position: &'static str,
    /// How many elements come if the request does not say, and the most it can ask for.
    pub sizes: Option<(u32, u32)>,
    /// Where a page begins.
    pub at: Property,
    /// How many elements are asked for.
    pub count: Option<Property>,
    /// The list.
    pub items: String,
    /// What the response says of the rest, by the runtime's word for the role: `next`, `more`, `total`, `last`, `key`.
    pub rest: Vec<(&'static str, String)>,
}

/// Changes in pages.
#[derive(Clone, Debug)]
pub struct SyncPages {
    /// The request's type.
    pub request: TypeId,
    /// The response's.
    pub response: TypeId,
    /// What is added or changed.
    pub row: TypeId,
    /// What went away.
    pub gone: TypeId,
    /// What it belongs to.
    pub account: TypeId,
    /// The account's id.
    pub account_id: String,
    /// The request's cursor and count.
    pub request_properties: [String; 2],
    /// The response's properties, in the runtime's order.
    pub response_properties: [String; 7],
}
