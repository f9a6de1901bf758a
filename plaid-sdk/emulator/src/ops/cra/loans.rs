//! `/cra/loans/*`: what an application reports of the loans of its users. A request is carried out as a whole or not at all.

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::{Call, Response, nothing};
use crate::state::{Loan, LoanApplication, LoanStatus, Loans, Tenant};

/// `/cra/loans/applications/register`: an application that is known already gets the new decision.
pub fn apply(call: &mut Call<'_>) -> Response {
    let mut loans = call.tenant.checks.loans.clone();
    for (index, one) in all(call.request, "applications")?.into_iter().enumerate() {
        let at = |name: &str| format!("applications[{index}].{name}");
        let user = user(call.tenant, one, &at("user_token"))?;
        let id = filled(one, "application_id", &at("application_id"))?;
        let dates = (one.date("application_date")?, one.date("decision_date")?);
        if matches!(dates, (Some(applied), Some(decided)) if decided < applied) {
            let message = format!("{} must not be before the application_date", at("decision_date"));
            return Err(ApiError::invalid_field(&message));
        }
        let (kind, decision) = (one.required("type")?.to_owned(), one.required("decision")?.to_owned());
        own(loans.applications.get(id).map(|known| &known.user), &user, &at("application_id"))?;
        loans.applications.insert(id.to_owned(), LoanApplication { user, kind, decision });
    }
    call.tenant.checks.loans = loans;
    nothing()
}

/// `/cra/loans/register`: a loan that is known and open is registered anew.
pub fn register(call: &mut Call<'_>) -> Response {
    let mut loans = call.tenant.checks.loans.clone();
    for (index, one) in all(call.request, "loans")?.into_iter().enumerate() {
        let at = |name: &str| format!("loans[{index}].{name}");
        let user = user(call.tenant, one, &at("user_token"))?;
        let id = filled(one, "loan_id", &at("loan_id"))?;
        let known = loans.all.get(id);
        own(known.map(|known| &known.user), &user, &at("loan_id"))?;
        if known.is_some_and(|known| known.is_closed) {
            return Err(ApiError::invalid_field(&format!("{} must not be a loan that was closed", at("loan_id"))));
        }
        if one.value("loan_amount").is_some()
            && one.decimal("loan_amount").is_none_or(|amount| amount.is_sign_negative())
        {
            return Err(ApiError::invalid_field(&format!("{} must not be negative", at("loan_amount"))));
        }
        let opened = one.date("opened_date")?.ok_or_else(|| ApiError::missing_fields(&at("opened_date")))?;
        let kind = one.required("type")?.to_owned();
        let application = one.object("application");
        if let Some(id) = application.text("application_id") {
            own(loans.applications.get(id).map(|known| &known.user), &user, &at("application.application_id"))?;
            let (user, kind) = (user.clone(), kind.clone());
            // A loan follows from an application that was approved.
            let decision = "APPROVED".to_owned();
            loans.applications.insert(id.to_owned(), LoanApplication { user, kind, decision });
        }
        let status = status(one.object("opened_with_status"), opened, &at("opened_with_status"))?;
        let registered = one.0.clone();
        let loan = Loan {
            user,
            kind,
            opened,
            registered,
            statuses: vec![status],
            payments: IndexMap::new(),
            is_closed: false,
        };
        loans.all.insert(id.to_owned(), loan);
    }
    call.tenant.checks.loans = loans;
    nothing()
}

/// `/cra/loans/update`: new statuses, and payments by period. A period that is known is replaced.
pub fn update(call: &mut Call<'_>) -> Response {
    let mut loans = call.tenant.checks.loans.clone();
    for (index, one) in all(call.request, "loans")?.into_iter().enumerate() {
        let at = format!("loans[{index}]");
        let loan = open(&mut loans, one, &at)?;
        for (number, new) in one.objects("status_history").enumerate() {
            let status = status(new, loan.opened, &format!("{at}.status_history[{number}]"))?;
            loan.statuses.push(status);
        }
        loan.statuses.sort_by_key(|(date, _)| *date);
        for (number, payment) in one.objects("payment_history").enumerate() {
            let at = |name: &str| format!("{at}.payment_history[{number}].{name}");
            let period = payment.integer("period").unwrap_or_default();
            if period < 1 {
                return Err(ApiError::invalid_field(&format!("{} must be at least 1", at("period"))));
            }
            if payment.integer("days_past_due").is_some_and(|days| days < 0) {
                return Err(ApiError::invalid_field(&format!("{} must be at least 0", at("days_past_due"))));
            }
            payment.date("due_date")?;
            loan.payments.insert(period, payment.0.clone());
        }
    }
    call.tenant.checks.loans = loans;
    nothing()
}

/// `/cra/loans/unregister`: the loans are closed, and can't be updated any more.
pub fn unregister(call: &mut Call<'_>) -> Response {
    let mut loans = call.tenant.checks.loans.clone();
    for (index, one) in all(call.request, "loans")?.into_iter().enumerate() {
        let at = format!("loans[{index}]");
        let loan = open(&mut loans, one, &at)?;
        let last = status(one.object("closed_with_status"), loan.opened, &format!("{at}.closed_with_status"))?;
        loan.statuses.push(last);
        loan.is_closed = true;
    }
    call.tenant.checks.loans = loans;
    nothing()
}

/// The objects of a list, which must have some.
fn all<'a>(request: Fields<'a>, name: &str) -> Result<Vec<Fields<'a>>, ApiError> {
    let all: Vec<Fields<'a>> = request.objects(name).collect();
    match all.is_empty() {
        true => Err(ApiError::invalid_field(&format!("{name} must have at least one entry"))),
        false => Ok(all),
    }
}

/// The user of a loan. Users without a token are named by their ids.
fn user(tenant: &Tenant, one: Fields<'_>, field: &str) -> Result<String, ApiError> {
    let token = one.text("user_token").ok_or_else(|| ApiError::missing_fields(field))?;
    let user = tenant.users.values().find(|user| user.token == token || user.id == token);
    user.map(|user| user.id.clone()).ok_or_else(ApiError::invalid_user_token)
}

fn filled<'a>(one: Fields<'a>, name: &str, field: &str) -> Result<&'a str, ApiError> {
    let id = one.text(name).ok_or_else(|| ApiError::missing_fields(field))?;
    match id.is_empty() {
        true => Err(ApiError::invalid_field(&format!("{field} must not be empty"))),
        false => Ok(id),
    }
}

/// What has the id belongs to the same user.
fn own(known: Option<&String>, user: &str, field: &str) -> Result<(), ApiError> {
    match known {
        Some(other) if other != user => Err(ApiError::invalid_field(&format!("{field} belongs to another user"))),
        _ => Ok(()),
    }
}

/// The loan that a request names, which must be open.
fn open<'a>(loans: &'a mut Loans, one: Fields<'_>, at: &str) -> Result<&'a mut Loan, ApiError> {
    let id = one.text("loan_id").ok_or_else(|| ApiError::missing_fields(&format!("{at}.loan_id")))?;
    let unknown = || ApiError::invalid_field(&format!("{at}.loan_id must be the id of a loan that was registered"));
    let loan = loans.all.get_mut(id).ok_or_else(unknown)?;
    match loan.is_closed {
        true => Err(ApiError::invalid_field(&format!("{at}.loan_id must not be a loan that was closed"))),
        false => Ok(loan),
    }
}

/// A status with its day, which can't be before the loan.
fn status(of: Fields<'_>, opened: NaiveDate, at: &str) -> Result<(NaiveDate, LoanStatus), ApiError> {
    let date = of.date("date")?.ok_or_else(|| ApiError::missing_fields(&format!("{at}.date")))?;
    if date < opened {
        return Err(ApiError::invalid_field(&format!("{at}.date must not be before the loan was opened")));
    }
    let status = of.text("status").and_then(LoanStatus::of);
    Ok((date, status.ok_or_else(|| ApiError::missing_fields(&format!("{at}.status")))?))
}

/// What is kept of a user's loans, for the tests.
#[cfg(test)]
pub fn kept(tenant: &Tenant) -> Vec<(&str, Option<LoanStatus>, bool)> {
    tenant.checks.loans.all.iter().map(|(id, loan)| (id.as_str(), loan.status(), loan.is_closed)).collect()
}

#[cfg(test)]
mod tests {
    use super::{apply, kept, register, unregister, update};
    use crate::bank::testing::linked;
    use crate::fields::Fields;
    use crate::ops::{Call, Response, World};
    use crate::state::{LoanStatus, Tenant};
    use serde_json::{Value, json};

    fn run(tenant: &mut Tenant, operation: fn(&mut Call<'_>) -> Response, body: &Value) -> Option<String> {
        let world =
            World { institutions: Vec::new(), base_url: String::new(), hosts: Vec::new(), refuse_mutation: true };
        let mut call = Call { tenant, world: &world, request: Fields(body), parameters: Fields(&Value::Null) };
        operation(&mut call).err().map(|error| error.message)
    }

    #[test]
    fn statuses_follow_their_days_and_a_wrong_entry_changes_nothing() {
        let (mut tenant, _) = linked("user_good");
        let user = crate::ops::users::find_or_create(&mut tenant, "ann", None);
        let loan = |id: &str| {
            json!({
                "user_token": user, "loan_id": id, "type": "AUTO", "payment_schedule": "MONTHLY",
                "opened_date": "2026-01-01", "opened_with_status": {"status": "BOOKED", "date": "2026-01-02"},
            })
        };
        assert_eq!(run(&mut tenant, register, &json!({"loans": [loan("a"), loan("b")]})), None);
        let change = |id: &str, date: &str, status: &str| json!({"loan_id": id, "status_history": [{"status": status, "date": date}]});
        let good = change("a", "2026-03-01", "DELINQUENT");
        let refused = run(&mut tenant, update, &json!({"loans": [good, change("b", "2025-01-01", "CURRENT")]}));
        assert!(refused.is_some_and(|why| why.starts_with("loans[1].status_history[0].date")));
        assert_eq!(kept(&tenant)[0], ("a", Some(LoanStatus::Booked), false));
        assert_eq!(run(&mut tenant, update, &json!({"loans": [good, change("a", "2026-02-01", "CURRENT")]})), None);
        assert_eq!(kept(&tenant)[0], ("a", Some(LoanStatus::Delinquent), false), "the last day counts");
        let close =
            json!({"loans": [{"loan_id": "a", "closed_with_status": {"status": "PAID_OFF", "date": "2026-04-01"}}]});
        assert_eq!(run(&mut tenant, unregister, &close), None);
        assert_eq!(kept(&tenant)[0], ("a", Some(LoanStatus::PaidOff), true));
        for (operation, body) in
            [(update as fn(&mut Call<'_>) -> Response, json!({"loans": [good]})), (unregister, close)]
        {
            assert!(run(&mut tenant, operation, &body).is_some_and(|why| why.contains("closed")));
        }
        let late = json!({"applications": [{
            "user_token": user, "application_id": "x", "type": "AUTO", "decision": "APPROVED",
            "application_date": "2026-02-01", "decision_date": "2026-01-01",
        }]});
        assert!(run(&mut tenant, apply, &late).is_some_and(|why| why.contains("decision_date")));
    }
}
