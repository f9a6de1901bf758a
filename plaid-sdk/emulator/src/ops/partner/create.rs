//! A new end customer.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{cleared, logo, refused, review, shown, shown_beta};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response};
use crate::state::{Customer, CustomerStatus, Partner, Registration, RegistrationStatus, Requirement};

/// The products of a customer whose request names none: those of the reseller.
const PRODUCTS: [&str; 3] = ["auth", "identity", "transactions"];

/// `/partner/customer/create`: all that Plaid asks for is in the request.
pub fn create(call: &mut Call<'_>) -> Response {
    let partner = &call.tenant.platform.partner;
    let request = call.request;
    if partner.has_commitments && request.value("assets_under_management").is_none() {
        let message = "the customer has a commitment by month, so assets_under_management must be set";
        return Err(refused("ASSETS_UNDER_MANAGEMENT_REQUIRED", message));
    }
    contacts(partner, request)?;
    let mut due = BTreeSet::new();
    if !request.flag("is_diligence_attested") {
        due.insert(Requirement::Diligence);
    }
    if !request.flag("is_bank_addendum_completed") {
        due.insert(Requirement::BankAddendum);
    }
    let customer = make(call, due)?;
    let mut response = shown(&customer);
    response["secrets"] = secrets(&customer);
    Ok(json!({"end_customer": response}))
}

/// `/beta/partner/customer/v1/create`: what the request leaves out is due.
pub fn create_beta(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let partner = &call.tenant.platform.partner;
    let needs_contact = |name: &str| partner.lacks_contacts && request.value(name).is_none();
    let wants_cra = request.texts("products").is_some_and(|all| all.iter().any(|one| one.starts_with("cra_")));
    let missing = [
        (request.text("legal_entity_name").is_none(), Requirement::LegalEntityName),
        (!request.flag("is_diligence_attested"), Requirement::Diligence),
        (needs_contact("technical_contact"), Requirement::TechnicalContact),
        (needs_contact("billing_contact"), Requirement::BillingContact),
        (!request.object("bank_addendum_acceptance").flag("customer_accepted"), Requirement::BankAddendum),
        (wants_cra && request.object("questionnaires").value("cra").is_none(), Requirement::CraQuestionnaire),
    ];
    let due = missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, one)| one).collect();
    let customer = make(call, due)?;
    let mut response = shown_beta(&customer);
    response["secrets"] = secrets(&customer);
    Ok(json!({"end_customer": response}))
}

/// Refuses a customer without contacts, if the reseller has none either.
fn contacts(partner: &Partner, request: Fields<'_>) -> Result<(), ApiError> {
    let missing = ["technical_contact", "billing_contact"].into_iter().find(|name| request.value(name).is_none());
    match missing.filter(|_| partner.lacks_contacts) {
        Some(name) => Err(refused("CONTACT_REQUIRED", &format!("the reseller has none, so {name} must be set"))),
        None => Ok(()),
    }
}

fn make(call: &mut Call<'_>, due: BTreeSet<Requirement>) -> Result<Customer, ApiError> {
    let request = call.request;
    cleared(&call.tenant.platform.partner)?;
    for name in ["company_name", "application_name", "website"] {
        if request.required(name)?.trim().is_empty() {
            return Err(ApiError::invalid_field(&format!("{name} must not be empty")));
        }
    }
    for url in request.texts("redirect_uris").unwrap_or_default() {
        valid_url("redirect_uris", url)?;
        if url.contains('?') {
            return Err(ApiError::invalid_field("redirect_uris must not have a query"));
        }
    }
    match request.text("logo") {
        Some(text) => logo::check(text)?,
        None if request.flag("create_link_customization") => {
            let message = "logo must be set with create_link_customization";
            return Err(refused("LOGO_REQUIRED", message));
        }
        None => {}
    }
    let application = request.required("application_name")?;
    let mut others = call.tenant.platform.partner.customers.values();
    if others.any(|one| one.application == application) {
        let message = "a customer with this application_name has already been created";
        return Err(refused("CUSTOMER_ALREADY_CREATED", message));
    }
    let registration = |one: &crate::data::institutions::Institution| Registration {
        institution: one.id.clone(),
        name: one.name.clone(),
        status: RegistrationStatus::NotStarted,
        approved: None,
    };
    let banks = call.world.institutions.iter().filter(|one| one.oauth && one.country == "US");
    let products = request.texts("products").filter(|products| !products.is_empty());
    let hex = |ids: &mut crate::ids::Ids| ids.uuid().replace('-', "");
    let ids = &mut call.tenant.ids;
    let customer = Customer {
        client_id: hex(ids).chars().take(24).collect(),
        company: request.required("company_name")?.to_owned(),
        application: application.to_owned(),
        status: CustomerStatus::UnderReview,
        products: products.unwrap_or_else(|| PRODUCTS.to_vec()).into_iter().map(str::to_owned).collect(),
        due,
        sandbox_secret: hex(ids),
        production_secret: hex(ids),
        registrations: banks.map(registration).collect(),
    };
    call.tenant.platform.partner.customers.insert(customer.client_id.clone(), customer.clone());
    review::start(call.tenant, &customer.client_id);
    Ok(customer)
}

/// They are shown once.
fn secrets(customer: &Customer) -> Value {
    json!({"production": customer.production_secret, "sandbox": customer.sandbox_secret})
}
