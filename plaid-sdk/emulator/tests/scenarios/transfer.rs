//! Transfer: what is authorized, how transfers, refunds and sweeps move, and what that does to ledgers.

mod authorization;
mod clocks;
mod ledger;
mod lists;
mod refunds;
mod states;
mod webhooks;

use crate::support::{Lab, merged};
use plaid_emulator::Builder;
use serde_json::{Value, json};

pub const AUTHORIZE: &str = "/transfer/authorization/create";
pub const CREATE: &str = "/transfer/create";
pub const SIMULATE: &str = "/sandbox/transfer/simulate";
pub const UNKNOWN: &str = "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d";
pub const INVALID_FIELD: &str = "INVALID_REQUEST/INVALID_FIELD";
pub const INVALID_TRANSITION: &str = "SANDBOX_ERROR/SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID";

/// A client with an Item of `user_good`, whose first account has 100.00.
pub struct Client {
    pub lab: Lab,
    pub access: String,
    pub accounts: Value,
}

impl Client {
    pub async fn start(builder: Builder) -> Self {
        let lab = Lab::start(builder).await;
        let access = lab.item("user_good", json!({})).await;
        let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
        Self { lab, access, accounts }
    }

    /// The request of an authorization, with what else it has.
    pub fn proposal(&self, kind: &str, amount: &str, more: Value) -> Value {
        let plain = json!({
            "access_token": self.access, "account_id": self.accounts[0]["account_id"], "type": kind, "network": "ach",
            "amount": amount, "ach_class": "ppd", "user": {"legal_name": "Ann"},
        });
        merged(plain, more)
    }

    pub async fn authorize(&self, kind: &str, amount: &str, more: Value) -> Value {
        self.lab.call(AUTHORIZE, self.proposal(kind, amount, more)).await["authorization"].clone()
    }

    /// The request of a transfer.
    pub fn order(&self, authorization: &Value, more: Value) -> Value {
        let plain = json!({
            "access_token": self.access, "account_id": self.accounts[0]["account_id"],
            "authorization_id": authorization["id"], "description": "rent",
        });
        merged(plain, more)
    }

    /// A transfer, with what else its authorization has.
    pub async fn transfer(&self, kind: &str, amount: &str, more: Value) -> Value {
        let authorization = self.authorize(kind, amount, more).await;
        self.lab.call(CREATE, self.order(&authorization, json!({}))).await["transfer"].clone()
    }

    pub async fn simulate(&self, transfer: &Value, events: &[&str]) {
        for event in events {
            self.lab.call(SIMULATE, json!({"transfer_id": transfer["id"], "event_type": event})).await;
        }
    }

    pub async fn get(&self, transfer: &Value) -> Value {
        self.lab.call("/transfer/get", json!({"transfer_id": transfer["id"]})).await["transfer"].clone()
    }

    /// What is available and pending on the default ledger.
    pub async fn balance(&self) -> (String, String) {
        let ledger = self.lab.call("/transfer/ledger/get", json!({})).await["balance"].clone();
        (text(&ledger["available"]), text(&ledger["pending"]))
    }

    /// The types of all events, oldest first.
    pub async fn events(&self) -> Vec<String> {
        let body = json!({"after_id": 0, "count": 500});
        let events = self.lab.call("/transfer/event/sync", body).await["transfer_events"].clone();
        events.as_array().into_iter().flatten().map(|event| text(&event["event_type"])).collect()
    }

    /// How many webhooks of events were made.
    pub fn announced(&self) -> usize {
        let webhooks = self.lab.tenant().webhooks();
        webhooks.iter().filter(|one| (&*one.kind, &*one.code) == ("TRANSFER", "TRANSFER_EVENTS_UPDATE")).count()
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Two texts, as a balance is compared with.
pub fn pair(available: &str, pending: &str) -> (String, String) {
    (available.to_owned(), pending.to_owned())
}
