//! `spec/docs`: documentation in the maintainers' words, a file for each module and a glossary.

use indexmap::IndexMap;
use serde::Deserialize;

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// `glossary.yaml`, if there is one.
    pub glossary: Option<Glossary>,
    /// The other files.
    pub modules: Vec<ModuleTexts>,
}

/// What properties mean wherever nothing is said of them in particular.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Glossary {
    /// The file they were read from, as findings name it.
    #[serde(skip)]
    pub file: String,
    /// By the property's name.
    pub properties: IndexMap<String, String>,
}

/// What is said of a module, its operations and its types.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModuleTexts {
    /// The file they were read from, as findings name it.
    #[serde(skip)]
    pub file: String,
    /// The module that the file is named for.
    #[serde(skip)]
    pub module: String,
    /// The docs of the module, below its line in `sdk.yaml`.
    pub about: Option<String>,
    /// By `operationId`.
    pub operations: IndexMap<String, OperationTexts>,
    /// By schema; one without a name by what the docs call it (`Schema.property`), or under the schema it stands in.
    pub schemas: IndexMap<String, SchemaTexts>,
}

/// What is said of an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationTexts {
    /// A line.
    pub summary: String,
    /// The rest.
    pub text: String,
}

/// What is said of a schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SchemaTexts {
    /// Of the whole.
    pub text: Option<String>,
    /// By property.
    pub properties: IndexMap<String, String>,
    /// By the enum's value.
    pub values: IndexMap<String, String>,
}
