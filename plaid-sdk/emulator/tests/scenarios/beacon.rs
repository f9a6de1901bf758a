//! Beacon: users who are alike, and reports that are passed on to them.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

/// The data of a user.
fn ann() -> Value {
    json!({
        "date_of_birth": "1976-02-25", "name": {"given_name": "Ann", "family_name": "Perkins"},
        "email_address": "ann@example.com", "phone_number": "+12345678900",
        "address": {"street": "4 Oak Street", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US"},
        "id_number": {"value": "987654321", "type": "us_ssn"},
        "depository_accounts": [{"account_number": "1111222233330000", "routing_number": "011401533"}],
    })
}

async fn user(lab: &Lab, client_user_id: &str, data: &Value) -> Value {
    let body = json!({"program_id": "becprg_11111111111111", "client_user_id": client_user_id, "user": data});
    lab.call("/beacon/user/create", body).await
}

/// The ids that webhooks of a code name.
fn announced(lab: &Lab, code: &str, field: &str) -> Vec<Value> {
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.kind == "BEACON" && one.code == code);
    all.map(|one| serde_json::from_str::<Value>(&one.body).expect("JSON")[field].clone()).collect()
}

#[tokio::test]
async fn a_user_with_the_data_of_another_one_is_a_duplicate() {
    let lab = Lab::start(Emulator::builder()).await;
    let first = user(&lab, "one", &ann()).await;
    assert_eq!(first["user"]["depository_accounts"][0]["account_mask"], "0000");
    let stranger = json!({"name": {"given_name": "Ron", "family_name": "Swanson"}, "date_of_birth": "1976-02-25"});
    user(&lab, "two", &stranger).await;
    assert!(announced(&lab, "DUPLICATE_DETECTED", "beacon_duplicate_id").is_empty(), "a birthday is not enough");

    let mut similar = ann();
    similar["id_number"] = Value::Null;
    similar["email_address"] = "perkins@example.com".into();
    similar["name"]["family_name"] = "PERKINS".into();
    similar["address"]["street"] = "9 Elm Road".into();
    let second = user(&lab, "three", &similar).await;
    let found = announced(&lab, "DUPLICATE_DETECTED", "beacon_duplicate_id");
    assert_eq!(found.len(), 1);
    let duplicate = lab.call("/beacon/duplicate/get", json!({"beacon_duplicate_id": found[0]})).await;
    assert_eq!((&duplicate["id"], &duplicate["beacon_user1"]["id"]), (&found[0], &first["id"]));
    assert_eq!((&duplicate["beacon_user2"]["id"], &duplicate["beacon_user2"]["version"]), (&second["id"], &json!(1)));
    let expected = json!({
        "address": "partial_match", "date_of_birth": "match", "email_address": "no_match", "id_number": "no_data",
        "ip_address": "no_data", "name": "match", "phone_number": "match",
    });
    assert_eq!(duplicate["analysis"], expected);
    assert_eq!(second["status"], "cleared", "nothing was reported");

    // Another scan of the same two finds nothing new, and one that makes a stranger alike does.
    let update = json!({"beacon_user_id": second["id"], "user": {"email_address": "ann@example.com"}});
    lab.call("/beacon/user/update", update).await;
    assert_eq!(announced(&lab, "DUPLICATE_DETECTED", "beacon_duplicate_id").len(), 1);
    let unknown = json!({"beacon_duplicate_id": "becdup_11111111111111"});
    assert_eq!(lab.fail("/beacon/duplicate/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn accounts_can_not_be_compared_with_those_of_a_user_who_has_none() {
    let lab = Lab::start(Emulator::builder()).await;
    let mut without = ann();
    without["depository_accounts"] = json!([]);
    let reported = user(&lab, "one", &without).await;
    let other = user(&lab, "two", &ann()).await;
    let body = json!({"beacon_user_id": reported["id"], "type": "stolen", "fraud_date": "2026-11-01"});
    lab.call("/beacon/report/create", body).await;
    let list = lab.call("/beacon/report_syndication/list", json!({"beacon_user_id": other["id"]})).await;
    let analysis = &list["beacon_report_syndications"][0]["analysis"];
    let expected = json!([{"account_mask": "0000", "routing_number": "011401533", "match_status": "no_data"}]);
    assert_eq!((&analysis["depository_accounts"], &analysis["name"]), (&expected, &json!("match")));
}

#[tokio::test]
async fn a_report_reaches_the_users_who_are_alike_now_and_later() {
    let lab = Lab::start(Emulator::builder()).await;
    let reported = user(&lab, "one", &ann()).await;
    let mut data = ann();
    data["depository_accounts"] = json!([
        {"account_number": "1111222233330000", "routing_number": "011401533"},
        {"account_number": "1111222233330000", "routing_number": "021000021"},
        {"account_number": "9999000011112222", "routing_number": "021000021"},
    ]);
    let other = user(&lab, "two", &data).await;
    let stranger = json!({"name": {"given_name": "Ron", "family_name": "Swanson"}, "date_of_birth": "1960-01-01"});
    let stranger = user(&lab, "three", &stranger).await;
    let body = json!({"beacon_user_id": reported["id"], "type": "stolen", "fraud_date": "2026-11-01"});
    let report = lab.call("/beacon/report/create", body).await;

    let list = lab.call("/beacon/report_syndication/list", json!({"beacon_user_id": other["id"]})).await;
    let passed = list["beacon_report_syndications"][0].clone();
    assert_eq!(list["beacon_report_syndications"].as_array().map(Vec::len), Some(1));
    assert_eq!(announced(&lab, "REPORT_SYNDICATION_CREATED", "beacon_report_syndication_id"), [passed["id"].clone()]);
    let mut got =
        lab.call("/beacon/report_syndication/get", json!({"beacon_report_syndication_id": passed["id"]})).await;
    got.as_object_mut().expect("an object").remove("request_id");
    assert_eq!(got, passed);
    for name in ["id", "created_at", "type", "fraud_date", "event_date"] {
        assert_eq!(got["report"][name], report[name], "{name}");
    }
    let accounts: Vec<_> = got["analysis"]["depository_accounts"].as_array().into_iter().flatten().cloned().collect();
    let expected = [
        json!({"account_mask": "0000", "routing_number": "011401533", "match_status": "match"}),
        json!({"account_mask": "0000", "routing_number": "021000021", "match_status": "partial_match"}),
        json!({"account_mask": "2222", "routing_number": "021000021", "match_status": "no_match"}),
    ];
    assert_eq!(accounts, expected);
    let now = lab.call("/beacon/user/get", json!({"beacon_user_id": other["id"]})).await;
    assert_eq!((&now["status"], &now["version"]), (&json!("pending_review"), &json!(2)));
    assert_eq!(announced(&lab, "USER_STATUS_UPDATED", "beacon_user_id"), [other["id"].clone()]);
    for id in [&reported["id"], &stranger["id"]] {
        let list = lab.call("/beacon/report_syndication/list", json!({"beacon_user_id": id})).await;
        assert_eq!(list["beacon_report_syndications"], json!([]), "the report is about another user");
    }

    let late = user(&lab, "four", &ann()).await;
    assert_eq!((&late["status"], &late["version"]), (&json!("pending_review"), &json!(1)));
    let list = lab.call("/beacon/report_syndication/list", json!({"beacon_user_id": late["id"]})).await;
    assert_eq!(list["beacon_report_syndications"][0]["report"]["id"], report["id"]);
    let unknown = json!({"beacon_report_syndication_id": "becrsn_11111111111111"});
    assert_eq!(lab.fail("/beacon/report_syndication/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
    let unknown = json!({"beacon_user_id": "becusr_11111111111111"});
    assert_eq!(lab.fail("/beacon/report_syndication/list", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

async fn get(lab: &Lab, id: &Value) -> Value {
    lab.call("/beacon/user/get", json!({"beacon_user_id": id})).await
}

async fn review(lab: &Lab, id: &Value, status: &str) -> (u16, Value) {
    lab.send("/beacon/user/review", json!({"beacon_user_id": id, "status": status})).await
}

#[tokio::test]
async fn the_known_person_was_reported_by_another_company() {
    let lab = Lab::start(Emulator::builder()).await;
    let leslie = json!({"name": {"given_name": "Leslie", "family_name": "Knope"}, "date_of_birth": "1975-01-18"});
    let made = user(&lab, "one", &leslie).await;
    assert_eq!((&made["status"], &made["version"]), (&json!("pending_review"), &json!(1)));
    let list = lab.call("/beacon/report_syndication/list", json!({"beacon_user_id": made["id"]})).await;
    let found = &list["beacon_report_syndications"][0];
    assert_eq!((&found["report"]["id"], &found["analysis"]["name"]), (&Value::Null, &json!("match")));
    // Nobody is rejected without evidence. A report that somebody has confirmed is evidence.
    assert_eq!(review(&lab, &made["id"], "rejected").await.1["error_code"], "INVALID_FIELD");
    let confirm = json!({"beacon_report_syndication_id": found["id"], "confirmed": true});
    lab.control("dashboard/beacon_syndication", confirm).await;
    assert_eq!(review(&lab, &made["id"], "rejected").await.1["status"], "rejected");
    assert_eq!(review(&lab, &made["id"], "cleared").await.1["error_code"], "INVALID_FIELD");
    assert_eq!(review(&lab, &made["id"], "pending_review").await.1["status"], "pending_review");
    assert_eq!(announced(&lab, "USER_STATUS_UPDATED", "beacon_user_id").len(), 2);
    // A program may take no notice of the network.
    let quiet = json!({"program_id": "becprg_quiet", "flags_network": false});
    lab.control("dashboard/beacon_program", quiet).await;
    let body = json!({"program_id": "becprg_quiet", "client_user_id": "two", "user": leslie});
    assert_eq!(lab.call("/beacon/user/create", body).await["status"], "cleared");
}

#[tokio::test]
async fn fraud_of_the_user_themselves_is_seen_at_the_next_scan() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = user(&lab, "one", &ann()).await["id"].clone();
    let body = json!({
        "beacon_user_id": id, "type": "first_party", "fraud_date": "2026-11-01",
        "fraud_amount": {"iso_currency_code": "USD", "value": 12.34},
    });
    let report = lab.call("/beacon/report/create", body.clone()).await;
    assert_eq!((&report["event_date"], &report["fraud_amount"]["value"]), (&json!("2026-11-01"), &json!(12.34)));
    assert_eq!(announced(&lab, "REPORT_CREATED", "beacon_report_id"), [report["id"].clone()]);
    assert_eq!(get(&lab, &id).await["status"], "cleared");
    assert_eq!(lab.fail("/beacon/report/create", body.clone()).await, "INVALID_REQUEST/INVALID_FIELD", "one at a time");
    let update = json!({"beacon_user_id": id, "user": {"email_address": "new@example.com"}});
    let scanned = lab.call("/beacon/user/update", update).await;
    assert_eq!((&scanned["status"], &scanned["version"]), (&json!("rejected"), &json!(2)));
    assert_eq!(user(&lab, "two", &ann()).await["status"], "rejected", "the same person with another account");
    assert_eq!(announced(&lab, "USER_STATUS_UPDATED", "beacon_user_id"), std::slice::from_ref(&id));

    // Without the report, the user can be cleared and reported again.
    let listed = lab.call("/beacon/report/list", json!({"beacon_user_id": id})).await;
    assert_eq!(listed["beacon_reports"][0]["id"], report["id"]);
    assert_eq!(review(&lab, &id, "cleared").await.0, 400);
    let remove = json!({"beacon_report_id": report["id"], "removed": true});
    lab.control("dashboard/beacon_report", remove).await;
    assert_eq!(announced(&lab, "REPORT_UPDATED", "beacon_report_id"), [report["id"].clone()]);
    let gone = json!({"beacon_report_id": report["id"]});
    assert_eq!(lab.fail("/beacon/report/get", gone).await, "INVALID_REQUEST/INVALID_FIELD");
    let decide = json!({"beacon_user_id": id, "status": "cleared"});
    let cleared = lab.control("dashboard/beacon_user", decide).await;
    let trail = &cleared["audit_trail"];
    assert_eq!((&cleared["status"], &trail["source"]), (&json!("cleared"), &json!("dashboard")));
    let author = lab.call("/dashboard_user/get", json!({"dashboard_user_id": trail["dashboard_user_id"]})).await;
    assert_eq!(author["status"], "active");
    let again = lab.call("/beacon/report/create", body).await;
    assert_ne!(again["id"], report["id"]);
    let got = lab.call("/beacon/report/get", json!({"beacon_report_id": again["id"]})).await;
    assert_eq!(got["type"], "first_party");

    let history = lab.call("/beacon/user/history/list", json!({"beacon_user_id": id})).await;
    let seen: Vec<_> = history["beacon_users"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["version"].clone(), one["status"].clone()))
        .collect();
    let expected =
        [(3, "cleared"), (2, "rejected"), (1, "cleared")].map(|(version, status)| (json!(version), json!(status)));
    assert_eq!(seen, expected);
    let system = |one: &&Value| one["audit_trail"]["source"] == "system";
    assert!(history["beacon_users"].as_array().into_iter().flatten().filter(system).count() == 0);
}

#[tokio::test]
async fn a_user_needs_a_date_of_birth_or_accounts_and_has_at_most_fifty() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/beacon/user/create";
    let body = |user: Value| json!({"program_id": "becprg_1", "client_user_id": "one", "user": user});
    let name = json!({"given_name": "Ron", "family_name": "Swanson"});
    assert_eq!(lab.fail(path, body(json!({"name": name}))).await, "INVALID_REQUEST/INVALID_FIELD");
    let accounts = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|number| json!({"account_number": format!("{number:08}"), "routing_number": "011401533"}))
            .collect()
    };
    let many = json!({"name": name, "depository_accounts": accounts(51)});
    assert_eq!(lab.fail(path, body(many)).await, "INVALID_REQUEST/INVALID_FIELD");
    let made = lab.call(path, body(json!({"name": name, "depository_accounts": accounts(2)}))).await;
    assert_eq!(made["user"]["depository_accounts"][1]["account_mask"], "0001");
    // An account that is there already is not added twice.
    let update = json!({"beacon_user_id": made["id"], "user": {"depository_accounts": accounts(3)}});
    let updated = lab.call("/beacon/user/update", update).await;
    assert_eq!(updated["user"]["depository_accounts"].as_array().map(Vec::len), Some(3));
    let same = lab.call("/beacon/user/update", json!({"beacon_user_id": made["id"]})).await;
    assert_eq!(same["version"], 2, "a request without data changes nothing");
    for path in ["get", "update", "history/list", "review"] {
        let body = match path {
            "review" => json!({"beacon_user_id": "becusr_1", "status": "cleared"}),
            _ => json!({"beacon_user_id": "becusr_1"}),
        };
        assert_eq!(lab.fail(&format!("/beacon/user/{path}"), body).await, "INVALID_REQUEST/INVALID_FIELD", "{path}");
    }
}

#[tokio::test]
async fn a_program_can_have_its_duplicates_reviewed() {
    let lab = Lab::start(Emulator::builder()).await;
    let program = json!({"program_id": "becprg_11111111111111", "flags_duplicates": true});
    lab.control("dashboard/beacon_program", program).await;
    user(&lab, "one", &ann()).await;
    assert_eq!(user(&lab, "two", &ann()).await["status"], "pending_review");
    let elsewhere = json!({"program_id": "becprg_other", "client_user_id": "three", "user": ann()});
    assert_eq!(lab.call("/beacon/user/create", elsewhere).await["status"], "cleared", "another program");
    assert_eq!(announced(&lab, "DUPLICATE_DETECTED", "beacon_duplicate_id").len(), 1);
}

#[tokio::test]
async fn insights_are_about_the_accounts_of_an_item_of_the_user() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let other = lab.item("user_good", json!({})).await;
    let body = json!({"program_id": "becprg_1", "client_user_id": "one", "user": ann(), "access_tokens": [access]});
    let made = lab.call("/beacon/user/create", body).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    assert_eq!(made["item_ids"], json!([item]));
    let path = "/beacon/user/account_insights/get";
    let ask = |token: &str| json!({"beacon_user_id": made["id"], "access_token": token});
    let got = lab.call(path, ask(&access)).await;
    let insights = &got["bank_account_insights"];
    assert_eq!((&insights["item_id"], insights["accounts"].as_array().map(Vec::len)), (&item, Some(14)));
    let checking = &insights["accounts"][0]["attributes"];
    assert_eq!(
        (&checking["total_plaid_connections_count"], &checking["plaid_connections_count_7d"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(checking["days_since_first_plaid_connection"], 0);
    assert!(checking["days_since_first_observed_transaction"].as_i64().is_some_and(|days| days > 60));
    assert_eq!(insights["accounts"][5]["attributes"]["days_since_first_observed_transaction"], Value::Null);
    assert_eq!(lab.fail(path, ask(&other)).await, "INVALID_REQUEST/INVALID_FIELD", "it is not the user's");
    let add = json!({"beacon_user_id": made["id"], "access_tokens": [other]});
    assert_eq!(lab.call("/beacon/user/update", add).await["item_ids"].as_array().map(Vec::len), Some(2));
    lab.call(path, ask(&other)).await;
    assert_eq!(lab.fail(path, ask("access-sandbox-none")).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");

    let path = "/beacon/account_risk/v1/evaluate";
    let account = insights["accounts"][0]["account_id"].clone();
    let some = json!({"access_token": access, "options": {"account_ids": [account]}});
    let some = lab.call(path, some).await;
    assert_eq!((some["accounts"].as_array().map(Vec::len), &some["accounts"][0]["account_id"]), (Some(1), &account));
    let foreign = json!({"access_token": other, "options": {"account_ids": [account]}});
    assert_eq!(lab.fail(path, foreign).await, "INVALID_INPUT/INVALID_ACCOUNT_ID");
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    assert_eq!(lab.fail(path, json!({"access_token": access})).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    assert_eq!(lab.fail(path, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
}

#[tokio::test]
async fn a_template_puts_those_who_verify_themselves_into_a_program() {
    let lab = Lab::start(Emulator::builder()).await;
    let template = json!({"template_id": "idvtmp_1", "beacon_program_id": "becprg_1"});
    lab.control("dashboard/template", template).await;
    let body = json!({"template_id": "idvtmp_1", "client_user_id": "ann", "is_shareable": false, "gave_consent": true});
    let id = lab.call("/identity_verification/create", body).await["id"].clone();
    lab.control("identity_verification/complete", json!({"identity_verification_id": id})).await;
    let done = lab.call("/identity_verification/get", json!({"identity_verification_id": id})).await;
    let enrolled = get(&lab, &done["beacon_user_id"]).await;
    assert_eq!((&enrolled["client_user_id"], &enrolled["program_id"]), (&json!("ann"), &json!("becprg_1")));
    assert_eq!((&enrolled["status"], &enrolled["audit_trail"]["source"]), (&json!("pending_review"), &json!("system")));
}

#[tokio::test]
async fn a_history_only_grows() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = user(&lab, "one", &ann()).await["id"].clone();
    let mut last: Vec<Value> = Vec::new();
    for number in 0..6 {
        let update = json!({"beacon_user_id": id, "user": {"email_address": format!("{number}@example.com")}});
        lab.call("/beacon/user/update", update).await;
        if number == 2 {
            let body = json!({"beacon_user_id": id, "type": "first_party", "fraud_date": "2026-11-01"});
            lab.call("/beacon/report/create", body).await;
        }
        if number % 2 == 0 {
            review(&lab, &id, "pending_review").await;
        }
        let mut list = lab.call("/beacon/user/history/list", json!({"beacon_user_id": id})).await;
        let mut all: Vec<Value> = list["beacon_users"].as_array().cloned().unwrap_or_default();
        while list["next_cursor"].is_string() {
            let next = json!({"beacon_user_id": id, "cursor": list["next_cursor"]});
            list = lab.call("/beacon/user/history/list", next).await;
            all.extend(list["beacon_users"].as_array().cloned().unwrap_or_default());
        }
        all.reverse();
        assert!(all.len() > last.len());
        assert_eq!(all[..last.len()], last, "no version changes later");
        let versions: Vec<Value> = all.iter().map(|one| one["version"].clone()).collect();
        assert_eq!(versions, (1..=all.len()).map(Value::from).collect::<Vec<_>>());
        last = all;
    }
}
