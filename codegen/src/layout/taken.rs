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
        let joined = |suffix: &str| {
            if self.suffix.starts_with(|c: char| c.is_lowercase()) {
                format!("{name}_{}", suffix.to_lowercase())
            } else {
                format!("{name}{}", suffix.to_upper_camel_case())
            }
        };
        let case = if wire.chars().all(|c| !c.is_lowercase()) {
            "uppercase"
        } else if wire.chars().all(|c| !c.is_uppercase()) {
            "lowercase"
        } else {
            "mixedcase"
        };
        let free = |name: &String| !self.names.contains(name) && !self.reserved.contains(&name.as_str());
        let mut candidates = Vec::from([name.clone()]);
        if self.reserved.contains(&name.as_str()) {
            candidates.push(joined(self.suffix));
        } else {
            candidates.push(joined(case));
        }
        let found = candidates
            .into_iter()
            .find(free)
            .or_else(|| (2_usize..).map(|count| joined(&count.to_string())).find(free));
        let found = found.unwrap_or(name);
        self.names.insert(found.clone());
        found
    }
}
