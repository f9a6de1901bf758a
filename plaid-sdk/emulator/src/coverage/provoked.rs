//! What the scenario tests provoke, as `cargo xtask emulator coverage` has written it down.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

/// A line per fact: operation, kind, fact, and the first test that provokes it.
const FACTS: &str = include_str!("../../data/provoked.tsv");

/// The kinds of facts with their names in `/_plaid/coverage`.
const KINDS: [(&str, &str); 6] = [
    ("answer", "answers"),
    ("error", "errors"),
    ("fault", "faults"),
    ("sets", "sets"),
    ("state", "states"),
    ("webhook", "webhooks"),
];

/// In place of an operation's path: no operation made the webhook, but time or a control; or no operation has the path.
pub const NONE: &str = "none";

/// A fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The path of the operation, or [`NONE`].
    pub path: &'static str,
    /// What it is: `answer`, `error`, `fault`, `sets`, `state` or `webhook`.
    pub kind: &'static str,
    /// The state, the code or the webhook.
    pub name: &'static str,
    /// The test that provokes it.
    pub test: &'static str,
}

/// All facts, by path, kind and name.
pub fn facts() -> &'static [Fact] {
    static READ: OnceLock<Vec<Fact>> = OnceLock::new();
    READ.get_or_init(|| FACTS.lines().filter_map(read).collect())
}

fn read(line: &'static str) -> Option<Fact> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Fact { path: next()?, kind: next()?, name: next()?, test: next()? })
}

/// The facts of an operation, each with its test: `{"errors": {"ITEM_ERROR/ITEM_NOT_FOUND": "items::…"}, …}`.
pub fn of(path: &str) -> Value {
    let all = facts();
    let first = all.partition_point(|fact| fact.path < path);
    let own = all.get(first..).unwrap_or_default().iter().take_while(|fact| fact.path == path);
    let mut kinds = Map::new();
    for fact in own {
        let Some((_, name)) = KINDS.into_iter().find(|(kind, _)| *kind == fact.kind) else { continue };
        kinds.entry(name).or_insert_with(|| json!({}))[fact.name] = fact.test.into();
    }
    Value::Object(kinds)
}

/// How many facts there are of each kind, and how many operations a test has called with success.
pub fn counts() -> BTreeMap<&'static str, usize> {
    KINDS.into_iter().map(|(kind, name)| (name, facts().iter().filter(|fact| fact.kind == kind).count())).collect()
}

#[cfg(test)]
mod tests {
    use super::{KINDS, NONE, facts, of};
    use crate::api;

    #[test]
    fn the_file_is_sorted_and_names_operations_of_the_document() {
        let all = facts();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "the order of tests must not matter");
        for fact in all {
            let is_known = ["POST", "GET"].iter().any(|method| api::find(method, fact.path).is_some());
            assert!(is_known || fact.path == NONE, "{fact:?}");
            assert!(KINDS.iter().any(|(kind, _)| *kind == fact.kind) && fact.test.contains("::"), "{fact:?}");
        }
        assert!(of("/item/get")["errors"]["ITEM_ERROR/ITEM_NOT_FOUND"].is_string(), "{}", of("/item/get"));
        assert_eq!(of("/none"), serde_json::json!({}));
    }
}
