//! Corrections to the document, where it and the API disagree.
//!
//! A fixup says what it expects to find, so that it is noticed when upstream has mended the place.

use serde_yaml::Value;

use crate::config::{FIXUPS_FILE, Fixup, Fixups};
use crate::diag::{Pointer, Report, Severity};

/// Applies every fixup. One that no longer applies is an error where `strict`, else a note.
pub fn apply(document: &mut Value, fixups: &Fixups, strict: bool, report: &mut Report) {
    for (index, fixup) in fixups.0.iter().enumerate() {
        if let Err(what) = apply_one(document, fixup) {
            let severity = if strict { Severity::Error } else { Severity::Note };
            let help = "take it out if the document is right now, or say what is to be expected there today";
            report.push(severity, FIXUPS_FILE, &Pointer::root().index(index), what, help.to_owned());
        }
    }
}

fn apply_one(document: &mut Value, fixup: &Fixup) -> Result<(), String> {
    let gone = |what: &str| format!("this fixup no longer applies: {what} at {}", fixup.at);
    let pointer = Pointer::parse(&fixup.at).ok_or_else(|| format!("`{}` is no JSON pointer", fixup.at))?;
    let segments: Vec<String> = pointer.segments().collect();
    let Some((last, parents)) = segments.split_last() else {
        return Err("a fixup can't replace the whole document".to_owned());
    };
    let mut parent = document;
    for segment in parents {
        parent = child(parent, segment).ok_or_else(|| gone("nothing stands"))?;
    }
    let found = child(parent, last).cloned();
    if found.as_ref() != fixup.expect.as_ref() {
        return Err(match (&found, &fixup.expect) {
            (None, _) => gone("nothing stands"),
            (Some(_), None) => gone("something stands already"),
            (Some(_), Some(_)) => gone("something else stands"),
        });
    }
    match (parent, &fixup.set) {
        (Value::Mapping(entries), Some(set)) => {
            entries.insert(Value::from(last.as_str()), set.clone());
        }
        (Value::Mapping(entries), None) => {
            entries.shift_remove(last.as_str());
        }
        (Value::Sequence(elements), set) => match (last.parse::<usize>(), set) {
            (Err(_), Some(set)) if last == "-" => elements.push(set.clone()),
            (Ok(at), Some(set)) if at < elements.len() => elements[at] = set.clone(),
            (Ok(at), None) if at < elements.len() => {
                elements.remove(at);
            }
            _ => return Err(gone("no such element stands")),
        },
        _ => return Err(gone("neither an object nor a list stands above")),
    }
    Ok(())
}

fn child<'a>(value: &'a mut Value, segment: &str) -> Option<&'a mut Value> {
    match value {
        Value::Mapping(entries) => entries.get_mut(segment),
        Value::Sequence(elements) => elements.get_mut(segment.parse::<usize>().ok()?),
        _ => None,
    }
}
