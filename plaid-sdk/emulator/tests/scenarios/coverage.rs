//! All operations of the document, with the catalogue's samples: none is missing, and none breaks.

use std::collections::BTreeMap;

use crate::support::{CLIENT_ID, Lab, record};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use plaid_catalog::tools::samples::{SIZES, Size};
use plaid_emulator::Emulator;
use serde_json::{Map, Value, json};

/// The errors that a sample may meet: it names a state, a date or a cursor that the seeded tenant does not have.
const KNOWN_ERRORS: [&str; 15] = [
    "CLIENT_TRANSACTION_ID_ALREADY_IN_USE",
    "INVALID_ACCOUNT_ID",
    "INVALID_CREDENTIALS",
    "INVALID_FIELD",
    "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
    "MISSING_FIELDS",
    "NONIDENTICAL_REQUEST",
    "NO_INVESTMENT_ACCOUNTS",
    "NO_LIABILITY_ACCOUNTS",
    "PRODUCT_NOT_ENABLED",
    "PRODUCT_NOT_READY",
    "SANDBOX_BANK_TRANSFER_EVENT_TRANSITION_INVALID",
    "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID",
    "SANDBOX_WEBHOOK_INVALID",
    "TRANSFER_NOT_CANCELLABLE",
];

/// A sample as JSON.
pub fn value(sample: &Sample) -> Value {
    match sample {
        Sample::Null => Value::Null,
        Sample::Bool(bool) => Value::Bool(*bool),
        Sample::Number(digits) => serde_json::from_str(digits).expect("a number"),
        Sample::Text(text) => Value::String(text.clone()),
        Sample::List(all) => Value::Array(all.iter().map(value).collect()),
        Sample::Object(all) => all.iter().map(|(name, one)| (name.clone(), value(one))).collect(),
    }
}

pub fn replace(value: &mut Value, known: &BTreeMap<String, Value>) {
    match value {
        Value::Object(object) => replace_in(object, known),
        Value::Array(all) => all.iter_mut().for_each(|one| replace(one, known)),
        _ => {}
    }
}

fn replace_in(object: &mut Map<String, Value>, known: &BTreeMap<String, Value>) {
    for (name, value) in object {
        let one = name.strip_suffix('s').unwrap_or(name);
        match (known.get(name), known.get(one), &mut *value) {
            (Some(new), _, Value::String(_)) => *value = new.clone(),
            (None, Some(new), Value::Array(all)) if all.iter().all(Value::is_string) => *value = json!([new]),
            _ => replace(value, known),
        }
    }
}

/// The sample of a request, with what is known in place of its ids and tokens.
pub fn request(operation: &Operation, size: Size, known: &BTreeMap<String, Value>) -> Value {
    let sample = Catalog::plaid().sampler().request(operation, size);
    let mut body = sample.map_or_else(|| json!({}), |sample| value(&sample));
    replace(&mut body, known);
    body
}

async fn call(lab: &Lab, operation: &Operation, size: Size, known: &BTreeMap<String, Value>) -> (u16, String) {
    let sampler = Catalog::plaid().sampler();
    let body = request(operation, size, known);
    let mut parameters = sampler.parameters(operation, size).map_or_else(|| json!({}), |sample| value(&sample));
    replace(&mut parameters, known);
    let mut path = operation.path.clone();
    for (name, value) in parameters.as_object().into_iter().flatten() {
        path = path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default());
    }
    let url = format!("{}{path}", lab.emulator.base_url());
    let method = operation.method.parse().expect("a method");
    let request = reqwest::Client::new().request(method, url).header("PLAID-CLIENT-ID", CLIENT_ID);
    let request = request.header("PLAID-SECRET", "secret").header("Content-Type", "application/json");
    let body = if operation.method == "GET" { String::new() } else { body.to_string() };
    let response = request.body(body).send().await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = response.bytes().await.expect("a body");
    if status == 200 {
        record(&operation.path, &bytes);
    }
    (status, if status == 200 { String::new() } else { String::from_utf8_lossy(&bytes).into_owned() })
}

#[tokio::test]
async fn every_operation_answers_its_samples() {
    let lab = Lab::start(Emulator::builder()).await;
    let known = lab.tenant().seed().expect("a seeded tenant");
    lab.control("snapshot", json!({"name": "seeded"})).await;
    let mut problems = Vec::new();
    let mut answered = 0;
    for operation in &Catalog::plaid().api().operations {
        for size in SIZES {
            restore(&lab).await;
            let (status, error) = call(&lab, operation, size, &known).await;
            let parsed: Value = serde_json::from_str(&error).unwrap_or_default();
            let text = |name: &str| parsed[name].as_str().unwrap_or_default().to_owned();
            match status {
                200 => answered += 1,
                _ if KNOWN_ERRORS.contains(&text("error_code").as_str()) => {}
                _ => problems.push(format!("{} {size:?}: {error}", operation.path)),
            }
        }
    }
    assert!(answered >= 530, "only {answered} samples got a response");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

async fn restore(lab: &Lab) {
    lab.control("restore", json!({"name": "seeded"})).await;
}
