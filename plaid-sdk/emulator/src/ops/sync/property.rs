//! Under any sequence of changes, page sizes and faults, the deltas of `/transactions/sync` add up to the present list.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::commands::{self, Move};
use crate::data::institutions;
use crate::engine::{Engine, Settings};
use crate::error::ApiError;
use crate::faults;
use crate::ids::Ids;
use crate::lock::lock;
use crate::ops::World;
use crate::request::{Body, Damage, Reply, Request};
use crate::state::{Effect, Fault, Item, Pace, TransactionId};

const CLIENT: &str = "0123456789abcdef01234567";
const SEEDS: u64 = 32;
const STEPS: usize = 40;

/// An application that keeps a copy of the transactions of one Item.
struct Application {
    engine: Engine,
    random: Ids,
    access: String,
    cursor: Value,
    copy: BTreeMap<String, Value>,
    /// How often pagination was started again, and how often a response was lost.
    restarts: usize,
    losses: usize,
}

/// What became of a loop over the pages of an update.
enum Loop {
    Done(Value),
    Restart,
}

impl Application {
    fn new(seed: u64, username: &str) -> Self {
        let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time");
        let settings = Settings {
            seed,
            clock: Clock::frozen(noon),
            pace: Pace::INSTANT,
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
        let mut application = Self {
            engine,
            random: Ids::new(seed, "random"),
            access: String::new(),
            cursor: Value::Null,
            copy: BTreeMap::new(),
            restarts: 0,
            losses: 0,
        };
        let body = json!({
            "institution_id": "ins_109508",
            "initial_products": ["transactions"],
            "options": {"override_username": username},
        });
        let public = application.call("/sandbox/public_token/create", body).1["public_token"].clone();
        let exchanged = application.call("/item/public_token/exchange", json!({"public_token": public})).1;
        exchanged["access_token"].as_str().expect("a token").clone_into(&mut application.access);
        application
    }

    fn call(&self, path: &str, body: Value) -> (Reply, Value) {
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
        let value = match &reply.body {
            Body::Json(value) => value.clone(),
            Body::File(_) => Value::Null,
        };
        (reply, value)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.random.below(limit as u64)).unwrap_or_default()
    }

    /// Changes something at the bank.
    fn change(&mut self) {
        let access = self.access.clone();
        match self.below(7) {
            0 => drop(self.call("/transactions/refresh", json!({"access_token": access}))),
            1 => {
                let day = "2026-11-20";
                let row = json!({"date_transacted": day, "date_posted": day, "amount": 5.25, "description": "KFC"});
                // Only the user whose transactions change takes them.
                drop(self.call("/sandbox/transactions/create", json!({"access_token": access, "transactions": [row]})));
            }
            2 => {
                let days = TimeDelta::days(1 + i64::try_from(self.below(3)).unwrap_or_default());
                self.with_tenant(|tenant, _| {
                    commands::advance(tenant, Move::By(days)).expect("forward");
                });
            }
            3 => self.with_item(|item, random| {
                let mut row = picked(item, random).clone();
                row.amount += Decimal::ONE;
                assert!(item.feed.modify(row));
            }),
            4 => self.with_item(|item, random| {
                let id = picked(item, random).id.clone();
                assert!(item.feed.remove(&id).is_some());
            }),
            5 => self.with_item(|item, random| {
                let mut row = picked(item, random).clone();
                row.id = TransactionId(random.long());
                item.feed.add(row);
            }),
            // A row that comes and goes before anybody looks.
            _ => self.with_item(|item, random| {
                let mut row = picked(item, random).clone();
                row.id = TransactionId(random.long());
                item.feed.add(row.clone());
                item.feed.remove(&row.id);
            }),
        }
    }

    fn with_tenant(&mut self, run: impl FnOnce(&mut crate::state::Tenant, &mut Ids)) {
        let tenant = self.engine.known(CLIENT).expect("the tenant has called");
        run(&mut lock(&tenant), &mut self.random);
    }

    fn with_item(&mut self, run: impl FnOnce(&mut Item, &mut Ids)) {
        self.with_tenant(|tenant, random| {
            if let Some(item) = tenant.items.values_mut().next().filter(|item| !item.feed.current().is_empty()) {
                run(item, random);
            }
        });
    }

    /// Orders a fault for the next call.
    fn disturb(&mut self) {
        let effect = match self.below(3) {
            0 => Effect::Error(ApiError::new("API_ERROR", "INTERNAL_SERVER_ERROR", "ordered")),
            1 => Effect::Http(502),
            _ => Effect::Truncate,
        };
        let fault = Fault {
            id: 0,
            path: Some("/transactions/sync".to_owned()),
            item: None,
            skip: 0,
            count: Some(1),
            percent: 100,
            effect,
        };
        self.with_tenant(|tenant, _| {
            faults::order(tenant, fault);
        });
    }

    /// A page. A response that is lost is asked for again.
    fn page(&mut self, cursor: &Value, count: usize) -> Result<Value, String> {
        loop {
            let body = json!({"access_token": self.access, "cursor": cursor, "count": count});
            let (reply, value) = self.call("/transactions/sync", body);
            match (reply.status, reply.damage) {
                (200, Damage::None) => return Ok(value),
                (400, _) => return Err(value["error_code"].as_str().unwrap_or_default().to_owned()),
                _ => self.losses += 1,
            }
        }
    }

    /// Reads an update to its end and applies it.
    fn sync(&mut self, disturbed: bool) {
        loop {
            let start = self.cursor.clone();
            let mut copy = self.copy.clone();
            match self.pages(start, &mut copy, disturbed) {
                Loop::Done(cursor) => {
                    (self.cursor, self.copy) = (cursor, copy);
                    return;
                }
                Loop::Restart => self.restarts += 1,
            }
        }
    }

    fn pages(&mut self, start: Value, copy: &mut BTreeMap<String, Value>, disturbed: bool) -> Loop {
        let mut cursor = start;
        let limit = if self.below(2) == 0 { 12 } else { 500 };
        let count = 1 + self.below(limit);
        loop {
            if disturbed && self.below(8) == 0 {
                self.disturb();
            }
            let page = match self.page(&cursor, count) {
                Ok(page) => page,
                Err(code) => {
                    assert_eq!(code, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
                    return Loop::Restart;
                }
            };
            if self.below(4) == 0 {
                let again = self.page(&cursor, count).expect("the same page");
                assert_eq!(without_id(again), without_id(page.clone()), "a cursor can be used again");
            }
            apply(&page, copy, count);
            cursor = page["next_cursor"].clone();
            if page["has_more"] == false {
                return Loop::Done(cursor);
            }
            if disturbed && self.below(10) == 0 {
                self.change();
            }
        }
    }

    /// What `/transactions/get` would list, as `/transactions/sync` shows it.
    fn present(&mut self) -> BTreeMap<String, Value> {
        let mut all = BTreeMap::new();
        self.with_tenant(|tenant, _| {
            for item in tenant.items.values() {
                all.extend(
                    item.feed.current().into_iter().map(|row| (row.id.0.clone(), json!(row.amount.normalize()))),
                );
            }
        });
        all
    }
}

fn picked<'a>(item: &'a Item, random: &mut Ids) -> &'a crate::state::Transaction {
    let rows = item.feed.current();
    rows[usize::try_from(random.below(rows.len() as u64)).unwrap_or_default()]
}

fn without_id(mut page: Value) -> Value {
    page.as_object_mut().expect("an object").remove("request_id");
    page
}

/// Applies a page as an application does. A row that comes twice, or changes without being there, is a mistake.
fn apply(page: &Value, copy: &mut BTreeMap<String, Value>, count: usize) {
    let list = |name: &str| page[name].as_array().expect("a list").clone();
    let id = |row: &Value| row["transaction_id"].as_str().expect("an id").to_owned();
    let amount = |row: &Value| {
        let amount: Decimal = row["amount"].to_string().parse().expect("an amount");
        json!(amount.normalize())
    };
    let (added, modified, removed) = (list("added"), list("modified"), list("removed"));
    assert!(added.len() + modified.len() + removed.len() <= count);
    for row in &added {
        assert!(copy.insert(id(row), amount(row)).is_none(), "added twice");
    }
    for row in &modified {
        assert!(copy.insert(id(row), amount(row)).is_some(), "modified without having been added");
    }
    for row in &removed {
        assert!(copy.remove(&id(row)).is_some(), "removed without having been added");
    }
}

#[test]
fn all_deltas_add_up_to_the_present_list() {
    let (mut restarts, mut losses) = (0, 0);
    for seed in 0..SEEDS {
        let username = if seed % 2 == 0 { "user_transactions_dynamic" } else { "user_good" };
        let mut application = Application::new(seed, username);
        for step in 0..STEPS {
            for _ in 0..application.below(3) {
                application.change();
            }
            if application.below(3) == 0 {
                application.sync(true);
                // What changed after the last page is read now.
                application.sync(false);
                let present = application.present();
                assert_eq!(application.copy, present, "seed {seed}, step {step}");
            }
        }
        restarts += application.restarts;
        losses += application.losses;
    }
    assert!(
        restarts > 20 && losses > 20,
        "the test must meet changes between pages ({restarts}) and faults ({losses})"
    );
}

/// Everything that an application was told: the responses and the webhooks, as bytes.
fn told(seed: u64, username: &str) -> Vec<String> {
    let mut application = Application::new(seed, username);
    for _ in 0..12 {
        application.change();
        application.sync(true);
    }
    drop(application.call("/transactions/recurring/get", json!({"access_token": application.access})));
    let mut all = Vec::new();
    application.with_tenant(|tenant, _| {
        all.extend(tenant.log.entries().map(|entry| crate::json::compact(&entry.response)));
        all.extend(tenant.webhooks.iter().map(|webhook| webhook.body.clone()));
    });
    all
}

#[test]
fn the_same_seed_and_calls_give_the_same_bytes() {
    for username in ["user_good", "user_transactions_dynamic", "user_yuppie"] {
        let (first, second) = (told(7, username), told(7, username));
        assert!(first.len() > 20, "{username}: {}", first.len());
        assert_eq!(first.len(), second.len(), "{username}");
        let other = first.iter().zip(&second).find(|(one, other)| one != other);
        assert_eq!(other, None, "{username}");
        assert_ne!(first, told(8, username), "{username}");
    }
}
