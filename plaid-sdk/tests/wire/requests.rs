//! What a request sends: only properties that were set, `null` if it was set, and lists even if they are empty.

use plaid_sdk::Nullable;
use plaid_sdk::institutions::InstitutionsGetRequestOptions;
use plaid_sdk::item::ItemWebhookUpdateRequest;
use plaid_sdk::transactions::{TransactionsSyncRequest, TransactionsSyncRequestOptions};
use plaid_sdk::transfer::{TransferCreateRequest, TransferCreateRequestRequired};

use crate::{read, written};

#[test]
fn absent_null_and_a_value_are_different() {
    let request = || ItemWebhookUpdateRequest::new("access-sandbox-1");
    let mut null = request().webhook("replaced");
    null.webhook = Nullable::Null;
    let hook = "https://example.com/hook";
    for (request, json) in [
        (request(), r#"{"access_token":"access-sandbox-1"}"#.to_owned()),
        (null, r#"{"access_token":"access-sandbox-1","webhook":null}"#.to_owned()),
        (request().webhook(hook), format!(r#"{{"access_token":"access-sandbox-1","webhook":"{hook}"}}"#)),
        (request().webhook(""), r#"{"access_token":"access-sandbox-1","webhook":""}"#.to_owned()),
    ] {
        assert_eq!(written(&request), json);
        // Stored and read again, all three are still different.
        assert_eq!(read::<ItemWebhookUpdateRequest>(&json), request);
    }
    assert!(request().webhook.is_absent());
}

#[test]
fn a_nullable_list_takes_any_iterator() {
    let codes = ["011401533", "021000021"];
    let options = InstitutionsGetRequestOptions::new().routing_numbers(codes.iter().map(|code| code.replace('0', "9")));
    assert_eq!(written(&options), r#"{"routing_numbers":["911491533","921999921"]}"#);
    let mut options = options.routing_numbers(Vec::<String>::new());
    assert_eq!(written(&options), r#"{"routing_numbers":[]}"#);
    options.routing_numbers = Nullable::Null;
    assert_eq!(written(&options), r#"{"routing_numbers":null}"#);
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
    let request = TransferCreateRequest::new(TransferCreateRequestRequired {
        description: "payment".to_owned(),
        authorization_id: "auth1".to_owned(),
        account_id: "a1".to_owned(),
        access_token: "access-sandbox-1".to_owned(),
    })
    .amount(amount);
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
