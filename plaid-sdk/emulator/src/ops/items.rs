//! `/item/*`: Items and their tokens.

mod activity;
mod applications;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, World, nothing};
use crate::bank::{self, Login, consent, mfa};
use crate::data::institutions::Institution;
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{ActivityKind, Item, ItemId, ItemState, PublicToken, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/application/get", Class::Computed, applications::get),
    Entry::json("/consent/events/get", Class::Computed, activity::consent),
    Entry::json("/item/access_token/invalidate", Class::StateMachine, invalidate),
    Entry::json("/item/activity/list", Class::Computed, activity::list),
    Entry::json("/item/application/list", Class::StateMachine, applications::list),
    Entry::json("/item/application/scopes/update", Class::StateMachine, applications::update_scopes),
    Entry::json("/item/application/unlink", Class::StateMachine, applications::unlink),
    Entry::json("/item/get", Class::StateMachine, get),
    Entry::json("/item/import", Class::StateMachine, import),
    Entry::json("/item/products/terminate", Class::StateMachine, remove),
    Entry::json("/item/public_token/create", Class::StateMachine, public_token),
    Entry::json("/item/public_token/exchange", Class::StateMachine, exchange),
    Entry::json("/item/remove", Class::StateMachine, remove),
    Entry::json("/item/webhook/update", Class::StateMachine, webhook),
    Entry::json("/sandbox/item/application/seed", Class::StateMachine, applications::seed),
];

/// The products of all institutions, in alphabetical order.
pub const PRODUCTS: [&str; 10] = [
    "assets",
    "auth",
    "balance",
    "identity",
    "investments",
    "liabilities",
    "recurring_transactions",
    "signal",
    "statements",
    "transactions",
];
/// How many days of transactions an Item has, unless it was linked for more or less.
pub const DAYS: i64 = 90;
/// How long a public token lives, in minutes.
const PUBLIC_TOKEN_LIFE: i64 = 30;

/// What an Item is created from.
pub struct NewItem<'a> {
    /// The bank.
    pub institution: &'a Institution,
    /// The user's login at it.
    pub login: Login<'a>,
    /// The products that it is linked for.
    pub products: Vec<String>,
    /// Where its webhooks go.
    pub webhook: Option<String>,
    /// How many days of transactions it will have.
    pub days: i64,
    /// The masks of the accounts that the user shares. `None` means all.
    pub masks: Option<Vec<String>>,
    /// The user that it belongs to.
    pub user: Option<String>,
}

/// Creates an Item. Its transactions are read from now on.
///
/// # Errors
/// The error of the login.
pub fn create(tenant: &mut Tenant, new: NewItem<'_>) -> Result<ItemId, ApiError> {
    new.login.at(new.institution)?;
    let (id, today) = (ItemId(tenant.ids.long()), tenant.now().date_naive());
    let opened = bank::open(new.login, new.institution, today, &mut tenant.ids)?;
    let mut item = Item {
        products: new.products.into_iter().collect(),
        webhook: new.webhook,
        days_requested: new.days,
        user: new.user,
        country: new.institution.country.to_owned(),
        ..Item::new(id.clone(), &new.institution.id, new.login.username, opened.persona, tenant.now())
    };
    opened.into_item(&mut item);
    if let Some(masks) = &new.masks {
        item.accounts.retain(|account| masks.contains(&account.mask));
    }
    tenant.items.insert(id.clone(), item);
    bank::start(tenant, &id);
    consent::start(tenant, &id);
    consent::note(tenant, &id, ActivityKind::Create);
    Ok(id)
}

/// Makes a public token for an Item.
pub fn make_public_token(tenant: &mut Tenant, item: ItemId) -> (String, chrono::DateTime<chrono::Utc>) {
    let token = tenant.ids.token("public");
    let expires = tenant.now() + TimeDelta::minutes(PUBLIC_TOKEN_LIFE);
    tenant.tidy();
    tenant.public.insert(token.clone(), PublicToken { item, expires, used: false });
    (token, expires)
}

/// An Item as responses contain it.
pub fn view(item: &Item, world: &World) -> Value {
    let institution = world.institution(&item.institution).ok();
    let available: Vec<&str> = PRODUCTS
        .into_iter()
        .filter(|product| !item.products.contains(*product) && item.supports(product).is_ok())
        .collect();
    json!({
        "auth_method": item.products.contains("auth").then_some(item.auth_method.wire()),
        "available_products": available,
        "billed_products": item.products,
        "consent_expiration_time": item.consent_ends.map(time),
        "error": item.error().map(|error| error.in_webhook()),
        "institution_id": institution.map(|one| one.id.as_str()),
        "institution_name": institution.map(|one| one.name.as_str()),
        "item_id": item.id,
        "products": item.products,
        "update_type": "background",
        "webhook": item.webhook,
    })
}

/// `/item/get`. It answers for an Item that needs a new login, too.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    let updated = |product: &str| {
        let at = if product == "investments" { item.investments.updated } else { item.updated };
        let at = at.filter(|_| item.products.contains(product)).map(time);
        item.products.contains(product).then(|| json!({"last_failed_update": null, "last_successful_update": at}))
    };
    let last = item.last_webhook.as_ref();
    let mut shown = view(item, call.world);
    shown["created_at"] = time(item.created).into();
    if let Some(consented) = &item.consented {
        shown["consented_products"] = json!(consented);
    }
    Ok(json!({
        "item": shown,
        "status": {
            "investments": updated("investments"),
            "last_webhook": last.map(|(at, code)| json!({"code_sent": code, "sent_at": time(*at)})),
            "transactions": updated("transactions"),
        },
    }))
}

/// `/item/public_token/exchange`: a public token can be exchanged once.
pub fn exchange(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let token = call.request.required("public_token")?;
    let public = call.tenant.public.get_mut(token).filter(|public| !public.used);
    let public = public.ok_or_else(ApiError::invalid_public_token)?;
    if now >= public.expires {
        return Err(ApiError::expired_public_token());
    }
    public.used = true;
    let id = public.item.clone();
    let access = call.tenant.ids.token("access");
    call.tenant.access.insert(access.clone(), id.clone());
    Ok(json!({"access_token": access, "item_id": id}))
}

/// `/item/public_token/create`: a public token for an Item that the application already has.
pub fn public_token(call: &mut Call<'_>) -> Response {
    let id = call.tenant.any_item(call.request.required("access_token")?)?.id.clone();
    let (token, expires) = make_public_token(call.tenant, id);
    Ok(json!({"expiration": time(expires), "public_token": token}))
}

/// `/item/access_token/invalidate`: the Item gets another access token.
pub fn invalidate(call: &mut Call<'_>) -> Response {
    let old = call.request.required("access_token")?;
    let id = call.tenant.any_item(old)?.id.clone();
    let new = call.tenant.ids.token("access");
    call.tenant.access.shift_remove(old);
    call.tenant.access.insert(new.clone(), id);
    Ok(json!({"new_access_token": new}))
}

/// `/item/remove` and `/item/products/terminate`: the Item's tokens stop working.
pub fn remove(call: &mut Call<'_>) -> Response {
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    item.state = ItemState::Removed;
    let id = item.id.clone();
    consent::note(call.tenant, &id, ActivityKind::Remove);
    call.tenant.processors.retain(|_, processor| processor.item != id);
    call.tenant.schedule.drop_if(|event| event.item() == Some(&id));
    nothing()
}

/// `/item/webhook/update`: the new URL is told that it is used from now on.
pub fn webhook(call: &mut Call<'_>) -> Response {
    let url = call.request.text("webhook").filter(|url| !url.is_empty()).map(str::to_owned);
    if let Some(url) = &url {
        valid_url("webhook", url)?;
    }
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    item.webhook.clone_from(&url);
    let id = item.id.clone();
    let shown = view(item, call.world);
    if let Some(url) = url {
        let fields = json!({"error": null, "new_webhook_url": url});
        call.tenant.item_webhook(&id, "ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", fields);
    }
    Ok(json!({"item": shown}))
}

/// `/item/import`: an Item from credentials that the application has.
pub fn import(call: &mut Call<'_>) -> Response {
    let auth = call.request.object("user_auth");
    // The request names the user by an id and a token of the bank; the Sandbox accepts its own user there.
    let login = Login { username: auth.required("user_id")?, password: auth.required("auth_token")? };
    let institution = call.world.institution(call.request.text("institution_id").unwrap_or("ins_109508"))?;
    // Nobody is there to answer what the bank asks besides.
    if mfa::Plan::of(login, institution).is_some() {
        let message = "the bank asks more than a password, which an import can't answer";
        return Err(ApiError::new("INVALID_RESULT", "PLAID_DIRECT_ITEM_IMPORT_RETURNED_INVALID_MFA", message));
    }
    let new = NewItem {
        institution,
        login,
        products: texts(call.request, "products"),
        webhook: call.request.object("options").text("webhook").map(str::to_owned),
        days: DAYS,
        masks: None,
        user: None,
    };
    let id = create(call.tenant, new)?;
    if let Some(item) = call.tenant.items.get_mut(&id) {
        item.imported = true;
    }
    if let Some(activity) = call.tenant.activities.last_mut() {
        activity.kind = ActivityKind::Import;
    }
    let access = call.tenant.ids.token("access");
    call.tenant.access.insert(access.clone(), id);
    Ok(json!({"access_token": access}))
}

/// The texts of a list, owned. An absent list reads as an empty one.
pub fn texts(request: Fields<'_>, name: &str) -> Vec<String> {
    request.texts(name).unwrap_or_default().into_iter().map(str::to_owned).collect()
}

/// Refuses a text that is not a URL of the web.
///
/// # Errors
/// `INVALID_FIELD`.
pub fn valid_url(name: &str, url: &str) -> Result<(), ApiError> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace) => Ok(()),
        _ => Err(ApiError::invalid_field(&format!("{name} must be a valid URL"))),
    }
}
