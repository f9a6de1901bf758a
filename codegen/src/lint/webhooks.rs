//! `webhook-twice`: two webhooks of one type and code, with the same properties, so that they can't be distinguished.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;
use super::view::View;
use crate::diag::Pointer;
use crate::webhook::EXTENSION;

/// A webhook under one of its pairs.
struct Announced<'a> {
    pair: (&'a str, &'a str),
    properties: BTreeSet<&'a str>,
    name: &'a str,
    at: Pointer,
}

/// Compares each webhook with those before it.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    let mut earlier: Vec<Announced<'_>> = Vec::new();
    for (name, schema, at) in model.named() {
        let pairs = schema.get(EXTENSION).and_then(Value::as_sequence);
        for pair in pairs.into_iter().flatten() {
            let text = |key: &str| pair.get(key).and_then(Value::as_str).unwrap_or_default();
            let properties = View::of(model, schema, &at).properties().keys().copied().collect();
            let this = Announced { pair: (text("type"), text("code")), properties, name, at: at.clone() };
            let same = earlier.iter().find(|other| {
                other.pair == this.pair && other.properties == this.properties && other.name != this.name
            });
            if let Some(other) = same {
                let (kind, code) = this.pair;
                let what = format!(
                    "`{kind}`, `{code}` announces both `{name}` and `{}`, which have the same properties",
                    other.name
                );
                let help = "if something distinguishes them, add it with a fixup";
                findings.push(Finding::of_two(Rule::WebhookTwice, this.at.clone(), other.at.clone(), what, help));
            }
            earlier.push(this);
        }
    }
}
