//! Users: created, changed, removed; what they are named by; what other clients may read of them.

use chrono::TimeDelta;

use crate::cra::{file, identity, list, order, person, slow, text, wait};
use crate::support::{Lab, merged};
use plaid_emulator::{Emulator, UserApi};
use serde_json::{Value, json};

#[tokio::test]
async fn a_user_is_created_once_changed_and_removed() {
    let lab = Lab::start(slow()).await;
    let create = json!({"client_user_id": "ann", "identity": identity()});
    let user = lab.call("/user/create", create.clone()).await;
    let again = lab.call("/user/create", create).await;
    assert_eq!((&again["user_id"], &again["user_token"]), (&user["user_id"], &user["user_token"]));
    assert!(text(&user["user_id"]).starts_with("usr_"));
    for wrong in [json!({"client_user_id": ""}), json!({"client_user_id": "x".repeat(129)})] {
        assert_eq!(lab.fail("/user/create", wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    }
    let named = json!({"user_id": user["user_id"]});
    wait(&lab, 60);
    let update = merged(named.clone(), json!({"identity": {"emails": [{"data": "new@example.com", "primary": true}]}}));
    lab.call("/user/update", update).await;
    let shown = lab.call("/user/get", named.clone()).await;
    assert_eq!(shown["identity"]["emails"][0]["data"], "new@example.com");
    assert_eq!(shown["identity"]["name"]["given_name"], "Anna", "what is left out stays");
    assert_eq!((&shown["client_user_id"], &shown["created_at"]), (&json!("ann"), &json!("2026-11-28T12:00:00Z")));
    assert_eq!(shown["updated_at"], "2026-11-28T12:01:00Z");
    lab.call("/user/identity/remove", named.clone()).await;
    assert_eq!(lab.call("/user/get", named.clone()).await["identity"], Value::Null);

    let refused = |identity: Value| {
        let body = json!({"client_user_id": "bob", "identity": identity});
        async { lab.fail("/user/create", body).await }
    };
    for wrong in [
        json!({"phone_numbers": [{"data": "12", "primary": true}]}),
        json!({"emails": [{"data": "nowhere", "primary": true}]}),
        json!({"date_of_birth": "2030-01-01"}),
        json!({"id_numbers": [{"type": "us_ssn", "value": "123"}]}),
    ] {
        assert_eq!(refused(wrong).await, "INVALID_INPUT/INVALID_USER_IDENTITY_DATA");
    }
    let bob = json!({"client_user_id": "bob"});
    let bob = lab.call("/user/create", bob).await;
    let both = json!({"user_id": user["user_id"], "user_token": bob["user_token"]});
    assert_eq!(lab.fail("/user/update", both).await, "INVALID_REQUEST/INVALID_FIELD", "two users");

    lab.call("/user/remove", named.clone()).await;
    for path in ["/user/get", "/user/update", "/user/remove", "/user/identity/remove", "/user/items/get"] {
        assert_eq!(lab.fail(path, named.clone()).await, "USER_ERROR/USER_NOT_FOUND", "{path}");
    }
    let token = json!({"user_token": user["user_token"]});
    assert_eq!(lab.fail("/user/items/get", token).await, "INVALID_INPUT/INVALID_USER_TOKEN");
    assert_eq!(lab.fail("/user/items/get", json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
}

#[tokio::test]
async fn removing_a_user_removes_what_belongs_to_them() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    let third = json!({"user_id": user["user_id"], "third_party_client_id": "abcdefabcdefabcdefabcdef"});
    let third = lab.call("/user/third_party_token/create", third).await["third_party_user_token"].clone();
    let subscribe = json!({"user_id": user["user_id"], "webhook": crate::cra::HOOK});
    let id = lab.call("/cra/monitoring_insights/subscribe", subscribe).await["subscription_id"].clone();
    lab.call("/user/remove", json!({"user_id": user["user_id"]})).await;
    lab.tenant().advance(TimeDelta::hours(12)).expect("forward");
    assert!(
        crate::cra::hooks(&lab, "CHECK_REPORT").is_empty() && crate::cra::hooks(&lab, "CASH_FLOW_UPDATES").is_empty()
    );
    let gone = lab.fail("/accounts/get", json!({"access_token": user["access_token"]})).await;
    assert_eq!(gone, "ITEM_ERROR/ITEM_NOT_FOUND");
    let read = json!({"third_party_user_token": third});
    assert_eq!(lab.fail("/cra/check_report/base_report/get", read).await, "INVALID_INPUT/INVALID_USER_TOKEN");
    let gone = lab.fail("/cra/monitoring_insights/unsubscribe", json!({"subscription_id": id})).await;
    assert_eq!(gone, "INVALID_REQUEST/INVALID_FIELD");
    // The application's own id can be used again, for another user.
    let new = lab.call("/user/create", json!({"client_user_id": "ann"})).await;
    assert_ne!(new["user_id"], user["user_id"]);
}

#[tokio::test]
async fn new_applications_name_users_by_ids_and_older_ones_by_tokens() {
    let lab = Lab::start(Emulator::builder().user_api(UserApi::New)).await;
    let user = lab.call("/user/create", json!({"client_user_id": "ann", "identity": identity()})).await;
    assert_eq!(user.get("user_token"), None);
    assert!(text(&user["user_id"]).starts_with("usr_"));
    let older = json!({
        "first_name": "Anna", "last_name": "Charleston", "phone_numbers": ["+14155550011"], "emails": ["anna@example.com"],
        "ssn_last_4": "6789", "date_of_birth": "1975-01-18",
        "primary_address": {"city": "San Matias", "region": "CA", "street": "2493 Leisure Lane", "postal_code": "93405", "country": "US"},
    });
    let wrong = json!({"client_user_id": "bob", "consumer_report_user_identity": older});
    assert_eq!(lab.fail("/user/create", wrong).await, "INVALID_REQUEST/INVALID_FIELD");

    let lab = Lab::start(slow().user_api(UserApi::Legacy)).await;
    let create = json!({"client_user_id": "ann", "consumer_report_user_identity": older});
    let user = lab.call("/user/create", create).await;
    assert!(text(&user["user_token"]).starts_with("user-sandbox-") && !text(&user["user_id"]).starts_with("usr_"));
    let named = json!({"user_id": user["user_id"]});
    assert_eq!(lab.fail("/user/get", named.clone()).await, "USER_ERROR/USER_NOT_FOUND", "it has a token");
    let newer = json!({"client_user_id": "bob", "identity": identity()});
    assert_eq!(lab.fail("/user/create", newer.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    let upgraded = lab.call("/user/create", merged(newer, json!({"with_upgraded_user": true}))).await;
    assert_eq!(upgraded.get("user_token"), None);
    lab.call("/user/get", json!({"user_id": upgraded["user_id"]})).await;
    // The older identity is enough for a report.
    let access = lab.item("user_good", json!({})).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    lab.call("/user/items/associate", merged(named, json!({"item_ids": [item]}))).await;
    let order = order(&user, json!({"user_id": null, "user_token": user["user_token"]}));
    lab.call("/cra/check_report/create", order).await;
    wait(&lab, 4);
    assert_eq!(crate::cra::hooks(&lab, "CHECK_REPORT")[0].0, "CHECK_REPORT_READY");
}

#[tokio::test]
async fn another_client_reads_reports_with_a_token_of_its_own() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    lab.call("/cra/check_report/create", order(&user, json!({}))).await;
    wait(&lab, 4);
    let path = "/user/third_party_token/create";
    let create = |more: Value| {
        merged(json!({"user_id": user["user_id"], "third_party_client_id": "abcdefabcdefabcdefabcdef"}), more)
    };
    for wrong in ["2026-11-30T12:00:00Z", "2026-11-28T11:00:00Z", "soon"] {
        let wrong = create(json!({"expiration_time": wrong}));
        assert_eq!(lab.fail(path, wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    }
    let unknown = create(json!({"user_id": "usr_nobody"}));
    assert_eq!(lab.fail(path, unknown).await, "USER_ERROR/USER_NOT_FOUND");
    let short = lab.call(path, create(json!({"expiration_time": "2026-11-28T13:00:00Z"}))).await;
    let long = lab.call(path, create(json!({}))).await;
    let read = |made: &Value| json!({"third_party_user_token": made["third_party_user_token"]});
    let base = "/cra/check_report/base_report/get";
    let mine = lab.call(base, json!({"user_id": user["user_id"]})).await["report"].clone();
    assert_eq!(lab.call(base, read(&short)).await["report"], mine);
    assert!(file(&lab, "/cra/check_report/pdf/get", read(&long)).await.contains("Plaid Checking"));
    wait(&lab, 3600);
    assert_eq!(lab.fail(base, read(&short)).await, "INVALID_INPUT/INVALID_USER_TOKEN", "it has expired");
    assert_eq!(lab.call("/user/third_party_token/remove", read(&long)).await["removed"], true);
    assert_eq!(lab.fail(base, read(&long)).await, "INVALID_INPUT/INVALID_USER_TOKEN", "it was removed");
    assert_eq!(lab.fail("/user/third_party_token/remove", read(&long)).await, "INVALID_INPUT/INVALID_USER_TOKEN");
}

#[tokio::test]
async fn items_change_hands_and_are_removed_together() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_good", json!({})).await;
    let other = lab.call("/user/create", json!({"client_user_id": "bob"})).await;
    let of = |user: &Value| json!({"user_id": user["user_id"]});
    let with = |user: &Value, ids: Value| merged(of(user), json!({"item_ids": ids}));
    let item = &user["item_id"];
    assert_eq!(list(&lab.call("/user/items/get", of(&user)).await, "items").len(), 1);
    lab.call("/user/items/associate", with(&other, json!([item]))).await;
    assert!(list(&lab.call("/user/items/get", of(&user)).await, "items").is_empty(), "it changed hands");
    assert_eq!(lab.call("/user/items/get", of(&other)).await["items"][0]["item_id"], *item);
    let path = "/user/items/associate";
    assert_eq!(lab.fail(path, with(&other, json!(["nothing"]))).await, "ITEM_ERROR/ITEM_NOT_FOUND");
    assert_eq!(lab.fail(path, with(&other, json!([]))).await, "INVALID_REQUEST/INVALID_FIELD");
    let many: Vec<&Value> = std::iter::repeat_n(item, 101).collect();
    assert_eq!(lab.fail(path, with(&other, json!(many))).await, "INVALID_REQUEST/INVALID_FIELD");

    let path = "/sandbox/user/reset_login";
    assert_eq!(lab.fail(path, with(&user, json!([item]))).await, "INVALID_REQUEST/INVALID_FIELD", "not theirs");
    lab.call(path, with(&other, json!([item]))).await;
    let shown = lab.call("/user/items/get", of(&other)).await;
    assert_eq!(shown["items"][0]["error"]["error_code"], "ITEM_LOGIN_REQUIRED");

    let path = "/user/items/remove";
    assert_eq!(lab.fail(path, with(&user, json!([item]))).await, "INVALID_REQUEST/INVALID_FIELD", "not theirs");
    lab.call(path, with(&other, json!([item]))).await;
    assert_eq!(lab.fail(path, with(&other, json!([item]))).await, "ITEM_ERROR/ITEM_NOT_FOUND");
    assert!(list(&lab.call("/user/items/get", of(&other)).await, "items").is_empty());
    let read = json!({"access_token": user["access_token"]});
    assert_eq!(lab.fail("/accounts/get", read).await, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn a_refresh_answers_for_each_item_of_the_user() {
    let lab = Lab::start(slow()).await;
    let user = person(&lab, "user_transactions_dynamic", json!({})).await;
    wait(&lab, 20);
    let named = json!({"user_id": user["user_id"]});
    let refreshed = lab.call("/user/transactions/refresh", named.clone()).await;
    assert_eq!((&refreshed["user_id"], list(&refreshed, "results").len()), (&user["user_id"], 1));
    assert_eq!(
        (&refreshed["results"][0]["item_id"], &refreshed["results"][0]["error"]),
        (&user["item_id"], &Value::Null)
    );
    lab.call("/sandbox/user/reset_login", named.clone()).await;
    for path in ["/user/transactions/refresh", "/user/financial_data/refresh"] {
        let failed = lab.call(path, named.clone()).await;
        assert!(!list(&failed, "results").is_empty());
        assert!(
            list(&failed, "results").iter().all(|one| one["error"]["error_code"] == "ITEM_LOGIN_REQUIRED"),
            "{failed}"
        );
        assert_eq!(lab.fail(path, json!({"user_id": "usr_nobody"})).await, "USER_ERROR/USER_NOT_FOUND");
    }
}
