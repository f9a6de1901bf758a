//! Malformed input is an error with a path, without a panic. The error does not contain the input.

use plaid_sdk::accounts::AccountsGetResponse;
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::transactions::TransactionsSyncResponse;

use crate::samples::{account, accounts, page, transaction};
use crate::{read, refused};

#[test]
fn a_value_of_another_type_is_reported_with_place_and_type() {
    let cases = [
        ("/accounts/0/name", json!(["Secret"]), "accounts[0].name", "an array", "a string"),
        ("/accounts/0/account_id", json!(null), "accounts[0].account_id", "null", "a string"),
        ("/accounts/0/account_id", json!(17_171_717.5), "accounts[0].account_id", "a number", "a string"),
        ("/accounts/0/type", json!(null), "accounts[0].type", "null", "a string"),
        ("/accounts/0/type", json!(17_171_717), "accounts[0].type", "a whole number", "a string"),
        ("/accounts/0/balances", json!("Secret"), "accounts[0].balances", "a string", "an object"),
        ("/accounts/0/balances/current", json!(true), "accounts[0].balances.current", "", "a decimal number"),
        ("/accounts/0/type", json!({"Secret": 1}), "accounts[0].type", "an object", "a string"),
        ("/accounts", json!({"Secret": 1}), "accounts", "an object", "an array"),
        ("/item/billed_products/0", json!(1.5), "item.billed_products[0]", "a number", "a string"),
        ("/item", json!([]), "item", "an array", "an object"),
    ];
    for (at, value, path, found, expected) in cases {
        let mut response = accounts(&[account()]);
        *response.pointer_mut(at).unwrap() = value;
        let error = refused::<AccountsGetResponse>(&response.to_string());
        assert_eq!(error.path(), path);
        let text = error.to_string();
        assert!(text.starts_with(path) && text.contains(found) && text.contains(expected), "{text}");
        assert!(!text.contains("Secret") && !text.contains("17171717"), "{text}");
    }
}

#[test]
fn invalid_dates_are_reported() {
    for (from, to) in
        [("\"2026-03-01\"", "\"2026-02-30\""), ("\"2026-03-01\"", "\"yesterday\""), ("\"2026-03-01\"", "20260301")]
    {
        let text = page(&[transaction("1").replace(from, to)]);
        let error = refused::<TransactionsSyncResponse>(&text);
        assert_eq!(error.path(), "added[0].date");
        assert!(error.to_string().contains("a date such as 2026-03-01"), "{error}");
        assert!(!error.to_string().contains("yesterday"), "{error}");
    }
    let text = page(&[transaction("1").replace("\"datetime\": null", "\"datetime\": \"noon\"")]);
    assert_eq!(refused::<TransactionsSyncResponse>(&text).path(), "added[0].datetime");
}

#[test]
fn a_text_cut_off_anywhere_is_refused() {
    let whole = accounts(&[account()]).to_string();
    read::<AccountsGetResponse>(&whole);
    for end in 0..whole.len() {
        let error = refused::<AccountsGetResponse>(&whole[..end]);
        let text = error.to_string();
        assert!(text.contains("EOF") || text.contains("invalid number"), "cut at {end}: {text}");
    }
}

#[test]
fn invalid_json_is_refused() {
    let whole = accounts(&[]).to_string();
    let more = format!("{whole} {whole}");
    let comma = whole.replace("}", ",}");
    let number = whole.replace("[]", "[NaN]");
    for text in ["", " ", "<html>busy</html>", "null", "[]", "1", "\"{}\"", "\u{feff}{}", &more, &comma, &number] {
        refused::<AccountsGetResponse>(text);
    }
    let mut bytes = whole.into_bytes();
    bytes[2] = 0xff;
    let error = plaid_sdk::wire::from_json::<AccountsGetResponse>(&bytes).unwrap_err();
    assert!(error.to_string().contains("UTF-8"), "{error}");
}

#[test]
fn duplicate_properties_are_refused_and_never_mixed() {
    let whole = accounts(&[account()]).to_string();
    for (once, path) in [
        (r#""request_id":"r1""#, ""),
        (r#""name":"Checking""#, "accounts[0]"),
        (r#""limit":null"#, "accounts[0].balances"),
    ] {
        assert!(whole.contains(once), "{once} in {whole}");
        let error = refused::<AccountsGetResponse>(&whole.replace(once, &format!("{once},{once}")));
        assert_eq!(error.path(), path);
        assert!(error.to_string().contains("duplicate field"), "{error}");
    }
    let item = r#""item":{"item_id":"i2"}"#;
    refused::<AccountsGetResponse>(&whole.replacen('{', &format!("{{{item},"), 1));
    // Unknown properties may be duplicated.
    read::<AccountsGetResponse>(&whole.replacen('{', r#"{"new":1,"new":2,"#, 1));
}

#[test]
fn deep_nesting_is_ignored_or_refused() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let whole = accounts(&[]).to_string();
    for levels in [100, 100_000] {
        let text = whole.replacen('{', &format!("{{\"new\":{},", deep(levels)), 1);
        assert!(read::<AccountsGetResponse>(&text).accounts.is_empty());
    }
    // Where any value is allowed, it would have to be kept.
    for levels in [1_000, 100_000] {
        let text = whole.replacen("[]", &deep(levels), 1);
        assert_eq!(refused::<AccountsGetResponse>(&text).path(), "accounts[0]");
        let objects = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
        assert!(refused::<Value>(&objects).to_string().contains("recursion limit"));
    }
}
