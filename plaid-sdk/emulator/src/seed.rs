//! `POST /_plaid/seed`: one object of each kind, so that every operation has something to work on.

mod check;
mod credit;
mod file;
mod payments;
mod platform;
mod transfers;
mod verify;
mod wanted;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::bank::Login;
use crate::commands::Refused;
use crate::engine::Engine;
use crate::json;
use crate::ops::link_session;
use crate::state::{DEFAULT_LEDGER, SECOND_LEDGER, Tenant};

pub use self::file::SeedFile;
pub use self::wanted::Wanted;

/// The Sandbox's users that get an Item, the one that operations are tried with last.
const PERSONAS: [&str; 2] = ["user_transactions_dynamic", "user_good"];
/// The products that the Items are linked for.
const PRODUCTS: [&str; 7] = ["assets", "auth", "identity", "transactions", "investments", "liabilities", "statements"];

/// Makes a user, Items, tokens, and one object of each kind. What it made is under the names of the fields that
/// requests name it by: `access_token`, `transfer_id`.
///
/// # Errors
/// If the user or an Item can't be made.
pub fn seed(engine: &Engine, tenant: &mut Tenant) -> Result<BTreeMap<String, Value>, Refused> {
    let mut seed = Seed { engine, known: BTreeMap::new() };
    for (name, id) in
        [("ledger_id", DEFAULT_LEDGER), ("from_ledger_id", DEFAULT_LEDGER), ("to_ledger_id", SECOND_LEDGER)]
    {
        seed.known.insert(name.to_owned(), id.into());
    }
    seed.people(tenant)?;
    seed.reports(tenant)?;
    seed.checks(tenant)?;
    seed.transfers(tenant)?;
    seed.around_transfers(tenant)?;
    seed.payments(tenant)?;
    seed.verifications(tenant)?;
    seed.payment(tenant)?;
    seed.platform(tenant)?;
    seed.payroll(tenant)?;
    seed.follow(tenant)?;
    Ok(seed.known)
}

struct Seed<'a> {
    engine: &'a Engine,
    known: BTreeMap<String, Value>,
}

impl Seed<'_> {
    /// The user, the Items and their tokens.
    fn people(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let identity = json!({
            "addresses": [{"city": "San Matias", "country": "US", "postal_code": "93405", "primary": true, "region": "CA",
                "street_1": "2493 Leisure Lane"}],
            "date_of_birth": "1990-01-31",
            "emails": [{"data": "accountholder0@example.com", "primary": true}],
            "name": {"family_name": "Charleson", "given_name": "Alberta"},
            "phone_numbers": [{"data": "+14155550015", "primary": true}],
        });
        let user = self.must(tenant, "/user/create", &json!({"client_user_id": "seed-user", "identity": identity}))?;
        self.keep(&user, &["user_id", "user_token"]);
        // The user of an earlier seed may have lost it.
        self.must(tenant, "/user/update", &json!({"user_id": user["user_id"], "identity": identity}))?;
        self.known.insert("client_user_id".to_owned(), "seed-user".into());
        for username in PERSONAS {
            let today = tenant.now().date_naive();
            let dates = json!({"start_date": today - TimeDelta::days(90), "end_date": today});
            let body = json!({
                "institution_id": "ins_109508", "initial_products": PRODUCTS,
                "options": {"override_username": username, "statements": dates},
            });
            let public = self.must(tenant, "/sandbox/public_token/create", &body)?;
            let body = json!({"public_token": public["public_token"]});
            let item = self.must(tenant, "/item/public_token/exchange", &body)?;
            self.keep(&item, &["access_token", "item_id"]);
            let body = json!({"user_id": user["user_id"], "item_ids": [item["item_id"]]});
            self.must(tenant, "/user/items/associate", &body)?;
        }
        let body = json!({"access_token": self.known["access_token"]});
        let accounts = self.must(tenant, "/accounts/get", &body)?;
        self.known.insert("account_id".to_owned(), accounts["accounts"][0]["account_id"].clone());
        let public = self.must(tenant, "/item/public_token/create", &body)?;
        self.keep(&public, &["public_token"]);
        let body = json!({
            "access_token": self.known["access_token"], "account_id": self.known["account_id"], "processor": "dwolla",
        });
        let processor = self.must(tenant, "/processor/token/create", &body)?;
        self.keep(&processor, &["processor_token"]);
        let body = json!({
            "client_name": "Seed", "language": "en", "country_codes": ["US"], "products": ["auth"],
            "user": {"client_user_id": "seed-user"},
        });
        let link = self.must(tenant, "/link/token/create", &body)?;
        self.keep(&link, &["link_token"]);
        self.known.insert("institution_id".to_owned(), "ins_109508".into());
        self.known.insert("consentId".to_owned(), self.known["item_id"].clone());
        Ok(())
    }

    /// An asset report with its tokens, a statement, and the key of webhooks.
    fn reports(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let body = json!({"access_tokens": [self.known["access_token"]], "days_requested": 30});
        let report = self.must(tenant, "/asset_report/create", &body)?;
        self.keep(&report, &["asset_report_id", "asset_report_token"]);
        self.known.insert("report_token".to_owned(), report["asset_report_token"].clone());
        // At the pace of the Sandbox the report is not there yet, and has no copies.
        let copy = json!({"asset_report_token": report["asset_report_token"], "auditor_id": "fannie_mae"});
        if let Ok(copy) = self.engine.perform(tenant, "/asset_report/audit_copy/create", &copy) {
            self.keep(&copy, &["audit_copy_token"]);
        }
        let relay = json!({"report_tokens": [report["asset_report_token"]], "secondary_client_id": tenant.client_id});
        if let Ok(relay) = self.engine.perform(tenant, "/credit/relay/create", &relay) {
            self.keep(&relay, &["relay_token"]);
        }
        let body = json!({"access_token": self.known["access_token"]});
        if let Ok(list) = self.engine.perform(tenant, "/statements/list", &body) {
            self.keep(&list["accounts"][0]["statements"][0], &["statement_id"]);
        }
        let key = tenant.keys.last().map(|key| ("key_id".to_owned(), key.id.as_str().into()));
        self.known.extend(key);
        Ok(())
    }

    /// Transfers that have settled, one of them with a refund, and a deposit to the ledger.
    fn transfers(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let (refunded, other) = (self.transfer(tenant, json!({}))?, self.transfer(tenant, json!({}))?);
        for transfer in [&refunded, &other] {
            for event in ["posted", "settled"] {
                let body = json!({"transfer_id": transfer["id"], "event_type": event});
                self.must(tenant, "/sandbox/transfer/simulate", &body)?;
            }
        }
        self.known.insert("transfer_id".to_owned(), other["id"].clone());
        self.keep(&other, &["authorization_id"]);
        let key = tenant.ids.uuid();
        let body = json!({"transfer_id": refunded["id"], "amount": "1.00", "idempotency_key": key});
        let refund = self.must(tenant, "/transfer/refund/create", &body)?;
        self.known.insert("refund_id".to_owned(), refund["refund"]["id"].clone());
        let body = json!({"amount": "12.34", "network": "ach", "idempotency_key": key});
        let deposit = self.must(tenant, "/transfer/ledger/deposit", &body)?;
        self.known.insert("sweep_id".to_owned(), deposit["sweep"]["id"].clone());
        Ok(())
    }

    /// A debit of the user, with what else its authorization asks for.
    fn transfer(&self, tenant: &mut Tenant, more: Value) -> Result<Value, Refused> {
        let (access, account) = (self.known["access_token"].clone(), self.known["account_id"].clone());
        let mut body = json!({
            "access_token": access, "account_id": account, "type": "debit", "network": "ach", "ach_class": "web",
            "amount": "12.34", "user": {"legal_name": "Seed"},
        });
        json::merge(&mut body, more);
        let authorization = self.must(tenant, "/transfer/authorization/create", &body)?;
        let body = json!({
            "access_token": access, "account_id": account, "authorization_id": authorization["authorization"]["id"],
            "description": "seed",
        });
        Ok(self.must(tenant, "/transfer/create", &body)?["transfer"].clone())
    }

    /// What follows from other objects: a sweep, a repayment of a returned transfer,
    /// and the way back from a bank's page.
    fn follow(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let transfer = self.transfer(tenant, json!({"request_guarantee": true}))?;
        let moved = |event: &str| json!({"transfer_id": transfer["id"], "event_type": event});
        self.must(tenant, "/sandbox/transfer/simulate", &moved("posted"))?;
        self.must(tenant, "/sandbox/transfer/sweep/simulate", &json!({}))?;
        self.must(tenant, "/sandbox/transfer/simulate", &moved("returned"))?;
        self.must(tenant, "/sandbox/transfer/repayment/simulate", &json!({}))?;
        let repaid = self.must(tenant, "/transfer/repayment/list", &json!({}))?;
        self.keep(&repaid["repayments"][0], &["repayment_id"]);
        let body = json!({
            "client_name": "Seed", "language": "en", "country_codes": ["US"], "products": ["payment_initiation"],
            "payment_initiation": {"payment_id": self.open_payment(tenant)?}, "user": {"client_user_id": "seed-user"},
            "institution_id": "ins_127287",
        });
        let link = self.must(tenant, "/link/token/create", &body)?;
        let token = link["link_token"].as_str().unwrap_or_default();
        let login = Login { username: "user_good", password: "pass_good" };
        let opened = link_session::open(tenant, self.engine.world(), token);
        let stepped = opened.and_then(|_| link_session::log_in(tenant, self.engine.world(), token, login));
        stepped.map_err(Refused::from)?;
        let session = tenant.links.get(token).and_then(|link| link.sessions.last());
        let correlation = session.and_then(|session| session.correlation.as_ref());
        self.known.extend(correlation.map(|(id, _)| ("link_correlation_id".to_owned(), id.as_str().into())));
        Ok(())
    }

    /// What is known under a name. A fault may have kept it from being made.
    fn one(&self, name: &str) -> Value {
        self.known.get(name).cloned().unwrap_or_default()
    }

    fn must(&self, tenant: &mut Tenant, path: &str, body: &Value) -> Result<Value, Refused> {
        self.engine.perform(tenant, path, body).map_err(|error| {
            Refused::new(
                format!("{path} answered {error}"),
                "reset the tenant, or remove its faults with DELETE /_plaid/faults",
            )
        })
    }

    fn keep(&mut self, response: &Value, names: &[&str]) {
        for name in names {
            if let Some(value) = response.get(name) {
                self.known.insert((*name).to_owned(), value.clone());
            }
        }
    }
}
