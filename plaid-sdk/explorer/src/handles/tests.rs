use std::collections::HashSet;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use plaid_catalog::redact::Class;
use plaid_catalog::tools::json;
use plaid_catalog::tools::samples::Size;

use super::{Caller, Handles, Limits, is_handle, response_type, without_personal};

fn operation(id: &str) -> &'static Operation {
    Catalog::plaid().operation(id).expect("the operation")
}

fn caller() -> Caller {
    Caller::new("test")
}

/// Hides a response and returns it as text.
fn hidden(handles: &Handles, id: &str, body: &str) -> String {
    handles.hide_text(&caller(), operation(id), body).expect("the response is hidden")
}

/// The string at a place of JSON text.
fn string(text: &str, pointer: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let found = value.pointer(pointer).and_then(serde_json::Value::as_str);
    found.unwrap_or_else(|| panic!("no string at {pointer} of {text}")).to_owned()
}

#[test]
fn credentials_become_handles_and_all_else_stays_byte_for_byte() {
    let handles = Handles::default();
    let body = r#"{"request_id":"r","access_token":"secret-1","item_id":"item","new":[1.50,12345678901234567890,{"b":null,"a":""}]}"#;
    let text = hidden(&handles, "itemPublicTokenExchange", body);
    let handle = string(&text, "/access_token");
    assert!(is_handle(&handle), "{handle}");
    assert_eq!(text.replace(&handle, "secret-1"), body);
    assert_eq!(handles.reveal(&caller(), &handle).as_deref(), Some("secret-1"));
    assert_eq!(hidden(&handles, "itemPublicTokenExchange", body), text, "the same value has the same handle");
}

#[test]
fn account_numbers_are_hidden_at_any_depth_and_masks_stay() {
    let handles = Handles::default();
    let body = r#"{"accounts":[{"account_id":"a1","mask":"0000"}],"numbers":{"ach":[{"account":"1111222233330000","account_id":"a1","routing":"011401533","wire_routing":null}]}}"#;
    let text = hidden(&handles, "authGet", body);
    assert!(is_handle(&string(&text, "/numbers/ach/0/account")));
    assert!(!text.contains("1111222233330000"));
    assert_eq!(string(&text, "/accounts/0/mask"), "0000");
    assert_eq!(string(&text, "/accounts/0/account_id"), "a1");
    assert!(text.contains("\"wire_routing\":null"));
}

#[test]
fn tokens_in_properties_that_the_model_lacks_and_in_messages_are_hidden() {
    let handles = Handles::default();
    let token = "access-sandbox-4be8ce15-6f0a-4a0f-8c1e-6a7b0d1a2b3c";
    let body = format!(
        r#"{{"error_code":"X","error_message":"no Item for {token}","brand_new":{{"deep":["{token}"]}},"link_token":"anything"}}"#
    );
    let text = hidden(&handles, "itemGet", &body);
    assert!(!text.contains("sandbox"), "{text}");
    assert!(is_handle(&string(&text, "/brand_new/deep/0")));
    assert!(is_handle(&string(&text, "/link_token")), "known by its name");
    assert!(string(&text, "/error_message").starts_with("no Item for handle:access_token:"));
}

#[test]
fn a_value_that_plaid_repeats_elsewhere_is_hidden_there_too() {
    let handles = Handles::default();
    let text =
        hidden(&handles, "itemPublicTokenExchange", r#"{"item_id":"opaque-secret","access_token":"opaque-secret"}"#);
    assert!(!text.contains("opaque-secret"), "{text}");
    let later = hidden(&handles, "linkTokenGet", r#"{"metadata":{"client_name":"opaque-secret"}}"#);
    assert_eq!(string(&later, "/metadata/client_name"), string(&text, "/access_token"));
}

#[test]
fn requests_get_the_values_back_and_lost_handles_are_named_by_their_place() {
    let handles = Handles::default();
    let text = hidden(&handles, "itemPublicTokenExchange", r#"{"access_token":"secret-1"}"#);
    let handle = string(&text, "/access_token");
    let request =
        json::parse(&format!(r#"{{"count":1.0,"access_tokens":["{handle}","plain"],"x":{{"y":"{handle}"}}}}"#));
    let request = request.expect("JSON");
    let resolved = handles.resolve(&caller(), &request).expect("the handles are known");
    assert_eq!(json::json(&resolved), r#"{"count":1.0,"access_tokens":["secret-1","plain"],"x":{"y":"secret-1"}}"#);

    let foreign = handles.resolve(&Caller::new("another"), &request).expect_err("another caller has no handles");
    assert_eq!(foreign.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["access_tokens[0]", "x.y"]);
    assert!(foreign[0].to_string().contains("Call the operation that returned it again"));
    assert_eq!(handles.reveal(&Caller::new("another"), &handle), None);

    let cut = &handle[..handle.len() - 3];
    let damaged = handles.resolve(&caller(), &Sample::Text(cut.to_owned())).expect_err("a cut handle is not known");
    assert_eq!(damaged[0].handle, cut);

    let short = Handles::new(Limits { life: std::time::Duration::ZERO, ..Limits::default() });
    let handle = string(&hidden(&short, "itemPublicTokenExchange", r#"{"access_token":"s"}"#), "/access_token");
    std::thread::sleep(std::time::Duration::from_millis(2));
    assert!(short.resolve(&caller(), &Sample::Text(handle)).is_err(), "it expired");
}

#[test]
fn numbers_come_back_as_numbers() {
    let handles = Handles::default();
    let text = hidden(&handles, "authGet", r#"{"numbers":{"ach":[{"account":1111222233330000.0}]}}"#);
    let handle = string(&text, "/numbers/ach/0/account");
    let resolved = handles.resolve(&caller(), &Sample::Text(handle)).expect("it is known");
    assert_eq!(resolved, Sample::Number("1111222233330000.0".to_owned()));
}

#[test]
fn personal_values_are_hidden_on_request_only() {
    let body = r#"{"accounts":[{"owners":[{"names":["Alberta Charleson"],"emails":[{"data":"a@b.example","type":"primary"}]}],"mask":"0000"}]}"#;
    let text = hidden(&Handles::default(), "identityGet", body);
    assert_eq!(text, body);
    let masked = json::json(&without_personal(operation("identityGet"), &json::parse(body).expect("JSON")));
    assert!(!masked.contains("Charleson") && !masked.contains("a@b.example"), "{masked}");
    assert!(masked.contains("\"mask\":\"0000\"") && masked.contains("\"type\":\"primary\""), "{masked}");
}

#[test]
fn no_response_of_any_operation_shows_a_credential() {
    let catalog = Catalog::plaid();
    let mut seen = 0;
    for operation in &catalog.api().operations {
        let Some(body) = catalog.sampler().response(operation, Size::Full) else { continue };
        let handles = Handles::default();
        let hidden = handles.hide(&caller(), operation, &body).expect("it is hidden");
        let mut values = HashSet::new();
        let rewriter = catalog.rewriter();
        rewriter.rewrite(response_type(operation), &body, &mut |class, _, leaf| {
            if class == Class::Credential && matches!(leaf, Sample::Text(text) if text.len() >= super::ECHO_LENGTH) {
                values.insert(json::json(leaf));
            }
            None
        });
        let text = json::json(&hidden);
        for value in &values {
            assert!(!text.contains(value.as_str()), "{}: {value}", operation.id);
        }
        seen += values.len();
        let back = handles.resolve(&caller(), &hidden).expect("all handles are known");
        assert_eq!(json::json(&back), json::json(&body), "{}", operation.id);
    }
    assert!(seen > 100, "only {seen} credentials in all responses");
}

#[test]
fn debug_shows_no_value() {
    let handles = Handles::default();
    hidden(&handles, "itemPublicTokenExchange", r#"{"access_token":"secret-1"}"#);
    assert!(!format!("{handles:?}").contains("secret-1"));
}
