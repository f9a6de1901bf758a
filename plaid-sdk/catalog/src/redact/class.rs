//! What the values of properties are: credentials, personal, or neither.

use std::collections::HashMap;

use api_model::{Api, Field, Kind, Redaction};

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
}

/// What the values of a property are by its name alone, for properties that the model lacks.
#[derive(Clone, Debug)]
pub struct Classes(HashMap<String, Class>);

impl Classes {
    /// The classes of all names in an API.
    pub fn of(api: &Api) -> Self {
        let mut names: HashMap<String, Class> = HashMap::new();
        for def in api.types.values() {
            let Kind::Struct(object) = &def.kind else { continue };
            for field in &object.fields {
                let class = Class::of(field);
                names.entry(field.wire.clone()).and_modify(|known| *known = class.min(*known)).or_insert(class);
            }
        }
        Self(names)
    }

    /// What the values of a property of this name are, if all properties of the name agree.
    pub fn of_name(&self, name: &str) -> Class {
        self.0.get(name).copied().unwrap_or_default()
    }
}
