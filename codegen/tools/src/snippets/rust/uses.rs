//! The names that an example uses, and their `use` lines.

use std::collections::BTreeSet;

use super::code::{identifier, names, plain};
use crate::snippets::{Class, Doc};

/// The names that an example uses.
#[derive(Default)]
pub(super) struct Uses {
    /// Types of the API.
    types: BTreeSet<String>,
    /// The runtime's types of fields.
    runtime: BTreeSet<&'static str>,
    json: bool,
    map: bool,
}

impl Uses {
    /// A type of the API, in Rust.
    pub(super) fn api_type(&mut self, name: &str) {
        self.types.insert(identifier(name));
    }

    /// A type of the runtime.
    pub(super) fn runtime_type(&mut self, name: &'static str) {
        self.runtime.insert(name);
    }

    /// The crate `serde_json`.
    pub(super) fn json(&mut self) {
        self.json = true;
    }

    /// `BTreeMap`.
    pub(super) fn map(&mut self) {
        self.map = true;
    }

    /// The lines, in rustfmt's order. `of` is the crate, `module` the module with the types, `with_client` whether the
    /// client's type is used as well.
    pub(super) fn lines(self, of: &str, module: &str, with_client: bool) -> Vec<Doc> {
        let own = |path: &str, names: Vec<String>| line(&[of, path], names);
        let mut lines: Vec<(&str, Doc)> = Vec::new();
        if self.json {
            lines.push(("serde_json", own("", vec!["serde_json".to_owned()])));
        }
        if !self.types.is_empty() {
            lines.push((module, own(module, self.types.into_iter().collect())));
        }
        if !self.runtime.is_empty() {
            lines.push(("types", own("types", self.runtime.into_iter().map(str::to_owned).collect())));
        }
        lines.sort_by_key(|(path, _)| *path);
        let client = with_client.then(|| own("", vec!["Client".to_owned()]));
        let map = self.map.then(|| line(&["std", "collections"], vec!["BTreeMap".to_owned()]));
        client.into_iter().chain(lines.into_iter().map(|(_, line)| line)).chain(map).collect()
    }
}

/// `use path::{names};`
fn line(path: &[&str], mut all: Vec<String>) -> Doc {
    let path = path.iter().filter(|part| !part.is_empty());
    let path = Doc::concat(path.map(|part| Class::Plain.text(format!("{}::", identifier(part)))));
    let end = match (all.pop(), all.is_empty()) {
        (Some(only), true) => Class::Type.text(only),
        (last, _) => {
            all.extend(last);
            names(all)
        }
    };
    Class::Keyword.text("use").append(plain(" ")).append(path).append(end).append(plain(";"))
}
