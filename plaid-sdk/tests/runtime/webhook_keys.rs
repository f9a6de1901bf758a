//! Which keys are requested from Plaid, and how often.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use plaid_sdk::Client;
use plaid_sdk::clock::{Clock, Sleep, SystemClock};
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::webhooks::{
    KEY_GRACE, Signer, VerificationKey, Verifier,
    WebhookErrorKind::{self, *},
};

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

/// The system's clock, ahead by the time that a test has advanced it. It really sleeps, because the server does.
#[derive(Clone, Default)]
struct TestClock(Arc<Mutex<Duration>>);

impl TestClock {
    fn advance(&self, duration: Duration) {
        *self.0.lock().unwrap() += duration;
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        SystemTime::now() + *self.0.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic() + *self.0.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        SystemClock.sleep(duration)
    }
}

/// The result for a webhook that is signed at the clock's time.
async fn check(client: &Client, clock: &TestClock, signer: &Signer) -> Option<WebhookErrorKind> {
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
    clock.advance(Duration::from_millis(2001));
    assert_eq!(check(&client, &clock, &signer).await, None);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_id_that_stays_unknown_is_requested_less_and_less_often() {
    let signer = Signer::new("unknown").unwrap();
    let server = plaid(&keys(&[])).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    for _ in 0..600 {
        assert_eq!(check(&client, &clock, &signer).await, Some(UnknownKey));
        clock.advance(Duration::from_secs(1));
    }
    // After 2, 4, 8, 16, 32 and 60 seconds, then every 60.
    assert!((12..=15).contains(&server.seen().len()), "{}", server.seen().len());
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
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    let token = signer.sign(b"{}", SystemTime::now()).unwrap();
    for _ in 0..5 {
        // For a second, webhooks share the failure.
        let error = Verifier::new(&client).verify_token(&token, b"{}").await.unwrap_err();
        assert!(error.is_temporary() && error.to_string().contains("INVALID_API_KEYS"), "{error}");
        assert_eq!(error.kind(), KeyUnavailable);
        assert!(error.call_error().is_some_and(|cause| error.to_string().contains(&cause.to_string())));
    }
    assert_eq!(server.seen().len(), 1);
    clock.advance(Duration::from_secs(1));
    Verifier::new(&client).verify_token(&token, b"{}").await.unwrap();
}

#[tokio::test]
async fn a_key_with_another_id_or_type_is_refused() {
    let signer = Signer::new("key-1").unwrap();
    let other = Signer::new("key-2").unwrap().key().to_jwk();
    for response in [json!({"key": other}), json!({"key": {"kid": "key-1"}}), json!({"key": 7})] {
        let server = Server::responding("200 OK", &[], response.to_string()).await;
        let token = signer.sign(b"{}", SystemTime::now()).unwrap();
        let error = Verifier::new(&server.client()).verify_token(&token, b"{}").await.unwrap_err();
        assert_eq!((error.kind(), error.is_temporary()), (UnusableKey, false));
    }
}

#[tokio::test]
async fn a_response_without_a_key_is_a_temporary_failure() {
    let signer = Signer::new("key-1").unwrap();
    let fine = json!({"key": signer.key().to_jwk()});
    for response in [json!({}), json!({"key": null}), json!([])] {
        let script = [&response, &fine].map(|body| responses("200 OK", &[], body.to_string()));
        let server = Server::scripted(script.to_vec()).await;
        let clock = TestClock::default();
        let client = server.builder().clock(clock.clone()).build().unwrap();
        assert_eq!(check(&client, &clock, &signer).await, Some(KeyUnavailable), "{response}");
        clock.advance(Duration::from_secs(2));
        assert_eq!(check(&client, &clock, &signer).await, None, "{response}");
    }
}

#[tokio::test]
async fn a_webhook_that_is_invalid_under_any_key_causes_no_request() {
    let signer = Signer::new("key-1").unwrap();
    let server = plaid(&keys(&[&signer])).await;
    let verifier = Verifier::new(&server.client());
    let old = signer.sign(b"{}", SystemTime::now() - Duration::from_secs(310)).unwrap();
    let early = signer.sign(b"{}", SystemTime::now() + Duration::from_secs(60)).unwrap();
    let other = signer.sign(b"[]", SystemTime::now()).unwrap();
    let bare = signer.sign_token(&json!({"alg": "ES256", "kid": "key-1"}), &json!({})).unwrap();
    for (token, kind) in [(old, TooOld), (early, InFuture), (other, Body), (bare, Claims)] {
        assert_eq!(verifier.verify_token(&token, b"{}").await.unwrap_err().kind(), kind);
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn stored_keys_are_used_after_one_request() {
    let (signer, forger) = (Signer::new("key-1").unwrap(), Signer::new("key-1").unwrap());
    let server = plaid(&keys(&[&signer])).await;
    let clock = TestClock::default();
    let first = server.builder().clock(clock.clone()).build().unwrap();
    assert_eq!(check(&first, &clock, &signer).await, None);
    let stored = serde_json::to_string(&Verifier::new(&first).keys()).unwrap();

    let restored: Vec<VerificationKey> = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored, [signer.key()]);
    let client = server.builder().clock(clock.clone()).build().unwrap();
    assert_eq!(Verifier::new(&client).with_cached_keys(restored.clone()).keys(), restored);
    assert_eq!((check(&client, &clock, &signer).await, server.seen().len()), (None, 2));
    assert_eq!((check(&client, &clock, &signer).await, server.seen().len()), (None, 2));
    // Plaid's key replaces one that was changed in the store.
    let client = server.builder().clock(clock.clone()).build().unwrap();
    drop(Verifier::new(&client).with_cached_keys([forger.key()]));
    assert_eq!(check(&client, &clock, &forger).await, Some(Signature));
    assert_eq!(check(&client, &clock, &signer).await, None);
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

#[tokio::test]
async fn a_known_key_remains_in_use_for_an_hour_if_requests_fail() {
    let signer = Signer::new("key-1").unwrap();
    let fine = json!({"key": signer.key().to_jwk()}).to_string();
    let script =
        [responses("200 OK", &[], fine), responses("400 Bad Request", &[], plaid_error("A", "INVALID_API_KEYS"))];
    let server = Server::scripted(script.to_vec()).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    assert_eq!(check(&client, &clock, &signer).await, None);
    clock.advance(Duration::from_secs(24 * 60 * 60));
    for minute in 0..59 {
        for _ in 0..5 {
            assert_eq!(check(&client, &clock, &signer).await, None, "{minute}");
        }
        assert_eq!(server.seen().len(), 2 + minute);
        clock.advance(Duration::from_secs(60));
    }
    clock.advance(Duration::from_secs(60));
    assert_eq!(check(&client, &clock, &signer).await, Some(KeyUnavailable));
    assert_eq!(KEY_GRACE, Duration::from_secs(60 * 60));
}

#[tokio::test]
async fn a_known_key_that_plaid_has_withdrawn_is_not_used() {
    let signer = Signer::new("key-1").unwrap();
    let known = keys(&[&signer]);
    let server = plaid(&known).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).build().unwrap();
    assert_eq!(check(&client, &clock, &signer).await, None);
    known.lock().unwrap().clear();
    clock.advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(check(&client, &clock, &signer).await, Some(UnknownKey));
    assert!(Verifier::new(&client).keys().is_empty());
}
