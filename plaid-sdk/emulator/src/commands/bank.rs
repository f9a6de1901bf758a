//! What tests and people can do at the bank of an Item.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Refused, known, present};
use crate::bank::{self, consent, new_accounts};
use crate::clock::later;
use crate::due::run_due;
use crate::fields::{Fields, time};
use crate::guess::primary_of;
use crate::state::{Account, AccountId, Category, Event, Item, ItemId, Readiness, Tenant, Transaction, TransactionId};

type Done = Result<Value, Refused>;
type Run = fn(&mut Tenant, &ItemId, Fields<'_>) -> Done;

/// The verbs, the fields that each takes, and what carries it out.
const VERBS: [(&str, &[&str], Run); 11] = [
    ("advance_update", &[], advance_update),
    ("append_transactions", &["account", "transactions"], append),
    ("balances", &["account", "available", "current", "limit"], balances),
    ("expire_consent", &["seconds"], expire_consent),
    ("mutate", &["amount", "category", "count", "date", "description", "pending", "transaction_id"], mutate),
    ("mutate_during_pagination", &["count"], interrupt),
    ("new_account", &["current", "mask", "name", "subtype", "type"], new_account),
    ("owners", &["account", "owners"], owners),
    ("remove_transactions", &["count", "transaction_ids"], remove),
    ("revoke_account", &["account"], revoke_account),
    ("revoke_product", &["product"], revoke_product),
];

/// Does something at the bank of an Item that is named by its id or access token. Everything that becomes due happens.
///
/// # Errors
/// If there is no such verb or Item, for a field that the verb does not take, and for values that make no sense.
pub fn at_bank(tenant: &mut Tenant, name: &str, verb: &str, fields: &Value) -> Done {
    let Some((_, known, run)) = VERBS.iter().find(|(one, ..)| *one == verb) else {
        let verbs: Vec<&str> = VERBS.iter().map(|(verb, ..)| *verb).collect();
        let help = format!("the verbs are break, repair, revoke, {}", verbs.join(", "));
        return Err(Refused::new(format!("{verb} is nothing that can be done to an Item"), help));
    };
    known::check(verb, known, fields)?;
    let id = present(tenant, name)?.id.clone();
    let done = run(tenant, &id, Fields(fields))?;
    run_due(tenant);
    Ok(done)
}

fn item<'a>(tenant: &'a mut Tenant, id: &ItemId) -> Result<&'a mut Item, Refused> {
    tenant.items.get_mut(id).ok_or_else(|| Refused::new("the Item is gone", "create another one"))
}

/// The account that a field names by its mask or id. Without the field, the first one.
fn account<'a>(item: &'a mut Item, fields: Fields<'_>) -> Result<&'a mut Account, Refused> {
    let masks: Vec<String> = item.accounts.iter().map(|account| account.mask.clone()).collect();
    let name = fields.text("account");
    let is_meant = |account: &&mut Account| name.is_none_or(|name| account.mask == name || account.id.0 == name);
    item.accounts.iter_mut().find(is_meant).ok_or_else(|| {
        let what = name.map_or_else(|| "the Item has no account".to_owned(), |name| format!("no account is {name:?}"));
        Refused::new(what, format!("the accounts of the Item have the masks {}", masks.join(", ")))
    })
}

fn number(fields: Fields<'_>, name: &str) -> Result<Option<Decimal>, Refused> {
    match fields.value(name) {
        None => Ok(None),
        Some(_) => match fields.decimal(name) {
            Some(number) => Ok(Some(number)),
            None => Err(Refused::new(
                format!("{name} is not a number, or has too many digits"),
                format!("send {{\"{name}\": 12.5}}"),
            )),
        },
    }
}

fn day(fields: Fields<'_>, name: &str) -> Result<Option<NaiveDate>, Refused> {
    fields.date(name).map_err(|error| Refused::new(error.message, "send a date such as \"2026-01-31\""))
}

fn count(fields: Fields<'_>) -> Result<usize, Refused> {
    let number = fields.integer("count").unwrap_or(1);
    match usize::try_from(number) {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(Refused::new(format!("count is {number}"), "send a number from 1 on, or leave it out to mean 1")),
    }
}

/// A new account at the bank. Update mode can add it.
fn new_account(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let mut new = new_accounts::opened(tenant, id);
    if let Some(mask) = fields.text("mask") {
        if new_accounts::has_mask(item(tenant, id)?, mask) {
            return Err(Refused::new(format!("the mask {mask:?} is taken"), "leave it out to get a free one"));
        }
        mask.clone_into(&mut new.mask);
    }
    for (name, to) in [("name", &mut new.name), ("type", &mut new.kind), ("subtype", &mut new.subtype)] {
        if let Some(text) = fields.text(name) {
            text.clone_into(to);
        }
    }
    let kinds = ["credit", "depository", "investment", "loan", "other"];
    if !kinds.contains(&new.kind.as_str()) {
        let message = format!("{:?} is not a type of accounts", new.kind);
        return Err(Refused::new(message, format!("the types are {}", kinds.join(", "))));
    }
    if let Some(current) = number(fields, "current")? {
        new.balances.current = Some(current);
        new.balances.available = (new.kind == "depository").then_some(current);
    }
    let shown = json!({"account_id": new.id, "mask": new.mask});
    new_accounts::add(tenant, id, new);
    tenant.item_webhook(id, "ITEM", "NEW_ACCOUNTS_AVAILABLE", json!({"error": null}));
    Ok(shown)
}

/// Other balances. `null` means that the bank does not say.
fn balances(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let numbers = ["available", "current", "limit"].map(|name| (name, number(fields, name)));
    let account = account(item(tenant, id)?, fields)?;
    let mut new = account.balances.clone();
    for (name, number) in numbers {
        let number = number?;
        if fields.0.get(name).is_none() {
            continue;
        }
        match name {
            "available" => new.available = number,
            "current" => new.current = number,
            _ => new.limit = number,
        }
    }
    account.balances = new;
    Ok(json!({"account_id": account.id}))
}

/// New transactions. Webhooks say so.
fn append(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let today = tenant.now().date_naive();
    ready(item(tenant, id)?)?;
    let account = account(item(tenant, id)?, fields)?.clone();
    let rows: Vec<Fields<'_>> = fields.objects("transactions").collect();
    if rows.is_empty() {
        let help = "send {\"transactions\": [{\"amount\": 12.5, \"description\": \"Coffee\"}]}";
        return Err(Refused::new("transactions is missing or empty", help));
    }
    let mut new = Vec::new();
    for row in rows {
        let known = ["amount", "authorized_date", "date", "description", "pending"];
        if let Some(unknown) = row.unknown(&known) {
            let message = format!("a transaction does not take the field {unknown:?}");
            return Err(Refused::new(message, format!("a transaction takes {}", known.join(", "))));
        }
        let amount =
            number(row, "amount")?.ok_or_else(|| Refused::new("amount is missing", "send {\"amount\": 12.5}"))?;
        let date = day(row, "date")?.unwrap_or(today);
        let authorized = day(row, "authorized_date")?;
        let row_id = TransactionId(tenant.ids.long());
        let described = bank::described(row_id, &account, date, amount, row.text("description").unwrap_or("Purchase"));
        new.push(Transaction { authorized, pending: row.flag("pending"), ..described });
    }
    let ids: Vec<TransactionId> = new.iter().map(|row| row.id.clone()).collect();
    let item = item(tenant, id)?;
    new.into_iter().for_each(|row| item.feed.add(row));
    bank::changed(tenant, id, ids.len(), &[]);
    Ok(json!({"transaction_ids": ids}))
}

fn ready(item: &Item) -> Result<(), Refused> {
    match item.feed.readiness {
        Readiness::NotReady => {
            let help = "link the Item for transactions, and use advance_update or advance the clock";
            Err(Refused::new("the Item's transactions have not been read", help))
        }
        _ => Ok(()),
    }
}

/// The transaction that a request names, or the newest ones.
fn chosen(item: &Item, fields: Fields<'_>, ids: &[&str]) -> Result<Vec<Transaction>, Refused> {
    ready(item)?;
    if ids.is_empty() {
        return Ok(item.feed.current().into_iter().take(count(fields)?).cloned().collect());
    }
    let find = |id: &&str| {
        item.feed.get(&TransactionId((*id).to_owned())).cloned().ok_or_else(|| {
            Refused::new(format!("no transaction has the id {id:?}"), "the ids are in /transactions/get")
        })
    };
    ids.iter().map(find).collect()
}

/// Another content of transactions. Without a content, the amount grows by 1.
fn mutate(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let (amount, date) = (number(fields, "amount")?, day(fields, "date")?);
    let category = match fields.text("category") {
        None => None,
        Some(detailed) => Some(category(detailed)?),
    };
    let only: Vec<&str> = fields.text("transaction_id").into_iter().collect();
    let rows = chosen(item(tenant, id)?, fields, &only)?;
    let says = ["amount", "category", "date", "description", "pending"];
    let is_silent = says.iter().all(|name| fields.value(name).is_none());
    let mut ids = Vec::new();
    for row in rows {
        let mut new = row.clone();
        new.amount = amount.unwrap_or(if is_silent { row.amount + Decimal::ONE } else { row.amount });
        new.date = date.unwrap_or(row.date);
        new.category = category.clone().unwrap_or(row.category);
        if let Some(text) = fields.text("description") {
            text.clone_into(&mut new.name);
        }
        if let Some(pending) = fields.value("pending").and_then(Value::as_bool) {
            new.pending = pending;
        }
        ids.push(new.id.clone());
        item(tenant, id)?.feed.modify(new);
    }
    bank::changed(tenant, id, 0, &[]);
    Ok(json!({"transaction_ids": ids}))
}

fn category(detailed: &str) -> Result<Category, Refused> {
    let primary = primary_of(detailed).ok_or_else(|| {
        let message = format!("{detailed:?} is not a detailed personal finance category");
        Refused::new(message, "send one such as FOOD_AND_DRINK_COFFEE")
    })?;
    Ok(Category { primary: primary.to_owned(), detailed: detailed.to_owned(), confidence: "VERY_HIGH".to_owned() })
}

/// Transactions are gone. Webhooks say so.
fn remove(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let only = fields.texts("transaction_ids").unwrap_or_default();
    let rows = chosen(item(tenant, id)?, fields, &only)?;
    let ids: Vec<TransactionId> = rows.into_iter().map(|row| row.id).collect();
    let item = item(tenant, id)?;
    ids.iter().for_each(|row| drop(item.feed.remove(row)));
    bank::changed(tenant, id, 0, &ids);
    Ok(json!({"transaction_ids": ids}))
}

/// The next read of the transactions happens now: the first 30 days, or all of them.
fn advance_update(tenant: &mut Tenant, id: &ItemId, _fields: Fields<'_>) -> Done {
    let next = match item(tenant, id)?.feed.readiness {
        Readiness::NotReady => Event::InitialUpdate(id.clone()),
        Readiness::Initial => Event::HistoricalUpdate(id.clone()),
        Readiness::Historical => {
            return Err(Refused::new(
                "all transactions have been read",
                "use append_transactions or advance the clock",
            ));
        }
    };
    if !item(tenant, id)?.products.contains("transactions") {
        let help = "link it with the product transactions, or call /transactions/sync once";
        return Err(Refused::new("the Item was not linked for transactions", help));
    }
    tenant.schedule.drop_if(|event| *event == next);
    bank::run(tenant, &next);
    Ok(json!({"transactions_update_status": item(tenant, id)?.feed.readiness.wire()}))
}

/// The user's consent ends: by default in seven days. A webhook announces it.
fn expire_consent(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let seconds = fields.integer("seconds").unwrap_or(7 * 86_400);
    let end = TimeDelta::try_seconds(seconds).filter(|_| seconds >= 0);
    let end = end.and_then(|seconds| later(tenant.now(), seconds));
    let end = end.ok_or_else(|| Refused::new("seconds is negative or too large", "send {\"seconds\": 604800}"))?;
    consent::end_at(tenant, id, end);
    Ok(json!({"consent_expiration_time": time(end)}))
}

/// Before the next pages of `/transactions/sync`, a transaction changes, so that pagination has to start again.
fn interrupt(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let count = count(fields)?;
    let item = item(tenant, id)?;
    item.feed.interruptions = u32::try_from(count).unwrap_or(u32::MAX);
    Ok(json!({"count": item.feed.interruptions}))
}

/// The user no longer shares an account. A webhook says so.
fn revoke_account(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let gone = account(item(tenant, id)?, fields)?.id.clone();
    new_accounts::drop_account(tenant, id, &gone);
    tenant.item_webhook(id, "ITEM", "USER_ACCOUNT_REVOKED", json!({"account_id": gone}));
    Ok(json!({"account_id": gone}))
}

/// The user no longer shares the data of a product with the application: it needs their agreement again.
fn revoke_product(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let help = "send {\"product\": \"auth\"} or {\"product\": \"identity\"}";
    let (product, kind) = match fields.text("product") {
        Some("auth") => ("auth", "AUTH"),
        Some("identity") => ("identity", "IDENTITY"),
        _ => return Err(Refused::new("product is missing, or is none that has a webhook for it", help)),
    };
    let item = item(tenant, id)?;
    let mut consented = item.consented.take().unwrap_or_else(|| item.products.clone());
    consented.remove(product);
    item.products.remove(product);
    item.consented = Some(consented);
    tenant.item_webhook(id, kind, "PRODUCT_PERMISSIONS_REQUIRED", json!({}));
    Ok(json!({"product": product}))
}

/// Other owners at the bank. `/identity/refresh` reads them.
fn owners(tenant: &mut Tenant, id: &ItemId, fields: Fields<'_>) -> Done {
    let help = "send {\"owners\": [{\"names\": [\"Ann Other\"]}]}";
    let owners = fields.value("owners").and_then(Value::as_array).filter(|owners| !owners.is_empty());
    let owners = owners.ok_or_else(|| Refused::new("owners is missing or empty", help))?;
    let owners = bank::owners(owners).map_err(|what| Refused::new(what, help))?;
    let item = item(tenant, id)?;
    let only: Option<AccountId> = match fields.text("account") {
        Some(_) => Some(account(item, fields)?.id.clone()),
        None => None,
    };
    let mut ids = Vec::new();
    for account in item.accounts.iter_mut().filter(|account| only.as_ref().is_none_or(|id| account.id == *id)) {
        account.owners_at_bank = Some(owners.clone());
        ids.push(account.id.clone());
    }
    Ok(json!({"account_ids": ids}))
}
