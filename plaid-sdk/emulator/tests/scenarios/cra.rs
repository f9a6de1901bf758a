//! Plaid Check: reports about users, from their order to their end, loans, and insights several times a day.

use chrono::{DateTime, TimeDelta};

use crate::support::{CLIENT_ID, Lab, http, merged};
use plaid_emulator::{Builder, Emulator, Pace};
use serde_json::{Value, json};

pub const HOOK: &str = "http://127.0.0.1:9/hook";

/// An emulator whose banks take their time, with a clock that tests move.
pub fn slow() -> Builder {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a time");
    Emulator::builder().frozen_at(noon).pace(Pace::SANDBOX)
}

/// What a report needs to know of a user.
pub fn identity() -> Value {
    json!({
        "name": {"given_name": "Anna", "family_name": "Charleston"},
        "date_of_birth": "1975-01-18",
        "emails": [{"data": "anna@example.com", "primary": true}],
        "phone_numbers": [{"data": "+14155550011", "primary": true}],
        "addresses": [{
            "street_1": "2493 Leisure Lane", "city": "San Matias", "region": "CA", "postal_code": "93405", "country": "US",
            "primary": true,
        }],
    })
}

/// A user with an Item: `user_id`, `user_token`, `access_token`, `item_id`.
pub async fn person(lab: &Lab, username: &str, options: Value) -> Value {
    let body = json!({"client_user_id": "ann", "identity": identity()});
    let mut user = lab.call("/user/create", body).await;
    let access = lab.item(username, options).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    lab.call("/user/items/associate", json!({"user_id": user["user_id"], "item_ids": [item]})).await;
    user["access_token"] = access.into();
    user["item_id"] = item;
    user
}

/// The order of a report, with what else it has.
pub fn order(user: &Value, more: Value) -> Value {
    let plain = json!({
        "user_id": user["user_id"], "webhook": HOOK, "days_requested": 365,
        "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT",
    });
    merged(plain, more)
}

pub fn wait(lab: &Lab, seconds: i64) {
    lab.tenant().advance(TimeDelta::seconds(seconds)).expect("forward");
}

/// The webhooks of a type: their codes and bodies.
pub fn hooks(lab: &Lab, kind: &str) -> Vec<(String, Value)> {
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.kind == kind);
    all.map(|one| (one.code, serde_json::from_str(&one.body).expect("JSON"))).collect()
}

pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The text of a PDF file. Its content is not compressed.
pub async fn file(lab: &Lab, path: &str, body: Value) -> String {
    let request = http().post(format!("{}{path}", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let request = request.header("Content-Type", "application/json").body(body.to_string());
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(response.headers()["content-type"], "application/pdf", "{path}");
    let bytes = response.bytes().await.expect("a body");
    assert!(bytes.starts_with(b"%PDF-1."), "{path}");
    String::from_utf8_lossy(&bytes).into_owned()
}

const BASE: &str = "/cra/check_report/base_report/get";

#[tokio::test]
async fn a_report_becomes_ready_is_announced_and_expires() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    let get = json!({"user_id": user["user_id"]});
    assert_eq!(lab.fail(BASE, get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY", "nobody asked for one");
    let create = order(&user, json!({"products": ["cra_base_report", "cra_lend_score"], "client_report_id": "loan-7"}));
    lab.call("/cra/check_report/create", create.clone()).await;
    assert_eq!(lab.fail(BASE, get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY");
    wait(&lab, 4);
    let ready = &hooks(&lab, "CHECK_REPORT")[0];
    assert_eq!(ready.0, "USER_CHECK_REPORT_READY");
    assert_eq!(ready.1["user_id"], user["user_id"]);
    assert_eq!(ready.1["successful_products"], json!(["cra_base_report", "cra_lend_score"]));
    assert_eq!(ready.1.get("failed_products"), None);

    let report = lab.call(BASE, get.clone()).await["report"].clone();
    assert_eq!((&report["client_report_id"], &report["days_requested"]), (&json!("loan-7"), &json!(365)));
    let accounts = lab.call("/accounts/get", json!({"access_token": user["access_token"]})).await;
    let ids = |all: &[Value]| all.iter().map(|one| one["account_id"].clone()).collect::<Vec<_>>();
    let shown = list(&report["items"][0], "accounts");
    assert_eq!(ids(shown), ids(list(&accounts, "accounts")));
    assert_eq!(report["items"][0]["item_id"], user["item_id"]);
    let items = lab.call("/user/items/get", get.clone()).await;
    assert!(list(&items["items"][0], "billed_products").contains(&json!("cra_lend_score")), "{items}");

    wait(&lab, 24 * 3600);
    for path in [BASE, "/cra/check_report/pdf/get", "/cra/check_report/income_insights/get"] {
        assert_eq!(lab.fail(path, get.clone()).await, "CHECK_REPORT_ERROR/CONSUMER_REPORT_EXPIRED", "{path}");
    }
    lab.call("/cra/check_report/create", create).await;
    wait(&lab, 4);
    assert_ne!(lab.call(BASE, get).await["report"]["report_id"], report["report_id"]);
}

#[tokio::test]
async fn a_report_never_changes_after_it_is_ready() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_transactions_dynamic", json!({})).await;
    wait(&lab, 20);
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    wait(&lab, 4);
    let versions = json!({"cashflow_insights": {"attributes_version": "CFI1"}});
    let reads = [
        (BASE, json!({})),
        ("/cra/check_report/income_insights/get", json!({})),
        ("/cra/check_report/partner_insights/get", json!({})),
        ("/cra/check_report/cashflow_insights/get", json!({"options": versions["cashflow_insights"]})),
        ("/cra/check_report/lend_score/get", json!({"options": {"lend_score_version": "LS1"}})),
        ("/cra/check_report/network_insights/get", json!({"options": {"network_insights_version": "NI1"}})),
    ];
    let mut first = Vec::new();
    let steps = ["none", "refresh", "balances", "owners", "break", "remove"];
    for step in steps {
        let access = &user["access_token"];
        match step {
            "refresh" => drop(lab.call("/transactions/refresh", json!({"access_token": access})).await),
            "balances" => {
                let body = json!({"account": "0000", "current": 1, "available": 1});
                lab.control(&format!("items/{}/balances", text(access)), body).await;
            }
            "owners" => {
                let owner = json!({"names": ["Someone Else"], "emails": [], "phone_numbers": [], "addresses": []});
                let body = json!({"account": "0000", "owners": [owner]});
                lab.control(&format!("items/{}/owners", text(access)), body).await;
                lab.call("/identity/refresh", json!({"access_token": access})).await;
            }
            "break" => drop(lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await),
            "remove" => drop(lab.call("/item/remove", json!({"access_token": access})).await),
            _ => {}
        }
        for (index, (path, more)) in reads.iter().enumerate() {
            let body = merged(json!({"user_id": user["user_id"]}), more.clone());
            let report = lab.call(path, body).await["report"].clone();
            match first.get(index) {
                None => first.push(report),
                Some(before) => assert_eq!(*before, report, "{path} after {step}"),
            }
        }
    }
}

#[tokio::test]
async fn a_report_about_items_that_cannot_be_read_fails_and_names_them() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    lab.call("/sandbox/user/reset_login", json!({"user_id": user["user_id"]})).await;
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    let get = json!({"user_id": user["user_id"]});
    wait(&lab, 4);
    let (status, error) = lab.send(BASE, get.clone()).await;
    assert_eq!((status, &error["error_code"]), (400, &json!("DATA_UNAVAILABLE")));
    assert_eq!(error["causes"][0]["error_code"], "ITEM_LOGIN_REQUIRED");
    assert_eq!(error["causes"][0]["item_id"], user["item_id"]);
    let codes: Vec<String> = hooks(&lab, "CHECK_REPORT").into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["USER_CHECK_REPORT_FAILED"]);

    // Another Item is enough, and the broken one is named in a warning.
    let other = lab.item("user_good", json!({})).await;
    let other = lab.call("/item/get", json!({"access_token": other})).await["item"]["item_id"].clone();
    lab.call("/user/items/associate", json!({"user_id": user["user_id"], "item_ids": [other]})).await;
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    wait(&lab, 4);
    let response = lab.call(BASE, get.clone()).await;
    assert_eq!(list(&response["report"], "items").len(), 1);
    assert_eq!(response["report"]["items"][0]["item_id"], other);
    assert_eq!(response["warnings"][0]["warning_code"], "TRANSACTIONS_UNAVAILABLE");
    assert_eq!(response["warnings"][0]["cause"]["item_id"], user["item_id"]);
    let only = merged(get, json!({"item_ids": [user["item_id"]]}));
    assert_eq!(lab.fail(BASE, only).await, "INVALID_REQUEST/INVALID_FIELD", "it is not in the report");
}

#[tokio::test]
async fn orders_are_checked() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_transactions_dynamic", json!({})).await;
    let path = "/cra/check_report/create";
    let unknown = order(&json!({"user_id": "usr_nobody"}), json!({}));
    assert_eq!(lab.fail(path, unknown).await, "USER_ERROR/USER_NOT_FOUND");
    let unknown = json!({"user_id": null, "user_token": "user-sandbox-nobody"});
    assert_eq!(lab.fail(path, order(&user, unknown)).await, "INVALID_INPUT/INVALID_USER_TOKEN");
    let without = json!({"consumer_report_permissible_purpose": null});
    assert_eq!(lab.fail(path, order(&user, without)).await, "INVALID_REQUEST/MISSING_FIELDS");
    for wrong in [json!({"consumer_report_permissible_purpose": "FUN"}), json!({"webhook": "nowhere"})] {
        assert_eq!(lab.fail(path, order(&user, wrong)).await, "INVALID_REQUEST/INVALID_FIELD");
    }
    assert_eq!(lab.fail(path, order(&user, json!({"days_required": 185}))).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(path, order(&user, json!({"products": ["auth"]}))).await, "INVALID_REQUEST/INVALID_FIELD");
    // A report needs an identity.
    lab.call("/user/identity/remove", json!({"user_id": user["user_id"]})).await;
    let (status, error) = lab.send(path, order(&user, json!({}))).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("INVALID_USER_IDENTITY_DATA")));
    let mut some = identity();
    some["addresses"] = json!([]);
    lab.call("/user/update", json!({"user_id": user["user_id"], "identity": some})).await;
    let (_, error) = lab.send(path, order(&user, json!({}))).await;
    assert!(text(&error["error_message"]).ends_with(": addresses"), "{error}");
    lab.call("/user/update", json!({"user_id": user["user_id"], "identity": identity()})).await;
    // Fewer days than 180 are raised; a history that is too short is refused.
    lab.call(path, order(&user, json!({"days_requested": 10}))).await;
    wait(&lab, 4);
    let get = json!({"user_id": user["user_id"]});
    assert_eq!(lab.call(BASE, get.clone()).await["report"]["days_requested"], 180);
    lab.call(path, order(&user, json!({"days_required": 90}))).await;
    wait(&lab, 4);
    assert_eq!(lab.fail(BASE, get.clone()).await, "CHECK_REPORT_ERROR/INSUFFICIENT_TRANSACTION_DATA");
    lab.call(path, order(&user, json!({"days_required": 20}))).await;
    wait(&lab, 4);
    lab.call(BASE, get).await;
}

#[tokio::test]
async fn parts_without_data_fail_alone() {
    let lab = Lab::start(slow()).await;
    let row = json!({"date_transacted": "2026-11-20", "date_posted": "2026-11-20", "amount": 40, "description": "KFC", "currency": "USD"});
    let card = json!({"type": "credit", "subtype": "credit card", "starting_balance": 100, "transactions": [row]});
    let password = json!({"version": "2", "override_accounts": [card]}).to_string();
    let user = person(&lab, "user_custom", json!({"override_password": password})).await;
    let products = json!({"products": ["cra_base_report", "cra_income_insights", "cra_network_insights"]});
    lab.call("/cra/check_report/create", order(&user, products)).await;
    wait(&lab, 4);
    let (code, fields) = hooks(&lab, "CHECK_REPORT").remove(0);
    assert_eq!(code, "USER_CHECK_REPORT_READY");
    assert_eq!(fields["successful_products"], json!(["cra_base_report", "cra_network_insights"]));
    assert_eq!(fields["failed_products"], json!(["cra_income_insights"]));
    let get = json!({"user_id": user["user_id"]});
    lab.call(BASE, get.clone()).await;
    for path in ["income_insights", "partner_insights"] {
        let path = format!("/cra/check_report/{path}/get");
        assert_eq!(lab.fail(&path, get.clone()).await, "CHECK_REPORT_ERROR/DATA_UNAVAILABLE", "{path}");
    }
}

#[tokio::test]
async fn users_with_tokens_get_the_older_webhooks() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_bank_income", json!({})).await;
    let legacy = json!({
        "user_id": null, "user_token": user["user_token"],
        "products": ["cra_base_report", "cra_income_insights", "cra_partner_insights"],
    });
    lab.call("/cra/check_report/create", order(&user, legacy.clone())).await;
    wait(&lab, 4);
    let codes = |lab: &Lab| -> Vec<String> {
        let all = lab
            .tenant()
            .webhooks()
            .into_iter()
            .filter(|one| matches!(&*one.kind, "CHECK_REPORT" | "CRA_INSIGHTS" | "CRA_INCOME" | "BASE_REPORT"));
        all.map(|one| format!("{}/{}", one.kind, one.code)).collect()
    };
    let ready = [
        "CHECK_REPORT/CHECK_REPORT_READY",
        "CRA_INSIGHTS/PARTNER_INSIGHTS_COMPLETE",
        "CRA_INCOME/BANK_INCOME_COMPLETE",
    ];
    assert_eq!(codes(&lab), ready);
    let get = json!({"user_token": user["user_token"]});
    let older = lab.call("/cra/partner_insights/get", get.clone()).await;
    assert_eq!(older["report"][0]["prism"]["status"], "SUCCESS");
    assert!(file(&lab, "/consumer_report/pdf/get", get).await.contains("(Consumer report)"));

    lab.call("/sandbox/user/reset_login", json!({"user_token": user["user_token"]})).await;
    // An Item that no report was made of was to be upgraded to one.
    let new = lab.item("user_good", json!({})).await;
    let item = lab.call("/item/get", json!({"access_token": new})).await["item"]["item_id"].clone();
    lab.call("/user/items/associate", json!({"user_id": user["user_id"], "item_ids": [item]})).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": new})).await;
    lab.call("/cra/check_report/create", order(&user, legacy)).await;
    wait(&lab, 4);
    let failed = [
        "CHECK_REPORT/UPGRADE_FAILED",
        "CHECK_REPORT/CHECK_REPORT_FAILED",
        "BASE_REPORT/ERROR",
        "CRA_INSIGHTS/PARTNER_INSIGHTS_ERROR",
        "CRA_INCOME/ERROR",
    ];
    assert_eq!(codes(&lab)[ready.len()..], failed);
    let upgrade =
        hooks(&lab, "CHECK_REPORT").into_iter().find(|(code, _)| code == "UPGRADE_FAILED").expect("a webhook");
    assert_eq!(upgrade.1["item_ids"], json!([item]));
    let error = hooks(&lab, "BASE_REPORT").remove(0).1["error"].clone();
    assert_eq!((&error["error_type"], &error["error_code"]), (&json!("BASE_REPORT_ERROR"), &json!("DATA_UNAVAILABLE")));
}

#[tokio::test]
async fn link_starts_a_report_if_it_knows_why() {
    let lab = Lab::start(slow()).await;
    let user = lab.call("/user/create", json!({"client_user_id": "ann", "identity": identity()})).await;
    let link = |more: Value| {
        let plain = json!({"user_id": user["user_id"], "products": ["cra_base_report"], "webhook": HOOK});
        lab.link_token(merged(plain, more))
    };
    let complete = |token: String| lab.control("link/complete", json!({"link_token": token}));
    complete(link(json!({})).await).await;
    wait(&lab, 20);
    let get = json!({"user_id": user["user_id"]});
    assert_eq!(lab.fail(BASE, get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY", "no purpose, no report");
    let purpose = json!({
        "consumer_report_permissible_purpose": "ACCOUNT_REVIEW_CREDIT",
        "cra_options": {"days_requested": 200, "client_report_id": "loan-8"},
    });
    complete(link(purpose.clone()).await).await;
    wait(&lab, 4);
    let report = lab.call(BASE, get).await["report"].clone();
    assert_eq!((&report["days_requested"], &report["client_report_id"]), (&json!(200), &json!("loan-8")));
    assert_eq!(list(&report, "items").len(), 2, "all Items of the user");
    assert_eq!(hooks(&lab, "CHECK_REPORT")[0].0, "USER_CHECK_REPORT_READY");

    let wrong = crate::support::link_request(json!({"consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT"}));
    assert_eq!(lab.fail("/link/token/create", wrong).await, "INVALID_REQUEST/INVALID_FIELD", "auth needs no purpose");
    let stranger = merged(json!({"products": ["cra_base_report"], "user": {"client_user_id": "bob"}}), purpose);
    let stranger = crate::support::link_request(stranger);
    assert_eq!(lab.fail("/link/token/create", stranger).await, "INVALID_INPUT/INVALID_USER_IDENTITY_DATA");
}

#[tokio::test]
async fn balances_and_sums_of_a_report_agree_with_its_transactions() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    wait(&lab, 20);
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    wait(&lab, 4);
    let report = lab.call(BASE, json!({"user_id": user["user_id"]})).await["report"].clone();
    let number = |value: &Value| value.as_f64().expect("a number");
    let near = |a: f64, b: f64| (a - b).abs() < 0.006;
    let (mut inflow, mut outflow) = (0.0, 0.0);
    for account in list(&report["items"][0], "accounts") {
        let rows = list(account, "transactions");
        let sum =
            |test: fn(f64) -> bool| rows.iter().map(|row| number(&row["amount"])).filter(|one| test(*one)).sum::<f64>();
        let (own_in, own_out) = (sum(|amount| amount < 0.0), sum(|amount| amount > 0.0));
        let attributes = &account["attributes"];
        if account["type"] == "depository" {
            assert!(near(number(&attributes["total_inflow_amount"]["amount"]), own_in), "{account}");
            assert!(near(number(&attributes["total_outflow_amount"]["amount"]), own_out), "{account}");
            inflow += own_in;
            outflow += own_out;
        } else {
            assert_eq!(attributes["total_inflow_amount"], Value::Null);
        }
        let past = list(account, "historical_balances");
        if account["type"] == "investment" {
            assert!(past.is_empty());
            continue;
        }
        assert_eq!(past.len(), 365);
        let average = past.iter().map(|one| number(&one["current"])).sum::<f64>() / 365.0;
        assert!(near(number(&account["balances"]["average_balance"]), average), "{}", account["name"]);
        let month = past[..30].iter().map(|one| number(&one["current"])).sum::<f64>() / 30.0;
        assert!(near(number(&account["balances"]["most_recent_thirty_day_average_balance"]), month));
        assert_eq!(list(&account["balances"], "average_monthly_balances").len(), 13, "twelve months and a part of one");
    }
    assert!(inflow < 0.0 && outflow > 0.0);
    assert!(near(number(&report["attributes"]["total_inflow_amount"]["amount"]), inflow));
    assert!(near(number(&report["attributes"]["total_outflow_amount"]["amount"]), outflow));
    let checking = &list(&report["items"][0], "accounts")[0];
    assert_eq!(checking["attributes"]["is_primary_account"], true, "it has the most transactions");
    // The ordinary transactions are the same ones.
    let all = lab.call("/transactions/sync", json!({"access_token": user["access_token"], "count": 500})).await;
    let ids: Vec<&Value> = list(&report["items"][0], "accounts")
        .iter()
        .flat_map(|one| list(one, "transactions"))
        .map(|row| &row["transaction_id"])
        .collect();
    assert!(list(&all, "added").iter().all(|row| ids.contains(&&row["transaction_id"])));
}

#[tokio::test]
async fn overdrafts_count_unless_they_come_back() {
    let lab = Lab::start(slow()).await;
    let row = |date: &str, amount: i64, name: &str| json!({"date_transacted": date, "date_posted": date, "amount": amount, "description": name, "currency": "USD"});
    let account = json!({
        "type": "depository", "subtype": "checking", "starting_balance": 50,
        "transactions": [
            row("2026-11-20", 35, "Overdraft fee"), row("2026-09-20", 35, "Overdraft fee"), row("2026-09-21", -35, "Overdraft fee"),
            row("2026-10-10", 35, "Insufficient funds"),
        ],
    });
    let password = json!({"version": "2", "override_accounts": [account]}).to_string();
    let user = person(&lab, "user_custom", json!({"override_password": password})).await;
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    wait(&lab, 4);
    let get = json!({"user_id": user["user_id"]});
    let attributes = lab.call(BASE, get.clone()).await["report"]["attributes"].clone();
    let count = |name: &str| attributes[format!("nsf_overdraft_transactions_count{name}")].as_i64();
    assert_eq!([count(""), count("_30d"), count("_60d"), count("_90d")], [Some(2), Some(1), Some(2), Some(2)]);
    let options = merged(get, json!({"options": {"lend_score_version": "LS1"}}));
    let score = lab.call("/cra/check_report/lend_score/get", options).await["report"]["lend_score"].clone();
    assert_eq!(score["reason_codes"], json!(["PCS0221", "PCS0223"]), "{score}");
}

#[tokio::test]
async fn loans_are_registered_updated_and_closed() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    let token = &user["user_token"];
    let loan = |id: &str, kind: &str| {
        json!({
            "user_token": token, "loan_id": id, "type": kind, "payment_schedule": "MONTHLY", "opened_date": "2026-01-01",
            "opened_with_status": {"status": "BOOKED", "date": "2026-01-01"}, "loan_amount": 5000,
        })
    };
    let application = json!({
        "user_token": token, "application_id": "app-1", "type": "PERSONAL", "decision": "APPROVED",
        "application_date": "2025-12-01", "decision_date": "2025-12-20",
    });
    lab.call("/cra/loans/applications/register", json!({"applications": [application]})).await;
    let nobody = merged(application, json!({"user_token": "user-sandbox-nobody"}));
    let nobody = json!({"applications": [nobody]});
    assert_eq!(lab.fail("/cra/loans/applications/register", nobody).await, "INVALID_INPUT/INVALID_USER_TOKEN");
    lab.call("/cra/loans/register", json!({"loans": [loan("a", "PERSONAL"), loan("b", "PAYDAY")]})).await;
    let change = |id: &str, more: Value| json!({"loans": [merged(json!({"loan_id": id}), more)]});
    let payment = json!({"payment_history": [{"period": 1, "due_date": "2026-02-01", "days_past_due": 0}]});
    lab.call("/cra/loans/update", change("a", payment)).await;
    let wrong = [
        change("z", json!({})),
        change("a", json!({"payment_history": [{"period": 0, "due_date": "2026-02-01", "days_past_due": 0}]})),
        change("a", json!({"status_history": [{"status": "CURRENT", "date": "2025-01-01"}]})),
        json!({"loans": []}),
    ];
    for body in wrong {
        assert_eq!(lab.fail("/cra/loans/update", body).await, "INVALID_REQUEST/INVALID_FIELD");
    }
    let close = change("b", json!({"closed_with_status": {"status": "PAID_OFF", "date": "2026-06-01"}}));
    lab.call("/cra/loans/unregister", close.clone()).await;
    assert_eq!(lab.fail("/cra/loans/unregister", close).await, "INVALID_REQUEST/INVALID_FIELD", "it is closed");
    assert_eq!(lab.fail("/cra/loans/update", change("b", json!({}))).await, "INVALID_REQUEST/INVALID_FIELD");
    let again = json!({"loans": [loan("b", "PAYDAY")]});
    assert_eq!(lab.fail("/cra/loans/register", again).await, "INVALID_REQUEST/INVALID_FIELD");
    let other = lab.call("/user/create", json!({"client_user_id": "bob"})).await;
    let theirs = json!({"loans": [merged(loan("a", "AUTO"), json!({"user_token": other["user_token"]}))]});
    assert_eq!(lab.fail("/cra/loans/register", theirs).await, "INVALID_REQUEST/INVALID_FIELD", "another user's loan");

    // Reports know of the loans.
    lab.call(
        "/cra/check_report/create",
        order(&user, json!({"network_insights": {"network_insights_version": "NI1"}})),
    )
    .await;
    wait(&lab, 4);
    let get = json!({"user_id": user["user_id"]});
    let report = lab.call("/cra/check_report/network_insights/get", get).await["report"].clone();
    let attributes = &report["network_attributes"];
    assert_eq!(attributes["plaid_conn_user_lifetime_lending_count"], 2);
    assert_eq!(attributes["plaid_conn_user_lifetime_personal_lending_flag"], 1);
    assert_eq!(attributes["plaid_conn_user_lifetime_cash_advance_primary_count"], 1);
    assert_eq!(report["items"][0]["item_id"], user["item_id"]);
}

#[tokio::test]
async fn a_user_may_share_nothing_with_the_network_and_take_accounts_back() {
    let lab = Lab::start(slow()).await;
    let user = lab.call("/user/create", json!({"client_user_id": "ann", "identity": identity()})).await;
    let link = json!({
        "user_id": user["user_id"], "webhook": HOOK, "products": ["cra_base_report"],
        "additional_consented_products": ["cra_income_insights"],
    });
    let token = lab.link_token(link).await;
    lab.control("link/complete", json!({"link_token": token, "accounts": ["0000"]})).await;
    let versions = json!({"network_insights": {"network_insights_version": "NI1"}});
    lab.call("/cra/check_report/create", order(&user, versions.clone())).await;
    wait(&lab, 4);
    let get = json!({"user_id": user["user_id"]});
    lab.call(BASE, get.clone()).await;
    let network = "/cra/check_report/network_insights/get";
    assert_eq!(lab.fail(network, get.clone()).await, "CHECK_REPORT_ERROR/NETWORK_CONSENT_REQUIRED");
    let item = lab.call("/user/items/get", get.clone()).await["items"][0]["item_id"].clone();
    lab.control(&format!("items/{}/revoke_account", text(&item)), json!({"account": "0000"})).await;
    lab.call("/cra/check_report/create", order(&user, versions)).await;
    wait(&lab, 4);
    assert_eq!(lab.fail(BASE, get).await, "CHECK_REPORT_ERROR/NO_ACCOUNTS");
}
