//! Bank statements over HTTP, and the files that they are.

use std::time::Duration;

use crate::support::{CLIENT_ID, Lab, http, link_request};
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{Builder, Emulator, Finish, Login, Pace};
use serde_json::{Value, json};

fn slow() -> Builder {
    let noon: DateTime<Utc> = DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time");
    Emulator::builder().frozen_at(noon).pace(Pace::SANDBOX)
}

fn window() -> Value {
    json!({"statements": {"start_date": "2026-08-28", "end_date": "2026-11-28"}, "webhook": "http://127.0.0.1:9/"})
}

/// A file and its hash by the header.
async fn download(lab: &Lab, access: &str, id: &Value) -> (Vec<u8>, String) {
    let body = json!({"access_token": access, "statement_id": id}).to_string();
    let request = http().post(format!("{}/statements/download", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let response = request.header("Content-Type", "application/json").body(body).send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/pdf");
    let hash = response.headers()["plaid-content-hash"].to_str().expect("text").to_owned();
    (response.bytes().await.expect("a body").to_vec(), hash)
}

#[tokio::test]
async fn statements_are_ready_after_a_while_and_add_up() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["statements"], "user_good", window()).await;
    let get = json!({"access_token": access});
    assert_eq!(lab.fail("/statements/list", get.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let list = lab.call("/statements/list", get.clone()).await;
    assert_eq!(list["institution_name"], "First Platypus Bank");
    let checking = &list["accounts"][0];
    assert_eq!((&checking["account_mask"], checking["statements"].as_array().map(Vec::len)), (&json!("0000"), Some(4)));
    let months: Vec<_> = (0..4).map(|index| checking["statements"][index]["month"].clone()).collect();
    assert_eq!(months, [11, 10, 9, 8]);
    assert_eq!(checking["statements"][0]["date_posted"], "2026-11-28");
    assert_eq!(checking["statements"][1]["date_posted"], "2026-10-31");

    let (file, hash) = download(&lab, &access, &checking["statements"][1]["statement_id"]).await;
    assert!(file.starts_with(b"%PDF-"));
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &file);
    assert_eq!(hash, digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let text = String::from_utf8_lossy(&file);
    for part in ["EMULATOR", "(Alberta Bobbeth Charleson)", "(2026-10-01 to 2026-10-31)", "(SparkFun)", "(-89.40)"] {
        assert!(text.contains(part), "{part}");
    }
    let (again, _) = download(&lab, &access, &checking["statements"][1]["statement_id"]).await;
    assert_eq!(again, file, "the same statement has the same bytes");
    // November ends with the balance of the account.
    let (file, _) = download(&lab, &access, &checking["statements"][0]["statement_id"]).await;
    assert!(String::from_utf8_lossy(&file).contains("(110.00)"));
    let unknown = json!({"access_token": access, "statement_id": "nothing"});
    assert_eq!(lab.fail("/statements/download", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_refresh_reads_another_window_and_is_announced() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["statements"], "user_good", window()).await;
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let refresh = |first: &str, last: &str| json!({"access_token": access, "start_date": first, "end_date": last});
    lab.call("/statements/refresh", refresh("2026-05-01", "2026-06-30")).await;
    let before = lab.call("/statements/list", json!({"access_token": access})).await;
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let after = lab.call("/statements/list", json!({"access_token": access})).await;
    let count = |list: &Value| list["accounts"][0]["statements"].as_array().map_or(0, Vec::len);
    assert_eq!((count(&before), count(&after)), (4, 6));
    let webhook = lab.tenant().await_webhook("STATEMENTS", "STATEMENTS_REFRESH_COMPLETE", Duration::from_secs(5)).await;
    assert!(webhook.expect("a webhook").body.contains("\"result\": \"SUCCESS\""));
    for (first, last) in [("2026-07-01", "2026-06-30"), ("2024-01-01", "2026-06-30")] {
        assert_eq!(lab.fail("/statements/refresh", refresh(first, last)).await, "INVALID_REQUEST/INVALID_FIELD");
    }
    // The Item breaks while the bank is read.
    lab.call("/statements/refresh", refresh("2026-03-01", "2026-03-31")).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    lab.call("/item/get", json!({"access_token": access})).await;
    let all = lab.tenant().webhooks();
    assert!(all.last().is_some_and(|webhook| webhook.body.contains("\"result\": \"FAILURE\"")), "{all:?}");
}

#[tokio::test]
async fn statements_need_link_and_a_window() {
    let lab = Lab::start(slow()).await;
    let access = lab.item("user_good", json!({})).await;
    assert_eq!(lab.fail("/statements/list", json!({"access_token": access})).await, "ITEM_ERROR/PRODUCT_NOT_ENABLED");
    for options in [json!({}), json!({"statements": {"start_date": "2026-11-28", "end_date": "2026-08-28"}})] {
        let body = json!({"institution_id": "ins_109508", "initial_products": ["statements"], "options": options});
        assert_eq!(lab.fail("/sandbox/public_token/create", body).await, "INVALID_REQUEST/INVALID_FIELD");
    }
}

#[tokio::test]
async fn link_fixes_the_window() {
    let lab = Lab::start(slow()).await;
    let mut link = link_request(json!({
        "products": ["statements"], "statements": {"start_date": "2026-11-28", "end_date": "2026-09-15"},
    }));
    assert_eq!(lab.fail("/link/token/create", link.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    link["statements"] = json!({"start_date": "2026-09-15", "end_date": "2026-10-31"});
    let token = lab.call("/link/token/create", link).await;
    let login = Login { username: "user_good", password: "pass_good" };
    let finish = Finish { institution: "ins_109508", login, masks: Some(vec!["0000".into(), "5555".into()]) };
    let token = token["link_token"].as_str().expect("a token");
    let done = lab.tenant().complete_link(token, finish).expect("a session");
    let exchanged = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let list = lab.call("/statements/list", json!({"access_token": exchanged["access_token"]})).await;
    let accounts = list["accounts"].as_array().expect("accounts");
    assert_eq!(accounts.len(), 1, "an investment account has none");
    let months = [0, 1].map(|index| accounts[0]["statements"][index]["month"].clone());
    assert_eq!(months, [10, 9]);
}
