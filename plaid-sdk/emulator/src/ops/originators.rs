//! The clients that a client makes transfers for: `/transfer/originator/*`, `/transfer/questionnaire/*`, `/transfer/diligence/*`
//! and `/transfer/platform/*`.

mod diligence;
mod platform;

pub use self::diligence::answered;

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, nothing, reading};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{AccountId, Diligence, Originator, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/transfer/diligence/document/upload", Class::StateMachine, diligence::upload),
    Entry::json("/transfer/diligence/submit", Class::StateMachine, diligence::submit),
    Entry::json("/transfer/originator/create", Class::StateMachine, create),
    Entry::json("/transfer/originator/funding_account/create", Class::StateMachine, create_account),
    Entry::json("/transfer/originator/funding_account/update", Class::StateMachine, update_account),
    Entry::json("/transfer/originator/get", Class::StateMachine, get),
    Entry::json("/transfer/originator/list", Class::StateMachine, list),
    Entry::json("/transfer/platform/originator/create", Class::StateMachine, platform::create),
    Entry::json("/transfer/platform/person/create", Class::StateMachine, platform::person),
    Entry::json("/transfer/platform/requirement/submit", Class::StateMachine, platform::submit),
    Entry::json("/transfer/questionnaire/create", Class::StateMachine, diligence::questionnaire),
];

/// `/transfer/originator/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let company = call.request.required("company_name")?;
    if company.trim().is_empty() {
        return Err(ApiError::invalid_field("company_name must not be empty"));
    }
    let id: String = call.tenant.ids.uuid().chars().filter(char::is_ascii_hexdigit).take(24).collect();
    call.tenant.originators.add(Originator::new(&id, company));
    Ok(json!({"company_name": company, "originator_client_id": id}))
}

/// No originator has the id.
fn unknown() -> ApiError {
    ApiError::new("TRANSFER_ERROR", "TRANSFER_ORIGINATOR_NOT_FOUND", "no originator has this client id")
}

/// The originator that a request names.
///
/// # Errors
/// `TRANSFER_ORIGINATOR_NOT_FOUND`.
fn named<'a>(tenant: &'a mut Tenant, request: Fields<'_>) -> Result<&'a mut Originator, ApiError> {
    tenant.originators.get_mut(request.required("originator_client_id")?).ok_or_else(unknown)
}

/// `/transfer/originator/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let one = named(call.tenant, call.request)?;
    let outstanding =
        one.outstanding.iter().map(|asked| json!({"person_id": asked.person, "requirement_type": asked.kind}));
    let is_asked = one.status == Diligence::MoreInformationRequired;
    Ok(json!({"originator": {
        "client_id": one.id,
        "company_name": one.company,
        "outstanding_requirements": outstanding.filter(|_| is_asked).collect::<Vec<Value>>(),
        "transfer_diligence_status": one.status.wire(),
    }}))
}

/// `/transfer/originator/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let all = call.tenant.originators.all().rev();
    let shown = all.map(|one| json!({"client_id": one.id, "transfer_diligence_status": one.status.wire()}));
    Ok(json!({"originators": reading::page(call.request, shown)?}))
}

/// Lets an originator get to a state, and announces it to a platform. One of the Sandbox stays in its state.
///
/// # Errors
/// `INVALID_FIELD` if the state does not follow the present one.
pub fn change(tenant: &mut Tenant, id: &str, to: Diligence) -> Result<(), ApiError> {
    let one = tenant.originators.get_mut(id).ok_or_else(unknown)?;
    if one.is_fixed {
        return Ok(());
    }
    if !one.status.next().contains(&to) {
        let message = format!("an originator that is {} can't become {}", one.status.wire(), to.wire());
        return Err(ApiError::invalid_field(&message));
    }
    one.status = to;
    if to != Diligence::MoreInformationRequired {
        one.outstanding.clear();
    }
    if let Some(url) = one.webhook.clone() {
        let about = json!({"originator_client_id": id});
        tenant.webhook(None, Some(url), "TRANSFER", "PLATFORM_ONBOARDING_UPDATE", about);
    }
    Ok(())
}

/// The account of a request's `funding_account`: the Item's id, the account's id and a name.
///
/// # Errors
/// Those of the token and the account, and `INVALID_FIELD` for one that holds no deposits.
fn funding(tenant: &mut Tenant, of: Fields<'_>) -> Result<(String, String, Option<String>), ApiError> {
    let id = AccountId(of.required("account_id")?.to_owned());
    let item = tenant.item(of.required("access_token")?)?;
    let account = item.account(&id).ok_or_else(ApiError::invalid_account_id)?;
    if account.kind != "depository" || !matches!(&*account.subtype, "checking" | "savings" | "cash management") {
        return Err(ApiError::invalid_field("funding_account.account_id must be a checking or savings account"));
    }
    Ok((item.id.to_string(), id.0, of.text("display_name").map(str::to_owned)))
}

/// `/transfer/originator/funding_account/create`: one more account.
pub fn create_account(call: &mut Call<'_>) -> Response {
    named(call.tenant, call.request)?;
    let account = funding(call.tenant, call.request.object("funding_account"))?;
    let id = call.tenant.ids.uuid();
    named(call.tenant, call.request)?.accounts.insert(id.clone(), account);
    Ok(json!({"funding_account_id": id}))
}

/// `/transfer/originator/funding_account/update`: another account in place of the last one. Its id stays.
pub fn update_account(call: &mut Call<'_>) -> Response {
    named(call.tenant, call.request)?;
    let account = funding(call.tenant, call.request.object("funding_account"))?;
    let fresh = call.tenant.ids.uuid();
    let one = named(call.tenant, call.request)?;
    let id = one.accounts.keys().last().cloned().unwrap_or(fresh);
    one.accounts.insert(id, account);
    nothing()
}

#[cfg(test)]
mod tests {
    use super::change;
    use crate::clock::Clock;
    use crate::ids::Ids;
    use crate::state::{Diligence, Originator, Pace, Tenant};
    use chrono::DateTime;

    /// Random changes: only those of the table happen, each of them is announced once, and a refused one changes nothing.
    #[test]
    fn originators_go_by_the_ways_of_the_table() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..60 {
            let clock = Clock::frozen(DateTime::UNIX_EPOCH);
            let mut tenant = Tenant::new(seed, "0123456789abcdef01234567", "secret", clock, Pace::INSTANT);
            let mut one = Originator::new("a", "A");
            one.webhook = Some("http://127.0.0.1:9/hook".to_owned());
            tenant.originators.add(one);
            let mut random = Ids::new(seed, "originators");
            let status = |tenant: &Tenant| tenant.originators.get("a").map(|one| one.status).expect("the originator");
            for _ in 0..12 {
                let to = Diligence::ALL[usize::try_from(random.below(6)).expect("a number")];
                let (before, told) = (status(&tenant), tenant.webhooks.len());
                let changed = change(&mut tenant, "a", to).is_ok();
                assert_eq!(changed, before.next().contains(&to), "{before:?} to {to:?}");
                assert_eq!(status(&tenant), if changed { to } else { before });
                assert_eq!(tenant.webhooks.len(), told + usize::from(changed));
                seen.extend(changed.then_some((before.wire(), to.wire())));
            }
        }
        let all: usize = Diligence::ALL.iter().map(|one| one.next().len()).sum();
        assert_eq!(seen.len(), all, "every change of the table happened");
    }
}
