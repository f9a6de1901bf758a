//! Investments over HTTP, with a clock that the tests move.

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

fn two_years(access: &str) -> Value {
    json!({"access_token": access, "start_date": "2024-11-29", "end_date": "2026-11-28"})
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

#[tokio::test]
async fn holdings_are_the_measured_ones() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item("user_good", json!({})).await;
    let held = lab.call("/investments/holdings/get", json!({"access_token": access})).await;
    assert_eq!((list(&held, "accounts").len(), list(&held, "holdings").len()), (14, 13));
    let bitcoin = list(&held, "holdings").iter().find(|row| row["quantity"] == 0.00293644).expect("the bitcoin");
    assert_eq!(bitcoin["institution_price"], 39_358.093_75);
    assert_eq!(bitcoin["institution_price_as_of"], "2021-05-25");
    let trp = list(&held, "securities").iter().find(|row| row["name"] == "Trp Equity Income").expect("the fund");
    let proxy = list(&held, "securities").iter().find(|row| row["ticker_symbol"] == "PRFDX").expect("its proxy");
    assert_eq!(trp["proxy_security_id"], proxy["security_id"]);
    let ira = list(&held, "accounts").iter().find(|account| account["mask"] == "5555").expect("the IRA");
    assert_eq!(ira["balances"]["margin_loan_amount"], 100);
    let products = list(&held["item"], "billed_products");
    assert!(products.contains(&json!("investments")), "the Item has the product from now on");

    let only = json!({"access_token": access, "options": {"account_ids": [ira["account_id"]]}});
    let only = lab.call("/investments/holdings/get", only).await;
    let tickers: Vec<_> = list(&only, "securities").iter().map(|row| row["ticker_symbol"].clone()).collect();
    assert_eq!(tickers, [json!("NFLX180201C00355000"), json!("EWZ"), json!(null)]);
    assert_eq!(list(&only, "accounts").len(), 1);
    let again = lab.item("user_good", json!({})).await;
    let other = lab.call("/investments/holdings/get", json!({"access_token": again})).await;
    assert_eq!(other["securities"], held["securities"], "securities have the same ids for all Items");
}

#[tokio::test]
async fn trades_are_not_ready_first_and_then_come_in_pages() {
    let lab = Lab::start(slow()).await;
    let options = json!({"webhook": "http://127.0.0.1:9/"});
    let access = lab.item_for(&["investments"], "user_good", options).await;
    for path in ["/investments/transactions/get", "/investments/holdings/get"] {
        let body = if path.contains("holdings") { json!({"access_token": access}) } else { two_years(&access) };
        assert_eq!(lab.fail(path, body).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    }
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let webhooks = lab.tenant().webhooks();
    let [historical] = webhooks.as_slice() else { panic!("{webhooks:?}") };
    assert_eq!((&*historical.kind, &*historical.code), ("INVESTMENTS_TRANSACTIONS", "HISTORICAL_UPDATE"));

    let first = lab.call("/investments/transactions/get", two_years(&access)).await;
    let total = first["total_investment_transactions"].as_u64().expect("a number");
    assert!((1_167..=1_169).contains(&total), "{total}");
    assert_eq!((list(&first, "investment_transactions").len(), list(&first, "accounts").len()), (100, 14));
    assert!(historical.body.contains(&format!("\"new_investments_transactions\": {total}")), "{}", historical.body);
    let mut rows = Vec::new();
    for offset in (0..total + 500).step_by(500) {
        let mut body = two_years(&access);
        body["options"] = json!({"count": 500, "offset": offset});
        let page = lab.call("/investments/transactions/get", body).await;
        let named = list(&page, "investment_transactions").iter().map(|row| row["security_id"].clone());
        let known: Vec<_> = list(&page, "securities").iter().map(|row| row["security_id"].clone()).collect();
        assert!(named.into_iter().all(|id| known.contains(&id)));
        rows.extend(list(&page, "investment_transactions").to_vec());
    }
    assert_eq!(rows.len() as u64, total, "the last page was empty");
    assert!(rows.is_sorted_by(|a, b| a["date"].as_str() >= b["date"].as_str()), "newest first");
    let mut ids: Vec<_> = rows.iter().map(|row| row["investment_transaction_id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len() as u64, total, "no row comes twice");
    let mut turned = two_years(&access);
    turned["start_date"] = "2026-11-29".into();
    assert_eq!(lab.fail("/investments/transactions/get", turned).await, "INVALID_REQUEST/INVALID_FIELD");
    let mut many = two_years(&access);
    many["options"] = json!({"count": 501});
    assert_eq!(lab.fail("/investments/transactions/get", many).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn an_asynchronous_update_is_announced() {
    let lab = Lab::start(slow()).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let mut body = two_years(&access);
    body["options"] = json!({"async_update": true});
    assert_eq!(lab.fail("/investments/transactions/get", body.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    assert_eq!(lab.fail("/investments/transactions/get", body.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    lab.tenant().advance(TimeDelta::seconds(3)).expect("forward");
    let found = lab.tenant().webhooks().into_iter().filter(|webhook| webhook.code == "HISTORICAL_UPDATE").count();
    assert_eq!(found, 1);
    lab.call("/investments/transactions/get", body).await;
    // Another day has a new trade, and a refresh on the same day has nothing new.
    lab.tenant().advance(TimeDelta::days(1)).expect("forward");
    lab.call("/investments/refresh", json!({"access_token": access})).await;
    let updates: Vec<_> = lab.tenant().webhooks().into_iter().filter(|one| one.kind.starts_with("INVEST")).collect();
    assert_eq!(updates.iter().map(|one| &*one.code).collect::<Vec<_>>(), ["HISTORICAL_UPDATE", "DEFAULT_UPDATE"]);
}

#[tokio::test]
async fn users_without_investment_accounts_are_refused() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item("user_transactions_dynamic", json!({})).await;
    for path in ["/investments/holdings/get", "/investments/refresh"] {
        assert_eq!(lab.fail(path, json!({"access_token": access})).await, "ITEM_ERROR/NO_INVESTMENT_ACCOUNTS");
    }
    assert_eq!(
        lab.fail("/investments/transactions/get", two_years(&access)).await,
        "ITEM_ERROR/NO_INVESTMENT_ACCOUNTS"
    );
    let good = lab.item("user_good", json!({})).await;
    let auth = json!({"access_token": good});
    assert_eq!(lab.fail("/investments/auth/get", auth.clone()).await, "ITEM_ERROR/PRODUCT_NOT_ENABLED");
    lab.call("/sandbox/item/reset_login", auth.clone()).await;
    assert_eq!(lab.fail("/investments/holdings/get", auth).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}

#[tokio::test]
async fn another_broker_gets_numbers_and_owners() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item_for(&["investments_auth"], "user_good", json!({})).await;
    let auth = lab.call("/investments/auth/get", json!({"access_token": access})).await;
    assert_eq!(list(&auth, "accounts").len(), 2);
    assert_eq!(auth["numbers"]["acats"][0]["account"], "TR5555");
    assert_eq!(auth["numbers"]["retirement_401k"][0]["account"], "TR6666");
    assert_eq!(auth["owners"][0]["names"], json!(["Alberta Bobbeth Charleson"]));
    let details = &auth["account_details_401k"][0]["contribution_details"];
    let counts = [1, 6, 12].map(|months| details[format!("contribution_count_{months}m")].as_u64().unwrap_or_default());
    assert!(0 < counts[0] && counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
    assert_eq!(details["contribution_amount_12m"], json!(counts[2] * 1_200));
}

#[tokio::test]
async fn a_processor_sees_one_account() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item_for(&["investments_auth"], "user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    let token = async |mask: &str| {
        let account = list(&accounts, "accounts").iter().find(|account| account["mask"] == mask).expect("an account");
        let body = json!({"access_token": access, "account_id": account["account_id"], "processor": "dwolla"});
        lab.call("/processor/token/create", body).await["processor_token"].clone()
    };
    let (ira, checking) = (token("5555").await, token("0000").await);
    let held = lab.call("/processor/investments/holdings/get", json!({"processor_token": ira})).await;
    assert_eq!((list(&held, "holdings").len(), &held["account"]["mask"]), (3, &json!("5555")));
    let period = json!({"processor_token": ira, "start_date": "2024-11-29", "end_date": "2026-11-28"});
    let trades = lab.call("/processor/investments/transactions/get", period).await;
    assert_eq!(trades["total_investment_transactions"], 219);
    let auth = lab.call("/processor/investments/auth/get", json!({"processor_token": ira})).await;
    assert_eq!(auth["numbers"]["acats"][0]["account_id"], held["account"]["account_id"]);
    let refused = lab.fail("/processor/investments/holdings/get", json!({"processor_token": checking})).await;
    assert_eq!(refused, "ITEM_ERROR/NO_INVESTMENT_ACCOUNTS");
    let only = json!({"processor_token": ira, "products": ["auth"]});
    lab.call("/processor/token/permissions/set", only).await;
    let refused = lab.fail("/processor/investments/holdings/get", json!({"processor_token": ira})).await;
    assert_eq!(refused, "ITEM_ERROR/PRODUCT_NOT_ENABLED");
}

#[tokio::test]
async fn webhooks_of_investments_can_be_fired() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let fire = |kind: &str| json!({"access_token": access, "webhook_type": kind, "webhook_code": "DEFAULT_UPDATE"});
    for kind in ["HOLDINGS", "INVESTMENTS_TRANSACTIONS"] {
        assert_eq!(
            lab.fail("/sandbox/item/fire_webhook", fire(kind)).await,
            "SANDBOX_ERROR/SANDBOX_PRODUCT_NOT_ENABLED"
        );
    }
    lab.call("/investments/holdings/get", json!({"access_token": access})).await;
    for kind in ["HOLDINGS", "INVESTMENTS_TRANSACTIONS"] {
        lab.call("/sandbox/item/fire_webhook", fire(kind)).await;
    }
    // The next call checks the webhooks against the document.
    lab.call("/item/get", json!({"access_token": access})).await;
    let holdings = lab.tenant().webhooks().into_iter().find(|one| one.kind == "HOLDINGS").expect("a webhook");
    assert!(holdings.body.contains("\"updated_holdings\": 13"), "{}", holdings.body);
}
