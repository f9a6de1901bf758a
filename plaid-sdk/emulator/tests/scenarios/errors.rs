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
