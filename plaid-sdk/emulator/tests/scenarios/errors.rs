//! The errors that any operation can have, and those of a login: the numbered rows of the reference.

use crate::support::{CLIENT_ID, Lab};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

/// The error type and code of a response.
fn named((status, body): (u16, Value)) -> (u16, String) {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (status, format!("{}/{}", text("error_type"), text("error_code")))
}

#[tokio::test]
async fn a_request_is_refused_before_its_operation_is_known() {
    let lab = Lab::start(Emulator::builder()).await;
    let headers = [("PLAID-CLIENT-ID", CLIENT_ID), ("PLAID-SECRET", "secret"), ("Content-Type", "application/json")];
    let sent = |path: &'static str, headers: Vec<(&'static str, &'static str)>, body: &'static str| {
        let lab = &lab;
        async move { named(lab.raw(path, &headers, body).await) }
    };
    let body = r#"{"access_token": "notreal"}"#;
    let expected = (404, "INVALID_REQUEST/NOT_FOUND".to_owned());
    assert_eq!(sent("/item/got", headers.to_vec(), body).await, expected);
    let expected = (400, "INVALID_REQUEST/INVALID_BODY".to_owned());
    assert_eq!(sent("/item/get", headers.to_vec(), "{\"access_token\"").await, expected);
    let expected = (400, "INVALID_REQUEST/INVALID_HEADERS".to_owned());
    let plain = vec![headers[0], headers[1], ("Content-Type", "text/plain")];
    assert_eq!(sent("/item/get", plain, body).await, expected);
    let expected = (400, "INVALID_REQUEST/INVALID_FIELD".to_owned());
    assert_eq!(sent("/item/get", vec![("PLAID-CLIENT-ID", "short"), headers[1], headers[2]], body).await, expected);
    let expected = (400, "INVALID_INPUT/INVALID_API_KEYS".to_owned());
    assert_eq!(sent("/item/get", vec![headers[0], ("PLAID-SECRET", "other"), headers[2]], body).await, expected);
    let expected = (400, "INVALID_REQUEST/MISSING_FIELDS".to_owned());
    assert_eq!(sent("/item/get", vec![headers[0], headers[2]], body).await, expected);
    let expected = (400, "INVALID_INPUT/INVALID_ACCESS_TOKEN".to_owned());
    assert_eq!(sent("/item/get", headers.to_vec(), body).await, expected);
}

#[tokio::test]
async fn institutions_products_and_keys_that_are_unknown_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let unknown = json!({"institution_id": "ins_0", "country_codes": ["US"]});
    assert_eq!(lab.fail("/institutions/get_by_id", unknown).await, "INVALID_INPUT/INVALID_INSTITUTION");
    let unknown = json!({"institution_id": "ins_0", "initial_products": ["auth"]});
    assert_eq!(lab.fail("/sandbox/public_token/create", unknown).await, "INVALID_INPUT/INVALID_INSTITUTION");
    let unknown = json!({"key_id": "00000000-0000-0000-0000-000000000000"});
    let expected = "INVALID_INPUT/INVALID_WEBHOOK_VERIFICATION_KEY_ID";
    assert_eq!(lab.fail("/webhook_verification_key/get", unknown).await, expected);
    let unknown = json!({"link_token": "link-sandbox-00000000-0000-0000-0000-000000000000"});
    assert_eq!(lab.fail("/link/token/get", unknown).await, "INVALID_INPUT/INVALID_LINK_TOKEN");
}

/// The codes that a password provokes, by error type.
const OF_LOGINS: [(&str, &[&str]); 3] = [
    (
        "ITEM_ERROR",
        &[
            "ACCESS_NOT_GRANTED",
            "INSTANT_MATCH_FAILED",
            "INSUFFICIENT_CREDENTIALS",
            "INVALID_CREDENTIALS",
            "INVALID_MFA",
            "INVALID_OTP",
            "INVALID_PHONE_NUMBER",
            "INVALID_SEND_METHOD",
            "INVALID_UPDATED_USERNAME",
            "ITEM_CONCURRENTLY_DELETED",
            "ITEM_LOCKED",
            "ITEM_LOGIN_REQUIRED",
            "ITEM_NOT_SUPPORTED",
            "MANUAL_VERIFICATION_REQUIRED",
            "MFA_NOT_SUPPORTED",
            "NO_ACCOUNTS",
            "PASSWORD_RESET_REQUIRED",
            "USER_INPUT_TIMEOUT",
            "USER_SETUP_REQUIRED",
        ],
    ),
    (
        "INSTITUTION_ERROR",
        &[
            "INSTITUTION_DOWN",
            "INSTITUTION_NO_LONGER_SUPPORTED",
            "INSTITUTION_NOT_AVAILABLE",
            "INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT",
            "INSTITUTION_NOT_RESPONDING",
            "INSTITUTION_REGISTRATION_REQUIRED",
            "UNAUTHORIZED_INSTITUTION",
            "UNSUPPORTED_RESPONSE",
        ],
    ),
    ("RECAPTCHA_ERROR", &["RECAPTCHA_BAD", "RECAPTCHA_REQUIRED"]),
];

#[tokio::test]
async fn a_password_provokes_each_error_of_a_login_and_makes_no_item() {
    let lab = Lab::start(Emulator::builder()).await;
    for (kind, code) in OF_LOGINS.iter().flat_map(|(kind, codes)| codes.iter().map(move |code| (kind, code))) {
        let options = json!({"override_username": "user_good", "override_password": format!("error_{code}")});
        let body = json!({"institution_id": "ins_109508", "initial_products": ["auth"], "options": options});
        assert_eq!(lab.fail("/sandbox/public_token/create", body).await, format!("{kind}/{code}"));
    }
    let kept = lab.tenant().control("GET", "export", json!({})).expect("the tenant");
    assert_eq!(kept["tenants"][0]["items"], json!({}), "a login that fails makes no Item");
}

#[tokio::test]
async fn a_wrong_code_of_a_deposit_is_shown_by_the_session_until_there_were_too_many() {
    let lab = Lab::start(Emulator::builder()).await;
    let auth = json!({"auth": {"same_day_microdeposits_enabled": true}, "products": ["auth"]});
    let link = lab.link_token(auth).await;
    let numbers = json!({"account": "1111222233330000", "routing": "110000000"});
    let done = lab.control("link/complete", json!({"link_token": link, "numbers": numbers})).await;
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let update = lab.link_token(json!({"access_token": item["access_token"]})).await;
    lab.control("link/open", json!({"link_token": update})).await;
    for _ in 0..3 {
        lab.control("link/deposit", json!({"link_token": update, "code": "XYZ"})).await;
    }
    let shown = lab.call("/link/token/get", json!({"link_token": update})).await;
    let events = shown["link_sessions"][0]["events"].as_array().expect("events").iter().rev();
    let codes: Vec<&str> = events.filter_map(|event| event["event_metadata"]["error_code"].as_str()).collect();
    let wrong = "INCORRECT_DEPOSIT_VERIFICATION";
    assert_eq!(codes, [wrong, wrong, "TOO_MANY_VERIFICATION_ATTEMPTS"]);
    let accounts = lab.call("/accounts/get", json!({"access_token": item["access_token"]})).await;
    assert_eq!(accounts["accounts"][0]["verification_status"], "verification_failed");
}

#[tokio::test]
async fn values_that_no_bank_or_institution_can_have_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let search = json!({"query": "Platypus", "products": ["No Product"], "country_codes": ["US"]});
    assert_eq!(lab.fail("/institutions/search", search).await, "INVALID_INPUT/INVALID_PRODUCT");
    assert_eq!(lab.fail("/user/get", json!({"user_id": "no one"})).await, "INVALID_INPUT/INVALID_USER_ID");
    assert_eq!(lab.fail("/user/get", json!({"user_id": "usr_nobody"})).await, "USER_ERROR/USER_NOT_FOUND");

    let access = lab.item("user_good", json!({})).await;
    let balance = |least: &str| json!({"access_token": access, "options": {"min_last_updated_datetime": least}});
    lab.call("/accounts/balance/get", balance("2020-01-01T00:00:00Z")).await;
    let future = lab.fail("/accounts/balance/get", balance("2999-01-01T00:00:00Z")).await;
    assert_eq!(future, "INVALID_REQUEST/LAST_UPDATED_DATETIME_OUT_OF_RANGE");

    let import =
        |token: &str| json!({"products": ["transactions"], "user_auth": {"user_id": "user_good", "auth_token": token}});
    let asked = lab.fail("/item/import", import("mfa_device")).await;
    assert_eq!(asked, "INVALID_RESULT/PLAID_DIRECT_ITEM_IMPORT_RETURNED_INVALID_MFA");
    lab.call("/item/import", import("pass_good")).await;
    let access = lab.item_for(&["investments_auth"], "user_transactions_dynamic", json!({})).await;
    let none = lab.fail("/investments/auth/get", json!({"access_token": access})).await;
    assert_eq!(none, "ITEM_ERROR/NO_INVESTMENT_AUTH_ACCOUNTS");
}

#[tokio::test]
async fn a_product_that_the_user_no_longer_shares_needs_their_agreement_again() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item_for(&["auth", "identity"], "user_good", json!({})).await;
    for (product, kind, path) in [("auth", "AUTH", "/auth/get"), ("identity", "IDENTITY", "/identity/get")] {
        lab.call(path, json!({"access_token": access})).await;
        lab.control(&format!("items/{access}/revoke_product"), json!({"product": product})).await;
        let refused = lab.fail(path, json!({"access_token": access})).await;
        assert_eq!(refused, "INVALID_INPUT/ADDITIONAL_CONSENT_REQUIRED");
        let told = lab.tenant().webhooks().into_iter().filter(|one| one.kind == kind).map(|one| one.code);
        assert_eq!(told.collect::<Vec<_>>(), ["PRODUCT_PERMISSIONS_REQUIRED"]);
    }
    let (status, _) = lab.ask("POST", &format!("items/{access}/revoke_product"), json!({"product": "assets"})).await;
    assert_eq!(status, 400);
    let more = json!({"access_token": access, "additional_consented_products": ["auth"]});
    let update = lab.link_token(more).await;
    lab.control("link/complete", json!({"link_token": update})).await;
    lab.call("/auth/get", json!({"access_token": access})).await;
    let events = lab.call("/consent/events/get", json!({"access_token": access})).await;
    let kinds: Vec<&Value> =
        events["consent_events"].as_array().into_iter().flatten().map(|one| &one["event_type"]).collect();
    assert!(kinds.contains(&&json!("CONSENT_UPDATED")), "{kinds:?}");
}
