//! Every collection of the data: created, got, listed over several pages, not found. The tests read the data,
//! so a new collection is tested as soon as it is in there.

use std::collections::BTreeMap;

use crate::support::Lab;
use plaid_catalog::Catalog;
use plaid_catalog::tools::samples::Size;
use plaid_emulator::Emulator;
use plaid_emulator::samples::request;
use serde_json::{Value, json};

const FILES: &[&str] =
    &[include_str!("../../data/engines/bank_transfer.json"), include_str!("../../data/engines/transfer.json")];

/// A collection with its operations by verb.
struct Collection {
    name: String,
    data: Value,
    operations: BTreeMap<String, Vec<(String, Value)>>,
}

fn collections() -> Vec<Collection> {
    let mut all = Vec::new();
    for file in FILES {
        let file: Value = serde_json::from_str(file).expect("JSON");
        for (name, data) in file["collections"].as_object().expect("collections") {
            let mut operations: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
            for (path, row) in file["operations"].as_object().expect("operations") {
                if row["of"] == json!(name) {
                    let verb = row["do"].as_str().expect("a verb").to_owned();
                    operations.entry(verb).or_default().push((path.clone(), row.clone()));
                }
            }
            all.push(Collection { name: name.clone(), data: data.clone(), operations });
        }
    }
    all
}

impl Collection {
    fn first(&self, verb: &str) -> Option<&(String, Value)> {
        self.operations.get(verb)?.first()
    }

    /// The property of an object that has its id.
    fn id(&self) -> &str {
        self.data["id"].as_str().unwrap_or("id")
    }

    /// The field that names an object in the request of an operation.
    fn named<'a>(&'a self, row: &'a Value) -> &'a str {
        row["by"].as_str().or(self.data["named"].as_str()).unwrap_or(self.id())
    }
}

/// The id in a response: at its top, or in the object that it contains.
fn id_in(response: &Value, name: &str, named: &str) -> Option<Value> {
    let object = response.as_object()?;
    let inside = || object.values().find_map(|value| value.get(name));
    object.get(name).or_else(|| object.get(named)).or_else(inside).filter(|id| !id.is_null()).cloned()
}

/// A request for another object than the sample's: what names a request or an object is different each time.
fn another(path: &str, known: &BTreeMap<String, Value>, number: usize) -> Value {
    let operation = Catalog::plaid().at_path(path)[0];
    let mut body = request(operation, Size::Minimal, known);
    for name in ["idempotency_key", "client_transaction_id", "client_user_id", "notificationId"] {
        if let Some(value) = body.get_mut(name) {
            *value = format!("test-{number}").into();
        }
    }
    if path.starts_with("/user/") || path.starts_with("/cra/monitoring") {
        body["user_id"] = known["user_id"].clone();
    }
    if path == "/transfer/refund/create" {
        body["amount"] = "0.01".into();
    }
    body
}

/// What two objects both have is the same in both. Secrets are shown once.
fn assert_same(path: &str, created: &Value, got: &Value) {
    let pairs =
        created.as_object().into_iter().flatten().filter(|(name, _)| *name != "request_id" && *name != "secrets");
    for (name, value) in pairs {
        match got.get(name) {
            Some(other) if value.is_object() => assert_same(path, value, other),
            Some(other) => assert_eq!(other, value, "{path}: {name}"),
            None => {}
        }
    }
}

async fn seeded() -> (Lab, BTreeMap<String, Value>) {
    let lab = Lab::start(Emulator::builder()).await;
    let mut known = lab.tenant().seed().expect("a seeded tenant");
    known.remove("client_user_id");
    (lab, known)
}

#[tokio::test]
async fn what_is_created_is_got_and_an_unknown_id_is_refused() {
    let (lab, known) = seeded().await;
    let mut tested = Vec::new();
    for collection in collections() {
        let (Some((create, _)), Some((get, row))) = (collection.first("create"), collection.first("get")) else {
            continue;
        };
        if row["absent"].is_object() || create == "/transfer/create" {
            continue;
        }
        let named = collection.named(row);
        let created = lab.call(create, another(create, &known, 1)).await;
        let id = id_in(&created, collection.id(), named);
        let id = id.unwrap_or_else(|| panic!("{create} answers no id {named}: {created}"));
        let got = lab.call(get, json!({named: id})).await;
        // Whatever both responses have is the same.
        assert_same(get, &created, &got);
        let (status, error) = lab.send(get, json!({named: "no-such-id"})).await;
        assert!(status == 400 && error["error_code"].is_string(), "{get}: {error}");
        tested.push(collection.name);
    }
    assert!(tested.len() >= 3, "{tested:?}");
}

#[tokio::test]
async fn every_list_has_pages_with_each_object_once() {
    let (lab, known) = seeded().await;
    let mut tested = 0;
    for collection in collections() {
        let (Some((create, _)), Some(lists)) = (collection.first("create"), collection.operations.get("list")) else {
            continue;
        };
        if create == "/transfer/create" {
            continue;
        }
        for number in 0..12 {
            lab.call(create, another(create, &known, number)).await;
        }
        for (list, row) in lists {
            let filter = collection.data["named"].as_str().map(str::to_owned);
            let rows = all_pages(&lab, list, &known, filter.as_deref()).await;
            let ids: Vec<String> = rows.iter().map(|one| one[collection.id()].to_string()).collect();
            let mut unique = ids.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), ids.len(), "{list}: an object comes twice");
            assert!(ids.len() >= 12, "{list}: {} objects, {row}", ids.len());
            tested += 1;
        }
    }
    assert!(tested >= 2, "{tested} lists");
}

/// All objects of a list, read in small pages.
async fn all_pages(lab: &Lab, path: &str, known: &BTreeMap<String, Value>, own: Option<&str>) -> Vec<Value> {
    let operation = Catalog::plaid().at_path(path)[0];
    let mut body = request(operation, Size::Minimal, known);
    if let (Some(fields), Some(own)) = (body.as_object_mut(), own) {
        fields.remove(own);
    }
    let full = request(operation, Size::Full, known);
    let has = |name: &str| full.get(name).is_some();
    if has("count") {
        body["count"] = 5.into();
    }
    let mut rows: Vec<Value> = Vec::new();
    for _ in 0..50 {
        let page = lab.call(path, body.clone()).await;
        let list = page.as_object().and_then(|page| page.values().find_map(Value::as_array)).expect("a list").clone();
        let is_last = list.is_empty();
        if has("count") {
            assert!(list.len() <= 5, "{path}");
        }
        rows.extend(list);
        if has("cursor") {
            body["cursor"] = page["next_cursor"].clone();
            if page["next_cursor"].is_null() {
                return rows;
            }
        } else if has("offset") {
            body["offset"] = rows.len().into();
            if is_last {
                return rows;
            }
        } else {
            return rows;
        }
    }
    panic!("{path} never ends");
}
