//! Whether a sample is a value of a type, within all limits. It is written apart from the code that makes samples.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use codegen::api_model::{Api, Bound, Constraints, Kind, Sample, Type};
use regex::Regex;

/// The problems of a sample, each with its path: `user.name: longer than 10`.
pub fn problems(api: &Api, ty: &Type, sample: &Sample) -> Vec<String> {
    let mut found = Vec::new();
    if !api.fits(ty, sample) {
        found.push("the model says that it doesn't fit".to_owned());
    }
    check(api, ty, sample, &[], "", &mut found);
    found
}

fn check(api: &Api, ty: &Type, sample: &Sample, limits: &[&Constraints], path: &str, found: &mut Vec<String>) {
    let mut tell = |what: String| found.push(format!("{path}: {what}: {sample:?}"));
    match (ty, sample) {
        (Type::Nullable(_), Sample::Null) => {}
        (Type::Nullable(inner), _) => check(api, inner, sample, limits, path, found),
        (Type::Named(id), _) => {
            let def = &api.types[id];
            match (&def.kind, sample) {
                (Kind::Alias(target), _) => {
                    check(api, target, sample, &[limits, &[&def.docs.constraints]].concat(), path, found);
                }
                (Kind::Enum(list), Sample::Text(text)) => {
                    if !list.values.is_empty() && !list.values.iter().any(|value| value.value.to_string() == *text) {
                        tell("not in the enum".to_owned());
                    }
                }
                (Kind::Struct(object), Sample::Object(all)) => {
                    for field in object.caller_fields().filter(|field| field.required) {
                        if sample.get(&field.wire).is_none() {
                            tell(format!("{} is missing", field.wire));
                        }
                    }
                    for (name, value) in all {
                        let path = format!("{path}.{name}");
                        match object.caller_fields().find(|field| field.wire == *name) {
                            Some(field) if field.nullable && *value == Sample::Null => {}
                            Some(field) => check(api, &field.ty, value, &[&field.docs.constraints], &path, found),
                            None => found.push(format!("{path}: not declared")),
                        }
                    }
                }
                (Kind::Union(union), _) => {
                    let fits = union.variants.iter().any(|variant| {
                        let mut found = Vec::new();
                        check(api, &variant.ty, sample, &[], path, &mut found);
                        found.is_empty()
                    });
                    if !fits {
                        tell("no alternative".to_owned());
                    }
                }
                _ => tell(format!("not a value of {id}")),
            }
        }
        (Type::List(element), Sample::List(all)) => {
            for limits in limits {
                let (least, most) = (limits.min_items.unwrap_or(0), limits.max_items.unwrap_or(usize::MAX));
                if all.len() < least || all.len() > most {
                    tell(format!("{} elements", all.len()));
                }
                let different: BTreeSet<String> = all.iter().map(|one| format!("{one:?}")).collect();
                if limits.unique_items && different.len() < all.len() {
                    tell("an element twice".to_owned());
                }
            }
            for (index, one) in all.iter().enumerate() {
                check(api, element, one, &[], &format!("{path}[{index}]"), found);
            }
        }
        (Type::Map(value), Sample::Object(all)) => {
            for limits in limits {
                let (least, most) = (limits.min_properties.unwrap_or(0), limits.max_properties.unwrap_or(usize::MAX));
                if all.len() < least || all.len() > most {
                    tell(format!("{} properties", all.len()));
                }
            }
            for (key, one) in all {
                check(api, value, one, &[], &format!("{path}.{key}"), found);
            }
        }
        (ty, Sample::Null | Sample::List(_) | Sample::Object(_)) => {
            if !matches!((ty, sample), (Type::Json, _) | (Type::JsonObject, Sample::Object(_))) {
                tell(format!("not of the type {ty:?}"));
            }
        }
        (ty, _) => {
            for limits in limits {
                found.extend(leaf(ty, sample, limits).map(|what| format!("{path}: {what}: {sample:?}")));
            }
        }
    }
}

fn leaf(ty: &Type, sample: &Sample, limits: &Constraints) -> Option<String> {
    let word = match sample {
        Sample::Text(word) | Sample::Number(word) => word.clone(),
        Sample::Bool(value) => value.to_string(),
        _ => return Some("not a leaf".to_owned()),
    };
    if !limits.allowed.is_empty() && !limits.allowed.iter().any(|allowed| allowed.to_string() == word) {
        return Some("not in the list of values".to_owned());
    }
    match sample {
        Sample::Number(digits) => {
            let value: f64 = digits.parse().ok()?;
            let beyond = |bound: &Bound, sign: f64| {
                let far = (value - bound.value.as_f64().unwrap_or_default()) * sign;
                far > 0.0 || (bound.exclusive && far == 0.0)
            };
            let is_low = limits.minimum.as_ref().is_some_and(|bound| beyond(bound, -1.0));
            let is_high = limits.maximum.as_ref().is_some_and(|bound| beyond(bound, 1.0));
            (is_low || is_high).then(|| "out of its bounds".to_owned())
        }
        Sample::Text(text) => {
            let length = text.chars().count();
            if length < limits.min_length.unwrap_or(0) || length > limits.max_length.unwrap_or(usize::MAX) {
                return Some(format!("{length} characters"));
            }
            if limits.pattern.as_deref().is_some_and(|pattern| !is_match(pattern, text)) {
                return Some("does not match the pattern".to_owned());
            }
            let format = match ty {
                Type::Date => "date",
                Type::DateTime => "date-time",
                Type::DecimalString => "decimal",
                _ => limits.format.as_deref().unwrap_or_default(),
            };
            let pattern = match format {
                "date" => r"^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$",
                "date-time" => r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
                "decimal" => r"^-?\d+(\.\d+)?$",
                "uuid" => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                "email" => r"^\S+@\S+\.\S+$",
                "uri" | "url" => r"^https?://\S+$",
                _ => return None,
            };
            (!is_match(pattern, text)).then(|| format!("not of the format {format}"))
        }
        _ => None,
    }
}

/// Whether a text matches. A pattern that the crate `regex` can't read matches everything.
fn is_match(pattern: &str, text: &str) -> bool {
    thread_local! {
        // Samples have few patterns, and to compile one takes far longer than to match.
        static COMPILED: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            compiled.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        compiled[pattern].as_ref().is_none_or(|pattern| pattern.is_match(text))
    })
}
