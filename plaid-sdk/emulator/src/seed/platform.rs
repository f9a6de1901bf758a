//! An end customer that may be enabled, an issue, OAuth tokens, and a page that was sent to a person.

use serde_json::json;

use super::Seed;
use crate::commands::Refused;
use crate::data::applications::APPLICATIONS;
use crate::due::run_due;
use crate::ops;
use crate::state::{IssueStatus, Tenant};

impl Seed<'_> {
    /// Objects that need no Item.
    pub(super) fn platform(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        // A tenant can be seeded again, and no two applications have the same name.
        let name = format!("Seed {}", tenant.platform.partner.customers.len() + 1);
        let body = json!({
            "address": {"city": "Malakoff", "country_code": "US", "postal_code": "14236", "region": "NY", "street": "1 Seed St."},
            "application_name": name, "company_name": name, "is_bank_addendum_completed": true,
            "is_diligence_attested": true, "legal_entity_name": name, "website": "https://example.com",
        });
        let made = self.must(tenant, "/partner/customer/create", &body)?;
        self.known.insert("end_customer_client_id".to_owned(), made["end_customer"]["client_id"].clone());
        let id = made["end_customer"]["client_id"].as_str().unwrap_or_default().to_owned();
        run_due(tenant);
        // At the pace of the Sandbox the review is not over yet.
        let is_reviewed = ops::decide_customer(tenant, &id, crate::state::CustomerStatus::PendingEnablement);
        drop(is_reviewed);

        let issue = ops::report_issue(tenant, self.engine.world(), "ins_109508", "Logins are slow")?;
        ops::go_on_with_issue(tenant, self.engine.world(), &issue, IssueStatus::FixInProgress)?;
        self.known.insert("issue_id".to_owned(), issue.into());
        self.known.insert("recipientId".to_owned(), APPLICATIONS[0].id.into());

        let body = json!({"grant_type": "client_credentials"});
        let token = self.must(tenant, "/oauth/token", &body)?;
        self.keep(&token, &["refresh_token"]);
        self.known.insert("token".to_owned(), token["access_token"].clone());
        let body = json!({
            "client_name": "Seed", "language": "en", "country_codes": ["US"], "products": ["auth"],
            "user": {"client_user_id": "seed-user"},
        });
        let link = self.must(tenant, "/link/token/create", &body)?;
        let sent = self.must(tenant, "/link_delivery/create", &json!({"link_token": link["link_token"]}))?;
        self.keep(&sent, &["link_delivery_session_id"]);
        Ok(())
    }
}
