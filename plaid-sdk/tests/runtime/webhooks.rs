//! Webhooks from Plaid, and forged ones.

use std::time::{Duration, SystemTime};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use plaid_sdk::http::{HeaderMap, HeaderValue};
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::webhooks::{
    Signer, VerificationKey, Verifier,
    WebhookErrorKind::{self, *},
};

use crate::clock::Stopped;

const BODY: &[u8] = br#"{
  "webhook_code": "SYNC_UPDATES_AVAILABLE",
  "webhook_type": "TRANSACTIONS"
}"#;

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

fn seconds(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn sha256(body: &[u8]) -> String {
    digest::digest(&digest::SHA256, body).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn headers(token: &str) -> HeaderMap {
    HeaderMap::from_iter([("plaid-verification".parse().unwrap(), HeaderValue::from_str(token).unwrap())])
}

async fn refusal(key: VerificationKey, headers: &HeaderMap, body: &[u8]) -> Option<WebhookErrorKind> {
    let verifier = Verifier::with_keys([key]).clock(Stopped(now()));
    let error = verifier.verify(headers, body).await.err()?;
    let printed = format!("{error} {error:?}");
    assert!(printed.starts_with("the webhook was rejected: ") && !printed.contains("SYNC_UPDATES"), "{printed}");
    Some(error.kind())
}

/// The only webhook from Plaid whose key and signature are public. It was published at
/// <https://stackoverflow.com/questions/62117400>.
#[tokio::test]
async fn a_real_webhook_is_accepted() {
    let key = VerificationKey::from_jwk(&json!({
        "alg": "ES256", "crv": "P-256", "kty": "EC", "use": "sig", "created_at": 1_560_466_150, "expired_at": null,
        "kid": "6c5516e1-92dc-479e-a8ff-5a51992e0001",
        "x": "35lvC8uz2QrWpQJ3TUH8t9o9DURMp7ydU518RKDl20k", "y": "I8BuXB2bvxelzJAd7OKhd-ZwjCst05Fx47Mb_0ugros",
    }));
    let token = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjZjNTUxNmUxLTkyZGMtNDc5ZS1hOGZmLTVhNTE5OTJlMDAwMSIsInR5cCI6IkpXVCJ9\
        .eyJpYXQiOjE1OTA4ODcwMDEsInJlcXVlc3RfYm9keV9zaGEyNTYiOiJiNjNhMDdiNTQ3YjAwZjk5MjU0N2Y2YmJjOGQ5YWNjNjFhOGNjZWUxMz\
        hiYzgyZjQ0YTZiYWEwOTY4M2E1ZDBmIn0\
        .OOKvIihgqCj7Qrb2bmz7T3t7uK-0JyjiEqL2s1kWeJBM4MMmjaHKK8GmU_z91QolBWMzvPgs718EElY-rE3cwQ";
    let body = r#"{
  "error": null,
  "item_id": "yxQbxDjnD8hr69pKbQpbcKeVn3GL9QuyA7NV3",
  "new_transactions": 390,
  "webhook_code": "HISTORICAL_UPDATE",
  "webhook_type": "TRANSACTIONS"
}"#;
    let sent = SystemTime::UNIX_EPOCH + Duration::from_secs(1_590_887_001);
    let verifier = Verifier::with_keys([key.unwrap()]);
    let at = |ahead: u64| verifier.clone().clock(Stopped(sent + Duration::from_secs(ahead)));
    at(2).verify(&headers(token), body.as_bytes()).await.unwrap();
    let webhook: Value = at(300).receive(&headers(token), body.as_bytes()).await.unwrap();
    assert_eq!(webhook["new_transactions"], 390);
    let refused = |result: Result<(), plaid_sdk::webhooks::WebhookError>| result.unwrap_err().kind();
    assert_eq!(refused(at(301).verify(&headers(token), body.as_bytes()).await), TooOld);
    let compact = plaid_sdk::serde_json::from_str::<Value>(body).unwrap().to_string();
    for changed in [compact, body.replace("  ", "    "), format!("{body}\n"), body.replace("390", "391")] {
        assert_eq!(refused(at(2).verify(&headers(token), changed.as_bytes()).await), Body);
    }
    // The clock may be slightly ahead.
    let behind = |by: u64| verifier.clone().clock(Stopped(sent - Duration::from_secs(by)));
    behind(30).verify(&headers(token), body.as_bytes()).await.unwrap();
    assert_eq!(refused(behind(31).verify(&headers(token), body.as_bytes()).await), InFuture);
}

#[tokio::test]
async fn forged_tokens_are_refused() {
    let signer = Signer::new("key-1").unwrap();
    let header = json!({"alg": "ES256", "kid": "key-1", "typ": "JWT"});
    let claims = json!({"iat": seconds(now()), "request_body_sha256": sha256(BODY)});
    let good = signer.sign(BODY, now()).unwrap();
    assert_eq!(refusal(signer.key(), &headers(&good), BODY).await, None);
    let (signed, good_signature) = good.rsplit_once('.').unwrap();
    let with_header = |header: Value| signer.sign_token(&header, &claims).unwrap();
    let with_claims = |claims: Value| signer.sign_token(&header, &claims).unwrap();
    let unsigned = |alg: &str| {
        format!("{}.{}.", encode(json!({"alg": alg, "kid": "key-1"}).to_string()), encode(claims.to_string()))
    };
    let at = |moment: SystemTime| signer.sign(BODY, moment).unwrap();

    // The classic attack: HMAC with the public key as the secret.
    let hs256 = {
        let input = unsigned("HS256").trim_end_matches('.').to_owned();
        let key = hmac::Key::new(hmac::HMAC_SHA256, signer.key().to_jwk().to_string().as_bytes());
        format!("{input}.{}", encode(hmac::sign(&key, input.as_bytes())))
    };
    // Signed with other keys, of another curve and of the right one.
    let sign_by = |algorithm, alg: &str| {
        let input = unsigned(alg).trim_end_matches('.').to_owned();
        let pair = EcdsaKeyPair::generate(algorithm).unwrap();
        let signature = pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        format!("{input}.{}", encode(signature))
    };
    let es384 = sign_by(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, "ES384");
    let es384_as_es256 = sign_by(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, "ES256");
    let der = sign_by(&signature::ECDSA_P256_SHA256_ASN1_SIGNING, "ES256");
    let others = Signer::new("key-1").unwrap().sign(BODY, now()).unwrap();
    let bent = {
        let mut bytes = URL_SAFE_NO_PAD.decode(good_signature).unwrap();
        bytes[40] ^= 1;
        format!("{signed}.{}", encode(bytes))
    };
    // The parts of two good tokens.
    let mixed = format!("{signed}.{}", at(now() - Duration::from_secs(1)).rsplit_once('.').unwrap().1);
    let later_claims = json!({"iat": seconds(now()) + 1, "request_body_sha256": sha256(BODY)});
    let other_claims =
        format!("{}.{}.{good_signature}", signed.split_once('.').unwrap().0, encode(later_claims.to_string()));

    for (what, token, expected) in [
        ("nothing", String::new(), NoToken),
        ("no token", "hello".to_owned(), NoToken),
        ("two parts", signed.to_owned(), NoToken),
        ("four parts", format!("{good}.x"), NoToken),
        ("a JWT that is encrypted, of five parts", "a.b.c.d.e".to_owned(), NoToken),
        ("a header that is not base64", format!("%%.{}.x", encode("{}")), NoToken),
        ("a header that is not JSON", format!("{}.{}.x", encode("alg"), encode("{}")), NoToken),
        ("a header that is a list", format!("{}.{}.x", encode("[]"), encode("{}")), NoToken),
        ("a space at the end", format!("{good} "), NoToken),
        (
            "a signature with padding",
            format!("{signed}.{}", URL_SAFE.encode(URL_SAFE_NO_PAD.decode(good_signature).unwrap())),
            NoToken,
        ),
        ("a huge token", format!("{signed}.{}", "A".repeat(5000)), TooLong),
        ("alg none", unsigned("none"), Algorithm),
        ("alg None", unsigned("None"), Algorithm),
        ("alg es256 in small letters", with_header(json!({"alg": "es256", "kid": "key-1"})), Algorithm),
        ("no alg", with_header(json!({"kid": "key-1"})), Algorithm),
        ("several algs", with_header(json!({"alg": ["ES256"], "kid": "key-1"})), Algorithm),
        ("HS256 by the public key", hs256, Algorithm),
        ("ES384", es384, Algorithm),
        ("P-384 that says ES256", es384_as_es256, SignatureForm),
        ("a signature in DER", der, SignatureForm),
        ("no signature", format!("{signed}."), SignatureForm),
        ("half a signature", format!("{signed}.{}", encode([7; 32])), SignatureForm),
        ("a signature of zeros", format!("{signed}.{}", encode([0; 64])), Signature),
        ("a signature of ones", format!("{signed}.{}", encode([255; 64])), Signature),
        ("one bit changed", bent, Signature),
        ("another's key under the same name", others, Signature),
        ("a signature of another token", mixed, Signature),
        ("other claims", other_claims, Signature),
        ("an unknown key", Signer::new("key-2").unwrap().sign(BODY, now()).unwrap(), UnknownKey),
        ("no kid", with_header(json!({"alg": "ES256"})), NoKeyId),
        ("an empty kid", with_header(json!({"alg": "ES256", "kid": ""})), NoKeyId),
        ("a kid that is a number", with_header(json!({"alg": "ES256", "kid": 1})), NoKeyId),
        ("a kid that is a path", with_header(json!({"alg": "ES256", "kid": "../key-1"})), NoKeyId),
        ("a huge kid", with_header(json!({"alg": "ES256", "kid": "k".repeat(65)})), NoKeyId),
        ("a key of its own", with_header(json!({"alg": "ES256", "jwk": signer.key().to_jwk()})), NoKeyId),
        (
            "critical extensions",
            with_header(json!({"alg": "ES256", "kid": "key-1", "crit": ["b64"], "b64": false})),
            Extension,
        ),
        ("an old token", at(now() - Duration::from_secs(301)), TooOld),
        ("a token of long ago", at(SystemTime::UNIX_EPOCH), TooOld),
        ("a token of the future", at(now() + Duration::from_secs(31)), InFuture),
        ("a time before 1970", with_claims(json!({"iat": i64::MIN, "request_body_sha256": sha256(BODY)})), TooOld),
        ("the end of time", with_claims(json!({"iat": i64::MAX, "request_body_sha256": sha256(BODY)})), InFuture),
        ("no time", with_claims(json!({"request_body_sha256": sha256(BODY)})), Claims),
        ("a time that is text", with_claims(json!({"iat": "0", "request_body_sha256": sha256(BODY)})), Claims),
        ("no hash", with_claims(json!({"iat": seconds(now())})), Claims),
        ("claims that are not an object", with_claims(json!([1])), Claims),
        ("an empty hash", with_claims(json!({"iat": seconds(now()), "request_body_sha256": ""})), Body),
        ("half a hash", with_claims(json!({"iat": seconds(now()), "request_body_sha256": &sha256(BODY)[..32]})), Body),
        (
            "another body's hash",
            with_claims(json!({"iat": seconds(now()), "request_body_sha256": sha256(b"{}")})),
            Body,
        ),
    ] {
        assert_eq!(refusal(signer.key(), &headers(&token), BODY).await, Some(expected), "{what}");
    }
}

#[tokio::test]
async fn changed_bodies_are_refused() {
    let signer = Signer::new("key-1").unwrap();
    let headers = headers(&signer.sign(BODY, now()).unwrap());
    let text = str::from_utf8(BODY).unwrap();
    let compact = plaid_sdk::serde_json::from_slice::<Value>(BODY).unwrap().to_string();
    for body in [
        text.replace("SYNC", "sync"),
        compact,
        text.replace("  ", "\t"),
        format!("{text}\n"),
        format!(" {text}"),
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        String::new(),
    ] {
        assert_eq!(refusal(signer.key(), &headers, body.as_bytes()).await, Some(Body), "{body:?}");
    }
}

#[tokio::test]
async fn headers_must_contain_one_token() {
    let signer = Signer::new("key-1").unwrap();
    let token = signer.sign(BODY, now()).unwrap();
    assert_eq!(refusal(signer.key(), &HeaderMap::new(), BODY).await, Some(NoHeader));
    let mut twice = headers(&token);
    twice.append("Plaid-Verification", HeaderValue::from_str(&token).unwrap());
    assert_eq!(refusal(signer.key(), &twice, BODY).await, Some(ManyHeaders));
    let mut other = HeaderMap::new();
    other.insert("Plaid-Verification", HeaderValue::from_bytes(&[0xff, 0xfe]).unwrap());
    assert_eq!(refusal(signer.key(), &other, BODY).await, Some(NoToken));
    let mut elsewhere = HeaderMap::new();
    elsewhere.insert("authorization", HeaderValue::from_str(&token).unwrap());
    assert_eq!(refusal(signer.key(), &elsewhere, BODY).await, Some(NoHeader));
}

#[tokio::test]
async fn keys_must_be_in_use_and_for_signatures() {
    let signer = Signer::new("key-1").unwrap();
    let headers = headers(&signer.sign(BODY, now()).unwrap());
    for ago in [0, 1, 1_000_000] {
        let key = signer.key().expired_at(now() - Duration::from_secs(ago));
        assert_eq!(refusal(key, &headers, BODY).await, Some(ExpiredKey));
    }
    let key = signer.key().expired_at(now() + Duration::from_secs(1));
    assert_eq!(refusal(key, &headers, BODY).await, None);

    let jwk = signer.key().to_jwk();
    assert_eq!(VerificationKey::from_jwk(&jwk).unwrap(), signer.key());
    for (name, value) in [
        ("alg", json!("HS256")),
        ("alg", json!(["ES256"])),
        ("kty", json!("oct")),
        ("crv", json!("P-384")),
        ("use", json!("enc")),
        ("key_ops", json!(["sign"])),
        ("key_ops", json!("verify")),
        ("kid", Value::Null),
        ("x", json!("AAAA")),
        ("y", json!("no base64!")),
    ] {
        let mut jwk = jwk.clone();
        jwk[name] = value;
        assert_eq!(VerificationKey::from_jwk(&jwk), Err(UnusableKey), "{name}");
    }
    // A point that is not on the curve.
    let mut jwk = jwk;
    jwk["x"] = json!(encode([1; 32]));
    let key = VerificationKey::from_jwk(&jwk).unwrap();
    assert_eq!(refusal(key, &headers, BODY).await, Some(Signature));
}

/// RFC 7517 requires neither. The curve already decides the algorithm.
#[test]
fn a_key_needs_no_use_and_no_algorithm() {
    let key = Signer::new("key-1").unwrap().key();
    for name in ["use", "alg"] {
        let mut jwk = key.to_jwk();
        jwk[name] = Value::Null;
        assert_eq!(VerificationKey::from_jwk(&jwk).unwrap(), key);
        jwk.as_object_mut().unwrap().remove(name);
        jwk["key_ops"] = json!(["verify"]);
        assert_eq!(VerificationKey::from_jwk(&jwk).unwrap(), key);
    }
}

/// A NumericDate of RFC 7519 may have fractions, and a key may expire in any year.
#[tokio::test]
async fn times_may_have_fractions_and_be_far_away() {
    let signer = Signer::new("key-1").unwrap();
    let headers_at = |iat: Value| {
        let header = json!({"alg": "ES256", "kid": "key-1"});
        let claims = json!({"iat": iat, "request_body_sha256": sha256(BODY)});
        headers(&signer.sign_token(&header, &claims).unwrap())
    };
    let seconds = seconds(now()) as f64;
    for (iat, expected) in [
        (json!(seconds - 299.5), None),
        (json!(seconds - 300.5), Some(TooOld)),
        (json!(seconds + 29.5), None),
        (json!(seconds + 30.5), Some(InFuture)),
        (json!(1e300), Some(InFuture)),
        (json!(-1e300), Some(TooOld)),
    ] {
        assert_eq!(refusal(signer.key(), &headers_at(iat.clone()), BODY).await, expected, "{iat}");
    }
    let good = headers_at(json!(seconds));
    for (expired_at, expected) in [
        (json!(seconds + 0.5), None),
        (json!(seconds - 0.5), Some(ExpiredKey)),
        (json!(1_u64 << 63), None),
        (json!(u64::MAX), None),
        (json!(1e300), None),
        (json!(-1), Some(ExpiredKey)),
        (json!(i64::MIN), Some(ExpiredKey)),
        (json!("2030-01-01"), Some(ExpiredKey)),
        (json!(false), Some(ExpiredKey)),
    ] {
        let mut jwk = signer.key().to_jwk();
        jwk["expired_at"] = expired_at.clone();
        let key = VerificationKey::from_jwk(&jwk).unwrap();
        assert_eq!(refusal(key, &good, BODY).await, expected, "{expired_at}");
    }
}

#[tokio::test]
async fn an_undecodable_webhook_reports_the_place() {
    let signer = Signer::new("key-1").unwrap();
    let verifier = Verifier::with_keys([signer.key()]).clock(Stopped(now()));
    let headers = headers(&signer.sign(b"{", now()).unwrap());
    let error = verifier.receive::<Value>(&headers, b"{").await.unwrap_err();
    assert_eq!((error.kind(), error.is_temporary()), (Unreadable, false));
    // Reports print the sources after the message, and the message has the cause already.
    assert!(std::error::Error::source(&error).is_none() && error.call_error().is_none());

    let body = br#"{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE", "item_id": true}"#;
    let headers = self::headers(&signer.sign(body, now()).unwrap());
    let error = verifier.receive::<plaid_sdk::webhooks::Webhook>(&headers, body).await.unwrap_err();
    assert!(error.to_string().contains("item_id: "), "{error}");
}

#[tokio::test]
async fn a_webhook_can_be_read_into_a_type_of_the_application() {
    #[derive(serde::Deserialize)]
    struct Mine {
        webhook_code: String,
    }
    let signer = Signer::new("key-1").unwrap();
    let verifier = Verifier::with_keys([signer.key()]).clock(Stopped(now()));
    let headers = headers(&signer.sign(BODY, now()).unwrap());
    assert_eq!(verifier.receive::<Mine>(&headers, BODY).await.unwrap().webhook_code, "SYNC_UPDATES_AVAILABLE");
}
