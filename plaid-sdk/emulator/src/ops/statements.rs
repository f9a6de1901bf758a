//! `/statements/*`: lists of bank statements, and the statements as PDF files.

use aws_lc_rs::digest::{SHA256, digest};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, World, identity, nothing};
use crate::bank;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::pdf::{Column, Document, Table, money};
use crate::request::File;
use crate::state::{Account, Item, Statement, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::file("/statements/download", Class::StateMachine, download),
    Entry::json("/statements/list", Class::StateMachine, list),
    Entry::json("/statements/refresh", Class::StateMachine, refresh),
];

/// How many days back a window may begin.
const MOST_DAYS: i64 = 731;

/// The window of statements that a request names. `None` without one.
///
/// # Errors
/// `INVALID_FIELD` for a window that ends before it begins, and for one that begins more than two years ago.
pub fn window(of: Fields<'_>, today: NaiveDate) -> Result<Option<(NaiveDate, NaiveDate)>, ApiError> {
    match (of.date("start_date")?, of.date("end_date")?) {
        (None, None) => Ok(None),
        (Some(first), Some(last)) if first > last => {
            Err(ApiError::invalid_field("start_date must not be after end_date"))
        }
        (Some(first), Some(_)) if (today - first).num_days() > MOST_DAYS => {
            Err(ApiError::invalid_field("start_date must be within the last two years"))
        }
        (Some(first), Some(last)) => Ok(Some((first, last))),
        _ => Err(ApiError::invalid_field("start_date and end_date must be set together")),
    }
}

/// `/statements/list`: the statements of each account, newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let item = with_statements(call.tenant, call.request.required("access_token")?)?;
    let all = item.statements.as_ref().ok_or_else(ApiError::product_not_ready)?;
    let accounts = item.accounts.iter().filter_map(|account| {
        let own: Vec<Value> = all.iter().filter(|one| one.account == account.id).map(listed).collect();
        (!own.is_empty()).then(|| {
            json!({
                "account_id": account.id,
                "account_mask": account.mask,
                "account_name": account.name,
                "account_official_name": account.official_name.as_ref().unwrap_or(&account.name),
                "account_subtype": account.subtype,
                "account_type": account.kind,
                "statements": own,
            })
        })
    });
    Ok(json!({
        "accounts": accounts.collect::<Vec<_>>(),
        "institution_id": item.institution,
        "institution_name": institution(item, call.world),
        "item_id": item.id,
    }))
}

fn listed(statement: &Statement) -> Value {
    json!({
        "date_posted": statement.last,
        "month": statement.first.month(),
        "statement_id": statement.id,
        "year": statement.first.year(),
    })
}

/// `/statements/download`: a statement as a PDF file. A header has the hash of its bytes.
pub fn download(call: &mut Call<'_>) -> Result<File, ApiError> {
    let item = with_statements(call.tenant, call.request.required("access_token")?)?;
    let all = item.statements.as_ref().ok_or_else(ApiError::product_not_ready)?;
    let id = call.request.required("statement_id")?;
    let unknown = || ApiError::invalid_field("statement_id must be the id of a statement of this Item");
    let statement = all.iter().find(|one| one.id == id).ok_or_else(unknown)?;
    let account = item.account(&statement.account).ok_or_else(unknown)?;
    let bytes = document(institution(item, call.world), account, statement).bytes();
    let hash = digest(&SHA256, &bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(File { kind: "application/pdf", bytes, headers: vec![("plaid-content-hash", hash)] })
}

/// `/statements/refresh`: the statements of a window are read. A webhook says when it is done.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let today = call.tenant.now().date_naive();
    let id = with_statements(call.tenant, call.request.required("access_token")?)?.id.clone();
    let window = window(call.request, today)?.ok_or_else(|| ApiError::missing_fields("start_date, end_date"))?;
    bank::start_statements(call.tenant, &id, window, true);
    nothing()
}

/// The Item of an access token that was linked for statements.
fn with_statements<'a>(tenant: &'a mut Tenant, access_token: &str) -> Result<&'a Item, ApiError> {
    let item = tenant.item(access_token)?;
    item.supports("statements")?;
    match item.products.contains("statements") {
        true => Ok(item),
        false => Err(ApiError::product_not_enabled("statements")),
    }
}

fn institution<'a>(item: &Item, world: &'a World) -> &'a str {
    world.institution(&item.institution).map(|one| one.name.as_str()).unwrap_or_default()
}

fn document(bank: &str, account: &Account, statement: &Statement) -> Document {
    let owner = identity::owned(account)["owners"][0]["names"][0].as_str().unwrap_or_default().to_owned();
    let mut table = Table::new([
        Column::left("Date", 2),
        Column::left("Description", 6),
        Column::right("Amount", 2),
        Column::right("Balance", 2),
    ]);
    let mut balance = statement.opening;
    for entry in &statement.entries {
        balance += entry.change;
        table.row([entry.date.to_string(), entry.name.clone(), money(entry.change), money(balance)]);
    }
    Document::new(format!("{bank}: account statement"))
        .facts([
            ("Account holder", owner),
            ("Account", format!("{} ending in {}", account.name, account.mask)),
            ("Period", format!("{} to {}", statement.first, statement.last)),
            ("Currency", account.balances.currency.clone()),
            ("Opening balance", money(statement.opening)),
            ("Closing balance", money(statement.closing)),
        ])
        .heading("Transactions")
        .table(table)
        .line(format!("{} transactions.", statement.entries.len()))
}
