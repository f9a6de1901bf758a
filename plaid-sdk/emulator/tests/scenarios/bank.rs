//! The controls of an Item's bank over HTTP and as methods.

use crate::support::Lab;
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{Emulator, Finish, Login, Pace};
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

async fn lab() -> Lab {
    Lab::start(Emulator::builder().frozen_at(noon())).await
}

async fn sync(lab: &Lab, access: &str, cursor: &Value, count: u64) -> Value {
    lab.call("/transactions/sync", json!({"access_token": access, "cursor": cursor, "count": count})).await
}

fn lengths(delta: &Value) -> [usize; 3] {
    ["added", "modified", "removed"].map(|name| delta[name].as_array().map_or(0, Vec::len))
}

#[tokio::test]
async fn transactions_are_appended_changed_and_removed() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let start = sync(&lab, &access, &Value::Null, 500).await["next_cursor"].clone();
    let rows = json!([
        {"amount": 12.5, "description": "STARBUCKS #12"},
        {"amount": -3, "description": "Refund", "date": "2026-11-20", "pending": true},
    ]);
    let path = |verb: &str| format!("items/{access}/{verb}");
    let appended = lab.control(&path("append_transactions"), json!({"account": "1111", "transactions": rows})).await;
    let first = appended["transaction_ids"][0].clone();
    let delta = sync(&lab, &access, &start, 500).await;
    assert_eq!(lengths(&delta), [2, 0, 0]);
    assert_eq!(
        (&delta["added"][0]["transaction_id"], &delta["added"][0]["merchant_name"]),
        (&first, &json!("Starbucks"))
    );
    assert_eq!((&delta["added"][1]["pending"], &delta["added"][1]["date"]), (&json!(true), &json!("2026-11-20")));

    let change = json!({"transaction_id": first, "amount": 99.99, "category": "FOOD_AND_DRINK_RESTAURANT"});
    lab.control(&path("mutate"), change).await;
    let delta = sync(&lab, &access, &delta["next_cursor"], 500).await;
    assert_eq!(lengths(&delta), [0, 1, 0]);
    assert_eq!(delta["modified"][0]["amount"], json!(99.99));
    assert_eq!(delta["modified"][0]["personal_finance_category"]["detailed"], "FOOD_AND_DRINK_RESTAURANT");
    lab.control(&path("mutate"), json!({"count": 3})).await;
    lab.control(&path("remove_transactions"), json!({"transaction_ids": [first]})).await;
    let delta = sync(&lab, &access, &delta["next_cursor"], 500).await;
    assert_eq!(delta["removed"], json!([{"account_id": delta["removed"][0]["account_id"], "transaction_id": first}]));
    let codes: Vec<String> = lab.tenant().webhooks().into_iter().map(|webhook| webhook.code).collect();
    assert!(codes.contains(&"TRANSACTIONS_REMOVED".to_owned()) && codes.contains(&"DEFAULT_UPDATE".to_owned()));
}

#[tokio::test]
async fn pagination_is_interrupted_on_demand() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let first = sync(&lab, &access, &Value::Null, 10).await;
    assert_eq!(first["has_more"], true);
    lab.tenant().at_bank(&access, "mutate_during_pagination", &json!({"count": 2})).expect("ordered");
    let next = json!({"access_token": access, "cursor": first["next_cursor"], "count": 10});
    let code = "TRANSACTIONS_ERROR/TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION";
    assert_eq!(lab.fail("/transactions/sync", next.clone()).await, code);
    let again = sync(&lab, &access, &Value::Null, 10).await;
    let next = json!({"access_token": access, "cursor": again["next_cursor"], "count": 10});
    assert_eq!(lab.fail("/transactions/sync", next).await, code);
    let again = sync(&lab, &access, &Value::Null, 10).await;
    sync(&lab, &access, &again["next_cursor"], 10).await;
}

#[tokio::test]
async fn updates_and_consent_don_t_have_to_be_waited_for() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let path = |verb: &str| format!("items/{access}/{verb}");
    for status in ["INITIAL_UPDATE_COMPLETE", "HISTORICAL_UPDATE_COMPLETE"] {
        let done = lab.control(&path("advance_update"), json!({})).await;
        assert_eq!(done["transactions_update_status"], status);
    }
    let refused = lab.tenant().at_bank(&access, "advance_update", &json!({})).expect_err("all is read");
    assert!(refused.help.contains("append_transactions"));

    lab.control(&path("expire_consent"), json!({"seconds": 3600})).await;
    let webhooks = lab.tenant().webhooks();
    let pending = webhooks.iter().find(|webhook| webhook.code == "PENDING_DISCONNECT").expect("announced");
    assert!(pending.body.contains("INSTITUTION_TOKEN_EXPIRATION") && pending.body.contains("2026-11-28T13:00:00Z"));
    lab.tenant().advance(TimeDelta::hours(1)).expect("forward");
    assert_eq!(lab.fail("/accounts/get", json!({"access_token": access})).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}

#[tokio::test]
async fn balances_accounts_and_owners_are_set() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let get = json!({"access_token": access});
    let path = |verb: &str| format!("items/{access}/{verb}");
    lab.control(&path("balances"), json!({"account": "0000", "available": null, "current": -12.34})).await;
    let balances = lab.call("/accounts/balance/get", get.clone()).await["accounts"][0]["balances"].clone();
    assert_eq!((&balances["available"], &balances["current"]), (&json!(null), &json!(-12.34)));

    let opened = lab.control(&path("new_account"), json!({"name": "Holiday", "mask": "4242", "current": 7})).await;
    let update = json!({"access_token": access, "update": {"account_selection_enabled": true}});
    let token = lab.link_token(update).await;
    let login = Login { username: "user_good", password: "pass_good" };
    lab.tenant().complete_link(&token, Finish { institution: "", login, masks: None }).expect("all accounts");
    let accounts = lab.call("/accounts/get", get.clone()).await["accounts"].clone();
    assert_eq!(accounts[14]["account_id"], opened["account_id"]);
    assert_eq!((&accounts[14]["name"], &accounts[14]["balances"]["current"]), (&json!("Holiday"), &json!(7)));

    let owner =
        json!({"names": ["Ann Other"], "emails": [{"data": "ann@example.com", "primary": true, "type": "primary"}]});
    lab.control(&path("owners"), json!({"account": "1111", "owners": [owner]})).await;
    let names = async || lab.call("/identity/get", get.clone()).await["accounts"][1]["owners"][0]["names"].clone();
    assert_eq!(names().await, json!(["Alberta Bobbeth Charleson"]), "before the refresh");
    lab.call("/identity/refresh", get.clone()).await;
    assert_eq!(names().await, json!(["Ann Other"]));
    let webhooks = lab.tenant().webhooks();
    let update = webhooks.iter().find(|webhook| webhook.kind == "IDENTITY").expect("announced");
    let body: Value = serde_json::from_str(&update.body).expect("JSON");
    let changed = json!({accounts[1]["account_id"].as_str().expect("an id"): ["EMAILS", "NAMES"]});
    assert_eq!(body["account_ids_with_updated_identity"], changed);
}

#[tokio::test]
async fn an_account_that_is_no_longer_shared_takes_its_data_with_it() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let get = json!({"access_token": access});
    let accounts = lab.call("/accounts/get", get.clone()).await["accounts"].clone();
    let card = accounts[3]["account_id"].clone();
    let body = json!({"access_token": access, "account_id": card, "processor": "dwolla"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let all = sync(&lab, &access, &Value::Null, 500).await;
    let of_card = all["added"].as_array().into_iter().flatten().filter(|row| row["account_id"] == card).count();
    lab.control(&format!("items/{access}/revoke_account"), json!({"account": "3333"})).await;
    assert_eq!(lab.call("/accounts/get", get).await["accounts"].as_array().map(Vec::len), Some(13));
    assert_eq!(lengths(&sync(&lab, &access, &all["next_cursor"], 500).await), [0, 0, of_card]);
    let gone = lab.fail("/processor/account/get", json!({"processor_token": token})).await;
    assert_eq!(gone, "INVALID_INPUT/INVALID_PROCESSOR_TOKEN");
    assert!(lab.tenant().webhooks().iter().any(|webhook| webhook.code == "USER_ACCOUNT_REVOKED"));
}

#[tokio::test]
async fn mistakes_say_what_to_do() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    for (verb, body, help) in [
        ("explode", json!({}), "append_transactions"),
        ("balances", json!({"avail": 1}), "available"),
        ("balances", json!({"account": "9876"}), "0000"),
        ("balances", json!({"current": "much"}), "12.5"),
        ("append_transactions", json!({}), "transactions"),
        ("append_transactions", json!({"transactions": [{"sum": 1}]}), "amount"),
        ("mutate", json!({"transaction_id": "x"}), "/transactions/get"),
        ("mutate", json!({"category": "FOOD"}), "FOOD_AND_DRINK_COFFEE"),
        ("remove_transactions", json!({"count": 0}), "1"),
        ("new_account", json!({"mask": "0000"}), "free"),
        ("new_account", json!({"type": "wallet"}), "depository"),
        ("owners", json!({"owners": [{"name": "x"}]}), "names"),
        ("expire_consent", json!({"seconds": -1}), "604800"),
        ("advance_update", json!({"now": true}), "no fields"),
    ] {
        let (status, answer) = lab.ask("POST", &format!("items/{access}/{verb}"), body.clone()).await;
        assert_eq!(status, 400, "{verb} {body}");
        assert!(answer["help"].as_str().is_some_and(|text| text.contains(help)), "{verb} {body}: {answer}");
    }
    assert!(lab.tenant().at_bank("nobody", "mutate", &json!({})).is_err());
}

#[tokio::test]
async fn what_is_under_way_goes_on_after_an_export() {
    let lab = lab().await;
    let posted =
        json!({"date_transacted": "2026-11-27", "date_posted": "2026-11-30", "amount": 5, "description": "KFC"});
    let config =
        json!({"override_accounts": [{"type": "depository", "subtype": "checking", "transactions": [posted]}]});
    let options = json!({"override_password": config.to_string(), "webhook": "http://127.0.0.1:9/"});
    let custom = lab.item("user_custom", options).await;
    let first = sync(&lab, &custom, &Value::Null, 500).await;
    let token = lab.link_token(json!({"webhook": "http://127.0.0.1:9/"})).await;
    let numbers = json!({"account": "1111222233330000", "routing": "021000021"});
    let login = json!({"link_token": token, "numbers": numbers, "institution_id": "ins_109512", "username": "microdeposits_good"});
    let done = lab.control("link/complete", login).await;
    let micro = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    lab.control(&format!("items/{custom}/new_account"), json!({})).await;
    lab.control(&format!("items/{custom}/expire_consent"), json!({"seconds": 5 * 86_400})).await;

    let (_, exported) = lab.ask("GET", "export", json!({})).await;
    let other = Lab::start(Emulator::builder().seed(9)).await;
    other.control("import", exported).await;
    other.tenant().advance(TimeDelta::days(3)).expect("forward");
    other.call("/auth/get", json!({"access_token": micro["access_token"]})).await;
    let delta = sync(&other, &custom, &first["next_cursor"], 500).await;
    assert_eq!(lengths(&delta), [1, 0, 1], "the pending transaction was posted");
    other.tenant().advance(TimeDelta::days(2)).expect("forward");
    assert_eq!(other.fail("/accounts/get", json!({"access_token": custom})).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}
