//! Enrichment, rules and insights over HTTP.

use crate::support::{Lab, http};
use chrono::{DateTime, Utc};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

async fn lab() -> Lab {
    Lab::start(Emulator::builder().frozen_at(noon())).await
}

/// An Item of a user.
async fn item_of(lab: &Lab, client_user_id: &str, username: &str) -> (String, Value) {
    let user = lab.call("/user/create", json!({"client_user_id": client_user_id})).await["user_id"].clone();
    let body = json!({
        "institution_id": "ins_109508",
        "initial_products": ["transactions"],
        "user_id": user,
        "options": {"override_username": username},
    });
    let public = lab.call("/sandbox/public_token/create", body).await["public_token"].clone();
    let item = lab.call("/item/public_token/exchange", json!({"public_token": public})).await;
    (item["access_token"].as_str().expect("a token").to_owned(), user)
}

fn transaction(id: &str, description: &str, direction: &str) -> Value {
    json!({"id": id, "description": description, "amount": 10.5, "direction": direction, "iso_currency_code": "USD"})
}

#[tokio::test]
async fn descriptions_are_enriched() {
    let lab = lab().await;
    let mut ride = transaction("1", "UBER 072515 SF**POOL**", "OUTFLOW");
    ride["location"] = json!({"city": "San Francisco"});
    let body = json!({"account_type": "credit", "transactions": [ride, transaction("2", "ACME PAYROLL", "INFLOW"),
        transaction("3", "CHECK 1042", "OUTFLOW")], "options": {"include_legacy_category": true}});
    let rows = lab.call("/transactions/enrich", body).await["enriched_transactions"].clone();
    let uber = &rows[0]["enrichments"];
    assert_eq!((&uber["merchant_name"], &uber["payment_channel"]), (&json!("Uber"), &json!("online")));
    assert_eq!(uber["entity_id"], "eyg8o776k0QmNgVpAmaQj4WgzW9Qzo6O51gdd");
    assert_eq!(uber["counterparties"][0]["website"], "uber.com");
    assert_eq!(uber["personal_finance_category"]["detailed"], "TRANSPORTATION_TAXIS_AND_RIDE_SHARES");
    assert_eq!((&uber["legacy_category_id"], &uber["location"]["city"]), (&json!("22016000"), &json!("San Francisco")));
    assert_eq!(rows[1]["enrichments"]["personal_finance_category"]["primary"], "INCOME");
    assert_eq!(rows[2]["enrichments"]["check_number"], "1042");

    let raw = json!({"id": "1", "description": "Starbucks", "amount": 4.33, "iso_currency_code": "USD"});
    let enhance = json!({"account_type": "depository", "transactions": [raw]});
    let row = lab.call("/beta/transactions/v1/enhance", enhance).await["enhanced_transactions"][0].clone();
    assert_eq!(row["enhancements"]["category"], json!(["Food and Drink", "Restaurants", "Coffee Shop"]));

    let twice = json!({"account_type": "credit", "transactions": [transaction("1", "a", "INFLOW"), transaction("1", "b", "INFLOW")]});
    let loan = json!({"account_type": "loan", "transactions": [transaction("1", "a", "INFLOW")]});
    for wrong in [twice, loan, json!({"account_type": "credit", "transactions": []})] {
        assert_eq!(lab.fail("/transactions/enrich", wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    }
}

#[tokio::test]
async fn a_rule_modifies_what_matches_and_what_comes() {
    let lab = lab().await;
    let (access, user) = item_of(&lab, "user-7", "user_good").await;
    let all = lab.call("/transactions/sync", json!({"access_token": access, "count": 500})).await;
    let rule = json!({
        "client_user_id": "user-7",
        "pfc_primary_category": "TRAVEL",
        "pfc_detailed_category": "TRAVEL_OTHER_TRAVEL",
        "rule_details": {"field": "MERCHANT_NAME", "type": "EXACT_MATCH", "query": "Uber"},
    });
    let made = lab.call("/beta/transactions/rules/v1/create", rule.clone()).await["rule"].clone();
    assert_eq!(made["user_id"], user);
    let rides = all["added"].as_array().into_iter().flatten().filter(|row| row["merchant_name"] == "Uber").count();
    let next = json!({"access_token": access, "cursor": all["next_cursor"], "count": 500});
    let delta = lab.call("/transactions/sync", next).await;
    let modified = delta["modified"].as_array().expect("a list");
    assert_eq!((modified.len(), delta["added"].as_array().map(Vec::len)), (rides, Some(0)));
    assert!(modified.iter().all(|row| row["personal_finance_category"]["detailed"] == "TRAVEL_OTHER_TRAVEL"));

    // Thirty days later two more rides have come, with the rule's category.
    lab.tenant().advance(chrono::TimeDelta::days(30)).expect("forward");
    let later = json!({"access_token": access, "cursor": delta["next_cursor"], "count": 500});
    let added = lab.call("/transactions/sync", later).await["added"].clone();
    let rides: Vec<_> = added.as_array().into_iter().flatten().filter(|row| row["merchant_name"] == "Uber").collect();
    assert_eq!(rides.len(), 2);
    assert!(rides.iter().all(|row| row["personal_finance_category"]["primary"] == "TRAVEL"));

    let list = json!({"client_user_id": "user-7"});
    assert_eq!(lab.call("/beta/transactions/rules/v1/list", list.clone()).await["rules"], json!([made]));
    let remove = json!({"client_user_id": "user-7", "rule_id": made["id"]});
    lab.call("/beta/transactions/rules/v1/remove", remove.clone()).await;
    assert_eq!(lab.call("/beta/transactions/rules/v1/list", list).await["rules"], json!([]));
    assert_eq!(lab.fail("/beta/transactions/rules/v1/remove", remove).await, "INVALID_REQUEST/INVALID_FIELD");

    let mut wrong = rule.clone();
    wrong["pfc_detailed_category"] = "FOOD_AND_DRINK_COFFEE".into();
    assert_eq!(lab.fail("/beta/transactions/rules/v1/create", wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    let mut wrong = rule;
    wrong["rule_details"] = json!({"field": "TRANSACTION_ID", "type": "SUBSTRING_MATCH", "query": "x"});
    assert_eq!(lab.fail("/beta/transactions/rules/v1/create", wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    let nobody = json!({"client_user_id": "nobody"});
    assert_eq!(lab.fail("/beta/transactions/rules/v1/list", nobody).await, "USER_ERROR/USER_NOT_FOUND");
}

#[tokio::test]
async fn insights_sum_up_all_items_of_a_user() {
    let lab = lab().await;
    let (first, _) = item_of(&lab, "user-8", "user_good").await;
    let period = json!({"access_token": first, "start_date": "2026-01-01", "end_date": "2026-12-31"});
    let total = lab.call("/transactions/get", period).await["total_transactions"].clone();
    let insights = json!({"client_user_id": "user-8"});
    let one = lab.call("/beta/transactions/user_insights/v1/get", insights.clone()).await;
    assert_eq!(one["user_data_overview"]["transaction_count"], total);
    assert_eq!(one["user_data_overview"]["total_inflows"], json!(1512.66), "three refunds and three times interest");
    let names = |value: &Value| {
        let list = value.as_array().expect("a list");
        list.iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert!(names(&one["counterparty_insights"]["merchant_insights"]).contains(&"Starbucks".to_owned()));
    assert!(names(&one["category_insights"]["primary_category_insights"]).contains(&"TRAVEL".to_owned()));
    assert!(one["recurring_transactions"]["outflow_streams"].as_array().is_some_and(|all| all.len() > 5));
    item_of(&lab, "user-8", "user_transactions_dynamic").await;
    let two = lab.call("/beta/transactions/user_insights/v1/get", insights).await;
    assert_eq!(two["user_data_overview"]["transaction_count"], json!(total.as_u64().expect("a number") + 108));
    let nobody = json!({"client_user_id": "nobody"});
    let code = lab.fail("/beta/transactions/user_insights/v1/get", nobody).await;
    assert_eq!(code, "USER_ERROR/USER_NOT_FOUND");
}

#[tokio::test]
async fn a_users_items_are_refreshed_together() {
    let lab = lab().await;
    let (first, user) = item_of(&lab, "user-9", "user_transactions_dynamic").await;
    let (second, _) = item_of(&lab, "user-9", "user_good").await;
    let all = lab.call("/transactions/sync", json!({"access_token": first, "count": 500})).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": second})).await;
    let results = lab.call("/user/transactions/refresh", json!({"user_id": user})).await["results"].clone();
    assert_eq!((&results[0]["product"], &results[0]["error"]), (&json!("transactions"), &json!(null)));
    assert_eq!(results[1]["error"]["error_code"], "ITEM_LOGIN_REQUIRED");
    let next = json!({"access_token": first, "cursor": all["next_cursor"]});
    assert_eq!(lab.call("/transactions/sync", next).await["removed"].as_array().map(Vec::len), Some(4));
    let results = lab.call("/user/financial_data/refresh", json!({"user_id": user})).await["results"].clone();
    assert_eq!(results.as_array().map(Vec::len), Some(2));
    assert_eq!(lab.fail("/user/transactions/refresh", json!({"user_id": "usr_x"})).await, "USER_ERROR/USER_NOT_FOUND");
}

#[tokio::test]
async fn the_legacy_categories_need_no_credentials() {
    let lab = lab().await;
    let request = http().post(format!("{}/categories/get", lab.emulator.base_url()));
    let response = request.header("Content-Type", "application/json").body("{}").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let body: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
    let first = json!({"category_id": "10000000", "group": "special", "hierarchy": ["Bank Fees"]});
    assert_eq!(body["categories"][0], first);
    assert!(body["request_id"].is_string());
    assert_eq!(lab.call("/categories/get", json!({})).await["categories"], body["categories"]);
}
