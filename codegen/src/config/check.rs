//! Checks our own files for mistakes that don't depend on the document: duplicate entries, contradictions, and
//! malformed names.

use std::collections::HashMap;

use super::entries::{Entry, Form, entries, numbers, selections};
use super::{Fixups, Sdk, Selection};
use crate::diag::{Pointer, Report};
use crate::ident;
use crate::reserved;

/// Checks `sdk.yaml`.
pub(super) fn sdk(sdk: &Sdk, report: &mut Report) {
    let mut seen: HashMap<(Pointer, &str), Pointer> = HashMap::new();
    for entry in entries(sdk) {
        form(sdk, &entry, report);
        // a path has one module, one effect, one reason to be idempotent and one style of paging, so all lists of a kind are
        // checked as one
        let whole = ["modules", "effects", "idempotency", "pagination"].into_iter();
        let mut whole = whole.filter(|name| entry.list.as_str().starts_with(&format!("#/{name}/")));
        let list = whole.next().map_or_else(|| entry.list.clone(), |name| Pointer::root().child(name));
        if let Some(first) = seen.get(&(list.clone(), entry.name)) {
            let what = format!("duplicate entry `{}`; the first is at {first}", entry.name);
            report.error(&sdk.file, &entry.at, what, "keep one of the two");
        } else {
            seen.insert((list, entry.name), entry.at);
        }
    }
    for (at, selection) in selections(sdk) {
        for (index, field) in selection.except.iter().enumerate().filter(|(_, field)| selection.fields.contains(field))
        {
            let Some(at) = Pointer::parse(at) else { continue };
            let what = format!("`{field}` is both in `fields` and in `except`");
            report.error(&sdk.file, &at.child("except").index(index), what, "remove it from one of the two lists");
        }
    }
    contradictions(sdk, report);
    names(sdk, report);
}

fn form(sdk: &Sdk, entry: &Entry<'_>, report: &mut Report) {
    let parts = |separator| entry.name.split_once(separator);
    let (wanted, good) = match entry.form {
        Form::Name => ("a name", !entry.name.trim().is_empty()),
        Form::Field => ("`Schema.property`", parts('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())),
        // an enum's value may be empty
        Form::Variant => ("`Schema=value`", parts('=').is_some_and(|(schema, _)| !schema.is_empty())),
    };
    if !good {
        let what = match entry.name.trim() {
            "" => "this entry is empty".to_owned(),
            name => format!("`{name}` is not of the form {wanted}"),
        };
        report.error(&sdk.file, &entry.at, what, format!("write {wanted}, with the names as in the document"));
    }
}

/// Reports numbers with two kinds.
fn contradictions(sdk: &Sdk, report: &mut Report) {
    type List = fn(&Selection) -> &[String];
    let lists: [(&str, List); 3] =
        [("properties", |s| &s.properties), ("fields", |s| &s.fields), ("schemas", |s| &s.schemas)];
    for (name, list) in lists {
        let mut seen: HashMap<&str, String> = HashMap::new();
        for (at, selection) in numbers(sdk) {
            // a property may be a number in one schema and a string in another
            if name == "properties" && at.ends_with("_string") {
                continue;
            }
            for (index, entry) in list(selection).iter().enumerate() {
                let here = format!("{at}/{name}/{index}");
                match (seen.get(entry.as_str()), Pointer::parse(&here)) {
                    // duplicates in one list are already reported
                    (Some(first), Some(here)) if !first.starts_with(&format!("{at}/")) => {
                        let what = format!("`{entry}` has two kinds; the other entry is at {first}");
                        report.error(&sdk.file, &here, what, "keep the right one");
                    }
                    (Some(_), _) | (None, None) => {}
                    (None, Some(_)) => drop(seen.insert(entry, here)),
                }
            }
        }
    }
}

fn names(sdk: &Sdk, report: &mut Report) {
    let root = Pointer::root().child("names");
    let names = &sdk.names;
    for (list, map) in [
        ("types", &names.types),
        ("fields", &names.fields),
        ("variants", &names.variants),
        ("operations", &names.operations),
    ] {
        for (key, name) in map.iter().filter(|(_, name)| !ident::is_ident(name)) {
            let what = format!("`{name}` is not a Rust identifier");
            report.error(&sdk.file, &root.child(list).child(key), what, "use letters, digits and `_`, no digit first");
        }
    }
    for (key, name) in sdk.examples.iter().flat_map(|names| [("crate", &names.of), ("client", &names.client)]) {
        if !ident::is_plain(name) {
            let at = Pointer::root().child("examples").child(key);
            let what = format!("`{name}` is not allowed in Rust here");
            report.error(&sdk.file, &at, what, "use a Rust identifier in snake case that is not a keyword");
        }
    }
    for name in sdk.modules.keys().filter(|name| !reserved::is_free_module(name)) {
        let at = Pointer::root().child("modules").child(name);
        let what = format!("`{name}` can't be the name of a module");
        let help = "use a Rust identifier in snake case that is neither a keyword nor a module of the runtime; `shared` is taken";
        report.error(&sdk.file, &at, what, help);
    }
}

/// Checks `fixups.yaml`.
pub(super) fn fixups(fixups: &Fixups, report: &mut Report) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, fixup) in fixups.all.iter().enumerate() {
        let at = Pointer::root().index(index);
        let mut error = |key: &str, what: String, help: &str| report.error(&fixups.file, &at.child(key), what, help);
        match Pointer::parse(&fixup.at) {
            None => {
                let what = format!("`{}` is not a JSON pointer", fixup.at);
                error("at", what, "write the whole path from the root: `#/components/schemas/Name/nullable`");
            }
            Some(pointer) if pointer == Pointer::root() => {
                error("at", "a fixup can't replace the whole document".to_owned(), "use the pointer of a place in it");
            }
            Some(_) => {}
        }
        if fixup.why.trim().is_empty() {
            error("why", "this fixup doesn't say why".to_owned(), "write what shows that the document is wrong");
        }
        if fixup.expect == fixup.set {
            let what = "this fixup changes nothing: `expect` and `set` are the same".to_owned();
            error("set", what, "write the document's value into `expect`, and the right value into `set`");
        }
        // several fixups may append to one list
        if let Some(first) = seen.insert(&fixup.at, index).filter(|_| !fixup.at.ends_with("/-")) {
            let what = format!("two fixups are for `{}`; the first is number {}", fixup.at, first + 1);
            error("at", what, "merge them into one");
        }
    }
}
