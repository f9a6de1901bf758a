//! Webhooks of the engines.

use serde_json::{Map, Value};

use plaid_catalog::Catalog;

use super::expand;
use super::fill::Filler;
use super::table::{Collection, Hook};
use crate::fields::Fields;
use crate::ops::Call;

/// Makes the webhook of an object.
pub fn send(
    call: &mut Call<'_>,
    hook: &Hook,
    collection: &Collection,
    id: &str,
    value: &Value,
    more: Map<String, Value>,
) {
    let asked = collection.named.as_deref().map(|named| (named.to_owned(), Value::from(id)));
    let mut known = value.as_object().cloned().unwrap_or_default();
    known.extend(asked);
    known.extend(more);
    expand::merge(&mut known, expand::all(&hook.fields, call, id));
    let url = url(call, hook, value);
    if let Some(body) = payload(call, hook, &hook.code, &Value::Object(known)) {
        call.tenant.webhook(None, url, &hook.kind, &hook.code, body);
    }
}

/// Where a webhook goes: the URL of the request, or the one that the object was created with.
pub fn url(call: &Call<'_>, hook: &Hook, value: &Value) -> Option<String> {
    let of_request = hook.url.as_deref().and_then(|field| call.request.text(field));
    of_request.or_else(|| Fields(value).text("webhook")).filter(|url| !url.is_empty()).map(str::to_owned)
}

/// The fields of a webhook, from what is known.
pub fn payload(call: &Call<'_>, hook: &Hook, code: &str, known: &Value) -> Option<Value> {
    let webhook = *Catalog::plaid().webhooks(&hook.kind, code).first()?;
    let ids = call.tenant.ids.named(&format!("{}/{code}", hook.kind));
    Some(Filler::new(call.tenant.now(), ids, false, Value::Null).fill_named(&webhook.body, known))
}
