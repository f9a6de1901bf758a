//! Signal over HTTP: scores, attributes, rules, reports and dates.

use chrono::DateTime;

use crate::support::Lab;
use plaid_emulator::{AccountNumbers, Emulator};
use serde_json::{Value, json};

/// A lab at noon of Saturday, 2026-11-28.
async fn lab() -> Lab {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a time");
    Lab::start(Emulator::builder().frozen_at(noon)).await
}

async fn account(lab: &Lab, access: &str, mask: &str) -> Value {
    let all = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let found = all.as_array().expect("accounts").iter().find(|one| one["mask"] == mask).cloned();
    found.expect("an account")["account_id"].clone()
}

/// An evaluation of the first checking account.
async fn request(lab: &Lab, access: &str) -> Value {
    let account = account(lab, access, "0000").await;
    json!({"access_token": access, "account_id": account, "client_transaction_id": "order-1", "amount": 50})
}

fn with(request: &Value, id: &str, more: Value) -> Value {
    let request = crate::support::merged(request.clone(), json!({"client_transaction_id": id}));
    crate::support::merged(request, more)
}

#[tokio::test]
async fn the_sandboxes_amounts_have_their_scores_and_others_stay_the_same() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    for (amount, score, result) in [(3.53, 10, "ACCEPT"), (12.17, 60, "REVIEW"), (27.53, 90, "REROUTE")] {
        let body = with(&request, result, json!({"amount": amount}));
        let answer = lab.call("/signal/evaluate", body).await;
        assert_eq!(answer["scores"]["bank_initiated_return_risk"]["score"], score);
        assert_eq!(answer["scores"]["customer_initiated_return_risk"]["score"], score);
        let ruleset = &answer["ruleset"];
        assert_eq!((&ruleset["result"], &ruleset["ruleset_key"]), (&json!(result), &json!("default")));
        assert_eq!(ruleset["triggered_rule_details"].is_null(), result == "ACCEPT");
        assert_eq!(answer["warnings"], json!([]));
    }
    let other = self::lab().await;
    let twin = other.item("user_good", json!({})).await;
    let same = self::request(&other, &twin).await;
    let first = lab.call("/signal/evaluate", request).await["scores"].clone();
    assert_eq!(first, other.call("/signal/evaluate", same).await["scores"]);
    let products = lab.call("/item/get", json!({"access_token": access})).await["item"]["products"].clone();
    assert!(products.as_array().is_some_and(|all| all.contains(&json!("signal"))), "{products}");
}

#[tokio::test]
async fn attributes_are_counted_from_the_accounts_own_transactions() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    let seen = lab.call("/signal/evaluate", request.clone()).await["core_attributes"].clone();
    let dates = json!({"access_token": access, "start_date": "2026-10-30", "end_date": "2026-11-28"});
    let rows = lab.call("/transactions/get", dates).await["transactions"].clone();
    let own: Vec<f64> = rows
        .as_array()
        .into_iter()
        .flatten()
        .filter(|row| row["account_id"] == request["account_id"])
        .filter_map(|row| row["amount"].as_f64())
        .collect();
    let debits: f64 = own.iter().filter(|amount| **amount > 0.0).sum();
    assert_eq!(seen["debit_transactions_count_30d"], own.iter().filter(|amount| **amount > 0.0).count());
    assert!((seen["total_debit_transactions_amount_30d"].as_f64().unwrap_or_default() - debits).abs() < 0.001);
    assert_eq!(seen["total_credit_transactions_amount_30d"], 500);
    assert_eq!((&seen["available_balance"], &seen["balance_to_transaction_amount_ratio"]), (&json!(100), &json!(2)));
    let savings = account(&lab, &access, "1111").await;
    let body = with(&request, "savings", json!({"account_id": savings}));
    let seen = lab.call("/signal/evaluate", body).await["core_attributes"].clone();
    assert_eq!(seen["is_savings_or_money_market_account"], true);
}

#[tokio::test]
async fn a_payment_is_evaluated_once_and_its_fields_are_checked() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    lab.call("/signal/evaluate", request.clone()).await;
    let used = "SIGNAL_ERROR/CLIENT_TRANSACTION_ID_ALREADY_IN_USE";
    assert_eq!(lab.fail("/signal/evaluate", request.clone()).await, used);
    let of = |more: Value| with(&request, "order-2", more);
    let cases = [
        (of(json!({"amount": 0})), "INVALID_REQUEST/INVALID_FIELD"),
        (of(json!({"amount": -3})), "INVALID_REQUEST/INVALID_FIELD"),
        (of(json!({"account_id": "nobody"})), "INVALID_INPUT/INVALID_ACCOUNT_ID"),
        (of(json!({"access_token": "access-sandbox-nobody"})), "INVALID_INPUT/INVALID_ACCESS_TOKEN"),
        (of(json!({"account_id": account(&lab, &access, "3333").await})), "ITEM_ERROR/PRODUCTS_NOT_SUPPORTED"),
        (of(json!({"account_id": account(&lab, &access, "2222").await})), "ITEM_ERROR/PRODUCTS_NOT_SUPPORTED"),
        (with(&request, &"x".repeat(37), json!({})), "INVALID_REQUEST/INVALID_FIELD"),
    ];
    for (body, error) in cases {
        assert_eq!(lab.fail("/signal/evaluate", body.clone()).await, error, "{body}");
    }
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    lab.control(&format!("items/{}/revoke", item.as_str().expect("an id")), json!({})).await;
    assert_eq!(lab.fail("/signal/evaluate", of(json!({}))).await, "ITEM_ERROR/USER_PERMISSION_REVOKED");
    lab.call("/item/remove", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/signal/evaluate", of(json!({}))).await, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn old_data_is_evaluated_with_a_warning() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    let answer = lab.call("/signal/evaluate", request).await;
    assert_eq!(answer["warnings"][0]["warning_code"], "ITEM_LOGIN_REQUIRED");
    assert_eq!(answer["core_attributes"]["current_balance"], 110);
    assert_eq!(lab.fail("/signal/prepare", json!({"access_token": access})).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}

#[tokio::test]
async fn numbers_alone_have_scores_and_no_attributes() {
    let lab = lab().await;
    let token = lab.link_token(json!({})).await;
    let numbers = AccountNumbers::new("1111222233330000", "110000000");
    let done = lab.tenant().enter_numbers(&token, &numbers).expect("an Item");
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let access = item["access_token"].as_str().expect("a token");
    let request = request(&lab, access).await;
    lab.call("/signal/prepare", json!({"access_token": access})).await;
    let answer = lab.call("/signal/evaluate", with(&request, "a", json!({"amount": 12.17}))).await;
    assert_eq!((&answer["core_attributes"], &answer["ruleset"]["result"]), (&json!({}), &json!("REVIEW")));
    let dates = lab.call("/signal/schedule", with(&request, "b", json!({}))).await;
    assert!(dates["optimal_date"].is_null() && dates["recommendations"][0]["recommendation"] == "UNKNOWN", "{dates}");
}

#[tokio::test]
async fn the_rules_of_the_team_decide() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    let rule = |when: Value, result: &str| json!({"when": when, "result": result, "internal_note": result, "custom_action_key": "hold-3"});
    let enough = json!([{"field": "balance_to_transaction_amount_ratio", "at_least": 2}]);
    let risky =
        json!([{"field": "bank_initiated_return_risk", "at_least": 60}, {"field": "is_account_closed", "is": false}]);
    let low = json!([{"field": "available_balance", "below": 1000}]);
    let rulesets = json!([
        {"key": "deposit", "rules": [rule(risky, "REROUTE"), rule(low.clone(), "REVIEW")]},
        {"key": "balance", "balance_only": true, "rules": [rule(enough, "ACCEPT"), rule(low, "REROUTE")]},
        {"key": "draft", "rules": []},
    ]);
    lab.control("signal", json!({"rulesets": rulesets})).await;
    let by = |id: &str, key: &str, amount: f64| with(&request, id, json!({"ruleset_key": key, "amount": amount}));
    let result = async |body: Value| lab.call("/signal/evaluate", body).await["ruleset"].clone();
    let first = result(by("a", "deposit", 27.53)).await;
    assert_eq!((&first["result"], &first["ruleset_key"]), (&json!("REROUTE"), &json!("deposit")));
    assert_eq!(first["triggered_rule_details"], json!({"custom_action_key": "hold-3", "internal_note": "REROUTE"}));
    assert_eq!(result(by("b", "deposit", 3.53)).await["result"], "REVIEW");
    let answer = lab.call("/signal/evaluate", by("c", "balance", 50.0)).await;
    assert_eq!(answer["ruleset"]["result"], "ACCEPT");
    assert_eq!(answer["core_attributes"], json!({"available_balance": 100, "current_balance": 110}));
    assert!(answer["scores"].is_null(), "a ruleset on balances scores nothing");
    assert_eq!(result(by("d", "balance", 50.01)).await["result"], "REROUTE");
    assert_eq!(lab.fail("/signal/evaluate", by("e", "other", 1.0)).await, "SIGNAL_ERROR/RULESET_NOT_FOUND");
    let draft = lab.fail("/signal/evaluate", by("e", "draft", 1.0)).await;
    assert_eq!(draft, "SIGNAL_ERROR/INVALID_CONFIGURATION_STATE");
    let wrong = json!({"rulesets": [{"key": "x", "rules": [{"result": "MAYBE"}]}]});
    assert_eq!(lab.ask("POST", "signal", wrong).await.0, 400);
    assert_eq!(lab.ask("GET", "signal", json!({})).await.1["rulesets"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_team_can_lack_the_contract_and_the_scores() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    lab.call("/signal/evaluate", request.clone()).await;
    lab.control("signal", json!({"addendum_signed": false, "scores": false})).await;
    let device = with(&request, "b", json!({"device": {"ip_address": "192.0.2.1"}}));
    let (status, refused) = lab.send("/signal/evaluate", device).await;
    assert_eq!((status, &refused["error_code"]), (403, &json!("ADDENDUM_NOT_SIGNED")));
    let report = json!({"client_transaction_id": "order-1", "initiated": true});
    assert_eq!(lab.fail("/signal/decision/report", report).await, "SIGNAL_ERROR/ADDENDUM_NOT_SIGNED");
    let answer = lab.call("/signal/evaluate", with(&request, "c", json!({"amount": 100.01}))).await;
    assert!(answer["scores"].is_null() && answer["ruleset"]["result"] == "REROUTE", "{answer}");
    let rules = json!([{"key": "scores", "rules": [{"when": [], "result": "REVIEW"}]}]);
    lab.control("signal", json!({"rulesets": rules})).await;
    assert_eq!(
        lab.fail("/signal/evaluate", with(&request, "d", json!({"ruleset_key": "scores"}))).await,
        "SIGNAL_ERROR/NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS"
    );
}

#[tokio::test]
async fn decisions_and_returns_are_reported_for_known_payments() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    lab.call("/signal/evaluate", request(&lab, &access).await).await;
    let decide = |id: &str, initiated: bool| json!({"client_transaction_id": id, "initiated": initiated});
    let back = |id: &str, code: &str| json!({"client_transaction_id": id, "return_code": code});
    let unknown = "INVALID_REQUEST/INVALID_FIELD";
    assert_eq!(lab.fail("/signal/decision/report", decide("nobody", true)).await, unknown);
    assert_eq!(lab.fail("/signal/return/report", back("nobody", "R01")).await, unknown);
    assert_eq!(lab.fail("/signal/return/report", back("order-1", "R99")).await, unknown);
    lab.call("/signal/decision/report", decide("order-1", false)).await;
    let refused = lab.fail("/signal/return/report", back("order-1", "R01")).await;
    assert_eq!(refused, "SIGNAL_ERROR/SIGNAL_TRANSACTION_NOT_INITIATED");
    lab.call("/signal/decision/report", decide("order-1", true)).await;
    lab.call("/signal/return/report", back("order-1", "R01")).await;
    let text = json!({"client_transaction_id": "order-1", "initiated": "yes"});
    assert_eq!(lab.fail("/signal/decision/report", text).await, unknown);
}

#[tokio::test]
async fn a_processor_reports_the_payments_of_its_account() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let token = async |mask: &str| {
        let account = account(&lab, &access, mask).await;
        let body = json!({"access_token": access, "account_id": account, "processor": "dwolla"});
        lab.call("/processor/token/create", body).await["processor_token"].clone()
    };
    let (checking, card) = (token("0000").await, token("3333").await);
    let of = |token: &Value, more: Value| with(&json!({"processor_token": token}), "order-9", more);
    lab.call("/processor/signal/prepare", json!({"processor_token": checking})).await;
    let answer = lab.call("/processor/signal/evaluate", of(&checking, json!({"amount": 27.53}))).await;
    assert_eq!(answer["ruleset"]["result"], "REROUTE");
    let refused = lab.fail("/processor/signal/evaluate", of(&card, json!({"amount": 1}))).await;
    assert_eq!(refused, "ITEM_ERROR/PRODUCTS_NOT_SUPPORTED");
    lab.call("/processor/signal/decision/report", of(&checking, json!({"initiated": true}))).await;
    lab.call("/processor/signal/return/report", of(&checking, json!({"return_code": "R10"}))).await;
    let other = lab.item("user_good", json!({})).await;
    let account = account(&lab, &other, "0000").await;
    let body = json!({"access_token": other, "account_id": account, "processor": "dwolla"});
    let foreign = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let refused = lab.fail("/processor/signal/decision/report", of(&foreign, json!({"initiated": true}))).await;
    assert_eq!(refused, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/processor/token/permissions/set", json!({"processor_token": checking, "products": ["auth"]})).await;
    let refused = lab.fail("/processor/signal/prepare", json!({"processor_token": checking})).await;
    assert_eq!(refused, "ITEM_ERROR/PRODUCT_NOT_ENABLED");
    let nobody = json!({"processor_token": "processor-sandbox-nobody"});
    assert_eq!(lab.fail("/processor/signal/prepare", nobody).await, "INVALID_INPUT/INVALID_PROCESSOR_TOKEN");
}

#[tokio::test]
async fn a_date_is_found_on_banking_days_and_the_payment_evaluated_later() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let request = request(&lab, &access).await;
    let answer = lab.call("/signal/schedule", request.clone()).await;
    let dates: Vec<_> =
        answer["recommendations"].as_array().into_iter().flatten().map(|one| one["date"].clone()).collect();
    // The 28th is a Saturday.
    assert_eq!(dates, ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07"]);
    let best =
        answer["recommendations"].as_array().into_iter().flatten().find(|one| one["rank"] == 1).expect("a best day");
    assert_eq!((&best["date"], &best["recommendation"]), (&answer["optimal_date"], &json!("RECOMMENDED")));
    let large = with(&request, "large", json!({"amount": 100_000, "default_payment_method": "SAME_DAY_ACH"}));
    let none = lab.call("/signal/schedule", large).await;
    assert!(
        none["optimal_date"].is_null() && none["recommendations"][0]["recommendation"] == "NOT_RECOMMENDED",
        "{none}"
    );
    lab.call("/signal/decision/report", json!({"client_transaction_id": "large", "initiated": false})).await;
    lab.call("/signal/evaluate", request).await;
}
