//! Which module of the SDK's runtime uses which.

use std::collections::{BTreeMap, BTreeSet};

use codegen_testing::modules::{self, ModulePath};

use crate::workspace;

/// The modules in the order of plaid-sdk/ARCHITECTURE.md, lowest first. A module may use those of the lines above it only.
const LAYERS: &[(&str, &[&str])] = &[
    ("texts", &["redact"]),
    ("field types", &["nullable", "timestamp"]),
    ("wire", &["wire"]),
    ("facts", &["clock", "random", "json_member", "damaged_json", "sealed", "operation", "parameter", "error_code"]),
    ("data of a call", &["transport", "request_id", "api_error", "event"]),
    ("its record", &["attempts"]),
    ("a response", &["received"]),
    ("the error", &["error"]),
    ("what needs it", &["credentials", "environment", "observe", "retry"]),
    ("settings and data", &["context", "idempotency", "webhook_keys"]),
    ("requests and responses", &["request", "client", "response"]),
    ("the loop", &["send"]),
    ("a call", &["call"]),
    ("what makes calls", &["paging", "blocking", "webhook"]),
];

/// What wire and the field types need of each other: a `Nullable` is read and written like any other field.
const TOGETHER: &[(&str, &str)] = &[("wire", "nullable"), ("wire", "timestamp")];

fn runtime_uses() -> Vec<(ModulePath, ModulePath)> {
    let uses = modules::uses(&workspace::sdk().join("src")).unwrap();
    let below = |path: ModulePath| match path.split_first() {
        Some((first, rest)) if first == "runtime" && !rest.is_empty() => Some(rest.to_vec()),
        _ => None,
    };
    uses.into_iter().filter_map(|(from, to)| Some((below(from)?, below(to)?))).collect()
}

#[test]
fn a_module_uses_lower_layers_only() {
    let layer: BTreeMap<&str, usize> = LAYERS
        .iter()
        .enumerate()
        .flat_map(|(index, (_, names))| names.iter().map(move |name| (*name, index)))
        .collect();
    let (mut seen, mut forbidden) = (BTreeSet::new(), BTreeSet::new());
    for (from, to) in runtime_uses() {
        let (from, to) = (from[0].as_str(), to[0].as_str());
        seen.extend([from.to_owned(), to.to_owned()]);
        let index =
            |name: &str| *layer.get(name).unwrap_or_else(|| panic!("`{name}` is not in the table of this test"));
        if from != to && index(to) >= index(from) && !TOGETHER.contains(&(from, to)) {
            forbidden.insert(format!("`{from}` must not use `{to}`"));
        }
    }
    assert!(forbidden.is_empty(), "see plaid-sdk/ARCHITECTURE.md: {forbidden:#?}");
    let listed: BTreeSet<String> = layer.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(seen, listed, "the table lists modules that are gone, or that nothing uses");
}

#[test]
fn neighbouring_modules_form_no_cycle() {
    let mut folders: BTreeMap<ModulePath, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (from, to) in runtime_uses() {
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        if let (Some(a), Some(b)) = (from.get(common), to.get(common)) {
            folders.entry(from[..common].to_vec()).or_default().entry(a.clone()).or_default().insert(b.clone());
        }
    }
    assert!(folders.len() > 5, "only {} folders were looked at", folders.len());
    for (folder, edges) in folders {
        assert_eq!(modules::cycle(&edges), None, "a cycle in `runtime::{}`", folder.join("::"));
    }
}

#[test]
fn the_architecture_page_has_the_same_layers() {
    let page = std::fs::read_to_string(workspace::sdk().join("ARCHITECTURE.md")).unwrap();
    let rows: Vec<&str> = page.lines().skip_while(|line| *line != "| layer | modules |").skip(2).collect();
    for ((name, modules), row) in LAYERS.iter().zip(rows) {
        let modules: Vec<String> = modules.iter().map(|module| format!("`{module}`")).collect();
        assert_eq!(row, format!("| {name} | {} |", modules.join(", ")));
    }
}
