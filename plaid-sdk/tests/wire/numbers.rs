//! Numbers: amounts keep all digits, and numbers that do not fit are errors.

use plaid_sdk::Decimal;
use plaid_sdk::accounts::AccountsGetResponse;
use plaid_sdk::cra::PrismDetectVersion;
use plaid_sdk::credit::AssetHoldingAssetHoldingRestrictedIndicator;
use plaid_sdk::serde_json;
use plaid_sdk::transactions::TransactionsSyncResponse;
use plaid_sdk::transfer::TransferBalance;
use plaid_sdk::webhooks::JwkPublicKey;

use crate::samples::{account, accounts, page, transaction};
use crate::{read, refused, written};

#[test]
fn amounts_keep_their_digits() {
    for text in [
        "0",
        "1",
        "-1",
        "0.1",
        "1.10",
        "100.00",
        "-0.07",
        "1234567890.123456789",
        "0.30000000000000004",
        "9007199254740993",
        "9007199254740993.01",
        "123456789012345678.90",
        "79228162514264337593543950335",
        "-0.0000000000000000000000000001",
    ] {
        let page: TransactionsSyncResponse = read(&page(&[transaction(text)]));
        assert_eq!(page.added[0].amount, Decimal::from_str_exact(text).unwrap());
        assert_eq!(page.added[0].amount.to_string(), text);
        assert!(written(&page).contains(&format!("\"amount\":{text},")), "{text} in {}", written(&page));
    }
}

#[test]
fn amounts_in_scientific_notation_are_exact() {
    for (text, plain) in [("1e2", "100"), ("1.5E3", "1500"), ("12e-1", "1.2"), ("1.10e0", "1.10")] {
        let page: TransactionsSyncResponse = read(&page(&[transaction(text)]));
        assert_eq!(page.added[0].amount.to_string(), plain);
    }
}

#[test]
fn an_amount_in_a_string_is_read_and_written_as_a_number() {
    let page: TransactionsSyncResponse = read(&page(&[transaction("\"12.50\"")]));
    assert_eq!(page.added[0].amount.to_string(), "12.50");
    assert!(written(&page).contains("\"amount\":12.50,"));
}

#[test]
fn amounts_that_would_be_rounded_are_refused() {
    for text in
        ["1e400", "79228162514264337593543950336", "0.12345678901234567890123456789", "\"\"", "\"1,5\"", "\"NaN\""]
    {
        let error = refused::<TransactionsSyncResponse>(&page(&[transaction("1"), transaction(text)]));
        assert_eq!(error.path(), "added[1].amount");
        assert!(error.to_string().contains("a decimal number of at most 28 digits"), "{error}");
    }
}

#[test]
fn optional_amounts_keep_their_digits_too() {
    let text = accounts(&[account()])
        .to_string()
        .replace("110.5", "1234567890.10")
        .replace("\"limit\":null", "\"limit\":0.00");
    let response: AccountsGetResponse = read(&text);
    let balances = &response.accounts[0].balances;
    assert_eq!(balances.current.unwrap().to_string(), "1234567890.10");
    assert_eq!(balances.limit.unwrap().to_string(), "0.00");
    assert_eq!(balances.available, None);
    let back = written(&response);
    for part in ["\"current\":1234567890.10", "\"limit\":0.00", "\"available\":null"] {
        assert!(back.contains(part), "{part} in {back}");
    }
}

#[test]
fn decimal_strings_stay_strings() {
    for text in ["1721.70", "0", "-3.10", "1234567890.123456789"] {
        let json = format!(r#"{{"available":"{text}","current":"{text}","type":"prefunded_rtp_credits"}}"#);
        let balance: TransferBalance = read(&json);
        assert_eq!(balance.available.to_string(), text);
        assert_eq!(written(&balance), json);
        // With serde too, to text and to a value.
        assert_eq!(serde_json::to_string(&balance).unwrap(), json);
        assert_eq!(serde_json::to_value(&balance).unwrap()["current"], text);
    }
    let error = refused::<TransferBalance>(r#"{"available":"a lot","type":"prefunded_rtp_credits"}"#);
    assert_eq!(error.path(), "available");
}

#[test]
fn numbers_that_do_not_fit_an_integer_are_refused() {
    let key = |created: &str| {
        format!(
            r#"{{"alg":"ES256","crv":"P-256","kid":"k","kty":"EC","use":"sig","x":"x","y":"y",
                "created_at":{created},"expired_at":null}}"#
        )
    };
    for (text, value) in [("1560466150", 1_560_466_150), ("3.0", 3), ("9223372036854775807", i64::MAX)] {
        assert_eq!(read::<JwkPublicKey>(&key(text)).created_at, value);
    }
    for text in ["9223372036854775808", "-9223372036854775809", "1.5", "1e30", "\"1\"", "true"] {
        let error = refused::<JwkPublicKey>(&key(text));
        assert_eq!(error.path(), "created_at", "{error}");
    }
}

#[test]
fn ignored_numbers_may_have_any_size() {
    let huge = format!("{{\"new\":[1e999,-{}.5],", "9".repeat(400));
    let text = accounts(&[]).to_string().replacen('{', &huge, 1);
    assert!(read::<AccountsGetResponse>(&text).accounts.is_empty());
}

#[test]
fn coordinates_may_round() {
    let page: TransactionsSyncResponse = read(&page(&[transaction("1")]));
    assert_eq!(page.added[0].location.lat, Some(37.774_929_5));
}

#[test]
fn enums_of_numbers_and_booleans_take_both_forms() {
    for (json, known) in
        [("4.1", true), ("\"4.1\"", true), ("4", true), ("\"4\"", true), ("5.25", false), ("true", false)]
    {
        let version: PrismDetectVersion = read(json);
        assert_eq!(version.as_str(), json.trim_matches('"'));
        assert_eq!(version == PrismDetectVersion::V4_1 || version == PrismDetectVersion::V4, known, "{json}");
    }
    for json in ["true", "\"true\"", "false", "\"false\""] {
        let indicator: AssetHoldingAssetHoldingRestrictedIndicator = read(json);
        assert_eq!(indicator.to_string(), json.trim_matches('"'));
    }
    refused::<PrismDetectVersion>("[4]");
    refused::<PrismDetectVersion>("null");
}
