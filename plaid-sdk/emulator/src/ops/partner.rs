//! `/partner/customer/*` and its successor `/beta/partner/customer/v1/*`: end customers of a reseller.

mod create;
mod logo;
mod review;

use serde_json::{Map, Value, json};

use super::{Call, Class, Entry, Response, nothing};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{
    Customer, CustomerStatus, Flowdown, Partner, Questionnaire, RegistrationStatus, Requirement, Tenant,
};

pub use self::review::{decide, register, step};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/beta/partner/customer/v1/create", Class::StateMachine, create::create_beta),
    Entry::json("/beta/partner/customer/v1/enable", Class::StateMachine, enable_beta),
    Entry::json("/beta/partner/customer/v1/get", Class::StateMachine, get_beta),
    Entry::json("/beta/partner/customer/v1/update", Class::StateMachine, update),
    Entry::json("/partner/customer/create", Class::StateMachine, create::create),
    Entry::json("/partner/customer/enable", Class::StateMachine, enable),
    Entry::json("/partner/customer/get", Class::StateMachine, get),
    Entry::json("/partner/customer/oauth_institutions/get", Class::StateMachine, institutions),
    Entry::json("/partner/customer/remove", Class::StateMachine, remove),
];

/// An error of a reseller.
fn refused(code: &'static str, message: &str) -> ApiError {
    ApiError::new("PARTNER_ERROR", code, message)
}

/// The end customer that a request names.
fn named<'a>(tenant: &'a mut Tenant, request: Fields<'_>) -> Result<&'a mut Customer, ApiError> {
    let id = request.required("end_customer_client_id")?;
    let customer = tenant.platform.partner.customers.get_mut(id);
    customer.ok_or_else(|| refused("CUSTOMER_NOT_FOUND", "the customer was not found"))
}

/// Refuses a reseller that Plaid has not cleared.
fn cleared(partner: &Partner) -> Result<(), ApiError> {
    if partner.flowdown != Flowdown::Complete {
        let message = "you must complete a flowdown to create and enable customers";
        return Err(refused("FLOWDOWN_NOT_COMPLETE", message));
    }
    if partner.questionnaire != Questionnaire::Complete {
        let message = "you must complete the security questionnaire to create and enable customers";
        return Err(refused("QUESTIONNAIRE_NOT_COMPLETE", message));
    }
    Ok(())
}

fn shown(customer: &Customer) -> Value {
    json!({"client_id": customer.client_id, "company_name": customer.company, "status": customer.status})
}

fn shown_beta(customer: &Customer) -> Value {
    let mut value = shown(customer);
    value["product_statuses"] = product_statuses(customer);
    value["requirements_due"] = json!(customer.due);
    value
}

/// Each product has the state of its customer.
fn product_statuses(customer: &Customer) -> Value {
    let status = |name: &String| (name.clone(), json!(customer.status));
    customer.products.iter().map(status).collect::<Map<_, _>>().into()
}

/// `/partner/customer/get`.
fn get(call: &mut Call<'_>) -> Response {
    let customer = named(call.tenant, call.request)?;
    Ok(json!({"end_customer": shown(customer)}))
}

/// `/beta/partner/customer/v1/get`.
fn get_beta(call: &mut Call<'_>) -> Response {
    let customer = named(call.tenant, call.request)?;
    Ok(json!({"end_customer": shown_beta(customer)}))
}

/// `/beta/partner/customer/v1/update`: what it says is no longer due. When nothing is due any more, the review begins again.
fn update(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let customer = named(call.tenant, request)?;
    let answers = [
        (request.text("legal_entity_name").is_some_and(|name| !name.is_empty()), Requirement::LegalEntityName),
        (request.object("bank_addendum_acceptance").flag("customer_accepted"), Requirement::BankAddendum),
        (request.object("questionnaires").value("cra").is_some(), Requirement::CraQuestionnaire),
    ];
    for (_, requirement) in answers.iter().filter(|(is_answered, _)| *is_answered) {
        customer.due.remove(requirement);
    }
    let is_complete = customer.due.is_empty() && customer.status == CustomerStatus::MoreInformationNeeded;
    if is_complete {
        customer.status = CustomerStatus::UnderReview;
    }
    let (id, shown) = (customer.client_id.clone(), shown_beta(customer));
    if is_complete {
        review::start(call.tenant, &id);
    }
    Ok(json!({"end_customer": shown}))
}

/// Lets an end customer use Production, once Plaid has reviewed it. Its applications at the banks are sent then.
fn enabled<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Customer, ApiError> {
    let customer = named(call.tenant, call.request)?;
    match customer.status {
        CustomerStatus::PendingEnablement => {}
        CustomerStatus::Active => {
            return Err(refused("CUSTOMER_ALREADY_ENABLED", "this customer has already been enabled"));
        }
        CustomerStatus::UnderReview | CustomerStatus::MoreInformationNeeded | CustomerStatus::Denied => {
            let message = "this customer is not ready for enablement";
            return Err(refused("CUSTOMER_NOT_READY_FOR_ENABLEMENT", message));
        }
    }
    cleared(&call.tenant.platform.partner)?;
    let customer = named(call.tenant, call.request)?;
    customer.status = CustomerStatus::Active;
    let id = customer.client_id.clone();
    review::start(call.tenant, &id);
    named(call.tenant, call.request)
}

/// `/partner/customer/enable`.
fn enable(call: &mut Call<'_>) -> Response {
    let customer = enabled(call)?;
    Ok(json!({"production_secret": customer.production_secret}))
}

/// `/beta/partner/customer/v1/enable`: optionally for other products than before.
fn enable_beta(call: &mut Call<'_>) -> Response {
    let products = call.request.texts("products").filter(|products| !products.is_empty());
    let customer = enabled(call)?;
    if let Some(products) = products {
        customer.products = products.into_iter().map(str::to_owned).collect();
    }
    Ok(json!({
        "end_customer_client_id": customer.client_id,
        "product_statuses": product_statuses(customer),
        "production_secret": customer.production_secret,
        "status": customer.status,
    }))
}

/// `/partner/customer/remove`: only before it is enabled.
fn remove(call: &mut Call<'_>) -> Response {
    let customer = named(call.tenant, call.request)?;
    if customer.status == CustomerStatus::Active {
        let message = "a customer that is enabled in Production can't be removed";
        return Err(refused("CUSTOMER_REMOVAL_NOT_ALLOWED", message));
    }
    let id = customer.client_id.clone();
    call.tenant.platform.partner.customers.shift_remove(&id);
    nothing()
}

/// `/partner/customer/oauth_institutions/get`.
fn institutions(call: &mut Call<'_>) -> Response {
    let partner = &call.tenant.platform.partner;
    let (flowdown, questionnaire) = (partner.flowdown, partner.questionnaire);
    let customer = named(call.tenant, call.request)?;
    let rows = customer.registrations.iter().map(|one| {
        let failed = refused("OAUTH_REGISTRATION_ERROR", "the institution has refused the application");
        let errors: Vec<Value> = match one.status {
            RegistrationStatus::AttentionRequired => vec![failed.in_webhook()],
            _ => Vec::new(),
        };
        json!({
            "classic_disablement_date": null,
            "environments": {"development": one.status, "production": one.status},
            "errors": errors,
            "institution_id": one.institution,
            "name": one.name,
            "production_enablement_date": one.approved.map(|at| at.date_naive()),
        })
    });
    Ok(json!({
        "flowdown_status": flowdown,
        "institutions": rows.collect::<Vec<_>>(),
        "questionnaire_status": questionnaire,
    }))
}
