//! When events are announced.

use super::{Client, SIMULATE};
use plaid_emulator::{Announce, Emulator, TransferRules};
use serde_json::json;

const HOOK: &str = "http://127.0.0.1:9/hook";

#[tokio::test]
async fn the_sandbox_announces_what_it_is_asked_to() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("debit", "10.00", json!({})).await;
    client.simulate(&made, &["posted"]).await;
    assert_eq!(client.announced(), 0);
    let settled = json!({"transfer_id": made["id"], "event_type": "settled", "webhook": HOOK});
    client.lab.call(SIMULATE, settled.clone()).await;
    assert_eq!(client.announced(), 1);
    client.lab.fail(SIMULATE, settled).await;
    assert_eq!(client.announced(), 1, "what is refused is not announced");
    let refund = json!({"transfer_id": made["id"], "amount": "1.00", "idempotency_key": "a"});
    let refund = client.lab.call("/transfer/refund/create", refund).await["refund"]["id"].clone();
    let posted = json!({"refund_id": refund, "event_type": "refund.posted", "webhook": HOOK});
    client.lab.call("/sandbox/transfer/refund/simulate", posted).await;
    client.lab.call("/sandbox/transfer/sweep/simulate", json!({"webhook": HOOK})).await;
    client.lab.call("/sandbox/transfer/ledger/simulate_available", json!({"webhook": HOOK})).await;
    client.lab.call("/sandbox/transfer/fire_webhook", json!({"webhook": HOOK})).await;
    assert_eq!(client.announced(), 5);
    let without = client.lab.fail("/sandbox/transfer/fire_webhook", json!({})).await;
    assert_eq!(without, "INVALID_REQUEST/MISSING_FIELDS");
    let webhooks = client.lab.tenant().webhooks();
    let last = webhooks.last().expect("a webhook");
    assert_eq!(last.url.as_deref(), Some(HOOK));
}

#[tokio::test]
async fn production_announces_every_event_once_a_minute() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let rules =
        TransferRules { announce: Announce::AsProduction, webhook: Some(HOOK.to_owned()), ..TransferRules::default() };
    let client = Client::start(Emulator::builder().frozen_at(noon).transfer_rules(rules)).await;
    let made = client.transfer("debit", "10.00", json!({})).await;
    assert_eq!(client.announced(), 1);
    client.simulate(&made, &["posted", "settled"]).await;
    client.lab.control("clock/advance", json!({"seconds": 59})).await;
    assert_eq!(client.announced(), 1);
    client.lab.control("clock/advance", json!({"seconds": 1})).await;
    assert_eq!(client.announced(), 2, "one for both");
    client.lab.control("clock/advance", json!({"seconds": 600})).await;
    assert_eq!(client.announced(), 2, "nothing has happened since");
    client.simulate(&made, &["funds_available"]).await;
    assert_eq!(client.announced(), 3);
    assert_eq!(client.lab.tenant().webhooks().last().and_then(|one| one.url.clone()).as_deref(), Some(HOOK));
    client.lab.control("transfers/rules", json!({"announce": "as_sandbox"})).await;
    client.lab.control("clock/advance", json!({"seconds": 600})).await;
    client.transfer("debit", "10.00", json!({})).await;
    assert_eq!(client.announced(), 3);
}
