//! Requests of all operations, filled with what the demo data has, are accepted by the emulator.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use plaid_catalog::Catalog;
use plaid_catalog::model::Effect;
use plaid_emulator::Emulator;
use plaid_explorer::{App, Emulated};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// How many explorers work at once.
const AT_ONCE: usize = 4;

async fn post(router: &Router, address: &str, body: &Value) -> (StatusCode, Vec<u8>) {
    let request = Request::builder().method("POST").uri(address).header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from(body.to_string())).expect("a request");
    let response = router.clone().oneshot(request).await.expect("a response");
    let status = response.status();
    (status, to_bytes(response.into_body(), 1 << 26).await.expect("a body").to_vec())
}

/// An explorer with the demo data.
async fn explorer() -> Router {
    let emulator = Emulator::builder().self_check(true).start().await.expect("an emulator");
    let app = App::emulated(Emulated::new(emulator));
    // Items need an address for their webhooks. Nobody listens there.
    app.set_webhook_url("http://127.0.0.1:9/-/webhook");
    let router = app.router();
    let (status, seeded) = post(&router, "/-/work/seed", &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&seeded));
    router
}

/// The requests of operations with live values.
async fn requests(router: &Router, operations: &[&'static str]) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    for operation in operations {
        let (status, sample) = post(router, "/-/sample", &json!({ "operation": operation, "size": "live" })).await;
        assert_eq!(status, StatusCode::OK, "{operation}: {}", String::from_utf8_lossy(&sample));
        all.push((*operation, serde_json::from_slice(&sample).expect("JSON")));
    }
    all
}

/// Sends the requests of operations from an explorer of their own. Returns the refusals.
async fn refusals(operations: Vec<&'static str>) -> Vec<String> {
    let router = explorer().await;
    let mut refused = Vec::new();
    // Values of the first response must not get into the second request.
    for (operation, request) in requests(&router, &operations).await {
        let (status, answer) = post(&router, &format!("/-/call/{operation}"), &request).await;
        if !status.is_success() {
            refused.push(format!("{operation}: {status}\n{request}\n{}", String::from_utf8_lossy(&answer)));
        }
    }
    refused
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_with_live_values_are_accepted() {
    let all = &Catalog::plaid().api().operations;
    assert_eq!(all.len(), 329);
    // What only reads leaves the demo data as it is for the others.
    let (reads, changes): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.effect == Effect::Reads);
    let mut groups = vec![reads.into_iter().map(|one| one.id.as_str()).collect()];
    groups.extend(changes.into_iter().map(|one| vec![one.id.as_str()]));
    let mut refused = Vec::new();
    for some in groups.chunks(AT_ONCE) {
        let tasks: Vec<_> = some.iter().map(|group| tokio::spawn(refusals(group.clone()))).collect();
        for task in tasks {
            refused.extend(task.await.expect("a task that ends"));
        }
    }
    assert!(refused.is_empty(), "{} requests are refused:\n{}", refused.len(), refused.join("\n\n"));
}

#[tokio::test]
async fn an_object_is_offered_until_it_is_used_up_or_a_newer_one_is_there() {
    let router = explorer().await;
    let first = requests(&router, &["transferCancel", "sandboxTransferSimulate", "itemImport"]).await;
    let (status, _) = post(&router, "/-/call/transferCancel", &first[0].1).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = post(&router, "/-/call/itemImport", &first[2].1).await;
    assert_eq!(status, StatusCode::OK);
    let second = requests(&router, &["transferCancel", "sandboxTransferSimulate", "itemImport"]).await;
    assert_ne!(second[0], first[0], "the transfer is cancelled");
    assert_eq!(second[1..], first[1..], "these can still be sent");
    // The demo data can be made again.
    let (status, _) = post(&router, "/-/work/seed", &json!({})).await;
    assert_eq!(status, StatusCode::OK);
    let third = requests(&router, &["transferCancel"]).await;
    let (status, _) = post(&router, "/-/call/transferCancel", &third[0].1).await;
    assert_eq!(status, StatusCode::OK);
}
