//! Authorizations: what a transfer needs before it can be made.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Call, Response, nothing, reading};
use super::decision::{Case, Login, decide};
use super::{account, amount, ledgers, onboarded, time_of, view};
use crate::calendar::eastern;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{
    Account, AccountId, AchClass, Authorization, Decision, FUNDING_ACCOUNT, Item, ItemId, ItemState, Named, Network,
    ProfileStatus, Proposal, Tenant, TransferKind, Usage,
};

/// How long an authorization can be used.
pub const LIFE: TimeDelta = TimeDelta::hours(1);
/// How long an idempotency key stands for its authorization.
const KEY_LIFE: TimeDelta = TimeDelta::hours(48);
/// The hour of New York from which ACH of the same day becomes ACH of a later one.
const CUTOFF: u32 = 15;

/// `/transfer/authorization/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let at = time_of(call.tenant, call.request)?;
    let authorization = authorize(call.tenant, call.request, at)?;
    Ok(json!({"authorization": view::authorization(&authorization)}))
}

/// Decides about a transfer. `request` is that of `/transfer/authorization/create`, `at` the time that the authorization shows.
///
/// # Errors
/// For networks, classes and accounts that don't fit each other, and for unknown Items, ledgers and originators.
pub fn authorize(tenant: &mut Tenant, request: Fields<'_>, at: DateTime<Utc>) -> Result<Authorization, ApiError> {
    if let Some(earlier) = earlier(tenant, request) {
        return Ok(earlier.clone());
    }
    let mut proposal = proposal(tenant, request, at)?;
    let profile_needs_login = profile_needs_login(tenant, request)?;
    let case = Case { profile_needs_login, ..case(tenant, &proposal, at)? };
    let row = decide(&case);
    let is_sure = row.decision == Decision::Approved && row.rationale.is_none();
    proposal.guaranteed = (request.flag("request_guarantee") && case.kind == TransferKind::Debit).then_some(is_sure);
    let authorization = Authorization {
        id: tenant.ids.uuid(),
        made: tenant.now(),
        created: at,
        decision: row.decision,
        rationale: row.rationale,
        description: row.rationale.map(|_| row.because.to_owned()),
        usage: Usage::Open,
        proposal,
    };
    if let Some(item) = tenant.items.get_mut(&authorization.proposal.item) {
        item.products.insert("transfer".to_owned());
    }
    let id = authorization.id.clone();
    if let Some(key) = request.text("idempotency_key").filter(|_| row.decision != Decision::UserActionRequired) {
        tenant.transfers.keys.insert(format!("authorization/{key}"), id.clone());
    }
    tenant.transfers.authorizations.insert(id, authorization.clone());
    Ok(authorization)
}

/// The authorization that the same key made in the last two days.
fn earlier<'a>(tenant: &'a Tenant, request: Fields<'_>) -> Option<&'a Authorization> {
    let key = request.text("idempotency_key")?;
    let id = tenant.transfers.keys.get(&format!("authorization/{key}"))?;
    let authorization = tenant.transfers.authorizations.get(id)?;
    (tenant.now() < authorization.made + KEY_LIFE).then_some(authorization)
}

/// What a request proposes, if it can be proposed.
fn proposal(tenant: &mut Tenant, request: Fields<'_>, at: DateTime<Utc>) -> Result<Proposal, ApiError> {
    let kind = reading::named::<TransferKind>(request, "type")?;
    let network = reading::named::<Network>(request, "network")?;
    let amount = amount(request, "amount")?;
    check_currency(request)?;
    account::check_network(network, kind, amount)?;
    let originator = onboarded(tenant, request)?.map(str::to_owned);
    let ledger = ledgers::chosen(tenant, request)?;
    let given = request.text("ach_class").and_then(AchClass::read);
    let id = AccountId(request.required("account_id")?.to_owned());
    let item = tenant.any_item(request.required("access_token")?)?;
    if let ItemState::Revoked = item.state {
        return Err(ApiError::permission_revoked());
    }
    item.supports("transfer")?;
    let account = item.account(&id).ok_or_else(ApiError::invalid_account_id)?;
    account::check_account(item, account, network)?;
    let ach_class = account::class(given, network, kind, account)?;
    let (item, account) = (item.id.clone(), account.clone());
    account::check_returns(tenant, &account)?;
    // After its last hour on a day, the network takes it for a later day.
    let is_late = chrono::Timelike::hour(&eastern(at)) >= CUTOFF;
    let network = if network == Network::SameDayAch && is_late { Network::Ach } else { network };
    Ok(Proposal {
        item,
        account: account.id,
        kind,
        network,
        ach_class,
        amount,
        user: user(request.object("user")),
        ledger,
        funding_account: request.text("funding_account_id").unwrap_or(FUNDING_ACCOUNT).to_owned(),
        originator,
        wire_details: request.value("wire_details").filter(|_| network == Network::Wire).cloned(),
        guaranteed: None,
    })
}

fn check_currency(request: Fields<'_>) -> Result<(), ApiError> {
    match request.text("iso_currency_code") {
        None | Some("USD") => Ok(()),
        Some(_) => Err(ApiError::invalid_field("iso_currency_code must be USD")),
    }
}

/// The user as responses contain them.
pub fn user(of: Fields<'_>) -> Value {
    let text = |name: &str| of.text(name);
    let address = of.value("address").map(|_| of.object("address"));
    let address = address.map(|address| {
        let names = ["city", "country", "postal_code", "region", "street"];
        names.into_iter().map(|name| (name.to_owned(), json!(address.text(name)))).collect::<Value>()
    });
    json!({
        "address": address,
        "email_address": text("email_address"),
        "legal_name": text("legal_name"),
        "phone_number": text("phone_number"),
    })
}

/// What the decision depends on.
fn case(tenant: &Tenant, proposal: &Proposal, at: DateTime<Utc>) -> Result<Case, ApiError> {
    let item = tenant.items.get(&proposal.item).ok_or_else(ApiError::invalid_access_token)?;
    let account = item.account(&proposal.account).ok_or_else(ApiError::invalid_account_id)?;
    let ledger = tenant.transfers.ledgers.get(&proposal.ledger);
    Ok(Case {
        is_over_limit: is_over_limit(tenant, proposal, at),
        profile_needs_login: false,
        is_migrated: item.migrated,
        verification: account.verification.as_ref().map(|verification| verification.status),
        kind: proposal.kind,
        amount: proposal.amount,
        ledger: ledger.map(crate::state::Ledger::available).unwrap_or_default(),
        login: login(item),
        rule: tenant.transfers.rules.login_required,
        balance: balance(account),
    })
}

/// Whether the user of the payment profile that a request names has to log in.
fn profile_needs_login(tenant: &Tenant, request: Fields<'_>) -> Result<bool, ApiError> {
    let Some(token) = request.text("payment_profile_token") else { return Ok(false) };
    let profile = tenant.payments.profiles.get(token).filter(|profile| profile.status == ProfileStatus::Ready);
    let message = "payment_profile_token must be the token of a payment profile that is READY";
    Ok(profile.ok_or_else(|| ApiError::invalid_field(message))?.needs_login)
}

fn login(item: &Item) -> Login {
    match &item.state {
        ItemState::Broken(error) if error.code == "ITEM_LOGIN_REQUIRED" => Login::Required,
        ItemState::Broken(_) => Login::Fails,
        ItemState::Good | ItemState::Revoked | ItemState::Removed => Login::Works,
    }
}

fn balance(account: &Account) -> Option<Decimal> {
    account.balances.available.or(account.balances.current)
}

/// Whether the client's transfers of this type, with this one, are over a limit.
fn is_over_limit(tenant: &Tenant, proposal: &Proposal, at: DateTime<Utc>) -> bool {
    let limits = tenant.transfers.rules.limits;
    let today = at.date_naive();
    let own = || {
        let all = tenant.transfers.transfers.values();
        all.filter(|one| one.proposal.kind == proposal.kind && !one.status.is_undone())
    };
    let is_of_month = |time: DateTime<Utc>| (time.year(), time.month()) == (at.year(), at.month());
    let of_day: Decimal = own().filter(|one| one.created.date_naive() == today).map(|one| one.proposal.amount).sum();
    let of_month: Decimal = own().filter(|one| is_of_month(one.created)).map(|one| one.proposal.amount).sum();
    proposal.amount > limits.single
        || of_day + proposal.amount > limits.daily
        || of_month + proposal.amount > limits.monthly
}

/// `/transfer/authorization/cancel`: only one that was not used can be cancelled.
pub fn cancel(call: &mut Call<'_>) -> Response {
    let id = call.request.required("authorization_id")?;
    let authorization = call.tenant.transfers.authorizations.get_mut(id).ok_or_else(unknown)?;
    match authorization.usage {
        Usage::Open => authorization.usage = Usage::Cancelled,
        Usage::Used(_) | Usage::Cancelled => {
            let message = "authorization_id must be an authorization that was neither used nor cancelled";
            return Err(ApiError::invalid_field(message));
        }
    }
    nothing()
}

/// The Item whose user an authorization needs: Link opens it in update mode.
///
/// # Errors
/// `INVALID_FIELD` for an unknown authorization, `ITEM_NOT_FOUND` if the Item was removed.
pub fn item_of(tenant: &Tenant, id: &str) -> Result<ItemId, ApiError> {
    let authorization = tenant.transfers.authorizations.get(id).ok_or_else(unknown)?;
    match tenant.items.get(&authorization.proposal.item).filter(|item| item.state != ItemState::Removed) {
        Some(item) => Ok(item.id.clone()),
        None => Err(ApiError::item_not_found()),
    }
}

/// No authorization has the id.
pub fn unknown() -> ApiError {
    ApiError::invalid_field("authorization_id must be the id of an authorization")
}
