//! Requests of all operations, filled with what the demo data has, are accepted by the emulator.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use plaid_catalog::Catalog;
use plaid_emulator::Emulator;
use plaid_explorer::{App, Emulated};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// The operations whose requests are refused, for what the demo data lacks. One that is accepted has to leave the list.
const REFUSED: &[&str] = &[
    "applicationGet",
    "bankTransferSweepGet",
    "investmentsAuthGet",
    "itemApplicationScopesUpdate",
    "itemApplicationUnlink",
    "itemImport",
    "processorInvestmentsAuthGet",
    "processorInvestmentsHoldingsGet",
    "processorInvestmentsTransactionsGet",
    "processorLiabilitiesGet",
    "sandboxItemApplicationSeed",
    "sandboxItemFireWebhook",
    "sandboxItemSetVerificationStatus",
    "sandboxOauthSelectAccounts",
    "sandboxTransactionsCreate",
    "sandboxTransferLedgerDepositSimulate",
    "sandboxTransferLedgerWithdrawSimulate",
    "sandboxTransferRepaymentSimulate",
    "sandboxTransferSimulate",
    "transactionsRulesRemove",
    "transferAuthorizationCancel",
    "transferCancel",
];

/// How many explorers work at once.
const AT_ONCE: usize = 4;

async fn post(router: &Router, address: &str, body: &Value) -> (StatusCode, Vec<u8>) {
    let request = Request::builder().method("POST").uri(address).header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from(body.to_string())).expect("a request");
    let response = router.clone().oneshot(request).await.expect("a response");
    let status = response.status();
    (status, to_bytes(response.into_body(), 1 << 26).await.expect("a body").to_vec())
}

/// Sends the request of an operation with live values from an explorer of its own. Returns the refusal, if there is one.
async fn refusal(operation: &str) -> Option<String> {
    let emulator = Emulator::builder().self_check(true).start().await.expect("an emulator");
    let router = App::emulated(Emulated::new(emulator)).router();
    let (status, seeded) = post(&router, "/-/work/seed", &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{operation}: {}", String::from_utf8_lossy(&seeded));
    let (status, sample) = post(&router, "/-/sample", &json!({ "operation": operation, "size": "live" })).await;
    assert_eq!(status, StatusCode::OK, "{operation}: {}", String::from_utf8_lossy(&sample));
    let sample: Value = serde_json::from_slice(&sample).expect("JSON");
    let (status, answer) = post(&router, &format!("/-/call/{operation}"), &sample).await;
    let answer = String::from_utf8_lossy(&answer);
    (!status.is_success()).then(|| format!("{operation}: {status}\n{sample}\n{answer}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_with_live_values_are_accepted() {
    let all: Vec<&str> = Catalog::plaid().api().operations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(all.len(), 329);
    let mut refused = BTreeSet::new();
    let mut unexpected = Vec::new();
    for some in all.chunks(AT_ONCE) {
        let tasks: Vec<_> = some.iter().map(|one| (*one, tokio::spawn(refusal(one)))).collect();
        for (operation, task) in tasks {
            let Some(why) = task.await.expect("a task that ends") else { continue };
            refused.insert(operation);
            if !REFUSED.contains(&operation) {
                unexpected.push(why);
            }
        }
    }
    assert!(unexpected.is_empty(), "{} requests are refused:\n{}", unexpected.len(), unexpected.join("\n\n"));
    let accepted: Vec<&&str> = REFUSED.iter().filter(|one| !refused.contains(**one)).collect();
    assert!(accepted.is_empty(), "requests are accepted, and have to leave the list: {accepted:?}");
}
