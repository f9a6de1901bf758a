//! `/link_delivery/*`: the page of a Link token, sent to a person.

use serde_json::json;

use super::link_session::callbacks::webhook;
use super::link_session::usable;
use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{LinkDelivery, LinkDeliveryStatus, LinkToken, PublicToken, Step, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/link_delivery/create", Class::StateMachine, create),
    Entry::json("/link_delivery/get", Class::StateMachine, get),
];

/// `/link_delivery/create`: an address for a person. The application is told how each way of sending it went.
fn create(call: &mut Call<'_>) -> Response {
    let link = usable(call.tenant, call.request.required("link_token")?)?;
    if link.sessions.iter().any(|session| session.finished.is_some()) {
        return Err(ApiError::invalid_field("link_token has been used"));
    }
    let (token, webhook) = (link.token.clone(), webhook(link));
    let methods: Vec<Fields<'_>> =
        call.request.object("options").object("recipient").objects("communication_methods").collect();
    if methods.iter().any(|method| method.text("address").is_none_or(str::is_empty)) {
        return Err(ApiError::invalid_field("options.recipient.communication_methods must each have an address"));
    }
    let (id, now) = (call.tenant.ids.uuid(), call.tenant.now());
    let delivery = LinkDelivery { id: id.clone(), link_token: token.clone(), created: now };
    call.tenant.platform.deliveries.insert(id.clone(), delivery);
    for method in methods {
        let fields = json!({
            "link_delivery_metadata": {"communication_method": method.text("method"), "delivery_status": "SUCCESS"},
            "link_delivery_session_id": id,
            "timestamp": time(now),
        });
        call.tenant.webhook(None, webhook.clone(), "LINK_DELIVERY", "DELIVERY_STATUS", fields);
    }
    let url = format!("{}/_plaid/link/page/{token}", call.world.base_url);
    Ok(json!({"link_delivery_session_id": id, "link_delivery_url": url}))
}

/// `/link_delivery/get`: how far the person is, and what they have linked.
fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("link_delivery_session_id")?;
    let delivery = call.tenant.platform.deliveries.get(id);
    let delivery = delivery.ok_or_else(|| ApiError::invalid_field("link_delivery_session_id is unknown"))?;
    let link = call.tenant.links.get(&delivery.link_token).ok_or_else(ApiError::invalid_link_token)?;
    let status = status(call.tenant, link);
    let mut shown = json!({"created_at": time(delivery.created), "status": status});
    if status == LinkDeliveryStatus::Completed {
        let finished = link.sessions.iter().filter(|session| !session.results.is_empty());
        let tokens: Vec<&PublicToken> = finished
            .flat_map(|session| &session.results)
            .filter_map(|(token, _)| call.tenant.public.get(token))
            .collect();
        let access = |token: &&PublicToken| {
            let found = call.tenant.access.iter().find(|(_, item)| **item == token.item);
            found.map(|(access, _)| access.clone())
        };
        shown["access_tokens"] = tokens.iter().filter_map(access).collect();
        shown["item_ids"] = tokens.iter().map(|token| json!(token.item)).collect();
        shown["completed_at"] = link.sessions.last().and_then(|session| session.finished).map(time).into();
    }
    Ok(shown)
}

fn status(tenant: &Tenant, link: &LinkToken) -> LinkDeliveryStatus {
    match link.sessions.last().map(|session| session.step) {
        Some(Step::Finished) => LinkDeliveryStatus::Completed,
        Some(Step::Left) => LinkDeliveryStatus::Exited,
        _ if link.expires <= tenant.now() => LinkDeliveryStatus::Expired,
        Some(_) => LinkDeliveryStatus::Opened,
        None => LinkDeliveryStatus::Created,
    }
}
