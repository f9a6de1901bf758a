//! What a request is about: the Item, the user and the account that it names, with what is known of them.

use serde_json::{Map, Value, json};

use super::table::{About, Row};
use crate::data::owner;
use crate::error::ApiError;
use crate::ops::{Call, account, item_view, named_user, reader};
use crate::state::{AccountId, Item, ItemId, ItemState, Tenant};

/// What a request is about.
pub struct Subject {
    /// What is known, by the names of properties.
    pub facts: Value,
    /// The id of the user or the Item: what the object of a job belongs to.
    pub key: String,
    /// The user.
    pub user: Option<String>,
    /// The Items.
    pub items: Vec<ItemId>,
}

impl Subject {
    /// The subject of what is about no Item and no user.
    pub fn nobody() -> Self {
        Self { facts: Value::Null, key: String::new(), user: None, items: Vec::new() }
    }
}

/// Reads what a request is about.
///
/// # Errors
/// The error of a token, an Item, a user or an account that can't be used, and `MISSING_FIELDS` if the request names nothing.
pub fn of(call: &mut Call<'_>, row: &Row) -> Result<Subject, ApiError> {
    let request = call.request;
    let mut items = Vec::new();
    let mut account = request.text("account_id").map(|id| AccountId(id.to_owned()));
    if let Some(token) = request.text("processor_token") {
        let entry = call.tenant.processors.get(token).cloned().ok_or_else(unknown_processor_token)?;
        let item = call.tenant.items.get(&entry.item).ok_or_else(ApiError::item_not_found)?;
        item.error().map_or(Ok(()), Err)?;
        account = Some(entry.account);
        items.push(entry.item);
    }
    let tokens = request.text("access_token").into_iter().chain(request.texts("access_tokens").unwrap_or_default());
    for token in tokens {
        items.push(call.tenant.item(token)?.id.clone());
    }
    if let Some(token) = request.text("public_token") {
        let public = call.tenant.public.get(token).ok_or_else(ApiError::invalid_public_token)?;
        if call.tenant.now() >= public.expires {
            return Err(ApiError::expired_public_token());
        }
        let id = public.item.clone();
        let item = call.tenant.items.get(&id).filter(|item| item.state != ItemState::Removed);
        item.ok_or_else(ApiError::item_not_found)?;
        // The response has an access token that works, as an exchange would.
        if !call.tenant.access.values().any(|of| *of == id) {
            let access = call.tenant.ids.token("access");
            call.tenant.access.insert(access, id.clone());
        }
        items.push(id);
    }
    if let Some(token) = request.text("link_token") {
        let now = call.tenant.now();
        let link = call.tenant.links.get(token).filter(|link| now < link.expires);
        link.ok_or_else(ApiError::invalid_link_token)?;
    }
    let ids = request.text("item_id").into_iter().chain(request.texts("item_ids").unwrap_or_default());
    // A consent of FDX is that of an Item.
    let ids = ids.chain(call.parameters.text("consentId"));
    for id in ids {
        let id = ItemId(id.to_owned());
        let item = call.tenant.items.get(&id).filter(|item| item.state != ItemState::Removed);
        items.push(item.ok_or_else(ApiError::item_not_found)?.id.clone());
    }
    let user = user(call, row, items.is_empty())?;
    if row.about == Some(About::Item) && items.is_empty() {
        return Err(ApiError::missing_fields("access_token"));
    }
    if let (Some(account), [item]) = (&account, items.as_slice()) {
        let known = call.tenant.items.get(item).and_then(|item| item.account(account));
        known.ok_or_else(ApiError::invalid_account_id)?;
    }
    let key = user.clone().or_else(|| items.first().map(ToString::to_string)).unwrap_or_default();
    if let (Some(user), true) = (&user, items.is_empty()) {
        let of_user = |item: &&Item| item.user.as_ref() == Some(user) && item.error().is_none();
        items.extend(call.tenant.items.values().filter(of_user).map(|item| item.id.clone()));
    }
    let facts = facts(call, &items, user.as_deref(), account.as_ref());
    Ok(Subject { facts: Value::Object(facts), key, user, items })
}

/// The user of a request, by id or by one of the tokens.
fn user(call: &Call<'_>, row: &Row, alone: bool) -> Result<Option<String>, ApiError> {
    let request = call.request;
    if request.text("third_party_user_token").is_some() {
        return reader(call.tenant, request).map(Some);
    }
    let is_meant = row.about == Some(About::User);
    match (request.text("user_token"), request.text("user_id")) {
        (None, None) if is_meant && alone => Err(ApiError::missing_fields("user_id")),
        (None, None) => Ok(None),
        (None, Some(id)) if !is_meant && !call.tenant.users.contains_key(id) => Ok(None),
        _ => named_user(call.tenant, request).map(Some),
    }
}

fn facts(call: &Call<'_>, items: &[ItemId], user: Option<&str>, account: Option<&AccountId>) -> Map<String, Value> {
    let tenant = &*call.tenant;
    let all: Vec<&Item> = items.iter().filter_map(|id| tenant.items.get(id)).collect();
    let mut facts = Map::new();
    let accounts = |item: &Item| -> Vec<Value> { item.accounts.iter().map(known_account).collect() };
    if let Some(user) = user.and_then(|id| tenant.users.get(id)) {
        facts.insert("user_id".into(), user.id.as_str().into());
        facts.insert("client_user_id".into(), user.client_user_id.as_str().into());
        facts.insert("items".into(), json!([]));
        facts.insert("accounts".into(), json!([]));
    }
    if let Some(item) = all.first() {
        let shown = item_view(item, call.world);
        for name in ["institution_id", "institution_name", "item_id"] {
            facts.insert(name.into(), shown.get(name).cloned().unwrap_or_default());
        }
        facts.insert("item".into(), shown);
        let chosen = account.or_else(|| item.accounts.first().map(|account| &account.id));
        facts.insert("account_id".into(), json!(chosen));
        facts.insert("accounts".into(), all.iter().flat_map(|item| accounts(item)).collect());
        let items = all.iter().map(|item| {
            let mut shown = item_view(item, call.world);
            shown["accounts"] = accounts(item).into();
            if let Some((token, _)) = tenant.access.iter().find(|(_, id)| **id == item.id) {
                shown["access_token"] = token.as_str().into();
            }
            shown
        });
        facts.insert("items".into(), items.collect());
        facts.insert("item_ids".into(), all.iter().map(|item| json!(item.id)).collect());
    }
    facts
}

/// All that is known of an account.
fn known_account(of: &crate::state::Account) -> Value {
    let mut shown = account(of);
    shown["owners"] = json!([owner::owner()]);
    shown["account_name"] = of.name.as_str().into();
    shown
}

fn unknown_processor_token() -> ApiError {
    ApiError::new("INVALID_INPUT", "INVALID_PROCESSOR_TOKEN", "could not find matching processor token")
}

/// Whether a user has an Item, and since when.
pub fn linked_since(tenant: &Tenant, subject: &Subject) -> Option<chrono::DateTime<chrono::Utc>> {
    subject.items.iter().filter_map(|id| tenant.items.get(id)).map(|item| item.created).min()
}
