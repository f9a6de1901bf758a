//! `spec/docs`: documentation in the maintainers' words, a file for each module and a glossary.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_yaml::Value;

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// `glossary.yaml`, if there is one.
    pub glossary: Option<Glossary>,
    /// The other files.
    pub modules: Vec<ModuleTexts>,
}

/// The meaning of properties that have no text of their own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Glossary {
    /// The file they were read from, as findings name it.
    #[serde(skip)]
    pub file: String,
    /// By the property's name.
    pub properties: IndexMap<String, String>,
}

/// The texts about a module, its operations and its types.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModuleTexts {
    /// The file they were read from, as findings name it.
    #[serde(skip)]
    pub file: String,
    /// The module that the file is named after.
    #[serde(skip)]
    pub module: String,
    /// The docs of the module, below its line in `sdk.yaml`.
    pub about: Option<String>,
    /// By `operationId`.
    pub operations: IndexMap<String, OperationTexts>,
    /// By schema. A schema without a name is listed as the docs call it (`Schema.property`), or under the schema that
    /// contains it.
    pub schemas: IndexMap<String, SchemaTexts>,
}

/// The texts about an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationTexts {
    /// One line.
    pub summary: String,
    /// The rest.
    pub text: String,
    /// A better sample of the request's body than the rules make.
    pub request: Option<Value>,
    /// A better sample of the path, query and header parameters, as one object.
    pub parameters: Option<Value>,
    /// A better sample of the response's body.
    pub response: Option<Value>,
    /// The operations that usually follow, each with the reason, in one line.
    #[serde(default)]
    pub next: IndexMap<String, String>,
}

/// The texts about a schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SchemaTexts {
    /// About the schema itself.
    pub text: Option<String>,
    /// By property.
    pub properties: IndexMap<String, String>,
    /// By the enum's value.
    pub values: IndexMap<String, String>,
}
