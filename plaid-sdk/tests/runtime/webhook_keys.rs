//! Which keys are requested from Plaid, and how often.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use plaid_sdk::Client;
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::webhooks::{
    Signer, VerificationKey, Verifier,
    WebhookErrorKind::{self, *},
};

use crate::clock::TestClock;
use crate::server::{Server, Step, body, plaid_error, responses};

type Keys = Arc<Mutex<Vec<Value>>>;

/// A server that returns these keys after a short delay.
async fn plaid(keys: &Keys) -> Server {
    let keys = Arc::clone(keys);
    Server::answering(move |_, request| {
        assert!(request.starts_with("POST /webhook_verification_key/get "));
        let asked: Value = serde_json::from_str(body(request)).unwrap();
        let found = keys.lock().unwrap().iter().find(|key| key["kid"] == asked["key_id"]).cloned();
        let mut steps = vec![Step::Wait(Duration::from_millis(30))];
        steps.extend(match found {
            Some(key) => responses("200 OK", &[], json!({"key": key, "request_id": "r1"}).to_string()),
            None => {
                responses("400 Bad Request", &[], plaid_error("INVALID_INPUT", "INVALID_WEBHOOK_VERIFICATION_KEY_ID"))
            }
        });
        steps
    })
    .await
}

fn keys(signers: &[&Signer]) -> Keys {
    Arc::new(Mutex::new(signers.iter().map(|signer| signer.key().to_jwk()).collect()))
}

/// The result for a webhook that is signed at the clock's time.
async fn check(client: &Client, clock: &TestClock, signer: &Signer) -> Option<WebhookErrorKind> {
    use plaid_sdk::clock::Clock as _;
    let token = signer.sign(b"{}", clock.now()).unwrap();
    Verifier::new(client).verify_token(&token, b"{}").await.err().map(|error| error.kind())
}

#[tokio::test]
async fn a_key_is_fetched_once_and_looked_up_again_after_a_day() {
    let signer = Signer::new("key-1").unwrap();
    let server = plaid(&keys(&[&signer])).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    let verifier = Verifier::new(&client);
    let token = signer.sign(b"{}", SystemTime::now()).unwrap();
    let all: Vec<_> = (0..50)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            tokio::spawn(async move { verifier.verify_token(&token, b"{}").await })
        })
        .collect();
    for one in all {
        one.await.unwrap().unwrap();
    }
    assert_eq!(server.seen().len(), 1);
    // Verifiers of clones share the keys.
    assert_eq!(check(&client.clone(), &clock, &signer).await, None);
    assert_eq!(server.seen().len(), 1);
    clock.advance(Duration::from_secs(25 * 60 * 60));
    assert_eq!(check(&client, &clock, &signer).await, None);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_new_key_makes_the_old_ones_be_looked_up_again() {
    let (old, new) = (Signer::new("old").unwrap(), Signer::new("new").unwrap());
    let keys = keys(&[&old]);
    let server = plaid(&keys).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    assert_eq!(check(&client, &clock, &old).await, None);
    let expired = VerificationKey::from_jwk(&old.key().to_jwk()).unwrap().expired_at(SystemTime::now());
    *keys.lock().unwrap() = vec![expired.to_jwk(), new.key().to_jwk()];
    assert_eq!(check(&client, &clock, &new).await, None);
    assert_eq!(check(&client, &clock, &old).await, Some(ExpiredKey));
    assert_eq!(check(&client, &clock, &new).await, None);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn an_unknown_key_is_not_requested_again_for_a_while() {
    let signer = Signer::new("unknown").unwrap();
    let known = keys(&[]);
    let server = plaid(&known).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    for _ in 0..20 {
        assert_eq!(check(&client, &clock, &signer).await, Some(UnknownKey));
    }
    assert_eq!(server.seen().len(), 1);
    // It may have been too new.
    known.lock().unwrap().push(signer.key().to_jwk());
    clock.advance(Duration::from_secs(61));
    assert_eq!(check(&client, &clock, &signer).await, None);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn requests_for_unknown_keys_are_limited_and_known_keys_still_work() {
    let good = Signer::new("good").unwrap();
    let server = plaid(&keys(&[&good])).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    assert_eq!(check(&client, &clock, &good).await, None);
    let forged: Vec<_> = (0..200)
        .map(|number| {
            let (client, clock) = (client.clone(), clock.clone());
            tokio::spawn(async move {
                let signer = Signer::new(format!("forged-{number}")).unwrap();
                check(&client, &clock, &signer).await.unwrap()
            })
        })
        .collect();
    let mut held_back = 0;
    for one in forged {
        let kind = one.await.unwrap();
        assert!(matches!(kind, UnknownKey | TooManyUnknownKeys), "{kind:?}");
        held_back += usize::from(kind == TooManyUnknownKeys);
    }
    // Ten requests per minute, one of which was for the valid key.
    assert_eq!((server.seen().len(), held_back), (10, 191));
    assert_eq!(check(&client, &clock, &good).await, None);
    let next = Signer::new("next").unwrap();
    assert_eq!(check(&client, &clock, &next).await, Some(TooManyUnknownKeys));
    clock.advance(Duration::from_secs(61));
    assert_eq!(check(&client, &clock, &next).await, Some(UnknownKey));
}

#[tokio::test]
async fn a_failed_key_request_is_a_temporary_failure() {
    let signer = Signer::new("key-1").unwrap();
    let known = keys(&[&signer]);
    let fine = json!({"key": known.lock().unwrap()[0].clone()}).to_string();
    let script = [
        responses("400 Bad Request", &[], plaid_error("INVALID_INPUT", "INVALID_API_KEYS")),
        responses("200 OK", &[], fine),
    ];
    let server = Server::scripted(script.to_vec()).await;
    let client = server.client();
    let token = signer.sign(b"{}", SystemTime::now()).unwrap();
    let error = Verifier::new(&client).verify_token(&token, b"{}").await.unwrap_err();
    assert!(error.is_temporary() && error.to_string().contains("INVALID_API_KEYS"), "{error}");
    assert_eq!(error.kind(), KeyUnavailable);
    Verifier::new(&client).verify_token(&token, b"{}").await.unwrap();
}

#[tokio::test]
async fn a_key_with_another_id_or_type_is_refused() {
    let signer = Signer::new("key-1").unwrap();
    let other = Signer::new("key-2").unwrap().key().to_jwk();
    for response in [json!({"key": other}), json!({"key": {"kid": "key-1"}}), json!({})] {
        let server = Server::responding("200 OK", &[], response.to_string()).await;
        let token = signer.sign(b"{}", SystemTime::now()).unwrap();
        let error = Verifier::new(&server.client()).verify_token(&token, b"{}").await.unwrap_err();
        assert_eq!(error.kind(), UnusableKey);
    }
}

#[tokio::test]
async fn an_abandoned_key_request_does_not_block_the_next() {
    let signer = Signer::new("key-1").unwrap();
    let server = plaid(&keys(&[&signer])).await;
    let client = server.client();
    let verifier = Verifier::new(&client);
    let token = signer.sign(b"{}", SystemTime::now()).unwrap();
    let first = tokio::time::timeout(Duration::from_millis(5), verifier.verify_token(&token, b"{}")).await;
    assert!(first.is_err());
    verifier.verify_token(&token, b"{}").await.unwrap();
}

crate::protocols::over_http2! {
    a_key_is_fetched_once_and_looked_up_again_after_a_day,
    a_new_key_makes_the_old_ones_be_looked_up_again,
    an_unknown_key_is_not_requested_again_for_a_while,
    requests_for_unknown_keys_are_limited_and_known_keys_still_work,
    a_failed_key_request_is_a_temporary_failure,
    a_key_with_another_id_or_type_is_refused,
    an_abandoned_key_request_does_not_block_the_next,
}
