//! Under any sequence of calls: a wallet is never below zero and is the sum of its transactions, payments stay within their
//! consents, statuses take documented steps, and an idempotency key makes one object.

use std::collections::BTreeMap;

use chrono::{DateTime, Months, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::commands::{self, Move};
use crate::controls;
use crate::data::institutions;
use crate::engine::{Engine, Settings};
use crate::fields::Fields;
use crate::ids::Ids;
use crate::lock::lock;
use crate::ops::World;
use crate::request::{Body, Request};
use crate::state::{Pace, PaymentStatus, Sort, TransactionStatus};

const CLIENT: &str = "0123456789abcdef01234567";
const SEEDS: u64 = 24;
const STEPS: usize = 60;

/// A client that pays at random.
struct Client {
    engine: Engine,
    random: Ids,
    recipient: String,
    wallets: Vec<Value>,
    payments: Vec<String>,
    consents: Vec<String>,
    transactions: Vec<String>,
    /// What each key has made, with the request.
    keys: BTreeMap<String, (Value, Value)>,
    /// How often each outcome came.
    seen: BTreeMap<String, usize>,
}

impl Client {
    fn new(seed: u64) -> Self {
        let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time");
        let pace = if seed.is_multiple_of(2) { Pace::INSTANT } else { Pace::SANDBOX };
        let settings =
            Settings { seed, clock: Clock::frozen(noon), pace, lenient: false, logins_age: false, self_check: true };
        let world = World {
            institutions: institutions::all(),
            base_url: String::new(),
            refuse_mutation: true,
            hosts: Vec::new(),
        };
        let mut client = Self {
            engine: Engine::new(settings, world),
            random: Ids::new(seed, "random"),
            recipient: String::new(),
            wallets: Vec::new(),
            payments: Vec::new(),
            consents: Vec::new(),
            transactions: Vec::new(),
            keys: BTreeMap::new(),
            seen: BTreeMap::new(),
        };
        let bacs = json!({"account": "26207729", "sort_code": "560029"});
        let made = client.call("/payment_initiation/recipient/create", &json!({"name": "Ann", "bacs": bacs})).1;
        made["recipient_id"].as_str().expect("a recipient").clone_into(&mut client.recipient);
        for _ in 0..2 {
            let made = client.call("/wallet/create", &json!({"iso_currency_code": "GBP"})).1;
            client.wallets.push(made);
        }
        client
    }

    fn call(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let bytes = body.to_string().into_bytes();
        let reply = self.engine.handle(&Request {
            method: "POST",
            path,
            query: None,
            content_type: Some("application/json"),
            client_id: Some(CLIENT),
            secret: Some("secret"),
            body: &bytes,
        });
        let Body::Json(text) = reply.body else { panic!("{path} answers a file") };
        let value = text.value();
        assert!(reply.status < 500, "{path} {body}: {value}");
        let outcome = value.get("error_code").and_then(Value::as_str).unwrap_or("OK");
        *self.seen.entry(outcome.to_owned()).or_default() += 1;
        (reply.status, value)
    }

    fn control(&mut self, path: &str, body: Value) -> bool {
        controls::run(&self.engine, "POST", path, CLIENT, body).is_ok()
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.random.below(limit as u64)).unwrap_or_default()
    }

    /// One of some. `None` if there are none.
    fn one(&mut self, of: impl Fn(&Self) -> Vec<String>) -> Option<String> {
        let all = of(self);
        let index = self.below(all.len().max(1));
        all.into_iter().nth(index)
    }

    fn wallet(&mut self) -> Value {
        let index = self.below(self.wallets.len());
        self.wallets[index].clone()
    }

    fn value(&mut self) -> Value {
        let cents = i64::try_from(self.below(9_900)).unwrap_or_default() + 100;
        serde_json::from_str(&Decimal::new(cents, 2).to_string()).expect("a number")
    }

    /// Sends a request with a key of a few, and checks what the key has made before.
    fn with_key(&mut self, path: &str, mut body: Value, name: &str) -> Option<String> {
        let key = format!("{path}-{}", self.below(12));
        // Sometimes the same request again.
        let before = self.keys.get(&key).cloned();
        if let Some((sent, _)) = before.as_ref().filter(|_| self.random.below(2) == 0) {
            body = sent.clone();
        }
        body["idempotency_key"] = key.as_str().into();
        let (status, answer) = self.call(path, &body);
        match before {
            Some((sent, made)) if sent == body => {
                let is_busy = answer["error_code"] == "REQUEST_CONFLICT";
                assert!(is_busy || answer[name] == made, "{path}: the key {key} has made two: {answer}");
            }
            Some(_) => assert_eq!(answer["error_code"], "NONIDENTICAL_REQUEST", "{path}: {answer}"),
            None if status == 200 => {
                self.keys.insert(key, (body, answer[name].clone()));
                return answer[name].as_str().map(str::to_owned);
            }
            None => {}
        }
        None
    }

    fn step(&mut self) {
        match self.below(10) {
            0 | 1 => self.pay(),
            2 => self.agree(),
            3 => {
                let Some(consent) = self.one(|own| own.consents.clone()) else { return };
                let mode = if self.below(2) == 0 { "ASYNC" } else { "IMMEDIATE" };
                let body = json!({
                    "consent_id": consent, "amount": {"currency": "GBP", "value": self.value()}, "processing_mode": mode,
                });
                let made = self.with_key("/payment_initiation/consent/payment/execute", body, "payment_id");
                self.payments.extend(made);
            }
            4 => {
                let Some(payment) = self.one(|own| own.payments.clone()) else { return };
                let all = PaymentStatus::SIMULATED;
                let status = all[self.below(all.len())].name();
                let body = json!({"payment_id": payment, "status": status, "webhook": ""});
                self.call("/sandbox/payment/simulate", &body);
            }
            5 => {
                let Some(payment) = self.one(|own| own.payments.clone()) else { return };
                let mut body = json!({"payment_id": payment, "reference": "Refund1"});
                if self.below(3) > 0 {
                    body["amount"] = json!({"currency": "GBP", "value": self.value()});
                }
                let made = self.with_key("/payment_initiation/payment/reverse", body, "refund_id");
                self.transactions.extend(made);
            }
            6 | 7 => {
                let numbers = json!({"bacs": {"account": "26207729", "sort_code": "560029"}});
                let body = json!({
                    "wallet_id": self.wallet()["wallet_id"], "reference": "Payout1",
                    "amount": {"iso_currency_code": "GBP", "value": self.value()},
                    "counterparty": {"name": "Ann", "numbers": numbers},
                });
                let made = self.with_key("/wallet/transaction/execute", body, "transaction_id");
                self.transactions.extend(made);
            }
            8 => self.disturb(),
            _ => {
                // Less than a day in all, in which keys are kept.
                let seconds = i64::try_from(self.below(1_000)).unwrap_or_default();
                let tenant = self.engine.known(CLIENT).expect("the tenant");
                commands::advance(&mut lock(&tenant), Move::By(TimeDelta::seconds(seconds))).expect("forward");
            }
        }
    }

    /// A payment, which the user authorises in Link or not, or which the bank refuses.
    fn pay(&mut self) {
        let recipient = match self.below(3) {
            0 => self.recipient.clone().into(),
            _ => self.wallet()["recipient_id"].clone(),
        };
        let body = json!({
            "recipient_id": recipient, "reference": "rent", "amount": {"currency": "GBP", "value": self.value()},
        });
        let made = self.call("/payment_initiation/payment/create", &body).1;
        self.payments.extend(made["payment_id"].as_str().map(str::to_owned));
        if self.below(4) > 0 {
            let password = if self.below(4) == 0 { "error_PAYMENT_REJECTED" } else { "pass_good" };
            self.link(&json!({"payment_id": made["payment_id"]}), password);
        }
    }

    fn link(&mut self, about: &Value, password: &str) {
        let body = json!({
            "client_name": "Acme", "language": "en", "country_codes": ["GB"], "user": {"client_user_id": "u"},
            "products": ["payment_initiation"], "payment_initiation": about,
        });
        let token = self.call("/link/token/create", &body).1["link_token"].clone();
        self.control("link/complete", json!({"link_token": token, "password": password}));
    }

    /// A consent with limits.
    fn agree(&mut self) {
        let limit = |value: i64| json!({"currency": "GBP", "value": value});
        let intervals = ["DAY", "WEEK", "MONTH", "YEAR"];
        let period = json!({
            "amount": limit(120), "interval": intervals[self.below(4)],
            "alignment": if self.below(2) == 0 { "CALENDAR" } else { "CONSENT" },
        });
        let recipient = self.wallet()["recipient_id"].clone();
        let body = json!({
            "recipient_id": recipient, "reference": "rent",
            "constraints": {"max_payment_amount": limit(80), "periodic_amounts": [period]},
        });
        let id = self.call("/payment_initiation/consent/create", &body).1["consent_id"].clone();
        self.consents.extend(id.as_str().map(str::to_owned));
        self.link(&json!({"consent_id": id}), "pass_good");
    }

    /// What banks and users do: money that comes, comes back, fails, and consents that end.
    fn disturb(&mut self) {
        let wallet = self.wallet()["wallet_id"].as_str().unwrap_or_default().to_owned();
        let amount = self.value().to_string();
        match self.below(5) {
            0 => drop(self.control(&format!("wallets/{wallet}/fund"), json!({"amount": amount}))),
            1 => drop(self.control(&format!("wallets/{wallet}/sweep"), json!({"amount": amount}))),
            2 => {
                let Some(id) = self.one(|own| own.transactions.clone()) else { return };
                self.control(&format!("wallet_transactions/{id}/return"), json!({}));
            }
            3 => {
                let Some(id) = self.one(|own| own.transactions.clone()) else { return };
                let all = TransactionStatus::ALL;
                let status = all[self.below(all.len())].name();
                self.control(&format!("wallet_transactions/{id}/status"), json!({"status": status}));
            }
            _ => {
                let Some(id) = self.one(|own| own.consents.clone()).filter(|_| self.random.below(4) == 0) else {
                    return;
                };
                self.call("/payment_initiation/consent/revoke", &json!({"consent_id": id}));
            }
        }
    }

    /// What a wallet's list adds up to is its balance, and nothing is below zero.
    fn check_wallets(&mut self) {
        for wallet in self.wallets.clone() {
            let named = json!({"wallet_id": wallet["wallet_id"]});
            let balance = self.call("/wallet/get", &named).1["balance"].clone();
            let balance = |name: &str| Fields(&balance).decimal(name).expect("a number");
            let mut body = named;
            body["count"] = 200.into();
            let list = self.call("/wallet/transaction/list", &body).1;
            assert_eq!(list.get("next_cursor"), None, "more than a page");
            let (mut current, mut pending) = (Decimal::ZERO, Decimal::ZERO);
            for one in list["transactions"].as_array().into_iter().flatten() {
                let value = Fields(&one["amount"]).decimal("value").expect("a number");
                let comes = ["BANK_TRANSFER", "PIS_PAY_IN", "RETURN", "ACCOUNT_FUNDING"]
                    .iter()
                    .any(|sort| one["type"] == *sort);
                match (one["status"].as_str().unwrap_or_default(), comes) {
                    ("SETTLED", true) => current += value,
                    ("EXECUTED", false) => current -= value,
                    ("AUTHORISING" | "INITIATED", false) => pending += value,
                    ("FAILED" | "BLOCKED", _) | ("AUTHORISING" | "INITIATED", true) => {}
                    (status, _) => panic!("{} is {status}", one["type"]),
                }
            }
            assert_eq!((balance("current"), balance("available")), (current, current - pending));
            assert!(current - pending >= Decimal::ZERO, "{wallet}: {current} with {pending} on its way");
        }
    }

    /// The payments of a consent stay within its limits.
    fn check_consents(&self) {
        let tenant = self.engine.known(CLIENT).expect("the tenant");
        let tenant = lock(&tenant);
        for consent in tenant.payments.consents.values() {
            let own = || tenant.payments.payments.values().filter(|one| one.consent.as_ref() == Some(&consent.id));
            assert!(own().all(|one| one.amount.value <= consent.most.value));
            for period in &consent.periods {
                let mut sums: BTreeMap<NaiveDate, Decimal> = BTreeMap::new();
                for one in own().filter(|one| !one.status.is_failure()) {
                    let begin = period.begin(consent.created.date_naive(), one.created.date_naive());
                    *sums.entry(begin).or_default() += one.amount.value;
                }
                assert!(sums.values().all(|sum| *sum <= period.most.value), "{consent:?}: {sums:?}");
            }
        }
        for payment in tenant.payments.payments.values() {
            assert!(tenant.payments.refunded(payment) <= payment.amount.value);
        }
    }

    /// Each webhook names a step of the tables, and the steps of an object follow each other.
    fn check_steps(&self) {
        let tenant = self.engine.known(CLIENT).expect("the tenant");
        let tenant = lock(&tenant);
        let mut last: BTreeMap<String, String> = BTreeMap::new();
        for webhook in tenant.webhooks.iter() {
            let body: Value = serde_json::from_str(&webhook.body).expect("JSON");
            let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
            let (id, old, new) = match &*webhook.code {
                "PAYMENT_STATUS_UPDATE" => (text("payment_id"), text("old_payment_status"), text("new_payment_status")),
                "CONSENT_STATUS_UPDATE" => (text("consent_id"), text("old_status"), text("new_status")),
                "WALLET_TRANSACTION_STATUS_UPDATE" => (text("transaction_id"), text("old_status"), text("new_status")),
                _ => continue,
            };
            if let Some(before) = last.insert(id.clone(), new.clone()) {
                assert_eq!(before, old, "{id} jumps");
            }
            let is_step = match &*webhook.code {
                "PAYMENT_STATUS_UPDATE" => {
                    let status = |name: &str| PaymentStatus::ALL.into_iter().find(|one| one.name() == name);
                    status(&old).zip(status(&new)).is_some_and(|(old, new)| old.reaches(new))
                }
                "CONSENT_STATUS_UPDATE" => {
                    let status =
                        |name: &str| crate::state::ConsentStatus::ALL.into_iter().find(|one| one.name() == name);
                    status(&old).zip(status(&new)).is_some_and(|(old, new)| old.leads_to().contains(&new))
                }
                _ => {
                    let status = |name: &str| TransactionStatus::ALL.into_iter().find(|one| one.name() == name);
                    let direction = tenant.payments.transactions.get(&id).map(|one| one.sort.direction());
                    let both = status(&old).zip(status(&new)).zip(direction);
                    both.is_some_and(|((old, new), direction)| old.leads_to(direction).contains(&new))
                }
            };
            assert!(is_step, "{id}: {old} to {new}");
        }
    }
}

#[test]
fn no_sequence_of_calls_breaks_the_books() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut refunds = 0;
    for seed in 0..SEEDS {
        let mut client = Client::new(seed);
        for _ in 0..STEPS {
            client.step();
            client.check_wallets();
            client.check_consents();
        }
        client.check_steps();
        let tenant = client.engine.known(CLIENT).expect("the tenant");
        refunds += lock(&tenant).payments.transactions.values().filter(|one| one.sort == Sort::Refund).count();
        for (outcome, count) in &client.seen {
            *seen.entry(outcome.clone()).or_default() += count;
        }
    }
    // The sequences come to what they are about.
    assert!(refunds > 10, "{refunds} refunds");
    for code in [
        "NONIDENTICAL_REQUEST",
        "PAYMENT_CONSENT_CANCELLED",
        "PAYMENT_CONSENT_INVALID_CONSTRAINTS",
        "REQUEST_CONFLICT",
        "TRANSACTION_AMOUNT_EXCEEDED",
        "TRANSACTION_INSUFFICIENT_FUNDS",
    ] {
        assert!(seen.contains_key(code), "{code} never came: {seen:?}");
    }
}

#[test]
fn limits_hold_over_a_year_of_days() {
    let mut client = Client::new(3);
    for _ in 0..4 {
        client.agree();
    }
    let start = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a date");
    let end = start.checked_add_months(Months::new(13)).expect("a date");
    for day in 0..(end - start).num_days() {
        let tenant = client.engine.known(CLIENT).expect("the tenant");
        commands::advance(&mut lock(&tenant), Move::By(TimeDelta::days(1))).expect("forward");
        let Some(consent) = client.one(|own| own.consents.clone()) else { continue };
        let amount = json!({"currency": "GBP", "value": client.value()});
        let body = json!({"consent_id": consent, "amount": amount, "idempotency_key": format!("day-{day}")});
        client.call("/payment_initiation/consent/payment/execute", &body);
    }
    client.check_consents();
    assert!(client.seen["PAYMENT_CONSENT_INVALID_CONSTRAINTS"] > 50 && client.seen["OK"] > 50, "{:?}", client.seen);
}
