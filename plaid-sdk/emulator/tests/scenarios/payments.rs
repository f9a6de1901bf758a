//! Payments in Europe: recipients, payments with their statuses and webhooks, standing orders, and Link.

use crate::support::{Lab, merged};
use chrono::{DateTime, Utc};
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

const RECIPIENT: &str = "/payment_initiation/recipient/create";
const CREATE: &str = "/payment_initiation/payment/create";
const GET: &str = "/payment_initiation/payment/get";
const SIMULATE: &str = "/sandbox/payment/simulate";
/// Nobody listens there.
pub const HOOK: &str = "http://127.0.0.1:9/hook";

/// A recipient in the UK.
pub async fn recipient(lab: &Lab) -> Value {
    let body = json!({"name": "Ann", "bacs": {"account": "26207729", "sort_code": "560029"}});
    lab.call(RECIPIENT, body).await["recipient_id"].clone()
}

/// A payment, with what else its request has.
pub async fn payment(lab: &Lab, recipient: &Value, more: Value) -> Value {
    let body = json!({"recipient_id": recipient, "reference": "rent", "amount": {"currency": "GBP", "value": 10.5}});
    lab.call(CREATE, merged(body, more)).await["payment_id"].clone()
}

/// A Link token for a payment or a consent.
pub async fn link_token(lab: &Lab, about: Value) -> String {
    lab.link_token(json!({"products": ["payment_initiation"], "payment_initiation": about, "webhook": HOOK})).await
}

/// The pairs of old and new status that the webhooks of a code name for an id.
pub fn changes(lab: &Lab, code: &str, field: &str, id: &Value) -> Vec<(String, String)> {
    let bodies = lab.tenant().webhooks().into_iter().filter(|one| one.code == code);
    let bodies = bodies.map(|one| serde_json::from_str::<Value>(&one.body).expect("JSON"));
    let text = |body: &Value, names: [&str; 2]| {
        let value = names.iter().find_map(|name| body[*name].as_str()).unwrap_or_default();
        value.trim_start_matches("PAYMENT_STATUS_").to_owned()
    };
    let pair = |body: Value| {
        (text(&body, ["old_status", "old_payment_status"]), text(&body, ["new_status", "new_payment_status"]))
    };
    bodies.filter(|body| body[field] == *id).map(pair).collect()
}

/// Pairs of texts.
pub fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
}

pub fn noon() -> DateTime<Utc> {
    "2026-11-27T12:00:00Z".parse().expect("a time")
}

async fn status(lab: &Lab, payment: &Value) -> Value {
    lab.call(GET, json!({"payment_id": payment})).await["status"].clone()
}

#[tokio::test]
async fn the_same_details_are_the_same_recipient_and_wrong_ones_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let address =
        json!({"street": ["1 High Street", "Flat 2"], "city": "London", "postal_code": "E1 1AA", "country": "GB"});
    let body = json!({"name": "Ann", "iban": "GB29NWBK60161331926819", "address": address});
    let made = lab.call(RECIPIENT, body.clone()).await["recipient_id"].clone();
    assert!(made.as_str().is_some_and(|id| id.starts_with("recipient-id-sandbox-")));
    assert_eq!(lab.call(RECIPIENT, body.clone()).await["recipient_id"], made);
    let got = lab.call("/payment_initiation/recipient/get", json!({"recipient_id": made})).await;
    assert_eq!((&got["iban"], &got["address"], &got["bacs"]), (&body["iban"], &address, &Value::Null));
    let other = recipient(&lab).await;
    assert_ne!(other, made);

    let invalid = "INVALID_REQUEST/INVALID_FIELD";
    assert_eq!(lab.fail(RECIPIENT, json!({"name": "Ann"})).await, invalid, "neither IBAN nor BACS");
    assert_eq!(lab.fail(RECIPIENT, json!({"name": "Ann", "iban": "GB30NWBK60161331926819"})).await, invalid);
    let bacs = json!({"name": "Ann", "bacs": {"account": "2620772x", "sort_code": "560029"}});
    assert_eq!(lab.fail(RECIPIENT, bacs).await, invalid);
    for (name, value) in [
        ("street", json!(["a", "b", "c"])),
        ("street", json!(["x".repeat(71)])),
        ("city", json!("x".repeat(36))),
        ("postal_code", json!("x".repeat(17))),
        ("country", json!("US")),
    ] {
        let mut wrong = body.clone();
        wrong["address"][name] = value;
        assert_eq!(lab.fail(RECIPIENT, wrong).await, invalid, "{name}");
    }
    assert_eq!(lab.fail(RECIPIENT, json!({"iban": "GB29NWBK60161331926819"})).await, "INVALID_REQUEST/MISSING_FIELDS");
    let unknown = json!({"recipient_id": "recipient-id-sandbox-nobody"});
    assert_eq!(lab.fail("/payment_initiation/recipient/get", unknown).await, invalid);
}

#[tokio::test]
async fn recipients_and_payments_are_listed_in_pages_newest_first() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let mut made = Vec::new();
    for number in 0..3 {
        let body = json!({"name": format!("R{number}"), "iban": "GB29NWBK60161331926819"});
        made.insert(0, lab.call(RECIPIENT, body).await["recipient_id"].clone());
    }
    let list = "/payment_initiation/recipient/list";
    let first = lab.call(list, json!({"count": 2})).await;
    let second = lab.call(list, json!({"count": 2, "cursor": first["next_cursor"]})).await;
    let ids = |page: &Value| -> Vec<Value> {
        page["recipients"].as_array().into_iter().flatten().map(|one| one["recipient_id"].clone()).collect()
    };
    assert_eq!([ids(&first), ids(&second)].concat(), made);
    assert!(second.get("next_cursor").is_none(), "{second}");
    assert_eq!(lab.fail(list, json!({"cursor": "nonsense"})).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(list, json!({"count": 101})).await, "INVALID_REQUEST/INVALID_FIELD");

    let mut payments = Vec::new();
    for _ in 0..12 {
        payments.insert(0, payment(&lab, &made[0], json!({})).await);
    }
    let list = "/payment_initiation/payment/list";
    let ids = |page: &Value| -> Vec<Value> {
        page["payments"].as_array().into_iter().flatten().map(|one| one["payment_id"].clone()).collect()
    };
    // All were created at the same time of the clock, and still no page leaves one out.
    let first = lab.call(list, json!({})).await;
    let second = lab.call(list, json!({"cursor": first["next_cursor"]})).await;
    assert_eq!(ids(&first).len(), 10);
    assert_eq!([ids(&first), ids(&second)].concat(), payments);
    assert_eq!(second["next_cursor"], Value::Null);
    let none = lab.call(list, json!({"cursor": "2019-12-06T22:35:49Z"})).await;
    assert_eq!(none["payments"], json!([]));
    assert_eq!(lab.fail(list, json!({"count": 201})).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(list, json!({"consent_id": "nobody"})).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_payment_that_no_bank_would_make_is_refused() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let in_uk = recipient(&lab).await;
    let polish = json!({"name": "Ola", "iban": "PL61109010140000071219812874"});
    let polish = lab.call(RECIPIENT, polish).await["recipient_id"].clone();
    let body = json!({"recipient_id": in_uk, "reference": "rent", "amount": {"currency": "GBP", "value": 10.5}});
    let order = |more: Value| {
        let plain = json!({"interval": "MONTHLY", "interval_execution_day": 28, "start_date": "2026-12-01"});
        json!({"schedule": merged(plain, more)})
    };
    let invalid = "INVALID_REQUEST/INVALID_FIELD";
    for (more, expected) in [
        (json!({"recipient_id": "nobody"}), invalid),
        (json!({"amount": {"currency": "GBP", "value": 0.99}}), invalid),
        (json!({"amount": {"currency": "GBP", "value": 1.001}}), invalid),
        (json!({"amount": {"currency": "USD", "value": 1}}), invalid),
        (json!({"amount": {"currency": "GBP", "value": 1_000_000.01}}), "PAYMENT_ERROR/PAYMENT_BLOCKED"),
        (json!({"amount": {"currency": "EUR", "value": 10}}), "PAYMENT_ERROR/PAYMENT_INVALID_RECIPIENT"),
        (json!({"recipient_id": polish}), "PAYMENT_ERROR/PAYMENT_INVALID_RECIPIENT"),
        (json!({"amount": {"currency": "PLN", "value": 10}}), "PAYMENT_ERROR/PAYMENT_INVALID_RECIPIENT"),
        (json!({"reference": "rent & more"}), "PAYMENT_ERROR/PAYMENT_INVALID_REFERENCE"),
        (json!({"reference": "x".repeat(19)}), invalid),
        (order(json!({"start_date": "2026-11-26"})), "PAYMENT_ERROR/PAYMENT_INVALID_SCHEDULE"),
        (order(json!({"end_date": "2026-11-30"})), "PAYMENT_ERROR/PAYMENT_INVALID_SCHEDULE"),
        (order(json!({"interval_execution_day": 29})), invalid),
        (order(json!({"interval_execution_day": 0})), invalid),
        (order(json!({"interval": "WEEKLY", "interval_execution_day": 8})), invalid),
        (order(json!({"start_date": "tomorrow"})), invalid),
        (json!({"options": {"iban": "GB00NWBK60161331926819"}}), invalid),
    ] {
        let request = merged(body.clone(), more);
        assert_eq!(lab.fail(CREATE, request.clone()).await, expected, "{request}");
    }
    let foreign = merged(order(json!({})), json!({"recipient_id": polish, "amount": {"currency": "PLN", "value": 10}}));
    assert_eq!(lab.fail(CREATE, merged(body.clone(), foreign)).await, "PAYMENT_ERROR/PAYMENT_INVALID_RECIPIENT");
    payment(&lab, &polish, json!({"amount": {"currency": "PLN", "value": 10}})).await;
    payment(&lab, &in_uk, order(json!({"interval_execution_day": -5}))).await;
}

#[tokio::test]
async fn a_user_authorises_a_payment_in_link_and_it_goes_through_its_statuses() {
    let lab = Lab::start(Emulator::builder()).await;
    let recipient = recipient(&lab).await;
    let options = json!({"options": {"request_refund_details": true}});
    let id = payment(&lab, &recipient, options).await;
    let before = lab.call(GET, json!({"payment_id": id})).await;
    assert_eq!((&before["status"], &before["refund_details"]), (&json!("PAYMENT_STATUS_INPUT_NEEDED"), &Value::Null));
    let token = link_token(&lab, json!({"payment_id": id})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    let got = lab.call(GET, json!({"payment_id": id})).await;
    assert_eq!(got["status"], "PAYMENT_STATUS_EXECUTED");
    assert_eq!(got["amount"], json!({"currency": "GBP", "value": 10.5}));
    assert_eq!(got["refund_details"]["bacs"], json!({"account": "31926819", "sort_code": "601613"}));
    assert_eq!(
        (&got["wallet_id"], &got["transaction_id"], got.get("amount_refunded")),
        (&Value::Null, &Value::Null, None)
    );
    let seen = changes(&lab, "PAYMENT_STATUS_UPDATE", "payment_id", &id);
    let expected = [("INPUT_NEEDED", "AUTHORISING"), ("AUTHORISING", "INITIATED"), ("INITIATED", "EXECUTED")];
    assert_eq!(seen, pairs(&expected));
    let hook = lab.tenant().webhooks().into_iter().find(|one| one.code == "PAYMENT_STATUS_UPDATE").expect("one");
    assert_eq!(hook.url.as_deref(), Some(HOOK));
    let body: Value = serde_json::from_str(&hook.body).expect("JSON");
    assert_eq!((&body["original_reference"], &body["original_start_date"]), (&json!("rent"), &Value::Null));
    assert!(body["timestamp"].is_string() && body["environment"] == "sandbox");
    // The user can't pay twice.
    let again = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["GB"], "user": {"client_user_id": "u"},
        "products": ["payment_initiation"], "payment_initiation": {"payment_id": id},
    });
    assert_eq!(lab.fail("/link/token/create", again).await, "INVALID_REQUEST/INVALID_FIELD");

    // The second payment with a reference gets another one at the bank.
    let second = payment(&lab, &recipient, json!({})).await;
    let token = link_token(&lab, json!({"payment_id": second})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    let got = lab.call(GET, json!({"payment_id": second})).await;
    assert_eq!((&got["reference"], &got["adjusted_reference"]), (&json!("rent"), &json!("rent2")));
    assert_eq!(got["refund_details"], Value::Null, "nobody asked for them");
}

#[tokio::test]
async fn a_payment_takes_its_time_at_the_pace_of_the_sandbox() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    let in_uk = recipient(&lab).await;
    let euro = json!({"name": "Eva", "iban": "NL91ABNA0417164300"});
    let euro = lab.call(RECIPIENT, euro).await["recipient_id"].clone();
    let order = json!({"schedule": {"interval": "WEEKLY", "interval_execution_day": 1, "start_date": "2026-11-28"}});
    let mut all = Vec::new();
    for (to, more) in [
        (&in_uk, json!({"reference": "a"})),
        (&euro, json!({"reference": "b", "amount": {"currency": "EUR", "value": 3}})),
        (&in_uk, merged(order, json!({"reference": "c"}))),
    ] {
        let id = payment(&lab, to, more).await;
        let token = link_token(&lab, json!({"payment_id": id})).await;
        lab.control("link/complete", json!({"link_token": token})).await;
        all.push(id);
    }
    let advance = async |seconds: i64| lab.control("clock/advance", json!({"seconds": seconds})).await;
    for (seconds, expected) in [
        (0, ["AUTHORISING", "AUTHORISING", "AUTHORISING"]),
        (3, ["INITIATED", "INITIATED", "INITIATED"]),
        (10, ["EXECUTED", "INITIATED", "ESTABLISHED"]),
        (3600, ["EXECUTED", "INITIATED", "ESTABLISHED"]),
    ] {
        advance(seconds).await;
        for (id, name) in all.iter().zip(expected) {
            assert_eq!(status(&lab, id).await, format!("PAYMENT_STATUS_{name}"), "after {seconds} s");
        }
    }
    // 28 November 2026 is a Saturday.
    let order = lab.call(GET, json!({"payment_id": all[2]})).await["schedule"].clone();
    assert_eq!((&order["start_date"], &order["adjusted_start_date"]), (&json!("2026-11-28"), &json!("2026-11-30")));
    let hooks = lab.tenant().webhooks();
    let last = hooks.iter().rfind(|one| one.body.contains("PAYMENT_STATUS_ESTABLISHED")).expect("a webhook");
    let body: Value = serde_json::from_str(&last.body).expect("JSON");
    assert_eq!(
        (&body["original_start_date"], &body["adjusted_start_date"]),
        (&json!("2026-11-28"), &json!("2026-11-30"))
    );
    // Nobody stops a standing order.
    let stop = json!({"payment_id": all[2], "status": "PAYMENT_STATUS_CANCELLED", "webhook": HOOK});
    assert_eq!(lab.fail(SIMULATE, stop).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_bank_refuses_a_payment_in_link() {
    let lab = Lab::start(Emulator::builder()).await;
    let recipient = recipient(&lab).await;
    for (code, end) in [
        ("PAYMENT_BLOCKED", "BLOCKED"),
        ("PAYMENT_CANCELLED", "CANCELLED"),
        ("PAYMENT_INSUFFICIENT_FUNDS", "INSUFFICIENT_FUNDS"),
        ("PAYMENT_REJECTED", "REJECTED"),
        ("PAYMENT_INVALID_RECIPIENT", "FAILED"),
    ] {
        let id =
            payment(&lab, &recipient, json!({"reference": code.replace('_', "").to_lowercase().split_off(7)})).await;
        let token = link_token(&lab, json!({"payment_id": id})).await;
        let login = json!({"link_token": token, "password": format!("error_{code}")});
        let (refused, answer) = lab.ask("POST", "link/complete", login).await;
        assert!(refused == 400 && answer.to_string().contains(code), "{answer}");
        let got = lab.call(GET, json!({"payment_id": id})).await;
        assert_eq!(got["status"], format!("PAYMENT_STATUS_{end}"));
        assert_eq!((&got["error"]["error_type"], &got["error"]["error_code"]), (&json!("PAYMENT_ERROR"), &json!(code)));
        let seen = changes(&lab, "PAYMENT_STATUS_UPDATE", "payment_id", &id);
        assert_eq!(seen, pairs(&[("INPUT_NEEDED", "AUTHORISING"), ("AUTHORISING", end)]));
        let retry = json!({"payment_id": id, "status": "PAYMENT_STATUS_EXECUTED", "webhook": HOOK});
        assert_eq!(lab.fail(SIMULATE, retry).await, "INVALID_REQUEST/INVALID_FIELD", "{end} is an end");
    }
    // The same by the steps of Link.
    let id = payment(&lab, &recipient, json!({"reference": "steps"})).await;
    let token = link_token(&lab, json!({"payment_id": id})).await;
    lab.control("link/open", json!({"link_token": token})).await;
    lab.control("link/select", json!({"link_token": token, "institution_id": "ins_109508"})).await;
    let session = lab.control("link/login", json!({"link_token": token, "password": "error_PAYMENT_REJECTED"})).await;
    assert_eq!(session["error"]["error_code"], "PAYMENT_REJECTED");
    assert_eq!(status(&lab, &id).await, "PAYMENT_STATUS_REJECTED");
    // A wrong password and a user who leaves change nothing.
    let id = payment(&lab, &recipient, json!({"reference": "leaves"})).await;
    let token = link_token(&lab, json!({"payment_id": id})).await;
    lab.ask("POST", "link/complete", json!({"link_token": token, "password": "wrong"})).await;
    lab.control("link/exit", json!({"link_token": token})).await;
    assert_eq!(status(&lab, &id).await, "PAYMENT_STATUS_INPUT_NEEDED");
    // An application that knows of the user's decision tells it to Link.
    let token = link_token(&lab, json!({"payment_id": id})).await;
    lab.control("link/open", json!({"link_token": token})).await;
    let decision = json!({"link_token": token, "error_type": "PAYMENT_ERROR", "error_code": "PAYMENT_CANCELLED"});
    lab.control("link/exit", decision).await;
    assert_eq!(status(&lab, &id).await, "PAYMENT_STATUS_CANCELLED");
    // A scheme that the currency does not have is refused by the bank.
    let options = json!({"reference": "scheme", "options": {"scheme": "SEPA_CREDIT_TRANSFER_INSTANT"}});
    let id = payment(&lab, &recipient, options).await;
    let token = link_token(&lab, json!({"payment_id": id})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    let got = lab.call(GET, json!({"payment_id": id})).await;
    assert_eq!(
        (&got["status"], &got["error"]["error_code"]),
        (&json!("PAYMENT_STATUS_FAILED"), &json!("PAYMENT_SCHEME_NOT_SUPPORTED"))
    );
}

#[tokio::test]
async fn the_sandbox_simulates_statuses_that_lead_forward() {
    let lab = Lab::start(Emulator::builder()).await;
    let recipient = recipient(&lab).await;
    let simulate = |id: &Value, status: &str| json!({"payment_id": id, "status": status, "webhook": HOOK});
    let id = payment(&lab, &recipient, json!({})).await;
    for (old, new) in [("INPUT_NEEDED", "INITIATED"), ("INITIATED", "EXECUTED"), ("EXECUTED", "SETTLED")] {
        let changed = lab.call(SIMULATE, simulate(&id, &format!("PAYMENT_STATUS_{new}"))).await;
        assert_eq!(changed["old_status"], format!("PAYMENT_STATUS_{old}"));
        assert_eq!(changed["new_status"], format!("PAYMENT_STATUS_{new}"));
    }
    assert_eq!(changes(&lab, "PAYMENT_STATUS_UPDATE", "payment_id", &id).len(), 3);
    for end in ["CANCELLED", "FAILED", "INSUFFICIENT_FUNDS", "REJECTED"] {
        let id = payment(&lab, &recipient, json!({})).await;
        lab.call(SIMULATE, simulate(&id, &format!("PAYMENT_STATUS_{end}"))).await;
        assert_eq!(status(&lab, &id).await, format!("PAYMENT_STATUS_{end}"));
    }
    let invalid = "INVALID_REQUEST/INVALID_FIELD";
    assert_eq!(lab.fail(SIMULATE, simulate(&id, "PAYMENT_STATUS_INITIATED")).await, invalid, "backward");
    let id = payment(&lab, &recipient, json!({})).await;
    for wrong in ["PAYMENT_STATUS_BLOCKED", "PAYMENT_STATUS_ESTABLISHED", "PAYMENT_STATUS_INPUT_NEEDED", "nonsense"] {
        assert_eq!(lab.fail(SIMULATE, simulate(&id, wrong)).await, invalid, "{wrong}");
    }
    let mut bad = simulate(&id, "PAYMENT_STATUS_EXECUTED");
    bad["webhook"] = "no url".into();
    assert_eq!(lab.fail(SIMULATE, bad).await, invalid);
    assert_eq!(lab.fail(SIMULATE, simulate(&json!("nobody"), "PAYMENT_STATUS_EXECUTED")).await, invalid);
    assert_eq!(lab.fail(GET, json!({"payment_id": "nobody"})).await, invalid);
}

#[tokio::test]
async fn a_link_token_names_a_payment_or_a_consent() {
    let lab = Lab::start(Emulator::builder()).await;
    let recipient = recipient(&lab).await;
    let id = payment(&lab, &recipient, json!({})).await;
    let body = |about: Value| {
        let plain = json!({
            "client_name": "Acme", "language": "en", "country_codes": ["GB"], "user": {"client_user_id": "u"},
            "products": ["payment_initiation"],
        });
        merged(plain, about)
    };
    let path = "/link/token/create";
    assert_eq!(lab.fail(path, body(json!({}))).await, "INVALID_REQUEST/MISSING_FIELDS");
    for wrong in [json!({}), json!({"payment_id": id, "consent_id": id}), json!({"payment_id": "nobody"})] {
        let refused = lab.fail(path, body(json!({"payment_initiation": wrong}))).await;
        assert_eq!(refused, "INVALID_REQUEST/INVALID_FIELD", "{wrong}");
    }
    let token = "/payment_initiation/payment/token/create";
    let made = lab.call(token, json!({"payment_id": id})).await;
    assert!(made["payment_token"].as_str().is_some_and(|token| token.starts_with("payment-token-sandbox-")));
    assert!(made["payment_token_expiration_time"].is_string());
    let done = json!({"payment_id": id, "status": "PAYMENT_STATUS_EXECUTED", "webhook": HOOK});
    lab.call(SIMULATE, done).await;
    assert_eq!(lab.fail(token, json!({"payment_id": id})).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_payment_profile_is_linked_broken_repaired_and_removed() {
    let lab = Lab::start(Emulator::builder()).await;
    let token = lab.call("/payment_profile/create", json!({})).await["payment_profile_token"].clone();
    let named = json!({"payment_profile_token": token});
    let got = async || lab.call("/payment_profile/get", named.clone()).await;
    assert_eq!((&got().await["status"], &got().await["deleted_at"]), (&json!("PENDING"), &Value::Null));
    let reset = "/sandbox/payment_profile/reset_login";
    let invalid = "INVALID_REQUEST/INVALID_FIELD";
    assert_eq!(lab.fail(reset, named.clone()).await, invalid, "it has not been in Link");
    for _ in 0..2 {
        let link = lab.link_token(json!({"products": ["transfer"], "transfer": named})).await;
        lab.control("link/complete", json!({"link_token": link})).await;
        assert_eq!(got().await["status"], "READY");
        assert_eq!(lab.call(reset, named.clone()).await["reset_login"], true);
    }
    lab.call("/payment_profile/remove", named.clone()).await;
    assert_eq!(got().await["status"], "REMOVED");
    assert!(got().await["deleted_at"].is_string());
    for path in ["/payment_profile/remove", reset] {
        assert_eq!(lab.fail(path, named.clone()).await, invalid, "{path}");
    }
    let unknown = json!({"payment_profile_token": "payment-profile-sandbox-nobody"});
    for path in ["/payment_profile/get", "/payment_profile/remove", reset] {
        assert_eq!(lab.fail(path, unknown.clone()).await, invalid, "{path}");
    }
}

#[tokio::test]
async fn banks_in_the_uk_say_what_they_do_with_payments() {
    let lab = Lab::start(Emulator::builder()).await;
    let metadata = async |id: &str, country: &str| {
        let options = json!({"include_payment_initiation_metadata": true});
        let body = json!({"institution_id": id, "country_codes": [country], "options": options});
        lab.call("/institutions/get_by_id", body).await["institution"]["payment_initiation_metadata"].clone()
    };
    let uk = metadata("ins_117650", "GB").await;
    assert_eq!((&uk["supports_payment_consents"], &uk["supports_sepa_instant"]), (&json!(true), &json!(false)));
    assert_eq!(uk["standing_order_metadata"]["valid_standing_order_intervals"], json!(["WEEKLY", "MONTHLY"]));
    assert_eq!(metadata("ins_109508", "US").await, Value::Null);
}
