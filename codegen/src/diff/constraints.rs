//! Constraints on values.

use serde_json::Value;

use super::effect::in_case;
use super::{Effect, What};
use api_model::{Bound, Constraints, Literal};

/// A difference, and its effect on values that programs send and receive.
pub(super) struct Found {
    pub(super) what: What,
    pub(super) detail: String,
    pub(super) sent: Effect,
    pub(super) received: Effect,
}

/// All differences.
pub(super) fn compare(old: &Constraints, new: &Constraints) -> Vec<Found> {
    let mut found = Vec::new();
    for (name, before, now, is_floor) in [
        ("minLength", old.min_length, new.min_length, true),
        ("maxLength", old.max_length, new.max_length, false),
        ("minItems", old.min_items, new.min_items, true),
        ("maxItems", old.max_items, new.max_items, false),
        ("minProperties", old.min_properties, new.min_properties, true),
        ("maxProperties", old.max_properties, new.max_properties, false),
    ] {
        let text = |count: Option<usize>| count.map(|count| count.to_string());
        let order = |a: usize, b: usize| a.cmp(&b);
        bound(&mut found, name, (before, text(before)), (now, text(now)), is_floor, order);
    }
    for (name, before, now, is_floor) in [
        ("minimum", old.minimum.as_ref(), new.minimum.as_ref(), true),
        ("maximum", old.maximum.as_ref(), new.maximum.as_ref(), false),
    ] {
        let value = |bound: Option<&Bound>| bound.and_then(|bound| bound.value.as_f64());
        let text = |bound: Option<&Bound>| {
            let said = |bound: &Bound| match bound.exclusive {
                true => format!("{}, exclusive", bound.value),
                false => bound.value.to_string(),
            };
            bound.map(said)
        };
        bound(&mut found, name, (value(before), text(before)), (value(now), text(now)), is_floor, |a, b| {
            a.total_cmp(&b)
        });
    }
    let multiple = |of: &Constraints| of.multiple_of.as_ref().map(ToString::to_string);
    for (name, before, now) in [
        ("pattern", &old.pattern, &new.pattern),
        ("format", &old.format, &new.format),
        ("multipleOf", &multiple(old), &multiple(new)),
    ] {
        if before != now {
            let sent = if now.is_some() { in_case(format!("it is not of the new {name}")) } else { Effect::No };
            let what = match (before, now) {
                (None, _) => What::ConstraintTightened,
                (_, None) => What::ConstraintLoosened,
                _ => What::ConstraintChanged,
            };
            found.push(Found {
                what,
                detail: said(name, before.as_deref(), now.as_deref()),
                sent,
                received: Effect::No,
            });
        }
    }
    if old.allowed != new.allowed {
        let is_gone = old.allowed.iter().any(|value| !new.allowed.contains(value));
        let tightened = !new.allowed.is_empty() && (old.allowed.is_empty() || is_gone);
        let sent = if tightened { in_case("it is not one of the values") } else { Effect::No };
        let what = if tightened { What::ConstraintTightened } else { What::ConstraintLoosened };
        let text = |values: &[Literal]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let list = |values: &[Literal]| (!values.is_empty()).then(|| text(values));
        let detail = said("enum", list(&old.allowed).as_deref(), list(&new.allowed).as_deref());
        found.push(Found { what, detail, sent, received: Effect::No });
    }
    if old.unique_items != new.unique_items {
        let what = if new.unique_items { What::ConstraintTightened } else { What::ConstraintLoosened };
        let sent = if new.unique_items { in_case("it contains an element twice") } else { Effect::No };
        let detail = format!("uniqueItems {} -> {}", old.unique_items, new.unique_items);
        found.push(Found { what, detail, sent, received: Effect::No });
    }
    for (name, before, now) in
        [("readOnly", old.read_only, new.read_only), ("writeOnly", old.write_only, new.write_only)]
    {
        if before != now {
            let sent = if now && name == "readOnly" { in_case("it is sent") } else { Effect::No };
            let detail = format!("{name} {before} -> {now}");
            found.push(Found { what: What::ConstraintChanged, detail, sent, received: Effect::No });
        }
    }
    if old.default != new.default {
        let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
        let detail = said("default", text(&old.default).as_deref(), text(&new.default).as_deref());
        let sent = match (&old.default, &new.default) {
            (Some(_), Some(_)) => in_case("it is left out, since the default changed"),
            _ => Effect::No,
        };
        found.push(Found { what: What::DefaultChanged, detail, sent, received: Effect::No });
    }
    found
}

/// A bound that was changed, added or removed.
fn bound<T: Copy>(
    found: &mut Vec<Found>,
    name: &str,
    (old, old_text): (Option<T>, Option<String>),
    (new, new_text): (Option<T>, Option<String>),
    is_floor: bool,
    order: impl Fn(T, T) -> std::cmp::Ordering,
) {
    if old_text == new_text {
        return;
    }
    let tightened = match (old, new) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) if is_floor => order(new, old).is_gt() || order(new, old).is_eq(),
        (Some(old), Some(new)) => order(new, old).is_lt() || order(new, old).is_eq(),
    };
    let what = if tightened { What::ConstraintTightened } else { What::ConstraintLoosened };
    let (less, unit) = match name {
        "minLength" | "maxLength" => ("has fewer", " characters"),
        "minItems" | "maxItems" => ("has fewer", " elements"),
        "minProperties" | "maxProperties" => ("has fewer", " entries"),
        _ => ("is less", ""),
    };
    let than = if is_floor { less.to_owned() } else { less.replace("fewer", "more").replace("less", "more") };
    let sent = match (&new_text, tightened) {
        (Some(limit), true) => in_case(format!("it {than} than {limit}{unit}")),
        _ => Effect::No,
    };
    let detail = said(name, old_text.as_deref(), new_text.as_deref());
    found.push(Found { what, detail, sent, received: Effect::No });
}

fn said(name: &str, old: Option<&str>, new: Option<&str>) -> String {
    format!("{name} {} -> {}", old.unwrap_or("none"), new.unwrap_or("none"))
}
