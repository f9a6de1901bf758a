//! What the values of properties are: credentials, personal, or neither.

use std::collections::HashMap;
use std::sync::OnceLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Field, Kind, Redaction};

/// What a value is. A later one is stronger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Neither secret nor personal.
    #[default]
    Plain,
    /// About a person.
    Personal,
    /// Whoever has it can use it: a token, a secret, the number of an account, a URL that grants access.
    Credential,
}

impl Class {
    /// What the values of a field are.
    pub fn of(field: &Field) -> Self {
        match field.redacted {
            None => Self::Plain,
            Some(Redaction::Personal) => Self::Personal,
            Some(Redaction::Credential) => Self::Credential,
        }
    }

    /// What the values of a property are that the model lacks: what those of its name are, if all agree.
    pub fn of_unknown(name: &str) -> Self {
        static NAMES: OnceLock<HashMap<String, Class>> = OnceLock::new();
        let names = NAMES.get_or_init(|| by_name(Catalog::plaid().api()));
        names.get(name).copied().unwrap_or_default()
    }
}

fn by_name(api: &Api) -> HashMap<String, Class> {
    let mut names: HashMap<String, Class> = HashMap::new();
    for def in api.types.values() {
        let Kind::Struct(object) = &def.kind else { continue };
        for field in &object.fields {
            let class = Class::of(field);
            names.entry(field.wire.clone()).and_modify(|known| *known = class.min(*known)).or_insert(class);
        }
    }
    names
}
