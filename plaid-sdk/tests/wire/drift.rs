//! Responses of an API that is newer than these types.

use plaid_sdk::accounts::{AccountType, AccountsGetResponse};
use plaid_sdk::identity::IdentityGetResponse;
use plaid_sdk::item::Products;
use plaid_sdk::link::LinkTokenCreateRequest;
use plaid_sdk::response::Deviations;
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::transactions::{TransactionPaymentChannel, TransactionsSyncResponse};
use plaid_sdk::webhooks::Webhook;
use plaid_sdk::wire;

use crate::samples::{account, accounts, page, transaction};
use crate::{read, refused, written};

#[test]
fn unknown_properties_are_ignored() {
    let mut new = account();
    new["risk"] = json!({"score": 1e300, "reasons": [null, {"deep": [[[]]]}], "note": "\u{1F600} \"\\"});
    new["balances"]["pending"] = json!([1, 2]);
    let mut response = accounts(&[new]);
    response["next"] = json!(18446744073709551615_u64);
    let read: AccountsGetResponse = read(&response.to_string());
    assert_eq!(read, crate::read(&accounts(&[account()]).to_string()));
    assert!(!written(&read).contains("risk"));
}

#[test]
fn an_unknown_enum_value_is_kept_compared_and_sent_back() {
    for value in ["brokerage-2", "Depository", "", "unknown", "\u{e9}\n\"", "depository "] {
        let mut new = account();
        new["type"] = json!(value);
        let response: AccountsGetResponse = read(&accounts(&[new]).to_string());
        let kind = &response.accounts[0].r#type;
        assert_eq!(kind.as_str(), value);
        assert_eq!(kind.to_string(), value);
        assert_ne!(*kind, AccountType::Depository);
        assert_eq!(*kind, AccountType::from(value));
        let back: Value = plaid_sdk::serde_json::from_str(&written(&response)).unwrap();
        assert_eq!(back["accounts"][0]["type"], value);
    }
}

#[test]
fn a_listed_value_named_other_is_a_normal_variant() {
    let mut known = account();
    known["type"] = json!("other");
    let response: AccountsGetResponse = read(&accounts(&[known]).to_string());
    assert_eq!(response.accounts[0].r#type, AccountType::Other);
    assert_ne!(AccountType::Other, AccountType::from("Other"));
}

#[test]
fn a_list_may_contain_unknown_values() {
    let mut response = accounts(&[]);
    response["item"]["billed_products"] = json!(["auth", "teleport", "transactions"]);
    let read: AccountsGetResponse = read(&response.to_string());
    assert_eq!(read.item.billed_products, [Products::Auth, Products::from("teleport"), Products::Transactions]);
    let text = transaction("1").replace("in store", "by drone");
    let page: TransactionsSyncResponse = crate::read(&page(&[text]));
    assert_eq!(page.added[0].payment_channel, TransactionPaymentChannel::from("by drone"));
}

#[test]
fn a_null_list_is_empty() {
    let mut response = accounts(&[]);
    response["accounts"] = Value::Null;
    response["item"]["available_products"] = Value::Null;
    let read: AccountsGetResponse = read(&response.to_string());
    assert!(read.accounts.is_empty() && read.item.available_products.is_empty());
    assert!(written(&read).contains(r#""accounts":[]"#));
}

#[test]
fn optional_properties_may_be_null_or_absent() {
    let least: AccountsGetResponse = read(&accounts(&[account()]).to_string());
    let mut nulls = account();
    for name in ["verification_status", "persistent_account_id", "holder_category", "verification_insights"] {
        nulls[name] = Value::Null;
    }
    assert_eq!(least, read(&accounts(&[nulls]).to_string()));
    assert_eq!(least.accounts[0].holder_category, None);
}

#[test]
fn missing_required_properties_are_reported_with_their_place() {
    let whole = transaction("1");
    let without = whole.replace("\"amount\": 1,", "");
    assert_ne!(whole, without);
    let added = [whole.clone(), whole.clone(), whole, without];
    let error = refused::<TransactionsSyncResponse>(&page(&added));
    assert_eq!(error.path(), "added[3]");
    assert!(error.to_string().starts_with("added[3]: missing field `amount`"), "{error}");

    for (at, name) in [("", "item"), ("item", "item_id"), ("accounts[0]", "account_id")] {
        let mut response = accounts(&[account()]);
        let holder = match at {
            "" => &mut response,
            "item" => &mut response["item"],
            _ => &mut response["accounts"][0],
        };
        assert!(holder.as_object_mut().unwrap().remove(name).is_some(), "{name}");
        let error = refused::<AccountsGetResponse>(&response.to_string());
        assert_eq!(error.path(), at);
        assert!(error.to_string().contains(&format!("missing field `{name}`")), "{error}");
    }
}

#[test]
fn only_digits_of_ids_are_read_as_text() {
    let mut response = accounts(&[account()]);
    response["item"]["item_id"] = json!(7);
    response["item"]["institution_id"] = json!(109_508);
    let read: AccountsGetResponse = read(&response.to_string());
    assert_eq!((read.item.item_id.as_str(), read.item.institution_id.as_deref()), ("7", Some("109508")));
    for property in ["mask", "name"] {
        let mut response = accounts(&[account()]);
        response["accounts"][0][property] = json!(7);
        let error = refused::<AccountsGetResponse>(&response.to_string());
        assert_eq!(error.path(), format!("accounts[0].{property}"));
        assert!(error.to_string().contains("a whole number, expected a string"), "{error}");
    }
}

/// A webhook with a list of ids.
fn removed(ids: &str) -> String {
    format!(
        r#"{{"webhook_type": "TRANSACTIONS", "webhook_code": "TRANSACTIONS_REMOVED", "item_id": "item-1",
            "environment": "sandbox", "removed_transactions": {ids}}}"#
    )
}

#[test]
fn a_number_in_a_list_is_read_if_the_list_is_one_of_ids() {
    let mut deviations = Deviations::default();
    let json = removed(r#"["a", 5, null, "b", 18446744073709551615]"#);
    let webhook = wire::from_json_with_deviations::<Webhook>(json.as_bytes(), &mut deviations).unwrap();
    let Webhook::TransactionsRemoved(webhook) = webhook else { panic!("{webhook:?}") };
    assert_eq!(webhook.removed_transactions, ["a", "5", "b", "18446744073709551615"]);
    assert_eq!(
        deviations.to_string(),
        "removed_transactions[1]: expected a string, found a whole number; \
         removed_transactions[2]: expected a string, found null; \
         removed_transactions[4]: expected a string, found a whole number"
    );
    for (ids, path) in [("[5.0]", "[0]"), (r#"["a", true]"#, "[1]"), ("[[5]]", "[0]"), ("5", "")] {
        assert_eq!(refused::<Webhook>(&removed(ids)).path(), format!("removed_transactions{path}"));
    }

    let owner = json!({"names": ["a"], "phone_numbers": [], "emails": [], "addresses": []});
    let mut account = account();
    for (names, path) in [(json!(["a", 5]), "[1]"), (json!([7, null]), "[0]"), (json!([null, 5, 6]), "[1]")] {
        let mut owner = owner.clone();
        owner["names"] = names;
        account["owners"] = json!([owner]);
        let mut response = accounts(&[]);
        response["accounts"] = json!([account]);
        let error = refused::<IdentityGetResponse>(&response.to_string());
        assert_eq!(error.path(), format!("accounts[0].owners[0].names{path}"));
        assert!(error.to_string().contains("a whole number, expected a string"), "{error}");
    }
}

#[test]
fn a_lone_surrogate_never_changes_an_id_a_code_or_a_value_of_an_enum() {
    let error = wire::from_json::<Webhook>(removed(r#"["a", "b\ud83d"]"#).as_bytes()).unwrap_err();
    assert_eq!(error.path(), "removed_transactions[1]");
    let whole = accounts(&[account()]).to_string();
    for (text, path) in [
        (r#""USD""#, "accounts[0].balances.iso_currency_code"),
        (r#""depository""#, "accounts[0].type"),
        (r#""account_id":"a1""#, "accounts[0].account_id"),
    ] {
        let damaged = whole.replace(text, &format!("{}\\ud83d\"", &text[..text.len() - 1]));
        assert_ne!(whole, damaged, "{text}");
        let error = wire::from_json::<AccountsGetResponse>(damaged.as_bytes()).unwrap_err();
        assert_eq!(error.path(), path);
        assert!(error.to_string().contains("a lone surrogate in "), "{error}");
    }
    // Bytes that are not UTF-8 are never replaced.
    let mut bytes = whole.replace("\"USD\"", "\"US@\"").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xff;
    let error = wire::from_json::<AccountsGetResponse>(&bytes).unwrap_err();
    assert!(error.to_string().starts_with("not UTF-8: "), "{error}");
}

#[test]
fn a_page_of_changes_is_whole() {
    for (from, to, path, what) in [
        (r#""modified": [],"#, "", "", "missing field `modified`"),
        (r#""modified": [],"#, r#""modified": null,"#, "modified", "null, expected an array"),
        (r#""removed": []"#, r#""removed": [null]"#, "removed[0]", "null, expected an element"),
        (r#""next_cursor": "c1","#, "", "", "missing field `next_cursor`"),
        (r#""has_more": false"#, r#""has_more": null"#, "has_more", "null"),
    ] {
        let whole = page(&[transaction("1")]);
        let page = whole.replace(from, to);
        assert_ne!(page, whole);
        let error = refused::<TransactionsSyncResponse>(&page);
        assert_eq!(error.path(), path);
        assert!(error.to_string().contains(what), "{error}");
    }
    // The next update has the accounts again.
    let page = page(&[transaction("1")]).replace(r#""accounts": [],"#, "");
    assert_eq!(read::<TransactionsSyncResponse>(&page).accounts, []);
}

#[test]
fn webhooks_and_stored_values_are_read_alike() {
    let webhook = r#"{"webhook_type": "ITEM", "webhook_code": "PENDING_EXPIRATION", "item_id": 17, "environment": "sandbox",
        "consent_expiration_time": "2026-03-01T09:30:00"}"#;
    let read: Webhook = read(webhook);
    let Webhook::PendingExpiration(webhook) = read else { panic!("{read:?}") };
    assert_eq!(webhook.item_id, "17");
    assert_eq!(webhook.consent_expiration_time.to_string(), "2026-03-01T09:30:00Z");
}

#[test]
fn a_request_from_a_file_needs_what_it_requires() {
    let error = refused::<LinkTokenCreateRequest>(r#"{"language": "en", "country_codes": ["US"]}"#);
    assert!(error.to_string().contains("missing field `client_name`"), "{error}");
}

#[test]
fn formats_without_raw_text_are_read_alike() {
    let mut response = accounts(&[account()]);
    response["accounts"][0]["name"] = Value::Null;
    response["accounts"][0]["balances"] = Value::Null;
    response["item"]["item_id"] = json!(7);
    response["accounts"].as_array_mut().unwrap().push(Value::Null);
    let read: AccountsGetResponse = plaid_sdk::serde_json::from_value(response.clone()).unwrap();
    assert_eq!(read, crate::read(&response.to_string()));
    assert_eq!((read.accounts.len(), read.accounts[0].name.as_str(), read.item.item_id.as_str()), (1, "", "7"));
}
