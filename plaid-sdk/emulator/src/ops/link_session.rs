//! A person's way through Link, as commands: what the hosted page and the controls do.

use serde_json::{Value, json};

use super::items::{self, DAYS, NewItem, make_public_token};
use super::{Response, World};
use crate::bank::Login;
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{Item, ItemId, ItemState, LinkToken, Session, Tenant};

/// What a person enters in Link.
pub struct Finish<'a> {
    /// The institution.
    pub institution: &'a str,
    /// The login.
    pub login: Login<'a>,
    /// The masks of the accounts to share. `None` means all.
    pub masks: Option<Vec<String>>,
}

/// Finishes a session: a new Item, or in update mode a repaired one.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token, and the error of the login. Nothing changes then.
pub fn finish_session(tenant: &mut Tenant, world: &World, token: &str, finish: Finish<'_>) -> Response {
    let link = open(tenant, token)?;
    let (request, update, user) = (link.request.clone(), link.update.clone(), link.user.clone());
    let id = match update {
        Some(id) => {
            let item = tenant.items.get_mut(&id).ok_or_else(ApiError::item_not_found)?;
            finish.login.at(world.institution(&item.institution)?)?;
            item.state = ItemState::Good;
            id
        }
        None => items::create(tenant, NewItem { user, ..new_item(world, Fields(&request), finish)? })?,
    };
    succeed(tenant, world, token, id)
}

/// Ends a session with an Item, and makes a public token for it.
///
/// # Errors
/// `ITEM_NOT_FOUND` if there is no such Item.
pub fn succeed(tenant: &mut Tenant, world: &World, token: &str, id: ItemId) -> Response {
    let now = tenant.now();
    let (public, _) = make_public_token(tenant, id.clone());
    let session = tenant.ids.uuid();
    let item = tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let metadata = metadata(item, world, &session);
    let events = ["HANDOFF", "TRANSITION_VIEW", "OPEN"].map(|name| (tenant.ids.uuid(), name));
    let institution = metadata["institution"].clone();
    let events = events.into_iter().map(|(event_id, name)| {
        let about = match name {
            "OPEN" => json!({}),
            _ if institution.is_null() => json!({}),
            _ => json!({"institution_id": institution["institution_id"], "institution_name": institution["name"]}),
        };
        json!({"event_id": event_id, "event_metadata": about, "event_name": name, "timestamp": time(now)})
    });
    let session = Session {
        id: session,
        started: now,
        finished: Some(now),
        events: events.collect(),
        results: vec![(public.clone(), metadata.clone())],
        exit: None,
    };
    end(tenant, token, session);
    Ok(json!({"metadata": metadata, "public_token": public}))
}

/// Leaves a session without a result.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token.
pub fn leave_session(tenant: &mut Tenant, token: &str, error: Option<&ApiError>) -> Response {
    open(tenant, token)?;
    let (id, request_id, now) = (tenant.ids.uuid(), tenant.ids.request(), tenant.now());
    let metadata = json!({
        "institution": null,
        "link_session_id": id,
        "request_id": request_id,
        "status": "requires_credentials",
    });
    let exit = json!({"error": error.map(ApiError::in_webhook), "metadata": metadata});
    let event_id = tenant.ids.uuid();
    let event = json!({"event_id": event_id, "event_metadata": {}, "event_name": "EXIT", "timestamp": time(now)});
    let session = Session {
        id,
        started: now,
        finished: Some(now),
        events: vec![event],
        results: Vec::new(),
        exit: Some(exit.clone()),
    };
    end(tenant, token, session);
    Ok(exit)
}

/// A Link token that may still be used.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired one.
pub fn open<'a>(tenant: &'a Tenant, token: &str) -> Result<&'a LinkToken, ApiError> {
    let now = tenant.now();
    tenant.links.get(token).filter(|link| now < link.expires).ok_or_else(ApiError::invalid_link_token)
}

fn new_item<'a>(world: &'a World, request: Fields<'_>, finish: Finish<'a>) -> Result<NewItem<'a>, ApiError> {
    let optional = ["products", "required_if_supported_products"].map(|name| items::texts(request, name));
    Ok(NewItem {
        institution: world.institution(finish.institution)?,
        login: finish.login,
        products: optional.concat(),
        webhook: request.text("webhook").map(str::to_owned),
        days: i64::try_from(request.object("transactions").within("days_requested", 1..=730, DAYS)?).unwrap_or(DAYS),
        masks: finish.masks,
        user: None,
    })
}

/// The second argument of Link's `onSuccess`.
fn metadata(item: &Item, world: &World, session: &str) -> Value {
    // Numbers without a login name no institution.
    let institution = world.institution(&item.institution).ok();
    let institution = institution.map(|one| json!({"institution_id": one.id, "name": one.name}));
    let accounts = item.accounts.iter().map(|account| {
        json!({
            "class_type": null,
            "id": account.id,
            "mask": account.mask,
            "name": account.name,
            "subtype": account.subtype,
            "type": account.kind,
            "verification_status": account.verification_status(),
        })
    });
    json!({
        "accounts": accounts.collect::<Vec<_>>(),
        "institution": institution,
        "link_session_id": session,
        "transfer_status": null,
    })
}

/// Keeps a session that has ended. For a hosted page, webhooks say so.
fn end(tenant: &mut Tenant, token: &str, session: Session) {
    let Some(link) = tenant.links.get_mut(token) else { return };
    let tokens: Vec<String> = session.results.iter().map(|(token, _)| token.clone()).collect();
    let url = link.request.get("webhook").and_then(Value::as_str).map(str::to_owned);
    let (is_hosted, is_update) = (link.hosted.is_some(), link.update.is_some());
    let common = json!({"link_session_id": session.id, "link_token": token});
    let mut events = common.clone();
    events["events"] = session.events.clone().into();
    link.sessions.push(session);
    if !is_hosted {
        return;
    }
    tenant.webhook(None, url.clone(), "LINK", "EVENTS", events);
    for public in tokens.iter().filter(|_| !is_update) {
        let mut fields = common.clone();
        fields["public_token"] = public.as_str().into();
        tenant.webhook(None, url.clone(), "LINK", "ITEM_ADD_RESULT", fields);
    }
    let mut fields = common;
    fields["status"] = if tokens.is_empty() { "EXITED" } else { "SUCCESS" }.into();
    if !tokens.is_empty() {
        fields["public_tokens"] = tokens.into();
    }
    tenant.webhook(None, url, "LINK", "SESSION_FINISHED", fields);
}
