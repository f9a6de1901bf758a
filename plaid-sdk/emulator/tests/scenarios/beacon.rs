//! Beacon: users who are alike, and reports that are passed on to them.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

/// The data of a user.
fn leslie() -> Value {
    json!({
        "date_of_birth": "1975-01-18", "name": {"given_name": "Leslie", "family_name": "Knope"},
        "email_address": "leslie@example.com", "phone_number": "+12345678909",
        "address": {"street": "123 Main St.", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US"},
        "id_number": {"value": "123456789", "type": "us_ssn"},
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
    let first = user(&lab, "one", &leslie()).await;
    assert_eq!(first["user"]["depository_accounts"][0]["account_mask"], "0000");
    let stranger = json!({"name": {"given_name": "Ron", "family_name": "Swanson"}, "date_of_birth": "1975-01-18"});
    user(&lab, "two", &stranger).await;
    assert!(announced(&lab, "DUPLICATE_DETECTED", "beacon_duplicate_id").is_empty(), "a birthday is not enough");

    let mut similar = leslie();
    similar["id_number"] = Value::Null;
    similar["email_address"] = "knope@example.com".into();
    similar["name"]["family_name"] = "KNOPE".into();
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
    let update = json!({"beacon_user_id": second["id"], "user": {"email_address": "leslie@example.com"}});
    lab.call("/beacon/user/update", update).await;
    assert_eq!(announced(&lab, "DUPLICATE_DETECTED", "beacon_duplicate_id").len(), 1);
    let unknown = json!({"beacon_duplicate_id": "becdup_11111111111111"});
    assert_eq!(lab.fail("/beacon/duplicate/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_report_reaches_the_users_who_are_alike_now_and_later() {
    let lab = Lab::start(Emulator::builder()).await;
    let reported = user(&lab, "one", &leslie()).await;
    let mut data = leslie();
    data["depository_accounts"] = json!([
        {"account_number": "1111222233330000", "routing_number": "011401533"},
        {"account_number": "9999000011112222", "routing_number": "021000021"},
    ]);
    let other = user(&lab, "two", &data).await;
    let stranger = json!({"name": {"given_name": "Ron", "family_name": "Swanson"}});
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

    let late = user(&lab, "four", &leslie()).await;
    assert_eq!((&late["status"], &late["version"]), (&json!("pending_review"), &json!(1)));
    let list = lab.call("/beacon/report_syndication/list", json!({"beacon_user_id": late["id"]})).await;
    assert_eq!(list["beacon_report_syndications"][0]["report"]["id"], report["id"]);
    let unknown = json!({"beacon_report_syndication_id": "becrsn_11111111111111"});
    assert_eq!(lab.fail("/beacon/report_syndication/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
    let unknown = json!({"beacon_user_id": "becusr_11111111111111"});
    assert_eq!(lab.fail("/beacon/report_syndication/list", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}
