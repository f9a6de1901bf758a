//! Identity Verification: the steps of users, retries, and what a team decides.

use crate::support::{Lab, http, merged};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const TEMPLATE: &str = "idvtmp_1";

async fn create(lab: &Lab, client_user_id: &str, more: Value) -> Value {
    let plain = json!({
        "template_id": TEMPLATE, "client_user_id": client_user_id, "is_shareable": false, "gave_consent": false,
    });
    lab.call("/identity_verification/create", merged(plain, more)).await
}

async fn get(lab: &Lab, id: &Value) -> Value {
    lab.call("/identity_verification/get", json!({"identity_verification_id": id})).await
}

/// What a user does.
async fn act(lab: &Lab, id: &Value, verb: &str, more: Value) -> Value {
    let body = merged(json!({"identity_verification_id": id}), more);
    lab.control(&format!("identity_verification/{verb}"), body).await
}

async fn refused(lab: &Lab, id: &Value, verb: &str, more: Value) -> String {
    let body = merged(json!({"identity_verification_id": id}), more);
    let (status, answer) = lab.ask("POST", &format!("identity_verification/{verb}"), body).await;
    assert_eq!(status, 400, "{verb}: {answer}");
    answer["error"].as_str().unwrap_or_default().to_owned()
}

/// The codes of the webhooks about an attempt.
fn told(lab: &Lab, id: &Value) -> Vec<String> {
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.kind == "IDENTITY_VERIFICATION");
    all.filter(|one| one.body.contains(id.as_str().expect("an id"))).map(|one| one.code).collect()
}

fn leslie() -> Value {
    json!({
        "name": {"given_name": "Leslie", "family_name": "Knope"}, "date_of_birth": "1975-01-18",
        "email_address": "knope1975@gmail.com", "id_number": {"value": "123456788", "type": "us_ssn"},
        "address": {"street": "123 Main St.", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US"},
    })
}

fn steps(attempt: &Value, names: [&str; 6]) {
    let all =
        ["accept_tos", "verify_sms", "kyc_check", "documentary_verification", "watchlist_screening", "risk_check"];
    let now: Vec<&str> = all.iter().map(|name| attempt["steps"][*name].as_str().unwrap_or("?")).collect();
    assert_eq!(now, names, "{attempt}");
}

#[tokio::test]
async fn the_known_person_takes_all_steps_and_passes() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = create(&lab, "ann", json!({})).await;
    let id = made["id"].clone();
    let wait = "waiting_for_prerequisite";
    steps(&made, ["active", wait, wait, wait, wait, wait]);
    assert_eq!((&made["status"], &made["steps"]["selfie_check"]), (&json!("active"), &json!("not_applicable")));
    for name in ["completed_at", "kyc_check", "risk_check", "verify_sms", "documentary_verification", "shareable_url"] {
        assert_eq!(made[name], Value::Null, "{name}");
    }
    assert!(refused(&lab, &id, "code", json!({"code": "11111"})).await.contains("accept_tos"));
    act(&lab, &id, "accept", json!({})).await;
    assert!(refused(&lab, &id, "phone", json!({"phone_number": "234"})).await.contains("E.164"));
    act(&lab, &id, "phone", json!({"phone_number": "+12345678909"})).await;
    steps(&get(&lab, &id).await, ["success", "active", wait, wait, wait, wait]);
    act(&lab, &id, "code", json!({"code": "00000"})).await;
    act(&lab, &id, "code", json!({"code": "11111"})).await;
    let done = act(&lab, &id, "data", json!({"user": leslie()})).await;
    assert_eq!((&done["status"], &done["step"]), (&json!("success"), &Value::Null));
    let got = get(&lab, &id).await;
    steps(&got, ["success", "success", "success", "not_applicable", "success", "success"]);
    let sms = &got["verify_sms"]["verifications"][0];
    assert_eq!(
        (&sms["status"], &sms["solve_attempt_count"], &sms["attempt"]),
        (&json!("success"), &json!(2), &json!(1))
    );
    for name in ["address", "date_of_birth", "id_number", "name", "phone_number"] {
        assert_eq!(got["kyc_check"][name]["summary"], "match", "{name}");
    }
    assert_eq!((&got["kyc_check"]["status"], &got["risk_check"]["status"]), (&json!("success"), &json!("success")));
    let email = &got["risk_check"]["email"];
    assert_eq!((&email["includes_date_of_birth"], &email["domain_is_free_provider"]), (&json!("yes"), &json!("yes")));
    assert!(got["completed_at"].is_string());
    let screening = json!({"watchlist_screening_id": got["watchlist_screening_id"]});
    let screening = lab.call("/watchlist_screening/individual/get", screening).await;
    assert_eq!((&screening["status"], &screening["audit_trail"]["source"]), (&json!("cleared"), &json!("link")));
    assert_eq!(
        (&screening["client_user_id"], &screening["search_terms"]["legal_name"]),
        (&json!("ann"), &json!("Leslie Knope"))
    );
    let expected = ["STEP_UPDATED", "STEP_UPDATED", "STEP_UPDATED", "STEP_UPDATED", "STEP_UPDATED", "STATUS_UPDATED"];
    assert_eq!(told(&lab, &id), expected);
    assert!(refused(&lab, &id, "accept", json!({})).await.contains("success"));
}

#[tokio::test]
async fn others_fail_the_check_and_then_three_documents() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = create(&lab, "ron", json!({"gave_consent": true})).await["id"].clone();
    assert_eq!(get(&lab, &id).await["steps"]["accept_tos"], "skipped");
    act(&lab, &id, "phone", json!({"phone_number": "+14155550123"})).await;
    act(&lab, &id, "code", json!({"code": "11111"})).await;
    let ron = merged(leslie(), json!({"name": {"given_name": "Ron", "family_name": "Swanson"}}));
    act(&lab, &id, "data", json!({"user": ron})).await;
    let now = get(&lab, &id).await;
    assert_eq!((&now["status"], &now["steps"]["kyc_check"]), (&json!("active"), &json!("failed")));
    assert_eq!(now["steps"]["documentary_verification"], "active", "documents make up for it");
    assert_eq!(
        (&now["kyc_check"]["name"]["summary"], &now["kyc_check"]["address"]["summary"]),
        (&json!("no_match"), &json!("match"))
    );
    assert_eq!(now["documentary_verification"], Value::Null, "it has no outcome");
    for number in 1..=3 {
        assert_eq!(get(&lab, &id).await["status"], "active", "attempt {number}");
        act(&lab, &id, "document", json!({"category": "passport"})).await;
    }
    let failed = get(&lab, &id).await;
    let wait = "waiting_for_prerequisite";
    steps(&failed, ["skipped", "success", "failed", "failed", wait, wait]);
    assert_eq!(
        (&failed["status"], &failed["documentary_verification"]["status"]),
        (&json!("failed"), &json!("failed"))
    );
    let documents = failed["documentary_verification"]["documents"].as_array().expect("documents");
    let numbers: Vec<Value> = documents.iter().map(|one| one["attempt"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3].map(Value::from));
    assert_eq!(
        (&documents[0]["status"], &documents[0]["extracted_data"]["name"]["given_name"]),
        (&json!("failed"), &json!("Leslie"))
    );
    assert_eq!(documents[0]["analysis"]["extracted_data"]["name"], "no_match");
    assert!(refused(&lab, &id, "document", json!({})).await.contains("failed"));

    // A person in the dashboard knows better.
    let body = json!({"identity_verification_id": id, "decision": "approve"});
    lab.control("dashboard/identity_verification", body.clone()).await;
    let approved = get(&lab, &id).await;
    steps(&approved, ["skipped", "success", "manually_approved", "manually_approved", wait, wait]);
    assert_eq!(approved["status"], "success");
    assert_eq!(lab.ask("POST", "dashboard/identity_verification", body).await.0, 400, "it has succeeded");
    let reject = json!({"identity_verification_id": id, "decision": "reject"});
    lab.control("dashboard/identity_verification", reject).await;
    let rejected = get(&lab, &id).await;
    assert_eq!(
        (&rejected["status"], &rejected["steps"]["documentary_verification"]),
        (&json!("failed"), &json!("manually_rejected"))
    );
}

#[tokio::test]
async fn documents_of_the_known_person_make_up_for_other_data() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = create(&lab, "leslie", json!({"gave_consent": true})).await["id"].clone();
    act(&lab, &id, "phone", json!({"phone_number": "+14155550123"})).await;
    act(&lab, &id, "code", json!({"code": "11111"})).await;
    act(
        &lab,
        &id,
        "data",
        json!({"user": merged(leslie(), json!({"id_number": {"value": "987654321", "type": "us_ssn"}}))}),
    )
    .await;
    assert_eq!(act(&lab, &id, "document", json!({})).await["status"], "success");
    let got = get(&lab, &id).await;
    steps(&got, ["skipped", "success", "failed", "success", "success", "success"]);
    assert_eq!(got["documentary_verification"]["documents"][0]["status"], "success");
}

#[tokio::test]
async fn a_code_can_be_wrong_three_times_and_sent_three_times() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = create(&lab, "ann", json!({"gave_consent": true})).await["id"].clone();
    assert!(refused(&lab, &id, "code", json!({"code": "11111"})).await.contains("phone number"));
    act(&lab, &id, "phone", json!({"phone_number": "+14155550123"})).await;
    act(&lab, &id, "resend", json!({})).await;
    act(&lab, &id, "resend", json!({})).await;
    assert!(refused(&lab, &id, "resend", json!({})).await.contains("three times"));
    act(&lab, &id, "phone", json!({"phone_number": "+14155550124"})).await;
    for _ in 0..3 {
        act(&lab, &id, "code", json!({"code": "12345"})).await;
    }
    let failed = get(&lab, &id).await;
    assert_eq!((&failed["status"], &failed["verify_sms"]["status"]), (&json!("failed"), &json!("failed")));
    let all = failed["verify_sms"]["verifications"].as_array().expect("verifications");
    let seen: Vec<_> = all.iter().map(|one| (one["status"].clone(), one["delivery_attempt_count"].clone())).collect();
    assert_eq!(seen, [(json!("canceled"), json!(3)), (json!("failed"), json!(1))]);
    assert_eq!(told(&lab, &id), ["STEP_UPDATED", "STATUS_UPDATED"]);
}

#[tokio::test]
async fn a_listed_person_waits_for_a_review() {
    let lab = Lab::start(Emulator::builder()).await;
    let template = json!({"template_id": TEMPLATE, "required": ["address", "id_number"], "documents": "off"});
    assert_eq!(lab.control("dashboard/template", template).await["template"]["version"], 2);
    let id = create(&lab, "joseph", json!({})).await["id"].clone();
    let user = json!({"name": {"given_name": "Joseph", "family_name": "Kony"}, "date_of_birth": "1964-09-18"});
    assert_eq!(act(&lab, &id, "complete", json!({"user": user})).await["status"], "pending_review");
    let got = get(&lab, &id).await;
    steps(&got, ["success", "success", "success", "not_applicable", "pending_review", "success"]);
    assert_eq!(got["template"]["version"], 2);
    let hits = json!({"watchlist_screening_id": got["watchlist_screening_id"]});
    let hits = lab.call("/watchlist_screening/individual/hit/list", hits).await;
    assert_eq!(hits["watchlist_screening_hits"].as_array().map(Vec::len), Some(1));
    let reject = json!({"identity_verification_id": id, "decision": "reject"});
    lab.control("dashboard/identity_verification", reject).await;
    let got = get(&lab, &id).await;
    assert_eq!((&got["status"], &got["steps"]["watchlist_screening"]), (&json!("failed"), &json!("manually_rejected")));
}

#[tokio::test]
async fn a_template_decides_what_is_asked() {
    let lab = Lab::start(Emulator::builder()).await;
    let body = json!({"template_id": "idvtmp_2", "sms": false, "documents": "always", "watchlist_program_id": "", "risky": true});
    lab.control("dashboard/template", body).await;
    let id = create(&lab, "ann", json!({"template_id": "idvtmp_2", "gave_consent": true})).await["id"].clone();
    assert_eq!(
        act(&lab, &id, "data", json!({"user": merged(leslie(), json!({"phone_number": "+12345678909"}))})).await["step"],
        "documentary_verification"
    );
    assert_eq!(act(&lab, &id, "document", json!({})).await["status"], "failed");
    let got = get(&lab, &id).await;
    steps(&got, ["skipped", "not_applicable", "success", "success", "not_applicable", "failed"]);
    assert_eq!((&got["risk_check"]["status"], &got["watchlist_screening_id"]), (&json!("failed"), &Value::Null));
    assert_eq!(got["risk_check"]["behavior"]["user_interactions"], "risky");
    // Going on at the risk is not possible.
    let retry = json!({"client_user_id": "ann", "template_id": "idvtmp_2", "strategy": "incomplete"});
    assert_eq!(lab.fail("/identity_verification/retry", retry).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(
        lab.ask("POST", "dashboard/template", json!({"template_id": "idvtmp_2", "documents": "maybe"})).await.0,
        400
    );
}

#[tokio::test]
async fn a_user_has_one_attempt_until_it_is_retried() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/identity_verification/create";
    let body =
        |more: Value| merged(json!({"template_id": TEMPLATE, "is_shareable": true, "gave_consent": false}), more);
    assert_eq!(lab.fail(path, body(json!({}))).await, "INVALID_REQUEST/INVALID_FIELD", "nobody is named");
    assert_eq!(lab.fail(path, json!({})).await, "INVALID_REQUEST/INVALID_FIELD", "not MISSING_FIELDS");
    assert_eq!(lab.fail(path, body(json!({"user_id": "usr_1"}))).await, "USER_ERROR/USER_NOT_FOUND");
    let user = lab.call("/user/create", json!({"client_user_id": "ann"})).await["user_id"].clone();
    let both = body(json!({"user_id": user, "user": {"email_address": "ann@example.com"}}));
    assert_eq!(lab.fail(path, both).await, "INVALID_REQUEST/INVALID_FIELD");
    let made = lab.call(path, body(json!({"user_id": user}))).await;
    assert_eq!((&made["client_user_id"], &made["user_id"]), (&json!("ann"), &user));
    assert_eq!(lab.fail(path, body(json!({"client_user_id": "ann"}))).await, "INVALID_REQUEST/INVALID_FIELD");
    let same = lab.call(path, body(json!({"client_user_id": "ann", "is_idempotent": true}))).await;
    assert_eq!((&same["id"], &same["shareable_url"]), (&made["id"], &made["shareable_url"]));
    let other = lab.call(path, body(json!({"client_user_id": "ann", "template_id": "idvtmp_2"}))).await;
    assert_ne!(other["id"], made["id"]);
    let list = |more: Value| merged(json!({"template_id": TEMPLATE}), more);
    for (filter, count) in [
        (json!({}), 1),
        (json!({"client_user_id": "ann"}), 1),
        (json!({"user_id": user}), 1),
        (json!({"client_user_id": "bob"}), 0),
    ] {
        let found = lab.call("/identity_verification/list", list(filter.clone())).await;
        assert_eq!(found["identity_verifications"].as_array().map(Vec::len), Some(count), "{filter}");
    }
    assert_eq!(lab.fail("/identity_verification/get", json!({})).await, "INVALID_REQUEST/INVALID_FIELD");
    let unknown = json!({"identity_verification_id": "idv_1"});
    assert_eq!(lab.fail("/identity_verification/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_retry_starts_again_or_goes_on() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/identity_verification/retry";
    let retry = |strategy: &str, more: Value| {
        merged(json!({"client_user_id": "ann", "template_id": TEMPLATE, "strategy": strategy}), more)
    };
    assert_eq!(
        lab.fail(path, retry("reset", json!({}))).await,
        "INVALID_REQUEST/INVALID_FIELD",
        "nothing was attempted"
    );
    let first = create(&lab, "ann", json!({})).await["id"].clone();
    assert_eq!(lab.fail(path, retry("infer", json!({}))).await, "INVALID_REQUEST/INVALID_FIELD", "it is active");
    let all = json!({"steps": {"verify_sms": true, "kyc_check": true, "documentary_verification": false, "selfie_check": true}});
    assert_eq!(lab.fail(path, retry("custom", json!({}))).await, "INVALID_REQUEST/INVALID_FIELD", "no steps");
    assert_eq!(lab.fail(path, retry("reset", all.clone())).await, "INVALID_REQUEST/INVALID_FIELD", "steps");
    // The user leaves in the middle: the attempt expires.
    act(&lab, &first, "accept", json!({})).await;
    let second = lab.call(path, retry("reset", json!({}))).await;
    assert_eq!((&second["previous_attempt_id"], &second["steps"]["accept_tos"]), (&first, &json!("active")));
    let expired = get(&lab, &first).await;
    let gone = "expired";
    steps(&expired, ["success", gone, gone, gone, gone, gone]);
    assert_eq!(expired["status"], "expired");
    assert_eq!(told(&lab, &second["id"]), ["RETRIED"]);

    // Ann enters wrong data and no documents: the next attempt goes on there.
    let wrong = json!({"user": {"date_of_birth": "1999-01-01"}});
    assert_eq!(act(&lab, &second["id"], "complete", wrong).await["status"], "failed");
    let third = lab.call(path, retry("infer", json!({"user": {"date_of_birth": "1975-01-18"}}))).await;
    let wait = "waiting_for_prerequisite";
    steps(&third, ["skipped", "skipped", "active", wait, wait, wait]);
    assert_eq!(
        (&third["user"]["date_of_birth"], &third["user"]["name"]["given_name"]),
        (&json!("1975-01-18"), &json!("Leslie"))
    );
    assert_eq!(act(&lab, &third["id"], "data", json!({"user": {}})).await["status"], "success");
    assert_eq!(
        lab.fail(path, retry("incomplete", json!({}))).await,
        "INVALID_REQUEST/INVALID_FIELD",
        "nothing is incomplete"
    );
    let fourth = lab.call(path, retry("infer", json!({"is_shareable": true}))).await;
    assert_eq!(fourth["steps"]["accept_tos"], "active", "after a success all starts again");
    assert!(fourth["shareable_url"].is_string());

    let custom = lab.call(path, retry("custom", all)).await;
    steps(&custom, ["active", wait, wait, "skipped", wait, wait]);
    assert_eq!(custom["steps"]["selfie_check"], "skipped", "the Sandbox has no selfies");
    let list = json!({"template_id": TEMPLATE, "client_user_id": "ann"});
    let list = lab.call("/identity_verification/list", list).await["identity_verifications"].clone();
    assert_eq!((list.as_array().map(Vec::len), &list[0]["id"]), (Some(5), &custom["id"]));
}

#[tokio::test]
async fn a_team_cancels_an_attempt() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = create(&lab, "ann", json!({})).await["id"].clone();
    let cancel = json!({"identity_verification_id": id, "decision": "cancel"});
    lab.control("dashboard/identity_verification", cancel.clone()).await;
    let got = get(&lab, &id).await;
    let gone = "canceled";
    steps(&got, [gone, gone, gone, gone, gone, gone]);
    assert_eq!(got["status"], gone);
    for decision in ["cancel", "expire", "approve", "reject", "forget"] {
        let body = json!({"identity_verification_id": id, "decision": decision});
        assert_eq!(lab.ask("POST", "dashboard/identity_verification", body).await.0, 400, "{decision}");
    }
    assert_eq!(told(&lab, &id).last().map(String::as_str), Some("STATUS_UPDATED"));
}

#[tokio::test]
async fn a_phone_and_a_date_of_birth_are_enough_to_know_somebody() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/identity_verification/autofill/create";
    let user = json!({"user": {"phone_number": "+12345678909", "date_of_birth": "1975-01-18"}});
    let id = create(&lab, "leslie", user).await["id"].clone();
    let filled = lab.call(path, json!({"identity_verification_id": id})).await;
    assert_eq!((&filled["status"], &filled["user"]["name"]["family_name"]), (&json!("success"), &json!("Knope")));
    assert_eq!(
        (&filled["user"]["address"]["type"], &filled["user"]["id_number"]["value"]),
        (&json!("residential"), &json!("123456789"))
    );
    assert_eq!(get(&lab, &id).await["user"]["address"]["city"], "Pawnee");
    let stranger = json!({"user": {"phone_number": "+12345678900", "date_of_birth": "1975-01-18"}});
    let id = create(&lab, "ron", stranger).await["id"].clone();
    let failed = lab.call(path, json!({"identity_verification_id": id})).await;
    assert_eq!((&failed["status"], &failed["user"]), (&json!("failed"), &Value::Null));
    let ron = json!({
        "name": {"given_name": "Ron", "family_name": "Swanson"}, "phone_number": "+12345678900", "date_of_birth": "1975-01-18",
        "address": {"street": "1 Elm Road", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US"},
    });
    lab.control("dashboard/person", json!({"user": ron})).await;
    let filled = lab.call(path, json!({"identity_verification_id": id})).await;
    assert_eq!((&filled["status"], &filled["user"]["name"]["given_name"]), (&json!("success"), &json!("Ron")));
    assert_eq!(act(&lab, &id, "complete", json!({})).await["status"], "success", "the data sources know Ron");
    assert_eq!(
        lab.fail(path, json!({"identity_verification_id": id})).await,
        "INVALID_REQUEST/INVALID_FIELD",
        "it is over"
    );
}

#[tokio::test]
async fn webhooks_go_to_the_address_of_the_dashboard() {
    let lab = Lab::start(Emulator::builder()).await;
    lab.control("dashboard/webhook", json!({"url": "http://127.0.0.1:9/hook"})).await;
    let id = create(&lab, "ann", json!({})).await["id"].clone();
    act(&lab, &id, "accept", json!({})).await;
    let webhooks = lab.tenant().webhooks();
    assert_eq!(webhooks.last().and_then(|one| one.url.as_deref()), Some("http://127.0.0.1:9/hook"));
    assert_eq!(lab.ask("POST", "dashboard/webhook", json!({"url": "nowhere"})).await.0, 400);
}

/// The names of a session's events, oldest first, with the step that each is about.
async fn events(lab: &Lab, token: &str) -> Vec<String> {
    let link = lab.call("/link/token/get", json!({"link_token": token})).await;
    let all = link["link_sessions"][0]["events"].as_array().cloned().unwrap_or_default();
    let name = |event: &Value| {
        let name =
            event["event_name"].as_str().unwrap_or_default().trim_start_matches("IDENTITY_VERIFICATION_").to_owned();
        match event["event_metadata"]["view_name"].as_str() {
            Some(view) => format!("{name} {view}"),
            None => name,
        }
    };
    all.iter().rev().map(name).collect()
}

#[tokio::test]
async fn link_takes_the_steps_of_a_verification() {
    let lab = Lab::start(Emulator::builder()).await;
    let products = json!(["identity_verification"]);
    let path = "/link/token/create";
    let without = crate::support::link_request(json!({"products": products}));
    assert_eq!(lab.fail(path, without).await, "INVALID_REQUEST/MISSING_FIELDS");
    let template = json!({"template_id": TEMPLATE, "gave_consent": true});
    let both = json!({"products": ["identity_verification", "auth"], "identity_verification": template});
    assert_eq!(lab.fail(path, crate::support::link_request(both)).await, "INVALID_REQUEST/INVALID_FIELD");
    let token = lab.link_token(json!({"products": products, "identity_verification": template})).await;
    let open = lab.control("link/open", json!({"link_token": token})).await;
    assert_eq!(open["step"], "verify");
    let id = open["link_session_id"].clone();
    assert_eq!(get(&lab, &id).await["client_user_id"], "user-1", "the session has the id of the verification");
    assert_eq!(
        lab.ask("POST", "link/select", json!({"link_token": token, "institution_id": "ins_109508"})).await.0,
        400
    );
    act(&lab, &id, "phone", json!({"phone_number": "+12345678909"})).await;
    act(&lab, &id, "code", json!({"code": "11111"})).await;
    act(&lab, &id, "data", json!({"user": leslie()})).await;
    let expected = [
        "OPEN",
        "CREATE_SESSION",
        "OPEN_UI",
        "START_STEP VERIFY_SMS",
        "PASS_STEP VERIFY_SMS",
        "START_STEP KYC_CHECK",
        "PASS_STEP KYC_CHECK",
        "PASS_STEP SCREENING",
        "PASS_STEP RISK_CHECK",
        "PASS_SESSION",
        "CLOSE_UI",
        "HANDOFF",
    ];
    assert_eq!(events(&lab, &token).await, expected);
    let link = lab.call("/link/token/get", json!({"link_token": token})).await;
    assert!(link["link_sessions"][0]["finished_at"].is_string());

    // Another user leaves in the middle, and comes back by another token.
    let ron = json!({
        "products": products, "identity_verification": {"template_id": TEMPLATE}, "user": {"client_user_id": "ron"},
    });
    let token = lab.link_token(ron.clone()).await;
    let first = lab.control("link/open", json!({"link_token": token})).await["link_session_id"].clone();
    act(&lab, &first, "accept", json!({})).await;
    lab.control("link/exit", json!({"link_token": token})).await;
    let token = lab.link_token(ron).await;
    let user = json!({"name": {"given_name": "Ron", "family_name": "Swanson"}});
    let done = lab.control("link/complete", json!({"link_token": token, "user": user})).await;
    assert_eq!((&done["metadata"]["link_session_id"], &done["public_token"]), (&first, &Value::Null));
    let seen = events(&lab, &token).await;
    assert_eq!(seen[1], "RESUME_SESSION");
    assert!(seen.contains(&"FAIL_STEP KYC_CHECK".to_owned()) && seen.contains(&"FAIL_SESSION".to_owned()), "{seen:?}");
    assert_eq!(get(&lab, &first).await["status"], "failed");
}

#[tokio::test]
async fn a_shareable_address_leads_to_a_page_that_takes_the_steps() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = create(&lab, "leslie", json!({"is_shareable": true})).await;
    let url = made["shareable_url"].as_str().expect("an address");
    let http = http();
    let page = http.get(url).send().await.expect("a page");
    let (place, mut text) = (page.url().clone(), page.text().await.expect("a text"));
    assert!(text.contains("Accept the terms"), "{text}");
    let leslie = "act=data&given_name=Leslie&family_name=Knope&date_of_birth=1975-01-18&street=123+Main+St.&city=Pawnee&region=IN\
                  &postal_code=46001&id_number=123456789";
    for form in [
        "act=accept",
        "act=phone&phone_number=1",
        "act=phone&phone_number=%2B12345678909",
        "act=code&code=11111",
        leslie,
    ] {
        let to = format!("{}/verify", place.as_str().split('?').next().expect("an address"));
        let post = http.post(to).header("Content-Type", "application/x-www-form-urlencoded");
        let post = post.header("Origin", lab.emulator.base_url()).body(form);
        text = post.send().await.expect("a page").text().await.expect("a text");
        assert_eq!(text.contains("E.164"), form.ends_with("=1"), "{form}: {text}");
    }
    assert!(text.contains("The verification is over"), "{text}");
    assert_eq!(get(&lab, &made["id"]).await["status"], "success");
}
