//! Plaid Check: income, scores, reports for mortgages, files, and insights several times a day.

use chrono::TimeDelta;

use crate::cra::{HOOK, file, hooks, list, order, person, slow, text, wait};
use crate::support::{Lab, merged};
use serde_json::{Value, json};

/// A user who is paid each month, and spends less.
async fn paid(lab: &Lab) -> Value {
    let row = |month: u32, amount: i64, name: &str| {
        let date = format!("2026-{month:02}-05");
        json!({"date_transacted": date, "date_posted": date, "amount": amount, "description": name, "currency": "USD"})
    };
    let mut rows = Vec::new();
    for month in 1..=11 {
        rows.extend([row(month, -4_000, "ACME Direct Dep"), row(month, -3, "INTRST PYMNT"), row(month, 1_500, "Rent")]);
    }
    rows.push(row(11, -200, "United Airlines"));
    let account = json!({"type": "depository", "subtype": "checking", "starting_balance": 9_000, "transactions": rows});
    let password = json!({"version": "2", "override_accounts": [account]}).to_string();
    person(lab, "user_custom", json!({"override_password": password})).await
}

async fn ready(lab: &Lab, user: &Value, more: Value) -> Value {
    lab.call("/cra/check_report/create", order(user, more)).await;
    wait(lab, 4);
    json!({"user_id": user["user_id"]})
}

#[tokio::test]
async fn income_is_the_sum_of_what_each_source_pays() {
    let lab = Lab::start(slow()).await;
    let user = paid(&lab).await;
    let get = ready(&lab, &user, json!({})).await;
    let path = "/cra/check_report/income_insights/get";
    let report = lab.call(path, get.clone()).await["report"].clone();
    let streams = list(&report, "income_streams");
    assert_eq!(streams.len(), 1, "by default interest does not count, and a refund never does");
    let salary = &streams[0];
    assert_eq!(salary["insights"]["income_category"], json!({"primary": "EARNED_INCOME", "secondary": "SALARY"}));
    assert_eq!(
        (&salary["insights"]["pay_frequency"], &salary["insights"]["status"]),
        (&json!("MONTHLY"), &json!("ACTIVE"))
    );
    assert_eq!(salary["insights"]["next_payment"]["date"], "2026-12-05");
    assert_eq!(salary["insights"]["income_provider"]["name"], "ACME");
    let current = &salary["income_metrics"]["current"];
    assert_eq!(current["monthly"], json!({"gross_income": 5000, "net_income": 4000}));
    assert_eq!(current["annual"]["net_income"], 48_000);
    assert_eq!(report["user_summary"]["income_metrics"][0]["projected"]["monthly"]["net_income"], 4000);
    let dates: Vec<String> = list(salary, "transactions").iter().map(|row| text(&row["date"])).collect();
    assert!(dates.is_sorted() && dates.len() == 11);

    // The older part of the report has all sources.
    let sources = list(&report["items"][0], "bank_income_sources");
    let mut totals: Vec<(String, i64, i64)> = sources
        .iter()
        .map(|one| {
            (
                text(&one["income_category"]),
                one["total_amount"].as_i64().unwrap_or(-1),
                one["transaction_count"].as_i64().unwrap_or(-1),
            )
        })
        .collect();
    totals.sort();
    assert_eq!(totals, [("BANK_INTEREST".to_owned(), 33, 11), ("SALARY".to_owned(), 44_000, 11)]);
    let summary = &report["bank_income_summary"];
    assert_eq!(summary["total_amounts"][0]["amount"], 44_033);
    assert_eq!((&summary["income_sources_count"], &summary["income_transactions_count"]), (&json!(2), &json!(22)));
    let months: i64 =
        list(summary, "historical_summary").iter().filter_map(|one| one["total_amounts"][0]["amount"].as_i64()).sum();
    assert_eq!(months, 44_033);

    let filtered = |included: &[&str], excluded: &[&str]| {
        let filter = json!({"included_categories": included, "excluded_categories": excluded});
        let options = json!({"income_insights_version": "II2", "income_insights_filter": filter});
        lab.send(path, merged(get.clone(), json!({"options": options})))
    };
    let all = filtered(&["*"], &["EARNED_INCOME.SALARY"]).await.1;
    assert_eq!(list(&all["report"], "income_streams").len(), 1);
    assert_eq!(all["report"]["income_streams"][0]["insights"]["income_category"]["secondary"], "BANK_INTEREST");
    assert_eq!(filtered(&["salary"], &[]).await.1["error_code"], "INVALID_FIELD");
}

#[tokio::test]
async fn scores_follow_from_the_cash_flow() {
    let lab = Lab::start(slow()).await;
    let user = paid(&lab).await;
    let get = ready(&lab, &user, json!({"products": ["cra_lend_score"]})).await;
    for (path, name) in [
        ("/cra/check_report/lend_score/get", "lend_score_version"),
        ("/cra/check_report/cashflow_insights/get", "attributes_version"),
        ("/cra/check_report/network_insights/get", "network_insights_version"),
    ] {
        let (_, error) = lab.send(path, get.clone()).await;
        assert_eq!(error["error_code"], "MISSING_FIELDS", "{path} needs a version");
        assert!(text(&error["error_message"]).contains(name));
    }
    let with = |name: &str, version: &str| merged(get.clone(), json!({"options": {name: version}}));
    let score = lab.call("/cra/check_report/lend_score/get", with("lend_score_version", "LS1")).await;
    let points = score["report"]["lend_score"]["score"].as_i64().expect("a score");
    assert!(points > 60 && points <= 99, "{score}");
    assert_eq!(score["report"]["lend_score"]["reason_codes"], json!([]));
    let attributes = lab.call("/cra/check_report/cashflow_insights/get", with("attributes_version", "CFI1")).await;
    let attributes = &attributes["report"]["attributes"];
    assert_eq!(attributes["cash_flow_inflow_amt_30d"], 4_203);
    assert_eq!(attributes["cash_flow_outflow_amt_30d"], 1_500);
    assert_eq!(attributes["cash_reliance_atm_withdrawal_amt_cv_90d"], 0);

    let prism = |versions: Value| {
        let body = merged(get.clone(), json!({"partner_insights": {"prism_versions": versions}}));
        lab.send("/cra/check_report/partner_insights/get", body)
    };
    let plain = prism(json!({})).await.1["report"]["prism"].clone();
    assert_eq!((&plain["status"], &plain["cash_score"]["score"]), (&json!("SUCCESS"), &json!(points * 10)));
    assert_eq!(plain["cash_score"]["metadata"]["num_trxn_debit"], 11);
    assert_eq!((plain.get("detect"), plain.get("extend")), (None, None), "they have to be asked for");
    let more = prism(json!({"detect": "4.1", "cashscore": "3_lite"})).await.1["report"]["prism"].clone();
    assert_eq!(
        (&more["detect"]["model_version"], &more["cash_score"]["model_version"]),
        (&json!("4.1"), &json!("3_lite"))
    );

    let fico = |score: i64| {
        let base = json!({"bureau": "EQUIFAX", "score": score, "base_fico_score_version": "8", "reason_codes": ["10"]});
        let wish = json!({"ultrafico_score_version": "1.0", "request_correlation_id": "c-1", "base_fico_score": base});
        let fico = json!({"fico_lender_id": "l", "lender_application_id": "a", "ultrafico_score_requests": [wish]});
        lab.send(
            "/cra/check_report/partner_insights/get",
            merged(get.clone(), json!({"partner_insights": {"fico": fico}})),
        )
    };
    let report = fico(700).await.1["report"]["fico"].clone();
    let result = &report["ultrafico_score_results"][0];
    assert_eq!(
        (&result["request_correlation_id"], &result["ultrafico_score"]["score"]),
        (&json!("c-1"), &json!(650 + points))
    );
    assert_eq!(report["report_characteristics"]["num_checking_accounts"], 1);
    assert_eq!(report["report_characteristics"]["tot_current_balances"], 9_000);
    assert_eq!(fico(200).await.1["error_code"], "INVALID_FIELD");

    let profile = json!({
        "user_id": user["user_id"], "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT", "client_report_id": "p-1",
        "report_type": "QUALIFY", "inquiry_type": "SOFT_INQUIRY", "version": "v1",
    });
    let profile = lab.call("/cra/credit_profile/report/get", profile).await["report"].clone();
    assert_eq!(profile["lend_scores"][0]["score"], points);
    assert_eq!((&profile["client_report_id"], &profile["inquiry_type"]), (&json!("p-1"), &json!("SOFT_INQUIRY")));
    assert_eq!((&profile["metadata"]["account_count"], &profile["metadata"]["item_count"]), (&json!(1), &json!(1)));
    assert_eq!(profile["metadata"]["oldest_transaction_date"], "2026-01-05");
}

#[tokio::test]
async fn mortgages_need_parts_that_were_ordered() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    let path = "/cra/check_report/verification/get";
    let get = ready(&lab, &user, json!({})).await;
    let wants = |parts: Value, more: Value| merged(merged(get.clone(), json!({"reports_requested": parts})), more);
    assert_eq!(lab.fail(path, wants(json!(["VOA"]), json!({}))).await, "INVALID_REQUEST/INVALID_FIELD");
    let options = json!({
        "include_investments": true,
        "base_report": {"home_lending_report_options": {"reports_requested": ["VOA", "EMPLOYMENT_REFRESH", "INCOME"]}},
    });
    ready(&lab, &user, options).await;
    let none = wants(json!([]), json!({}));
    assert_eq!(lab.fail(path, none).await, "INVALID_REQUEST/INVALID_FIELD");
    let all = wants(json!(["VOA", "INCOME"]), json!({}));
    let report = lab.call(path, all).await["report"].clone();
    assert_eq!(report.get("employment_refresh"), None);
    let accounts = list(&report["voa"]["items"][0], "accounts");
    assert_eq!(accounts.len(), 14);
    let base = lab.call("/cra/check_report/base_report/get", get.clone()).await["report"].clone();
    assert_eq!(report["voa"]["attributes"]["total_inflow_amount"], base["attributes"]["total_inflow_amount"]);
    let checking = &accounts[0];
    let of_base = &base["items"][0]["accounts"][0];
    assert_eq!(checking["transactions_insights"]["all_transactions"], of_base["transactions"]);
    assert_eq!(
        checking["balances"]["average_balance_30_days"],
        of_base["balances"]["most_recent_thirty_day_average_balance"]
    );
    let ira = accounts.iter().find(|one| one["mask"] == "5555").expect("an account");
    assert_eq!(list(&ira["investments"], "holdings").len(), 3);
    assert!(list(&report["income"], "income_streams").is_empty(), "user_good earns interest only");

    let employment = json!(["EMPLOYMENT_REFRESH"]);
    assert_eq!(lab.fail(path, wants(employment.clone(), json!({}))).await, "INVALID_REQUEST/MISSING_FIELDS");
    let days = json!({"employment_refresh_options": {"days_requested": 60}});
    let report = lab.call(path, wants(employment, days)).await["report"]["employment_refresh"].clone();
    let rows = list(&report["items"][0]["accounts"][0], "transactions");
    assert_eq!(rows.len(), 2, "two refunds in 60 days");
    assert!(rows.iter().all(|row| row.get("amount").is_none()));
}

#[tokio::test]
async fn files_have_the_figures_of_the_reports() {
    let lab = Lab::start(slow()).await;
    let user = paid(&lab).await;
    let lending = json!({"reports_requested": ["VOA", "EMPLOYMENT_REFRESH", "INCOME"]});
    let get = json!({"user_id": user["user_id"]});
    assert_eq!(lab.fail("/cra/check_report/pdf/get", get.clone()).await, "CHECK_REPORT_ERROR/PRODUCT_NOT_READY");
    ready(&lab, &user, json!({"base_report": {"home_lending_report_options": lending}, "client_report_id": "loan-9"}))
        .await;
    let path = "/cra/check_report/pdf/get";
    let plain = file(&lab, path, get.clone()).await;
    for part in
        ["(Consumer report)", "(loan-9)", "(44233.00)", "(16500.00)", "(ACME Direct Dep)", "EXTENSION_OF_CREDIT"]
    {
        assert!(plain.contains(part), "{part}");
    }
    assert!(!plain.contains("(Income insights)"));
    let more = merged(get.clone(), json!({"add_ons": ["cra_income_insights", "cra_partner_insights"]}));
    let more = file(&lab, path, more).await;
    for part in ["(Income insights)", "(44000.00)", "(4000.00)", "(Partner insights)"] {
        assert!(more.contains(part), "{part}");
    }
    let path = "/cra/check_report/verification/pdf/get";
    let wants = |parts: Value| merged(get.clone(), json!({"reports_requested": parts}));
    assert!(file(&lab, path, wants(json!(["voa", "income"]))).await.contains("(Income insights)"));
    let deposits = file(&lab, path, wants(json!(["employment_refresh"]))).await;
    assert!(deposits.contains("(ACME Direct Dep)") && !deposits.contains("(-4000.00)"));
    let wrong = wants(json!(["voa", "employment_refresh"]));
    assert_eq!(lab.fail(path, wrong).await, "INVALID_REQUEST/INVALID_FIELD", "not in one file");
    assert_eq!(lab.fail(path, get).await, "INVALID_REQUEST/MISSING_FIELDS");
}

const MONITOR: &str = "/cra/monitoring_insights/get";

fn monitored(user: &Value) -> Value {
    json!({"user_id": user["user_id"], "consumer_report_permissible_purpose": "ACCOUNT_REVIEW_CREDIT"})
}

#[tokio::test]
async fn a_subscription_is_updated_several_times_a_day() {
    let lab = Lab::start(slow()).await;
    let user = paid(&lab).await;
    let path = "/cra/monitoring_insights/subscribe";
    assert_eq!(lab.fail(MONITOR, monitored(&user)).await, "INVALID_REQUEST/INVALID_FIELD", "nobody subscribed");
    let subscribe = json!({"user_id": user["user_id"], "item_id": user["item_id"], "webhook": HOOK});
    let foreign = merged(subscribe.clone(), json!({"item_id": "nothing"}));
    assert_eq!(lab.fail(path, foreign).await, "INVALID_REQUEST/INVALID_FIELD");
    let id = lab.call(path, subscribe.clone()).await["subscription_id"].clone();
    assert_eq!(lab.call(path, subscribe.clone()).await["subscription_id"], id, "a user has one");
    let pending = lab.call(MONITOR, monitored(&user)).await["items"][0].clone();
    assert_eq!((&pending["status"]["status_code"], &pending["insights"]), (&json!("PENDING"), &Value::Null));
    assert!(hooks(&lab, "CASH_FLOW_UPDATES").is_empty(), "not at once");
    lab.tenant().advance(TimeDelta::hours(24)).expect("forward");
    let updates = hooks(&lab, "CASH_FLOW_UPDATES");
    assert_eq!(updates.len(), 4);
    assert!(
        updates.iter().all(|(code, fields)| code == "CASH_FLOW_INSIGHTS_UPDATED" && fields["status"] == "AVAILABLE")
    );
    let item = lab.call(MONITOR, monitored(&user)).await["items"][0].clone();
    assert_eq!(item["status"]["status_code"], "AVAILABLE");
    let income = &item["insights"]["income"];
    assert_eq!(income["total_monthly_income"]["current_amount"], 4_003);
    assert_eq!(income["forecasted_monthly_income"]["current_amount"], 4_003);
    assert_eq!(income["income_sources_counts"]["current_count"], 2);
    assert_eq!(item["item_id"], user["item_id"]);

    // What comes in is noticed at the next time.
    let rows = json!([{"date": "2026-11-29", "amount": -6000, "description": "Lottery"}]);
    let control = format!("items/{}/append_transactions", text(&user["access_token"]));
    lab.control(&control, json!({"transactions": rows})).await;
    lab.call("/sandbox/cra/cashflow_updates/update", json!({"user_id": user["user_id"]})).await;
    let last = hooks(&lab, "CASH_FLOW_UPDATES").pop().expect("a webhook").1;
    assert_eq!(last["insights"], json!(["LARGE_DEPOSIT_DETECTED"]));

    lab.call("/sandbox/item/reset_login", json!({"access_token": user["access_token"]})).await;
    lab.call("/sandbox/cra/cashflow_updates/update", json!({"user_id": user["user_id"]})).await;
    let failed = lab.call(MONITOR, monitored(&user)).await["items"][0].clone();
    assert_eq!(failed["status"]["status_code"], "FAILED");
    assert!(text(&failed["status"]["reason"]).contains("ITEM_LOGIN_REQUIRED"));

    lab.call("/cra/monitoring_insights/unsubscribe", json!({"subscription_id": id})).await;
    let gone = lab.fail("/cra/monitoring_insights/unsubscribe", json!({"subscription_id": id})).await;
    assert_eq!(gone, "INVALID_REQUEST/INVALID_FIELD");
    let count = hooks(&lab, "CASH_FLOW_UPDATES").len();
    lab.tenant().advance(TimeDelta::hours(24)).expect("forward");
    assert_eq!(hooks(&lab, "CASH_FLOW_UPDATES").len(), count, "nothing is updated any more");
}

#[tokio::test]
async fn older_users_get_a_webhook_for_each_event() {
    let lab = Lab::start(slow()).await;
    let user = paid(&lab).await;
    let subscribe = json!({"user_token": user["user_token"], "webhook": HOOK, "income_categories": ["SALARY"]});
    lab.call("/cra/monitoring_insights/subscribe", subscribe).await;
    let all = ["LARGE_DEPOSIT_DETECTED", "LOW_BALANCE_DETECTED", "NEW_LOAN_PAYMENT_DETECTED", "NSF_OVERDRAFT_DETECTED"];
    let body = json!({"user_token": user["user_token"], "webhook_codes": all});
    lab.call("/sandbox/cra/cashflow_updates/update", body).await;
    let codes =
        |lab: &Lab| -> Vec<String> { hooks(lab, "CASH_FLOW_UPDATES").into_iter().map(|(code, _)| code).collect() };
    assert_eq!(codes(&lab)[0], "INSIGHTS_UPDATED");
    assert_eq!(codes(&lab)[1..], all);
    let item = lab.call(MONITOR, monitored(&user)).await["items"][0].clone();
    assert_eq!(item["insights"]["income"]["income_sources_counts"]["current_count"], 1, "salaries only");

    // A salary that does not come is missed once, and a second payment makes a stream.
    let before = codes(&lab).len();
    lab.tenant().advance(TimeDelta::days(9)).expect("forward");
    let missed = codes(&lab)[before..].iter().filter(|code| *code == "EXPECTED_DEPOSIT_MISSED").count();
    assert_eq!(missed, 1);
    let before = codes(&lab).len();
    let pay = |date: &str| json!({"date": date, "amount": -700, "description": "Globex payroll"});
    let control = format!("items/{}/append_transactions", text(&user["access_token"]));
    lab.control(&control, json!({"transactions": [pay("2026-12-07"), pay("2026-11-30")]})).await;
    lab.call("/sandbox/cra/cashflow_updates/update", json!({"user_token": user["user_token"]})).await;
    assert!(codes(&lab)[before..].contains(&"NEW_INCOME_STREAM_DETECTED".to_owned()), "{:?}", codes(&lab));

    let terminate = json!({"user_id": user["user_id"], "reason_code": "CONSUMER_LOAN_PAID_OFF"});
    lab.call("/user/products/terminate", terminate).await;
    let before = codes(&lab).len();
    lab.tenant().advance(TimeDelta::days(2)).expect("forward");
    assert_eq!(codes(&lab).len(), before);
    lab.call(MONITOR, monitored(&user)).await;
    let update = json!({"user_token": user["user_token"]});
    assert_eq!(lab.fail("/sandbox/cra/cashflow_updates/update", update).await, "INVALID_REQUEST/INVALID_FIELD");
}
