//! Protect, and the verification of businesses.

use crate::support::{Lab, merged};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

async fn made_user(lab: &Lab) -> Value {
    lab.call("/user/create", json!({"client_user_id": "ann"})).await["user_id"].clone()
}

#[tokio::test]
async fn an_event_is_scored_on_demand() {
    let lab = Lab::start(Emulator::builder()).await;
    let event = json!({"timestamp": "2026-11-01T12:00:00Z", "user_sign_in": {}, "protect_session_id": "session-1"});
    let plain = lab.call("/protect/event/send", json!({"event": event})).await;
    assert_eq!(plain["trust_index"], Value::Null);
    let scored = lab.call("/protect/event/send", json!({"event": event, "request_trust_index": true})).await;
    let again = lab.call("/protect/event/send", json!({"event": event, "request_trust_index": true})).await;
    assert_eq!(again["trust_index"], scored["trust_index"], "the same session has the same score");
    let got = lab.call("/protect/event/get", json!({"event_id": scored["event_id"]})).await;
    assert_eq!((&got["trust_index"], &got["timestamp"]), (&scored["trust_index"], &json!("2026-11-01T12:00:00Z")));
    let unknown = json!({"event_id": "ptevt_1"});
    assert_eq!(lab.fail("/protect/event/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
    let two = merged(event, json!({"user_sign_up": {}}));
    assert_eq!(lab.fail("/protect/event/send", json!({"event": two})).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn reports_are_about_what_exists_and_lower_the_score() {
    let lab = Lab::start(Emulator::builder()).await;
    let user = made_user(&lab).await;
    let access = lab.item("user_good", json!({})).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    let compute = json!({"model": "ti-identity-2.0", "user": {"client_user_id": "ann"}});
    let before = lab.call("/protect/compute", compute.clone()).await["score"].as_i64().expect("a score");
    let path = "/protect/report/create";
    let body = |more: Value| {
        let plain = json!({
            "user_id": user, "report_confidence": "CONFIRMED", "report_type": "USER_ACCOUNT_TAKEOVER",
            "report_source": "INTERNAL_REVIEW",
        });
        merged(plain, more)
    };
    for wrong in [
        json!({"report_type": "ACH_RETURN"}),
        json!({"report_type": "OTHER"}),
        json!({"report_type": "ACH_RETURN", "ach_return_code": "X01"}),
        json!({"bank_account": {"account_number": "1111222233330000"}}),
        json!({"incident_event": {"protect_event_id": "ptevt_1"}}),
        json!({"incident_event": {"idv_session_id": "idv_1"}}),
        json!({"incident_event": {"link_session_id": "none"}}),
    ] {
        let (_, refused) = lab.send(path, body(wrong.clone())).await;
        let code = refused["error_code"].as_str().unwrap_or_default();
        assert!(["INVALID_FIELD", "MISSING_FIELDS"].contains(&code), "{wrong}: {refused}");
    }
    assert_eq!(lab.fail(path, body(json!({"user_id": "usr_1"}))).await, "USER_ERROR/USER_NOT_FOUND");
    let foreign = body(json!({"incident_event": {"access_token": "access-sandbox-none"}}));
    assert_eq!(lab.fail(path, foreign).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");
    let more = json!({
        "report_type": "ACH_RETURN", "ach_return_code": "R01",
        "incident_event": {"access_token": access, "amount": {"iso_currency_code": "USD", "value": 5.5}},
    });
    let made = lab.call(path, body(more)).await;
    let insights = lab.call("/protect/user/insights/get", json!({"user_id": user})).await;
    let report = &insights["reports"][0];
    assert_eq!((&report["report_id"], &report["ach_return_code"]), (&made["report_id"], &json!("R01")));
    assert_eq!(
        (&report["incident_event"]["item_id"], &report["incident_event"]["access_token"]),
        (&item, &Value::Null)
    );
    assert_eq!(insights["latest_scored_event"], Value::Null);
    let after = lab.call("/protect/compute", compute).await["score"].as_i64().expect("a score");
    assert_eq!(after, (before - 40).max(1));
    assert_eq!(lab.fail("/protect/user/insights/get", json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
    let unknown = json!({"client_user_id": "bob"});
    assert_eq!(lab.fail("/protect/user/insights/get", unknown).await, "USER_ERROR/USER_NOT_FOUND");
}

#[tokio::test]
async fn a_link_session_is_scored_when_it_is_complete() {
    let lab = Lab::start(Emulator::builder()).await;
    let token = lab.link_token(json!({"products": ["transactions", "protect_linked_bank"]})).await;
    let open = lab.control("link/open", json!({"link_token": token})).await;
    let session = open["link_session_id"].clone();
    let user = lab.call("/link/token/get", json!({"link_token": token})).await["user_id"].clone();
    let path = "/protect/compute";
    let body = |model: &str| json!({"model": model, "user": {"user_id": user}, "model_inputs": {"link": {"link_session_id": session}}});
    for model in ["ti-link-session-2.0", "cash-advance-onboarding-1.0"] {
        assert_eq!(lab.fail(path, body(model)).await, "INVALID_REQUEST/FAILED_PRECONDITION", "{model}");
    }
    for model in ["ti-link-session", "ti-other-1.0", "ti-identity-x.y"] {
        assert_eq!(lab.fail(path, body(model)).await, "INVALID_REQUEST/INVALID_FIELD", "{model}");
    }
    let nothing = json!({"model": "ti-link-session-2.0", "user": {"user_id": user}});
    assert_eq!(lab.fail(path, nothing).await, "INVALID_REQUEST/MISSING_FIELDS");
    lab.control("link/complete", json!({"link_token": token})).await;
    let link = lab.call(path, body("ti-link-session-2.0")).await;
    assert_eq!((&link["model"], &link["subscores"]), (&json!("ti-link-session-2.0"), &Value::Null));
    assert_eq!(link["attributes"]["user.linked_bank_accounts.num_of_connected_banks"], 1);
    let advance = lab.call(path, body("cash-advance-onboarding-1.0")).await;
    let bucket = |name: &str| advance["subscores"][format!("cash_advance_bucket_{name}")].as_i64().expect("a score");
    assert!(bucket("0_25") > bucket("100_200") && bucket("100_200") > bucket("400_500"), "{advance}");
    let told = lab.tenant().webhooks().into_iter().find(|one| one.kind == "PROTECT").expect("a webhook");
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    assert_eq!(
        (&told["event_type"], &told["link_session_id"], &told["user_id"]),
        (&json!("LINK_COMPLETE"), &session, &user)
    );
    let insights = lab.call("/protect/user/insights/get", json!({"client_user_id": "user-1"})).await;
    assert_eq!(insights["latest_scored_event"]["event_id"], told["event_id"]);
    assert_eq!(insights["latest_scored_event"]["trust_index"]["score"], link["score"]);
    assert_eq!(
        lab.call("/protect/event/get", json!({"event_id": told["event_id"]})).await["trust_index"]["score"],
        link["score"]
    );
}

const BUSINESS: &str = "/business_verification/create";

#[tokio::test]
async fn a_business_with_a_name_and_an_address_is_found() {
    let lab = Lab::start(Emulator::builder()).await;
    let address =
        json!({"street": "1 Main St.", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US"});
    let business =
        json!({"name": "Acme", "alternative_name": "Acme Tools", "address": address, "website": "https://example.com"});
    let made = lab.call(BUSINESS, json!({"client_user_id": "ann", "business": business})).await;
    assert_eq!(
        (&made["status"], &made["kyb_check"], &made["completed_at"]),
        (&json!("active"), &Value::Null, &Value::Null)
    );
    assert_eq!(made["search_terms"]["alternative_names"], json!(["Acme Tools"]));
    let ask = json!({"business_verification_id": made["id"]});
    let got = lab.call("/business_verification/get", ask.clone()).await;
    assert_eq!((&got["status"], &got["kyb_check"]["name"]["summary"]), (&json!("success"), &json!("match")));
    assert_eq!(got["kyb_check"]["match_details"]["names"][1], json!({"is_primary": false, "name": "Acme Tools"}));
    assert_eq!(
        (&got["digital_presence_check"]["status"], &got["digital_presence_check"]["phone_number"]["summary"]),
        (&json!("success"), &json!("no_input"))
    );
    assert!(got["completed_at"].is_string());
    let decide = json!({"business_verification_id": made["id"], "status": "failed"});
    assert_eq!(lab.ask("POST", "dashboard/business_verification", decide).await.0, 400, "it is over");
    let unknown = json!({"business_verification_id": "busver_1"});
    assert_eq!(lab.fail("/business_verification/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn other_businesses_fail_or_wait_for_their_data() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = lab.call(BUSINESS, json!({"client_user_id": "ann", "business": {"name": "Acme"}})).await;
    let got = lab.call("/business_verification/get", json!({"business_verification_id": made["id"]})).await;
    assert_eq!((&got["status"], &got["kyb_check"]["match_details"]), (&json!("failed"), &Value::Null));
    assert_eq!(
        (&got["kyb_check"]["name"]["summary"], &got["kyb_check"]["address"]["summary"]),
        (&json!("no_match"), &json!("no_input"))
    );
    assert_eq!(got["digital_presence_check"]["status"], "not_applicable");
    let waits = lab.call(BUSINESS, json!({"client_user_id": "bob"})).await;
    let ask = json!({"business_verification_id": waits["id"]});
    assert_eq!(lab.call("/business_verification/get", ask.clone()).await["status"], "active");
    assert!(waits["shareable_url"].is_string());
    let decide = json!({"business_verification_id": waits["id"], "status": "success"});
    lab.control("dashboard/business_verification", decide).await;
    assert_eq!(lab.call("/business_verification/get", ask).await["status"], "success");
    for wrong in [json!({"name": ""}), json!({"website": "example.com"}), json!({"name": "x".repeat(501)})] {
        let body = json!({"client_user_id": "ann", "business": wrong});
        assert_eq!(lab.fail(BUSINESS, body).await, "INVALID_REQUEST/INVALID_FIELD");
    }
}
