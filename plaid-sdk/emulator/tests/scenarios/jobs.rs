//! Jobs of the engines: not ready, ready, read, expired.

use chrono::{DateTime, TimeDelta};

use crate::support::Lab;
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

/// A user with an Item, at a clock that stands still.
async fn user(username: &str) -> (Lab, Value) {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a time");
    let lab = Lab::start(Emulator::builder().frozen_at(noon).pace(Pace::SANDBOX)).await;
    let user = lab.call("/user/create", json!({"client_user_id": "ann"})).await;
    let access = lab.item(username, json!({})).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    lab.call("/user/items/associate", json!({"user_id": user["user_id"], "item_ids": [item]})).await;
    (
        lab,
        json!({"user_id": user["user_id"], "user_token": user["user_token"], "item_id": item, "access_token": access}),
    )
}

fn wait(lab: &Lab, seconds: i64) {
    lab.tenant().advance(TimeDelta::seconds(seconds)).expect("forward");
}

#[tokio::test]
async fn a_check_report_becomes_ready_is_announced_and_expires() {
    let (lab, user) = user("user_good").await;
    let get = json!({"user_id": user["user_id"]});
    let path = "/cra/check_report/base_report/get";
    assert_eq!(lab.fail(path, get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY", "nobody asked for one");
    let create = json!({
        "user_id": user["user_id"], "webhook": "http://127.0.0.1:9/hook", "days_requested": 365,
        "products": ["cra_base_report"], "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT",
    });
    lab.call("/cra/check_report/create", create.clone()).await;
    assert_eq!(lab.fail(path, get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY");
    wait(&lab, 4);
    let webhooks = lab.tenant().webhooks();
    let ready = webhooks.iter().find(|one| one.code == "USER_CHECK_REPORT_READY").expect("a webhook");
    assert_eq!(ready.url.as_deref(), Some("http://127.0.0.1:9/hook"));
    assert!(ready.body.contains("cra_base_report"), "{}", ready.body);

    let report = lab.call(path, get.clone()).await["report"].clone();
    assert_eq!(report["items"][0]["item_id"], user["item_id"]);
    let shown = report["items"][0]["accounts"].as_array().expect("accounts");
    let accounts = lab.call("/accounts/get", json!({"access_token": user["access_token"]})).await;
    let ids = |all: &[Value]| all.iter().map(|one| one["account_id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(shown), ids(accounts["accounts"].as_array().expect("accounts")));
    assert_eq!(shown[0]["balances"]["current"], accounts["accounts"][0]["balances"]["current"]);
    let again = lab.call(path, get.clone()).await["report"].clone();
    assert_eq!(again, report, "a report stays as it is");

    wait(&lab, 24 * 3600);
    assert_eq!(lab.fail(path, get.clone()).await, "CHECK_REPORT_ERROR/CONSUMER_REPORT_EXPIRED");
    lab.call("/cra/check_report/create", create).await;
    wait(&lab, 4);
    lab.call(path, get).await;
}

#[tokio::test]
async fn a_report_about_items_that_need_a_login_fails() {
    let (lab, user) = user("user_good").await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": user["access_token"]})).await;
    let create = json!({
        "user_id": user["user_id"], "webhook": "http://127.0.0.1:9/hook", "days_requested": 365,
        "products": ["cra_base_report"], "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT",
    });
    lab.call("/cra/check_report/create", create).await;
    let get = json!({"user_id": user["user_id"]});
    let path = "/cra/check_report/base_report/get";
    assert_eq!(lab.fail(path, get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY");
    wait(&lab, 4);
    assert_eq!(lab.fail(path, get).await, "CHECK_REPORT_ERROR/DATA_UNAVAILABLE");
    let codes: Vec<String> = lab.tenant().webhooks().into_iter().map(|one| one.code).collect();
    assert!(codes.contains(&"USER_CHECK_REPORT_FAILED".to_owned()), "{codes:?}");
    assert!(!codes.contains(&"USER_CHECK_REPORT_READY".to_owned()), "{codes:?}");
}

#[tokio::test]
async fn reports_of_different_items_differ() {
    let (lab, user) = user("user_good").await;
    let (other, stranger) = self::user("user_transactions_dynamic").await;
    let mut totals = Vec::new();
    for (lab, user) in [(&lab, &user), (&other, &stranger)] {
        let request = json!({"access_token": user["access_token"], "days_requested": 90});
        let early = lab.fail("/cashflow_report/get", request.clone()).await;
        assert_eq!(early, "ITEM_ERROR/PRODUCT_NOT_READY");
        lab.call("/cashflow_report/refresh", request.clone()).await;
        wait(lab, 20);
        let report = lab.call("/cashflow_report/get", request).await;
        totals.push(report["total_transactions"].as_u64().expect("a number"));
    }
    assert!(totals[0] > 0 && totals[0] != totals[1], "{totals:?}");
}

#[tokio::test]
async fn the_transactions_of_a_cash_flow_report_come_in_pages() {
    let (lab, user) = user("user_good").await;
    let access = &user["access_token"];
    lab.call("/cashflow_report/refresh", json!({"access_token": access, "days_requested": 90})).await;
    wait(&lab, 20);
    let (mut seen, mut cursor, mut total) = (Vec::new(), Value::Null, 0);
    for _ in 0..100 {
        let page = json!({"access_token": access, "count": 10, "cursor": cursor});
        let page = lab.call("/cashflow_report/transactions/get", page).await;
        let rows = page["transactions"].as_array().expect("a list");
        seen.extend(rows.iter().map(|row| row["transaction_id"].to_string()));
        total = page["total_transactions"].as_u64().expect("a number");
        cursor = page["next_cursor"].clone();
        if page["has_more"] == false {
            break;
        }
    }
    assert_eq!(seen.len() as u64, total);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len() as u64, total, "no row comes twice");
}
