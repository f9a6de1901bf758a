//! Corrections of the document, applied to the tree before anything else reads it. A correction must find the value
//! that it expects. If the document has changed there, a person has to check it again.

use serde_yaml::{Mapping, Value};

use crate::config::{Fixup, Fixups};
use crate::diag::{Pointer, Report};
use crate::grammar::describe;

/// Applies the fixups in their order. If one doesn't apply, that is an error if the fixups are written for this
/// document (`strict`), and a note if they are written for another one. The others are still applied. Returns how many
/// were applied.
pub fn apply(document: &mut Value, fixups: &Fixups, strict: bool, report: &mut Report) -> usize {
    let mut applied = 0;
    for (index, fixup) in fixups.all.iter().enumerate() {
        let Err((what, help)) = apply_one(document, fixup) else {
            applied += 1;
            continue;
        };
        let at = Pointer::root().index(index).child("at");
        if strict {
            report.error(&fixups.file, &at, what, help);
        } else {
            report.note(&fixups.file, &at, what, "");
        }
    }
    applied
}

fn apply_one(document: &mut Value, fixup: &Fixup) -> Result<(), (String, &'static str)> {
    let segments: Vec<String> = Pointer::parse(&fixup.at).map(|at| at.segments().collect()).unwrap_or_default();
    let Some((last, above)) = segments.split_last() else {
        return Err((
            format!("`{}` is not a JSON pointer into the document", fixup.at),
            "write a pointer such as `#/components/schemas/Name`",
        ));
    };
    let mut parent = document;
    let mut way = Pointer::root();
    for segment in above {
        let next = way.child(segment);
        parent = step(parent, segment).ok_or_else(|| {
            let what = format!("this fixup no longer applies: `{next}` is not in the document");
            (what, "find out where it was moved, and correct `at`, or remove the fixup")
        })?;
        way = next;
    }
    match parent {
        Value::Mapping(map) => in_mapping(map, last, fixup),
        Value::Sequence(items) => in_list(items, last, fixup),
        other => {
            let what = format!("this fixup no longer applies: `{way}` is {}, which has no members", describe(other));
            Err((what, "find out how it was changed, and correct `at`, or remove the fixup"))
        }
    }
}

fn step<'a>(value: &'a mut Value, segment: &str) -> Option<&'a mut Value> {
    match value {
        Value::Mapping(map) => map.get_mut(segment),
        Value::Sequence(items) => items.get_mut(index(segment)?),
        _ => None,
    }
}

/// A list's index as RFC 6901 writes it, without a leading zero.
fn index(segment: &str) -> Option<usize> {
    let is_plain = segment == "0" || !segment.starts_with(['0', '+']);
    is_plain.then(|| segment.parse().ok()).flatten()
}

fn in_mapping(map: &mut Mapping, key: &str, fixup: &Fixup) -> Result<(), (String, &'static str)> {
    expected(map.get(key), fixup)?;
    match &fixup.set {
        Some(value) => drop(map.insert(Value::String(key.to_owned()), value.clone())),
        None => drop(map.shift_remove(key)),
    }
    Ok(())
}

fn in_list(items: &mut Vec<Value>, key: &str, fixup: &Fixup) -> Result<(), (String, &'static str)> {
    let index = if key == "-" { Some(items.len()) } else { index(key) };
    let Some(index) = index.filter(|index| *index <= items.len()) else {
        let what = format!(
            "this fixup no longer applies: the list has {} elements, so there is no index `{key}`",
            items.len()
        );
        return Err((what, "correct the index, or append with `-`, or remove the fixup"));
    };
    expected(items.get(index), fixup)?;
    match (&fixup.set, index < items.len()) {
        (Some(value), true) => items[index] = value.clone(),
        (Some(value), false) => items.push(value.clone()),
        (None, true) => drop(items.remove(index)),
        (None, false) => {}
    }
    Ok(())
}

/// Whether the value is what the fixup expects.
fn expected(found: Option<&Value>, fixup: &Fixup) -> Result<(), (String, &'static str)> {
    if is_same(found, fixup.expect.as_ref()) {
        return Ok(());
    }
    if is_same(found, fixup.set.as_ref()) {
        let what = format!("this fixup is no longer needed: the change of `{}` is already in the document", fixup.at);
        return Err((what, "remove the fixup"));
    }
    let is = found.map_or_else(|| "absent".to_owned(), show);
    let was = fixup.expect.as_ref().map_or_else(|| "no value".to_owned(), show);
    let what = format!("this fixup no longer applies: `{}` is {is}, but the fixup expects {was}", fixup.at);
    Err((what, "look at the document again: correct `expect`, or remove the fixup"))
}

/// Whether the document has a value, apart from prose: a fixup applies to a published document as well as to an
/// imported one.
fn is_same(found: Option<&Value>, value: Option<&Value>) -> bool {
    match (found, value) {
        (Some(Value::Mapping(found)), Some(Value::Mapping(value))) => {
            let is_prose = |key: &str, text: &Value| {
                key == "example" || matches!((key, text), ("title" | "summary" | "description", Value::String(_)))
            };
            value.iter().all(|(key, value)| is_same(found.get(key), Some(value)))
                && found
                    .iter()
                    .all(|(key, found)| value.contains_key(key) || key.as_str().is_some_and(|key| is_prose(key, found)))
        }
        (Some(Value::Sequence(found)), Some(Value::Sequence(value))) => {
            found.len() == value.len()
                && found.iter().zip(value).all(|(found, value)| is_same(Some(found), Some(value)))
        }
        _ => found == value,
    }
}

/// A value, in full if it is short.
fn show(value: &Value) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    if json.is_empty() || json.chars().count() > 60 { describe(value) } else { format!("`{json}`") }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::config::Fixups;
    use crate::diag::Report;
    use crate::source::Source;

    fn fixed(document: &str, fixups: &str) -> String {
        let mut report = Report::default();
        let mut document = Source::parse("doc", document, &mut report).expect("a document");
        let fixups = Source::parse("fixups", fixups, &mut report).expect("fixups");
        let fixups = Fixups::read(&fixups, &mut report).unwrap_or_else(|| panic!("{report}"));
        apply(&mut document.value, &fixups, true, &mut report);
        let findings: Vec<&str> = report.findings().iter().map(|finding| finding.what.as_str()).collect();
        format!("{} {}", serde_json::to_string(&document.value).expect("JSON"), findings.join("; "))
    }

    #[test]
    fn an_expected_value_is_replaced_added_or_removed() {
        assert_eq!(fixed("{a: {b: 1}}", "[{at: '#/a/b', expect: 1, set: 2, why: x}]"), r#"{"a":{"b":2}} "#);
        assert_eq!(fixed("{a: {b: 1}}", "[{at: '#/a/c', set: null, why: x}]"), r#"{"a":{"b":1,"c":null}} "#);
        assert_eq!(fixed("{a: 1, b: 2, c: 3}", "[{at: '#/a', expect: 1, why: x}]"), r#"{"b":2,"c":3} "#);
        assert_eq!(
            fixed("{a: [x, y]}", "[{at: '#/a/-', set: z, why: x}, {at: '#/a/0', expect: x, why: x}]"),
            r#"{"a":["y","z"]} "#
        );
    }

    #[test]
    fn prose_around_an_expected_value_is_ignored() {
        let fixup = "[{at: '#/a', expect: {b: {}, title: {}}, set: 1, why: x}]";
        assert_eq!(fixed("{a: {b: {description: of b}, title: {title: t}}}", fixup), r#"{"a":1} "#);
        for other in ["{a: {b: {}, title: {}, c: {}}}", "{a: {b: {type: x}, title: {}}}", "{a: {b: {}, title: t}}"] {
            assert!(fixed(other, fixup).contains("no longer applies"), "{other}");
        }
    }

    #[test]
    fn an_unexpected_value_is_reported_and_kept() {
        let told = fixed("{a: {b: 1}}", "[{at: '#/a/b', expect: 3, set: 2, why: x}, {at: '#/x/y', set: 1, why: x}]");
        assert_eq!(
            told,
            "{\"a\":{\"b\":1}} this fixup no longer applies: `#/a/b` is `1`, but the fixup expects `3`; \
             this fixup no longer applies: `#/x` is not in the document"
        );
        let told = fixed(
            "{a: [1]}",
            "[{at: '#/a/5', set: 2, why: x}, {at: '#/a/0', set: 1, why: x}, {at: '#/a/0/b', set: 1, why: x}]",
        );
        assert!(
            told.contains("has 1 elements, so there is no index `5`") && told.contains("is already in the document"),
            "{told}"
        );
        assert!(told.contains("which has no members"), "{told}");
    }
}
