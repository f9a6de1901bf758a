//! Under any sequence of requests, ledgers add up, states follow each other as documented, and a key makes one object.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chrono::DateTime;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::commands::{self, Move};
use crate::data::institutions;
use crate::engine::{Engine, Settings};
use crate::ids::Ids;
use crate::lock::lock;
use crate::ops::World;
use crate::request::Request;
use crate::state::{
    DEFAULT_LEDGER, EventKind, Named, Pace, RefundStatus, SECOND_LEDGER, SourceKind, SweepStatus, Tenant,
    TransferStatus,
};

const CLIENT: &str = "0123456789abcdef01234567";
const SEEDS: u64 = 24;
const STEPS: usize = 70;

/// An application that does anything in any order.
struct Application {
    engine: Engine,
    tenant: Arc<Mutex<Tenant>>,
    random: Ids,
    access: Value,
    account: Value,
    /// The bodies of requests with a key, with what they answered: the same request again answers the same.
    keyed: Vec<(&'static str, Value, String)>,
}

/// The ids of what there is.
struct There {
    transfers: Vec<String>,
    refunds: Vec<String>,
    sweeps: Vec<String>,
}

impl Application {
    fn new(seed: u64) -> Self {
        let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time");
        let settings = Settings {
            seed,
            clock: Clock::frozen(noon),
            pace: if seed.is_multiple_of(2) { Pace::INSTANT } else { Pace::SANDBOX },
            lenient: false,
            logins_age: false,
            self_check: true,
        };
        let world = World {
            institutions: institutions::all(),
            base_url: String::new(),
            refuse_mutation: true,
            hosts: Vec::new(),
        };
        let engine = Engine::new(settings, world);
        let first = json!({"institution_id": "ins_109508", "initial_products": ["auth"]}).to_string();
        engine.handle(&Request {
            method: "POST",
            path: "/sandbox/public_token/create",
            query: None,
            content_type: Some("application/json"),
            client_id: Some(CLIENT),
            secret: Some("secret"),
            body: first.as_bytes(),
        });
        let tenant = engine.known(CLIENT).expect("a tenant");
        let mut app = Self {
            engine,
            tenant,
            random: Ids::new(seed, "application"),
            access: Value::Null,
            account: Value::Null,
            keyed: Vec::new(),
        };
        let public = lock(&app.tenant).public.keys().next().cloned().expect("a public token");
        app.access = app.must("/item/public_token/exchange", json!({"public_token": public}))["access_token"].clone();
        let accounts = app.must("/accounts/get", json!({"access_token": app.access}));
        app.account = accounts["accounts"][0]["account_id"].clone();
        app
    }

    /// Calls an operation. It may refuse, and it never fails by itself.
    fn call(&mut self, path: &str, body: &Value) -> Option<Value> {
        match self.engine.perform(&mut lock(&self.tenant), path, body) {
            Ok(value) => Some(value),
            Err(error) => {
                assert_ne!(error["error_code"], "INTERNAL_SERVER_ERROR", "{path} {body}: {error}");
                None
            }
        }
    }

    fn must(&mut self, path: &str, body: Value) -> Value {
        self.call(path, &body).unwrap_or_else(|| panic!("{path} {body} is accepted"))
    }

    fn keyed(&mut self, path: &'static str, name: &str, body: Value) {
        if let Some(answer) = self.call(path, &body) {
            let id = answer[name]["id"].as_str().unwrap_or_default().to_owned();
            self.keyed.push((path, body, id));
        }
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        let index = self.random.below(all.len().try_into().unwrap_or(1));
        all.get(usize::try_from(index).unwrap_or_default()).cloned()
    }

    fn amount(&mut self) -> String {
        const SOME: [&str; 16] = [
            "11.11", "22.22", "33.33", "55.55", "66.66", "1.11", "2.22", "3.33", "111.11", "222.22", "333.33",
            "444.44", "1.00", "20.00", "60.00", "99.99",
        ];
        self.pick(&SOME).unwrap_or("1.00").to_owned()
    }

    fn there(&self) -> There {
        let tenant = lock(&self.tenant);
        let all = &tenant.transfers;
        There {
            transfers: all.transfers.keys().cloned().collect(),
            refunds: all.refunds.keys().cloned().collect(),
            sweeps: all.sweeps.keys().cloned().collect(),
        }
    }

    fn act(&mut self) {
        let (key, amount, there) = (self.random.uuid(), self.amount(), self.there());
        let transfer = self.pick(&there.transfers);
        match self.random.below(13) {
            0..=2 => self.transfer(&key, &amount),
            3 | 4 => {
                for _ in 0..3 {
                    let event = self.pick(TransferStatus::ALL).map(TransferStatus::wire);
                    self.call("/sandbox/transfer/simulate", &json!({"transfer_id": transfer, "event_type": event}));
                }
            }
            5 => drop(self.call("/transfer/cancel", &json!({"transfer_id": transfer}))),
            6 => {
                let body = json!({"transfer_id": transfer, "amount": amount, "idempotency_key": key});
                self.keyed("/transfer/refund/create", "refund", body);
            }
            7 => {
                for _ in 0..3 {
                    let refund = self.pick(&there.refunds);
                    let event = self.pick(RefundStatus::ALL).map(|status| format!("refund.{}", status.wire()));
                    self.call("/sandbox/transfer/refund/simulate", &json!({"refund_id": refund, "event_type": event}));
                }
                if self.random.below(4) == 0 {
                    let refund = self.pick(&there.refunds);
                    self.call("/transfer/refund/cancel", &json!({"refund_id": refund}));
                }
            }
            8 => {
                let body = json!({"amount": amount, "network": "ach", "idempotency_key": key});
                let path = self.pick(&["/transfer/ledger/deposit", "/transfer/ledger/withdraw"]).unwrap_or_default();
                self.keyed(path, "sweep", body);
            }
            9 => {
                let event = self.pick(SweepStatus::ALL).map(|status| format!("sweep.{}", status.wire()));
                let body = json!({"sweep_id": self.pick(&there.sweeps), "event_type": event});
                self.call("/sandbox/transfer/ledger/deposit/simulate", &body);
                self.call("/sandbox/transfer/ledger/withdraw/simulate", &body);
            }
            10 => drop(self.call("/sandbox/transfer/ledger/simulate_available", &json!({}))),
            11 => {
                let ids = [DEFAULT_LEDGER, SECOND_LEDGER];
                let (from, to) = (self.pick(&ids), self.pick(&ids));
                let body =
                    json!({"from_ledger_id": from, "to_ledger_id": to, "amount": amount, "idempotency_key": key});
                self.keyed("/transfer/ledger/distribute", "none", body);
            }
            _ => {
                self.call("/sandbox/transfer/sweep/simulate", &json!({}));
                let by = Move::By(chrono::TimeDelta::seconds(17));
                let moved = commands::advance(&mut lock(&self.tenant), by);
                assert!(moved.is_ok());
            }
        }
    }

    fn transfer(&mut self, key: &str, amount: &str) {
        let kind = self.pick(&["debit", "credit"]);
        let network = self.pick(&["ach", "same-day-ach", "rtp"]);
        let ledger = self.pick(&[DEFAULT_LEDGER, SECOND_LEDGER]);
        let body = json!({
            "access_token": self.access, "account_id": self.account, "type": kind, "network": network, "amount": amount,
            "ach_class": "ppd", "user": {"legal_name": "Ann"}, "idempotency_key": key, "ledger_id": ledger,
        });
        let path = "/transfer/authorization/create";
        let Some(made) = self.call(path, &body) else { return };
        let id = made["authorization"]["id"].clone();
        self.keyed.push((path, body, id.as_str().unwrap_or_default().to_owned()));
        let body = json!({
            "access_token": self.access, "account_id": self.account, "authorization_id": id, "description": "rent",
        });
        self.keyed("/transfer/create", "transfer", body);
    }

    /// A retry of a request with a key: it answers with the same object and makes nothing.
    fn repeat(&mut self) {
        let Some((path, body, id)) = self.pick(&self.keyed.clone()) else { return };
        let counts = |tenant: &Tenant| {
            let all = &tenant.transfers;
            let made = [all.authorizations.len(), all.transfers.len(), all.refunds.len(), all.sweeps.len()];
            (made, all.events.len(), all.ledgers.movements().len())
        };
        let before = counts(&lock(&self.tenant));
        let answer = self.must(path, body);
        let names = ["authorization", "transfer", "refund", "sweep"];
        let again = names.iter().find_map(|name| answer[name]["id"].as_str()).unwrap_or_default();
        assert_eq!((again, counts(&lock(&self.tenant))), (id.as_str(), before), "{path}");
    }
}

/// Balances are the sums of movements, and only what was taken back brings a ledger below zero.
fn check_ledgers(tenant: &Tenant) {
    let all = &tenant.transfers;
    for ledger in all.ledgers.all() {
        let opening = if ledger.id == DEFAULT_LEDGER { Decimal::from(100) } else { Decimal::ZERO };
        let (mut available, mut pending) = (opening, Decimal::ZERO);
        for movement in all.ledgers.movements().iter().filter(|one| one.ledger == ledger.id) {
            match movement.balance.wire() {
                "available" => available += movement.amount,
                _ => pending += movement.amount,
            }
            assert_eq!((movement.available, movement.pending), (available, pending));
            assert!(pending >= Decimal::ZERO, "{movement:?}");
            let has_fallen = movement.balance.wire() == "available" && movement.amount < Decimal::ZERO;
            let is_back = match movement.source.kind {
                SourceKind::Transfer => {
                    let of = all.transfers.get(&movement.source.id);
                    of.is_some_and(|of| of.status.is_undone())
                }
                SourceKind::Sweep => {
                    let of = all.sweeps.get(&movement.source.id).and_then(|sweep| sweep.status);
                    matches!(of, Some(SweepStatus::Returned | SweepStatus::Failed))
                }
                SourceKind::Refund | SourceKind::Distribution => false,
            };
            assert!(available >= Decimal::ZERO || !has_fallen || is_back, "{movement:?}");
        }
        assert_eq!((ledger.available(), ledger.pending()), (available, pending));
    }
}

/// The numbers of events rise by one, and the events of an object are a way through its states.
fn check_events(tenant: &Tenant) {
    let all = &tenant.transfers;
    let mut transfers: BTreeMap<&str, TransferStatus> = BTreeMap::new();
    let mut refunds: BTreeMap<&str, RefundStatus> = BTreeMap::new();
    let mut sweeps: BTreeMap<&str, SweepStatus> = BTreeMap::new();
    for (number, event) in (1..).zip(&all.events) {
        assert_eq!(event.id, number);
        let name = event.kind.wire();
        if let (Some(id), Some(to)) = (&event.refund, name.strip_prefix("refund.").and_then(RefundStatus::read)) {
            let before = refunds.insert(id, to);
            assert!(before.map_or(to == RefundStatus::Pending, |before| before.next().contains(&to)), "{event:?}");
        } else if let (Some(id), Some(to)) = (&event.sweep, name.strip_prefix("sweep.").and_then(SweepStatus::read)) {
            let is_deposit = all.sweeps[id].is_deposit();
            let before = sweeps.insert(id, to);
            let follows = |before: SweepStatus| before.next(is_deposit).contains(&to);
            assert!(before.map_or(to == SweepStatus::Pending, follows), "{event:?}");
        } else if let (Some(id), Some(to)) = (&event.transfer, TransferStatus::read(name)) {
            let proposal = &all.transfers[id].proposal;
            let before = transfers.insert(id, to);
            let follows = |before| to.follows(before, proposal.kind, proposal.network);
            assert!(before.map_or(to == TransferStatus::Pending, follows), "{event:?}");
        } else {
            use EventKind::{RefundReturnSwept, RefundSwept, ReturnSwept, Swept, SweptSettled};
            let swept = [RefundReturnSwept, RefundSwept, ReturnSwept, Swept, SweptSettled];
            assert!(swept.contains(&event.kind) && event.sweep.is_some(), "{event:?}");
        }
    }
    assert!(all.transfers.iter().all(|(id, one)| transfers.get(id.as_str()) == Some(&one.status)));
    assert!(all.refunds.iter().all(|(id, one)| refunds.get(id.as_str()) == Some(&one.status)));
    assert!(all.sweeps.iter().all(|(id, one)| sweeps.get(id.as_str()).copied() == one.status));
    for transfer in all.transfers.values() {
        let refunded: Decimal =
            all.refunds_of(&transfer.id).filter(|one| !one.status.is_undone()).map(|one| one.amount).sum();
        assert!(refunded <= transfer.proposal.amount);
    }
    // What a sweep is made of adds up to it.
    for sweep in all.sweeps.values().filter(|sweep| sweep.ledger.is_none()) {
        let own = all.events.iter().filter(|event| event.sweep.as_ref() == Some(&sweep.id));
        assert_eq!(own.filter_map(|event| event.sweep_amount).sum::<Decimal>(), sweep.amount);
    }
}

#[test]
fn ledgers_add_up_and_states_follow_each_other() {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    for seed in 0..SEEDS {
        let mut app = Application::new(seed);
        for step in 0..STEPS {
            app.act();
            if step % 3 == 0 {
                app.repeat();
            }
            let tenant = lock(&app.tenant);
            check_ledgers(&tenant);
            check_events(&tenant);
        }
        for event in &lock(&app.tenant).transfers.events {
            *seen.entry(event.kind.wire()).or_default() += 1;
        }
    }
    // One that needs six steps in the right order is left to a scenario.
    let expected = EventKind::ALL.iter().filter(|kind| **kind != EventKind::RefundReturnSwept);
    let missing: Vec<&str> = expected.map(|kind| kind.wire()).filter(|kind| !seen.contains_key(kind)).collect();
    assert!(missing.is_empty(), "some events never happened: {missing:?}");
}
