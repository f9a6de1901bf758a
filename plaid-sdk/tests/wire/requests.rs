//! What a request sends: only properties that were set, `null` if it was set, and lists even if they are empty.

use plaid_sdk::Nullable;
use plaid_sdk::item::ItemWebhookUpdateRequest;
use plaid_sdk::transactions::{TransactionsSyncRequest, TransactionsSyncRequestOptions};
use plaid_sdk::transfer::TransferCreateRequest;

use crate::{read, written};

#[test]
fn absent_null_and_a_value_are_different() {
    let request = || ItemWebhookUpdateRequest::new("access-sandbox-1");
    let hook = "https://example.com/hook";
    for (request, json) in [
        (request(), r#"{"access_token":"access-sandbox-1"}"#.to_owned()),
        (request().webhook(Nullable::Null), r#"{"access_token":"access-sandbox-1","webhook":null}"#.to_owned()),
        (request().webhook(None), r#"{"access_token":"access-sandbox-1","webhook":null}"#.to_owned()),
        (request().webhook(hook), format!(r#"{{"access_token":"access-sandbox-1","webhook":"{hook}"}}"#)),
        (request().webhook(""), r#"{"access_token":"access-sandbox-1","webhook":""}"#.to_owned()),
    ] {
        assert_eq!(written(&request), json);
        // Stored and read again, all three are still different.
        assert_eq!(read::<ItemWebhookUpdateRequest>(&json), request);
    }
    assert!(request().webhook.is_absent() && request().webhook(None).webhook.is_null());
}

#[test]
fn unset_optional_properties_are_left_out_at_every_depth() {
    let request = TransactionsSyncRequest::new("access-sandbox-1");
    assert_eq!(written(&request), r#"{"access_token":"access-sandbox-1"}"#);
    let request = request.cursor("c1").count(100).options(TransactionsSyncRequestOptions::default());
    assert_eq!(written(&request), r#"{"access_token":"access-sandbox-1","cursor":"c1","count":100,"options":{}}"#);
}

#[test]
fn amounts_are_sent_in_the_documents_format() {
    let amount = plaid_sdk::Decimal::from_str_exact("12.30").unwrap();
    let request = TransferCreateRequest::new("access-sandbox-1", "a1", "auth1", "payment").amount(amount);
    assert_eq!(
        written(&request),
        r#"{"access_token":"access-sandbox-1","account_id":"a1","authorization_id":"auth1","amount":"12.30","description":"payment"}"#
    );
}

#[test]
fn text_is_sent_unchanged() {
    let text = "\"quotes\", \\ and \n, \u{0}, \u{1F600}, \u{2028}";
    let request = TransactionsSyncRequest::new(text);
    assert_eq!(read::<TransactionsSyncRequest>(&written(&request)).access_token, text);
}
