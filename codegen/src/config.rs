//! The maintainers' data: `spec/sdk.yaml` and `spec/fixups.yaml`.
//!
//! Everything about one API that OpenAPI can't say stands here, so that the generator itself knows no name of any API.
//! Every entry must match something in the document; the stages that use an entry say so through [`Used`], and what
//! nobody used is reported with its line.

mod read;
mod unused;

use std::cell::RefCell;
use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Deserialize;

/// `spec/sdk.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sdk {
    /// How documentation links are made absolute.
    pub docs: DocsLinks,
    /// The credentials that the client sends as headers.
    pub credentials: Credentials,
    /// How webhooks are recognised.
    pub webhooks: Webhooks,
    /// The modules, by name.
    pub modules: IndexMap<String, ModuleEntry>,
    /// Rust names chosen by hand.
    pub names: Names,
    /// Fields whose values are never printed.
    pub redact: Selection,
    /// What numbers and strings stand for.
    pub numbers: Numbers,
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

/// The credentials that the client sends as headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Credentials {
    /// A property of a request's body that refers to one of these schemas is the caller's own credential, and no field.
    pub schemas: Vec<String>,
    /// `Schema.property`: those that are something else all the same.
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
}

/// A module: a product.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModuleEntry {
    /// The leading path segments whose operations it takes: `link`, or `beta/partner` for the longer match.
    pub paths: Vec<String>,
    /// What the product is, in a line.
    pub about: String,
}

/// Rust names chosen by hand, each where the rule would give a bad one.
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
    /// `Schema.property`: those that `properties` or `schemas` would catch and should not.
    pub except: Vec<String>,
}

/// What numbers and strings stand for. A `number` that nothing here names is an exact decimal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Numbers {
    /// Numbers that must stay exact: money, quantities, prices.
    pub decimal: Selection,
    /// Strings that hold an exact decimal.
    pub decimal_string: Selection,
    /// Numbers that may be rounded: scores, ratios, coordinates.
    pub float: Selection,
    /// Numbers that are counts.
    pub integer: Selection,
}

/// `spec/fixups.yaml`: corrections where the document and the API disagree.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Fixups(pub Vec<Fixup>);

/// One correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixup {
    /// The place, as a JSON pointer.
    pub at: String,
    /// What must stand there now; absent where nothing does.
    #[serde(default)]
    pub expect: Option<serde_yaml::Value>,
    /// What to put there; absent to remove it.
    #[serde(default)]
    pub set: Option<serde_yaml::Value>,
    /// Why.
    pub why: String,
    /// Where that is known from.
    #[serde(default)]
    pub link: Option<String>,
}

/// The entries that a stage has used, by their pointer in `sdk.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Used(RefCell<BTreeSet<String>>);

impl Used {
    /// Marks an entry as used.
    pub fn mark(&self, pointer: impl Into<String>) {
        self.0.borrow_mut().insert(pointer.into());
    }

    /// Whether an entry was used.
    pub fn contains(&self, pointer: &str) -> bool {
        self.0.borrow().contains(pointer)
    }
}

/// The file that [`Sdk`] is read from, as findings name it.
pub const SDK_FILE: &str = "spec/sdk.yaml";

/// The file that [`Fixups`] are read from, as findings name it.
pub const FIXUPS_FILE: &str = "spec/fixups.yaml";

impl Selection {
    /// Whether a field is chosen: the property of a schema, which may refer to another. Marks the entry that says so.
    pub fn find(&self, used: &Used, at: &str, schema: &str, property: &str, referred: Option<&str>) -> bool {
        let field = format!("{schema}.{property}");
        let position = |list: &[String], name: &str| list.iter().position(|entry| entry == name);
        if let Some(index) = position(&self.fields, &field) {
            used.mark(format!("{at}/fields/{index}"));
            return true;
        }
        let by_name = position(&self.properties, property).map(|index| format!("{at}/properties/{index}"));
        let by_schema = referred
            .and_then(|referred| position(&self.schemas, referred))
            .map(|index| format!("{at}/schemas/{index}"));
        if by_name.is_none() && by_schema.is_none() {
            return false;
        }
        by_name.into_iter().chain(by_schema).for_each(|entry| used.mark(entry));
        match position(&self.except, &field) {
            Some(index) => {
                used.mark(format!("{at}/except/{index}"));
                false
            }
            None => true,
        }
    }
}
