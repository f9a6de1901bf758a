//! Asset reports over HTTP, from their order to their end, with a clock that the tests move.

use crate::support::{CLIENT_ID, Lab, http};
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{Builder, Emulator, Pace};
use serde_json::{Value, json};

const HOOK: &str = "http://127.0.0.1:9/assets";

fn slow() -> Builder {
    let noon: DateTime<Utc> = DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time");
    Emulator::builder().frozen_at(noon).pace(Pace::SANDBOX)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn account<'a>(response: &'a Value, mask: &str) -> &'a Value {
    let accounts = list(&response["report"], "items").iter().flat_map(|item| list(item, "accounts"));
    accounts.into_iter().find(|account| account["mask"] == mask).expect("an account")
}

/// Orders a report of 90 days that has a webhook.
async fn order(lab: &Lab, tokens: &[&str], options: Value) -> Value {
    let mut options = options;
    options["webhook"] = HOOK.into();
    let body = json!({"access_tokens": tokens, "days_requested": 90, "options": options});
    lab.call("/asset_report/create", body).await["asset_report_token"].clone()
}

fn later(lab: &Lab) {
    lab.tenant().advance(TimeDelta::seconds(5)).expect("forward");
}

async fn file(lab: &Lab, path: &str, body: Value) -> String {
    let request = http().post(format!("{}{path}", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let response = request.header("Content-Type", "application/json").body(body.to_string()).send().await;
    let response = response.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/pdf", "{path}");
    String::from_utf8_lossy(&response.bytes().await.expect("a body")).into_owned()
}

#[tokio::test]
async fn a_report_becomes_ready_and_its_balances_follow_its_transactions() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let user = json!({"first_name": "Alberta", "last_name": "Charleson", "client_user_id": "user-1"});
    let token = order(&lab, &[&access], json!({"client_report_id": "report-1", "user": user})).await;
    let get = json!({"asset_report_token": token});
    assert_eq!(lab.fail("/asset_report/get", get.clone()).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
    assert_eq!(lab.fail("/asset_report/pdf/get", get.clone()).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
    later(&lab);
    let response = lab.call("/asset_report/get", get.clone()).await;
    let webhook = lab.tenant().webhooks().into_iter().find(|webhook| webhook.kind == "ASSETS").expect("a webhook");
    assert_eq!((webhook.url.as_deref(), &*webhook.code), (Some(HOOK), "PRODUCT_READY"));
    assert!(webhook.body.contains(response["report"]["asset_report_id"].as_str().expect("an id")));
    assert!(webhook.body.contains("\"report_type\": \"FULL\""));
    let report = &response["report"];
    assert_eq!((&report["client_report_id"], &report["days_requested"]), (&json!("report-1"), &json!(90)));
    assert_eq!((&report["user"]["first_name"], &report["user"]["ssn"]), (&json!("Alberta"), &json!(null)));
    assert_eq!(report["date_generated"], "2026-11-28T12:00:05Z");

    let checking = account(&response, "0000");
    let (balances, rows) = (list(checking, "historical_balances"), list(checking, "transactions"));
    assert_eq!((balances.len(), &balances[0]["date"], rows.len()), (90, &json!("2026-11-27"), 18));
    // The balance of a day is the next day's, less what came in on that day.
    let mut expected = 110.0;
    let mut later_day = "2026-11-28".to_owned();
    for balance in balances {
        let change: f64 =
            rows.iter().filter(|row| row["date"] == later_day).filter_map(|row| row["amount"].as_f64()).sum();
        expected += change;
        assert!((balance["current"].as_f64().expect("a number") - expected).abs() < 0.001, "{balance}");
        later_day = balance["date"].as_str().expect("a date").to_owned();
    }
    assert_eq!(rows[0].as_object().map(serde_json::Map::len), Some(8), "without insights a transaction is short");
    let fewer = json!({"asset_report_token": token, "options": {"days_to_include": 30}});
    let fewer = lab.call("/asset_report/get", fewer).await;
    let checking = account(&fewer, "0000");
    assert_eq!((list(checking, "historical_balances").len(), list(checking, "transactions").len()), (30, 6));
    assert_eq!(checking["days_available"], 30);
    let text = file(&lab, "/asset_report/pdf/get", get).await;
    assert!(text.contains("EMULATOR") && text.contains("(SparkFun)") && text.contains("(Alberta Charleson)"));
    let item = lab.call("/item/get", json!({"access_token": access})).await;
    assert!(list(&item["item"], "billed_products").contains(&json!("assets")));
}

#[tokio::test]
async fn insights_conclude_from_the_transactions() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({})).await;
    later(&lab);
    let with = json!({"asset_report_token": token, "include_insights": true});
    let response = lab.call("/asset_report/get", with).await;
    let checking = account(&response, "0000");
    let rides = list(checking, "transactions").iter().filter(|row| row["merchant_name"] == "Uber").count();
    assert_eq!(rides, 6, "two rides in each of three cycles");
    let insights = &checking["account_insights"];
    assert_eq!(insights["affordability"]["income"]["total_income"]["amount"], 1_500);
    assert_eq!(insights["affordability"]["expenditure"]["total_expenditure"]["amount"], 352.38);
    assert_eq!(insights["affordability"]["expenditure"]["cash_flow"]["monthly_average"]["amount"], 382.54);
    assert!(insights["risk"]["negative_balance"]["days_with_negative_balance"].as_u64().is_some_and(|days| days > 0));
    let loans = &response["report"]["insights"]["risk"]["loan_payments"];
    assert_eq!((&loans["transactions_count"], &loans["amount"]), (&json!(6), &json!(6_310.5)));
}

#[tokio::test]
async fn a_report_stays_as_it_was() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({})).await;
    later(&lab);
    let get = json!({"asset_report_token": token});
    let before = lab.call("/asset_report/get", get.clone()).await;
    lab.tenant().advance(TimeDelta::days(10)).expect("forward");
    let refreshed = lab.call("/asset_report/refresh", json!({"asset_report_token": token, "days_requested": 30})).await;
    later(&lab);
    lab.call("/item/remove", json!({"access_token": access})).await;
    let after = lab.call("/asset_report/get", get.clone()).await;
    assert_eq!(after["report"], before["report"], "neither time nor the removal of its Item changes a report");
    let new = lab.call("/asset_report/get", json!({"asset_report_token": refreshed["asset_report_token"]})).await;
    assert_ne!(new["report"]["asset_report_id"], before["report"]["asset_report_id"]);
    assert_eq!(list(account(&new, "0000"), "historical_balances")[0]["date"], "2026-12-07");
    assert_eq!(lab.fail("/asset_report/refresh", get).await, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn a_report_fails_if_an_item_breaks_before() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({})).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    later(&lab);
    let get = json!({"asset_report_token": token});
    assert_eq!(lab.fail("/asset_report/get", get.clone()).await, "ASSET_REPORT_ERROR/DATA_UNAVAILABLE");
    let (_, error) = lab.send("/asset_report/get", get).await;
    assert_eq!(error["causes"][0]["error_code"], "ITEM_LOGIN_REQUIRED");
    let gone = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let removed = order(&lab, &[&gone], json!({})).await;
    lab.call("/item/remove", json!({"access_token": gone})).await;
    later(&lab);
    let code = "ASSET_REPORT_ERROR/ASSET_REPORT_GENERATION_FAILED";
    assert_eq!(lab.fail("/asset_report/get", json!({"asset_report_token": removed})).await, code);
    let refresh = json!({"asset_report_token": token});
    assert_eq!(lab.fail("/asset_report/refresh", refresh).await, "ASSET_REPORT_ERROR/INVALID_PARENT");
    lab.call("/item/get", json!({"access_token": access})).await;
    let webhooks = lab.tenant().webhooks();
    assert!(webhooks.iter().any(|webhook| webhook.kind == "ASSETS" && webhook.code == "ERROR"), "{webhooks:?}");
    let again = json!({"access_tokens": [access], "days_requested": 30});
    assert_eq!(lab.fail("/asset_report/create", again).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");

    // Where not all Items are required, the other one is enough.
    let good = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access, &good], json!({"require_all_items": false})).await;
    later(&lab);
    let response = lab.call("/asset_report/get", json!({"asset_report_token": token})).await;
    assert_eq!(list(&response["report"], "items").len(), 1);
    assert_eq!(response["warnings"][0]["cause"]["error_code"], "ITEM_LOGIN_REQUIRED");
}

#[tokio::test]
async fn orders_are_checked() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let create = |tokens: Value, days: i64| json!({"access_tokens": tokens, "days_requested": days});
    for body in [create(json!([]), 30), create(json!([access, access]), 30), create(json!([access]), 732)] {
        assert_eq!(lab.fail("/asset_report/create", body).await, "INVALID_REQUEST/INVALID_FIELD");
    }
    let many: Vec<&str> = std::iter::repeat_n(access.as_str(), 100).collect();
    assert_eq!(lab.fail("/asset_report/create", create(json!(many), 30)).await, "INVALID_REQUEST/INVALID_FIELD");
    let unknown = create(json!(["access-sandbox-nobody"]), 30);
    assert_eq!(lab.fail("/asset_report/create", unknown).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");
    let nothing = json!({"asset_report_token": "assets-sandbox-nothing"});
    for path in ["/asset_report/get", "/asset_report/pdf/get", "/asset_report/refresh", "/asset_report/remove"] {
        assert_eq!(lab.fail(path, nothing.clone()).await, "INVALID_REQUEST/INVALID_FIELD", "{path}");
    }
}

#[tokio::test]
async fn accounts_can_be_left_out() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({})).await;
    let filter = |ids: Value| json!({"asset_report_token": token, "account_ids_to_exclude": ids});
    assert_eq!(lab.fail("/asset_report/filter", filter(json!([]))).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
    later(&lab);
    let all = lab.call("/asset_report/get", json!({"asset_report_token": token})).await;
    let id = account(&all, "0000")["account_id"].clone();
    assert_eq!(lab.fail("/asset_report/filter", filter(json!(["x"]))).await, "INVALID_INPUT/INVALID_ACCOUNT_ID");
    let filtered = lab.call("/asset_report/filter", filter(json!([id]))).await;
    later(&lab);
    let fewer = lab.call("/asset_report/get", json!({"asset_report_token": filtered["asset_report_token"]})).await;
    let (before, after) = (&all["report"]["items"][0], &fewer["report"]["items"][0]);
    assert_eq!(list(after, "accounts").len() + 1, list(before, "accounts").len());
    assert_eq!(list(after, "accounts"), &list(before, "accounts")[1..]);
    assert_eq!(fewer["report"]["asset_report_id"], filtered["asset_report_id"]);
}

#[tokio::test]
async fn a_fast_report_comes_first_and_investments_are_an_add_on() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({"add_ons": ["fast_assets", "investments"]})).await;
    lab.tenant().advance(TimeDelta::seconds(2)).expect("forward");
    let fast = json!({"asset_report_token": token, "fast_report": true});
    let early = lab.call("/asset_report/get", fast).await;
    assert_eq!(list(account(&early, "0000"), "transactions").len(), 0);
    let full = json!({"asset_report_token": token});
    assert_eq!(lab.fail("/asset_report/get", full.clone()).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
    later(&lab);
    let response = lab.call("/asset_report/get", full).await;
    let types: Vec<_> = lab.tenant().webhooks().into_iter().filter(|webhook| webhook.kind == "ASSETS").collect();
    assert!(types[0].body.contains("FAST") && types[1].body.contains("FULL"), "{types:?}");
    let ira = account(&response, "5555");
    assert_eq!(list(&ira["investments"], "holdings").len(), 3);
    assert_eq!(list(&ira["investments"], "transactions").len(), 27, "nine trades in each of three cycles");
    assert_eq!(account(&response, "0000").get("investments"), None);

    let plain = order(&lab, &[&access], json!({})).await;
    later(&lab);
    let fast = json!({"asset_report_token": plain, "fast_report": true});
    assert_eq!(lab.fail("/asset_report/get", fast).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn auditors_read_copies_until_the_report_is_removed() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({"client_report_id": "loan-7"})).await;
    let create = json!({"asset_report_token": token, "auditor_id": "fannie_mae"});
    let early = lab.fail("/asset_report/audit_copy/create", create.clone()).await;
    assert_eq!(early, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
    later(&lab);
    let report = lab.call("/asset_report/get", json!({"asset_report_token": token})).await;
    let copy = lab.call("/asset_report/audit_copy/create", create.clone()).await["audit_copy_token"].clone();
    let get = json!({"audit_copy_token": copy});
    assert_eq!(lab.call("/asset_report/audit_copy/get", get.clone()).await["report"], report["report"]);
    assert!(file(&lab, "/asset_report/audit_copy/pdf/get", get.clone()).await.contains("EMULATOR"));
    lab.call("/asset_report/audit_copy/remove", get.clone()).await;
    let gone = "INVALID_INPUT/INVALID_AUDIT_COPY_TOKEN";
    for path in ["/asset_report/audit_copy/get", "/asset_report/audit_copy/remove", "/asset_report/audit_copy/pdf/get"]
    {
        assert_eq!(lab.fail(path, get.clone()).await, gone, "{path}");
    }
    let again = lab.call("/asset_report/audit_copy/create", create).await["audit_copy_token"].clone();
    lab.call("/asset_report/remove", json!({"asset_report_token": token})).await;
    assert_eq!(lab.fail("/asset_report/audit_copy/get", json!({"audit_copy_token": again})).await, gone);
    assert_eq!(
        lab.fail("/asset_report/get", json!({"asset_report_token": token})).await,
        "INVALID_REQUEST/INVALID_FIELD"
    );
    lab.call("/item/get", json!({"access_token": access})).await;
}

#[tokio::test]
async fn one_copy_has_several_reports_for_freddie_mac() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let user = json!({"first_name": "Anna", "last_name": "Charleston", "ssn": "123-45-6789"});
    let first = order(&lab, &[&access], json!({"client_report_id": "loan-7", "user": user})).await;
    let second = order(&lab, &[&access], json!({"add_ons": ["investments"]})).await;
    later(&lab);
    let unknown = json!({"report_tokens": ["nothing"]});
    assert_eq!(lab.fail("/credit/audit_copy_token/create", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
    let create = json!({"report_tokens": [first, second]});
    let copy = lab.call("/credit/audit_copy_token/create", create).await["audit_copy_token"].clone();
    let get = json!({"audit_copy_token": copy});
    let all = lab.call("/credit/freddie_mac/reports/get", get.clone()).await;
    assert_eq!(list(&all["DEAL"]["SERVICES"]["SERVICE"], "VERIFICATION_OF_ASSET").len(), 2);
    assert_eq!(all["DEAL"]["LOANS"]["LOAN"]["LOAN_IDENTIFIERS"]["LOAN_IDENTIFIER"][0]["LoanIdentifier"], "loan-7");
    let one = lab.call("/credit/asset_report/freddie_mac/get", get.clone()).await;
    let assets =
        &one["DEAL"]["SERVICES"]["SERVICE"]["VERIFICATION_OF_ASSET"]["VERIFICATION_OF_ASSET_RESPONSE"]["ASSETS"];
    let checking = &assets["ASSET"][0];
    assert_eq!(checking["ASSET_DETAIL"]["AssetType"], "CheckingAccount");
    assert_eq!(list(&checking["ASSET_TRANSACTIONS"], "ASSET_TRANSACTION").len(), 18);
    let update = json!({"audit_copy_token": copy, "report_tokens": [second]});
    assert_eq!(lab.call("/credit/audit_copy_token/update", update).await["updated"], true);
    let fewer = lab.call("/credit/freddie_mac/reports/get", get.clone()).await;
    assert_eq!(list(&fewer["DEAL"]["SERVICES"]["SERVICE"], "VERIFICATION_OF_ASSET").len(), 1);
    let response = &fewer["DEAL"]["SERVICES"]["SERVICE"]["VERIFICATION_OF_ASSET"][0]["VERIFICATION_OF_ASSET_RESPONSE"];
    let of = |mask: &str| {
        let assets = list(&response["ASSETS"], "ASSET").iter();
        assets.into_iter().find(|asset| asset["ASSET_DETAIL"]["AssetAccountIdentifier"] == mask).expect("an asset")
    };
    assert_eq!(list(&of("6666")["ASSET_HOLDINGS"], "ASSET_HOLDING").len(), 10);
    assert_eq!(of("0000").get("ASSET_HOLDINGS"), None);
    lab.call("/credit/audit_copy_token/remove", get.clone()).await;
    assert_eq!(lab.fail("/credit/freddie_mac/reports/get", get).await, "INVALID_INPUT/INVALID_AUDIT_COPY_TOKEN");
}

#[tokio::test]
async fn a_relay_follows_refreshed_reports() {
    let lab = Lab::start(slow()).await;
    let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
    let token = order(&lab, &[&access], json!({})).await;
    later(&lab);
    let create = json!({"report_tokens": [token], "secondary_client_id": "abcdefabcdefabcdefabcdef"});
    let relay = lab.call("/credit/relay/create", create).await["relay_token"].clone();
    let get = json!({"relay_token": relay, "report_type": "asset"});
    let before = lab.call("/credit/relay/get", get.clone()).await;
    assert!(file(&lab, "/credit/relay/pdf/get", get.clone()).await.contains("EMULATOR"));
    let refreshed = lab.call("/credit/relay/refresh", get.clone()).await;
    assert_eq!(lab.fail("/credit/relay/get", get.clone()).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
    later(&lab);
    let after = lab.call("/credit/relay/get", get.clone()).await;
    assert_eq!(after["report"]["asset_report_id"], refreshed["asset_report_id"]);
    assert_ne!(after["report"]["asset_report_id"], before["report"]["asset_report_id"]);
    assert_eq!(lab.call("/credit/relay/remove", json!({"relay_token": relay})).await["removed"], true);
    assert_eq!(lab.fail("/credit/relay/get", get).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn other_users_have_reports_of_their_own_transactions() {
    let lab = Lab::start(slow()).await;
    let row = |date: &str, amount: i64| json!({"date_transacted": date, "date_posted": date, "amount": amount, "description": "Rent", "currency": "USD"});
    let account = json!({
        "type": "depository",
        "subtype": "checking",
        "starting_balance": 1_000,
        "transactions": [row("2026-11-20", 400), row("2026-01-10", 100)],
    });
    let password = json!({"version": "2", "override_accounts": [account]}).to_string();
    let options = json!({"override_password": password});
    let access = lab.item_for(&["assets"], "user_custom", options).await;
    let body = json!({"access_tokens": [access], "days_requested": 365});
    let token = lab.call("/asset_report/create", body).await["asset_report_token"].clone();
    later(&lab);
    let response = lab.call("/asset_report/get", json!({"asset_report_token": token})).await;
    let account = &response["report"]["items"][0]["accounts"][0];
    let balances = list(account, "historical_balances");
    let on = |date: &str| balances.iter().find(|row| row["date"] == date).map(|row| row["current"].clone());
    let current = account["balances"]["current"].as_i64().expect("a number");
    assert_eq!(list(account, "transactions").len(), 2);
    assert_eq!(on("2026-11-20"), Some(json!(current)));
    assert_eq!(on("2026-11-19"), Some(json!(current + 400)));
    assert_eq!(on("2026-01-09"), Some(json!(current + 500)));

    let dynamic = lab.item_for(&["assets"], "user_transactions_dynamic", json!({})).await;
    let token = order(&lab, &[&dynamic], json!({})).await;
    later(&lab);
    let response = lab.call("/asset_report/get", json!({"asset_report_token": token})).await;
    let accounts = list(&response["report"]["items"][0], "accounts");
    let count: usize = accounts.iter().map(|account| list(account, "transactions").len()).sum();
    assert_eq!(count, 108);
}

#[tokio::test]
async fn amounts_that_no_bank_has_are_refused() {
    let lab = Lab::start(slow()).await;
    let row =
        json!({"date_transacted": "2026-11-20", "date_posted": "2026-11-20", "amount": 7e28, "description": "Rent"});
    let account = json!({"type": "depository", "subtype": "checking", "transactions": [row, row]});
    let password = json!({"override_accounts": [account]}).to_string();
    let options = json!({"override_username": "user_custom", "override_password": password});
    let body = json!({"institution_id": "ins_109508", "initial_products": ["assets"], "options": options});
    assert_eq!(lab.fail("/sandbox/public_token/create", body).await, "INVALID_REQUEST/INVALID_FIELD");
    let access = lab.item_for(&["assets", "transactions"], "user_transactions_dynamic", json!({})).await;
    let body = json!({"access_token": access, "transactions": [row]});
    assert_eq!(lab.fail("/sandbox/transactions/create", body).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn an_ordered_report_survives_export_and_import_and_is_the_same_everywhere() {
    let mut files = Vec::new();
    for _ in 0..2 {
        let lab = Lab::start(slow()).await;
        let access = lab.item_for(&["assets", "transactions"], "user_good", json!({})).await;
        let token = order(&lab, &[&access], json!({"add_ons": ["investments"]})).await;
        let (_, exported) = lab.ask("GET", "export", json!({})).await;
        lab.control("reset", json!({})).await;
        let get = json!({"asset_report_token": token});
        assert_eq!(lab.fail("/asset_report/get", get.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
        lab.control("import", exported).await;
        assert_eq!(lab.fail("/asset_report/get", get.clone()).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_READY");
        later(&lab);
        files.push((lab.call("/asset_report/get", get.clone()).await, file(&lab, "/asset_report/pdf/get", get).await));
    }
    assert!(files[0] == files[1], "the same calls at the same time give the same report");
}

#[tokio::test]
async fn an_item_that_was_linked_without_assets_has_no_report() {
    let lab = Lab::start(slow()).await;
    let other = lab.item_for(&["auth"], "user_good", json!({})).await;
    let token = order(&lab, &[&other], json!({})).await;
    later(&lab);
    let get = json!({"asset_report_token": token});
    assert_eq!(lab.fail("/asset_report/get", get).await, "ASSET_REPORT_ERROR/PRODUCT_NOT_ENABLED");
    let webhook = lab.tenant().webhooks().into_iter().find(|webhook| webhook.kind == "ASSETS").expect("a webhook");
    assert_eq!(webhook.code, "ERROR");
    assert!(webhook.body.contains("PRODUCT_NOT_ENABLED"), "{}", webhook.body);

    // It is left out of a report that does not need all Items.
    let access = lab.item_for(&["assets"], "user_good", json!({})).await;
    let body = json!({"access_tokens": [access, other], "days_requested": 0, "options": {"require_all_items": false}});
    let token = lab.call("/asset_report/create", body).await["asset_report_token"].clone();
    later(&lab);
    let response = lab.call("/asset_report/get", json!({"asset_report_token": token})).await;
    assert_eq!(list(&response["report"], "items").len(), 1);
    assert_eq!(response["warnings"][0]["cause"]["error_code"], "PRODUCT_NOT_ENABLED");
}
