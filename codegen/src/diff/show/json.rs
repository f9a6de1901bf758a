//! JSON for tools. New versions only add fields.

use serde_json::{Value, json};

use crate::diff::{Change, Diff, Effect, Spot};
use crate::surface::Difference;

/// The whole diff as one JSON document.
pub fn json(diff: &Diff) -> String {
    let bump = diff.bump();
    let document = json!({
        "from": diff.old,
        "to": diff.new,
        "breaks_wire": diff.breaks_wire(),
        "breaks_build": diff.breaks_build(),
        "bump": bump.to_string(),
        "reason": bump.reason(diff),
        "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn change(change: &Change) -> Value {
    json!({
        "change": change.what.name(),
        "at": change.at,
        "detail": change.detail,
        "products": change.modules,
        "requests": change.reach.requests,
        "responses": change.reach.responses,
        "webhooks": change.reach.webhooks,
        "wire": wire(&change.wire),
        "build": {
            "breaks": change.breaks_build(),
            "differences": change.build.iter().map(difference).collect::<Vec<_>>(),
        },
        "old": change.old.as_ref().map(spot),
        "new": change.new.as_ref().map(spot),
    })
}

fn wire(effect: &Effect) -> Value {
    match effect {
        Effect::No => json!({"breaks": "no"}),
        Effect::If(case) => json!({"breaks": "in-cases", "case": case}),
        Effect::Yes(why) => json!({"breaks": "yes", "why": why}),
    }
}

fn difference(difference: &Difference) -> Value {
    let item = difference.item().to_string();
    match difference {
        Difference::Added(_) => json!({"added": item}),
        Difference::Deprecated(_) => json!({"deprecated": item}),
        Difference::Removed(_) => json!({"removed": item}),
        Difference::Changed { old, new, .. } => json!({"changed": item, "old": old, "new": new}),
    }
}

fn spot(spot: &Spot) -> Value {
    json!({"file": spot.file, "line": spot.line, "at": spot.at.as_str()})
}
