//! Webhooks. OpenAPI 3.0 does not support them, so the import writes the (type, code) pairs that announce a payload
//! into an extension of its schema.

use serde_json::Value;

use super::context::{Context, schema_at};
use super::node::Node;
use api_model::{TypeId, Webhook};

/// `x-webhook: [{type: TRANSFER, code: EVENTS_UPDATE}]`.
const EXTENSION: &str = "x-webhook";

/// Every webhook, in the document's order. Their payloads are reached. Call it after everything that operations reach
/// is lowered.
pub(super) fn all(cx: &mut Context<'_>) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for (name, schema) in cx.schemas() {
        let Node::Inline(schema) = Node::from(schema) else { continue };
        let Some(pairs) = schema.schema_data.extensions.get(EXTENSION) else { continue };
        cx.reach(name);
        cx.responses.insert(name);
        let at = schema_at(name).child(EXTENSION);
        let help = "write a list of `type` and `code`, both text";
        let Some(pairs) = pairs.as_array().filter(|pairs| !pairs.is_empty()) else {
            cx.error(&at, "the webhook has no pair of type and code", help);
            continue;
        };
        for (index, pair) in pairs.iter().enumerate() {
            let text = |key| pair.get(key).and_then(Value::as_str).map(str::to_owned);
            match (text("type"), text("code")) {
                (Some(kind), Some(code)) => webhooks.push(Webhook { kind, code, body: TypeId::schema(name) }),
                _ => cx.error(&at.index(index), "this is not a pair of type and code", help),
            }
        }
    }
    webhooks
}
