//! An idempotency key never makes two: the same request again is answered with the same object. `keys.json` has a row for each
//! operation that takes a key.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Type};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

use crate::collections::{Kept, table};
use crate::support::{Lab, merged};

const TABLE: &str = include_str!("keys.json");

fn keys() -> Value {
    serde_json::from_str(TABLE).expect("JSON")
}

/// Whether an operation takes a key.
fn takes_key(operation: &Operation) -> bool {
    let api = Catalog::plaid().api();
    let Some(Type::Named(id)) = operation.body.as_ref().map(|body| api.resolve(&body.ty)) else { return false };
    api.object(id).is_some_and(|object| object.fields.iter().any(|field| field.wire.ends_with("idempotency_key")))
}

async fn go_through(row: &Value, needs: &Value) {
    let lab = Lab::start(Emulator::builder()).await;
    let mut kept = Kept::new(&lab);
    for name in row["needs"].as_array().into_iter().flatten() {
        kept.prepare(needs, name).await;
    }
    let with = |more: &Value| json!({"path": row["path"], "body": merged(row["body"].clone(), more.clone())});
    let id = |answer: &Value| row["id"].as_str().map(|place| answer.pointer(place).expect("an id").clone());
    let first = kept.make(&with(&json!({}))).await;
    let again = kept.make(&with(&json!({}))).await;
    assert_eq!(id(&first), id(&again), "{}: the same key makes one", row["path"]);
    if row["other"].is_object() {
        let other = kept.make(&with(&row["other"])).await;
        assert!(id(&first).is_none() || id(&first) != id(&other), "{}: another key makes another one", row["path"]);
    }
    if row["list"].is_object() {
        let all = kept.make(&row["list"]).await;
        let all = all.pointer(row["list"]["rows"].as_str().expect("a pointer")).and_then(Value::as_array);
        assert_eq!(all.map(Vec::len), row["made"].as_u64().and_then(|made| made.try_into().ok()), "{}", row["path"]);
    }
    kept.make_all(&row["after"]).await;
}

#[tokio::test]
async fn a_key_never_makes_two() {
    let keys = keys();
    let needs = merged(table()["needs"].clone(), keys["needs"].clone());
    for row in keys["rows"].as_array().expect("rows") {
        go_through(row, &needs).await;
    }
}

#[test]
fn each_operation_that_takes_a_key_is_in_the_table() {
    let keys = keys();
    let rows = keys["rows"].as_array().expect("rows");
    let all = Catalog::plaid().api().operations.iter().filter(|operation| takes_key(operation));
    let all: Vec<&str> = all.map(|operation| operation.path.as_str()).collect();
    assert!(all.len() > 10, "{all:?}");
    let missing: Vec<_> = all.into_iter().filter(|path| rows.iter().all(|row| row["path"] != *path)).collect();
    assert!(missing.is_empty(), "no row is about {missing:?}");
}
