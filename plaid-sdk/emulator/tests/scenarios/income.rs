//! Incomes from bank accounts over HTTP: reports, their webhooks, sessions of Link.

use chrono::{DateTime, TimeDelta};

use crate::support::{CLIENT_ID, Lab, http, merged};
use plaid_emulator::{Builder, Emulator, Finish, Login, Pace};
use serde_json::{Value, json};

const HOOK: &str = "http://127.0.0.1:9/hook";
const GET: &str = "/credit/bank_income/get";

/// Noon of 2026-11-28.
fn noon() -> Builder {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a time");
    Emulator::builder().frozen_at(noon)
}

fn wait(lab: &Lab, seconds: i64) {
    lab.tenant().advance(TimeDelta::seconds(seconds)).expect("forward");
}

/// A user and what names them.
async fn user(lab: &Lab, more: Value) -> Value {
    let made = lab.call("/user/create", merged(json!({"client_user_id": "ann"}), more)).await;
    json!({"user_token": made["user_token"]})
}

/// An Item of a user that was linked for bank income.
async fn item(lab: &Lab, user: &Value, username: &str, password: &str) -> Value {
    let options = json!({
        "override_username": username, "override_password": password, "webhook": HOOK,
        "income_verification": {"income_source_types": ["bank"], "bank_income": {"days_requested": 120}},
    });
    let body = json!({
        "institution_id": "ins_109508", "initial_products": ["assets", "income_verification", "transactions"],
        "options": options, "user_token": user["user_token"],
    });
    let public = lab.call("/sandbox/public_token/create", body).await["public_token"].clone();
    lab.call("/item/public_token/exchange", json!({"public_token": public})).await
}

/// The last webhook of a type and a code.
fn last(lab: &Lab, kind: &str, code: &str) -> Option<Value> {
    let all = lab.tenant().webhooks();
    let found = all.iter().rev().find(|one| one.kind == kind && one.code == code)?;
    serde_json::from_str(&found.body).ok()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn sum<'a>(rows: impl Iterator<Item = &'a Value>, name: &str) -> f64 {
    rows.map(|row| row[name].as_f64().expect("a number")).sum()
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.001
}

#[tokio::test]
async fn a_report_becomes_ready_and_its_totals_agree() {
    let lab = Lab::start(noon().pace(Pace::SANDBOX)).await;
    let user = user(&lab, json!({})).await;
    let item = item(&lab, &user, "user_bank_income", "x").await;
    for path in [GET, "/credit/bank_income/pdf/get", "/beta/credit/v1/bank_employment/get"] {
        assert_eq!(lab.fail(path, user.clone()).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY", "{path}");
    }
    wait(&lab, 4);
    let done = last(&lab, "INCOME", "BANK_INCOME_COMPLETE").expect("a webhook");
    assert_eq!(done["result"], "SUCCESS");
    assert_eq!(last(&lab, "CRA_INCOME", "BANK_INCOME_COMPLETE"), None, "the user has no identity");
    let ready = last(&lab, "INCOME", "PRODUCT_READY").expect("a webhook");
    assert_eq!((&ready["item_id"], &ready["error"]), (&item["item_id"], &json!(null)));
    let report = lab.call(GET, user.clone()).await["bank_income"][0].clone();
    assert_eq!(report["days_requested"], 120);
    assert_eq!(report["items"][0]["item_id"], item["item_id"]);
    let sources = list(&report["items"][0], "bank_income_sources");
    let seen: Vec<_> =
        sources.iter().map(|one| (one["income_description"].clone(), one["income_category"].clone())).collect();
    assert!(seen.contains(&(json!("Plaid Inc Direct Dep"), json!("SALARY"))), "{seen:?}");
    assert!(seen.contains(&(json!("Ridesharing Co Direct Dep"), json!("GIG_ECONOMY"))), "{seen:?}");
    let salary = sources.iter().find(|one| one["income_category"] == "SALARY").expect("a salary");
    assert_eq!((&salary["pay_frequency"], &salary["total_amount"]), (&json!("MONTHLY"), &json!(4 * 4250)));
    let summary = &report["bank_income_summary"];
    for whole in sources.iter().chain([summary]) {
        let months = list(whole, "historical_summary");
        assert_eq!(months.len(), 4, "the days begin on the 1st of August");
        let total = whole["total_amount"].as_f64().expect("a number");
        assert!(is_same(total, sum(months.iter(), "total_amount")));
        assert!(is_same(total, sum(months.iter().flat_map(|month| list(month, "transactions")), "amount")));
        assert!(
            is_same(total, sum(list(whole, "total_amounts").iter(), "amount")) || whole.get("total_amounts").is_none()
        );
    }
    assert_eq!(summary["income_sources_count"], sources.len());
    // The report has the transactions that /transactions/get has.
    let dates = json!({"access_token": item["access_token"], "start_date": "2026-09-01", "end_date": "2026-11-28"});
    wait(&lab, 20);
    let rows = lab.call("/transactions/get", merged(dates, json!({"options": {"count": 500}}))).await;
    let id = &list(&list(salary, "historical_summary")[3], "transactions")[0];
    let same =
        list(&rows, "transactions").iter().find(|row| row["transaction_id"] == id["transaction_id"]).expect("it");
    assert_eq!(same["amount"].as_f64(), id["amount"].as_f64().map(|amount| -amount));
    let jobs =
        lab.call("/beta/credit/v1/bank_employment/get", user.clone()).await["bank_employment_reports"][0].clone();
    let job = &list(&jobs["items"][0], "bank_employments")[0];
    assert_eq!((&job["employer"]["name"], &job["latest_deposit_date"]), (&json!("Plaid Inc"), &json!("2026-11-15")));
    let (kind, bytes) = file(&lab, "/credit/bank_income/pdf/get", user).await;
    let text = String::from_utf8_lossy(&bytes);
    assert!(kind == "application/pdf" && bytes.starts_with(b"%PDF-") && text.contains("Plaid Inc Direct Dep"));
    assert!(text.contains("First Platypus Bank") && text.contains("EMULATOR"));
}

/// The media type and the bytes of a file.
async fn file(lab: &Lab, path: &str, body: Value) -> (String, Vec<u8>) {
    let request = http().post(format!("{}{path}", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let request = request.header("Content-Type", "application/json").body(body.to_string());
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().expect("a media type").to_owned();
    (kind, response.bytes().await.expect("a body").to_vec())
}

#[tokio::test]
async fn a_user_with_an_identity_has_webhooks_of_consumer_reports() {
    let lab = Lab::start(noon()).await;
    let identity = json!({"name": {"given_name": "Ann", "family_name": "Other"}, "date_of_birth": "1990-01-31",
        "emails": [{"data": "ann@example.com", "primary": true}], "phone_numbers": [{"data": "+14155550015", "primary": true}],
        "addresses": [{"street_1": "1 Main St", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US", "primary": true}]});
    let user = user(&lab, json!({"identity": identity})).await;
    let item = item(&lab, &user, "user_bank_income", "x").await;
    assert_eq!(last(&lab, "CRA_INCOME", "BANK_INCOME_COMPLETE").expect("a webhook")["result"], "SUCCESS");
    lab.call("/sandbox/item/reset_login", json!({"access_token": item["access_token"]})).await;
    // Another Item of the same user, whose bank can't be read when the report is made.
    let other = Lab::start(noon().pace(Pace::SANDBOX)).await;
    let twin = self::user(&other, json!({"identity": identity})).await;
    let item = self::item(&other, &twin, "user_bank_income", "x").await;
    other.call("/sandbox/item/reset_login", json!({"access_token": item["access_token"]})).await;
    wait(&other, 4);
    assert!(last(&other, "CRA_INCOME", "ERROR").is_some());
    let ready = last(&other, "INCOME", "PRODUCT_READY").expect("a webhook");
    assert_eq!(ready["error"]["error_code"], "ITEM_LOGIN_REQUIRED");
    assert_eq!(last(&other, "INCOME", "BANK_INCOME_COMPLETE").expect("a webhook")["result"], "FAILURE");
    assert_eq!(other.fail(GET, twin).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_FAILED");
}

#[tokio::test]
async fn the_first_read_orders_a_report_and_an_item_that_cant_be_read_is_a_warning() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab, json!({})).await;
    assert_eq!(lab.fail(GET, user.clone()).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND");
    let id = lab.call("/user/create", json!({"client_user_id": "ann"})).await["user_id"].clone();
    for username in ["user_good", "user_credit_bonus"] {
        let access = lab.item(username, json!({})).await;
        let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
        lab.call("/user/items/associate", json!({"user_id": id, "item_ids": [item]})).await;
        if username == "user_good" {
            lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
        }
    }
    let report = lab.call(GET, user.clone()).await["bank_income"][0].clone();
    assert_eq!(
        (list(&report, "items").len(), &report["warnings"][0]["warning_code"]),
        (1, &json!("TRANSACTIONS_UNAVAILABLE"))
    );
    assert_eq!(report["warnings"][0]["cause"]["error_code"], "ITEM_LOGIN_REQUIRED");
    assert_eq!(lab.call(GET, user).await["bank_income"][0], report, "a report stays as it is");
    let unknown = json!({"user_token": "user-sandbox-nobody"});
    assert_eq!(lab.fail(GET, unknown).await, "INVALID_INPUT/INVALID_USER_TOKEN");
    assert_eq!(lab.fail(GET, json!({"user_id": "usr_nobody"})).await, "USER_ERROR/USER_NOT_FOUND");
}

#[tokio::test]
async fn refreshed_reports_come_first_and_older_ones_stay() {
    let lab = Lab::start(noon().pace(Pace::SANDBOX)).await;
    let user = user(&lab, json!({})).await;
    let refresh = "/credit/bank_income/refresh";
    assert_eq!(lab.fail(refresh, user.clone()).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND");
    let item = item(&lab, &user, "user_bank_income", "x").await;
    wait(&lab, 4);
    let first = lab.call(GET, user.clone()).await["bank_income"][0].clone();
    let days = |days: i64| merged(user.clone(), json!({"options": {"days_requested": days}}));
    lab.call(refresh, days(30)).await;
    assert_eq!(lab.call(GET, user.clone()).await["bank_income"][0], first, "the new one is not there yet");
    wait(&lab, 4);
    assert_eq!(last(&lab, "INCOME", "BANK_INCOME_REFRESH_COMPLETE").expect("a webhook")["result"], "SUCCESS");
    let many = |count: i64| merged(user.clone(), json!({"options": {"count": count}}));
    let both = lab.call(GET, many(5)).await;
    assert_eq!(list(&both, "bank_income").len(), 2);
    assert_eq!((&both["bank_income"][0]["days_requested"], &both["bank_income"][1]), (&json!(30), &first));
    assert_eq!(lab.fail(GET, many(0)).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(refresh, days(732)).await, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/item/remove", json!({"access_token": item["access_token"]})).await;
    lab.call(refresh, user.clone()).await;
    wait(&lab, 4);
    assert_eq!(last(&lab, "INCOME", "BANK_INCOME_REFRESH_COMPLETE").expect("a webhook")["result"], "FAILURE");
    assert_eq!(list(&lab.call(GET, many(5)).await, "bank_income").len(), 2);
}

#[tokio::test]
async fn a_new_source_is_announced_once_to_those_who_asked() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab, json!({})).await;
    let item = item(&lab, &user, "user_bank_income", "x").await;
    let id = item["item_id"].as_str().expect("an id").to_owned();
    let pay = async |name: &str| {
        let row = json!({"date": "2026-11-27", "amount": -900, "description": name});
        lab.control(&format!("items/{id}/append_transactions"), json!({"transactions": [row]})).await;
    };
    let code = "BANK_INCOME_REFRESH_UPDATE";
    let count = || lab.tenant().webhooks().iter().filter(|one| one.code == code).count();
    pay("First Co Direct Dep").await;
    assert_eq!(count(), 0, "users are not subscribed at first");
    let subscribe = |on: bool| merged(user.clone(), json!({"enable_webhooks": on}));
    lab.call("/credit/bank_income/webhook/update", subscribe(true)).await;
    pay("Second Co Direct Dep").await;
    assert_eq!(count(), 1);
    pay("Second Co Direct Dep").await;
    assert_eq!(count(), 1, "the source is known now");
    lab.call("/credit/bank_income/webhook/update", subscribe(false)).await;
    pay("Third Co Direct Dep").await;
    assert_eq!(count(), 1);
}

#[tokio::test]
async fn sessions_show_what_came_of_them() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab, json!({})).await;
    let finish = async |products: Value, username: &'static str| {
        let token = lab
            .link_token(json!({
                "products": products, "user_token": user["user_token"], "webhook": HOOK,
                "income_verification": {"income_source_types": ["bank"], "bank_income": {"days_requested": 90}},
            }))
            .await;
        let login = Login { username, password: "pass_good" };
        lab.tenant().complete_link(&token, Finish { institution: "ins_109508", login, masks: None }).expect("an Item")
    };
    finish(json!(["income_verification", "employment"]), "user_bank_income").await;
    let first = lab.call("/credit/sessions/get", user.clone()).await["sessions"][0].clone();
    let results = &first["results"];
    assert_eq!(results["bank_income_results"][0]["status"], "APPROVED");
    assert_eq!(results["bank_employment_results"][0]["status"], "APPROVED");
    assert_eq!(results["item_add_results"][0]["item_id"], results["bank_income_results"][0]["item_id"]);
    assert!(last(&lab, "INCOME", "BANK_INCOME_COMPLETE").is_some());
    assert_eq!(lab.call(GET, user.clone()).await["bank_income"][0]["days_requested"], 90);
    let account = json!({"type": "depository", "subtype": "checking", "transactions": []});
    let password = json!({"override_accounts": [account]}).to_string();
    let token = lab
        .link_token(json!({
            "products": ["income_verification", "employment"], "user_token": user["user_token"],
            "income_verification": {"bank_income": {"days_requested": 90}},
        }))
        .await;
    let body =
        json!({"link_token": token, "institution_id": "ins_109508", "username": "user_custom", "password": password});
    wait(&lab, 60);
    lab.control("link/complete", body).await;
    let all = lab.call("/credit/sessions/get", user.clone()).await;
    let status = |name: &str| all["sessions"][0]["results"][name][0]["status"].clone();
    assert_eq!(status("bank_income_results"), "NO_DEPOSITS_FOUND");
    assert_eq!(status("bank_employment_results"), "NO_EMPLOYERS_FOUND");
    assert_eq!(all["sessions"][1], first);
    // A session that was left has its error.
    let token = lab.link_token(json!({"user_token": user["user_token"]})).await;
    wait(&lab, 60);
    lab.control("link/exit", json!({"link_token": token, "error_code": "ITEM_LOCKED"})).await;
    let all = lab.call("/credit/sessions/get", user.clone()).await;
    assert_eq!(all["sessions"][0]["errors"][0]["error_code"], "ITEM_LOCKED");
}

#[tokio::test]
async fn update_mode_makes_the_report_again() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab, json!({})).await;
    let item = item(&lab, &user, "user_bank_income", "x").await;
    let first = lab.call(GET, user.clone()).await["bank_income"][0]["bank_income_id"].clone();
    let token = lab.link_token(json!({"access_token": item["access_token"]})).await;
    let login = Login { username: "user_bank_income", password: "pass_good" };
    lab.tenant()
        .complete_link(&token, Finish { institution: "ins_109508", login, masks: None })
        .expect("a repaired Item");
    assert!(last(&lab, "INCOME", "BANK_INCOME_REFRESH_COMPLETE").is_some());
    assert_ne!(lab.call(GET, user).await["bank_income"][0]["bank_income_id"], first);
}

#[tokio::test]
async fn webhooks_are_fired_on_demand() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab, json!({})).await;
    let item = item(&lab, &user, "user_bank_income", "x").await["item_id"].clone();
    let id = lab.call("/user/create", json!({"client_user_id": "ann"})).await["user_id"].clone();
    let bank = |code: &str, more: Value| merged(json!({"webhook_code": code, "webhook_fields": {"user_id": id}}), more);
    let path = "/sandbox/bank_income/fire_webhook";
    lab.call(path, bank("BANK_INCOME_REFRESH_UPDATE", json!({}))).await;
    let sent = lab.tenant().webhooks().into_iter().rfind(|one| one.code == "BANK_INCOME_REFRESH_UPDATE").expect("it");
    assert_eq!(sent.url.as_deref(), Some(HOOK));
    let fields = json!({"webhook_fields": {"user_id": id, "bank_income_refresh_complete_result": "FAILURE"}});
    lab.call(
        path,
        bank("BANK_INCOME_REFRESH_COMPLETE", merged(fields, json!({"webhook_override": "http://127.0.0.1:9/x"}))),
    )
    .await;
    assert_eq!(last(&lab, "INCOME", "BANK_INCOME_REFRESH_COMPLETE").expect("it")["result"], "FAILURE");
    let nobody = json!({"webhook_fields": {"user_id": "usr_nobody"}});
    assert_eq!(lab.fail(path, bank("BANK_INCOME_REFRESH_UPDATE", nobody)).await, "USER_ERROR/USER_NOT_FOUND");

    let path = "/sandbox/income/fire_webhook";
    let payroll =
        |code: &str, more: Value| merged(json!({"item_id": item, "webhook": HOOK, "webhook_code": code}), more);
    for status in ["PROCESSING_COMPLETE", "PROCESSING_FAILED", "PENDING_APPROVAL"] {
        let status = format!("VERIFICATION_STATUS_{status}");
        lab.call(path, payroll("INCOME_VERIFICATION", json!({"verification_status": status}))).await;
        let sent = last(&lab, "INCOME", "INCOME_VERIFICATION").expect("it");
        assert_eq!((&sent["verification_status"], &sent["user_id"], &sent["item_id"]), (&json!(status), &id, &item));
    }
    lab.call(path, payroll("INCOME_VERIFICATION_RISK_SIGNALS", json!({}))).await;
    let sent = last(&lab, "INCOME", "INCOME_VERIFICATION_RISK_SIGNALS").expect("it");
    assert_eq!(sent["risk_signals_status"], "RISK_SIGNALS_PROCESSING_COMPLETE");
    let wrong = [
        (json!({"item_id": "nobody"}), "ITEM_ERROR/ITEM_NOT_FOUND"),
        (json!({"user_id": "usr_nobody"}), "USER_ERROR/USER_NOT_FOUND"),
        (json!({"webhook": "nowhere"}), "INVALID_REQUEST/INVALID_FIELD"),
    ];
    for (more, error) in wrong {
        assert_eq!(lab.fail(path, payroll("INCOME_VERIFICATION", more)).await, error);
    }
}

#[tokio::test]
async fn no_report_changes_once_it_is_there() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab, json!({})).await;
    let item = item(&lab, &user, "user_bank_income", "x").await;
    let (access, id) = (item["access_token"].clone(), item["item_id"].as_str().expect("an id").to_owned());
    let assets = lab.call("/asset_report/create", json!({"access_tokens": [access], "days_requested": 60})).await;
    let token = assets["asset_report_token"].clone();
    let copy = lab.call("/asset_report/audit_copy/create", json!({"asset_report_token": token})).await;
    let relay = json!({"report_tokens": [token], "secondary_client_id": "abcdefabcdefabcdefabcdef"});
    let relay = lab.call("/credit/relay/create", relay).await["relay_token"].clone();
    let reads = [
        ("/asset_report/audit_copy/get", json!({"audit_copy_token": copy["audit_copy_token"]}), "report"),
        ("/credit/relay/get", json!({"relay_token": relay, "report_type": "asset"}), "report"),
        (GET, user.clone(), "bank_income"),
        ("/beta/credit/v1/bank_employment/get", user.clone(), "bank_employment_reports"),
        ("/asset_report/get", json!({"asset_report_token": token}), "report"),
    ];
    let all = async || {
        let mut seen = Vec::new();
        for (path, body, name) in &reads {
            seen.push(lab.call(path, body.clone()).await[*name].clone());
        }
        seen
    };
    let before = all().await;
    let row = json!({"date": "2026-11-20", "amount": -900, "description": "New Co Direct Dep"});
    let of_item = json!({"access_token": access});
    let steps = [
        (format!("items/{id}/append_transactions"), json!({"transactions": [row]})),
        (format!("items/{id}/mutate"), json!({"count": 3, "amount": -1})),
        (format!("items/{id}/remove_transactions"), json!({"count": 3})),
        ("clock/advance".to_owned(), json!({"seconds": 40 * 86_400})),
        ("/transactions/refresh".to_owned(), of_item.clone()),
        ("/sandbox/item/reset_login".to_owned(), of_item.clone()),
        (format!("items/{id}/repair"), json!({})),
        (format!("items/{id}/revoke"), json!({})),
        ("/item/remove".to_owned(), of_item),
    ];
    for (path, body) in steps {
        match path.starts_with('/') {
            true => drop(lab.call(&path, body).await),
            false => drop(lab.control(&path, body).await),
        }
        assert!(all().await == before, "a report has changed after {path}");
    }
}

#[tokio::test]
async fn a_link_token_says_which_income_it_is_about() {
    let lab = Lab::start(noon()).await;
    let of = |more: Value| crate::support::link_request(merged(json!({"products": ["income_verification"]}), more));
    assert_eq!(lab.fail("/link/token/create", of(json!({}))).await, "INVALID_REQUEST/MISSING_FIELDS");
    let kinds = |kinds: Value| of(json!({"income_verification": {"income_source_types": kinds}}));
    assert_eq!(
        lab.fail("/link/token/create", kinds(json!(["bank", "payroll"]))).await,
        "INVALID_REQUEST/INVALID_FIELD"
    );
    lab.call("/link/token/create", kinds(json!(["bank"]))).await;
}
