//! `/sandbox/*`: what only the Sandbox can do.

mod fire;

use serde_json::json;

use super::items::{self, DAYS, NewItem, make_public_token, texts, valid_url};
use super::link_session::{self, StepError};
use super::transactions::with_transactions;
use super::{Call, Class, Entry, Response, income, nothing, statements, users};
use crate::bank::{self, Login};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{ItemState, LinkToken, Persona, Transaction, TransactionId};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/sandbox/item/fire_webhook", Class::StateMachine, fire::fire),
    Entry::json("/sandbox/item/reset_login", Class::StateMachine, reset_login),
    Entry::json("/sandbox/oauth/select_accounts", Class::StateMachine, select_accounts),
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
    if income::asks(call.request, "initial_products") {
        let options = options.object("income_verification");
        income::linked(call.tenant, call.world, &item, options);
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

/// `/sandbox/oauth/select_accounts`: chooses accounts on the page of a bank, by their masks or ids. The Link session goes on.
pub fn select_accounts(call: &mut Call<'_>) -> Response {
    let state = call.request.required("oauth_state_id")?;
    let chosen = call.request.texts("accounts").unwrap_or_default();
    let is_meant = |link: &&LinkToken| {
        let session = link.sessions.last().filter(|session| session.finished.is_none());
        session.is_some_and(|session| session.oauth_state.as_deref() == Some(state))
    };
    let link = call.tenant.links.values().find(is_meant);
    let link = link.ok_or_else(|| ApiError::invalid_field("oauth_state_id must belong to an open Link session"))?;
    let token = link.token.clone();
    let session = link.sessions.last().ok_or_else(ApiError::invalid_link_token)?;
    let offered = link_session::offered(call.tenant, call.world, link, session)?;
    let mask =
        |name: &&str| offered.iter().find(|one| one.mask == **name || one.id.0 == **name).map(|one| one.mask.clone());
    let masks: Option<Vec<String>> = chosen.iter().map(mask).collect();
    let masks = masks.filter(|masks| !masks.is_empty());
    let masks = masks.ok_or_else(|| ApiError::invalid_field("accounts must be accounts that the bank offers"))?;
    match link_session::choose(call.tenant, call.world, &token, Some(masks)) {
        Ok(_) => nothing(),
        Err(StepError::Api(error)) => Err(error),
        Err(StepError::Waits { .. }) => Err(ApiError::invalid_field("the Link session does not wait for accounts")),
    }
}

/// `/sandbox/transactions/create`: transactions of the application's own, for the user whose transactions change.
pub fn create_transactions(call: &mut Call<'_>) -> Response {
    let today = call.tenant.now().date_naive();
    let rows: Vec<Fields<'_>> = call.request.objects("transactions").collect();
    if rows.is_empty() || rows.len() > 10 {
        return Err(ApiError::invalid_field("transactions must have 1 to 10 entries"));
    }
    let item = with_transactions(call.tenant, call.request)?;
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
        let amount = match row.value("amount") {
            None => return Err(missing("amount")),
            Some(_) => row.decimal("amount"),
        };
        let amount = amount.ok_or_else(|| ApiError::invalid_field("transactions.amount is out of range"))?;
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
