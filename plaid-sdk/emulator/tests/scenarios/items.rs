//! Items over HTTP: what is noted of them, what ends their permission, and webhooks on demand.

use crate::support::Lab;
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{Emulator, Finish, Login};
use serde_json::{Value, json};

const GOOD: Login<'static> = Login { username: "user_good", password: "pass_good" };

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

async fn lab() -> Lab {
    Lab::start(Emulator::builder().frozen_at(noon())).await
}

fn hook() -> Value {
    json!({"webhook": "http://127.0.0.1:9/hook"})
}

/// The codes of an Item's webhooks about itself.
fn codes(lab: &Lab) -> Vec<String> {
    let items = lab.tenant().webhooks().into_iter().filter(|webhook| webhook.kind == "ITEM");
    items.map(|webhook| webhook.code).collect()
}

fn body(lab: &Lab, code: &str) -> Value {
    let all = lab.tenant().webhooks();
    let found = all.iter().rev().find(|webhook| webhook.code == code).expect("a webhook");
    serde_json::from_str(&found.body).expect("JSON")
}

async fn update_token(lab: &Lab, access: &str, selects: bool) -> String {
    lab.link_token(json!({"access_token": access, "update": {"account_selection_enabled": selects}})).await
}

async fn masks(lab: &Lab, access: &str) -> Vec<String> {
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let all = accounts.as_array().into_iter().flatten();
    all.map(|one| one["mask"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn import(lab: &Lab) -> String {
    let request =
        json!({"products": ["identity", "auth"], "user_auth": {"user_id": "user_good", "auth_token": "pass_good"}});
    lab.call("/item/import", request).await["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn activities_are_listed_newest_first_in_pages() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    lab.call("/auth/get", json!({"access_token": access})).await;
    for _ in 0..3 {
        let token = update_token(&lab, &access, false).await;
        let finish = Finish { institution: "", login: GOOD, masks: None };
        lab.tenant().complete_link(&token, finish).expect("repaired");
    }
    let (mut seen, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let page = json!({"access_token": access, "count": 3, "cursor": cursor});
        let page = lab.call("/item/activity/list", page).await;
        let activities = page["activities"].as_array().expect("a list");
        seen.extend(activities.iter().map(|one| one["activity"].as_str().unwrap_or_default().to_owned()));
        let times = &page["last_data_access_times"][0];
        assert_eq!(
            (&times["account_routing_number"], &times["investments"]),
            (&json!("2026-11-28T12:00:00Z"), &json!(null))
        );
        cursor = page["cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(seen, ["ITEM_UPDATE", "ITEM_UPDATE", "ITEM_UPDATE", "ITEM_CREATE"]);
    let foreign = json!({"access_token": access, "cursor": "x"});
    assert_eq!(lab.fail("/item/activity/list", foreign).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn consent_is_granted_updated_and_revoked() {
    let lab = lab().await;
    let access = lab.item("user_good", hook()).await;
    let get = json!({"access_token": access});
    let events = async || lab.call("/consent/events/get", get.clone()).await["consent_events"].clone();
    let granted = events().await;
    let code = |event: &Value| event["event_code"].as_str().unwrap_or_default().to_owned();
    let all: Vec<_> = granted.as_array().expect("a list").iter().map(code).collect();
    assert_eq!(all, ["USER_AGREEMENT", "USE_CASES", "DATA_SCOPES", "ACCOUNT_SCOPES"]);
    assert_eq!(granted[2]["consented_data_scopes"], json!(["account_balance_info", "transactions"]));
    assert_eq!(granted[3]["consented_accounts"].as_array().map(Vec::len), Some(14));
    lab.call("/sandbox/item/fire_webhook", json!({"access_token": access, "webhook_code": "USER_PERMISSION_REVOKED"}))
        .await;
    let revoked = events().await;
    assert_eq!(
        (&revoked[4]["event_type"], &revoked[4]["event_code"]),
        (&json!("CONSENT_REVOKED"), &json!("REVOCATION"))
    );
}

#[tokio::test]
async fn applications_are_connected_to_imported_items() {
    let lab = lab().await;
    let linked = lab.item("user_good", json!({})).await;
    let id = "5f0000000000000000000001";
    let seed = |access: &str| json!({"access_token": access, "application_id": id});
    assert_eq!(lab.fail("/sandbox/item/application/seed", seed(&linked)).await, "INVALID_REQUEST/INVALID_FIELD");
    let access = import(&lab).await;
    lab.call("/sandbox/item/application/seed", seed(&access)).await;
    lab.call("/sandbox/item/application/seed", seed(&access)).await;
    let list = json!({"access_token": access});
    let all = lab.call("/item/application/list", list.clone()).await["applications"].clone();
    assert_eq!((all.as_array().map(Vec::len), &all[0]["name"]), (Some(1), &json!("Budget Bee")));
    assert_eq!(lab.call("/application/get", json!({"application_id": id})).await["application"]["city"], "Portland");
    assert_eq!(lab.fail("/application/get", json!({"application_id": "x"})).await, "INVALID_REQUEST/INVALID_FIELD");

    let scopes = json!({"product_access": {"auth": true, "transactions": false}, "new_accounts": false});
    let mut update = json!({"access_token": access, "application_id": id, "scopes": scopes, "context": "ENROLLMENT"});
    assert_eq!(lab.fail("/item/application/scopes/update", update.clone()).await, "INVALID_REQUEST/MISSING_FIELDS");
    update["context"] = "PORTAL".into();
    lab.call("/item/application/scopes/update", update).await;
    let all = lab.call("/item/application/list", json!({})).await["applications"].clone();
    assert_eq!(all[0]["scopes"]["product_access"]["transactions"], false);
    lab.call("/item/application/unlink", seed(&access)).await;
    assert_eq!(lab.call("/item/application/list", list.clone()).await["applications"], json!([]));
    assert_eq!(lab.fail("/item/application/unlink", seed(&access)).await, "INVALID_REQUEST/INVALID_FIELD");
    let activities = lab.call("/item/activity/list", list).await["activities"].clone();
    let kinds: Vec<_> = activities.as_array().into_iter().flatten().map(|one| one["activity"].as_str()).collect();
    assert_eq!(kinds, [Some("PORTAL_UNLINK"), Some("SCOPES_UPDATE"), Some("ITEM_IMPORT")]);
    assert_eq!(activities[0]["target_application_id"], id);
}

#[tokio::test]
async fn a_terminated_item_is_gone() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    lab.call("/item/products/terminate", json!({"access_token": access, "reason_code": "OTHER"})).await;
    assert_eq!(lab.fail("/item/get", json!({"access_token": access})).await, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn each_code_can_be_fired_and_does_what_it_says() {
    let lab = lab().await;
    let fire = async |access: &str, kind: &str, code: &str| {
        let body = json!({"access_token": access, "webhook_type": kind, "webhook_code": code});
        lab.send("/sandbox/item/fire_webhook", body).await
    };
    let access = lab.item("user_good", hook()).await;
    let get = json!({"access_token": access});
    for (kind, code) in [
        ("TRANSACTIONS", "DEFAULT_UPDATE"),
        ("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE"),
        ("TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE"),
        ("ITEM", "NEW_ACCOUNTS_AVAILABLE"),
        ("ITEM", "AUTHORIZATION_GRANTED"),
    ] {
        let (status, response) = fire(&access, kind, code).await;
        assert_eq!((status, &response["webhook_fired"]), (200, &json!(true)), "{code}: {response}");
    }
    for (kind, product) in [("AUTH", "auth"), ("LIABILITIES", "liabilities"), ("HOLDINGS", "investments")] {
        let (status, response) = fire(&access, kind, "DEFAULT_UPDATE").await;
        assert_eq!((status, &response["error_code"]), (400, &json!("SANDBOX_PRODUCT_NOT_ENABLED")), "{product}");
    }
    lab.call("/auth/get", get.clone()).await;
    assert_eq!(fire(&access, "AUTH", "DEFAULT_UPDATE").await.0, 200);
    assert_eq!(fire(&access, "AUTH", "SMS_MICRODEPOSITS_VERIFICATION").await.0, 200);
    assert_eq!(fire(&access, "ITEM", "DEFAULT_UPDATE").await.1["error_code"], "INVALID_FIELD");

    fire(&access, "ITEM", "ERROR").await;
    assert_eq!(lab.fail("/accounts/get", get.clone()).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    fire(&access, "ITEM", "LOGIN_REPAIRED").await;
    assert_eq!(masks(&lab, &access).await.len(), 14);
    fire(&access, "ITEM", "USER_ACCOUNT_REVOKED").await;
    assert_eq!(masks(&lab, &access).await.len(), 13);
    assert!(body(&lab, "USER_ACCOUNT_REVOKED")["account_id"].is_string());
    fire(&access, "ITEM", "USER_PERMISSION_REVOKED").await;
    assert_eq!(lab.fail("/accounts/get", get).await, "ITEM_ERROR/USER_PERMISSION_REVOKED");
    let silent = lab.item("user_good", json!({})).await;
    assert_eq!(fire(&silent, "ITEM", "ERROR").await.1["error_code"], "SANDBOX_WEBHOOK_INVALID");
}

#[tokio::test]
async fn a_bank_that_moves_needs_a_new_login_after_a_week() {
    let lab = lab().await;
    let access = lab.item("user_good", hook()).await;
    let get = json!({"access_token": access});
    let fire = json!({"access_token": access, "webhook_code": "PENDING_DISCONNECT"});
    lab.call("/sandbox/item/fire_webhook", fire.clone()).await;
    assert_eq!(body(&lab, "PENDING_DISCONNECT")["disconnect_time"], "2026-12-05T12:00:00Z");
    lab.tenant().advance(TimeDelta::days(6)).expect("forward");
    lab.call("/accounts/get", get.clone()).await;
    lab.tenant().advance(TimeDelta::days(1)).expect("forward");
    assert_eq!(lab.fail("/accounts/get", get.clone()).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    assert_eq!(codes(&lab), ["PENDING_DISCONNECT", "ERROR"]);
    let token = update_token(&lab, &access, false).await;
    lab.tenant().complete_link(&token, Finish { institution: "", login: GOOD, masks: None }).expect("repaired");
    lab.call("/sandbox/item/fire_webhook", fire).await;
    let token = update_token(&lab, &access, false).await;
    lab.tenant().complete_link(&token, Finish { institution: "", login: GOOD, masks: None }).expect("renewed in time");
    lab.tenant().advance(TimeDelta::days(30)).expect("forward");
    lab.call("/accounts/get", get).await;
}

#[tokio::test]
async fn consent_of_a_european_bank_ends_after_half_a_year() {
    let lab = lab().await;
    let options = json!({
        "institution_id": "ins_117650",
        "initial_products": ["auth"],
        "options": {"webhook": "http://127.0.0.1:9/hook"},
    });
    let public = lab.call("/sandbox/public_token/create", options).await["public_token"].clone();
    let item = lab.call("/item/public_token/exchange", json!({"public_token": public})).await;
    let get = json!({"access_token": item["access_token"]});
    let end = json!("2027-05-27T12:00:00Z");
    assert_eq!(lab.call("/item/get", get.clone()).await["item"]["consent_expiration_time"], end);
    lab.tenant().advance(TimeDelta::days(173)).expect("forward");
    assert_eq!(body(&lab, "PENDING_EXPIRATION")["consent_expiration_time"], end);
    lab.call("/accounts/get", get.clone()).await;
    lab.tenant().advance(TimeDelta::days(7)).expect("forward");
    assert_eq!(lab.fail("/accounts/get", get).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    assert_eq!(codes(&lab), ["PENDING_EXPIRATION", "ERROR"]);
}

#[tokio::test]
async fn logins_grow_old_if_they_are_set_to() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).logins_age(true)).await;
    let access = lab.item("user_good", hook()).await;
    let get = json!({"access_token": access});
    lab.tenant().advance(TimeDelta::days(29)).expect("forward");
    lab.call("/accounts/get", get.clone()).await;
    lab.tenant().advance(TimeDelta::days(1)).expect("forward");
    assert_eq!(lab.fail("/accounts/get", get.clone()).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    let token = update_token(&lab, &access, false).await;
    lab.tenant().complete_link(&token, Finish { institution: "", login: GOOD, masks: None }).expect("repaired");
    lab.tenant().advance(TimeDelta::days(29)).expect("forward");
    lab.call("/accounts/get", get).await;
}

#[tokio::test]
async fn new_accounts_are_added_in_update_mode() {
    let lab = lab().await;
    let access = lab.item("user_good", hook()).await;
    let fire = json!({"access_token": access, "webhook_code": "NEW_ACCOUNTS_AVAILABLE"});
    lab.call("/sandbox/item/fire_webhook", fire).await;
    assert_eq!(masks(&lab, &access).await.len(), 14, "it is not shared yet");
    let token = update_token(&lab, &access, false).await;
    lab.tenant().complete_link(&token, Finish { institution: "", login: GOOD, masks: None }).expect("repaired");
    let token = update_token(&lab, &access, true).await;
    let chosen = ["0000", "7001"].map(str::to_owned).to_vec();
    let finish = Finish { institution: "", login: GOOD, masks: Some(chosen) };
    lab.tenant().complete_link(&token, finish).expect("two accounts");
    assert_eq!(masks(&lab, &access).await, ["0000", "7001"]);
    let token = update_token(&lab, &access, true).await;
    let chosen = ["0000", "3333"].map(str::to_owned).to_vec();
    lab.tenant()
        .complete_link(&token, Finish { institution: "", login: GOOD, masks: Some(chosen) })
        .expect("two accounts");
    assert_eq!(masks(&lab, &access).await, ["0000", "3333"]);
    let period = json!({"access_token": access, "start_date": "2026-11-01", "end_date": "2026-11-28"});
    let rows = lab.call("/transactions/get", period).await["transactions"].clone();
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let of_card = rows.as_array().into_iter().flatten().filter(|row| row["account_id"] == accounts[1]["account_id"]);
    assert!(of_card.count() > 3, "the transactions of the new account were read");
}

#[tokio::test]
async fn accounts_are_chosen_on_a_banks_own_page() {
    let lab = lab().await;
    let token = lab.link_token(json!({"products": ["transactions"]})).await;
    lab.control("link/open", json!({"link_token": token})).await;
    lab.control("link/select", json!({"link_token": token, "institution_id": "ins_127287"})).await;
    lab.control("link/login", json!({"link_token": token})).await;
    let wrong = json!({"oauth_state_id": "x", "accounts": ["0000"]});
    assert_eq!(lab.fail("/sandbox/oauth/select_accounts", wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    let state = lab.tenant().oauth_state(&token).expect("a session");
    let none = json!({"oauth_state_id": state, "accounts": ["9999"]});
    assert_eq!(lab.fail("/sandbox/oauth/select_accounts", none).await, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/sandbox/oauth/select_accounts", json!({"oauth_state_id": state, "accounts": ["1111"]})).await;
    let session = lab.call("/link/token/get", json!({"link_token": token})).await["link_sessions"][0].clone();
    let public = json!({"public_token": session["on_success"]["public_token"]});
    let item = lab.call("/item/public_token/exchange", public).await;
    assert_eq!(masks(&lab, item["access_token"].as_str().expect("a token")).await, ["1111"]);
}
