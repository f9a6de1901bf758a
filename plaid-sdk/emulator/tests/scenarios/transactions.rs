//! Transactions over HTTP, with a clock that the tests move.

use crate::support::Lab;
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{Builder, Emulator, Pace};
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

fn slow() -> Builder {
    Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)
}

async fn sync(lab: &Lab, access: &str, cursor: &Value, count: u64) -> Value {
    lab.call("/transactions/sync", json!({"access_token": access, "cursor": cursor, "count": count})).await
}

fn length(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn transactions_come_in_two_steps() {
    let lab = Lab::start(slow()).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let period = json!({"access_token": access, "start_date": "2024-01-01", "end_date": "2026-12-31"});
    let empty = sync(&lab, &access, &json!(null), 100).await;
    assert_eq!((&empty["next_cursor"], &empty["transactions_update_status"]), (&json!(""), &json!("NOT_READY")));
    assert_eq!(lab.fail("/transactions/get", period.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");

    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let first = sync(&lab, &access, &json!(""), 100).await;
    assert_eq!((length(&first["added"]), &first["has_more"]), (16, &json!(false)));
    lab.tenant().advance(TimeDelta::seconds(10)).expect("forward");
    let rest = sync(&lab, &access, &first["next_cursor"], 500).await;
    assert_eq!(rest["transactions_update_status"], "HISTORICAL_UPDATE_COMPLETE");
    assert_eq!(lab.call("/transactions/get", period).await["total_transactions"], 16 + length(&rest["added"]));
    let codes: Vec<String> = lab.tenant().webhooks().into_iter().map(|webhook| webhook.code).collect();
    assert_eq!(codes, ["INITIAL_UPDATE", "SYNC_UPDATES_AVAILABLE", "HISTORICAL_UPDATE", "SYNC_UPDATES_AVAILABLE"]);
}

#[tokio::test]
async fn two_years_have_the_measured_rows_for_any_last_day() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    for day in 0..30 {
        let access = lab.item("user_good", json!({"transactions": {"days_requested": 730}})).await;
        let today = (noon() + TimeDelta::days(day)).date_naive();
        let first = (today - TimeDelta::days(729)).to_string();
        let period = json!({"access_token": access, "start_date": first, "end_date": today.to_string()});
        let total = lab.call("/transactions/get", period).await["total_transactions"].as_u64().expect("a number");
        // 24 cycles of 30 days have 384 rows, and ten more days have some of the next cycle's.
        let epoch_day = (noon() + TimeDelta::days(day)).timestamp() / 86_400;
        let extra = (0..10).map(|back| (epoch_day - 720 - back).rem_euclid(30));
        let rows = [2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 16, 16, 16, 17, 20, 22];
        let expected: usize = extra.map(|day| rows.iter().filter(|row| **row == day).count()).sum();
        assert_eq!(total, 384 + expected as u64, "day {day}");
        lab.tenant().advance(TimeDelta::days(1)).expect("forward");
    }
}

#[tokio::test]
async fn pages_of_any_size_add_up_and_a_cursor_can_be_replayed() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item("user_good", json!({"transactions": {"days_requested": 730}})).await;
    let mut counts = Vec::new();
    for size in [7, 100, 500] {
        let (mut cursor, mut ids) = (json!(null), Vec::new());
        loop {
            let page = sync(&lab, &access, &cursor, size).await;
            assert_eq!(sync(&lab, &access, &cursor, size).await["added"], page["added"]);
            assert!(length(&page["added"]) <= size as usize);
            ids.extend(page["added"].as_array().into_iter().flatten().map(|row| row["transaction_id"].to_string()));
            cursor = page["next_cursor"].clone();
            if page["has_more"] == false {
                break;
            }
        }
        counts.push(ids.len());
        ids.sort();
        ids.dedup();
        assert_eq!(counts.last(), Some(&ids.len()), "no row comes twice");
    }
    assert!(counts.iter().all(|count| *count == counts[0]));
}

#[tokio::test]
async fn a_change_between_pages_is_refused() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item("user_transactions_dynamic", json!({})).await;
    let page = sync(&lab, &access, &json!(null), 50).await;
    assert_eq!(page["has_more"], true);
    lab.call("/transactions/refresh", json!({"access_token": access})).await;
    let next = json!({"access_token": access, "cursor": page["next_cursor"]});
    let code = "TRANSACTIONS_ERROR/TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION";
    assert_eq!(lab.fail("/transactions/sync", next).await, code);

    let all = sync(&lab, &access, &json!(null), 500).await;
    lab.call("/transactions/refresh", json!({"access_token": access})).await;
    let delta = sync(&lab, &access, &all["next_cursor"], 500).await;
    let counts = ["added", "modified", "removed"].map(|name| length(&delta[name]));
    assert_eq!(counts, [2, 1, 1], "one was pending: it was posted, a new one came, and an amount changed");
}

#[tokio::test]
async fn an_item_that_was_linked_without_transactions_gets_as_many_days_as_are_requested() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let body = json!({"institution_id": "ins_109508", "initial_products": ["auth"]});
    let public = lab.call("/sandbox/public_token/create", body).await["public_token"].clone();
    let access = lab.call("/item/public_token/exchange", json!({"public_token": public})).await["access_token"].clone();
    let first = json!({"access_token": access, "count": 500, "options": {"days_requested": 730}});
    assert_eq!(lab.call("/transactions/sync", first).await["transactions_update_status"], "NOT_READY");
    let all = lab.call("/transactions/sync", json!({"access_token": access, "count": 500})).await;
    assert!((384..=400).contains(&length(&all["added"])), "{}", length(&all["added"]));
    let again = json!({"access_token": access, "options": {"days_requested": 731}});
    assert_eq!(lab.fail("/transactions/sync", again).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn options_decide_what_is_shown() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item("user_good", json!({})).await;
    let shown = async |options: Value| {
        let body = json!({"access_token": access, "count": 1, "options": options});
        lab.call("/transactions/sync", body).await["added"][0].clone()
    };
    let usual = shown(json!({})).await;
    assert_eq!(
        (usual.get("original_description"), &usual["personal_finance_category"]["version"]),
        (None, &json!("v2"))
    );
    let row = shown(json!({"include_original_description": true, "personal_finance_category_version": "v1"})).await;
    assert_eq!(
        (&row["original_description"], &row["personal_finance_category"]["version"]),
        (&row["name"], &json!("v1"))
    );
    let body = json!({"access_token": access, "options": {"count": 1}});
    assert_eq!(lab.fail("/transactions/sync", body).await, "INVALID_REQUEST/UNKNOWN_FIELDS");
}

#[tokio::test]
async fn a_processor_starts_the_reading_of_transactions() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let token = lab.call("/sandbox/processor_token/create", json!({"institution_id": "ins_109508"})).await;
    let sync = json!({"processor_token": token["processor_token"], "count": 500});
    assert_eq!(lab.call("/processor/transactions/sync", sync.clone()).await["transactions_update_status"], "NOT_READY");
    let all = lab.call("/processor/transactions/sync", sync).await;
    assert_eq!(all["transactions_update_status"], "HISTORICAL_UPDATE_COMPLETE");
    assert!(length(&all["added"]) > 10);
    // A refresh has nothing to say but that it was accepted.
    let refresh = json!({"processor_token": token["processor_token"]});
    let accepted = lab.call("/processor/transactions/refresh", refresh).await;
    assert_eq!(accepted.as_object().expect("an object").keys().collect::<Vec<_>>(), ["request_id"]);
}

#[tokio::test]
async fn cursors_of_others_are_refused() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let (first, second) = (lab.item("user_good", json!({})).await, lab.item("user_good", json!({})).await);
    let cursor = sync(&lab, &first, &json!(null), 10).await["next_cursor"].clone();
    for cursor in [cursor, json!("not a cursor")] {
        let body = json!({"access_token": second, "cursor": cursor});
        assert_eq!(lab.fail("/transactions/sync", body).await, "INVALID_REQUEST/INVALID_FIELD");
    }
}
