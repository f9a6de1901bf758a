//! Which modules of a crate use which, read from its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The path of a module below the root of its crate: `["emit", "docs"]`.
pub type ModulePath = Vec<String>;

/// A module, and one of its crate that it names: in an import, a path of an expression or type, or a macro.
pub type Use = (ModulePath, ModulePath);

/// The uses in all files of a `src` folder, without `lib.rs`, files `tests.rs` and modules `tests`.
///
/// # Errors
/// A file can't be read or is not Rust.
pub fn uses(src: &Path) -> Result<BTreeSet<Use>, String> {
    let mut files = Vec::new();
    sources(src, &mut files)?;
    let modules: BTreeSet<ModulePath> = files.iter().map(|file| module(src, file)).collect();
    let mut uses = BTreeSet::new();
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        let from = module(src, file);
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let tokens: TokenStream = text.parse().map_err(|error| format!("{}: {error}", file.display()))?;
        let mut paths = Vec::new();
        scan(tokens, &mut paths);
        for path in paths {
            let Some(path) = absolute(&from, &path) else { continue };
            // The longest beginning that is a module; the rest are items in it.
            let to = (1..=path.len()).rev().map(|length| &path[..length]).find(|path| modules.contains(*path));
            if let Some(to) = to.filter(|to| *to != from) {
                uses.insert((from.clone(), to.to_vec()));
            }
        }
    }
    Ok(uses)
}

/// A cycle of modules, if there is one: all that are left when modules that use none of the others are removed.
pub fn cycle(edges: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
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

fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            sources(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("lib.rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn module(src: &Path, file: &Path) -> ModulePath {
    let path = file.strip_prefix(src).unwrap_or(file).with_extension("");
    path.iter().map(|part| part.to_string_lossy().trim_start_matches("r#").to_owned()).collect()
}

/// Adds all paths that start with `crate`, `self` or `super`.
fn scan(tokens: TokenStream, paths: &mut Vec<ModulePath>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "mod" => {
                // A module in the file; the one with tests may use anything.
                let is_tests = matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "tests");
                if is_tests {
                    tokens.next();
                }
            }
            // Without `::` after it, it is a value or part of `pub(super)`.
            TokenTree::Ident(ident)
                if ["crate", "self", "super"].iter().any(|root| ident == root) && is_colon(tokens.peek()) =>
            {
                follow(vec![ident.to_string()], &mut tokens, paths);
            }
            TokenTree::Group(group) => scan(group.stream(), paths),
            _ => {}
        }
    }
}

/// Reads the rest of a path, which may be a tree: `a::{b, c::d}`.
fn follow(mut path: ModulePath, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>, paths: &mut Vec<ModulePath>) {
    while is_colon(tokens.peek()) {
        tokens.next();
        if !is_colon(tokens.peek()) {
            break;
        }
        tokens.next();
        match tokens.peek() {
            Some(TokenTree::Ident(ident)) => {
                path.push(ident.to_string().trim_start_matches("r#").to_owned());
                tokens.next();
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let mut inner = group.stream().into_iter().peekable();
                while let Some(token) = inner.next() {
                    if let TokenTree::Ident(ident) = token {
                        let branch = [path.as_slice(), &[ident.to_string().trim_start_matches("r#").to_owned()]];
                        follow(branch.concat(), &mut inner, paths);
                    }
                }
                return;
            }
            _ => break,
        }
    }
    paths.push(path);
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

/// The path from the crate's root.
fn absolute(from: &ModulePath, path: &ModulePath) -> Option<ModulePath> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([from.as_slice(), rest].concat()),
        _ => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            Some([from.get(..from.len().checked_sub(ups)?)?, &path[ups..]].concat())
        }
    }
}
