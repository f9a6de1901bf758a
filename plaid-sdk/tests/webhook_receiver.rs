//! The example that receives webhooks, run against real sockets.
#![cfg(all(feature = "webhook-verification", feature = "webhooks"))]

use std::time::{Duration, SystemTime};

use plaid_sdk::reqwest;
use plaid_sdk::webhooks::{HEADER, Signer, Verifier, Webhook};
use tokio::sync::mpsc;

#[path = "../examples/webhook_receiver.rs"]
mod example;

const BODY: &str = r#"{
  "webhook_type": "TRANSACTIONS",
  "webhook_code": "SYNC_UPDATES_AVAILABLE",
  "item_id": "item-1",
  "initial_update_complete": true,
  "historical_update_complete": false,
  "environment": "sandbox"
}"#;

#[tokio::test]
async fn only_webhooks_from_plaid_are_queued() {
    let signer = Signer::new("key-1").unwrap();
    let (queue, mut webhooks) = mpsc::channel(1);
    let app = example::App { verifier: Verifier::with_keys([signer.key()]), queue };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/plaid/webhook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, example::routes(app)).await });
    let post = async |token: Option<String>, body: &'static str| {
        let mut request = reqwest::Client::new().post(&url).body(body);
        if let Some(token) = token {
            request = request.header(HEADER, token);
        }
        request.send().await.unwrap().status().as_u16()
    };
    let good = || Some(signer.sign(BODY.as_bytes(), SystemTime::now()).unwrap());

    assert_eq!(post(good(), BODY).await, 200);
    let webhook = webhooks.recv().await.unwrap();
    assert!(matches!(webhook, Webhook::SyncUpdatesAvailable(webhook) if webhook.item_id == "item-1"));

    assert_eq!(post(None, BODY).await, 401);
    assert_eq!(post(good(), "{}").await, 401);
    let old = signer.sign(BODY.as_bytes(), SystemTime::now() - Duration::from_secs(600)).unwrap();
    assert_eq!(post(Some(old), BODY).await, 401);
    assert_eq!(
        post(Some(Signer::new("key-1").unwrap().sign(BODY.as_bytes(), SystemTime::now()).unwrap()), BODY).await,
        401
    );
    assert!(webhooks.try_recv().is_err());

    // A queue that is full makes Plaid send it again later.
    assert_eq!((post(good(), BODY).await, post(good(), BODY).await), (200, 503));
}
