//! `/processor/*`: one account of an Item for a partner.

use serde_json::json;

use super::items::{self, DAYS, NewItem, valid_url};
use super::{Call, Class, Entry, Response, account_view, auth, identity, nothing, sync, transactions};
use crate::bank::{self, Login};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json::Draft;
use crate::state::{Account, AccountId, ItemId, ProcessorToken, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/processor/account/get", Class::Computed, account),
    Entry::json("/processor/apex/processor_token/create", Class::StateMachine, create_apex),
    Entry::json("/processor/auth/get", Class::Computed, auth),
    Entry::json("/processor/balance/get", Class::Computed, balance),
    Entry::json("/processor/identity/get", Class::Computed, identity),
    Entry::json("/processor/identity/match", Class::Computed, compare),
    Entry::json("/processor/stripe/bank_account_token/create", Class::StateMachine, create_stripe),
    Entry::json("/processor/token/create", Class::StateMachine, create),
    Entry::json("/processor/token/permissions/get", Class::StateMachine, permissions),
    Entry::json("/processor/token/permissions/set", Class::StateMachine, set_permissions),
    Entry::json("/processor/token/webhook/update", Class::StateMachine, webhook),
    Entry::draft("/processor/transactions/get", Class::StateMachine, transactions),
    Entry::json("/processor/transactions/recurring/get", Class::Computed, recurring),
    Entry::json("/processor/transactions/refresh", Class::StateMachine, refresh),
    Entry::draft("/processor/transactions/sync", Class::StateMachine, sync),
    Entry::json("/sandbox/processor_token/create", Class::StateMachine, create_in_sandbox),
];

/// `/processor/token/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let token = make(call, call.request.text("processor").unwrap_or_default())?;
    Ok(json!({"processor_token": token}))
}

/// `/processor/stripe/bank_account_token/create`: a token that Stripe would take.
pub fn create_stripe(call: &mut Call<'_>) -> Response {
    account_of(call)?;
    Ok(json!({"stripe_bank_account_token": call.tenant.ids.short("btok_")}))
}

/// `/processor/apex/processor_token/create`.
pub fn create_apex(call: &mut Call<'_>) -> Response {
    let token = make(call, "apex_clearing")?;
    Ok(json!({"processor_token": token}))
}

/// `/sandbox/processor_token/create`: an Item and a token for its first account.
pub fn create_in_sandbox(call: &mut Call<'_>) -> Response {
    let options = call.request.object("options");
    let new = NewItem {
        institution: call.world.institution(call.request.required("institution_id")?)?,
        login: Login {
            username: options.text("override_username").unwrap_or("user_good"),
            password: options.text("override_password").unwrap_or("pass_good"),
        },
        products: vec!["auth".to_owned()],
        webhook: None,
        days: DAYS,
        masks: None,
        user: None,
    };
    let item = items::create(call.tenant, new)?;
    let account = call.tenant.items.get(&item).and_then(|item| item.accounts.first()).map(|one| one.id.clone());
    let account = account.ok_or_else(|| ApiError::products_not_supported("auth"))?;
    Ok(json!({"processor_token": keep(call.tenant, item, account, "sandbox")}))
}

/// The Item and the account that a request names by `access_token` and `account_id`.
fn account_of(call: &mut Call<'_>) -> Result<(ItemId, AccountId), ApiError> {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    let id = AccountId(call.request.required("account_id")?.to_owned());
    match item.account(&id) {
        Some(_) => Ok((item.id.clone(), id)),
        None => Err(ApiError::invalid_field("account_id must be an account of the Item")),
    }
}

fn make(call: &mut Call<'_>, processor: &str) -> Result<String, ApiError> {
    let (item, account) = account_of(call)?;
    Ok(keep(call.tenant, item, account, processor))
}

fn keep(tenant: &mut Tenant, item: ItemId, account: AccountId, processor: &str) -> String {
    let token = tenant.ids.token("processor");
    let entry = ProcessorToken { item, account, processor: processor.to_owned(), products: Vec::new(), webhook: None };
    tenant.processors.insert(token.clone(), entry);
    token
}

/// The entry of the token that a request names.
fn entry<'a>(call: &'a mut Call<'_>) -> Result<&'a mut ProcessorToken, ApiError> {
    let token = call.request.required("processor_token")?;
    call.tenant.processors.get_mut(token).ok_or_else(|| {
        ApiError::new("INVALID_INPUT", "INVALID_PROCESSOR_TOKEN", "could not find matching processor token")
    })
}

/// The Item's id and the account of the token, if the token may read a product and the Item's data can be read.
pub(super) fn may_read(call: &mut Call<'_>, product: Option<&str>) -> Result<(ItemId, Account), ApiError> {
    let ProcessorToken { item, account, products, .. } = entry(call)?.clone();
    if let Some(product) = product.filter(|product| !products.is_empty() && !products.iter().any(|one| one == product))
    {
        return Err(ApiError::product_not_enabled(product));
    }
    let item = call.tenant.items.get_mut(&item).ok_or_else(ApiError::item_not_found)?;
    if let Some(error) = item.error() {
        return Err(error);
    }
    let mut is_new = false;
    if let Some(product) = product {
        item.supports(product)?;
        is_new = item.products.insert(product.to_owned());
    }
    let account = item.account(&account).cloned().ok_or_else(ApiError::invalid_account_id)?;
    let id = item.id.clone();
    if is_new && product == Some("transactions") {
        bank::start(call.tenant, &id);
    }
    Ok((id, account))
}

/// `/processor/token/permissions/set`: an empty list allows all products.
pub fn set_permissions(call: &mut Call<'_>) -> Response {
    let products = items::texts(call.request, "products");
    entry(call)?.products = products;
    nothing()
}

/// `/processor/token/permissions/get`.
pub fn permissions(call: &mut Call<'_>) -> Response {
    Ok(json!({"products": entry(call)?.products}))
}

/// `/processor/token/webhook/update`: the new URL is told that it is used from now on.
pub fn webhook(call: &mut Call<'_>) -> Response {
    let url = call.request.text("webhook").filter(|url| !url.is_empty()).map(str::to_owned);
    if let Some(url) = &url {
        valid_url("webhook", url)?;
    }
    let entry = entry(call)?;
    entry.webhook.clone_from(&url);
    let account = entry.account.clone();
    if let Some(url) = url {
        let fields = json!({"account_id": account, "error": null, "new_webhook_url": url});
        call.tenant.webhook(None, Some(url), "PROCESSOR_TOKEN", "WEBHOOK_UPDATE_ACKNOWLEDGED", fields);
    }
    nothing()
}

/// `/processor/account/get`.
pub fn account(call: &mut Call<'_>) -> Response {
    let (item, account) = may_read(call, None)?;
    let institution = call.tenant.items.get(&item).map(|item| item.institution.clone());
    Ok(json!({"account": account_view::account(&account), "institution_id": institution}))
}

/// `/processor/balance/get`.
pub fn balance(call: &mut Call<'_>) -> Response {
    let (_, account) = may_read(call, Some("balance"))?;
    Ok(json!({"account": account_view::account(&account)}))
}

/// `/processor/auth/get`.
pub fn auth(call: &mut Call<'_>) -> Response {
    let (_, account) = may_read(call, Some("auth"))?;
    auth::can_be_used(&[&account])?;
    let numbers = auth::Shown::of(&account);
    let numbers = json!({
        "ach": numbers.ach,
        "bacs": numbers.bacs,
        "eft": numbers.eft,
        "international": numbers.international,
    });
    Ok(json!({"account": account_view::account(&account), "numbers": numbers}))
}

/// `/processor/identity/get`.
pub fn identity(call: &mut Call<'_>) -> Response {
    let (_, account) = may_read(call, Some("identity"))?;
    Ok(json!({"account": identity::owned(&account)}))
}

/// `/processor/identity/match`.
pub fn compare(call: &mut Call<'_>) -> Response {
    let (item, account) = may_read(call, Some("identity"))?;
    let user = identity::user(call.tenant, call.request, &item)?;
    Ok(json!({"account": identity::compared(&account, Fields(&user))}))
}

/// `/processor/transactions/get`.
pub fn transactions(call: &mut Call<'_>) -> Result<Draft, ApiError> {
    let (item, account) = may_read(call, Some("transactions"))?;
    let item = call.tenant.items.get(&item).ok_or_else(ApiError::item_not_found)?;
    let page = transactions::page(item, call.request, &[&account])?;
    let mut draft = Draft::of(json!({"account": account_view::account(&account), "total_transactions": page.total}));
    draft.rows("transactions", page.rows.into_iter());
    Ok(draft)
}

/// `/processor/transactions/recurring/get`.
pub fn recurring(call: &mut Call<'_>) -> Response {
    let (item, account) = may_read(call, Some("transactions"))?;
    let now = call.tenant.now();
    let item = call.tenant.items.get_mut(&item).ok_or_else(ApiError::item_not_found)?;
    transactions::recurring::view(item, call.request, &[account], now)
}

/// `/processor/transactions/sync`.
pub fn sync(call: &mut Call<'_>) -> Result<Draft, ApiError> {
    let (item, account) = may_read(call, Some("transactions"))?;
    let item = call.tenant.items.get_mut(&item).ok_or_else(ApiError::item_not_found)?;
    let mut update = sync::update(item, call.request, Some(&account.id), call.world.refuse_mutation)?;
    update.insert("account", &account_view::account(&account));
    Ok(update)
}

/// `/processor/transactions/refresh`.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let (item, _) = may_read(call, Some("transactions"))?;
    bank::refresh(call.tenant, &item);
    nothing()
}
