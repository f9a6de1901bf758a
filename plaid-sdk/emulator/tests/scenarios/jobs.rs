//! Jobs of the engines: not ready, ready, read, expired.

use chrono::{DateTime, TimeDelta};

use crate::support::{CLIENT_ID, Lab};
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
async fn the_income_of_a_user_is_there_after_an_item_was_linked() {
    let (lab, user) = user("user_good").await;
    let get = json!({"user_token": user["user_token"]});
    for path in ["/credit/bank_income/get", "/credit/payroll_income/get", "/credit/employment/get"] {
        assert_eq!(lab.fail(path, get.clone()).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY", "{path}");
    }
    wait(&lab, 4);
    let income = lab.call("/credit/bank_income/get", get.clone()).await["bank_income"].clone();
    assert_eq!(income[0]["items"][0]["item_id"], user["item_id"], "{income}");
    lab.call("/credit/payroll_income/get", get.clone()).await;
    lab.call("/credit/bank_income/refresh", get).await;
    wait(&lab, 4);
    let done = lab.tenant().webhooks();
    let done = done.iter().find(|one| one.code == "BANK_INCOME_REFRESH_COMPLETE").expect("a webhook");
    assert!(done.body.contains("SUCCESS") && done.body.contains(user["user_id"].as_str().expect("an id")));

    let nobody = lab.call("/user/create", json!({"client_user_id": "without an Item"})).await;
    let get = json!({"user_token": nobody["user_token"]});
    assert_eq!(lab.fail("/credit/bank_income/get", get).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY");
    let unknown = json!({"user_token": "user-sandbox-nobody"});
    assert_eq!(lab.fail("/credit/bank_income/get", unknown).await, "INVALID_INPUT/INVALID_USER_TOKEN");
}

/// The media type and the bytes of a file.
async fn file(lab: &Lab, path: &str, body: Value) -> (String, Vec<u8>) {
    let request = reqwest::Client::new().post(format!("{}{path}", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let request = request.header("Content-Type", "application/json").body(body.to_string());
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().expect("a media type").to_owned();
    (kind, response.bytes().await.expect("a body").to_vec())
}

#[tokio::test]
async fn files_show_the_items_of_their_user() {
    let (lab, user) = user("user_good").await;
    let pdf = json!({"user_token": user["user_token"]});
    assert_eq!(
        lab.fail("/credit/bank_income/pdf/get", pdf.clone()).await,
        "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY"
    );
    wait(&lab, 20);
    let (kind, bytes) = file(&lab, "/credit/bank_income/pdf/get", pdf).await;
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!(kind, "application/pdf");
    assert!(bytes.starts_with(b"%PDF-") && text.contains("Bank income") && text.contains("Plaid Checking"));
    assert!(text.contains("First Platypus Bank"));
    let zip = json!({"access_token": user["access_token"]});
    let (kind, bytes) = file(&lab, "/income/verification/documents/download", zip).await;
    assert!(kind == "application/zip" && bytes.starts_with(b"PK\x03\x04"));
}
