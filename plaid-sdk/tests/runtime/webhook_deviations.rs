//! Verified webhooks whose bodies differ from the API's description, or are damaged.

use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use plaid_sdk::http::HeaderMap;
use plaid_sdk::observe::{DeviatingWebhook, Observed, Observer};
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::webhooks::{Signer, SyncUpdatesAvailableWebhook, Verifier, Webhook, WebhookError, WebhookErrorKind};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::server::{Server, responses};

/// A webhook with all that Plaid documents for it.
const BODY: &str = r#"{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE", "item_id": "item-1",
    "initial_update_complete": true, "historical_update_complete": false, "environment": "production"}"#;

#[derive(Default)]
struct Reports(Mutex<Vec<String>>);

impl Observer for Reports {
    fn on_call(&self, _: &Observed<'_>) {}

    fn on_webhook_deviations(&self, webhook: &DeviatingWebhook<'_>) {
        let DeviatingWebhook { webhook_type, webhook_code, deviations, .. } = webhook;
        self.0.lock().unwrap().push(format!("{webhook_type:?} {webhook_code:?} {deviations}"));
    }
}

/// A verifier that gets its key from a server, the signer of that key, and what its client's observer was told.
struct Setup {
    signer: Signer,
    verifier: Verifier,
    reports: Arc<Reports>,
    _server: Server,
}

impl Setup {
    async fn new() -> Self {
        let signer = Signer::new("key-1").unwrap();
        let key = json!({"key": signer.key().to_jwk(), "request_id": "r1"}).to_string();
        let server = Server::answering(move |_, _| responses("200 OK", &[], &key)).await;
        let reports = Arc::new(Reports::default());
        let client = server.builder().observer(Arc::clone(&reports)).strict_responses(true).build().unwrap();
        Self { signer, verifier: Verifier::new(&client), reports, _server: server }
    }

    fn sign(&self, body: &[u8]) -> HeaderMap {
        let token = self.signer.sign(body, SystemTime::now()).unwrap();
        HeaderMap::from_iter([("plaid-verification".parse().unwrap(), token.parse().unwrap())])
    }

    async fn receive<T: DeserializeOwned>(&self, body: impl AsRef<[u8]>) -> Result<T, WebhookError> {
        self.verifier.receive(&self.sign(body.as_ref()), body.as_ref()).await
    }

    async fn refused<T: DeserializeOwned>(&self, body: impl AsRef<[u8]>) -> WebhookError {
        let error = self.receive::<T>(body).await.err().expect("it was read");
        assert_eq!((error.kind(), error.is_temporary()), (WebhookErrorKind::Unreadable, false));
        error
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.reports.0.lock().unwrap())
    }
}

#[tokio::test]
async fn deviations_are_reported_to_the_observer() {
    let setup = Setup::new().await;
    setup.receive::<Webhook>(BODY).await.unwrap();
    assert!(setup.take().is_empty());

    let kind = r#"Some("TRANSACTIONS") Some("SYNC_UPDATES_AVAILABLE")"#;
    let number = BODY.replace(r#""item-1""#, "17");
    let expected = [format!("{kind} item_id: expected a string, found a whole number")];
    match setup.receive(&number).await.unwrap() {
        Webhook::SyncUpdatesAvailable(webhook) => assert_eq!(webhook.item_id, "17"),
        other => panic!("{other:?}"),
    }
    assert_eq!(setup.take(), expected);
    let payload: SyncUpdatesAvailableWebhook = setup.receive(&number).await.unwrap();
    assert_eq!((payload.item_id.as_str(), setup.take()), ("17", expected.to_vec()));

    // What may not be invented is missing.
    let error = setup.refused::<SyncUpdatesAvailableWebhook>(BODY.replace("item_id", "other")).await;
    assert_eq!(error.decode_error().unwrap().path(), "");
    assert!(error.to_string().contains("missing field `item_id`"), "{error}");
    let error = setup.refused::<Webhook>(BODY.replace("false", "\"hunter2\"")).await;
    assert_eq!(error.decode_error().unwrap().path(), "historical_update_complete");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    assert!(setup.take().is_empty());
}

#[tokio::test]
async fn types_of_the_application_report_the_deviations_of_generated_types_in_them() {
    #[derive(Deserialize)]
    struct Mine {
        webhooks: Vec<SyncUpdatesAvailableWebhook>,
        note: String,
    }
    let setup = Setup::new().await;
    let of = |second: &str, note: &str| format!(r#"{{"webhooks": [{BODY}, {second}], "note": "{note}"}}"#);
    let mine: Mine = setup.receive(of(&BODY.replace(r#""item-1""#, "17"), "n")).await.unwrap();
    assert_eq!((mine.webhooks[1].item_id.as_str(), mine.note.as_str()), ("17", "n"));
    assert_eq!(setup.take(), ["None None item_id: expected a string, found a whole number"]);

    // Nothing is known about the texts of the application: one may be an id.
    let cut = BODY.replace("production", r"prod\ud83d");
    let error = setup.refused::<Mine>(of(&cut, r"n\ud83d")).await;
    assert!(error.to_string().contains("surrogate"), "{error}");
    let error = setup.refused::<Mine>(of(&BODY.replace("true", "\"hunter2\""), "n")).await;
    assert_eq!(error.decode_error().unwrap().path(), "initial_update_complete");
    let error = setup.refused::<Mine>(of(BODY, "hunter2").replace(r#""hunter2""#, r#"["hunter2"]"#)).await;
    assert!(error.to_string().contains("at line"), "{error}");
    // serde's own message would contain the value.
    let error = setup.refused::<Vec<u8>>(r#"["hunter2"]"#).await;
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    assert!(setup.take().is_empty());
}

/// A webhook about an error of an Item, with this message.
fn error_webhook(message: &str) -> String {
    format!(
        r#"{{"webhook_type": "ITEM", "webhook_code": "ERROR", "item_id": "item-1", "environment": "production",
            "error": {{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_message": "{message}",
            "display_message": null}}}}"#
    )
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped_and_reported() {
    let setup = Setup::new().await;
    let marked = format!("\u{feff}{BODY}");
    for _ in 0..2 {
        assert!(matches!(setup.receive(&marked).await, Ok(Webhook::SyncUpdatesAvailable(_))));
        let report = "expected JSON, found a byte order mark";
        assert_eq!(setup.take(), [format!(r#"Some("TRANSACTIONS") Some("SYNC_UPDATES_AVAILABLE") {report}"#)]);
        assert_eq!(setup.receive::<Value>(&marked).await.unwrap()["item_id"], "item-1");
        assert_eq!(setup.take().len(), 1);
    }
    // The mark belongs to the signed bytes.
    let error = setup.verifier.receive::<Webhook>(&setup.sign(marked.as_bytes()), BODY.as_bytes()).await.unwrap_err();
    assert_eq!(error.kind(), WebhookErrorKind::Body);
}

#[tokio::test]
async fn a_lone_surrogate_is_replaced_in_texts_but_not_in_ids_and_codes() {
    let setup = Setup::new().await;
    match setup.receive(error_webhook(r"cut \ud83d")).await.unwrap() {
        Webhook::ItemError(webhook) => {
            assert_eq!(webhook.error.unwrap().error_message.as_deref(), Some("cut \u{fffd}"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        setup.take(),
        [r#"Some("ITEM") Some("ERROR") error.error_message: expected a string, found a lone surrogate"#]
    );
    let damaged = |text: &str| error_webhook("m").replace(text, &text.replacen('E', r"\ud83d", 1));
    let error = setup.refused::<Webhook>(error_webhook("m").replace("item-1", r"item-\ud83d")).await;
    assert_eq!(error.decode_error().unwrap().path(), "item_id");
    let error = setup.refused::<Webhook>(damaged("ITEM_LOGIN_REQUIRED")).await;
    assert_eq!(error.decode_error().unwrap().path(), "error.error_code");
    let error = setup.refused::<Webhook>(damaged("ITEM\", \"webhook_code")).await;
    assert!(error.to_string().contains("webhook_type"), "{error}");
    let error = setup.refused::<Webhook>(damaged("\"ERROR\"")).await;
    assert!(error.to_string().contains("webhook_code"), "{error}");
    assert!(setup.take().is_empty());
}

#[tokio::test]
async fn a_damaged_body_is_read_or_refused_and_never_panics() {
    let setup = Setup::new().await;
    let error = setup.refused::<Webhook>(BODY.replace("production", "prod").as_bytes().repeat(2)).await;
    assert!(error.to_string().contains("trailing characters"), "{error}");
    let not_utf8: Vec<u8> = BODY.bytes().map(|byte| if byte == b'p' { 0xff } else { byte }).collect();
    for error in [setup.refused::<Webhook>(&not_utf8).await, setup.refused::<Value>(&not_utf8).await] {
        assert!(error.to_string().contains("not UTF-8"), "{error}");
    }
    for body in ["", "\u{feff}", "\u{feff}\u{feff}{}", "null", "[]", r#""\ud83d""#, r"\ud83d", r#"{"\ud83d": "#] {
        setup.refused::<Webhook>(body).await;
    }
    let (whole, pieces) =
        (error_webhook(r"cut \ud83d\ude00"), ["\\ud83d", "\u{feff}", "null", "\"", "7", "{", "]", ""]);
    let (mut read, mut refused) = (0, 0);
    for at in 0..whole.len() {
        for piece in pieces {
            let body = format!("{}{piece}{}", &whole[..at], &whole[at + 1..]);
            match setup.receive::<Webhook>(&body).await {
                Ok(_) => read += 1,
                Err(error) => {
                    assert_eq!(error.kind(), WebhookErrorKind::Unreadable);
                    refused += 1;
                }
            }
        }
    }
    assert!(read > 200 && refused > 1000, "{read} read, {refused} refused");
}
