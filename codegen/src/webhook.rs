//! Finds webhooks, which OpenAPI 3.0 does not support: schemas that have the two properties for type and code, and that
//! no operation reaches. The pairs that announce a webhook are written into its schema, as `x-webhook`.

mod evidence;
pub(crate) mod reach;

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::config::{Sdk, WebhookPair};
use crate::diag::{Pointer, Report};
use evidence::Evidence;

/// The extension with the pairs that announce a webhook: a list of `{type, code}`.
pub const EXTENSION: &str = "x-webhook";

/// Marks the webhooks among a document's schemas, and returns their number. An existing mark is kept, unless `sdk.yaml`
/// has an entry.
pub fn annotate(file: &str, document: &mut Value, sdk: &Sdk, report: &mut Report) -> usize {
    let rule = &sdk.webhooks;
    if rule.type_property.is_empty() || rule.code_property.is_empty() {
        return 0;
    }
    let names = webhooks(document, sdk);
    let mut marks = Vec::new();
    for name in &names {
        if let Some(pairs) = rule.pairs.get(name) {
            sdk.used.mark(Pointer::root().child("webhooks").child("pairs").child(name).as_str());
            marks.push((name, pairs.clone()));
            continue;
        }
        let schema = schemas(document).and_then(|schemas| schemas.get(name));
        if schema.is_some_and(|schema| schema.get(EXTENSION).is_some()) {
            continue;
        }
        match evidence_of(document, name, sdk).pairs() {
            Ok(pairs) => marks.push((name, pairs)),
            Err(what) => {
                let at = Pointer::root().child("components").child("schemas").child(name);
                let help =
                    format!("add the pair to {}: `webhooks: {{pairs: {{{name}: [{{type: …, code: …}}]}}}}`", sdk.file);
                report.error(file, &at, format!("`{name}` looks like a webhook, but {what}"), help);
            }
        }
    }
    for (name, pairs) in marks {
        let schema = document.get_mut("components").and_then(|c| c.get_mut("schemas")).and_then(|s| s.get_mut(name));
        if let Some(Value::Mapping(schema)) = schema {
            schema.insert(EXTENSION.into(), Value::Sequence(pairs.iter().map(pair).collect()));
        }
    }
    names.len()
}

fn pair(pair: &WebhookPair) -> Value {
    let mut map = Mapping::new();
    map.insert("type".into(), pair.kind.as_str().into());
    map.insert("code".into(), pair.code.as_str().into());
    Value::Mapping(map)
}

fn schemas(document: &Value) -> Option<&Mapping> {
    document.get("components")?.get("schemas")?.as_mapping()
}

/// The schemas with both properties that no operation reaches, in the document's order.
fn webhooks(document: &Value, sdk: &Sdk) -> Vec<String> {
    let reached = reach::from_operations(document);
    let names = schemas(document).into_iter().flat_map(Mapping::keys).filter_map(Value::as_str);
    let is_webhook = |name: &&str| {
        let has = |property: &str| !property_of(document, name, property, &mut BTreeSet::new()).is_empty();
        !reached.contains(name) && has(&sdk.webhooks.type_property) && has(&sdk.webhooks.code_property)
    };
    names.filter(is_webhook).map(str::to_owned).collect()
}

/// The schemas of a property, in the named schema and in the ones that it merges in by `allOf`.
fn property_of<'a>(document: &'a Value, name: &str, property: &str, seen: &mut BTreeSet<String>) -> Vec<&'a Value> {
    if !seen.insert(name.to_owned()) {
        return Vec::new();
    }
    let Some(schema) = schemas(document).and_then(|schemas| schemas.get(name)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut todo = vec![schema];
    while let Some(schema) = todo.pop() {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = target.strip_prefix("#/components/schemas/").unwrap_or_default();
            found.extend(property_of(document, target, property, seen));
            continue;
        }
        found.extend(schema.get("properties").and_then(|properties| properties.get(property)));
        todo.extend(schema.get("allOf").and_then(Value::as_sequence).into_iter().flatten());
    }
    found
}

fn evidence_of(document: &Value, name: &str, sdk: &Sdk) -> Evidence {
    let of = |property: &str| property_of(document, name, property, &mut BTreeSet::new());
    let (kind, code) = (&sdk.webhooks.type_property, &sdk.webhooks.code_property);
    let schema = schemas(document).and_then(|schemas| schemas.get(name));
    Evidence::gather(schema, (kind, &of(kind)), (code, &of(code)))
}

#[cfg(test)]
mod tests;
