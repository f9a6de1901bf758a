//! The maintainers' data: `spec/sdk.yaml`, `spec/errors.yaml`, `spec/fixups.yaml` and `spec/docs`.
//!
//! These files contain everything about one API that OpenAPI can't express, so the generator's own code contains no
//! name of any API. Every entry must match something in the document. The stages mark the entries that they use in
//! [`Used`], and an unused entry is reported with its line.

mod calls;
mod check;
mod entries;
mod errors;
mod read;
mod select;
mod shape;
#[cfg(test)]
mod tests;
mod texts;
mod unused;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use api_model::Rules;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use serde_yaml::Value;

pub use self::calls::{Effects, Idempotency, Pagination, PagingStyle, Roles};
pub(crate) use self::errors::retries_of;
pub use self::errors::{ErrorClass, ErrorCode, Errors};
pub(crate) use self::read::typed;
pub use self::texts::{Glossary, ModuleTexts, OperationTexts, SchemaTexts, Texts};

/// `spec/sdk.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sdk {
    /// The file it was read from, as messages name it.
    #[serde(skip)]
    pub file: String,
    /// How documentation links are made absolute.
    pub docs: DocsLinks,
    /// How examples in the docs name the SDK. If it is absent, there are no examples.
    pub examples: Option<ExamplesEntry>,
    /// The credentials that the client sends as headers.
    pub credentials: Credentials,
    /// How webhooks are recognised.
    pub webhooks: Webhooks,
    /// The modules, by name.
    pub modules: IndexMap<String, ModuleEntry>,
    /// Rust names chosen by hand.
    pub names: Names,
    /// Fields whose values are never printed.
    pub redact: Redact,
    /// Strings that are read as empty if a response lacks them: texts for people.
    pub may_be_empty: Selection,
    /// Strings that the API assigns and gets back: ids, tokens and cursors.
    pub ids: Selection,
    /// The kinds of numbers, and of strings that contain numbers.
    pub numbers: Numbers,
    /// What calls do.
    pub effects: Effects,
    /// Which requests are idempotent.
    pub idempotency: Idempotency,
    /// How responses are paged.
    pub pagination: Pagination,
    /// What a person would write as values.
    pub samples: SampleHints,
    /// Rules for values that the document does not say.
    pub rules: Rules,
    /// Which declared entries were used.
    #[serde(skip)]
    pub used: Used,
}

/// How documentation links are made absolute.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocsLinks {
    /// What a relative link is appended to.
    pub base: String,
    /// Links that lead nowhere.
    pub ignore: Vec<String>,
}

/// How examples in the docs name the SDK.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplesEntry {
    /// The crate's name in Rust.
    #[serde(rename = "crate")]
    pub of: String,
    /// The variable for the client.
    pub client: String,
}

/// The credentials that the client sends as headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Credentials {
    /// A property of a request's body that refers to one of these schemas is the caller's own credential and does not
    /// become a field.
    pub schemas: Vec<String>,
    /// `Schema.property`: exceptions, which are not credentials.
    pub keep: Vec<String>,
}

/// How webhooks are recognised: a schema with both properties that no operation reaches.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// The property that names the webhook's type.
    pub type_property: String,
    /// The property that names its code.
    pub code_property: String,
    /// The module they go to.
    pub module: String,
    /// By schema, the pairs that announce it, if the document doesn't say.
    pub pairs: IndexMap<String, Vec<WebhookPair>>,
}

/// The type and code in a webhook's payload.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookPair {
    /// The value of the type property.
    #[serde(rename = "type")]
    pub kind: String,
    /// The value of the code property.
    pub code: String,
}

/// A module: a product.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModuleEntry {
    /// The leading path segments of its operations, such as `link` or `beta/partner`. The longest match wins.
    pub paths: Vec<String>,
    /// What the product is, in one line.
    pub about: String,
}

/// Rust names chosen by hand, for names that the rules would make badly.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    /// By schema.
    pub types: IndexMap<String, String>,
    /// By `Schema.property`.
    pub fields: IndexMap<String, String>,
    /// By `Schema=value`.
    pub variants: IndexMap<String, String>,
    /// By `operationId`.
    pub operations: IndexMap<String, String>,
}

/// A choice of fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// Every property of this name.
    pub properties: Vec<String>,
    /// `Schema.property`.
    pub fields: Vec<String>,
    /// Every use of a named schema.
    pub schemas: Vec<String>,
    /// `Schema.property`: fields that `properties` or `schemas` would match and should not.
    pub except: Vec<String>,
    /// The index of each entry in its list. It is built on first use.
    #[serde(skip)]
    index: select::Index,
}

/// Fields whose values are never printed, by the reason. A field in both is a credential.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Redact {
    /// What gives access: tokens, secrets, account numbers, URLs.
    pub credential: Selection,
    /// What is about a person.
    pub personal: Selection,
}

/// The kinds of numbers, and of strings that contain numbers. A `number` without an entry here is an exact decimal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Numbers {
    /// Numbers that must stay exact: money, quantities, prices.
    pub decimal: Selection,
    /// Strings that contain an exact decimal.
    pub decimal_string: Selection,
    /// Numbers that may be rounded: scores, ratios, coordinates.
    pub float: Selection,
    /// Numbers that are counts.
    pub integer: Selection,
}

/// What a person would write as values. The hint for the field comes first, then the one for the property, then the one
/// for the schema. A hint for a list is used for each element. A hint that is an object sets the properties that it
/// names, required or not.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SampleHints {
    /// By `Schema.property`.
    pub fields: IndexMap<String, Value>,
    /// By property name, if the value fits the property's type. A list also takes the hint for its singular.
    pub properties: IndexMap<String, Value>,
    /// By schema.
    pub schemas: IndexMap<String, Value>,
    /// By schema, optional properties that a minimal sample also sets.
    pub also: IndexMap<String, Vec<String>>,
    /// The properties of which a sample has at most one.
    pub exclusive: Exclusive,
    /// By `Schema.property`, how its value follows from others in the same object.
    pub derived: IndexMap<String, String>,
}

/// Groups of properties that exclude each other.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exclusive {
    /// In all schemas that have two or more of a group.
    pub properties: Vec<Vec<String>>,
    /// By schema.
    pub schemas: IndexMap<String, Vec<Vec<String>>>,
}

/// `spec/fixups.yaml`: corrections where the document and the API disagree.
#[derive(Clone, Debug, Default)]
pub struct Fixups {
    /// The file they were read from, as messages name it.
    pub file: String,
    /// The corrections, in the order in which they apply.
    pub all: Vec<Fixup>,
}

/// One correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixup {
    /// The place, as a JSON pointer.
    pub at: String,
    /// The value that must be there now. Absent if nothing may be there.
    #[serde(default, deserialize_with = "present")]
    pub expect: Option<Value>,
    /// What to put there; absent to remove it.
    #[serde(default, deserialize_with = "present")]
    pub set: Option<Value>,
    /// Why.
    pub why: String,
    /// The evidence for it.
    #[serde(default)]
    pub link: Option<String>,
}

/// Reads a value that may be `null`, and keeps `null` apart from an absent value.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// The entries that the stages have used, by their pointer in `sdk.yaml`.
#[derive(Debug, Default)]
pub struct Used(Mutex<BTreeSet<String>>);

impl Used {
    /// Marks an entry as used.
    pub fn mark(&self, pointer: impl Into<String>) {
        self.all().insert(pointer.into());
    }

    /// Whether an entry was used.
    pub fn contains(&self, pointer: &str) -> bool {
        self.all().contains(pointer)
    }

    fn all(&self) -> MutexGuard<'_, BTreeSet<String>> {
        // Nothing that may panic happens while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Used {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.all().clone()))
    }
}
