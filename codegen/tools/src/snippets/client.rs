//! What is known about the clients of an API: how each is set up, and the names in it. The rules for names are code, one
//! module for each language; this is the data that they need.

mod declared;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use self::declared::{Argument, Place, Property, ValueType};
use super::Language;

/// The clients of an API, and how plain HTTP calls it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clients {
    /// How plain HTTP calls the API.
    pub access: Access,
    /// The clients, by [`Language::id`].
    pub languages: BTreeMap<String, Client>,
}

/// How plain HTTP calls the API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// The address that snippets call: a base URL without a slash at its end.
    pub address: String,
    /// The headers with credentials, each with the environment variable that contains its value.
    pub credentials: BTreeMap<String, String>,
    /// The properties with credentials in requests that require them in the body as well, each with its variable.
    #[serde(default)]
    pub body: BTreeMap<String, String>,
}

/// The client of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// How a program begins to use it.
    pub setup: Setup,
    /// What is in it.
    pub facts: Facts,
}

/// How a program begins to use a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// The language whose client it uses, if it has none of its own: TypeScript uses that of Node.
    pub client: Option<String>,
    /// The import of the package. `$names` is the list of imported names.
    pub import: String,
    /// The imported names that `code` needs.
    pub names: Vec<String>,
    /// The imported names that `gateway` needs.
    pub gateway_names: Vec<String>,
    /// What else `code` imports.
    pub code_imports: Vec<String>,
    /// The import of a class, in languages that import each: `$module` and `$class` are its module and its name.
    pub class_import: String,
    /// Statements that make the variable `client`, with credentials from the environment.
    pub code: String,
    /// Statements that make the variable `client` for a gateway, which has the credentials. `$address` is its base URL.
    pub gateway: String,
}

/// What is in a client, read from its published package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The version of the API's document that it was generated from.
    pub document: String,
    /// The methods for operations. An operation whose method is not listed is called by plain HTTP.
    pub methods: BTreeSet<String>,
    /// The methods of operations, by `operationId`, whose name differs from the rule.
    pub method_names: BTreeMap<String, String>,
    /// The names of classes that differ from the rule, by the text of the type's id. Empty: the client has no such class.
    pub classes: BTreeMap<String, String>,
    /// The constants that differ from the rule, by the text of the enum's id, then by value. Empty: the client lacks it.
    pub constants: BTreeMap<String, BTreeMap<String, String>>,
    /// In a client with typed classes: what comes before the name of a class: `pets.`, `Pets::`.
    pub qualifier: String,
    /// In a client with typed classes: the class with the methods of operations.
    pub service: String,
    /// In a client with typed classes: the arguments of the method of each operation that it has, by `operationId`.
    pub operations: BTreeMap<String, Vec<Argument>>,
    /// In a client with typed classes: the properties of the classes that requests need, by name in JSON.
    pub objects: BTreeMap<String, IndexMap<String, Property>>,
    /// In a client with typed classes: the constants of the enums that requests need, by value. Empty: by the rule.
    pub enums: BTreeMap<String, BTreeMap<String, String>>,
    /// The properties that the client doesn't know, as `Type.property`. Untyped clients send them nevertheless.
    pub lacks: BTreeSet<String>,
    /// The modules of classes that differ from the rule.
    pub modules: BTreeMap<String, String>,
    /// The forms in which the client takes properties that differ from the rule, by `Type.property`. `any` means that the
    /// client's own type is of no use.
    pub forms: BTreeMap<String, String>,
    /// The properties for which the client refuses `null`, though the API accepts it, as `Type.property`.
    pub not_nullable: BTreeSet<String>,
}

impl Clients {
    /// The setup and the facts of a language. Returns `None` if there is no data about it.
    pub fn of(&self, language: Language) -> Option<(&Setup, &Facts)> {
        let client = self.languages.get(language.id())?;
        let facts = match &client.setup.client {
            Some(other) => &self.languages.get(other)?.facts,
            None => &client.facts,
        };
        Some((&client.setup, facts))
    }
}

impl Facts {
    /// The method of an operation, by a rule and its exceptions. Returns `None` if the client lacks it.
    pub fn method(&self, operation: &str, rule: impl FnOnce(&str) -> String) -> Option<String> {
        let name = self.method_names.get(operation).cloned().unwrap_or_else(|| rule(operation));
        self.methods.contains(&name).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Client, Clients, Facts, Setup};
    use crate::snippets::{Language, words};

    #[test]
    fn a_language_can_use_the_client_of_another() {
        let facts = Facts { methods: ["petGet".to_owned()].into(), ..Facts::default() };
        let setup = Setup { client: Some("node".to_owned()), ..Setup::default() };
        let clients = Clients {
            languages: [
                ("node".to_owned(), Client { facts, ..Client::default() }),
                ("typescript".to_owned(), Client { setup, ..Client::default() }),
            ]
            .into(),
            ..Clients::default()
        };
        let (_, facts) = clients.of(Language::TypeScript).expect("node's facts");
        assert_eq!(facts.method("petGet", words::camel).as_deref(), Some("petGet"));
        assert_eq!(facts.method("petDelete", words::camel), None);
        assert_eq!(clients.of(Language::Go), None);
    }
}
