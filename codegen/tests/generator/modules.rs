//! Which module uses which: the order of the stages is kept, and neighbouring modules form no cycle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codegen_testing::modules::{self, ModulePath, Use, cycle};

/// The modules of the crate, each with those that it may use. ARCHITECTURE.md explains the order.
const MAY_USE: &[(&str, &[&str])] = &[
    ("clients", &[]),
    ("config", &["diag", "grammar", "ident", "reserved", "source"]),
    ("diag", &[]),
    ("diff", &["config", "diag", "emit", "source", "surface"]),
    ("document", &["diag", "grammar", "source"]),
    ("emit", &["diag", "format", "ident", "prose"]),
    ("fixup", &["config", "diag", "grammar"]),
    ("format", &[]),
    ("grammar", &["diag"]),
    ("ident", &[]),
    ("import", &["config", "diag", "document", "grammar", "source", "webhook"]),
    ("layout", &["config", "diag", "ident", "reserved"]),
    ("lint", &["config", "diag", "document", "fixup", "grammar", "source", "webhook"]),
    ("lower", &["config", "diag", "grammar"]),
    ("needs", &["config", "diff", "layout", "pass"]),
    ("pass", &["config", "diag", "grammar", "ident", "layout", "prose", "reserved"]),
    ("prose", &[]),
    ("reserved", &["ident"]),
    ("source", &["diag"]),
    ("summary", &["diag"]),
    ("surface", &["emit", "format"]),
    ("webhook", &["config", "diag", "grammar", "source"]),
];

/// Modules that call each other because a schema contains schemas.
const RECURSIVE: &[&[&str]] =
    &[&["lower::all_of", "lower::object", "lower::schema", "lower::union"], &["lower::docs", "lower::values"]];

fn uses() -> BTreeSet<Use> {
    modules::uses(Path::new("src")).expect("sources")
}

#[test]
fn each_module_uses_only_modules_below_it() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let (mut looked_at, mut forbidden) = (BTreeSet::new(), BTreeSet::new());
    for (from, to) in uses() {
        let (Some(from), Some(to)) = (from.first(), to.first()) else { continue };
        looked_at.insert(from.clone());
        let may = allowed.get(from.as_str()).unwrap_or_else(|| panic!("`{from}` is not in the table of this test"));
        if from != to && !may.contains(&to.as_str()) {
            forbidden.insert(format!("`{from}` must not use `{to}`"));
        }
    }
    assert!(forbidden.is_empty(), "see ARCHITECTURE.md: {forbidden:#?}");
    assert!(looked_at.len() > 12, "only {} modules were looked at", looked_at.len());
    let order: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    let edges = |name: &str| allowed[name].iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(cycle(&order.iter().map(|name| ((*name).to_owned(), edges(name))).collect()), None, "the table itself");
}

#[test]
fn neighbouring_modules_form_no_cycle() {
    let mut folders: BTreeMap<ModulePath, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (from, to) in uses() {
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let (Some(a), Some(b)) = (from.get(common), to.get(common)) else { continue };
        let name = |last: &str| [&from[..common], &[last.to_owned()]].concat().join("::");
        let pair = [name(a), name(b)];
        if !RECURSIVE.iter().any(|group| pair.iter().all(|name| group.contains(&name.as_str()))) {
            folders.entry(from[..common].to_vec()).or_default().entry(a.clone()).or_default().insert(b.clone());
        }
    }
    assert!(folders.len() > 8, "only {} folders were looked at", folders.len());
    for (folder, edges) in folders {
        assert_eq!(cycle(&edges), None, "a cycle in `{}`", folder.join("::"));
    }
}
