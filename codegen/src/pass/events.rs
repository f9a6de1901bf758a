//! All webhooks as alternatives of one type. The pair chooses the alternative. If two payloads have the same pair, a
//! property chooses.

use std::collections::{BTreeMap, HashSet};

use crate::diag::Report;
use api_model::{Api, Event, Kind, Struct, TypeId};

/// Fills in the events. If several webhooks have the same pair and the same properties, the first represents all of
/// them. If two can't be distinguished, that is an error if the data is written for this document (`strict`), else a
/// note.
pub fn run(api: &mut Api, file: &str, strict: bool, report: &mut Report) {
    let mut groups: BTreeMap<(&str, &str), Vec<&TypeId>> = BTreeMap::new();
    for webhook in &api.webhooks {
        groups.entry((&webhook.kind, &webhook.code)).or_default().push(&webhook.body);
    }
    let mut events = Vec::new();
    for ((kind, code), bodies) in groups {
        let mut shapes: Vec<(&TypeId, &Struct)> = Vec::new();
        for id in bodies {
            if let Some(Kind::Struct(object)) = api.types.get(id).map(|def| &def.kind)
                && !shapes.iter().any(|(_, earlier)| names(earlier) == names(object))
            {
                shapes.push((id, object));
            }
        }
        let mut group: Vec<Event> = shapes
            .iter()
            .map(|(id, object)| {
                let others = || shapes.iter().filter(|(other, _)| other != id);
                let only_here = |name: &str| others().all(|(_, other)| !names(other).contains(name));
                let has = object.fields.iter().find(|field| field.required && only_here(&field.wire));
                let has = has.filter(|_| shapes.len() > 1).map(|field| field.wire.clone());
                Event { pair: (kind.to_owned(), code.to_owned()), has, body: (*id).clone() }
            })
            .collect();
        // One is the default: the shape with the fewest properties of its own.
        if group.len() > 1
            && group.iter().all(|event| event.has.is_some())
            && let Some(last) = group.last_mut()
        {
            last.has = None;
        }
        group.sort_by_key(|event| event.has.is_none());
        let plain = group.iter().filter(|event| event.has.is_none()).count();
        if plain > 1
            && let Some(def) = group.last().and_then(|event| api.types.get(&event.body))
        {
            let what = format!("this webhook can't be distinguished from another one of `{kind}`, `{code}`");
            if strict {
                report.error(
                    file,
                    &def.at,
                    what,
                    "give one of them a required property that the other lacks, with a fixup",
                );
            } else {
                report.note(file, &def.at, what, "the first of them is used for both");
            }
            group.truncate(group.len() + 1 - plain);
        }
        events.extend(group);
    }
    api.events = events;
}

fn names(object: &Struct) -> HashSet<&str> {
    object.fields.iter().map(|field| field.wire.as_str()).collect()
}
