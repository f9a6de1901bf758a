//! `/sandbox/*`: what only the Sandbox can do.

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::items::{self, DAYS, NewItem, make_public_token, texts, valid_url};
use super::transactions::with_transactions;
use super::{Call, Class, Entry, Response, nothing, statements, users};
use crate::bank::{self, Login};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{ItemId, ItemState, Persona, Transaction, TransactionId};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/sandbox/item/fire_webhook", Class::StateMachine, fire_webhook),
    Entry::json("/sandbox/item/reset_login", Class::StateMachine, reset_login),
    Entry::json("/sandbox/public_token/create", Class::StateMachine, public_token),
    Entry::json("/sandbox/transactions/create", Class::StateMachine, create_transactions),
];

/// `/sandbox/public_token/create`: an Item without Link.
pub fn public_token(call: &mut Call<'_>) -> Response {
    let options = call.request.object("options");
    let institution = call.world.institution(call.request.required("institution_id")?)?;
    let products = texts(call.request, "initial_products");
    if products.is_empty() {
        return Err(ApiError::invalid_field("initial_products must have at least one product"));
    }
    if let Some(url) = options.text("webhook") {
        valid_url("options.webhook", url)?;
    }
    if products.iter().any(|product| product == "statements") && options.value("statements").is_none() {
        return Err(ApiError::invalid_field("options.statements must have a start_date and an end_date"));
    }
    let window = statements::window(options.object("statements"), call.tenant.now().date_naive())?;
    let user = match call.request.text("user_id").or(call.request.text("user_token")) {
        Some(_) => Some(users::named(call.tenant, call.request)?),
        None => None,
    };
    let new = NewItem {
        institution,
        login: Login {
            username: options.text("override_username").unwrap_or("user_good"),
            password: options.text("override_password").unwrap_or("pass_good"),
        },
        products,
        webhook: options.text("webhook").map(str::to_owned),
        days: days(options.object("transactions"), call)?,
        masks: None,
        user,
    };
    let item = items::create(call.tenant, new)?;
    if let Some(window) = window {
        bank::start_statements(call.tenant, &item, window, false);
    }
    let (token, _) = make_public_token(call.tenant, item);
    Ok(json!({"public_token": token}))
}

/// How many days of transactions are requested: by their number, or by the first day.
fn days(transactions: Fields<'_>, call: &Call<'_>) -> Result<i64, ApiError> {
    let today = call.tenant.now().date_naive();
    let number = match transactions.date("start_date")? {
        Some(first) => (today - first).num_days() + 1,
        None => transactions.integer("days_requested").unwrap_or(DAYS),
    };
    match number {
        1..=730 => Ok(number),
        _ => Err(ApiError::invalid_field("transactions.days_requested must be between 1 and 730")),
    }
}

/// `/sandbox/item/reset_login`: the Item needs a new login.
pub fn reset_login(call: &mut Call<'_>) -> Response {
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    let error = ApiError::login_required();
    item.state = ItemState::Broken(error.clone());
    let id = item.id.clone();
    call.tenant.item_webhook(&id, "ITEM", "ERROR", json!({"error": error.in_webhook()}));
    Ok(json!({"reset_login": true}))
}

/// `/sandbox/item/fire_webhook`: a webhook of an Item on demand.
pub fn fire_webhook(call: &mut Call<'_>) -> Response {
    let code = call.request.required("webhook_code")?;
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    if item.webhook.is_none() {
        return Err(ApiError::sandbox_webhook_invalid());
    }
    let kind = call.request.text("webhook_type").unwrap_or(kind_of(code));
    let product = match kind {
        "ITEM" => None,
        "HOLDINGS" | "INVESTMENTS_TRANSACTIONS" => Some("investments"),
        "AUTH" => Some("auth"),
        "LIABILITIES" => Some("liabilities"),
        "ASSETS" => Some("assets"),
        _ => Some("transactions"),
    };
    if product.is_some_and(|product| !item.products.contains(product)) {
        return Err(ApiError::sandbox_product_not_enabled());
    }
    let id = item.id.clone();
    let fields = fields(call, &id, kind, code)?;
    call.tenant.item_webhook(&id, kind, code, fields);
    Ok(json!({"webhook_fired": true}))
}

/// The type of a code, if the request does not say it.
fn kind_of(code: &str) -> &'static str {
    match code {
        "DEFAULT_UPDATE" | "RECURRING_TRANSACTIONS_UPDATE" | "SYNC_UPDATES_AVAILABLE" => "TRANSACTIONS",
        "SMS_MICRODEPOSITS_VERIFICATION" => "AUTH",
        "PRODUCT_READY" => "ASSETS",
        _ => "ITEM",
    }
}

/// The fields of a webhook besides the Item's id. What the code says happens to the Item.
fn fields(call: &mut Call<'_>, id: &ItemId, kind: &str, code: &str) -> Result<Value, ApiError> {
    let now = call.tenant.now();
    let report = call.tenant.ids.uuid();
    let item = call.tenant.items.get_mut(id).ok_or_else(ApiError::item_not_found)?;
    let accounts: Vec<_> = item.accounts.iter().map(|account| account.id.clone()).collect();
    Ok(match (kind, code) {
        ("TRANSACTIONS", "DEFAULT_UPDATE") => json!({"error": null, "new_transactions": 0}),
        ("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE") => {
            json!({"historical_update_complete": true, "initial_update_complete": true})
        }
        ("TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE") => json!({"account_ids": accounts}),
        ("HOLDINGS", "DEFAULT_UPDATE") => {
            json!({"error": null, "new_holdings": 0, "updated_holdings": bank::portfolio(item).holdings.len()})
        }
        ("INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE") => {
            let today = bank::trades(item, now.date_naive(), now.date_naive()).len();
            json!({"cancelled_investments_transactions": 0, "error": null, "new_investments_transactions": today})
        }
        ("LIABILITIES", "DEFAULT_UPDATE") => {
            let owed: Vec<_> = bank::liabilities(item).into_iter().map(|liability| liability.account).collect();
            json!({
                "account_ids_with_new_liabilities": owed,
                "account_ids_with_updated_liabilities": {},
                "error": null,
            })
        }
        ("AUTH", "DEFAULT_UPDATE") => {
            json!({"account_ids_with_new_auth": [], "account_ids_with_updated_auth": {}, "error": null})
        }
        ("AUTH", "SMS_MICRODEPOSITS_VERIFICATION") => {
            json!({"account_id": accounts.first(), "status": "MANUALLY_VERIFIED"})
        }
        ("ASSETS", "PRODUCT_READY") => json!({"asset_report_id": report, "report_type": "FULL"}),
        ("ITEM", "ERROR") => {
            let error = ApiError::login_required();
            let shown = error.in_webhook();
            item.state = ItemState::Broken(error);
            json!({"error": shown})
        }
        ("ITEM", "LOGIN_REPAIRED") => {
            item.state = ItemState::Good;
            json!({})
        }
        ("ITEM", "NEW_ACCOUNTS_AVAILABLE" | "AUTHORIZATION_GRANTED") => json!({"error": null}),
        ("ITEM", "PENDING_DISCONNECT") => {
            json!({"disconnect_time": time(now + TimeDelta::days(7)), "reason": "INSTITUTION_MIGRATION"})
        }
        ("ITEM", "USER_ACCOUNT_REVOKED") => {
            let gone = item.accounts.pop().map(|account| account.id);
            json!({"account_id": gone})
        }
        ("ITEM", "USER_PERMISSION_REVOKED") => {
            item.state = ItemState::Revoked;
            json!({"error": ApiError::permission_revoked().in_webhook()})
        }
        _ => return Err(ApiError::invalid_field("webhook_code does not belong to webhook_type")),
    })
}

/// `/sandbox/transactions/create`: transactions of the application's own, for the user whose transactions change.
pub fn create_transactions(call: &mut Call<'_>) -> Response {
    let today = call.tenant.now().date_naive();
    let rows: Vec<Fields<'_>> = call.request.objects("transactions").collect();
    if rows.is_empty() || rows.len() > 10 {
        return Err(ApiError::invalid_field("transactions must have 1 to 10 entries"));
    }
    let item = with_transactions(call.tenant, call.request.required("access_token")?)?;
    if item.persona != Persona::Dynamic {
        return Err(ApiError::invalid_field("transactions can only be added for user_transactions_dynamic"));
    }
    let account = item.accounts.iter().find(|account| account.kind == "depository");
    let account = account.ok_or_else(|| ApiError::products_not_supported("transactions"))?.clone();
    let id = item.id.clone();
    let missing = |name: &str| ApiError::missing_fields(&format!("transactions.{name}"));
    let mut new = Vec::new();
    for row in rows {
        let posted = row.date("date_posted")?.ok_or_else(|| missing("date_posted"))?;
        let amount = row.value("amount").and_then(|amount| amount.to_string().parse::<Decimal>().ok());
        let amount = amount.ok_or_else(|| missing("amount"))?;
        let id = TransactionId(call.tenant.ids.long());
        let described = bank::described(id, &account, posted, amount, row.required("description")?);
        new.push(Transaction {
            authorized: row.date("date_transacted")?,
            currency: row.text("iso_currency_code").map_or(described.currency, str::to_owned),
            pending: posted > today,
            ..described
        });
    }
    bank::refresh(call.tenant, &id);
    if let Some(item) = call.tenant.items.get_mut(&id) {
        new.into_iter().for_each(|row| item.feed.add(row));
    }
    nothing()
}
