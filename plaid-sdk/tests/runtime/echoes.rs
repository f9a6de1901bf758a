//! Servers that repeat the secrets of the request, or other texts that must not be printed.

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use plaid_sdk::Error;
use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::bytes::Bytes;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::error::ApiError;
use plaid_sdk::http::Request;
use plaid_sdk::response::{Download, RawResponse};
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};

use crate::encodings::{check, written};
use crate::server::{CLIENT_ID, SECRET, Server, responses};

/// A token of this request, which has no form of its own; and one of another request.
const TOKEN: &str = "opaque-token-Aa1b2C3d";
const OTHER: &str = "link-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970";
const SECRETS: [&str; 4] = [CLIENT_ID, SECRET, TOKEN, OTHER];
const ANY: &Operation = &Operation::new("any", Method::Post, "/any");

async fn refused(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Error {
    let server = Server::responding(status, headers, body).await;
    let call = server.client().accounts_get(AccountsGetRequest::new(TOKEN)).retry(RetryPolicy::none());
    call.await.unwrap_err()
}

/// All that is printed of an error, and its texts.
fn printed(error: &Error) -> String {
    let mut all =
        format!("{error} {error:#} {error:?} {error:#?} {:?} {:?}", error.request_id(), error.display_message());
    let transport = error.transport_error().map(|error| error as &dyn std::error::Error);
    for mut cause in [error.source(), transport] {
        while let Some(error) = cause {
            all += &format!(" {error} {error:?} {error:#?}");
            cause = error.source();
        }
    }
    if let Some(api) = error.api() {
        all += &format!(
            " {api} {api:?} {api:#?} {:?} {:?} {:?}",
            api.message(),
            api.code_reason(),
            api.suggested_action()
        );
        all += &format!(" {:?} {:?} {:?}", api.documentation_url(), api.causes(), api.required_account_subtypes());
    }
    all
}

#[tokio::test]
async fn errors_that_repeat_secrets_are_redacted() {
    let next = Arc::new(Mutex::new(String::new()));
    let shared = Arc::clone(&next);
    let server =
        Server::answering(move |_, _| responses("400 Bad Request", &[], shared.lock().unwrap().as_bytes())).await;
    let client = server.client();
    let refused = async |body: &str| {
        body.clone_into(&mut next.lock().unwrap());
        client.accounts_get(AccountsGetRequest::new(TOKEN)).retry(RetryPolicy::none()).await.unwrap_err()
    };
    for secret in SECRETS {
        for text in written(secret) {
            let plain = r#""error_type": "INVALID_INPUT", "error_code": "INVALID_ACCESS_TOKEN""#;
            let everywhere = r#""error_message": "a @ b", "display_message": "a @ b", "request_id": "@",
                "error_code_reason": "@", "suggested_action": "@", "documentation_url": "https://x/@?a",
                "causes": [{"error_message": "@"}], "required_account_subtypes": ["@"]"#;
            let body = format!("{{{plain}, {everywhere}").replace('@', &text);
            // As JSON, and cut off.
            for body in [format!("{body}}}"), body] {
                let error = refused(&body).await;
                check(&printed(&error), &SECRETS);
                assert_eq!(error.code().map(|code| code.as_str()), Some("INVALID_ACCESS_TOKEN"), "{body}");
                let api = error.api().unwrap();
                assert_eq!((api.message(), error.display_message()), (Some("a [redacted] b"), Some("a [redacted] b")));
                assert_eq!(error.request_id().as_deref(), Some("[redacted]"));
                assert_eq!(error.raw_body().unwrap().as_ref(), body.as_bytes());
                if secret == OTHER {
                    check(&format!("{:?}", ApiError::from_json(body.as_bytes()).unwrap()), &[OTHER]);
                }
            }
            let body = r#"{"error_type": "@", "error_code": "@", "error_message": "@"}"#.replace('@', &text);
            let error = refused(&body).await;
            check(&format!("{} {:?}", printed(&error), error.code()), &SECRETS);
        }
    }
}

#[tokio::test]
async fn ids_and_types_are_printed_only_if_they_are_plain_words() {
    let long = "x".repeat(300);
    for (text, shown) in [
        ("r1", "r1"),
        (SECRET, "[redacted]"),
        (OTHER, "[redacted]"),
        ("a b", "[redacted]"),
        ("caf\u{e9}", "[redacted]"),
        ("a\tb", "[redacted]"),
        (long.as_str(), "[redacted]"),
    ] {
        let body = format!(r#"{{"error_type": "T", "error_code": "C", "request_id": {text:?}}}"#);
        let error = refused("400 Bad Request", &[], body).await;
        assert_eq!(error.to_string(), format!("accountsGet: 400 Bad Request: C (T) (request id {shown})"));
        assert!(format!("{error:?}").contains(&format!("request_id: Some({shown:?})")), "{error:?}");
        if !text.is_ascii() {
            continue;
        }
        let headers = [format!("plaid-request-id: {text}"), format!("content-type: {text}; charset=utf-8")];
        let headers = headers.each_ref().map(String::as_str);
        let error = refused("502 Bad Gateway", &headers, "<html>").await;
        let told = format!("not an error of Plaid, but 6 bytes of {shown} (request id {shown})");
        assert_eq!(error.to_string(), format!("accountsGet: 502 Bad Gateway: {told}"));
        if text == SECRET {
            // Successful responses are printed without what the request had.
            continue;
        }
        let server = Server::responding("200 OK", &headers, "{}").await;
        let raw: RawResponse = Call::new(&server.client(), ANY).await.unwrap();
        let detailed = Call::<()>::new(&server.client(), ANY).detailed().await.unwrap();
        let file: Download = Call::new(&server.client(), ANY).await.unwrap();
        for printed in [format!("{raw:?}"), format!("{detailed:?}"), format!("{file:?}")] {
            assert!(printed.contains(&format!("request_id: Some({shown:?})")), "{printed}");
            assert!(shown == text || !printed.contains(text), "{printed}");
        }
        assert_eq!(raw.request_id().as_deref(), Some(text.trim()), "the id itself is there");
    }
}

/// A transport whose error repeats the request.
struct Talkative(&'static str);

impl Transport for Talkative {
    fn send(&self, request: Request<Bytes>, _: Limits) -> TransportFuture<'_> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let inner = std::io::Error::other(format!("{} {body} {SECRET}, {CLIENT_ID}, {OTHER}", self.0));
        Box::pin(async {
            Err(TransportError::new(TransportErrorKind::Other).with_source(std::io::Error::other(inner)))
        })
    }
}

#[tokio::test]
async fn errors_of_the_transport_are_redacted() {
    let builder =
        plaid_sdk::Client::builder().environment(plaid_sdk::Environment::Sandbox).credentials(CLIENT_ID, SECRET);
    let client = builder.transport(Talkative("http://user:hunter2@proxy:8080")).build().unwrap();
    let call = client.accounts_get(AccountsGetRequest::new(TOKEN)).retry(RetryPolicy::none());
    let error = call.await.unwrap_err();
    check(&printed(&error), &[CLIENT_ID, SECRET, TOKEN, OTHER, "hunter2"]);
    assert!(error.is_transport() && error.to_string().contains("http://[redacted]@proxy:8080"), "{error}");
    // A cause without secrets stays what it is.
    let server = Server::start(vec![]).await;
    let error = Call::<()>::new(&server.client(), ANY).retry(RetryPolicy::none()).await.unwrap_err();
    assert!(error.transport_error().unwrap().source().unwrap().is::<plaid_sdk::reqwest::Error>(), "{error:?}");
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_without_its_secrets() {
    let server = Server::responding("200 OK", &[], "{}").await;
    let client = server.client();
    for secret in [SECRET, OTHER] {
        let error = Call::<()>::new(&client, ANY).header(&format!("{secret} x"), "y").await.unwrap_err();
        assert!(error.is_build(), "{error:?}");
        check(&printed(&error), &SECRETS);
    }
}

#[tokio::test]
async fn keys_in_the_path_of_a_decoding_error_are_redacted() {
    let body = format!(r#"{{"a": {{"{OTHER}": 1}}}}"#);
    let server = Server::responding("200 OK", &[], body).await;
    let response: RawResponse = Call::new(&server.client(), ANY).await.unwrap();
    let error = response.json::<std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>>();
    check(&printed(&error.unwrap_err()), &SECRETS);
}

#[cfg(feature = "webhooks")]
#[test]
fn unknown_webhooks_and_values_print_no_token() {
    use plaid_sdk::serde_json::{self, Value, json};
    use plaid_sdk::webhooks::Webhook;
    let read = |value: Value| serde_json::from_value::<Webhook>(value).unwrap();
    let mut webhook = json!({"webhook_type": "TOMORROW", "webhook_code": "RAIN", "new_token": OTHER, "name": "personal data",
        "deep": [{"secret": [SECRET]}]});
    let printed = format!("{:?}", read(webhook.clone()));
    assert_eq!(
        printed,
        r#"Unknown(UnknownWebhook { webhook_type: "TOMORROW", webhook_code: "RAIN", body: 5 properties })"#
    );
    for (name, text) in [("webhook_type", OTHER), ("webhook_code", "two words\n")] {
        webhook[name] = text.into();
        let webhook = read(webhook.clone());
        let printed = format!("{webhook:?} {webhook:#?}");
        check(&printed, &[OTHER, SECRET, "personal data", "two words"]);
    }
    // A known webhook with an error, a new value of an enum and a new property.
    let known =
        read(json!({"webhook_type": "ITEM", "webhook_code": "ERROR", "item_id": "i1", "environment": OTHER, "error":
        {"error_type": OTHER, "error_code": "C", "error_message": format!("about {OTHER}"), "new": {OTHER: [OTHER]}}}));
    let printed = format!("{known:?} {known:#?}");
    check(&printed, &[OTHER]);
    assert!(printed.contains("ItemError") && printed.contains("about [redacted]"), "{printed}");
}
