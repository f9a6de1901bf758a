//! Templates. They are made in the dashboard; every id names one.

use crate::state::Tenant;
use crate::state::verify::{Documents, Template};

/// The program that users are screened with, unless a template says otherwise.
const PROGRAM: &str = "prg_2eRPsDnL66rZ7H";
/// The fields that have to match, unless a template says otherwise.
const REQUIRED: [&str; 5] = ["name", "date_of_birth", "address", "phone_number", "id_number"];

/// The template of an id: a published one, or the first one, which has every other id.
pub fn template(tenant: &Tenant, id: &str) -> Template {
    tenant.verify.templates.get(id).cloned().unwrap_or_else(|| Template {
        version: 1,
        sms: true,
        kyc: true,
        documents: Documents::Fallback,
        required: REQUIRED.map(str::to_owned).to_vec(),
        watchlist: Some(PROGRAM.to_owned()),
        beacon: None,
        risky: false,
    })
}

/// Publishes a template. Attempts that have begun keep the one that they have.
pub fn publish(tenant: &mut Tenant, id: &str, template: Template) {
    let version = template.version + 1;
    tenant.verify.templates.insert(id.to_owned(), Template { version, ..template });
}
