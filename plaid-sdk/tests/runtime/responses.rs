//! Decoding of responses.

use plaid_sdk::accounts::{AccountsGetRequest, AccountsGetResponse};
use plaid_sdk::asset_report::AssetReportPdfGetRequest;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::response::RawResponse;
use plaid_sdk::serde_json::Value;
use plaid_sdk::webhooks::WebhookVerificationKeyGetRequest;
use plaid_sdk::{Error, ErrorCode};

use crate::server::Server;

const ANY: &Operation = &Operation::new("any", Method::Post, "/any");

const KEY: &str = r#"{"key": {"alg": "ES256", "crv": "P-256", "kid": "k", "kty": "EC", "use": "sig", "x": "x", "y": "y",
    "created_at": 1560466150, "expired_at": null}, "request_id": "r1", "new_property": [1]}"#;

const ACCOUNTS: &str = r#"{"accounts": [{"account_id": "a1", "balances": {"available": 100.10, "current": 110,
    "limit": null, "iso_currency_code": "USD", "unofficial_currency_code": null}, "mask": "0000", "name": "Checking",
    "official_name": null, "type": "depository", "subtype": "checking"}], "item": {"item_id": "i1", "webhook": null,
    "error": null, "available_products": [], "billed_products": [], "consent_expiration_time": null,
    "update_type": "background"}, "request_id": "r1"}"#;

const PLAID_ERROR: &str = r#"{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_message":
    "the login of access-sandbox-0000-1111 has changed", "display_message": "Log in again.", "request_id": "r2"}"#;

async fn accounts(status: &str, headers: &[&str], body: &str) -> Result<AccountsGetResponse, Error> {
    let server = Server::responding(status, headers, body).await;
    server.client().accounts_get(AccountsGetRequest::new("access-sandbox-1")).await
}

#[tokio::test]
async fn a_good_response_is_read() {
    let server = Server::responding("200 OK", &["content-type: application/json"], KEY).await;
    let response =
        server.client().webhook_verification_key_get(WebhookVerificationKeyGetRequest::new("k")).await.unwrap();
    assert_eq!((response.key.kid.as_str(), response.key.expired_at), ("k", None));
    assert_eq!(response.request_id, "r1");
}

#[tokio::test]
async fn amounts_keep_their_digits() {
    let response = accounts("200 OK", &[], ACCOUNTS).await.unwrap();
    assert_eq!(response.accounts[0].balances.available.unwrap().to_string(), "100.10");
    assert_eq!(response.accounts[0].balances.limit, None);
}

#[tokio::test]
async fn created_is_good_too() {
    assert!(accounts("201 Created", &[], ACCOUNTS).await.is_ok());
}

#[tokio::test]
async fn an_empty_response_is_decoded_as_unit() {
    const NOTIFY: &Operation = &Operation::new("fdxNotifications", Method::Post, "/fdx/notifications");
    for (status, body) in [("200 OK", ""), ("204 No Content", ""), ("200 OK", "{}")] {
        let server = Server::responding(status, &[], body).await;
        Call::<()>::new(&server.client(), NOTIFY).await.unwrap();
    }
}

#[tokio::test]
async fn a_file_has_bytes_a_type_and_a_request_id() {
    let pdf = b"%PDF-1.4\n\xff\x00\xfe not UTF-8";
    let headers = ["content-type: application/pdf", "Plaid-Request-ID: r3"];
    let server = Server::responding("200 OK", &headers, pdf).await;
    let file = server.client().asset_report_pdf_get(AssetReportPdfGetRequest::new("assets-1")).await.unwrap();
    assert_eq!(file.bytes().as_ref(), pdf);
    assert_eq!((file.content_type(), file.request_id()), (Some("application/pdf"), Some("r3")));
    assert!(!format!("{file:?}").contains("PDF-1.4"));
}

#[tokio::test]
async fn a_raw_response_can_be_read_as_any_type() {
    let server = Server::responding("201 Created", &["x-extra: 1"], ACCOUNTS).await;
    let raw = server.client().accounts_get(AccountsGetRequest::new("access-sandbox-1")).raw().await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.headers()["x-extra"].as_bytes()), (201, &b"1"[..]));
    assert_eq!(raw.request_id().as_deref(), Some("r1"));
    assert!(!format!("{raw:?}").contains("Checking"));
    let json: Value = raw.clone().read().unwrap();
    assert_eq!(json["accounts"][0]["name"], "Checking");
    assert_eq!(raw.read::<AccountsGetResponse>().unwrap().accounts.len(), 1);
}

#[tokio::test]
async fn plaids_error_has_its_code() {
    let error = accounts("400 Bad Request", &["content-type: application/json"], PLAID_ERROR).await.unwrap_err();
    assert_eq!((error.code(), error.error_type()), (Some(&ErrorCode::ItemLoginRequired), Some("ITEM_ERROR")));
    assert_eq!((error.display_message(), error.request_id().as_deref()), (Some("Log in again."), Some("r2")));
    assert_eq!(error.operation().unwrap().name(), "accountsGet");
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(error.raw_body().unwrap().as_ref(), PLAID_ERROR.as_bytes());
    assert!(!error.is_status() && !error.is_decode() && !error.is_transport() && !error.is_build());
    assert_eq!(
        error.to_string(),
        "accountsGet: 400 Bad Request: ITEM_LOGIN_REQUIRED (ITEM_ERROR): the login of [redacted] has changed \
         (request id r2)"
    );
}

#[tokio::test]
async fn operations_of_other_responses_read_errors_alike() {
    let server = Server::responding("400 Bad Request", &[], PLAID_ERROR).await;
    let client = server.client();
    let error = client.asset_report_pdf_get(AssetReportPdfGetRequest::new("assets-1")).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::ItemLoginRequired));
    let error = client.accounts_get(AccountsGetRequest::new("access-sandbox-1")).raw().await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::ItemLoginRequired));
}

#[tokio::test]
async fn an_http_error_of_a_proxy_is_a_status_error() {
    let headers = ["content-type: text/html", "plaid-request-id: r4"];
    let error = accounts("502 Bad Gateway", &headers, "<html>proxy down</html>").await.unwrap_err();
    assert!(error.is_status() && error.api().is_none() && error.code().is_none());
    assert_eq!((error.status().unwrap().as_u16(), error.request_id().as_deref()), (502, Some("r4")));
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<html>proxy down</html>");
    assert_eq!(
        error.to_string(),
        "accountsGet: 502 Bad Gateway: not an error of Plaid, but 23 bytes of text/html (request id r4, 3 attempts)"
    );
    let error = accounts("500 Internal Server Error", &[], "").await.unwrap_err();
    assert!(error.is_status());
    assert_eq!(error.to_string(), "accountsGet: 500 Internal Server Error: an empty body (3 attempts)");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_decode_error() {
    for body in ["<html>fine</html>", "", "null", "[]"] {
        let error = accounts("200 OK", &["plaid-request-id: r5"], body).await.unwrap_err();
        assert!(error.is_decode() && !error.is_status(), "{error}");
        assert_eq!((error.path(), error.status().unwrap().as_u16()), (Some(""), 200));
        assert_eq!((error.request_id().as_deref(), error.raw_body().unwrap().as_ref()), (Some("r5"), body.as_bytes()));
    }
}

#[tokio::test]
async fn a_wrong_type_is_located() {
    let body = ACCOUNTS.replace("100.10", r#""hunter2""#);
    let error = accounts("200 OK", &[], &body).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("accounts[0].balances.available"));
    assert_eq!(error.request_id().as_deref(), Some("r1"));
    let printed = format!("{error}");
    assert!(
        printed.starts_with("accountsGet: 200 OK: the response can't be decoded: accounts[0].balances.available: ")
    );
    assert!(printed.ends_with(" (request id r1)"), "{printed}");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn cut_off_json_is_located() {
    let (cut, _) = ACCOUNTS.split_once("10,").unwrap();
    let error = accounts("200 OK", &[], cut).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.raw_body().unwrap().as_ref(), cut.as_bytes());
    assert!(error.path().unwrap().starts_with("accounts[0].balances"), "{error}");
}

#[tokio::test]
async fn a_raw_response_is_read_into_a_type_of_the_application_and_its_errors_show_no_value() {
    #[derive(serde::Deserialize)]
    struct Weather {
        sky: String,
    }
    let server = Server::responding("200 OK", &[], r#"{"sky": "blue"}"#).await;
    let raw = Call::<RawResponse>::new(&server.client(), ANY).await.unwrap();
    assert_eq!(raw.clone().json::<Weather>().unwrap().sky, "blue");
    let error = raw.json::<Vec<Weather>>().err().unwrap();
    assert!(error.is_decode() && error.to_string().contains("line 1 column"), "{error}");

    let server = Server::responding("200 OK", &[], r#"{"sky": "hunter2"}"#).await;
    let raw = Call::<RawResponse>::new(&server.client(), ANY).await.unwrap();
    let error = raw.json::<std::collections::BTreeMap<String, i64>>().unwrap_err();
    assert!(error.is_decode() && !format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn a_call_can_be_stored_and_spawned_without_its_client() {
    let server = Server::responding("200 OK", &[], r#"{"sky": "blue"}"#).await;
    let calls = [Call::<Value>::new(&server.client(), ANY), Call::new(&server.client(), ANY)];
    for call in calls {
        assert_eq!(tokio::spawn(call.into_future()).await.unwrap().unwrap()["sky"], "blue");
    }
}

crate::protocols::over_http2! {
    a_good_response_is_read,
    amounts_keep_their_digits,
    created_is_good_too,
    an_empty_response_is_decoded_as_unit,
    a_file_has_bytes_a_type_and_a_request_id,
    a_raw_response_can_be_read_as_any_type,
    plaids_error_has_its_code,
    operations_of_other_responses_read_errors_alike,
    an_http_error_of_a_proxy_is_a_status_error,
    a_body_that_is_not_json_is_a_decode_error,
    a_wrong_type_is_located,
    cut_off_json_is_located,
    a_raw_response_is_read_into_a_type_of_the_application_and_its_errors_show_no_value,
    a_call_can_be_stored_and_spawned_without_its_client,
}
