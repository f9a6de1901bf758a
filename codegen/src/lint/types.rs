//! `type-differs`: a property of different types in schemas of one family.

use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use super::family::{Kind, differences};
use super::finding::Finding;
use super::model::Model;
use crate::diag::Pointer;

/// The places of one property that differ from others: the type at each, and the places that it differs from.
type Places = BTreeMap<Pointer, (Kind, BTreeMap<Pointer, Kind>)>;

/// Reports the places of each property that differ from the majority.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    let mut by_property: BTreeMap<&str, Places> = BTreeMap::new();
    for difference in differences(model) {
        let places = by_property.entry(difference.property).or_default();
        let [one, other] = difference.sides;
        for ((kind, at), (other_kind, other_at)) in [(&one, &other), (&other, &one)] {
            let place = places.entry(at.clone()).or_insert_with(|| (kind.clone(), BTreeMap::new()));
            place.1.insert(other_at.clone(), other_kind.clone());
        }
    }
    for (property, mut places) in by_property {
        while let Some((first, _)) = places.first_key_value() {
            let connected = connected(&places, first.clone());
            let usual = usual(&places, &connected);
            for at in connected {
                let Some((kind, others)) = places.remove(&at) else { continue };
                if usual.as_ref() != Some(&kind) {
                    findings.extend(finding(property, at, &kind, &others));
                }
            }
        }
    }
}

/// The places that differ from this one, the places that differ from those, and so on.
fn connected(places: &Places, first: Pointer) -> BTreeSet<Pointer> {
    let mut found = BTreeSet::new();
    let mut todo = vec![first];
    while let Some(at) = todo.pop() {
        let others = places.get(&at).into_iter().flat_map(|(_, others)| others.keys().cloned());
        if found.insert(at) {
            todo.extend(others);
        }
    }
    found
}

/// The type at most of the places. If two are equally common, the one at the first place by name.
fn usual(places: &Places, connected: &BTreeSet<Pointer>) -> Option<Kind> {
    let kinds: Vec<&Kind> = connected.iter().filter_map(|at| places.get(at)).map(|(kind, _)| kind).collect();
    let count = |kind: &Kind| kinds.iter().filter(|other| **other == kind).count();
    // `max_by_key` takes the last maximum, so the order is reversed
    kinds.iter().rev().max_by_key(|kind| count(kind)).map(|kind| (*kind).clone())
}

fn finding(property: &str, at: Pointer, kind: &Kind, others: &BTreeMap<Pointer, Kind>) -> Option<Finding> {
    let (other, _) = others.first_key_value()?;
    let kinds: BTreeSet<String> = others.values().map(Kind::words).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(" or ");
    let more = match others.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let what = format!("`{property}` is {} here, and {kinds} in {other}{more}", kind.words());
    let help = "find out what the API sends, and correct the wrong type with a fixup";
    Some(Finding::of_two(Rule::TypeDiffers, at, other.clone(), what, help))
}
