//! Checks that references lead to a component of the right kind in the same document, and that they form no cycle.

use serde_yaml::{Mapping, Value};

use crate::diag::{Pointer, Report};
use crate::grammar::openapi::DOCUMENT;
use crate::grammar::{Object, Path, Shape, children, closest, reference};

/// Checks one reference.
pub(super) fn check(file: &str, root: &Value, at: &Path<'_>, object: &Object, target: &str, report: &mut Report) {
    if let Some((what, help)) = complaint(root, at, object, target) {
        report.error(file, &at.pointer(), what, help);
    }
}

fn complaint(root: &Value, at: &Path<'_>, object: &Object, target: &str) -> Option<(String, String)> {
    let is_mapped_name = at.last_key() != Some("$ref") && !target.contains(['/', '#']);
    let segments: Vec<String> = match target.strip_prefix('#') {
        _ if is_mapped_name => vec!["components".to_owned(), object.section.to_owned(), target.to_owned()],
        None => {
            return Some((
                format!("`{target}` is in another document"),
                format!("bundle the files into one, so that the reference becomes `#/components/{}/…`", place(object)),
            ));
        }
        Some(_) => Pointer::parse(target).map(|pointer| pointer.segments().collect()).unwrap_or_default(),
    };
    let [components, section, name] = segments.as_slice() else {
        return Some((
            format!("`{target}` is not a component"),
            format!("move its target to `#/components/{}/Name`, and refer to it there", place(object)),
        ));
    };
    if components != "components" || section != object.section {
        return Some((
            format!("`{target}` is not {}", object.name),
            format!("{} must be in `#/components/{}/…`", object.name, place(object)),
        ));
    }
    let known = section_of(root, section);
    if known.is_some_and(|map| map.contains_key(name.as_str())) {
        return None;
    }
    let names = known.into_iter().flat_map(Mapping::keys).filter_map(Value::as_str);
    let help = match closest(name, names) {
        Some(near) => format!("did you mean `#/components/{section}/{near}`?"),
        None => format!("define `{name}` under `components/{section}`, or correct the name"),
    };
    Some((format!("`{target}` does not exist"), help))
}

fn place(object: &Object) -> &'static str {
    if object.section.is_empty() { "schemas" } else { object.section }
}

fn section_of<'a>(root: &'a Value, section: &str) -> Option<&'a Mapping> {
    root.get("components")?.get(section)?.as_mapping()
}

/// Reports components that consist only of references to each other.
pub(super) fn cycles(file: &str, root: &Value, report: &mut Report) {
    let Some(components) = root.get("components") else { return };
    let Some(Shape::Object(shape)) = DOCUMENT.keyword("components").map(|keyword| keyword.shape) else { return };
    for section in children(components, Shape::Object(shape)) {
        let Some(entries) = section.value.as_mapping() else { continue };
        for (name, value) in entries.iter().filter_map(|(name, value)| Some((name.as_str()?, value))) {
            let Some(round) = round(entries, section.key, name, value) else { continue };
            let at = Pointer::root().child("components").child(section.key).child(name).child("$ref");
            let what = format!("this reference leads back to itself: {}", round.join(" -> "));
            report.error(file, &at, what, "replace one of the references with a definition");
        }
    }
}

/// The names on the way from a component back to itself, if each of them is only a reference to the next.
fn round<'a>(entries: &'a Mapping, section: &str, name: &'a str, value: &'a Value) -> Option<Vec<&'a str>> {
    let prefix = format!("#/components/{section}/");
    let mut way = vec![name];
    let mut value = value;
    // if the way is longer than the number of entries, it runs into a cycle that does not contain this entry
    while way.len() <= entries.len() {
        let next = reference(value)?.strip_prefix(prefix.as_str())?;
        way.push(next);
        if next == name {
            return Some(way);
        }
        value = entries.get(next)?;
    }
    None
}
