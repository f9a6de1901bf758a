//! `/transfer/intent/*`: transfers that users agree to in Link.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, reading, transfer};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{Account, Decision, FUNDING_ACCOUNT, Intent, IntentOutcome, Item, ItemId, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/transfer/intent/create", Class::StateMachine, create),
    Entry::json("/transfer/intent/get", Class::StateMachine, get),
];

/// `/transfer/intent/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let amount = reading::amount(request, "amount")?;
    let network = request.text("network").unwrap_or("same-day-ach");
    let is_payment = request.required("mode")? == "PAYMENT";
    if request.text("iso_currency_code").is_some_and(|currency| currency != "USD") {
        return Err(ApiError::invalid_field("iso_currency_code must be USD"));
    }
    // Link asks in the internet. Who is paid has agreed in writing.
    let usual = if is_payment { "web" } else { "ppd" };
    let class = request.text("ach_class").unwrap_or(usual);
    if !is_payment && matches!(class, "tel" | "web") {
        let message = "the ach_class can't be used for a disbursement";
        return Err(ApiError::new("TRANSFER_ERROR", "TRANSFER_FORBIDDEN_ACH_CLASS", message));
    }
    let intent = Intent {
        id: call.tenant.ids.uuid(),
        created: call.tenant.now(),
        is_payment,
        network: network.to_owned(),
        ach_class: (network != "rtp").then(|| class.to_owned()),
        amount,
        description: request.required("description")?.to_owned(),
        user: request.value("user").cloned().unwrap_or_default(),
        account: request.text("account_id").map(str::to_owned),
        funding_account: request.text("funding_account_id").unwrap_or(FUNDING_ACCOUNT).to_owned(),
        metadata: reading::metadata(request)?,
        require_guarantee: request.flag("require_guarantee"),
        outcome: None,
    };
    let shown = view(&intent);
    call.tenant.intents.insert(intent.id.clone(), intent);
    Ok(json!({"transfer_intent": shown}))
}

/// `/transfer/intent/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("transfer_intent_id")?;
    let intent = call.tenant.intents.get(id);
    let intent =
        intent.ok_or_else(|| ApiError::invalid_field("transfer_intent_id must be the id of a transfer intent"))?;
    let outcome = intent.outcome.clone().unwrap_or_default();
    let failure = outcome
        .failure
        .map(|(kind, code, message)| json!({"error_code": code, "error_message": message, "error_type": kind}));
    let guarantee = outcome.guaranteed.map(|is_guaranteed| if is_guaranteed { "GUARANTEED" } else { "NOT_GUARANTEED" });
    let no_guarantee = (outcome.guaranteed == Some(false))
        .then(|| json!({"code": "RISK_ESTIMATE_UNAVAILABLE", "description": "the risk can't be estimated"}));
    let mut shown = view(intent);
    crate::json::merge(
        &mut shown,
        json!({
            "authorization_decision": outcome.decision,
            "authorization_decision_rationale": outcome.rationale,
            "failure_reason": failure,
            "guarantee_decision": guarantee,
            "guarantee_decision_rationale": no_guarantee,
            "transfer_id": outcome.transfer,
        }),
    );
    Ok(json!({"transfer_intent": shown}))
}

fn view(one: &Intent) -> Value {
    let mut value = json!({
        "account_id": one.account,
        "amount": format!("{:.2}", one.amount),
        "created": time(one.created),
        "description": one.description,
        "funding_account_id": one.funding_account,
        "id": one.id,
        "iso_currency_code": "USD",
        "metadata": one.metadata,
        "mode": if one.is_payment { "PAYMENT" } else { "DISBURSEMENT" },
        "network": one.network,
        "origination_account_id": "",
        "require_guarantee": one.require_guarantee,
        "status": one.status(),
        "user": transfer::user(Fields(&one.user)),
    });
    if let Some(class) = &one.ach_class {
        value["ach_class"] = class.as_str().into();
    }
    value
}

/// Checks the `transfer` of a request for a Link token.
///
/// # Errors
/// `INVALID_FIELD` for an intent that is not known or was decided already.
pub fn check(tenant: &Tenant, of: Fields<'_>) -> Result<(), ApiError> {
    let Some(id) = of.text("intent_id") else { return Ok(()) };
    match tenant.intents.get(id).map(|intent| intent.outcome.is_none()) {
        Some(true) => Ok(()),
        Some(false) => Err(ApiError::invalid_field("transfer.intent_id must be a transfer intent that is PENDING")),
        None => Err(ApiError::invalid_field("transfer.intent_id must be the id of a transfer intent")),
    }
}

/// The user has agreed in Link: the transfer is authorized and made, or the intent fails. Returns the `transfer_status` of
/// `onSuccess`.
pub fn settle(tenant: &mut Tenant, id: &str, item: &ItemId) -> Option<&'static str> {
    let intent = tenant.intents.get(id)?.clone();
    if intent.outcome.is_none() {
        // The application has no access token yet. This one is gone before anyone sees it.
        let token = tenant.ids.token("access");
        tenant.access.insert(token.clone(), item.clone());
        let outcome = attempt(tenant, &intent, item, &token);
        tenant.access.shift_remove(&token);
        if let Some(intent) = tenant.intents.get_mut(id) {
            intent.outcome = Some(outcome);
        }
    }
    let has_transfer = tenant.intents.get(id)?.outcome.as_ref().is_some_and(|outcome| outcome.transfer.is_some());
    Some(if has_transfer { "COMPLETE" } else { "INCOMPLETE" })
}

fn attempt(tenant: &mut Tenant, intent: &Intent, item: &ItemId, token: &str) -> IntentOutcome {
    let failed = |error: &ApiError| Some((error.kind.to_string(), error.code.to_string(), error.message.clone()));
    let account = tenant.items.get(item).and_then(|item| account(item, intent));
    let Some(account) = account else {
        return IntentOutcome { failure: failed(&ApiError::invalid_account_id()), ..IntentOutcome::default() };
    };
    let request = json!({
        "access_token": token,
        "account_id": account,
        "ach_class": intent.ach_class,
        "amount": format!("{:.2}", intent.amount),
        "funding_account_id": intent.funding_account,
        "network": intent.network,
        "request_guarantee": intent.require_guarantee,
        "type": if intent.is_payment { "debit" } else { "credit" },
        "user": intent.user,
    });
    let now = tenant.now();
    let authorization = match transfer::authorize(tenant, Fields(&request), now) {
        Ok(authorization) => authorization,
        Err(error) => return IntentOutcome { failure: failed(&error), ..IntentOutcome::default() },
    };
    let decision = match authorization.decision {
        Decision::Approved => Some("APPROVED".to_owned()),
        Decision::Declined => Some("DECLINED".to_owned()),
        Decision::UserActionRequired => None,
    };
    let decided = IntentOutcome {
        decision,
        rationale: transfer::rationale(&authorization),
        guaranteed: authorization.proposal.guaranteed,
        ..IntentOutcome::default()
    };
    let refused = match authorization.decision {
        Decision::Approved if intent.require_guarantee && decided.guaranteed != Some(true) => {
            Some("the transfer is not guaranteed")
        }
        Decision::Approved => None,
        _ => Some("the authorization was declined"),
    };
    if let Some(why) = refused {
        let error = ApiError::new("TRANSFER_ERROR", "TRANSFER_AUTHORIZATION_DECLINED", why);
        return IntentOutcome { failure: failed(&error), ..decided };
    }
    // Banks show ten characters of what an ACH transfer is for.
    let description: String = intent.description.chars().take(10).collect();
    let request = json!({
        "access_token": token,
        "account_id": account,
        "authorization_id": authorization.id,
        "description": description,
        "metadata": intent.metadata,
    });
    match transfer::originate(tenant, Fields(&request), now, transfer::Cause::Intent(&intent.id)) {
        Ok(id) => IntentOutcome { transfer: Some(id), ..decided },
        Err(error) => IntentOutcome { failure: failed(&error), ..decided },
    }
}

/// The account of an intent: the one that the client has chosen, or the first one of the Item that holds deposits.
fn account(item: &Item, intent: &Intent) -> Option<String> {
    let is_usable = |account: &&Account| {
        account.kind == "depository" && matches!(&*account.subtype, "checking" | "savings" | "cash management")
    };
    let found = match &intent.account {
        Some(id) => item.accounts.iter().find(|account| account.id.as_ref() == id),
        None => item.accounts.iter().find(is_usable).or(item.accounts.first()),
    };
    found.map(|account| account.id.to_string())
}
