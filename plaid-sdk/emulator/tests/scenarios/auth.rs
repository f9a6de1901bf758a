//! Auth over HTTP: numbers of the bank, numbers that the user entered, and their verification.

use crate::support::{Lab, merged};
use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{AccountNumbers, Emulator, Login};
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

async fn lab() -> Lab {
    Lab::start(Emulator::builder().frozen_at(noon())).await
}

async fn link(lab: &Lab, more: Value) -> String {
    lab.link_token(merged(json!({"webhook": "http://127.0.0.1:9/hook"}), more)).await
}

/// Enters numbers, and returns the access token.
async fn enter(lab: &Lab, auth: Value, numbers: AccountNumbers<'_>) -> String {
    let token = link(lab, json!({"auth": auth})).await;
    let done = lab.tenant().enter_numbers(&token, &numbers).expect("an Item");
    let public = json!({"public_token": done["public_token"]});
    let item = lab.call("/item/public_token/exchange", public).await;
    item["access_token"].as_str().expect("a token").to_owned()
}

async fn account(lab: &Lab, access: &str) -> Value {
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let verified = accounts.as_array().into_iter().flatten().find(|one| one.get("verification_status").is_some());
    verified.unwrap_or(&accounts[0]).clone()
}

fn codes(lab: &Lab) -> Vec<String> {
    let auth = lab.tenant().webhooks().into_iter().filter(|webhook| webhook.kind == "AUTH");
    auth.map(|webhook| webhook.code).collect()
}

#[tokio::test]
async fn the_bank_gives_the_numbers_of_three_accounts() {
    let lab = lab().await;
    let access = lab.item("user_good", json!({})).await;
    let auth = lab.call("/auth/get", json!({"access_token": access})).await;
    let ach = auth["numbers"]["ach"].as_array().expect("numbers");
    let accounts: Vec<_> = ach.iter().map(|one| one["account"].as_str().unwrap_or_default()).collect();
    assert_eq!(accounts, ["1111222233330000", "1111222233331111", "1111222233339002"]);
    assert_eq!((&ach[0]["routing"], &ach[0]["wire_routing"]), (&json!("011401533"), &json!("021000021")));
    assert_eq!(auth["item"]["auth_method"], "INSTANT_AUTH");
    let all = lab.call("/accounts/get", json!({"access_token": access})).await;
    let card = json!({"access_token": access, "options": {"account_ids": [all["accounts"][3]["account_id"]]}});
    assert_eq!(lab.fail("/auth/get", card).await, "ITEM_ERROR/NO_AUTH_ACCOUNTS");
}

#[tokio::test]
async fn a_same_day_deposit_is_confirmed_by_its_code() {
    let lab = lab().await;
    let numbers = AccountNumbers { name: Some("Ann Other"), ..AccountNumbers::new("1111222233330000", "110000000") };
    let access = enter(&lab, json!({"same_day_microdeposits_enabled": true}), numbers).await;
    let get = json!({"access_token": access});
    assert_eq!(account(&lab, &access).await["verification_status"], "pending_manual_verification");
    assert_eq!(account(&lab, &access).await["verification_name"], "Ann Other");
    assert_eq!(lab.fail("/auth/get", get.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");

    let update = link(&lab, json!({"access_token": access})).await;
    let wrong = lab.tenant().confirm_deposit(&update, "XYZ").expect_err("a wrong code");
    assert_eq!(wrong.code, "INCORRECT_DEPOSIT_VERIFICATION");
    lab.tenant().confirm_deposit(&update, "ABC").expect("the right code");
    let auth = lab.call("/auth/get", get.clone()).await;
    assert_eq!(auth["accounts"][0]["verification_status"], "manually_verified");
    assert_eq!(auth["numbers"]["ach"][0]["account"], "1111222233330000");
    assert_eq!(auth["item"]["auth_method"], "SAME_DAY_MICRODEPOSITS");
    assert_eq!(codes(&lab), ["SMS_MICRODEPOSITS_VERIFICATION"]);
    for path in ["/accounts/balance/get", "/identity/get", "/transactions/sync"] {
        assert_eq!(lab.fail(path, get.clone()).await, "ITEM_ERROR/PRODUCTS_NOT_SUPPORTED", "{path}");
    }
    let item = lab.call("/item/get", get).await;
    assert_eq!(
        (&item["item"]["institution_id"], &item["item"]["auth_method"]),
        (&json!(null), &json!("SAME_DAY_MICRODEPOSITS"))
    );
}

#[tokio::test]
async fn the_third_wrong_code_ends_the_verification() {
    let lab = lab().await;
    let access = enter(&lab, json!({}), AccountNumbers::new("1111222233330000", "110000000")).await;
    let update = link(&lab, json!({"access_token": access})).await;
    let codes: Vec<_> = (0..3).map(|_| lab.tenant().confirm_deposit(&update, "no").expect_err("wrong").code).collect();
    let wrong = "INCORRECT_DEPOSIT_VERIFICATION";
    assert_eq!(codes, [wrong, wrong, "TOO_MANY_VERIFICATION_ATTEMPTS"]);
    assert_eq!(account(&lab, &access).await["verification_status"], "verification_failed");
    assert_eq!(lab.tenant().confirm_deposit(&update, "ABC").expect_err("too late").code, "INVALID_FIELD");
    assert_eq!(lab.fail("/auth/get", json!({"access_token": access})).await, "ITEM_ERROR/NO_AUTH_ACCOUNTS");
}

#[tokio::test]
async fn an_automated_deposit_arrives_after_a_day() {
    let lab = lab().await;
    let login = Login { username: "microdeposits_good", password: "pass_good" };
    let numbers =
        AccountNumbers { login: Some(("ins_109512", login)), ..AccountNumbers::new("1111222233330000", "021000021") };
    let access = enter(&lab, json!({"automated_microdeposits_enabled": true}), numbers).await;
    let get = json!({"access_token": access});
    assert_eq!(lab.fail("/auth/get", get.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    lab.tenant().advance(TimeDelta::hours(23)).expect("forward");
    assert_eq!(account(&lab, &access).await["verification_status"], "pending_automatic_verification");
    lab.tenant().advance(TimeDelta::hours(1)).expect("forward");
    let auth = lab.call("/auth/get", get.clone()).await;
    assert_eq!(auth["accounts"][0]["verification_status"], "automatically_verified");
    assert_eq!(auth["item"]["auth_method"], "AUTOMATED_MICRODEPOSITS");
    lab.tenant().advance(TimeDelta::days(8)).expect("forward");
    assert_eq!(codes(&lab), ["AUTOMATICALLY_VERIFIED"], "what is verified does not expire");
    lab.call("/accounts/balance/get", get).await;
}

#[tokio::test]
async fn a_deposit_that_nobody_confirms_expires_after_a_week() {
    let lab = lab().await;
    let access = enter(&lab, json!({}), AccountNumbers::new("1111222233330000", "110000000")).await;
    lab.tenant().advance(TimeDelta::days(7)).expect("forward");
    assert_eq!(account(&lab, &access).await["verification_status"], "verification_expired");
    assert_eq!(codes(&lab), ["VERIFICATION_EXPIRED"]);
}

#[tokio::test]
async fn the_sandbox_ends_a_verification_on_demand() {
    let lab = lab().await;
    let login = Login { username: "microdeposits_good", password: "pass_good" };
    let numbers =
        AccountNumbers { login: Some(("ins_109512", login)), ..AccountNumbers::new("1111222233330000", "021000021") };
    let access = enter(&lab, json!({}), numbers).await;
    let id = account(&lab, &access).await["account_id"].clone();
    let set = |status| json!({"access_token": access, "account_id": id, "verification_status": status});
    lab.call("/sandbox/item/set_verification_status", set("automatically_verified")).await;
    assert_eq!(account(&lab, &access).await["verification_status"], "automatically_verified");
    let again = lab.fail("/sandbox/item/set_verification_status", set("verification_expired")).await;
    assert_eq!(again, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(codes(&lab), ["AUTOMATICALLY_VERIFIED"]);

    let manual = enter(&lab, json!({}), AccountNumbers::new("1111222233330000", "110000000")).await;
    let id = account(&lab, &manual).await["account_id"].clone();
    let set = |status| json!({"access_token": manual, "account_id": id, "verification_status": status});
    let wrong = lab.fail("/sandbox/item/set_verification_status", set("automatically_verified")).await;
    assert_eq!(wrong, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/sandbox/item/set_verification_status", set("verification_expired")).await;
    assert_eq!(codes(&lab).last().map(String::as_str), Some("VERIFICATION_EXPIRED"));
}

#[tokio::test]
async fn numbers_are_matched_and_deposits_of_some_banks_arrive_at_once() {
    let lab = lab().await;
    let login = Login { username: "user_good", password: "pass_good" };
    let numbers =
        AccountNumbers { login: Some(("ins_109512", login)), ..AccountNumbers::new("1111222233331111", "021000021") };
    let access = enter(&lab, json!({"instant_match_enabled": true}), numbers).await;
    let auth = lab.call("/auth/get", json!({"access_token": access})).await;
    assert_eq!(auth["item"]["auth_method"], "INSTANT_MATCH");
    assert_eq!(auth["accounts"][0].get("verification_status"), None);

    let instant = AccountNumbers::new("1111222233330000", "333333334");
    let token = link(&lab, json!({})).await;
    let wrong = lab.tenant().enter_numbers(&token, &instant).expect_err("a code is needed");
    assert_eq!(wrong.code, "INCORRECT_DEPOSIT_VERIFICATION");
    let access = enter(&lab, json!({}), AccountNumbers { code: Some("ABC"), ..instant }).await;
    let auth = lab.call("/auth/get", json!({"access_token": access})).await;
    assert_eq!(auth["accounts"][0]["verification_status"], "manually_verified");
    assert_eq!(auth["item"]["auth_method"], "INSTANT_MICRODEPOSITS");
}

#[tokio::test]
async fn a_database_says_how_likely_numbers_are_right() {
    let lab = lab().await;
    for (account_number, status) in [
        ("1111222233331111", "database_insights_pass"),
        ("1111222233333333", "database_insights_pass_with_caution"),
        ("1111222233335555", "database_insights_fail"),
    ] {
        let numbers = AccountNumbers { name: Some("John Smith"), ..AccountNumbers::new(account_number, "110000000") };
        let access = enter(&lab, json!({"database_insights_enabled": true}), numbers).await;
        let auth = lab.call("/auth/get", json!({"access_token": access})).await;
        assert_eq!(auth["accounts"][0]["verification_status"], status);
        let insights = &auth["accounts"][0]["verification_insights"];
        assert_eq!(insights["name_match_score"], if status.ends_with("pass") { json!(100) } else { json!(null) });

        let ach = json!({"account": account_number, "routing": "110000000"});
        let said = lab.call("/auth/verify", json!({"legal_name": "John Smith", "numbers": {"ach": ach}})).await;
        assert_eq!((&said["verification_status"], &said["verification_insights"]), (&json!(status), insights));
        assert_eq!(said["item_id"].is_string(), !status.ends_with("fail"));
    }
    let known = AccountNumbers::new("1111222233331111", "110000000");
    let access = enter(&lab, json!({"database_match_enabled": true}), known).await;
    assert_eq!(account(&lab, &access).await["verification_status"], "database_matched");
    let short = json!({"numbers": {"ach": {"account": "1111222233331111", "routing": "1100"}}});
    assert_eq!(lab.fail("/auth/verify", short).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_processor_sees_the_numbers_only_when_they_are_verified() {
    let lab = lab().await;
    let access = enter(&lab, json!({}), AccountNumbers::new("1111222233330000", "110000000")).await;
    let id = account(&lab, &access).await["account_id"].clone();
    let body = json!({"access_token": access, "account_id": id, "processor": "dwolla"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let get = json!({"processor_token": token});
    assert_eq!(lab.fail("/processor/auth/get", get.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    let update = link(&lab, json!({"access_token": access})).await;
    lab.tenant().confirm_deposit(&update, "ABC").expect("the right code");
    assert_eq!(lab.call("/processor/auth/get", get.clone()).await["numbers"]["ach"]["account"], "1111222233330000");
    assert_eq!(lab.fail("/processor/balance/get", get).await, "ITEM_ERROR/PRODUCTS_NOT_SUPPORTED");
}

#[tokio::test]
async fn the_control_takes_numbers_and_codes() {
    let lab = lab().await;
    let token = link(&lab, json!({})).await;
    let numbers = json!({"account": "1111222233330000", "routing": "110000000", "subtype": "savings"});
    let wrong = json!({"link_token": token, "numbers": {"account": "1111222233330000", "bank": "110000000"}});
    let (_, answer) = lab.ask("POST", "link/complete", wrong).await;
    assert!(answer.to_string().contains("numbers.bank; numbers has account"), "{answer}");
    let done = lab.control("link/complete", json!({"link_token": token, "numbers": numbers})).await;
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let access = item["access_token"].as_str().expect("a token");
    assert_eq!(account(&lab, access).await["name"], "Savings ...0000");
    let token = link(&lab, json!({"access_token": access})).await;
    lab.control("link/complete", json!({"link_token": token, "code": "ABC"})).await;
    assert_eq!(account(&lab, access).await["verification_status"], "manually_verified");
}

#[tokio::test]
async fn a_configured_user_has_numbers_of_other_countries() {
    let lab = lab().await;
    let config = json!({"override_accounts": [
        {"type": "depository", "subtype": "checking", "numbers": {"account": "31926819", "bacs_sort_code": "601613",
            "international_iban": "GB29NWBK60161331926819", "international_bic": "NWBKGB21"}},
        {"type": "depository", "subtype": "savings",
            "numbers": {"account": "111122220000", "eft_institution": "114", "eft_branch": "01533"}},
    ]});
    let access = lab.item("user_custom", json!({"override_password": config.to_string()})).await;
    let auth = lab.call("/auth/get", json!({"access_token": access})).await;
    let numbers = &auth["numbers"];
    assert_eq!((&numbers["ach"], auth["accounts"].as_array().map(Vec::len)), (&json!([]), Some(2)));
    assert_eq!(
        (&numbers["bacs"][0]["sort_code"], &numbers["bacs"][0]["account"]),
        (&json!("601613"), &json!("31926819"))
    );
    assert_eq!(numbers["international"][0]["iban"], "GB29NWBK60161331926819");
    assert_eq!((&numbers["eft"][0]["branch"], &numbers["eft"][0]["institution"]), (&json!("01533"), &json!("114")));
    let body = json!({"access_token": access, "account_id": auth["accounts"][1]["account_id"], "processor": "vopay"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let seen = lab.call("/processor/auth/get", json!({"processor_token": token})).await["numbers"].clone();
    assert_eq!((&seen["eft"]["account"], &seen["ach"]), (&json!("111122220000"), &json!(null)));
}
