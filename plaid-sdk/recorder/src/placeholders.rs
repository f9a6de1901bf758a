//! The placeholders of a recording: the same value has the same one everywhere.

use std::collections::HashMap;

use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

use crate::forms;

/// A credential that is at least as long is replaced wherever it appears. Shorter ones are too common.
const ECHO_LENGTH: usize = 8;

/// The values that were replaced, with their placeholders. `Debug` is not implemented, since it would print them.
#[derive(Default)]
pub struct Placeholders {
    /// By the JSON text of the value.
    known: HashMap<String, Sample>,
    /// The credentials that are replaced wherever they appear, the longest first.
    credentials: Vec<Credential>,
}

struct Credential {
    name: String,
    value: String,
    placeholder: String,
}

impl Placeholders {
    /// The placeholder of a personal value.
    pub fn personal(&mut self, name: &str, value: &Sample) -> Sample {
        let number = self.known.len() + 1;
        self.known.entry(json::json(value)).or_insert_with(|| forms::placeholder(name, value, number)).clone()
    }

    /// The placeholder of a credential, which is from now on replaced wherever it appears.
    pub fn credential(&mut self, name: &str, value: &Sample) -> Sample {
        let placeholder = self.personal(name, value);
        if let (Sample::Text(value), Sample::Text(placeholder)) = (value, &placeholder)
            && value.len() >= ECHO_LENGTH
            && self.credentials.iter().all(|known| known.value != *value)
        {
            let at = self.credentials.partition_point(|known| known.value.len() >= value.len());
            let (name, value, placeholder) = (name.to_owned(), value.clone(), placeholder.clone());
            self.credentials.insert(at, Credential { name, value, placeholder });
        }
        placeholder
    }

    /// How many credentials are replaced wherever they appear.
    pub fn credentials(&self) -> usize {
        self.credentials.len()
    }

    /// The text without credentials; `None` if it contains none.
    pub fn replace(&self, text: &str) -> Option<String> {
        let mut replaced: Option<String> = None;
        for Credential { value, placeholder, .. } in &self.credentials {
            let now = replaced.as_deref().unwrap_or(text);
            if now.contains(value.as_str()) {
                replaced = Some(now.replace(value.as_str(), placeholder));
            }
        }
        replaced
    }

    /// The name of a credential that the bytes contain.
    pub fn find(&self, bytes: &[u8]) -> Option<&str> {
        let contains = |value: &[u8]| bytes.windows(value.len()).any(|window| window == value);
        self.credentials.iter().find(|one| contains(one.value.as_bytes())).map(|one| one.name.as_str())
    }
}
