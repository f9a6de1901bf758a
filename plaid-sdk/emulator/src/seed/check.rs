//! A report of Plaid Check, loans, a subscription, a cash flow report and a token for another client.

use serde_json::json;

use super::Seed;
use crate::commands::Refused;
use crate::state::Tenant;

impl Seed<'_> {
    /// What belongs to the user of the seed besides Items.
    pub(super) fn checks(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let user = self.one("user_id");
        // With all parts and versions, so that each of them can be read.
        let body = json!({
            "user_id": user, "webhook": "https://example.com/webhook", "days_requested": 365, "include_investments": true,
            "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT", "client_report_id": "seed-report",
            "products": ["cra_income_insights", "cra_partner_insights", "cra_network_insights", "cra_cashflow_insights",
                "cra_lend_score"],
            "base_report": {"home_lending_report_options": {
                "reports_requested": ["VOA", "EMPLOYMENT_REFRESH", "INCOME"],
                "employment_refresh_options": {"days_requested": 60},
            }},
            "cashflow_insights": {"attributes_version": "CFI1"}, "lend_score": {"lend_score_version": "LS1"},
            "network_insights": {"network_insights_version": "NI1"},
        });
        self.must(tenant, "/cra/check_report/create", &body)?;
        let access = self.one("access_token");
        self.must(tenant, "/cashflow_report/refresh", &json!({"access_token": access, "days_requested": 90}))?;
        // A tenant can be seeded again, and a user has one subscription.
        let before: Vec<String> = tenant.checks.subscriptions.keys().cloned().collect();
        for id in before {
            self.must(tenant, "/cra/monitoring_insights/unsubscribe", &json!({"subscription_id": id}))?;
        }
        let body = json!({"user_id": user, "item_id": self.one("item_id"), "webhook": "https://example.com/webhook"});
        let subscription = self.must(tenant, "/cra/monitoring_insights/subscribe", &body)?;
        let body = json!({"user_id": user, "third_party_client_id": tenant.client_id});
        let third_party = self.must(tenant, "/user/third_party_token/create", &body)?;
        // The loan of an earlier time may be closed.
        let id = format!("seed-loan-{}", tenant.ids.short(""));
        let date = tenant.now().date_naive();
        let token = if self.known.contains_key("user_token") { self.one("user_token") } else { user };
        let loan = json!({
            "user_token": token, "loan_id": id, "type": "PERSONAL", "payment_schedule": "MONTHLY",
            "opened_date": date, "opened_with_status": {"status": "CURRENT", "date": date}, "loan_amount": 5_000,
        });
        self.must(tenant, "/cra/loans/register", &json!({"loans": [loan]}))?;
        self.keep(&subscription, &["subscription_id"]);
        self.keep(&third_party, &["third_party_user_token"]);
        self.known.insert("loan_id".to_owned(), id.into());
        Ok(())
    }
}
