//! Identity over HTTP: owners, matches, refreshes and documents.

use crate::support::Lab;
use plaid_emulator::{AccountNumbers, Emulator, Finish, Login};
use serde_json::{Value, json};

async fn lab() -> Lab {
    Lab::start(Emulator::builder()).await
}

fn user() -> Value {
    json!({
        "legal_name": "Alberta Charleson",
        "phone_number": "+11112223333",
        "email_address": "accountholder0@example.com",
        "address": {"street": "2992 Cameron Road", "city": "Malakoff", "region": "NY", "postal_code": "14236", "country": "US"},
    })
}

#[tokio::test]
async fn a_user_is_compared_with_the_owners_of_each_account() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let matched = lab.call("/identity/match", json!({"access_token": access, "user": user()})).await;
    let accounts = matched["accounts"].as_array().expect("accounts");
    assert_eq!(accounts.len(), 14);
    let scores = |account: &Value| {
        ["legal_name", "phone_number", "email_address", "address"].map(|name| account[name]["score"].as_u64())
    };
    assert_eq!(scores(&accounts[0]), [Some(95), Some(100), Some(100), Some(100)]);
    let balances = accounts[0]["balances"].as_object().expect("balances");
    assert!(balances.contains_key("current") && balances.values().all(Value::is_null), "a match shows no balances");
    assert!(matched["item"]["products"].as_array().is_some_and(|all| all.contains(&json!("identity_match"))));

    let other = json!({"legal_name": "Leslie Knope", "email_address": "leslie@pawnee.gov"});
    let one = json!({"access_token": access, "user": other, "options": {"account_ids": [accounts[0]["account_id"]]}});
    let matched = lab.call("/identity/match", one).await["accounts"].clone();
    assert_eq!(matched.as_array().map(Vec::len), Some(1));
    assert!(scores(&matched[0])[0] < Some(70) && scores(&matched[0])[2] < Some(70));
    assert_eq!(matched[0]["phone_number"], json!({"score": null}), "an object, for clients with types");
    assert_eq!(matched[0]["address"], json!({"is_postal_code_match": null, "score": null}));
    assert_eq!(lab.fail("/identity/match", json!({"access_token": access})).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn the_link_token_can_say_who_the_user_is() {
    let lab = lab().await;
    let mut about = json!({"client_user_id": "user-1"});
    about["legal_name"] = "Alberta Bobbeth Charleson".into();
    let token = lab.link_token(json!({"products": ["identity"], "user": about})).await;
    let login = Login { username: "user_good", password: "pass_good" };
    let finish = Finish { institution: "ins_109508", login, masks: None };
    let done = lab.tenant().complete_link(&token, finish).expect("an Item");
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let matched = lab.call("/identity/match", json!({"access_token": item["access_token"]})).await;
    assert_eq!(matched["accounts"][0]["legal_name"]["score"], 100);
}

#[tokio::test]
async fn a_processor_compares_one_account() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let body = json!({"access_token": access, "account_id": accounts[1]["account_id"], "processor": "dwolla"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let body = json!({"processor_token": token, "user": user()});
    let account = lab.call("/processor/identity/match", body.clone()).await["account"].clone();
    assert_eq!(account["account_id"], accounts[1]["account_id"]);
    assert_eq!(account["phone_number"]["score"], 100);
    lab.call("/processor/token/permissions/set", json!({"processor_token": token, "products": ["auth"]})).await;
    assert_eq!(lab.fail("/processor/identity/match", body).await, "ITEM_ERROR/PRODUCT_NOT_ENABLED");
}

#[tokio::test]
async fn a_refresh_without_changes_is_silent() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    lab.call("/identity/refresh", json!({"access_token": access})).await;
    assert!(lab.tenant().webhooks().iter().all(|webhook| webhook.kind != "IDENTITY"));
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/identity/refresh", json!({"access_token": access})).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}

#[tokio::test]
async fn a_user_without_a_login_has_a_document() {
    let lab = lab().await;
    let token = lab.link_token(json!({})).await;
    let numbers = AccountNumbers { name: Some("Ann Other"), ..AccountNumbers::new("1111222233330000", "110000000") };
    let done = lab.tenant().enter_numbers(&token, &numbers).expect("an Item");
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let get = json!({"access_token": item["access_token"]});
    let account = lab.call("/identity/documents/uploads/get", get.clone()).await["accounts"][0].clone();
    assert_eq!(account["owners"][0]["names"], json!(["Ann Other"]));
    assert_eq!(account["documents"][0]["metadata"]["document_type"], "BANK_STATEMENT");
    let again = lab.call("/identity/documents/uploads/get", get).await["accounts"][0].clone();
    assert_eq!(again["documents"], account["documents"]);
    let access = lab.item("user_good", json!({})).await;
    let none = lab.call("/identity/documents/uploads/get", json!({"access_token": access})).await;
    assert_eq!(none["accounts"][0]["documents"], json!([]));
}
