//! Payrolls over HTTP: pay stubs, forms, employment, signs of fraud, and the older operations.

use chrono::{DateTime, TimeDelta};

use crate::support::{CLIENT_ID, Lab, http, merged, record};
use plaid_emulator::{Builder, Emulator, Pace};
use serde_json::{Value, json};

const HOOK: &str = "http://127.0.0.1:9/hook";
const GET: &str = "/credit/payroll_income/get";

/// Noon of 2026-11-28.
fn noon() -> Builder {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).expect("a time");
    Emulator::builder().frozen_at(noon)
}

fn wait(lab: &Lab, seconds: i64) {
    lab.tenant().advance(TimeDelta::seconds(seconds)).expect("forward");
}

async fn user(lab: &Lab) -> Value {
    let made = lab.call("/user/create", json!({"client_user_id": "ann"})).await;
    json!({"user_token": made["user_token"]})
}

/// An Item that is linked for a payroll, without Link.
async fn item(lab: &Lab, user: &Value, username: &str, password: &str) -> Value {
    let options = json!({
        "override_username": username, "override_password": password, "webhook": HOOK,
        "income_verification": {"income_source_types": ["payroll"]},
    });
    let body = json!({
        "institution_id": "ins_135842", "initial_products": ["income_verification"], "options": options,
        "user_token": user["user_token"],
    });
    let public = lab.call("/sandbox/public_token/create", body).await["public_token"].clone();
    lab.call("/item/public_token/exchange", json!({"public_token": public})).await
}

/// An Item with documents that the user uploaded in Link.
async fn upload(lab: &Lab, user: &Value, more: Value, login: (&str, &str)) -> Value {
    let income = merged(json!({"flow_types": ["payroll_document_income"]}), more);
    let token = lab
        .link_token(json!({
            "products": ["income_verification"], "user_token": user["user_token"], "webhook": HOOK,
            "income_verification": {"income_source_types": ["payroll"], "payroll_income": income},
        }))
        .await;
    let (username, password) = login;
    let body = json!({"link_token": token, "institution_id": "ins_109508", "username": username, "password": password});
    let done = lab.control("link/complete", body).await;
    lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await
}

fn sent(lab: &Lab, code: &str) -> Vec<Value> {
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.kind == "INCOME" && one.code == code);
    all.map(|one| serde_json::from_str(&one.body).expect("JSON")).collect()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// A pay stub as `user_custom` sets it.
fn stub(employer: &str, paid: &str, gross: f64, off: f64, net: f64) -> Value {
    json!({
        "employer": {"name": employer}, "employee": {"name": "Ann Other", "address": {"city": "Pawnee"}},
        "deductions": {"total": {"current_amount": off}, "breakdown": [{"description": "taxes", "current_amount": off}]},
        "earnings": {"breakdown": [{"canonical_description": "REGULAR PAY", "current_amount": gross, "hours": 80}]},
        "pay_period_details": {"pay_date": paid, "start_date": paid, "end_date": paid, "gross_earnings": gross,
            "check_amount": net, "pay_frequency": "PAY_FREQUENCY_MONTHLY"},
    })
}

fn custom(income: Value) -> String {
    json!({"override_accounts": [{"type": "payroll", "income": income}]}).to_string()
}

#[tokio::test]
async fn a_payroll_has_stubs_forms_and_an_employment() {
    let lab = Lab::start(noon().pace(Pace::SANDBOX)).await;
    let user = user(&lab).await;
    assert_eq!(lab.fail(GET, user.clone()).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND");
    let item = item(&lab, &user, "user_good", "pass_good").await;
    for path in [GET, "/credit/employment/get"] {
        assert_eq!(lab.fail(path, user.clone()).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY", "{path}");
    }
    wait(&lab, 4);
    let done = sent(&lab, "INCOME_VERIFICATION");
    assert_eq!(done[0]["verification_status"], "VERIFICATION_STATUS_PROCESSING_COMPLETE");
    assert_eq!(done[0]["item_id"], item["item_id"]);
    let found = lab.call(GET, user.clone()).await["items"][0].clone();
    assert_eq!(found["status"]["processing_status"], "PROCESSING_COMPLETE");
    let account = &found["accounts"][0];
    assert_eq!(
        (&account["pay_frequency"], &account["rate_of_pay"]["pay_amount"]),
        (&json!("BIWEEKLY"), &json!(78_000))
    );
    let income = &found["payroll_income"][0];
    let stubs = list(income, "pay_stubs");
    let dates: Vec<_> = stubs.iter().map(|one| one["pay_period_details"]["pay_date"].clone()).collect();
    assert_eq!(dates, ["2026-11-20", "2026-11-06"]);
    assert_eq!(stubs[0]["net_pay"]["ytd_amount"], 54_972, "the 24th pay day of the year");
    assert_eq!(income["w2s"][0]["tax_year"], "2025");
    let job = lab.call("/credit/employment/get", user.clone()).await["items"][0]["employments"][0].clone();
    assert_eq!((&job["employer"]["name"], &job["status"]), (&json!("Platypus Industries"), &json!("ACTIVE")));
    assert_eq!((&job["last_paystub_date"], &job["account_id"]), (&json!("2026-11-20"), &account["account_id"]));
    let one = merged(user.clone(), json!({"options": {"item_ids": [item["item_id"]]}}));
    assert_eq!(list(&lab.call(GET, one).await, "items").len(), 1);
    let other = merged(user.clone(), json!({"options": {"item_ids": ["nobody"]}}));
    assert_eq!(lab.fail(GET, other).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND");
    lab.call("/item/remove", json!({"access_token": item["access_token"]})).await;
    assert_eq!(lab.fail(GET, user).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND");
}

#[tokio::test]
async fn documents_are_those_that_were_set() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab).await;
    let w2 = json!({"tax_year": "2024", "employer": {"name": "Old Co"}, "wages_tips_other_comp": "50000.00",
        "box_12": [{"code": "D", "amount": "10"}], "state_and_local_wages": [{"state": "IN"}]});
    let stubs = json!([
        stub("New Co", "2026-10-31", 5000.0, 1000.0, 4000.0),
        stub("New Co", "2026-11-15", 5100.0, 1100.0, 4000.0),
        stub("Gone Co", "2026-05-31", 900.0, 100.0, 800.0)
    ]);
    item(&lab, &user, "user_custom", &custom(json!({"paystubs": stubs, "w2s": [w2]}))).await;
    let income = lab.call(GET, user.clone()).await["items"][0]["payroll_income"][0].clone();
    let stubs = list(&income, "pay_stubs");
    assert_eq!(stubs.len(), 3);
    assert_eq!(
        (&stubs[0]["pay_period_details"]["pay_date"], &stubs[0]["pay_period_details"]["pay_frequency"]),
        (&json!("2026-11-15"), &json!("MONTHLY"))
    );
    assert_eq!(stubs[0]["earnings"]["breakdown"][0]["canonical_description"], "REGULAR_PAY");
    assert_eq!(
        (&stubs[0]["net_pay"]["current_amount"], &stubs[0]["employee"]["address"]["region"]),
        (&json!(4000), &json!(null))
    );
    assert_eq!((&income["w2s"][0]["tax_year"], &income["w2s"][0]["box_12"][0]["code"]), (&json!("2024"), &json!("D")));
    let jobs = lab.call("/credit/employment/get", user.clone()).await["items"][0]["employments"].clone();
    let seen: Vec<_> = jobs
        .as_array()
        .into_iter()
        .flatten()
        .map(|job| (job["employer"]["name"].clone(), job["status"].clone()))
        .collect();
    assert_eq!(seen, [(json!("New Co"), json!("ACTIVE")), (json!("Gone Co"), json!("INACTIVE"))]);
    assert_eq!((&jobs[0]["start_date"], &jobs[1]["end_date"]), (&json!("2026-10-31"), &json!("2026-05-31")));
}

#[tokio::test]
async fn a_payroll_can_fail_wait_or_have_no_employment() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab).await;
    item(&lab, &user, "user_custom", &custom(json!({"paystubs": [], "w2s": []}))).await;
    assert_eq!(lab.fail(GET, user.clone()).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_FAILED");
    assert_eq!(sent(&lab, "INCOME_VERIFICATION")[0]["verification_status"], "VERIFICATION_STATUS_PROCESSING_FAILED");
    item(&lab, &user, "user_small_business", "x").await;
    let found = lab.call(GET, user.clone()).await;
    assert_eq!(found["items"][0]["status"]["processing_status"], "FAILED");
    let forms = list(&found["items"][1]["payroll_income"][0], "form1099s");
    let kinds: Vec<_> = forms.iter().map(|form| form["form_1099_type"].clone()).collect();
    assert_eq!(kinds, ["FORM_1099_TYPE_MISC", "FORM_1099_TYPE_K"]);
    assert_eq!(
        lab.fail("/credit/employment/get", user.clone()).await,
        "INCOME_VERIFICATION_ERROR/EMPLOYMENT_NOT_FOUND"
    );

    let lab = Lab::start(noon().pace(Pace::SANDBOX)).await;
    let user = self::user(&lab).await;
    let item = item(&lab, &user, "user_good", "pass_good").await["item_id"].clone();
    let path = format!("items/{}/income", item.as_str().expect("an id"));
    lab.control(&path, json!({"status": "pending_approval"})).await;
    assert_eq!(lab.fail(GET, user.clone()).await, "INCOME_VERIFICATION_ERROR/VERIFICATION_STATUS_PENDING_APPROVAL");
    assert_eq!(sent(&lab, "INCOME_VERIFICATION")[0]["verification_status"], "VERIFICATION_STATUS_PENDING_APPROVAL");
    let (status, refused) = lab.ask("POST", &path, json!({"status": "processing"})).await;
    assert_eq!(status, 400, "{refused}");
    lab.control(&path, json!({"status": "complete"})).await;
    lab.call(GET, user).await;
}

#[tokio::test]
async fn a_refresh_finds_new_stubs_or_needs_the_user() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab).await;
    let item = item(&lab, &user, "user_good", "pass_good").await;
    let path = "/credit/payroll_income/refresh";
    let refresh = merged(user.clone(), json!({"options": {"webhook": "http://127.0.0.1:9/refreshed"}}));
    let status = async || lab.call(path, refresh.clone()).await["verification_refresh_status"].clone();
    assert_eq!(status().await, "NOT_FOUND");
    wait(&lab, 14 * 86_400);
    assert_eq!(status().await, "SUCCESSFUL");
    let stubs = lab.call(GET, user.clone()).await["items"][0]["payroll_income"][0]["pay_stubs"].clone();
    assert_eq!(stubs[0]["pay_period_details"]["pay_date"], "2026-12-04");
    assert_eq!(sent(&lab, "INCOME_VERIFICATION").len(), 2);
    lab.call("/sandbox/item/reset_login", json!({"access_token": item["access_token"]})).await;
    assert_eq!(status().await, "USER_PRESENCE_REQUIRED");
    assert_eq!(sent(&lab, "INCOME_VERIFICATION_REFRESH_RECONNECT_NEEDED").len(), 1);
    let wrong = merged(user.clone(), json!({"options": {"webhook": "nowhere"}}));
    assert_eq!(lab.fail(path, wrong).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn uploaded_documents_are_searched_for_signs_of_fraud() {
    let lab = Lab::start(noon().pace(Pace::SANDBOX)).await;
    let user = user(&lab).await;
    let stubs = json!([
        stub("New Co", "2026-11-15", 5000.0, 1000.0, 4000.0),
        stub("New Co", "2026-10-15", 5000.0, 1000.0, 4500.0)
    ]);
    let password = custom(json!({"paystubs": stubs}));
    let item =
        upload(&lab, &user, json!({"parsing_config": ["ocr", "risk_signals"]}), ("user_custom", &password)).await;
    let path = "/credit/payroll_income/risk_signals/get";
    assert_eq!(lab.fail(path, user.clone()).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY");
    wait(&lab, 4);
    assert_eq!(lab.fail(path, user.clone()).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY");
    wait(&lab, 4);
    assert_eq!(sent(&lab, "INCOME_VERIFICATION_RISK_SIGNALS")[0]["item_id"], item["item_id"]);
    let found = lab.call(path, user.clone()).await["items"][0]["verification_risk_signals"][0].clone();
    let scores: Vec<_> = list(&found, "single_document_risk_signals")
        .iter()
        .map(|one| one["risk_summary"]["risk_score"].clone())
        .collect();
    assert_eq!(scores, [0, 70], "4,500 is not 5,000 less 1,000");
    assert_eq!(found["single_document_risk_signals"][1]["risk_signals"][0]["expected_value"], "4000.00");
    let refused = lab.fail("/credit/payroll_income/refresh", user.clone()).await;
    assert_eq!(refused, "INVALID_REQUEST/INVALID_FIELD", "uploaded documents stay as they are");
}

#[tokio::test]
async fn signs_can_be_wanted_later_and_statements_are_read() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab).await;
    let update = "/credit/payroll_income/parsing_config/update";
    let config = |all: Value| merged(user.clone(), json!({"parsing_config": all}));
    let none = "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND";
    assert_eq!(lab.fail(update, config(json!(["ocr"]))).await, none);
    upload(&lab, &user, json!({}), ("user_good", "pass_good")).await;
    let path = "/credit/payroll_income/risk_signals/get";
    assert_eq!(lab.call(path, user.clone()).await["items"], json!([]));
    lab.call(update, config(json!(["ocr", "risk_signals"]))).await;
    assert_eq!(sent(&lab, "INCOME_VERIFICATION_RISK_SIGNALS").len(), 1);
    assert_eq!(list(&lab.call(path, user.clone()).await, "items").len(), 1);
    assert_eq!(lab.fail(update, config(json!([]))).await, "INVALID_REQUEST/INVALID_FIELD");
    let of_item = merged(config(json!(["ocr"])), json!({"item_id": "nobody"}));
    assert_eq!(lab.fail(update, of_item).await, none);
    let statement =
        lab.call("/credit/bank_statements/uploads/get", user.clone()).await["items"][0]["bank_statements"][0].clone();
    let period = &statement["bank_accounts"][0]["periods"][0];
    assert_eq!((&period["start_date"], &period["end_date"]), (&json!("2026-10-01"), &json!("2026-10-31")));
    let out: f64 = list(&statement, "transactions").iter().filter_map(|row| row["amount"].as_f64()).sum();
    let balance = |name: &str| period[name].as_f64().expect("a balance");
    assert!(list(&statement, "transactions").len() > 3);
    assert!((balance("starting_balance") - out - balance("ending_balance")).abs() < 0.001, "{period}");
    let sessions = lab.call("/credit/sessions/get", user.clone()).await["sessions"][0]["results"].clone();
    assert_eq!(sessions["document_income_results"]["num_paystubs_uploaded"], 2);
    assert_eq!(sessions["document_income_results"]["num_bank_statements_uploaded"], 1);
    upload(&lab, &user, json!({}), ("user_custom", &custom(json!({"paystubs": []})))).await;
    let second = lab.call(GET, user.clone()).await["items"][1]["item_id"].clone();
    let one = merged(user.clone(), json!({"options": {"item_ids": [second]}}));
    assert_eq!(lab.fail(GET, one).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_UPLOAD_ERROR");
}

#[tokio::test]
async fn employers_are_found_by_a_part_of_their_names() {
    let lab = Lab::start(noon()).await;
    let found = async |query: &str| {
        let response = lab.call("/employers/search", json!({"query": query, "products": ["deposit_switch"]})).await;
        let employers = response["employers"].as_array().expect("a list").clone();
        employers.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    // A name that begins with the query comes before one that has it further on.
    assert_eq!(found("ta").await, ["Tartan Software", "Tattersall Hospital"]);
    assert_eq!(found("PLATYPUS").await, ["Platypus Industries", "Platypus Logistics"]);
    assert_eq!(found("hos").await, ["Tattersall Hospital"]);
    assert!(found("nobody").await.is_empty());
    let nothing = json!({"query": "", "products": ["deposit_switch"]});
    assert_eq!(lab.fail("/employers/search", nothing).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn prechecks_know_the_sandboxes_employers_and_tokens() {
    let lab = Lab::start(noon()).await;
    for path in ["/credit/payroll_income/precheck", "/income/verification/precheck"] {
        for (name, confidence) in
            [("employer_good", "HIGH"), ("employer_multi", "HIGH"), ("employer_bad", "LOW"), ("Acme", "UNKNOWN")]
        {
            let answer = lab.call(path, json!({"employer": {"name": name}})).await;
            assert_eq!(answer["confidence"], confidence, "{path}: {name}");
        }
        assert_eq!(lab.call(path, json!({})).await["confidence"], "UNKNOWN");
    }
    for (token, confidence) in [("access_good", "HIGH"), ("access_bad", "LOW"), ("other", "UNKNOWN")] {
        let credit = lab.call("/credit/payroll_income/precheck", json!({"access_tokens": [token]})).await;
        let older = json!({"transactions_access_tokens": [token]});
        assert_eq!(credit["confidence"], confidence);
        assert_eq!(lab.call("/income/verification/precheck", older).await["confidence"], confidence);
    }
    let nobody = json!({"user_token": "user-sandbox-nobody"});
    assert_eq!(lab.fail("/credit/payroll_income/precheck", nobody).await, "INVALID_INPUT/INVALID_USER_TOKEN");
    let create = "/income/verification/create";
    let precheck = lab.call("/income/verification/precheck", json!({})).await["precheck_id"].clone();
    lab.call(create, json!({"webhook": HOOK, "precheck_id": precheck})).await;
    let wrong = json!({"webhook": HOOK, "precheck_id": "nothing"});
    assert_eq!(lab.fail(create, wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(create, json!({"webhook": "nowhere"})).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn the_older_operations_read_the_same_documents() {
    let lab = Lab::start(noon()).await;
    let user = user(&lab).await;
    let stubs = "/income/verification/paystubs/get";
    let made = lab.call("/income/verification/create", json!({"webhook": "http://127.0.0.1:9/older"})).await;
    let by_id = json!({"income_verification_id": made["income_verification_id"]});
    assert_eq!(lab.fail(stubs, by_id.clone()).await, "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_READY");
    let token = lab.link_token(json!({
        "products": ["income_verification"], "user_token": user["user_token"],
        "income_verification": {"income_source_types": ["payroll"], "income_verification_id": made["income_verification_id"]},
    })).await;
    let body =
        json!({"link_token": token, "institution_id": "ins_109508", "username": "user_good", "password": "pass_good"});
    let done = lab.control("link/complete", body).await;
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let of_item = json!({"access_token": item["access_token"]});
    let hook = lab.tenant().webhooks().into_iter().find(|one| one.code == "INCOME_VERIFICATION").expect("a webhook");
    assert_eq!(hook.url.as_deref(), Some("http://127.0.0.1:9/older"));
    let found = lab.call(stubs, by_id).await;
    assert_eq!(lab.call(stubs, of_item.clone()).await["paystubs"], found["paystubs"]);
    let stub = &found["paystubs"][0];
    assert_eq!(
        (&stub["doc_id"], &stub["pay_period_details"]["pay_frequency"]),
        (&found["document_metadata"][0]["doc_id"], &json!("PAY_FREQUENCY_BIWEEKLY"))
    );
    assert_eq!(
        (&stub["pay_period_details"]["check_amount"], &stub["earnings"]["breakdown"][0]["canonical_description"]),
        (&json!(2290.5), &json!("REGULAR PAY"))
    );
    let forms = lab.call("/income/verification/taxforms/get", of_item.clone()).await;
    assert_eq!(
        (&forms["taxforms"][0]["document_type"], &forms["taxforms"][0]["w2"]["tax_year"]),
        (&json!("w2"), &json!("2025"))
    );
    let jobs = lab.call("/employment/verification/get", of_item.clone()).await;
    assert_eq!(jobs["employments"][0]["status"], "EMPLOYMENT_STATUS_ACTIVE");
    let sessions = lab.call("/credit/sessions/get", user.clone()).await["sessions"][0]["results"].clone();
    assert_eq!(
        (
            &sessions["payroll_income_results"][0]["num_paystubs_retrieved"],
            &sessions["payroll_income_results"][0]["num_w2s_retrieved"]
        ),
        (&json!(2), &json!(1))
    );

    let download = "/income/verification/documents/download";
    let all = file(&lab, download, of_item.clone()).await;
    assert_eq!(all.matches("%PDF-").count(), 3, "two pay stubs and a form");
    let one = merged(of_item.clone(), json!({"document_id": stub["doc_id"]}));
    assert_eq!(file(&lab, download, one).await.matches("%PDF-").count(), 1);
    let none = "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_DOCUMENT_NOT_FOUND";
    assert_eq!(lab.fail(download, merged(of_item.clone(), json!({"document_id": "nothing"}))).await, none);
    let self_employed = self::item(&lab, &user, "user_small_business", "x").await["access_token"].clone();
    for path in [stubs, "/income/verification/taxforms/get"] {
        assert_eq!(lab.fail(path, json!({"access_token": self_employed})).await, none, "{path}");
        assert_eq!(lab.fail(path, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
        let unknown = json!({"income_verification_id": "nothing"});
        assert_eq!(lab.fail(path, unknown).await, "INCOME_VERIFICATION_ERROR/INCOME_VERIFICATION_NOT_FOUND");
        let bank = lab.item("user_good", json!({})).await;
        assert_eq!(
            lab.fail(path, json!({"access_token": bank})).await,
            "INCOME_VERIFICATION_ERROR/PRODUCT_NOT_ENABLED"
        );
    }
    assert_eq!(
        lab.fail("/employment/verification/get", json!({"access_token": self_employed})).await,
        "INCOME_VERIFICATION_ERROR/EMPLOYMENT_NOT_FOUND"
    );
    lab.call("/sandbox/item/reset_login", of_item.clone()).await;
    assert_eq!(lab.fail(stubs, of_item).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}

/// The bytes of a file, as a text.
async fn file(lab: &Lab, path: &str, body: Value) -> String {
    let request = http().post(format!("{}{path}", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let response =
        request.header("Content-Type", "application/json").body(body.to_string()).send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/zip");
    let bytes = response.bytes().await.expect("a body");
    assert!(bytes.starts_with(b"PK\x03\x04"));
    record(path, b"null");
    String::from_utf8_lossy(&bytes).into_owned()
}
