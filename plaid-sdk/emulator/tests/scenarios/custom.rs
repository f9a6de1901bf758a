//! Users whose data is set by a password of JSON, and characters of the Sandbox.

use crate::support::Lab;
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

async fn lab() -> Lab {
    Lab::start(Emulator::builder().frozen_at(noon())).await
}

/// A day before or after the tests' present.
fn day(away: i64) -> String {
    (noon() + TimeDelta::days(away)).date_naive().to_string()
}

async fn custom(lab: &Lab, config: &Value) -> String {
    lab.item("user_custom", json!({"override_password": config.to_string()})).await
}

async fn rows(lab: &Lab, access: &str) -> Vec<Value> {
    let body = json!({
        "access_token": access,
        "start_date": "2024-01-01",
        "end_date": "2027-12-31",
        "options": {"count": 500},
    });
    lab.call("/transactions/get", body).await["transactions"].as_array().expect("rows").clone()
}

fn row(transacted: i64, posted: i64, amount: f64, description: &str) -> Value {
    json!({
        "date_transacted": day(transacted),
        "date_posted": day(posted),
        "amount": amount,
        "description": description,
        "currency": "USD",
    })
}

#[tokio::test]
async fn accounts_owners_numbers_and_transactions_are_as_they_were_set() {
    let lab = lab().await;
    let config = json!({"override_accounts": [{
        "type": "depository",
        "subtype": "checking",
        "starting_balance": 600.23,
        "force_available_balance": 550,
        "meta": {"name": "Joint Checking", "official_name": "Our Account", "mask": "55"},
        "numbers": {"account": "1111222233335555", "ach_routing": "122105155"},
        "identity": {
            "names": ["John Smith", "Jane Smith"],
            "emails": [{"data": "jane@example.com", "primary": true, "type": "primary"}],
        },
        "transactions": [row(-3, -2, 12.5, "STARBUCKS #2034"), row(-1, 4, 40.0, "Amazon.com"), row(-200, -199, 1.0, "old")],
    }]});
    let access = custom(&lab, &config).await;
    let get = json!({"access_token": access});
    let account = lab.call("/accounts/get", get.clone()).await["accounts"][0].clone();
    assert_eq!((&account["name"], &account["mask"]), (&json!("Joint Checking"), &json!("55")));
    assert_eq!(account["balances"]["current"], json!(600.23));
    assert_eq!(account["balances"]["available"], json!(550));
    let numbers = lab.call("/auth/get", get.clone()).await["numbers"]["ach"][0].clone();
    assert_eq!((&numbers["account"], &numbers["routing"]), (&json!("1111222233335555"), &json!("122105155")));
    let owner = lab.call("/identity/get", get).await["accounts"][0]["owners"][0].clone();
    assert_eq!(owner["names"], json!(["John Smith", "Jane Smith"]));
    assert_eq!(owner["emails"].as_array().map(Vec::len), Some(1));
    assert_eq!(owner["addresses"].as_array().map(Vec::len), Some(2), "fields that are not set have the default");

    let found = rows(&lab, &access).await;
    let seen: Vec<_> = found.iter().map(|row| (row["name"].as_str(), row["pending"].as_bool())).collect();
    assert_eq!(seen, [(Some("Amazon.com"), Some(true)), (Some("STARBUCKS #2034"), Some(false))]);
    assert_eq!(found[1]["merchant_name"], "Starbucks");
    assert_eq!((&found[1]["date"], &found[1]["authorized_date"]), (&json!(day(-2)), &json!(day(-3))));
}

#[tokio::test]
async fn a_pending_transaction_is_posted_on_its_day() {
    let lab = lab().await;
    let config = json!({"override_accounts": [
        {"type": "depository", "subtype": "checking", "transactions": [row(-1, 2, 40.0, "Amazon.com")]},
    ]});
    let access = custom(&lab, &config).await;
    let first = lab.call("/transactions/sync", json!({"access_token": access})).await;
    let pending = first["added"][0]["transaction_id"].clone();
    assert_eq!(first["added"][0]["pending"], true);
    lab.tenant().advance(TimeDelta::days(1)).expect("forward");
    let sync = json!({"access_token": access, "cursor": first["next_cursor"]});
    assert_eq!(lab.call("/transactions/sync", sync.clone()).await["added"], json!([]));
    lab.tenant().advance(TimeDelta::days(1)).expect("forward");
    let second = lab.call("/transactions/sync", sync).await;
    assert_eq!(second["removed"][0]["transaction_id"], pending);
    assert_eq!(second["added"][0]["pending_transaction_id"], pending);
    assert_eq!((&second["added"][0]["pending"], &second["added"][0]["date"]), (&json!(false), &json!(day(2))));
    let codes: Vec<String> = lab.tenant().webhooks().into_iter().map(|webhook| webhook.code).collect();
    assert!(codes.contains(&"TRANSACTIONS_REMOVED".to_owned()), "{codes:?}");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_data_relative_to_the_first_day() {
    let lab = lab().await;
    let config = json!({"seed": "spring", "version": "1", "override_accounts": [
        {"type": "depository", "subtype": "checking"},
        {"type": "credit", "subtype": "credit card"},
    ]});
    let view = |rows: Vec<Value>, today: DateTime<Utc>| -> Vec<(i64, String, String)> {
        let away = |row: &Value| {
            let date: chrono::NaiveDate = row["date"].as_str().expect("a date").parse().expect("a date");
            (date - today.date_naive()).num_days()
        };
        rows.iter().map(|row| (away(row), row["name"].to_string(), row["amount"].to_string())).collect()
    };
    let first = custom(&lab, &config).await;
    let before = view(rows(&lab, &first).await, noon());
    assert!(before.len() > 30, "{}", before.len());
    let autumn = json!({"seed": "autumn", "version": "1", "override_accounts": config["override_accounts"]});
    let other = custom(&lab, &autumn).await;
    assert_ne!(view(rows(&lab, &other).await, noon()), before);
    lab.tenant().advance(TimeDelta::days(5)).expect("forward");
    let later = custom(&lab, &config).await;
    assert_eq!(view(rows(&lab, &later).await, noon() + TimeDelta::days(5)), before);
    // Of version 2, an account whose transactions are not set has none.
    let second = custom(&lab, &json!({"seed": "spring", "override_accounts": config["override_accounts"]})).await;
    assert_eq!(rows(&lab, &second).await, Vec::<Value>::new());
    // Without accounts, both are generated.
    let generated = custom(&lab, &json!({"seed": "spring"})).await;
    assert!(rows(&lab, &generated).await.len() > 30);
}

#[tokio::test]
async fn money_comes_every_month() {
    let lab = lab().await;
    let config = json!({"override_accounts": [
        {"type": "depository", "subtype": "checking", "inflow_model": {
            "type": "monthly-income",
            "income_amount": 5125.25,
            "payment_day_of_month": "last",
            "transaction_name": "DIRECT DEPOSIT PLAID INC",
        }},
        {"type": "credit", "subtype": "credit card",
            "transactions": [row(-60, -60, 100.0, "KFC"), row(-59, -58, 20.5, "KFC")],
            "inflow_model": {
                "type": "monthly-balance-payment",
                "payment_day_of_month": 10,
                "statement_day_of_month": 1,
                "transaction_name": "CARD PAYMENT",
            }},
    ]});
    let access = custom(&lab, &config).await;
    let found = rows(&lab, &access).await;
    let of = |name: &str| {
        let rows = found.iter().filter(|row| row["name"] == name);
        rows.map(|row| (row["date"].as_str().unwrap_or_default(), row["amount"].as_f64())).collect::<Vec<_>>()
    };
    let income = Some(-5125.25);
    assert_eq!(
        of("DIRECT DEPOSIT PLAID INC"),
        [("2026-10-31", income), ("2026-09-30", income), ("2026-08-31", income)]
    );
    assert_eq!(of("CARD PAYMENT"), [("2026-10-10", Some(-120.5))], "what was spent up to 2026-10-01");
    lab.tenant().advance(TimeDelta::days(2)).expect("forward");
    let newest = rows(&lab, &access).await[0].clone();
    assert_eq!((&newest["date"], &newest["amount"]), (&json!("2026-11-30"), &json!(-5125.25)));
}

#[tokio::test]
async fn mistakes_and_forced_errors_are_answered() {
    let lab = lab().await;
    let fail = async |password: String| {
        let options = json!({"override_username": "user_custom", "override_password": password});
        let body = json!({"institution_id": "ins_109508", "initial_products": ["auth"], "options": options});
        let (status, response) = lab.send("/sandbox/public_token/create", body).await;
        assert_eq!(status, 400, "{response}");
        let text = |name: &str| response[name].as_str().unwrap_or_default().to_owned();
        (format!("{}/{}", text("error_type"), text("error_code")), text("error_message"))
    };
    let (code, message) = fail(r#"{"override_accounts": [{"type": "depository", "balance": 1}]}"#.to_owned()).await;
    assert_eq!(code, "INVALID_REQUEST/INVALID_FIELD");
    assert!(message.contains("override_accounts[0].balance"), "{message}");
    assert_eq!(fail("{".to_owned()).await.0, "INVALID_REQUEST/INVALID_FIELD");
    let forced = fail(json!({"force_error": "ITEM_LOCKED"}).to_string()).await;
    assert_eq!(forced.0, "ITEM_ERROR/ITEM_LOCKED");
    assert_eq!(fail(json!({"recaptcha": "bad"}).to_string()).await.0, "RECAPTCHA_ERROR/RECAPTCHA_BAD");
    custom(&lab, &json!({"recaptcha": "good"})).await;
}

#[tokio::test]
async fn characters_have_data_of_their_own() {
    let lab = lab().await;
    let users = [
        "user_ewa_user",
        "user_yuppie",
        "user_small_business",
        "user_bank_income",
        "user_credit_profile_poor",
        "user_credit_profile_good",
        "user_credit_profile_excellent",
        "user_credit_bonus",
        "user_credit_joint_account",
        "user_prism_1",
        "user_prism_8",
    ];
    let mut seen = Vec::new();
    for user in users {
        let access = lab.item(user, json!({"override_password": "anything"})).await;
        let found = rows(&lab, &access).await;
        let income = found.iter().filter(|row| row["amount"].as_f64().is_some_and(|amount| amount < 0.0)).count();
        assert!(income >= 3 && found.len() > 30, "{user}: {income} of {}", found.len());
        seen.push(
            lab.call("/accounts/get", json!({"access_token": access})).await["accounts"][0]["balances"].to_string(),
        );
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), users.len());

    let access = lab.item("user_yuppie", json!({})).await;
    let mut counts = vec![rows(&lab, &access).await.len()];
    for _ in 0..12 {
        lab.call("/transactions/refresh", json!({"access_token": access})).await;
        counts.push(rows(&lab, &access).await.len());
    }
    let grown = counts.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!(0 < grown && grown < 12, "a refresh finds something new sometimes: {counts:?}");
}

#[tokio::test]
async fn holdings_trades_and_liabilities_are_as_they_were_set() {
    let lab = lab().await;
    let security = json!({"ticker_symbol": "AAPL", "currency": "USD"});
    let config = json!({"override_accounts": [
        {"type": "investment", "subtype": "brokerage", "starting_balance": 120,
            "holdings": [{"institution_price": 140.4, "institution_price_as_of": day(-3), "quantity": 12, "currency": "USD",
                "cost_basis": 99.5, "security": security}],
            "investment_transactions": [
                {"date": day(-10), "name": "buy stock", "quantity": 10, "price": 10, "fees": 20, "type": "buy",
                    "currency": "USD", "security": security},
                {"date": day(-9), "name": "sell stock", "quantity": 2, "price": 11, "fees": 1, "type": "sell",
                    "currency": "USD", "security": security},
            ]},
        {"type": "credit", "subtype": "credit card", "starting_balance": 1245.67,
            "liability": {"type": "credit", "purchase_apr": 16.99, "minimum_payment_amount": 35, "is_overdue": true}},
        {"type": "loan", "subtype": "student",
            "liability": {"type": "student", "principal": 45123, "nominal_apr": 4.23, "loan_name": "Plaid Student Loan"}},
    ]});
    let access = custom(&lab, &config).await;
    let get = json!({"access_token": access});
    let held = lab.call("/investments/holdings/get", get.clone()).await;
    let holding = &held["holdings"][0];
    assert_eq!((&holding["institution_value"], &holding["cost_basis"]), (&json!(1684.8), &json!(99.5)));
    assert_eq!(holding["security_id"], held["securities"][0]["security_id"]);
    assert_eq!(held["securities"][0]["ticker_symbol"], "AAPL");
    let period = json!({"access_token": access, "start_date": day(-30), "end_date": day(0)});
    let trades = lab.call("/investments/transactions/get", period).await["investment_transactions"].clone();
    let amounts: Vec<_> = trades.as_array().into_iter().flatten().map(|trade| trade["amount"].as_f64()).collect();
    assert_eq!(amounts, [Some(-21.0), Some(120.0)], "newest first; a sale brings money in");

    let owed = lab.call("/liabilities/get", get).await["liabilities"].clone();
    let card = &owed["credit"][0];
    assert_eq!((&card["is_overdue"], &card["minimum_payment_amount"]), (&json!(true), &json!(35)));
    assert_eq!(card["aprs"][0]["apr_percentage"], json!(16.99));
    assert_eq!(card["last_statement_balance"], json!(1245.67));
    let loan = &owed["student"][0];
    assert_eq!((&loan["loan_name"], &loan["interest_rate_percentage"]), (&json!("Plaid Student Loan"), &json!(4.23)));
    assert_eq!(loan["origination_principal_amount"], 45123);
    assert_eq!(owed["mortgage"], json!(null));
}
