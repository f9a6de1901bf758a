//! The seed's payments: a wallet, payments that have settled in it, a consent that can be used, a payout, a profile.

use serde_json::{Value, json};

use super::Seed;
use crate::bank::Login;
use crate::commands::Refused;
use crate::ops::{Finish, finish_session};
use crate::state::Tenant;

impl Seed<'_> {
    /// A payment into the seed's wallet that waits for the user.
    ///
    /// # Errors
    /// If it can't be made.
    pub fn open_payment(&self, tenant: &mut Tenant) -> Result<Value, Refused> {
        let body = json!({
            "recipient_id": self.one("recipient_id"), "reference": "Seed",
            "amount": {"currency": "GBP", "value": 250},
        });
        Ok(self.must(tenant, "/payment_initiation/payment/create", &body)?["payment_id"].clone())
    }

    /// Goes through Link for a product.
    fn link(&self, tenant: &mut Tenant, products: Value, more: (&str, Value)) -> Result<(), Refused> {
        let mut body = json!({
            "client_name": "Seed", "language": "en", "country_codes": ["US"], "products": products,
            "user": {"client_user_id": "seed-user"},
        });
        body[more.0] = more.1;
        let link = self.must(tenant, "/link/token/create", &body)?;
        let login = Login { username: "user_good", password: "pass_good" };
        let finish = Finish { institution: "ins_109508", login, masks: None };
        let token = link["link_token"].as_str().unwrap_or_default();
        let done = finish_session(tenant, self.engine.world(), token, finish);
        done.map(drop).map_err(|error| Refused::new(error.to_string(), "reset the tenant"))
    }

    /// All of them.
    ///
    /// # Errors
    /// If one can't be made.
    pub fn payments(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let wallet = self.must(tenant, "/wallet/create", &json!({"iso_currency_code": "GBP"}))?;
        self.keep(&wallet, &["recipient_id", "wallet_id"]);
        let payment = self.open_payment(tenant)?;
        let token = json!({"payment_id": payment});
        let token = self.must(tenant, "/payment_initiation/payment/token/create", &token)?;
        self.keep(&token, &["payment_token"]);
        // All of the second one can be refunded, although there was a payout.
        for paid in [self.open_payment(tenant)?, payment.clone()] {
            let body = json!({"payment_id": paid, "status": "PAYMENT_STATUS_SETTLED", "webhook": ""});
            self.must(tenant, "/sandbox/payment/simulate", &body)?;
        }
        self.known.insert("payment_id".to_owned(), payment);
        let key = tenant.ids.uuid();
        let body = json!({
            "wallet_id": wallet["wallet_id"], "idempotency_key": key, "reference": "SeedPayout",
            "amount": {"iso_currency_code": "GBP", "value": 1.5},
            "counterparty": {"name": "Seed", "numbers": {"bacs": {"account": "31926819", "sort_code": "601613"}}},
        });
        let payout = self.must(tenant, "/wallet/transaction/execute", &body)?;
        self.known.entry("transaction_id".to_owned()).or_insert_with(|| payout["transaction_id"].clone());
        let limit = json!({"currency": "GBP", "value": 100});
        let body = json!({
            "recipient_id": wallet["recipient_id"], "reference": "Seed", "type": "SWEEPING",
            "constraints": {
                "max_payment_amount": limit,
                "periodic_amounts": [{"amount": limit, "interval": "MONTH", "alignment": "CALENDAR"}],
            },
        });
        let consent = self.must(tenant, "/payment_initiation/consent/create", &body)?;
        let about = json!({"consent_id": consent["consent_id"]});
        self.link(tenant, json!(["payment_initiation"]), ("payment_initiation", about))?;
        self.keep(&consent, &["consent_id"]);
        let profile = self.must(tenant, "/payment_profile/create", &json!({}))?;
        let about = json!({"payment_profile_token": profile["payment_profile_token"]});
        self.link(tenant, json!(["transfer"]), ("transfer", about))?;
        self.keep(&profile, &["payment_profile_token"]);
        Ok(())
    }
}
