//! Payrolls: from the link to their documents.

use serde_json::{Value, json};

use super::{documents, error, failed, not_ready, unknown};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::ids::Ids;
use crate::ops::{Call, Response, World, nothing, users};
use crate::state::payroll::{Documents, Flow, Payroll, Signals, Status};
use crate::state::{Event, IncomeEvent, Item, ItemId, ItemState, Tenant};

/// How often a year has a pay day.
const A_YEAR: [(&str, i64); 4] = [("WEEKLY", 52), ("BIWEEKLY", 26), ("SEMIMONTHLY", 24), ("MONTHLY", 12)];

/// An Item was linked for a payroll. Its bank accounts are not shared.
pub fn start(tenant: &mut Tenant, id: &ItemId, options: Fields<'_>) {
    let now = tenant.now();
    let Some(item) = tenant.items.get_mut(id) else { return };
    let accounts = std::mem::take(&mut item.accounts);
    item.unshared.extend(accounts);
    item.products.insert("income_verification".to_owned());
    let kinds = options.object("payroll_income");
    let is_document = kinds.texts("flow_types").is_some_and(|all| all == ["payroll_document_income"]);
    let wants = kinds.texts("parsing_config").is_some_and(|all| all.contains(&"risk_signals"));
    let verification = options.text("income_verification_id").map(str::to_owned);
    let webhook = verification.as_ref().and_then(|id| tenant.incomes.verifications.get(id)).or(item.webhook.as_ref());
    let payroll = Payroll {
        user: item.user.clone(),
        webhook: webhook.cloned(),
        verification,
        flow: if is_document { Flow::Document } else { Flow::Digital },
        status: Status::Processing,
        account: Ids::new(0, &format!("payroll/{id}")).long(),
        documents: Documents::default(),
        signals: if wants { Signals::Processing } else { Signals::Unwanted },
        updated: now,
    };
    tenant.incomes.payrolls.insert(id.clone(), payroll);
    schedule(tenant, IncomeEvent::Documents(id.clone()));
}

/// A user has repaired the Item of a payroll, so that its documents are read again.
pub fn again(tenant: &mut Tenant, id: &ItemId) {
    let Some(payroll) = tenant.incomes.payrolls.get_mut(id) else { return };
    if payroll.status.can_become(Status::Processing) {
        payroll.status = Status::Processing;
        schedule(tenant, IncomeEvent::Documents(id.clone()));
    }
}

fn schedule(tenant: &mut Tenant, event: IncomeEvent) {
    let at = tenant.after(tenant.pace.initial);
    tenant.schedule.at(at, Event::Income(event));
}

/// The documents have been read.
pub fn read(tenant: &mut Tenant, id: &ItemId) {
    let now = tenant.now();
    let (Some(item), Some(payroll)) = (tenant.items.get(id), tenant.incomes.payrolls.get_mut(id)) else { return };
    if payroll.status != Status::Processing {
        return;
    }
    let found = documents::of(item, payroll.flow, now);
    let status = match (item.error(), found.is_empty(), payroll.flow) {
        (Some(_), ..) | (None, true, Flow::Digital) => Status::Failed,
        (None, true, Flow::Document) => Status::Unreadable,
        (None, false, _) => Status::Complete,
    };
    payroll.documents = found;
    let wants = payroll.signals == Signals::Processing && payroll.flow == Flow::Document;
    set(tenant, id, status);
    if wants && status == Status::Complete {
        schedule(tenant, IncomeEvent::Signals(id.clone()));
    }
}

/// Puts a payroll into a state, and says so. Returns whether it could become so.
pub fn set(tenant: &mut Tenant, id: &ItemId, status: Status) -> bool {
    let now = tenant.now();
    let Some(payroll) = tenant.incomes.payrolls.get_mut(id) else { return false };
    if !payroll.status.can_become(status) {
        return false;
    }
    (payroll.status, payroll.updated) = (status, now);
    if let Some(status) = status.announced() {
        announce(tenant, id, "INCOME_VERIFICATION", json!({"verification_status": status}));
    }
    true
}

fn announce(tenant: &mut Tenant, id: &ItemId, code: &str, mut fields: Value) {
    let Some(payroll) = tenant.incomes.payrolls.get(id) else { return };
    fields["item_id"] = json!(id);
    if let Some(user) = &payroll.user {
        fields["user_id"] = user.as_str().into();
    }
    let url = payroll.webhook.clone();
    tenant.webhook(Some(id.clone()), url, "INCOME", code, fields);
}

/// The documents have been searched for signs of fraud.
pub fn searched(tenant: &mut Tenant, id: &ItemId) {
    let Some(payroll) = tenant.incomes.payrolls.get_mut(id) else { return };
    payroll.signals = Signals::Ready;
    let status = json!({"risk_signals_status": "RISK_SIGNALS_PROCESSING_COMPLETE"});
    announce(tenant, id, "INCOME_VERIFICATION_RISK_SIGNALS", status);
}

/// The payrolls of the user whom a request names, or those of the Items that it selects.
///
/// # Errors
/// `INCOME_VERIFICATION_NOT_FOUND` if there is none.
pub fn named(call: &Call<'_>) -> Result<Vec<(ItemId, Payroll)>, ApiError> {
    let user = users::named(call.tenant, call.request)?;
    let is_there = |id: &ItemId| call.tenant.items.get(id).is_some_and(|item| item.state != ItemState::Removed);
    let own = call.tenant.incomes.payrolls.iter().filter(|(id, one)| one.user.as_ref() == Some(&user) && is_there(id));
    let all: Vec<(ItemId, Payroll)> = own.map(|(id, one)| (id.clone(), one.clone())).collect();
    let options = call.request.object("options");
    let wanted = options.texts("item_ids").or_else(|| call.request.text("item_id").map(|id| vec![id]));
    let is_wanted = |id: &str| all.iter().any(|(own, _)| own.0 == id);
    if wanted.as_ref().is_some_and(|wanted| !wanted.iter().all(|id| is_wanted(id))) || all.is_empty() {
        return Err(unknown());
    }
    Ok(all.into_iter().filter(|(id, _)| wanted.as_ref().is_none_or(|all| all.contains(&id.0.as_str()))).collect())
}

/// Refuses a payroll whose documents are not there.
///
/// # Errors
/// What keeps them.
pub fn complete(payroll: &Payroll) -> Result<(), ApiError> {
    match payroll.status {
        Status::Complete => Ok(()),
        Status::Processing => Err(not_ready()),
        Status::PendingApproval => {
            Err(error("VERIFICATION_STATUS_PENDING_APPROVAL", "the user has not agreed to share the income yet"))
        }
        Status::Failed => Err(failed()),
        Status::Unreadable => Err(error("INCOME_VERIFICATION_UPLOAD_ERROR", "the uploaded files can't be read")),
    }
}

/// The payrolls of a user, of which at least one is complete.
///
/// # Errors
/// Of the first one, if none is.
pub fn readable(call: &Call<'_>) -> Result<Vec<(ItemId, Payroll)>, ApiError> {
    let all = named(call)?;
    match all.iter().map(|(_, one)| complete(one)).find(Result::is_ok) {
        Some(_) => Ok(all),
        None => Err(all.first().and_then(|(_, one)| complete(one).err()).unwrap_or_else(unknown)),
    }
}

/// `/credit/payroll_income/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let all = readable(call)?;
    let items: Vec<Value> = all.iter().map(|(id, one)| view(call.tenant, call.world, id, one)).collect();
    Ok(json!({"items": items}))
}

fn view(tenant: &Tenant, world: &World, id: &ItemId, payroll: &Payroll) -> Value {
    let institution = tenant.items.get(id).and_then(|item: &Item| world.institution(&item.institution).ok());
    let documents = &payroll.documents;
    let account = (payroll.flow == Flow::Digital).then_some(&payroll.account);
    let details = documents.stubs.first().map(|stub| &stub["pay_period_details"]);
    let frequency = details.and_then(|details| details["pay_frequency"].as_str());
    let gross = details.and_then(|details| Fields(details).decimal("gross_earnings"));
    let times = A_YEAR.iter().find(|(name, _)| frequency == Some(name)).map(|(_, times)| *times);
    let annual = gross.zip(times).and_then(|(gross, times)| gross.checked_mul(times.into()));
    json!({
        "accounts": [{
            "account_id": account,
            "pay_frequency": frequency,
            "rate_of_pay": {
                "pay_amount": annual.map(crate::ops::account_view::number),
                "pay_rate": annual.map(|_| "ANNUAL"),
            },
        }],
        "institution_id": institution.map(|one| one.id.as_str()).unwrap_or_default(),
        "institution_name": institution.map(|one| one.name.as_str()).unwrap_or_default(),
        "item_id": id,
        "payroll_income": [{
            "account_id": account,
            "form1099s": documents.forms_1099,
            // Newer clients require it; the document lacks it.
            "i20s": [],
            "pay_stubs": documents.stubs,
            "w2s": documents.w2s,
        }],
        "status": {"processing_status": payroll.status.wire()},
        "updated_at": time(payroll.updated),
    })
}

/// `/credit/payroll_income/refresh`: whether the provider has something new. Uploaded documents stay as they are.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let all: Vec<_> = readable(call)?.into_iter().filter(|(_, one)| one.flow == Flow::Digital).collect();
    if all.is_empty() {
        return Err(ApiError::invalid_field("only the payroll of a provider can be refreshed"));
    }
    let url = call.request.object("options").text("webhook").map(str::to_owned);
    if let Some(url) = &url {
        crate::ops::items::valid_url("options.webhook", url)?;
    }
    let (now, mut result) = (call.tenant.now(), "NOT_FOUND");
    for (id, payroll) in all {
        let Some(item) = call.tenant.items.get(&id) else { continue };
        if item.error().is_some() {
            let user = payroll.user.clone();
            let url = url.clone().or(payroll.webhook);
            let code = "INCOME_VERIFICATION_REFRESH_RECONNECT_NEEDED";
            call.tenant.webhook(None, url, "INCOME", code, json!({"user_id": user}));
            return Ok(json!({"verification_refresh_status": "USER_PRESENCE_REQUIRED"}));
        }
        if documents::of(item, payroll.flow, now) != payroll.documents {
            result = "SUCCESSFUL";
            if let Some(own) = call.tenant.incomes.payrolls.get_mut(&id) {
                own.webhook = url.clone().or_else(|| own.webhook.clone());
            }
            again(call.tenant, &id);
        }
    }
    Ok(json!({"verification_refresh_status": result}))
}

/// `/credit/payroll_income/parsing_config/update`: what is looked for in uploaded documents.
pub fn update_parsing(call: &mut Call<'_>) -> Response {
    let wanted = call.request.texts("parsing_config").unwrap_or_default();
    if wanted.is_empty() {
        return Err(ApiError::invalid_field("parsing_config must have at least one entry"));
    }
    let wants = wanted.contains(&"risk_signals");
    for (id, before) in named(call)? {
        let Some(payroll) = call.tenant.incomes.payrolls.get_mut(&id) else { continue };
        match (wants, before.signals) {
            (false, _) => payroll.signals = Signals::Unwanted,
            (true, Signals::Unwanted) => {
                payroll.signals = Signals::Processing;
                if before.flow == Flow::Document && before.status == Status::Complete {
                    schedule(call.tenant, IncomeEvent::Signals(id));
                }
            }
            (true, _) => {}
        }
    }
    nothing()
}
