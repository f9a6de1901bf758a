//! A payment whose risk was evaluated, and a payroll.

use serde_json::json;

use super::Seed;
use crate::commands::Refused;
use crate::state::Tenant;

impl Seed<'_> {
    /// A payment, once: its id can't be used again.
    pub(super) fn payment(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let id = tenant.ids.uuid();
        let body = json!({
            "access_token": self.known["access_token"], "account_id": self.known["account_id"], "amount": 12.34,
            "client_transaction_id": id,
        });
        self.must(tenant, "/signal/evaluate", &body)?;
        self.known.insert("client_transaction_id".to_owned(), id.into());
        Ok(())
    }

    /// A payroll of the user, with a verification.
    pub(super) fn payroll(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let body = json!({
            "institution_id": "ins_109508", "initial_products": ["income_verification"],
            "options": {"income_verification": {"income_source_types": ["payroll"]}},
            "user_token": self.known["user_token"],
        });
        let public = self.must(tenant, "/sandbox/public_token/create", &body)?;
        let item =
            self.must(tenant, "/item/public_token/exchange", &json!({"public_token": public["public_token"]}))?;
        self.known.insert("payroll_access_token".to_owned(), item["access_token"].clone());
        let precheck = self.must(tenant, "/income/verification/precheck", &json!({}))?;
        self.keep(&precheck, &["precheck_id"]);
        let body = json!({"webhook": "http://127.0.0.1/", "precheck_id": precheck["precheck_id"]});
        let verification = self.must(tenant, "/income/verification/create", &body)?;
        self.keep(&verification, &["income_verification_id"]);
        Ok(())
    }
}
