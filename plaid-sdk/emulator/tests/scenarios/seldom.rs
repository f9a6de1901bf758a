//! Operations that need something special before they answer.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

async fn seeded(lab: &Lab) -> Value {
    lab.control("seed", json!({})).await
}

#[tokio::test]
async fn a_processor_evaluates_a_payment_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let token = seeded(&lab).await["processor_token"].clone();
    let request = json!({"processor_token": token, "client_transaction_id": "order-7", "amount": 12.17});
    let evaluated = lab.call("/processor/signal/evaluate", request.clone()).await;
    assert_eq!(evaluated["scores"]["customer_initiated_return_risk"]["score"], 60);
    let again = lab.fail("/processor/signal/evaluate", request).await;
    assert_eq!(again, "SIGNAL_ERROR/CLIENT_TRANSACTION_ID_ALREADY_IN_USE");
}

#[tokio::test]
async fn transactions_are_added_for_the_user_whose_transactions_change() {
    let lab = Lab::start(Emulator::builder()).await;
    let row = json!({
        "date_transacted": "2026-11-01", "date_posted": "2026-11-02", "amount": 12.34, "description": "A book",
    });
    let good = lab.item("user_good", json!({})).await;
    let body = |access: &str| json!({"access_token": access, "transactions": [row]});
    assert_eq!(lab.fail("/sandbox/transactions/create", body(&good)).await, "INVALID_REQUEST/INVALID_FIELD");
    let dynamic = lab.item("user_transactions_dynamic", json!({})).await;
    let before = lab.call("/transactions/sync", json!({"access_token": dynamic, "cursor": "now"})).await;
    lab.call("/sandbox/transactions/create", body(&dynamic)).await;
    let cursor = before["next_cursor"].clone();
    let after = lab.call("/transactions/sync", json!({"access_token": dynamic, "cursor": cursor, "count": 500})).await;
    let names: Vec<_> = after["added"].as_array().into_iter().flatten().map(|one| one["name"].clone()).collect();
    assert!(names.contains(&json!("A book")), "{names:?}");
}
