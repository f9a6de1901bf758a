//! What Plaid and the banks do with an end customer: they review it, and register its application.

use serde_json::json;

use super::refused;
use crate::error::ApiError;
use crate::state::{CustomerStatus, Event, RegistrationStatus, Tenant};

/// Lets the next step happen after a while: at once, unless the emulator runs at the Sandbox's pace.
pub fn start(tenant: &mut Tenant, client_id: &str) {
    let at = tenant.after(tenant.pace.historical);
    tenant.schedule.at(at, Event::Partner(client_id.to_owned()));
}

/// The next step: the review ends, or the banks go on with the applications of an enabled customer.
pub fn step(tenant: &mut Tenant, client_id: &str) {
    let Some(customer) = tenant.platform.partner.customers.get_mut(client_id) else { return };
    match customer.status {
        CustomerStatus::UnderReview => {
            customer.status = match customer.due.is_empty() {
                true => CustomerStatus::PendingEnablement,
                false => CustomerStatus::MoreInformationNeeded,
            };
        }
        CustomerStatus::Active => {
            let steps =
                customer.registrations.iter().filter_map(|one| Some((one.institution.clone(), one.status.next()?)));
            let steps: Vec<_> = steps.collect();
            let goes_on = steps.iter().any(|(_, status)| status.next().is_some());
            for (institution, status) in steps {
                drop(register(tenant, client_id, &institution, status));
            }
            if goes_on {
                start(tenant, client_id);
            }
        }
        CustomerStatus::MoreInformationNeeded | CustomerStatus::PendingEnablement | CustomerStatus::Denied => {}
    }
}

/// Plaid's decision about an end customer.
///
/// # Errors
/// `CUSTOMER_NOT_FOUND`, and `INVALID_FIELD` for a state that does not follow from the present one.
pub fn decide(tenant: &mut Tenant, client_id: &str, status: CustomerStatus) -> Result<(), ApiError> {
    let customer = tenant.platform.partner.customers.get_mut(client_id);
    let customer = customer.ok_or_else(|| refused("CUSTOMER_NOT_FOUND", "the customer was not found"))?;
    if !customer.status.may_become(status) {
        let (now, next) = (customer.status.name(), status.name());
        return Err(ApiError::invalid_field(&format!("a customer that is {now} can't become {next}")));
    }
    customer.status = status;
    Ok(())
}

/// The state of an application at a bank. The reseller is told.
///
/// # Errors
/// `CUSTOMER_NOT_FOUND` and `INVALID_INSTITUTION`.
pub fn register(
    tenant: &mut Tenant,
    client_id: &str,
    institution: &str,
    status: RegistrationStatus,
) -> Result<(), ApiError> {
    let now = tenant.now();
    let customer = tenant.platform.partner.customers.get_mut(client_id);
    let customer = customer.ok_or_else(|| refused("CUSTOMER_NOT_FOUND", "the customer was not found"))?;
    let one = customer.registrations.iter_mut().find(|one| one.institution == institution);
    let one = one.ok_or_else(ApiError::invalid_institution)?;
    one.status = status;
    if status == RegistrationStatus::Approved {
        one.approved = Some(now);
    }
    let fields = json!({
        "end_customer_client_id": client_id,
        "institution_id": one.institution,
        "institution_name": one.name,
        "status": status.in_webhook(),
    });
    let url = tenant.platform.dashboard_webhook.clone();
    tenant.webhook(None, url, "PARTNER", "END_CUSTOMER_OAUTH_STATUS_UPDATED", fields);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::state::{CustomerStatus, RegistrationStatus};

    const ALL: [CustomerStatus; 5] = [
        CustomerStatus::UnderReview,
        CustomerStatus::MoreInformationNeeded,
        CustomerStatus::PendingEnablement,
        CustomerStatus::Active,
        CustomerStatus::Denied,
    ];

    #[test]
    fn only_a_review_leads_to_enablement_and_nothing_follows_the_ends() {
        for from in ALL {
            let before_active = from == CustomerStatus::PendingEnablement;
            assert_eq!(from.may_become(CustomerStatus::Active), before_active, "{from:?}");
            let is_end = matches!(from, CustomerStatus::Active | CustomerStatus::Denied);
            assert_eq!(ALL.iter().all(|next| !from.may_become(*next)), is_end, "{from:?}");
        }
    }

    #[test]
    fn an_application_is_enabled_after_three_steps() {
        let mut status = RegistrationStatus::NotStarted;
        let mut seen = Vec::new();
        while let Some(next) = status.next() {
            status = next;
            seen.push(status.in_webhook());
        }
        assert_eq!(seen, ["processing", "approved", "enabled"]);
    }
}
