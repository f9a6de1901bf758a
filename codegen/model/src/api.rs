//! A whole API.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{ErrorClass, ErrorCode, Event, Operation, Pointer, SampleHints, Security, TypeDef, TypeId, Webhook};

/// A whole API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `servers[].url` with its description, in the document's order.
    pub servers: Vec<Server>,
    /// How callers authenticate.
    pub security: Security,
    /// Every type, by its id, in the document's order; an inline type follows the type that contains it.
    #[serde(with = "crate::by_id")]
    pub types: IndexMap<TypeId, TypeDef>,
    /// Types of schemas that no operation or webhook refers to, apart from credentials. Nothing is generated for them.
    #[serde(with = "crate::by_id")]
    pub unreached: IndexMap<TypeId, TypeDef>,
    /// Every operation, in the document's order.
    pub operations: Vec<Operation>,
    /// Every webhook, in the document's order.
    pub webhooks: Vec<Webhook>,
    /// What was found and is not generated, each with its reason.
    pub skipped: Vec<Skipped>,
    /// The webhooks as alternatives of one type: each pair once, or once for each of its shapes.
    pub events: Vec<Event>,
    /// The codes of errors, sorted by length, then by text: the order in which the runtime looks for one.
    pub error_codes: Vec<ErrorCode>,
    /// What is known about errors without a listed code.
    pub error_classes: Vec<ErrorClass>,
    /// What is known about sample values.
    pub hints: SampleHints,
    /// How much the document contains.
    pub found: Found,
}

/// How much a document contains, to compare with what was generated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Path items.
    pub paths: usize,
    /// Operations.
    pub operations: usize,
    /// Named schemas.
    pub schemas: usize,
}

/// A server of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Server {
    /// The base URL.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
}

/// An item of the document that has no counterpart in the SDK.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// The kind of item.
    pub what: SkippedKind,
    /// Its name or path.
    pub name: String,
    /// Its place.
    pub at: Pointer,
    /// Why it is left out.
    pub reason: String,
}

/// The kinds of items that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkippedKind {
    /// A path item without a method.
    Path,
    /// A named schema that nothing generated refers to.
    Schema,
    /// A media type of a body.
    MediaType,
    /// A callback of an operation.
    Callback,
    /// A header parameter that the client sets.
    Header,
}
