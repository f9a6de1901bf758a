//! Rust snippets of calls of the SDK's own document.

use api_model::layout::Layout;
use api_model::{Api, Samples};
use api_tools::json;
use api_tools::snippets::rust::{Form, call_of};
use codegen_testing::own;

struct Own {
    api: &'static Api,
    layout: &'static Layout,
}

impl Own {
    fn new() -> Self {
        let understood = own::understood();
        Self { api: &understood.api, layout: &understood.layout }
    }

    /// The snippet of an operation with a body and parameters, both as JSON, or the error.
    fn snippet(&self, id: &str, body: Option<&str>, parameters: Option<&str>) -> String {
        let operation = self.api.operations.iter().find(|operation| operation.id == id).expect("an operation");
        let parse = |text: Option<&str>| text.map(|text| json::parse(text).expect("JSON"));
        let samples = Samples { request: parse(body), parameters: parse(parameters) };
        match call_of(self.api, self.layout, operation, &samples, Form::Snippet) {
            Ok(code) => code.snippet().text(),
            Err(error) => format!("error: {error}"),
        }
    }
}

#[test]
fn values_are_written_as_the_sdk_takes_them() {
    let own = Own::new();
    let link = r#"{"client_name": "Acme \"Ltd\"", "language": "en", "country_codes": ["US", "XX"], "products": [],
        "client_id": "sent by the client",
        "user": {"client_user_id": "user-1", "date_of_birth": null, "phone_number_verified_time": "2026-01-01T12:00:00Z",
            "address": {"country": "US", "city": null}},
        "transactions": {"days_requested": 90}}"#;
    insta::assert_snapshot!("link_token_create", own.snippet("linkTokenCreate", Some(link), None));
    let transfer = r#"{"access_token": "access-sandbox-1", "account_id": "a", "authorization_id": "b", "description": "Rent",
        "amount": "12.50", "metadata": {"order": "7"}, "test_clock_id": null}"#;
    insta::assert_snapshot!("transfer_create", own.snippet("transferCreate", Some(transfer), None));
    let transactions = r#"{"access_token": "access-sandbox-1", "start_date": "2026-01-01", "end_date": "2026-01-31",
        "options": {"count": 10}}"#;
    insta::assert_snapshot!("transactions_get", own.snippet("transactionsGet", Some(transactions), None));
    let parameters = r#"{"recipientId": "r/1", "OAUTH-STATE-ID": "s"}"#;
    insta::assert_snapshot!("get_recipient", own.snippet("getRecipient", None, Some(parameters)));
    insta::assert_snapshot!("categories_get", own.snippet("categoriesGet", Some("{}"), None));
}

#[test]
fn what_is_no_value_of_the_operation_is_an_error_with_its_place() {
    let own = Own::new();
    let item = |body: &str| own.snippet("transactionsGet", Some(body), None);
    for (body, message) in [
        (r#"{"access_token": 1}"#, "`access_token` must be a string, and is a number"),
        (r#"{"access_token": "a"}"#, "`start_date` is missing, and it is required"),
        (
            r#"{"access_token": "a", "start_date": "2026-02-30", "end_date": "2026-03-01"}"#,
            "`start_date` must be a date such as 2026-03-01, and is \"2026-02-30\"",
        ),
        (
            r#"{"access_token": "a", "start_date": "2026-01-01", "end_date": "2026-03-01", "options": {"count": 1.5}}"#,
            "`options.count` must be a whole number of at most 64 bits, and is 1.5",
        ),
        (
            r#"{"access_token": "a", "start_date": "2026-01-01", "end_date": "2026-03-01", "options": {"counts": 1}}"#,
            "`options.counts` is not a property of `TransactionsGetRequestOptions`; did you mean `count`?",
        ),
        (
            r#"{"access_token": "a", "start_date": "2026-01-01", "end_date": "2026-03-01", "options": {"account_ids": ["a", null]}}"#,
            "`options.account_ids[1]` must be a string, and is null",
        ),
        (r#"{"access_token": "a", "access_token": "b"}"#, "`access_token` is there twice"),
        (r#"{"client_name": "Acme"}"#, "`client_name` is not a property of `TransactionsGetRequest`"),
        ("[]", "the request must be an object, and is a list"),
    ] {
        assert_eq!(item(body), format!("error: {message}"), "{body}");
    }
    let key = r#"{"idempotency_key": "", "access_token": "a", "account_id": "b", "authorization_id": "c", "description": "d"}"#;
    assert_eq!(
        own.snippet("bankTransferCreate", Some(key), None),
        "error: `idempotency_key` must not be empty: the client sends no empty idempotency key"
    );
    assert_eq!(own.snippet("itemGet", None, None), "error: the request has no body, and the operation needs one");
    let amount = |amount: &str| {
        let body = format!(
            r#"{{"access_token": "a", "account_id": "b", "authorization_id": "c", "description": "d", "amount": {amount}}}"#
        );
        own.snippet("transferCreate", Some(&body), None)
    };
    assert!(amount("\"92233720368547758080.50\"").contains("\"92233720368547758080.50\".parse::<Decimal>()?"));
    for (text, shown) in
        [("\"1e3\"", "\"1e3\""), ("\"12345678901234567890123456789\"", "\"12345678901234567890123456789\"")]
    {
        let message =
            format!("error: `amount` must be a decimal of at most 28 digits without an exponent, and is {shown}");
        assert_eq!(amount(text), message);
    }
    assert_eq!(amount("12.50"), "error: `amount` must be a decimal number in a string, and is a number");
}

#[test]
fn every_operation_has_an_example_unless_it_is_deprecated() {
    let Own { api, layout } = Own::new();
    for operation in &api.operations {
        let form = Form::Example { with_parameters: false };
        if let Err(error) = call_of(api, layout, operation, &operation.samples, form) {
            panic!("{}: {error}", operation.id);
        }
    }
}
