//! The data of the engines: which operation does what with which collection.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, ResponseBody, Struct, Type, TypeId};

mod follow;
pub use self::follow::{Batch, Take};

/// The files, one per product.
const FILES: &[(&str, &str)] = &[
    ("bank_transfer", include_str!("../../data/engines/bank_transfer.json")),
    ("transfer", include_str!("../../data/engines/transfer.json")),
];

/// A collection of objects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// The type of its objects, by its id in the catalogue. Without one, an object is what was sent.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// The property of an object that has its id.
    #[serde(default = "id")]
    pub id: String,
    /// How ids look: `uuid`, `long`, `hex`, `number`, `token:` and a kind, `field:` and the field of the request that has the id,
    /// or a prefix. Objects of jobs are named by their user or Item.
    pub form: String,
    /// The field of requests that names an object.
    pub named: Option<String>,
    /// Further properties that an object may be named by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What a new object has, besides what was sent.
    #[serde(default)]
    pub first: Map<String, Value>,
    /// Objects that every tenant has from the start.
    #[serde(default)]
    pub seeded: Vec<Map<String, Value>>,
    /// The property that holds the state.
    #[serde(default = "status")]
    pub state: String,
    /// From each state, the states that may follow. A state without an entry is a last one. Without entries, any may follow.
    #[serde(default)]
    pub moves: BTreeMap<String, Vec<String>>,
    /// The error for an id that is not known.
    pub unknown: Option<Refusal>,
    /// The collection that gets an event for each new state.
    pub events: Option<Events>,
    /// Since when an object of a job exists, if no operation starts it.
    pub since: Option<Since>,
    /// The error before an object is ready.
    pub before: Option<Refusal>,
    /// After how many seconds an object expires, and the error then.
    pub expires: Option<Expiry>,
    /// The collection that lists how its balances change.
    pub movements: Option<String>,
    /// After how many seconds the id of an object no longer names it.
    pub lives: Option<i64>,
    /// The webhook when an object is ready.
    pub ready: Option<Hook>,
    /// What a job leads to whose user has no Item that can be read.
    pub failed: Option<Failure>,
}

/// Events of a collection.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The collection of the events.
    pub into: String,
    /// What the event's properties about the object begin with: `transfer` for `transfer_id` and `transfer_amount`.
    pub noun: String,
    /// What an event's type begins with, before the state.
    #[serde(default)]
    pub prefix: String,
}

/// What starts a job without an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// The first Item of the user.
    Item,
}

/// When an object expires.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expiry {
    /// Seconds after it became ready.
    pub seconds: i64,
    /// The error from then on.
    pub error: Refusal,
}

/// What a failed job leads to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The error of reads.
    pub error: Refusal,
    /// The webhook in place of the one that says that it is ready.
    pub webhook: Hook,
}

/// An error.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// `error_type`.
    pub kind: String,
    /// `error_code`.
    pub code: String,
    /// `error_message`.
    pub message: String,
}

/// A webhook.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// `webhook_type`.
    pub kind: String,
    /// `webhook_code`. `$field` takes it from the request.
    pub code: String,
    /// The field of the request that has the URL.
    pub url: Option<String>,
    /// Its fields, besides those of the object that it has under the same name.
    #[serde(default)]
    pub fields: Map<String, Value>,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Puts a new object into a collection.
    Create,
    /// Reads an object.
    Get,
    /// Reads a page of objects.
    List,
    /// Reads a page of an object's versions.
    History,
    /// Changes an object.
    Update,
    /// Takes an object out.
    Remove,
    /// Computes a response from the Item, the user and the request.
    Compute,
    /// Starts a job.
    Start,
    /// Reads what a job has made.
    Read,
    /// Sends a webhook.
    Fire,
    /// Makes one object out of all that wait for it.
    Batch,
}

/// What an operation is about, besides its collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A user, whom the request must name.
    User,
    /// An Item that the request must name.
    Item,
}

/// An operation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What it does.
    #[serde(rename = "do")]
    pub verb: Verb,
    /// The collection.
    pub of: Option<String>,
    /// The field that names the object, if it is not the collection's.
    pub by: Option<String>,
    /// What the object gets. `$field` is a field of the request, `$now` and `$today` the time, `$id` the object's id.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// What the response has besides the object and the request.
    #[serde(default)]
    pub answer: Map<String, Value>,
    /// The response for an object that does not exist, if that isn't an error.
    pub absent: Option<Map<String, Value>>,
    /// By values of a field of the request: what the response or the object gets.
    pub cases: Option<Cases>,
    /// The error for a change of state that is not allowed.
    pub refuse: Option<Refusal>,
    /// The webhook. With a change of state that fires nothing if the state stays.
    pub webhook: Option<Hook>,
    /// The field whose value makes two requests the same request.
    pub once: Option<String>,
    /// The error for another request with the same value of that field. Without one, the first object is the answer.
    pub again: Option<Refusal>,
    /// Fields of the request that together name an object: the same values give the same object.
    #[serde(default)]
    pub same: Vec<String>,
    /// The flag of the request without which the fields of `same` name nothing.
    pub same_if: Option<String>,
    /// Fields of the request that name the object that a new one follows. It is the new one's `previous_attempt_id`.
    #[serde(default)]
    pub follows: Vec<String>,
    /// By fields that name other objects: the states that those may have.
    #[serde(default)]
    pub needs: BTreeMap<String, Vec<String>>,
    /// By fields that name other objects: what those get.
    #[serde(default)]
    pub marks: BTreeMap<String, Map<String, Value>>,
    /// The balances that the request's amount changes.
    #[serde(default)]
    pub adds: Vec<Add>,
    /// The objects that are taken together, and what is made of them.
    pub batch: Option<Batch>,
    /// Whether `amount` is money in a text.
    #[serde(default)]
    pub money: bool,
    /// The object whose amount the amounts of the new ones must not exceed together.
    pub part: Option<Part>,
    /// Times that may only rise.
    #[serde(default)]
    pub rising: Vec<String>,
    /// Properties that a new object gets from the objects that the request names.
    #[serde(default)]
    pub inherit: Vec<String>,
    /// The list of the request whose elements are each treated as a request.
    pub each: Option<String>,
    /// What the request must name.
    pub about: Option<About>,
    /// Whether optional properties are filled, too.
    #[serde(default)]
    pub full: bool,
    /// The title of the file that the operation answers.
    pub title: Option<String>,
    /// Where the facts come from. `inferred` unless it says otherwise.
    #[serde(default)]
    pub basis: Basis,
    /// How it differs from Plaid's, as far as it is known.
    pub deviation: Option<String>,
}

/// A balance that changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// The collection.
    pub of: String,
    /// The field of the request that names the object. Without it, the first object of the collection is meant.
    pub by: String,
    /// The balance, with dots between names.
    pub at: String,
    /// 1 or -1. A balance that would get below zero is an error.
    #[serde(default)]
    pub sign: i64,
    /// Another balance of the object, which gets all of the first one.
    pub to: Option<String>,
}

/// A limit of several amounts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The field that names the object with the whole amount.
    pub of: String,
    /// The amount in both, with dots between names.
    pub at: String,
    /// The states of those that don't count.
    #[serde(default)]
    pub but: Vec<String>,
}

/// Where the facts of an operation come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Measured on Plaid's Sandbox.
    Measured,
    /// Plaid's documents say so.
    Documented,
    /// Concluded from the types and from similar operations.
    #[default]
    Inferred,
}

impl Basis {
    /// Its name in `/_plaid/coverage`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Documented => "documented",
            Self::Inferred => "inferred",
        }
    }
}

/// Values of a field of the request that have results of their own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// The field, with dots to fields inside it.
    pub field: String,
    /// What each value leads to. `*` is any other value.
    pub values: BTreeMap<String, Map<String, Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    collections: BTreeMap<String, Collection>,
    operations: BTreeMap<String, Row>,
}

/// The data of all products.
#[derive(Debug, Default)]
pub struct Table {
    /// The collections by name.
    pub collections: BTreeMap<String, Collection>,
    /// The operations by path.
    pub operations: BTreeMap<String, Row>,
}

fn id() -> String {
    "id".to_owned()
}

fn status() -> String {
    "status".to_owned()
}

impl Table {
    /// The table. It is read when it is first used.
    ///
    /// # Panics
    /// Never, unless the crate's own data is damaged: a test reads it.
    pub fn get() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            let mut table = Self::default();
            for (name, text) in FILES {
                match serde_json::from_str::<File>(text) {
                    Ok(file) => {
                        table.collections.extend(file.collections);
                        table.operations.extend(file.operations);
                    }
                    Err(error) => panic!("data/engines/{name}.json is damaged: {error}"),
                }
            }
            table
        })
    }

    /// The collection of an operation, with its name.
    pub fn of(&self, row: &'static Row) -> Option<(&'static str, &'static Collection)> {
        let name = row.of.as_deref()?;
        Some((name, Self::get().collections.get(name)?))
    }

    /// The collection whose objects a field of requests names.
    pub fn named(&self, field: &str) -> Option<(&str, &Collection)> {
        let all = self.collections.iter().map(|(name, collection)| (name.as_str(), collection));
        all.into_iter().find(|(_, collection)| collection.named.as_deref() == Some(field))
    }
}

impl Collection {
    /// The type of its objects.
    pub fn object_type(&self) -> Option<&'static TypeId> {
        Catalog::plaid().type_named(self.ty.as_deref()?).map(|def| &def.id)
    }
}

/// The properties of an operation's response. A response without JSON has none.
pub fn response(operation: &'static Operation) -> &'static [plaid_catalog::model::Field] {
    match &operation.response.body {
        ResponseBody::Json(ty) => object(ty).map_or(&[], |object| object.fields.as_slice()),
        _ => &[],
    }
}

/// The properties of an operation's request.
pub fn request(operation: &'static Operation) -> &'static [plaid_catalog::model::Field] {
    let body = operation.body.as_ref();
    body.and_then(|body| object(&body.ty)).map_or(&[], |object| object.fields.as_slice())
}

/// The struct that a type is, whatever it is named, nullable or not.
pub fn object(ty: &'static Type) -> Option<&'static Struct> {
    let api = Catalog::plaid().api();
    match api.resolve(ty) {
        Type::Nullable(inner) => object(inner),
        Type::Named(id) => api.object(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
