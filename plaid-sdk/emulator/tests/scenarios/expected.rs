//! What the tests have to provoke, by `expected.json`, against what they do provoke, by `data/provoked.tsv`.
//!
//! The list was written by hand from the reference: the webhooks and error codes of Plaid's document, and the states that an
//! object can get here. A code without a natural cause has the reason; a fault orders it.

use std::collections::BTreeSet;

use crate::support::Lab;
use plaid_catalog::Catalog;
use plaid_catalog::model::Kind;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const EXPECTED: &str = include_str!("expected.json");
const PROVOKED: &str = include_str!("../../data/provoked.tsv");
const KINDS: [(&str, &str); 3] = [("error", "errors"), ("state", "states"), ("webhook", "webhooks")];

fn expected() -> Value {
    serde_json::from_str(EXPECTED).expect("JSON")
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The facts of a kind that have to be provoked.
fn wanted(kind: &str) -> BTreeSet<String> {
    let expected = expected();
    match &expected[kind] {
        Value::Object(enums) => {
            let values = |(name, values): (&String, &Value)| {
                let values = values.as_str().unwrap_or_default().split(' ').map(str::to_owned);
                values.map(|value| format!("{name}={value}")).collect::<Vec<_>>()
            };
            enums.iter().flat_map(values).collect()
        }
        list => texts(list),
    }
}

/// The facts of a kind that tests provoke.
fn provoked(kind: &str) -> BTreeSet<String> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>();
    let rows = PROVOKED.lines().map(columns).filter(|columns| columns.get(1) == Some(&kind));
    rows.filter_map(|columns| columns.get(2).map(|&name| name.to_owned())).collect()
}

#[test]
fn what_is_expected_is_provoked() {
    let mut missing = Vec::new();
    for (kind, list) in KINDS {
        let (wanted, provoked) = (wanted(list), provoked(kind));
        missing.extend(wanted.difference(&provoked).map(|one| format!("{kind} {one}")));
    }
    assert!(missing.is_empty(), "no test provokes these:\n{}", missing.join("\n"));
}

#[test]
fn the_list_has_all_webhooks_and_error_codes_and_no_state_that_does_not_exist() {
    let api = Catalog::plaid().api();
    let webhooks = wanted("webhooks");
    for webhook in &api.webhooks {
        let name = format!("{}/{}", webhook.kind, webhook.code);
        assert!(webhooks.contains(&name), "{name} is not expected");
    }
    let (errors, without) = (wanted("errors"), expected()["without_cause"].clone());
    for code in &api.error_codes {
        for kind in &code.types {
            let name = format!("{kind}/{}", code.wire);
            assert!(errors.contains(&name) != without[&name].is_string(), "{name} is in one of the two lists");
        }
    }
    let all = api.types.iter().filter_map(|(id, def)| match &def.kind {
        Kind::Enum(known) => Some((id.to_string(), known)),
        _ => None,
    });
    let states: BTreeSet<String> =
        all.flat_map(|(id, known)| known.values.iter().map(move |one| format!("{id}={}", one.value))).collect();
    let unknown: Vec<_> = wanted("states").difference(&states).cloned().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[tokio::test]
async fn codes_without_a_cause_come_by_a_fault() {
    let lab = Lab::start(Emulator::builder()).await;
    let expected = expected();
    let codes = expected["without_cause"].as_object().expect("codes");
    for name in codes.keys() {
        let (kind, code) = name.split_once('/').expect("a type and a code");
        let fault = json!({"operation": "/institutions/get", "error_type": kind, "error_code": code, "count": 1});
        lab.control("faults", fault).await;
        let body = json!({"count": 1, "offset": 0, "country_codes": ["US"]});
        assert_eq!(lab.fail("/institutions/get", body.clone()).await, *name);
        lab.call("/institutions/get", body).await;
    }
}
