//! New bank transfers.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Call, Response, processors, reading};
use super::{check_origination, progress, refused, view};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{
    Account, AccountId, BankTransfer, BankTransferStatus, ItemId, ORIGINATION_ACCOUNT, Source, SourceKind, Stamp,
    Tenant,
};

/// The codes of returns that say that an account can't be used any more.
const BLOCKING: [&str; 7] = ["R02", "R03", "R04", "R07", "R10", "R16", "R29"];

/// `/bank_transfer/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    if let Some(earlier) = earlier(call) {
        return Ok(earlier);
    }
    let id = AccountId(call.request.required("account_id")?.to_owned());
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("auth")?;
    let account = item.account(&id).cloned().ok_or_else(ApiError::invalid_account_id)?;
    let item = item.id.clone();
    make(call, item, &account)
}

/// `/processor/bank_transfer/create`: for the account of a processor token.
pub fn create_as_processor(call: &mut Call<'_>) -> Response {
    if let Some(earlier) = earlier(call) {
        return Ok(earlier);
    }
    let (item, account) = processors::may_read(call, None)?;
    make(call, item, &account)
}

/// What the same key has made.
fn earlier(call: &Call<'_>) -> Option<Value> {
    let all = &call.tenant.bank_transfers;
    let transfer = all.transfers.get(all.keys.get(call.request.text("idempotency_key")?)?)?;
    Some(json!({"bank_transfer": view::transfer(transfer)}))
}

fn make(call: &mut Call<'_>, item: ItemId, account: &Account) -> Response {
    let request = call.request;
    let key = request.required("idempotency_key")?.to_owned();
    let (kind, network) = (request.required("type")?, request.required("network")?);
    let amount = reading::amount(request, "amount")?;
    if request.required("iso_currency_code")? != "USD" {
        return Err(ApiError::invalid_field("iso_currency_code must be USD"));
    }
    check_origination(request)?;
    let is_debit = kind == "debit";
    let ach_class = class(request, network, is_debit)?;
    check_account(call.tenant, account)?;
    check_amount(network, amount)?;
    let id = call.tenant.ids.uuid();
    let transfer = BankTransfer {
        id: id.clone(),
        item,
        account: account.id.clone(),
        is_debit,
        network: network.to_owned(),
        ach_class,
        amount,
        user: user(request.object("user"), account),
        description: request.required("description")?.to_owned(),
        custom_tag: request.text("custom_tag").map(str::to_owned),
        metadata: reading::metadata(request)?,
        created: call.tenant.now(),
        status: BankTransferStatus::Pending,
        failure: None,
    };
    book(call.tenant, &transfer)?;
    let shown = view::transfer(&transfer);
    call.tenant.bank_transfers.keys.insert(key, id.clone());
    call.tenant.bank_transfers.transfers.insert(id.clone(), transfer);
    progress::record(call.tenant, &id);
    Ok(json!({"bank_transfer": shown}))
}

/// The use case of an ACH transfer. Consumers are paid by `ppd`, businesses by `ccd`.
fn class(request: Fields<'_>, network: &str, is_debit: bool) -> Result<Option<String>, ApiError> {
    if network == "wire" {
        return match is_debit {
            true => Err(ApiError::invalid_field("type must be credit for a transfer by wire")),
            false => Ok(None),
        };
    }
    match (request.required("ach_class")?, is_debit) {
        ("tel" | "web", false) => Err(ApiError::invalid_field("ach_class must be ccd or ppd for a credit")),
        (class, _) => Ok(Some(class.to_owned())),
    }
}

/// Money moves with checking and savings accounts only, and with none that has had an error.
fn check_account(tenant: &Tenant, account: &Account) -> Result<(), ApiError> {
    let is_usable =
        account.kind == "depository" && matches!(&*account.subtype, "checking" | "savings" | "cash management");
    if !is_usable {
        let message = "the account is not one that can be used for bank transfers";
        return Err(refused("BANK_TRANSFER_UNSUPPORTED_ACCOUNT_TYPE", message));
    }
    let blocks = |transfer: &&BankTransfer| {
        let code = transfer.failure.as_ref().and_then(|failure| failure.code.as_deref());
        transfer.account == account.id && code.is_some_and(|code| BLOCKING.contains(&code))
    };
    match tenant.bank_transfers.transfers.values().find(blocks) {
        Some(_) => {
            Err(refused("BANK_TRANSFER_ACCOUNT_BLOCKED", "the account is blocked: an earlier transfer came back"))
        }
        None => Ok(()),
    }
}

/// The most that is transferred at once.
fn check_amount(network: &str, amount: Decimal) -> Result<(), ApiError> {
    let most = match network {
        "wire" => Decimal::new(99_999_999, 2),
        "same-day-ach" => Decimal::from(1_000_000),
        _ => Decimal::from(10_000_000),
    };
    match amount > most {
        true => Err(refused("BANK_TRANSFER_LIMIT_EXCEEDED", "the amount is over the limit of a single bank transfer")),
        false => Ok(()),
    }
}

/// The user as responses contain them, with the routing number of their bank.
fn user(of: Fields<'_>, account: &Account) -> Value {
    json!({
        "email_address": of.text("email_address"),
        "legal_name": of.text("legal_name"),
        "routing_number": account.numbers.ach.as_ref().map_or("", |ach| &ach.routing),
    })
}

/// A debit is under way to the client's account. A credit is paid from it at once.
fn book(tenant: &mut Tenant, transfer: &BankTransfer) -> Result<(), ApiError> {
    let (at, source) = (tenant.now(), Source::new(SourceKind::Transfer, &transfer.id));
    let Tenant { bank_transfers, ids, .. } = tenant;
    let mut stamp = Stamp { ids, at };
    if transfer.is_debit {
        bank_transfers.ledgers.hold(&mut stamp, ORIGINATION_ACCOUNT, transfer.amount, &source, at);
        return Ok(());
    }
    let paid = bank_transfers.ledgers.pay(&mut stamp, ORIGINATION_ACCOUNT, transfer.amount, &source);
    paid.map_err(|_| refused("BANK_TRANSFER_INSUFFICIENT_FUNDS", "the account has less money than the amount"))
}
