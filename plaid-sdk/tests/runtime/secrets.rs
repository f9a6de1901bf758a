//! No secrets in `Debug` output and errors.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_sdk::accounts::{AccountsGetRequest, AccountsGetResponse};
use plaid_sdk::asset_report::AssetReportPdfGetRequest;
use plaid_sdk::call::{Call, Method, Operation, ParameterStyle};
use plaid_sdk::client::Credentials;
use plaid_sdk::observe::{DeviatingResponse, Observed, Observer};
use plaid_sdk::paging::Position;
use plaid_sdk::response::{Detailed, Download, RawResponse};
use plaid_sdk::serde_json::{self, json};
use plaid_sdk::transactions::TransactionsSyncRequest;
use plaid_sdk::transfer::TransferListRequest;
use plaid_sdk::webhooks::Webhook;
use plaid_sdk::{Client, Environment, Error};

use crate::clock::TestClock;
use crate::server::{CLIENT_ID, SECRET, Server, Step, responses};

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

/// What its client tells an observer, as an application would print it.
#[derive(Default)]
struct Printer(Mutex<String>);

impl Printer {
    fn print(&self, told: &dyn Debug) {
        *self.0.lock().unwrap() += &format!("{told:?} {told:#?}\n");
    }
}

impl Observer for Printer {
    fn on_call(&self, call: &Observed<'_>) {
        self.print(call);
    }

    fn on_retry(&self, _: &'static Operation, error: &Error, _: Duration) {
        self.print(error);
    }

    fn on_decode_error(&self, error: &Error) {
        self.print(error);
    }

    fn on_deviations(&self, response: &DeviatingResponse<'_>) {
        self.print(response);
    }
}

/// A response with the token in each place that has a text, and with deviations.
const REPEATING: &str = r#"{"accounts": [null, {"account_id": "@", "balances": {"iso_currency_code": "@"}, "name": "for @",
    "mask": "@", "official_name": "@", "type": "@", "subtype": "@", "holder_category": "@"}], "item": {"item_id": "@",
    "institution_id": "@", "webhook": "https://x/@", "error": {"error_type": "@", "error_code": "@", "error_message": "@",
    "display_message": "@"}, "available_products": ["@"], "billed_products": [null], "update_type": "@"}, "request_id": "@"}"#;

#[tokio::test]
async fn each_type_that_holds_a_token_prints_none() {
    let with_token = |text: &str| text.replace('@', TOKEN);
    let headers = [with_token("plaid-request-id: @"), with_token("content-type: text/@"), with_token("x: @")];
    let headers = headers.each_ref().map(String::as_str);
    let good = responses("200 OK", &headers, with_token(REPEATING));
    let script = [
        responses("502 Bad Gateway", &headers, TOKEN),
        good.clone(),
        responses("200 OK", &headers, with_token(r#"{"accounts": {"@": "@"}}"#)),
        responses("400 Bad Request", &headers, with_token(r#"{"error_type": "@", "error_code": "@"}"#)),
        good,
    ];
    let server = Server::scripted(script.to_vec()).await;
    let printer = Arc::new(Printer::default());
    let client = server.builder().clock(TestClock::default()).observer(Arc::clone(&printer)).build().unwrap();
    let call = || client.accounts_get(AccountsGetRequest::new(TOKEN)).header("x-other", TOKEN);
    let mut all = String::new();
    let mut print = |value: &dyn Debug| all += &format!("{value:?} {value:#?}\n");

    let detailed = call().detailed().await.unwrap();
    assert_eq!(detailed.value.accounts[0].account_id, TOKEN);
    assert!(detailed.deviations().len() > 3);
    print(&detailed);
    print(&call().await.unwrap_err());
    let error = call().await.unwrap_err();
    print(&(&error, error.api(), error.attempts(), error.code()));
    let raw = call().raw().await.unwrap();
    print(&(&raw, raw.clone().read::<AccountsGetResponse>().unwrap(), raw.clone().read::<Download>().unwrap()));
    print(&raw.read::<Detailed<RawResponse>>().unwrap());

    const PAY: &Operation = &Operation::new("pay", Method::Post, "/pay/{id}").idempotency_key("idempotency_key");
    let pay: Call<RawResponse> = Call::new(&client, PAY).path("id", TOKEN).json(&json!({"access_token": TOKEN}));
    let pay = pay.query("q", TOKEN, ParameterStyle::Form).idempotency_key(TOKEN);
    print(&pay);
    let paid = pay.await.unwrap();
    assert_eq!(paid.attempts().idempotency_key(), Some(TOKEN));
    print(&(&paid, paid.attempts()));

    let request = TransferListRequest::new().originator_client_id(TOKEN);
    print(&(&request, client.transfer_list(request.clone()).pages(), client.transfer_list(request.clone()).items()));
    let sync = TransactionsSyncRequest::new(TOKEN).cursor(TOKEN);
    print(&(client.transactions_sync(sync.clone()).update(), client.transactions_sync(sync.clone()).update().events()));
    print(&Position::Cursor(TOKEN.to_owned()));
    for webhook in [
        r#"{"webhook_type": "@", "webhook_code": "@", "@": "@", "list": ["@"]}"#,
        r#"{"webhook_type": "LINK", "webhook_code": "SESSION_FINISHED", "status": "SUCCESS", "link_session_id": "@",
            "link_token": "@", "public_tokens": ["@"], "environment": "sandbox"}"#,
    ] {
        print(&serde_json::from_str::<Webhook>(&with_token(webhook)).unwrap());
    }
    check(&all);
    let told = std::mem::take(&mut *printer.0.lock().unwrap());
    for part in ["Observed", "DeviatingResponse", "Decode(", "Status(", "Api("] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    check(&told);
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
    each_type_that_holds_a_token_prints_none,
    no_error_prints_a_secret_or_a_body,
}
