//! What goes with transfers: recurring ones and test clocks, intents, originators, and bank transfers.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Seed;
use crate::commands::Refused;
use crate::state::{ORIGINATION_ACCOUNT, Tenant};

/// The originator of the Sandbox that is approved.
const APPROVED: &str = "111111111111111111111111";

impl Seed<'_> {
    /// One object of each kind.
    pub(super) fn around_transfers(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        self.known.insert("origination_account_id".to_owned(), ORIGINATION_ACCOUNT.into());
        let clock = self.must(tenant, "/sandbox/transfer/test_clock/create", &json!({}))?;
        self.keep(&clock["test_clock"], &["test_clock_id"]);
        // A tenant can be seeded again, and gets another one then.
        let key = tenant.ids.uuid();
        let start = tenant.now().date_naive() + TimeDelta::days(7);
        let debit = json!({
            "access_token": self.known["access_token"], "account_id": self.known["account_id"], "type": "debit",
            "network": "ach", "ach_class": "web", "amount": "12.34", "user": {"legal_name": "Seed"},
            "idempotency_key": key, "iso_currency_code": "USD", "description": "seed",
        });
        let with = |more: Value| {
            let mut body = debit.clone();
            crate::json::merge(&mut body, more);
            body
        };
        let schedule = json!({
            "interval_unit": "month", "interval_count": 1, "interval_execution_day": 15, "start_date": start,
        });
        let made = self.must(tenant, "/transfer/recurring/create", &with(json!({"schedule": schedule})))?;
        self.keep(&made["recurring_transfer"], &["recurring_transfer_id"]);
        let intent = json!({
            "mode": "PAYMENT", "amount": "12.34", "description": "seed", "ach_class": "web", "network": "ach",
            "user": {"legal_name": "Seed"},
        });
        let intent = self.must(tenant, "/transfer/intent/create", &intent)?;
        self.known.insert("transfer_intent_id".to_owned(), intent["transfer_intent"]["id"].clone());
        // Money moves for an originator that is approved, and this one can be told about all the same.
        let id = &Value::from(APPROVED);
        self.known.insert("originator_client_id".to_owned(), id.clone());
        let person = self.must(tenant, "/transfer/platform/person/create", &json!({"originator_client_id": id}))?;
        self.keep(&person, &["person_id"]);
        let account = json!({"access_token": self.known["access_token"], "account_id": self.known["account_id"]});
        let account = json!({"originator_client_id": id, "funding_account": account});
        let account = self.must(tenant, "/transfer/originator/funding_account/create", &account)?;
        self.keep(&account, &["funding_account_id"]);
        // A posted and swept one, and one to cancel.
        let other = tenant.ids.uuid();
        for (key, event) in [(key, Some("posted")), (other, None)] {
            let made = self.must(tenant, "/bank_transfer/create", &with(json!({"idempotency_key": key})))?;
            let id = made["bank_transfer"]["id"].clone();
            if let Some(event) = event {
                let body = json!({"bank_transfer_id": id, "event_type": event});
                self.must(tenant, "/sandbox/bank_transfer/simulate", &body)?;
            }
            self.known.insert("bank_transfer_id".to_owned(), id);
        }
        let sweeps = self.must(tenant, "/bank_transfer/sweep/list", &json!({}))?;
        self.known.insert("bank_transfer_sweep_id".to_owned(), sweeps["sweeps"][0]["id"].clone());
        Ok(())
    }
}
