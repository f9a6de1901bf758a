//! Recurring transactions over HTTP, with a clock that the tests move.

use crate::support::Lab;
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

fn row(away: i64, amount: f64, description: &str) -> Value {
    let date = (noon() + TimeDelta::days(away)).date_naive().to_string();
    json!({"date_transacted": date, "date_posted": date, "amount": amount, "description": description})
}

async fn streams(lab: &Lab, access: &str) -> Value {
    lab.call("/transactions/recurring/get", json!({"access_token": access})).await
}

fn status<'a>(streams: &'a Value, name: &str) -> (&'a str, bool) {
    let all = ["inflow_streams", "outflow_streams"].map(|list| streams[list].as_array().expect("a list"));
    let found = all.into_iter().flatten().find(|one| one["description"] == name);
    let found = found.unwrap_or_else(|| panic!("no stream {name} in {streams}"));
    (found["status"].as_str().unwrap_or_default(), found["is_active"] == true)
}

/// Gives an account to a processor that wants webhooks.
async fn tell_processor(lab: &Lab, access: &str, account: &Value) {
    let body = json!({"access_token": access, "account_id": account, "processor": "dwolla"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let url = json!({"processor_token": token, "webhook": "http://127.0.0.1:9/processor"});
    lab.call("/processor/token/webhook/update", url).await;
}

#[tokio::test]
async fn streams_grow_up_or_end() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let transactions = vec![
        row(-58, 15.99, "Netflix.com"),
        row(-28, 15.99, "Netflix.com"),
        row(2, 15.99, "Netflix.com"),
        row(-45, 30.0, "Planet Fitness"),
        row(-15, 30.0, "Planet Fitness"),
        row(-29, -900.0, "ACME PAYROLL"),
        row(-15, -900.0, "ACME PAYROLL"),
        row(-1, -901.5, "ACME PAYROLL"),
        row(-9, 4.0, "KFC"),
    ];
    let config = json!({"override_accounts": [
        {"type": "depository", "subtype": "checking", "transactions": transactions},
    ]});
    let options = json!({"override_password": config.to_string(), "webhook": "http://127.0.0.1:9/"});
    let access = lab.item("user_custom", options).await;
    let account = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"][0]["account_id"].clone();
    tell_processor(&lab, &access, &account).await;
    let first = streams(&lab, &access).await;
    assert_eq!(status(&first, "Netflix.com"), ("EARLY_DETECTION", true));
    assert_eq!(status(&first, "ACME PAYROLL"), ("MATURE", true));
    let pay = &first["inflow_streams"][0];
    assert_eq!((&pay["frequency"], &pay["average_amount"]["amount"]), (&json!("BIWEEKLY"), &json!(-900.5)));
    assert_eq!((&pay["last_amount"]["amount"], &pay["predicted_next_date"]), (&json!(-901.5), &json!("2026-12-11")));
    assert_eq!(first["outflow_streams"].as_array().map(Vec::len), Some(2), "one purchase does not make a stream");
    let updates = || {
        let all = lab.tenant().webhooks().into_iter();
        let all = all.filter(|webhook| webhook.code == "RECURRING_TRANSACTIONS_UPDATE");
        let bodies = all.map(|one| serde_json::from_str::<Value>(&one.body).expect("JSON"));
        let named = |body: Value| json!({"account_ids": body["account_ids"], "account_id": body["account_id"]});
        bodies.map(named).collect::<Vec<_>>()
    };
    assert!(updates().is_empty());
    lab.tenant().advance(TimeDelta::days(2)).expect("forward");
    let second = streams(&lab, &access).await;
    assert_eq!(status(&second, "Netflix.com"), ("MATURE", true));
    assert_eq!(updates().len(), 2, "a stream has become mature");
    assert!(updates().contains(&json!({"account_ids": [account], "account_id": null})), "the application is told");
    assert!(updates().contains(&json!({"account_ids": null, "account_id": account})), "its processor is told");
    lab.tenant().advance(TimeDelta::days(38)).expect("forward");
    let last = streams(&lab, &access).await;
    assert_eq!(status(&last, "Planet Fitness"), ("TOMBSTONED", false));
    assert_eq!(status(&last, "ACME PAYROLL"), ("MATURE", false));
    let ids = |streams: &Value| {
        let all = streams["outflow_streams"].as_array().expect("a list").iter();
        all.map(|one| one["stream_id"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&first), ids(&last), "a stream keeps its id");
}

#[tokio::test]
async fn streams_need_transactions_and_can_be_selected_by_account() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    let access = lab.item("user_good", json!({})).await;
    let get = json!({"access_token": access});
    assert_eq!(lab.fail("/transactions/recurring/get", get.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    lab.tenant().advance(TimeDelta::seconds(30)).expect("forward");
    let all = streams(&lab, &access).await;
    let accounts = lab.call("/accounts/get", get).await["accounts"].clone();
    let card = json!({"access_token": access, "account_ids": [accounts[3]["account_id"]]});
    let of_card = lab.call("/transactions/recurring/get", card).await;
    assert_eq!(of_card["inflow_streams"], json!([]));
    let streams = of_card["outflow_streams"].as_array().expect("a list");
    assert!(streams.iter().all(|one| one["account_id"] == accounts[3]["account_id"]));
    assert!(!streams.is_empty() && streams.len() < all["outflow_streams"].as_array().map_or(0, Vec::len));

    let body = json!({"access_token": access, "account_id": accounts[3]["account_id"], "processor": "dwolla"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let seen = lab.call("/processor/transactions/recurring/get", json!({"processor_token": token})).await;
    assert_eq!(seen["outflow_streams"], of_card["outflow_streams"]);
    let foreign = json!({"access_token": access, "account_ids": ["x"]});
    assert_eq!(lab.fail("/transactions/recurring/get", foreign).await, "INVALID_REQUEST/INVALID_FIELD");
}
