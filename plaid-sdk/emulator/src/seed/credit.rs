//! A payment whose risk was evaluated.

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
}
