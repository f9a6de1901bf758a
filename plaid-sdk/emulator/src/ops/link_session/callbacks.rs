//! What Link's callbacks get, sent to applications that let Plaid send the page of a token.

use serde_json::{Value, json};

use crate::fields::{Fields, time};
use crate::state::{LinkToken, Session, Step, Tenant};

pub fn webhook(link: &LinkToken) -> Option<String> {
    Fields(&link.request).text("webhook").map(str::to_owned)
}

/// Sends what Link's callbacks get, if the token's page was sent to a person: new events, and how the session ended.
pub fn call_back(tenant: &mut Tenant, link: &LinkToken, before: usize, session: &Session) {
    let delivery = tenant.platform.deliveries.values().find(|one| one.link_token == link.token);
    let Some(id) = delivery.map(|one| one.id.clone()) else { return };
    let new = session.events.len().saturating_sub(before);
    let mut told: Vec<Value> = session.events.iter().take(new).rev().map(on_event).collect();
    match session.step {
        Step::Finished => {
            let metadata = session.results.last().map(|(_, metadata)| metadata.clone()).unwrap_or_default();
            told.push(json!({
                "accounts": metadata["accounts"],
                "callback_type": "ON_SUCCESS",
                "institution": metadata["institution"],
            }));
        }
        Step::Left => {
            let metadata = session.exit.as_ref().map(|exit| exit["metadata"].clone()).unwrap_or_default();
            told.push(json!({"callback_type": "ON_EXIT", "status": metadata["status"]}));
        }
        _ => {}
    }
    let now = time(tenant.now());
    for mut metadata in told {
        metadata["link_session_id"] = session.id.as_str().into();
        let fields = json!({"link_callback_metadata": metadata, "link_delivery_session_id": id, "timestamp": now});
        tenant.webhook(None, webhook(link), "LINK_DELIVERY", "LINK_CALLBACK", fields);
    }
}

fn on_event(event: &Value) -> Value {
    json!({
        "callback_type": "ON_EVENT",
        "event_name": event["event_name"],
        "request_id": event["event_metadata"]["request_id"],
    })
}
