//! Which module uses which: the order of the stages is kept, and neighbouring modules form no cycle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The modules of the crate, each with those that it may use. ARCHITECTURE.md explains the order.
const MAY_USE: &[(&str, &[&str])] = &[
    ("config", &["diag", "grammar", "ident", "reserved", "source"]),
    ("diag", &[]),
    ("diff", &["config", "diag", "emit", "source", "surface"]),
    ("document", &["diag", "grammar", "source"]),
    ("emit", &["format", "ident", "prose"]),
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
    ("summary", &[]),
    ("surface", &["emit", "format"]),
    ("webhook", &["config", "diag", "grammar", "source"]),
];

/// Modules that call each other because a schema contains schemas.
const RECURSIVE: &[&[&str]] =
    &[&["lower::all_of", "lower::object", "lower::schema", "lower::union"], &["lower::docs", "lower::values"]];

type Path_ = Vec<String>;

#[test]
fn each_module_uses_only_modules_below_it() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut looked_at = BTreeSet::new();
    for (from, to) in uses() {
        let (Some(from), Some(to)) = (from.first(), to.first()) else { continue };
        looked_at.insert(from.clone());
        let may = allowed.get(from.as_str()).unwrap_or_else(|| panic!("`{from}` is not in the table of this test"));
        assert!(from == to || may.contains(&to.as_str()), "`{from}` must not use `{to}`: see ARCHITECTURE.md");
    }
    assert!(looked_at.len() > 12, "only {} modules were looked at", looked_at.len());
    let order: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    let edges = |name: &str| allowed[name].iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(cycle(&order.iter().map(|name| ((*name).to_owned(), edges(name))).collect()), None, "the table itself");
}

#[test]
fn neighbouring_modules_form_no_cycle() {
    let mut folders: BTreeMap<Path_, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
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

/// A cycle of modules, if there is one.
fn cycle(edges: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut left = edges.clone();
    loop {
        let ends: Vec<String> = left
            .iter()
            .filter(|(_, to)| !to.iter().any(|to| left.contains_key(to)))
            .map(|(from, _)| from.clone())
            .collect();
        if ends.is_empty() {
            return (!left.is_empty()).then(|| left.into_keys().collect());
        }
        left.retain(|from, _| !ends.contains(from));
    }
}

/// The imports of each file from this crate: the module of the file, and the imported module.
fn uses() -> Vec<(Path_, Path_)> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let modules: BTreeSet<Path_> = files.iter().map(|file| module(file)).collect();
    let mut uses = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        let from = module(file);
        let text = std::fs::read_to_string(file).expect("a source");
        for item in syn::parse_file(&text).expect("Rust").items {
            let syn::Item::Use(item) = item else { continue };
            let mut paths = Vec::new();
            flatten(&item.tree, &mut Vec::new(), &mut paths);
            for path in paths {
                let Some(path) = absolute(&from, &path) else { continue };
                // The longest beginning that is a module; the rest are items in it.
                let to = (1..=path.len()).rev().map(|len| path[..len].to_vec()).find(|path| modules.contains(path));
                uses.extend(to.filter(|to| *to != from).map(|to| (from.clone(), to)));
            }
        }
    }
    uses
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if !path.ends_with("lib.rs") {
            files.push(path);
        }
    }
}

fn module(file: &Path) -> Path_ {
    let path = file.strip_prefix("src").expect("below src").with_extension("");
    path.iter().map(|part| part.to_str().expect("UTF-8").to_owned()).collect()
}

fn flatten(tree: &syn::UseTree, before: &mut Path_, paths: &mut Vec<Path_>) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, paths);
            before.pop();
        }
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, paths)),
        syn::UseTree::Name(name) => paths.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        syn::UseTree::Rename(rename) => paths.push([before.as_slice(), &[rename.ident.to_string()]].concat()),
        syn::UseTree::Glob(_) => paths.push(before.clone()),
    }
}

/// The path from the crate's root; `None` for another crate's.
fn absolute(from: &Path_, path: &Path_) -> Option<Path_> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([from.as_slice(), rest].concat()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            Some([from.get(..from.len().checked_sub(ups)?)?, &path[ups..]].concat())
        }
        _ => None,
    }
}
