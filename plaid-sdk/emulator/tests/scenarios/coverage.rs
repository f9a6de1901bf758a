//! All operations of the document, with the catalogue's samples: none is missing, and none breaks.

use std::collections::BTreeMap;

use crate::support::{CLIENT_ID, Lab, http, record};
use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::samples::{SIZES, Size};
use plaid_emulator::{Emulator, samples};
use serde_json::{Value, json};

/// The errors that a sample may meet: it names a state, a date or a cursor that the seeded tenant does not have.
const KNOWN_ERRORS: &[&str] = &[
    "CLIENT_TRANSACTION_ID_ALREADY_IN_USE",
    "FAILED_PRECONDITION",
    "INCOME_VERIFICATION_DOCUMENT_NOT_FOUND",
    "INCOME_VERIFICATION_NOT_FOUND",
    "INVALID_ACCOUNT_ID",
    "INVALID_CREDENTIALS",
    "INVALID_FIELD",
    "INVALID_LOGO",
    "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
    "MISSING_FIELDS",
    "NONIDENTICAL_REQUEST",
    "NO_INVESTMENT_ACCOUNTS",
    "NO_LIABILITY_ACCOUNTS",
    "PAYMENT_CONSENT_INVALID_CONSTRAINTS",
    "PAYMENT_INVALID_SCHEDULE",
    "PRODUCT_NOT_ENABLED",
    "PRODUCT_NOT_READY",
    "SANDBOX_BANK_TRANSFER_EVENT_TRANSITION_INVALID",
    "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID",
    "SANDBOX_WEBHOOK_INVALID",
    "TRANSFER_NOT_CANCELLABLE",
];

async fn call(lab: &Lab, operation: &Operation, size: Size, known: &BTreeMap<String, Value>) -> (u16, String) {
    let body = samples::request(operation, size, known);
    let parameters = samples::parameters(operation, size, known);
    let mut path = operation.path.clone();
    for (name, value) in parameters.as_object().into_iter().flatten() {
        path = path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default());
    }
    let url = format!("{}{path}", lab.emulator.base_url());
    let method = operation.method.parse().expect("a method");
    let request = http().request(method, url).header("PLAID-CLIENT-ID", CLIENT_ID);
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
    assert!(answered >= 520, "only {answered} samples got a response");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

async fn restore(lab: &Lab) {
    lab.control("restore", json!({"name": "seeded"})).await;
}
