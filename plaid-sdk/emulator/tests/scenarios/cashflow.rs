//! Cash flow reports of an Item, and advances on wages.

use crate::cra::{list, slow, text, wait};
use crate::support::{Lab, merged};
use serde_json::{Value, json};

#[tokio::test]
async fn a_report_becomes_ready_and_its_transactions_come_in_pages() {
    let lab = Lab::start(slow()).await;
    let access = lab.item("user_good", json!({})).await;
    let get = json!({"access_token": access, "days_requested": 90});
    for path in ["/cashflow_report/get", "/cashflow_report/transactions/get", "/cashflow_report/insights/get"] {
        let body = if path.ends_with("report/get") { get.clone() } else { json!({"access_token": access}) };
        assert_eq!(lab.fail(path, body).await, "ITEM_ERROR/PRODUCT_NOT_READY", "{path}");
    }
    let refresh = json!({"access_token": access, "days_requested": 365});
    lab.call("/cashflow_report/refresh", refresh.clone()).await;
    assert_eq!(lab.fail("/cashflow_report/get", get.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    wait(&lab, 20);
    let response = lab.call("/cashflow_report/get", get.clone()).await;
    assert_eq!(response["last_successful_update_time"], "2026-11-28T12:00:03Z");
    assert_eq!(response["total_transactions"], 48, "three rounds of sixteen");
    assert_eq!(list(&response["accounts"][0]["owners"][0], "names"), [json!("Alberta Bobbeth Charleson")]);
    let dates: Vec<String> = list(&response, "transactions").iter().map(|row| text(&row["date"])).collect();
    assert!(dates.iter().rev().is_sorted(), "the newest comes first");

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = json!({"access_token": access, "count": 50, "cursor": cursor});
        let page = lab.call("/cashflow_report/transactions/get", page).await;
        seen.extend(list(&page, "transactions").iter().map(|row| text(&row["transaction_id"])));
        assert_eq!(page["total_transactions"], 193);
        cursor = text(&page["next_cursor"]);
        if page["has_more"] == false {
            break;
        }
    }
    assert_eq!(seen.len(), 193);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 193, "no row comes twice");

    let account = response["accounts"][0]["account_id"].clone();
    let one = merged(get.clone(), json!({"options": {"account_ids": [account]}}));
    let one = lab.call("/cashflow_report/get", one).await;
    assert_eq!((list(&one, "accounts").len(), &one["total_transactions"]), (1, &json!(18)));
    let unknown = merged(get.clone(), json!({"options": {"account_ids": ["nothing"]}}));
    assert_eq!(lab.fail("/cashflow_report/get", unknown).await, "INVALID_INPUT/INVALID_ACCOUNT_ID");
    for (name, value) in
        [("days_requested", json!(731)), ("count", json!(501)), ("cursor", json!("x")), ("cursor", json!("a.b.c"))]
    {
        let wrong = merged(get.clone(), json!({name: value}));
        assert_eq!(lab.fail("/cashflow_report/get", wrong).await, "INVALID_REQUEST/INVALID_FIELD", "{name}");
    }
    // A newer report has other pages. Until it is there, the one before it is read.
    lab.call("/cashflow_report/refresh", refresh).await;
    lab.call("/cashflow_report/get", get.clone()).await;
    let old = merged(get.clone(), json!({"cursor": cursor}));
    lab.call("/cashflow_report/get", old.clone()).await;
    wait(&lab, 4);
    assert_eq!(lab.fail("/cashflow_report/get", old).await, "INVALID_REQUEST/INVALID_FIELD");

    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/cashflow_report/get", get.clone()).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    lab.call("/item/remove", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/cashflow_report/get", get).await, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn reports_of_different_items_differ() {
    let lab = Lab::start(slow()).await;
    let mut totals = Vec::new();
    for username in ["user_good", "user_transactions_dynamic"] {
        let access = lab.item(username, json!({})).await;
        let request = json!({"access_token": access, "days_requested": 90});
        lab.call("/cashflow_report/refresh", request.clone()).await;
        wait(&lab, 20);
        totals.push(lab.call("/cashflow_report/get", request).await["total_transactions"].as_u64());
    }
    assert!(totals[0] > Some(0) && totals[1] > Some(0) && totals[0] != totals[1], "{totals:?}");
}

#[tokio::test]
async fn balances_of_months_follow_from_what_came_in_and_went_out() {
    let lab = Lab::start(slow()).await;
    let access = lab.item("user_good", json!({})).await;
    lab.call("/cashflow_report/refresh", json!({"access_token": access, "days_requested": 200})).await;
    wait(&lab, 4);
    let insights = lab.call("/cashflow_report/insights/get", json!({"access_token": access})).await;
    let months = list(&insights["account_insights"], "monthly_summaries");
    assert_eq!(months.len(), 7, "{months:?}");
    assert_eq!(months[0]["starting_balance"], Value::Null, "nobody knows it");
    assert_eq!(months[6]["ending_balance"], Value::Null, "the month is not over");
    let amount = |value: &Value| value["amount"].as_f64().expect("a number");
    for pair in months.windows(2) {
        assert_eq!(pair[0]["ending_balance"], pair[1]["starting_balance"]);
    }
    for month in &months[1..6] {
        let day = |name: &str| text(&month[name])[8..].parse::<f64>().expect("a day");
        let days = day("end_date") - day("start_date") + 1.0;
        let net = amount(&month["average_daily_net_cashflow_amount"]) * days;
        let grown = amount(&month["ending_balance"]) - amount(&month["starting_balance"]);
        assert!((net - grown).abs() < 0.01 * days, "{month}");
        let difference = amount(&month["average_daily_inflow_amount"]) - amount(&month["average_daily_outflow_amount"]);
        assert!((difference * days - net).abs() < 0.02 * days);
        assert!(amount(&month["total_payroll"]) >= 5850.0, "the money market account pays GUSTO: {month}");
    }
    assert_eq!(list(&insights["account_insights"], "historical_balances").len(), 200);
    assert_eq!(insights["last_generated_time"], "2026-11-28T12:00:03Z");
}

#[tokio::test]
async fn a_larger_advance_is_less_likely_to_be_paid_back() {
    let lab = Lab::start(slow()).await;
    let access = lab.item("user_ewa_user", json!({})).await;
    let report = lab.call("/beta/ewa_report/v1/get", json!({"access_token": access})).await;
    let scores = list(&report, "ewa_scores");
    let ranges: Vec<(i64, i64)> = scores
        .iter()
        .map(|one| {
            (
                one["lowest_amount"].as_f64().unwrap_or(-1.0) as i64,
                one["highest_amount"].as_f64().unwrap_or(-1.0) as i64,
            )
        })
        .collect();
    assert_eq!(ranges, [(0, 25), (25, 50), (50, 100), (100, 200), (200, 300), (300, 400), (400, 500)]);
    let points: Vec<i64> = scores.iter().filter_map(|one| one["score"].as_i64()).collect();
    assert!(points.iter().rev().is_sorted() && points[0] > points[6], "{points:?}");
    assert!(points.iter().all(|one| (1..=99).contains(one)));
    let poor = lab.item("user_credit_profile_poor", json!({})).await;
    let poor = lab.call("/beta/ewa_report/v1/get", json!({"access_token": poor})).await;
    assert_ne!(poor["ewa_scores"], report["ewa_scores"]);
    let unknown = json!({"access_token": "access-sandbox-nobody"});
    assert_eq!(lab.fail("/beta/ewa_report/v1/get", unknown).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");
}
