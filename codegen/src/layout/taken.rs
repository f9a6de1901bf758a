//! Names that are in use.

use std::collections::HashSet;

use heck::ToUpperCamelCase;

/// Names that are in use.
pub(super) struct Taken {
    names: HashSet<String>,
    reserved: &'static [&'static str],
    suffix: &'static str,
}

impl Taken {
    pub(super) fn new(reserved: &'static [&'static str], suffix: &'static str) -> Self {
        Self { names: HashSet::new(), reserved, suffix }
    }

    /// The name, or if it is in use, one with a suffix that shows how the text on the wire differs. The first one keeps
    /// the plain name, so that a later addition renames nothing.
    pub(super) fn take(&mut self, name: String, wire: &str) -> String {
        let name = if self.is_free(&name) { name } else { self.with_suffix(name, wire) };
        self.names.insert(name.clone());
        name
    }

    /// Whether the name is neither in use nor reserved.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.names.contains(name) && !self.is_reserved(name)
    }

    fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(&name)
    }

    fn with_suffix(&self, name: String, wire: &str) -> String {
        let joined = |suffix: &str| {
            if self.suffix.starts_with(|c: char| c.is_lowercase()) {
                format!("{name}_{}", suffix.to_lowercase())
            } else {
                format!("{name}{}", suffix.to_upper_camel_case())
            }
        };
        let first = if self.is_reserved(&name) { self.suffix } else { case(wire) };
        let counted = (2_usize..).map(|count| joined(&count.to_string()));
        let found = std::iter::once(joined(first)).chain(counted).find(|name| self.is_free(name));
        found.unwrap_or(name)
    }
}

fn case(wire: &str) -> &'static str {
    if wire.chars().all(|c| !c.is_lowercase()) {
        "uppercase"
    } else if wire.chars().all(|c| !c.is_uppercase()) {
        "lowercase"
    } else {
        "mixedcase"
    }
}
