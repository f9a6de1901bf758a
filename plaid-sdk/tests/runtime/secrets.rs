//! No secrets in `Debug` output and errors.

use std::error::Error as _;
use std::time::Duration;

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::asset_report::AssetReportPdfGetRequest;
use plaid_sdk::client::Credentials;
use plaid_sdk::{Client, Environment, Error};

use crate::server::{CLIENT_ID, SECRET, Server, Step};

const TOKEN: &str = "access-production-de3ce8ef-33f8-452c-a685-8671031fc0f6";

/// Checks a text for secrets.
fn check(printed: &str) {
    for secret in [CLIENT_ID, SECRET, TOKEN, "personal data"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

fn check_error(error: &Error) {
    check(&format!("{error} {error:#} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        check(&format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
}

#[test]
fn clients_and_requests_print_no_secret() {
    let builder = Client::builder().environment(Environment::Sandbox).credentials(CLIENT_ID, SECRET);
    check(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    check(&format!("{client:?} {client:#?}"));
    let request = AccountsGetRequest::new(TOKEN);
    check(&format!("{request:?} {request:#?}"));
    let call = client.accounts_get(request).header("x-token", TOKEN);
    check(&format!("{call:?} {call:#?}"));
    check(&format!("{:?}", call.into_future()));
    check_error(&Client::builder().credentials(CLIENT_ID, format!("{SECRET}\n")).base_url("x").build().unwrap_err());
}

#[tokio::test]
async fn values_along_a_call_print_no_secret() {
    let server =
        Server::responding("200 OK", &["x-owner: personal data"], r#"{"accounts": [], "name": "personal data"}"#).await;
    let client = server.client();
    let tenant = Credentials::new(CLIENT_ID, SECRET).unwrap();
    let call = client.accounts_get(AccountsGetRequest::new(TOKEN)).credentials(&tenant).idempotency_key(SECRET);
    check(&format!("{tenant:?} {call:?} {:?}", client.with_credentials(&tenant)));
    check_error(&call.await.unwrap_err());
    let response = client.accounts_get(AccountsGetRequest::new(TOKEN)).raw().await.unwrap();
    check(&format!("{response:?} {:?}", response.attempts()));
    let response = client.asset_report_pdf_get(AssetReportPdfGetRequest::new(TOKEN)).detailed().await.unwrap();
    check(&format!("{response:?}"));
}

#[cfg(feature = "webhook-verification")]
#[test]
fn webhook_types_print_no_secret() {
    use plaid_sdk::webhooks::{Signer, Verifier};
    let client = Client::sandbox(CLIENT_ID, SECRET).unwrap();
    let signer = Signer::new("key-1").unwrap();
    check(&format!("{:?} {signer:?} {:?}", Verifier::new(&client), Verifier::with_keys([signer.key()])));
}

#[tokio::test]
async fn no_error_prints_a_secret_or_a_body() {
    let refusal = format!(
        r#"{{"error_type": "T", "error_code": "C", "error_message": "token {TOKEN}", "display_message": "personal data",
            "causes": [{{"item_id": "personal data"}}]}}"#
    );
    let unreadable = r#"{"accounts": [{"account_id": "a1", "name": ["personal data"]}]}"#;
    for (status, body) in
        [("400 Bad Request", refusal.as_str()), ("200 OK", unreadable), ("200 OK", "personal data"), ("502 x", TOKEN)]
    {
        let server = Server::responding(status, &["content-type: text/plain"], body).await;
        let error = server.client().accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
        check_error(&error);
        assert_eq!(error.raw_body().unwrap().as_ref(), body.as_bytes());
    }
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\npersonal data".to_vec();
    for last in [Step::Wait(Duration::ZERO), Step::Wait(Duration::from_secs(9))] {
        let server = Server::start(vec![Step::Send(cut.clone()), last]).await;
        let client = server.client();
        let call = client.asset_report_pdf_get(AssetReportPdfGetRequest::new(TOKEN)).raw();
        check_error(&call.timeout(Duration::from_millis(300)).await.unwrap_err());
    }
    let server = Server::start(vec![]).await;
    check_error(&server.client().accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err());
}

#[test]
fn an_error_is_small() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn clients_and_calls_can_be_sent_between_threads() {
    fn crosses<T: Send>(_: &T) {}
    fn shared<T: Send + Sync>() {}
    shared::<Client>();
    shared::<Error>();
    let client = Client::sandbox(CLIENT_ID, SECRET).unwrap();
    crosses(&client.accounts_get(AccountsGetRequest::new(TOKEN)).into_future());
}

crate::protocols::over_http2! {
    values_along_a_call_print_no_secret,
    no_error_prints_a_secret_or_a_body,
}
