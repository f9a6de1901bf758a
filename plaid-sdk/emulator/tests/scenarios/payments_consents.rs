//! Consents to payments without the user: authorised, used within their limits, revoked, expired.

use crate::payments::{HOOK, changes, link_token, noon, pairs, recipient};
use crate::support::{Lab, merged};
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

const CREATE: &str = "/payment_initiation/consent/create";
const GET: &str = "/payment_initiation/consent/get";
const REVOKE: &str = "/payment_initiation/consent/revoke";
const EXECUTE: &str = "/payment_initiation/consent/payment/execute";
const CONSTRAINTS: &str = "PAYMENT_ERROR/PAYMENT_CONSENT_INVALID_CONSTRAINTS";
const INVALID: &str = "INVALID_REQUEST/INVALID_FIELD";

fn gbp(value: f64) -> Value {
    json!({"currency": "GBP", "value": value})
}

fn limits(most: f64, periods: &[(f64, &str, &str)]) -> Value {
    let period = |(value, interval, alignment): &(f64, &str, &str)| json!({"amount": gbp(*value), "interval": interval, "alignment": alignment});
    json!({"max_payment_amount": gbp(most), "periodic_amounts": periods.iter().map(period).collect::<Vec<_>>()})
}

async fn request(lab: &Lab, constraints: Value) -> Value {
    json!({
        "recipient_id": recipient(lab).await, "reference": "ref-00001", "type": "SWEEPING", "constraints": constraints,
    })
}

/// A consent that the user has agreed to.
async fn authorised(lab: &Lab, constraints: Value, more: Value) -> Value {
    let body = merged(request(lab, constraints).await, more);
    let id = lab.call(CREATE, body).await["consent_id"].clone();
    let token = link_token(lab, json!({"consent_id": id})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    id
}

async fn status(lab: &Lab, id: &Value) -> Value {
    lab.call(GET, json!({"consent_id": id})).await["status"].clone()
}

fn pay(consent: &Value, key: &str, value: f64) -> Value {
    json!({"consent_id": consent, "idempotency_key": key, "amount": gbp(value)})
}

#[tokio::test]
async fn a_consent_is_authorised_in_link_used_and_revoked() {
    let lab = Lab::start(Emulator::builder()).await;
    let constraints = limits(50.0, &[(100.0, "MONTH", "CALENDAR")]);
    let body = request(&lab, constraints.clone()).await;
    let made = lab.call(CREATE, body.clone()).await;
    let id = made["consent_id"].clone();
    assert_eq!(made["status"], "UNAUTHORISED");
    assert!(id.as_str().is_some_and(|id| id.starts_with("consent-id-sandbox-")));
    assert_eq!(lab.fail(EXECUTE, pay(&id, "early", 5.0)).await, INVALID, "the user has not agreed");
    // A user who leaves has not refused.
    let token = link_token(&lab, json!({"consent_id": id})).await;
    lab.control("link/open", json!({"link_token": token})).await;
    lab.control("link/exit", json!({"link_token": token})).await;
    assert_eq!(status(&lab, &id).await, "UNAUTHORISED");
    let token = link_token(&lab, json!({"consent_id": id})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    let got = lab.call(GET, json!({"consent_id": id})).await;
    assert_eq!((&got["status"], &got["type"], got.get("scopes")), (&json!("AUTHORISED"), &json!("SWEEPING"), None));
    assert_eq!(got["constraints"]["max_payment_amount"], json!({"currency": "GBP", "value": 50}));
    assert_eq!(got["payer_details"]["bacs"]["sort_code"], "601613");

    let paid = lab.call(EXECUTE, pay(&id, "k", 5.0)).await;
    assert_eq!(paid["status"], "PAYMENT_STATUS_INITIATED");
    let named = json!({"payment_id": paid["payment_id"]});
    let payment = lab.call("/payment_initiation/payment/get", named).await;
    assert_eq!((&payment["status"], &payment["consent_id"]), (&json!("PAYMENT_STATUS_EXECUTED"), &id));
    assert_eq!((&payment["reference"], &payment["recipient_id"]), (&body["reference"], &body["recipient_id"]));
    let seen = changes(&lab, "PAYMENT_STATUS_UPDATE", "payment_id", &paid["payment_id"]);
    assert_eq!(seen, pairs(&[("AUTHORISING", "INITIATED"), ("INITIATED", "EXECUTED")]));
    let own = merged(pay(&id, "own", 5.0), json!({"reference": "own"}));
    let own = lab.call(EXECUTE, own).await["payment_id"].clone();
    let list = lab.call("/payment_initiation/payment/list", json!({"consent_id": id})).await;
    assert_eq!(list["payments"].as_array().map(Vec::len), Some(2));
    assert_eq!((&list["payments"][0]["payment_id"], &list["payments"][0]["reference"]), (&own, &json!("own")));

    lab.call(REVOKE, json!({"consent_id": id})).await;
    assert_eq!(status(&lab, &id).await, "REVOKED");
    let expected = pairs(&[("UNAUTHORISED", "AUTHORISED"), ("AUTHORISED", "REVOKED")]);
    assert_eq!(changes(&lab, "CONSENT_STATUS_UPDATE", "consent_id", &id), expected);
    let hook = lab.tenant().webhooks().into_iter().find(|one| one.code == "CONSENT_STATUS_UPDATE").expect("a webhook");
    assert_eq!(hook.url.as_deref(), Some(HOOK));
    assert_eq!(lab.fail(REVOKE, json!({"consent_id": id})).await, INVALID);
    assert_eq!(lab.fail(EXECUTE, pay(&id, "late", 5.0)).await, "PAYMENT_ERROR/PAYMENT_CONSENT_CANCELLED");
    for path in [GET, REVOKE] {
        assert_eq!(lab.fail(path, json!({"consent_id": "nobody"})).await, INVALID);
    }
    assert_eq!(lab.fail(EXECUTE, pay(&json!("nobody"), "n", 5.0)).await, INVALID);
}

#[tokio::test]
async fn a_consent_with_limits_that_make_no_sense_is_refused() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let good = limits(50.0, &[(100.0, "WEEK", "CALENDAR")]);
    let valid = |from: &str, to: &str| merged(good.clone(), json!({"valid_date_time": {"from": from, "to": to}}));
    let mut euros = good.clone();
    euros["max_payment_amount"]["currency"] = "EUR".into();
    for (constraints, expected) in [
        (limits(50.0, &[(49.99, "WEEK", "CALENDAR")]), CONSTRAINTS),
        (limits(50.0, &[(60.0, "WEEK", "CALENDAR"), (70.0, "WEEK", "CALENDAR")]), CONSTRAINTS),
        (euros, CONSTRAINTS),
        (valid("2026-11-28T00:00:00Z", "2026-11-27T23:00:00Z"), CONSTRAINTS),
        (valid("2026-01-01T00:00:00Z", "2026-11-27T12:00:00Z"), CONSTRAINTS),
        (limits(0.5, &[(60.0, "WEEK", "CALENDAR")]), INVALID),
        (limits(50.0, &[]), INVALID),
        (limits(50.0, &[(60.0, "HOUR", "CALENDAR")]), INVALID),
    ] {
        assert_eq!(lab.fail(CREATE, request(&lab, constraints.clone()).await).await, expected, "{constraints}");
    }
    let body = request(&lab, good).await;
    let numbers = json!({"iban": "GB29NWBK60161331926819", "bacs": {"account": "31926819", "sort_code": "601613"}});
    for (more, expected) in [
        (json!({"recipient_id": "nobody"}), INVALID),
        (json!({"reference": "a/b"}), "PAYMENT_ERROR/PAYMENT_INVALID_REFERENCE"),
        (json!({"scopes": ["ME_TO_ME", "EXTERNAL"]}), INVALID),
        (json!({"scopes": ["EXTERNAL"]}), INVALID),
        (json!({"payer_details": {"name": "Ann", "numbers": numbers}}), INVALID),
        (json!({"payer_details": {"name": "Ann", "numbers": {}}}), INVALID),
    ] {
        assert_eq!(lab.fail(CREATE, merged(body.clone(), more.clone())).await, expected, "{more}");
    }
    // The older scope means a type.
    let mut older = merged(body, json!({"scopes": ["EXTERNAL"]}));
    older.as_object_mut().expect("an object").remove("type");
    let id = lab.call(CREATE, older).await["consent_id"].clone();
    let got = lab.call(GET, json!({"consent_id": id})).await;
    assert_eq!((&got["type"], &got["scopes"]), (&json!("COMMERCIAL"), &json!(["EXTERNAL"])));
}

#[tokio::test]
async fn payments_stay_within_the_limits_of_their_consent() {
    let lab = Lab::start(Emulator::builder().frozen_at("2026-11-28T12:00:00Z".parse().expect("a time"))).await;
    let constraints = limits(60.0, &[(100.0, "WEEK", "CALENDAR"), (150.0, "MONTH", "CONSENT")]);
    let id = authorised(&lab, constraints, json!({})).await;
    assert_eq!(lab.fail(EXECUTE, pay(&id, "a", 60.01)).await, CONSTRAINTS, "max_payment_amount");
    assert_eq!(lab.fail(EXECUTE, pay(&id, "a", 0.99)).await, INVALID);
    let foreign = merged(pay(&id, "a", 1.0), json!({"amount": {"currency": "EUR", "value": 5}}));
    assert_eq!(lab.fail(EXECUTE, foreign).await, CONSTRAINTS);
    let scope = merged(pay(&id, "a", 1.0), json!({"scope": "EXTERNAL"}));
    assert_eq!(lab.fail(EXECUTE, scope).await, INVALID);
    lab.call(EXECUTE, pay(&id, "b", 60.0)).await;
    assert_eq!(lab.fail(EXECUTE, pay(&id, "c", 40.01)).await, CONSTRAINTS, "100 by the week");
    let failed = lab.call(EXECUTE, pay(&id, "d", 40.0)).await["payment_id"].clone();
    // A payment that failed does not count.
    let fail = json!({"payment_id": failed, "status": "PAYMENT_STATUS_FAILED", "webhook": HOOK});
    lab.call("/sandbox/payment/simulate", fail).await;
    lab.call(EXECUTE, pay(&id, "e", 40.0)).await;
    assert_eq!(lab.fail(EXECUTE, pay(&id, "f", 1.0)).await, CONSTRAINTS);
    // On Monday a new week begins, and the month of the consent goes on until 28 December.
    lab.control("clock/advance", json!({"to": "2026-11-30T00:00:00Z"})).await;
    assert_eq!(lab.fail(EXECUTE, pay(&id, "g", 51.0)).await, CONSTRAINTS, "150 by the month");
    lab.call(EXECUTE, pay(&id, "h", 50.0)).await;
    lab.control("clock/advance", json!({"to": "2026-12-27T23:59:59Z"})).await;
    assert_eq!(lab.fail(EXECUTE, pay(&id, "i", 1.0)).await, CONSTRAINTS);
    lab.control("clock/advance", json!({"seconds": 1})).await;
    lab.call(EXECUTE, pay(&id, "j", 60.0)).await;
}

#[tokio::test]
async fn a_consent_begins_and_expires() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let valid = json!({"valid_date_time": {"from": "2026-11-28T00:00:00Z", "to": "2026-12-01T00:00:00+01:00"}});
    let constraints = merged(limits(50.0, &[(500.0, "YEAR", "CALENDAR")]), valid);
    let id = authorised(&lab, constraints.clone(), json!({})).await;
    let unused = lab.call(CREATE, request(&lab, constraints).await).await["consent_id"].clone();
    let got = lab.call(GET, json!({"consent_id": id})).await["constraints"]["valid_date_time"].clone();
    assert_eq!(got, json!({"from": "2026-11-28T00:00:00Z", "to": "2026-11-30T23:00:00Z"}));
    assert_eq!(lab.fail(EXECUTE, pay(&id, "a", 5.0)).await, CONSTRAINTS, "too early");
    lab.control("clock/advance", json!({"to": "2026-11-28T00:00:00Z"})).await;
    lab.call(EXECUTE, pay(&id, "b", 5.0)).await;
    lab.control("clock/advance", json!({"to": "2026-11-30T22:59:59Z"})).await;
    assert_eq!(status(&lab, &id).await, "AUTHORISED");
    lab.control("clock/advance", json!({"seconds": 1})).await;
    for (id, before) in [(&id, "AUTHORISED"), (&unused, "UNAUTHORISED")] {
        assert_eq!(status(&lab, id).await, "EXPIRED");
        let last = changes(&lab, "CONSENT_STATUS_UPDATE", "consent_id", id).pop();
        assert_eq!(last, pairs(&[(before, "EXPIRED")]).pop());
        assert_eq!(lab.fail(EXECUTE, pay(id, "c", 5.0)).await, INVALID);
        assert_eq!(lab.fail(REVOKE, json!({"consent_id": id})).await, INVALID);
    }
}

#[tokio::test]
async fn a_bank_rejects_a_consent_and_a_user_revokes_one_there() {
    let lab = Lab::start(Emulator::builder()).await;
    let constraints = limits(50.0, &[(100.0, "DAY", "CONSENT")]);
    let id = lab.call(CREATE, request(&lab, constraints.clone()).await).await["consent_id"].clone();
    let token = link_token(&lab, json!({"consent_id": id})).await;
    // A user who does not agree leaves it as it is, and a bank that refuses ends it.
    for (code, end) in [("PAYMENT_CONSENT_CANCELLED", "UNAUTHORISED"), ("PAYMENT_REJECTED", "REJECTED")] {
        lab.ask("POST", "link/complete", json!({"link_token": token, "password": format!("error_{code}")})).await;
        assert_eq!(status(&lab, &id).await, end);
    }
    assert_eq!(changes(&lab, "CONSENT_STATUS_UPDATE", "consent_id", &id), pairs(&[("UNAUTHORISED", "REJECTED")]));
    assert_eq!(lab.fail(EXECUTE, pay(&id, "a", 5.0)).await, INVALID);
    let id = authorised(&lab, constraints, json!({})).await;
    let path = format!("consents/{}/status", id.as_str().expect("an id"));
    let (refused, answer) = lab.ask("POST", &path, json!({"status": "REJECTED"})).await;
    assert!(
        refused == 400 && answer["help"].as_str().is_some_and(|help| help.contains("REVOKED, EXPIRED")),
        "{answer}"
    );
    lab.control(&path, json!({"status": "REVOKED"})).await;
    assert_eq!(lab.fail(EXECUTE, pay(&id, "b", 5.0)).await, "PAYMENT_ERROR/PAYMENT_CONSENT_CANCELLED");
}

#[tokio::test]
async fn an_idempotency_key_makes_one_payment_for_two_days() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    let payer = json!({"name": "Bob", "numbers": {"iban": "GB29NWBK60161331926819"}});
    let more = json!({"payer_details": payer, "options": {"request_refund_details": true}});
    let id = authorised(&lab, limits(50.0, &[(500.0, "YEAR", "CONSENT")]), more).await;
    let first = lab.call(EXECUTE, pay(&id, "k", 5.0)).await["payment_id"].clone();
    assert_eq!(lab.call(EXECUTE, pay(&id, "k", 5.0)).await["payment_id"], first);
    assert_eq!(lab.fail(EXECUTE, pay(&id, "k", 6.0)).await, "TRANSACTION_ERROR/NONIDENTICAL_REQUEST");
    let got = lab.call("/payment_initiation/payment/get", json!({"payment_id": first})).await;
    assert_eq!((&got["refund_details"]["name"], &got["refund_details"]["bacs"]), (&json!("Bob"), &Value::Null));
    // Nobody waits for this one. While the bank works on it, its key is busy.
    let later = merged(pay(&id, "async", 5.0), json!({"processing_mode": "ASYNC"}));
    let made = lab.call(EXECUTE, later.clone()).await;
    assert_eq!(made["status"], "PAYMENT_STATUS_AUTHORISING");
    assert_eq!(lab.fail(EXECUTE, later.clone()).await, "TRANSACTION_ERROR/REQUEST_CONFLICT");
    lab.control("clock/advance", json!({"seconds": 3})).await;
    let again = lab.call(EXECUTE, later).await;
    assert_eq!((&again["payment_id"], &again["status"]), (&made["payment_id"], &json!("PAYMENT_STATUS_INITIATED")));
    lab.control("clock/advance", json!({"seconds": 48 * 3600})).await;
    assert_ne!(lab.call(EXECUTE, pay(&id, "k", 5.0)).await["payment_id"], first, "the key is forgotten");
}
