//! Webhooks: what the API sends to the caller's server, one entry for each pair of type and code.

use api_model::layout::Layout;
use api_model::{Api, Type, TypeId};
use serde_json::{Map, Value, json};

use super::describe;
use super::schema::Schemas;

/// All webhooks, by `TYPE: CODE`. A pair that announces several payloads has one entry with alternatives.
pub(super) fn all(api: &Api, layout: &Layout, schemas: &Schemas<'_>) -> Value {
    let mut pairs: Vec<(&str, &str, Vec<&TypeId>)> = Vec::new();
    for webhook in &api.webhooks {
        match pairs.iter_mut().find(|(kind, code, _)| (*kind, *code) == (&*webhook.kind, &*webhook.code)) {
            Some((_, _, bodies)) if bodies.contains(&&webhook.body) => {}
            Some((_, _, bodies)) => bodies.push(&webhook.body),
            None => pairs.push((&webhook.kind, &webhook.code, vec![&webhook.body])),
        }
    }
    let entry = |(kind, code, bodies): (&str, &str, Vec<&TypeId>)| {
        let name = format!("{kind}: {code}");
        let post = post(api, layout, schemas, &name, &bodies, json!({"type": kind, "code": code}));
        (name, json!({"post": post}))
    };
    Value::Object(pairs.into_iter().map(entry).collect())
}

fn post(
    api: &Api,
    layout: &Layout,
    schemas: &Schemas<'_>,
    name: &str,
    bodies: &[&TypeId],
    pair: Value,
) -> Map<String, Value> {
    let mut post = Map::new();
    let modules = bodies.iter().filter_map(|id| layout.modules.get(layout.types.get(*id)?.module));
    if let Some(module) = modules.into_iter().find(|module| !module.shared) {
        post.insert("tags".to_owned(), json!([module.name]));
    }
    post.insert("summary".to_owned(), json!(name));
    let defs = || bodies.iter().filter_map(|id| api.get(id));
    let texts: Vec<String> = defs().filter_map(|def| describe::prose(&def.docs)).collect();
    if !texts.is_empty() {
        post.insert("description".to_owned(), json!(texts.join("\n\n")));
    }
    if defs().next().is_some() && defs().all(|def| def.docs.deprecated) {
        post.insert("deprecated".to_owned(), json!(true));
    }
    let mut payloads: Vec<Value> =
        bodies.iter().map(|id| Value::Object(schemas.of(&Type::Named((*id).clone())))).collect();
    let schema = if payloads.len() == 1 { payloads.remove(0) } else { json!({"anyOf": payloads}) };
    let body = json!({"required": true, "content": {"application/json": {"schema": schema}}});
    post.insert("requestBody".to_owned(), body);
    // The API's own credentials are for its operations.
    post.insert("security".to_owned(), json!([]));
    post.insert("responses".to_owned(), json!({"2XX": {"description": "The webhook was received."}}));
    post.insert("x-webhook".to_owned(), pair);
    post
}
