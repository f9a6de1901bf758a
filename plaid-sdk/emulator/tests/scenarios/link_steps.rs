//! Link sessions step by step: what the person sees, the events, the webhooks of a hosted session.

use chrono::{DateTime, TimeDelta, Utc};
use plaid_emulator::{AccountNumbers, Builder, Emulator, Login};
use serde_json::{Value, json};

use crate::support::{Lab, merged};

const GOOD: Login<'static> = Login { username: "user_good", password: "pass_good" };

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

fn still() -> Builder {
    Emulator::builder().frozen_at(noon())
}

async fn token(lab: &Lab, more: Value) -> String {
    let plain = json!({"products": ["transactions"], "webhook": "http://127.0.0.1:9/"});
    lab.link_token(merged(plain, more)).await
}

async fn session(lab: &Lab, token: &str) -> Value {
    lab.call("/link/token/get", json!({"link_token": token})).await["link_sessions"][0].clone()
}

/// The names of a session's events, oldest first, with the view that one led to.
fn names(session: &Value) -> Vec<String> {
    let name = |event: &Value| match event["event_metadata"]["view_name"].as_str() {
        Some(view) => view.to_owned(),
        None => event["event_name"].as_str().unwrap_or_default().to_owned(),
    };
    session["events"].as_array().into_iter().flatten().rev().map(name).collect()
}

fn masks(value: &Value) -> Vec<&str> {
    value["metadata"]["accounts"].as_array().into_iter().flatten().filter_map(|one| one["mask"].as_str()).collect()
}

#[tokio::test]
async fn a_session_goes_step_by_step_and_its_events_say_so() {
    let lab = Lab::start(still()).await;
    let token = token(&lab, json!({})).await;
    let tenant = lab.tenant();
    assert_eq!(tenant.open_link(&token).expect("a session")["step"], "select_institution");
    let early = tenant.login_link(&token, GOOD).expect_err("no institution yet");
    assert!(early.message.contains("select_institution") && early.help.contains("link/select"), "{early}");
    assert_eq!(tenant.select_link(&token, "ins_109508").expect("an institution")["step"], "log_in");
    let wrong = tenant.login_link(&token, Login { password: "x", ..GOOD }).expect("an answer");
    assert_eq!((&wrong["step"], &wrong["error"]["error_code"]), (&json!("log_in"), &json!("INVALID_CREDENTIALS")));
    let started = session(&lab, &token).await;
    assert_eq!((&started["finished_at"], started.get("on_success")), (&json!(null), None));

    assert_eq!(tenant.login_link(&token, GOOD).expect("an answer")["step"], "select_accounts");
    let done = tenant.accounts_link(&token, Some(vec!["1111".to_owned()])).expect("accounts");
    assert_eq!((&done["step"], masks(&done)), (&json!("finished"), vec!["1111"]));
    let finished = session(&lab, &token).await;
    assert_eq!(
        names(&finished),
        [
            "OPEN",
            "SELECT_INSTITUTION",
            "SELECT_INSTITUTION",
            "CREDENTIAL",
            "SUBMIT_CREDENTIALS",
            "ERROR",
            "SUBMIT_CREDENTIALS",
            "SELECT_ACCOUNT",
            "CONNECTED",
            "HANDOFF",
        ]
    );
    assert_eq!(finished["events"][0]["event_metadata"]["institution_id"], "ins_109508");
    assert_eq!(finished["finished_at"], "2026-11-28T12:00:00Z");
    let exchange = json!({"public_token": finished["on_success"]["public_token"]});
    let item = lab.call("/item/public_token/exchange", exchange).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": item["access_token"]})).await;
    assert_eq!(accounts["accounts"][0]["account_id"], done["metadata"]["accounts"][0]["id"]);

    lab.tenant().advance(TimeDelta::hours(6)).expect("forward");
    let later = lab.call("/link/token/get", json!({"link_token": token})).await;
    assert_eq!(later.get("link_sessions"), None, "sessions are kept for six hours");
}

#[tokio::test]
async fn banks_ask_for_codes_answers_and_choices() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let cases: [(&str, &str, &str, &[&[&str]]); 4] = [
        ("ins_109508", "mfa_device", "device", &[&["Phone ending in 5555"], &["1234"]]),
        (
            "ins_109508",
            "mfa_questions_2_2",
            "questions",
            &[&["answer_0_0", "answer_0_1"], &["answer_1_0", "answer_1_1"]],
        ),
        ("ins_109508", "mfa_selections_1_1_3", "selections", &[&["Yes"]]),
        ("ins_1", "pass_good", "device", &[&["Email to a***@example.com"], &["1234"]]),
    ];
    for (institution, password, kind, rounds) in cases {
        let token = token(&lab, json!({})).await;
        tenant.select_link(&token, institution).expect("an institution");
        let asked = tenant.login_link(&token, Login { password, ..GOOD }).expect("an answer");
        assert_eq!((&asked["step"], &asked["mfa"]["type"]), (&json!("mfa"), &json!(kind)), "{password}");
        for round in rounds {
            let wrong = vec!["nonsense"; round.len()];
            let refused = tenant.mfa_link(&token, &wrong).expect("an answer");
            assert_eq!((&refused["step"], &refused["error"]["error_code"]), (&json!("mfa"), &json!("INVALID_MFA")));
            let next = tenant.mfa_link(&token, round).expect("an answer");
            assert_eq!(next["error"], json!(null));
        }
        let done = tenant.accounts_link(&token, None).expect("all accounts");
        assert_eq!(masks(&done).len(), 14, "{password}");
        let events = session(&lab, &token).await;
        let submitted = names(&events).iter().filter(|name| *name == "SUBMIT_MFA").count();
        assert_eq!(submitted, 2 * rounds.len());
    }
}

#[tokio::test]
async fn complete_answers_what_the_bank_asks() {
    let lab = Lab::start(still()).await;
    let token = token(&lab, json!({})).await;
    let body = json!({"link_token": token, "institution_id": "ins_1", "accounts": ["0000", "9999"]});
    let (status, done) = lab.ask("POST", "link/complete", body).await;
    assert_eq!((status, masks(&done)), (200, vec!["0000", "9999"]));
    let (status, refused) = lab.ask("POST", "link/complete", json!({"link_token": token, "accounts": ["4711"]})).await;
    assert!(status == 400 && refused["error"].as_str().is_some_and(|text| text.contains("4711")), "{refused}");
    let (status, refused) =
        lab.ask("POST", "link/complete", json!({"link_token": token, "password": "error_ITEM_LOCKED"})).await;
    assert!(status == 400 && refused["error"].as_str().is_some_and(|text| text.contains("ITEM_LOCKED")), "{refused}");
    let (status, refused) = lab.ask("POST", "link/finish", json!({"link_token": token})).await;
    assert!(status == 400 && refused["help"].as_str().is_some_and(|text| text.contains("link/accounts")), "{refused}");
}

#[tokio::test]
async fn errors_are_shown_and_the_exit_carries_them() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let left = token(&lab, json!({})).await;
    tenant.select_link(&left, "ins_109508").expect("an institution");
    let locked = tenant.login_link(&left, Login { password: "error_ITEM_LOCKED", ..GOOD }).expect("an answer");
    assert_eq!(locked["error"]["error_code"], "ITEM_LOCKED");
    let exit = tenant.exit_link(&left, None).expect("an exit");
    assert_eq!(
        (&exit["error"]["error_code"], &exit["metadata"]["status"]),
        (&json!("ITEM_LOCKED"), &json!("requires_credentials"))
    );
    let kept = session(&lab, &left).await;
    assert_eq!(kept["events"][0]["event_metadata"]["exit_status"], "requires_credentials");
    assert_eq!((&kept["exit"]["error"]["error_code"], kept.get("on_success")), (&json!("ITEM_LOCKED"), None));

    for (institution, code) in [("ins_132361", "INSTITUTION_DOWN"), ("ins_133402", "INSTITUTION_NO_LONGER_SUPPORTED")] {
        let token = token(&lab, json!({})).await;
        let down = tenant.select_link(&token, institution).expect("an answer");
        assert_eq!((&down["step"], &down["error"]["error_code"]), (&json!("select_institution"), &json!(code)));
    }
    let lost = token(&lab, json!({})).await;
    lab.ask("POST", "link/search", json!({"link_token": lost, "text": "Sparkasse"})).await;
    assert_eq!(tenant.exit_link(&lost, None).expect("an exit")["metadata"]["status"], "institution_not_found");

    let token = token(&lab, json!({})).await;
    tenant.select_link(&token, "ins_109509").expect("an institution");
    let (_, back) = lab.ask("POST", "link/back", json!({"link_token": token})).await;
    assert_eq!((&back["step"], &back["institution"]), (&json!("select_institution"), &json!(null)));
    tenant.select_link(&token, "ins_109508").expect("an institution");
    tenant.login_link(&token, Login { password: "mfa_device", ..GOOD }).expect("an answer");
    assert_eq!(tenant.exit_link(&token, None).expect("an exit")["metadata"]["status"], "choose_device");
    assert_eq!(tenant.open_link(&token).expect("another session")["step"], "select_institution");
    assert_eq!(
        lab.call("/link/token/get", json!({"link_token": token})).await["link_sessions"].as_array().map(Vec::len),
        Some(2)
    );
}

#[tokio::test]
async fn filters_limit_the_accounts() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let filters =
        json!({"depository": {"account_subtypes": ["checking", "savings"]}, "credit": {"account_subtypes": ["all"]}});
    let token_of = |filters: Value| token(&lab, json!({"account_filters": filters}));
    let filtered = token_of(filters).await;
    let (_, done) = lab.ask("POST", "link/complete", json!({"link_token": filtered})).await;
    assert_eq!(masks(&done), ["0000", "1111", "3333", "9999"]);
    let other = token_of(json!({"other": {"account_subtypes": ["all"]}})).await;
    tenant.select_link(&other, "ins_109508").expect("an institution");
    let none = tenant.login_link(&other, GOOD).expect("an answer");
    assert_eq!((&none["step"], &none["error"]["error_code"]), (&json!("log_in"), &json!("NO_ACCOUNTS")));
}

#[tokio::test]
async fn a_hosted_session_sends_its_webhooks() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let hosted = token(&lab, json!({"hosted_link": {}})).await;
    tenant.select_link(&hosted, "ins_109508").expect("an institution");
    let codes =
        || tenant.webhooks().iter().filter(|one| one.kind == "LINK").map(|one| one.code.clone()).collect::<Vec<_>>();
    assert!(codes().is_empty());
    tenant.advance(TimeDelta::minutes(11)).expect("forward");
    assert_eq!(codes(), ["EVENTS"], "nobody has touched the session for ten minutes");
    tenant.login_link(&hosted, GOOD).expect("an answer");
    tenant.accounts_link(&hosted, None).expect("accounts");
    assert_eq!(codes(), ["EVENTS", "EVENTS", "ITEM_ADD_RESULT", "SESSION_FINISHED"]);
    tenant.advance(TimeDelta::minutes(11)).expect("forward");
    assert_eq!(codes().len(), 4);
    let last = tenant.webhooks().into_iter().rfind(|one| one.code == "SESSION_FINISHED").expect("a webhook");
    let body: Value = serde_json::from_str(&last.body).expect("JSON");
    assert_eq!((&body["status"], body["public_tokens"].as_array().map(Vec::len)), (&json!("SUCCESS"), Some(1)));

    let left = token(&lab, json!({"hosted_link": {}})).await;
    tenant.exit_link(&left, None).expect("an exit");
    let last = tenant.webhooks().pop().expect("a webhook");
    let body: Value = serde_json::from_str(&last.body).expect("JSON");
    assert_eq!((&body["status"], body.get("public_tokens")), (&json!("EXITED"), None));
    // The webhooks since the last call are checked now.
    lab.call("/link/token/get", json!({"link_token": left})).await;
}

#[tokio::test]
async fn one_session_can_add_several_items() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let token = token(&lab, json!({"hosted_link": {}, "enable_multi_item_link": true})).await;
    for institution in ["ins_109508", "ins_109509"] {
        tenant.select_link(&token, institution).expect("an institution");
        tenant.login_link(&token, GOOD).expect("an answer");
        assert_eq!(tenant.accounts_link(&token, None).expect("accounts")["step"], "added");
    }
    let (_, ended) = lab.ask("POST", "link/complete", json!({"link_token": token})).await;
    assert_eq!(ended["step"], "finished");
    let session = session(&lab, &token).await;
    let added = session["results"]["item_add_results"].as_array().cloned().unwrap_or_default();
    let institutions: Vec<_> = added.iter().map(|one| one["institution"]["institution_id"].clone()).collect();
    assert_eq!(institutions, ["ins_109508", "ins_109509"]);
    let codes: Vec<String> =
        tenant.webhooks().into_iter().filter(|one| one.kind == "LINK").map(|one| one.code).collect();
    assert_eq!(codes, ["ITEM_ADD_RESULT", "ITEM_ADD_RESULT", "EVENTS", "SESSION_FINISHED"]);
    for one in added {
        lab.call("/item/public_token/exchange", json!({"public_token": one["public_token"]})).await;
    }
}

#[tokio::test]
async fn update_mode_repairs_an_item_and_can_change_its_accounts() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let access = lab.item("user_good", json!({})).await;
    let before = lab.call("/accounts/get", json!({"access_token": access})).await;
    let update = async |more: Value| {
        let mut request =
            json!({"client_name": "A", "language": "en", "country_codes": ["US"], "access_token": access});
        request["user"] = json!({"client_user_id": "user-1"});
        request["update"] = more;
        lab.call("/link/token/create", request).await["link_token"].as_str().expect("a token").to_owned()
    };
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    let token = update(json!({})).await;
    assert_eq!(tenant.open_link(&token).expect("a session")["step"], "log_in");
    assert!(tenant.select_link(&token, "ins_1").is_err(), "the institution is fixed");
    assert_eq!(tenant.login_link(&token, GOOD).expect("an answer")["step"], "finished");
    assert_eq!(lab.call("/accounts/get", json!({"access_token": access})).await["accounts"], before["accounts"]);
    assert_eq!(session(&lab, &token).await["results"]["item_add_results"], json!([]));

    for (chosen, kept) in [(vec!["0000", "1111"], 2), (vec!["0000", "3333"], 1)] {
        let token = update(json!({"account_selection_enabled": true})).await;
        tenant.open_link(&token).expect("a session");
        assert_eq!(tenant.login_link(&token, GOOD).expect("an answer")["step"], "select_accounts");
        let masks = chosen.iter().map(|mask| (*mask).to_owned()).collect();
        tenant.accounts_link(&token, Some(masks)).expect("accounts");
        let after = lab.call("/accounts/get", json!({"access_token": access})).await;
        let now: Vec<_> = after["accounts"].as_array().into_iter().flatten().collect();
        assert_eq!(now.iter().map(|one| one["mask"].clone()).collect::<Vec<_>>(), chosen);
        let same = before["accounts"].as_array().into_iter().flatten().filter(|one| now.contains(one)).count();
        assert_eq!(same, kept, "accounts that stay keep their ids");
    }
}

#[tokio::test]
async fn the_page_of_a_bank_shares_two_accounts() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let token = token(&lab, json!({"institution_id": "ins_127287"})).await;
    let opened = tenant.open_link(&token).expect("a session");
    assert_eq!((&opened["step"], &opened["institution"]["oauth"]), (&json!("log_in"), &json!(true)));
    tenant.login_link(&token, Login { password: "whatever", ..GOOD }).expect("an answer");
    assert_eq!(masks(&tenant.accounts_link(&token, None).expect("accounts")), ["0000", "1111"]);
    let names = names(&session(&lab, &token).await);
    assert_eq!(names, ["OPEN", "SELECT_INSTITUTION", "OAUTH", "OPEN_OAUTH", "SELECT_ACCOUNT", "CONNECTED", "HANDOFF"]);
}

#[tokio::test]
async fn an_expired_token_takes_no_step_and_events_of_ones_own_are_kept() {
    let lab = Lab::start(still()).await;
    let token = token(&lab, json!({})).await;
    let event = json!({"link_token": token, "event_name": "VIEW_DATA_TYPES", "metadata": {"view_name": "DATA_TYPES"}});
    let (status, _) = lab.ask("POST", "link/event", event).await;
    assert_eq!(status, 200);
    assert_eq!(session(&lab, &token).await["events"][0]["event_name"], "VIEW_DATA_TYPES");
    lab.tenant().advance(TimeDelta::hours(4)).expect("forward");
    let refused = lab.tenant().select_link(&token, "ins_109508").expect_err("an expired token");
    assert!(refused.message.contains("INVALID_LINK_TOKEN"), "{refused}");
}

#[tokio::test]
async fn update_mode_asks_for_the_code_of_a_deposit() {
    let lab = Lab::start(still()).await;
    let tenant = lab.tenant();
    let auth = json!({"same_day_microdeposits_enabled": true});
    let first = token(&lab, json!({"products": ["auth"], "auth": auth})).await;
    let numbers = AccountNumbers::new("1111222233330000", "110000000");
    let done = tenant.enter_numbers(&first, &numbers).expect("an Item");
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let update = json!({
        "client_name": "A", "language": "en", "country_codes": ["US"], "user": {"client_user_id": "user-1"},
        "access_token": item["access_token"],
    });
    let token = lab.call("/link/token/create", update).await["link_token"].as_str().expect("a token").to_owned();
    assert_eq!(tenant.open_link(&token).expect("a session")["step"], "deposit");
    assert!(tenant.login_link(&token, GOOD).is_err(), "it waits for a code");
    let wrong = tenant.deposit_link(&token, "XYZ").expect("an answer");
    assert_eq!(
        (&wrong["step"], &wrong["error"]["error_code"]),
        (&json!("deposit"), &json!("INCORRECT_DEPOSIT_VERIFICATION"))
    );
    let url = format!("{}/_plaid/link/page/{token}", lab.emulator.base_url());
    let page = reqwest::get(url).await.expect("an answer").text().await.expect("a body");
    assert!(page.contains("Confirm your account") && page.contains("INCORRECT_DEPOSIT_VERIFICATION"));
    assert_eq!(tenant.deposit_link(&token, "ABC").expect("an answer")["step"], "finished");
    let accounts = lab.call("/accounts/get", json!({"access_token": item["access_token"]})).await;
    assert_eq!(accounts["accounts"][0]["verification_status"], "manually_verified");
}

#[tokio::test]
async fn a_password_stays_in_memory_and_an_imported_session_waits_for_the_login() {
    let folder = std::env::temp_dir().join(format!("plaid-emulator-password-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("state.json");
    let lab = Lab::start(still().state_file(&file)).await;
    let typed = "mfa_questions_1_1";
    let [asked, choosing] = [token(&lab, json!({})).await, token(&lab, json!({})).await];
    for (token, step) in [(&asked, "mfa"), (&choosing, "select_accounts")] {
        lab.tenant().select_link(token, "ins_109508").expect("an institution");
        let login = Login { password: typed, ..GOOD };
        let session = lab.tenant().login_link(token, login).expect("an answer");
        assert_eq!(session["step"], "mfa");
        if step == "select_accounts" {
            let session = lab.tenant().mfa_link(token, &["answer_0_0"]).expect("an answer");
            assert_eq!(session["step"], step);
        }
    }
    lab.control("snapshot", json!({"name": "open"})).await;
    let (_, exported) = lab.ask("GET", "export", json!({})).await;
    // The next call is answered when the file has what came before.
    lab.call("/categories/get", json!({})).await;
    let saved = std::fs::read_to_string(&file).expect("a state file");
    for text in [exported.to_string(), saved] {
        assert!(text.contains("link_session") || text.contains("sessions"), "the sessions are there");
        assert!(!text.contains(typed), "the password is not");
    }
    let other = Lab::start(still().seed(9)).await;
    other.control("import", exported).await;
    for token in [&asked, &choosing] {
        assert_eq!(other.tenant().open_link(token).expect("the session")["step"], "log_in");
        let session = other.tenant().login_link(token, GOOD).expect("an answer");
        assert_eq!(session["step"], "select_accounts");
        assert_eq!(other.tenant().accounts_link(token, None).expect("accounts")["step"], "finished");
    }
    // A snapshot never leaves the process, and goes on where it was.
    lab.control("restore", json!({"name": "open"})).await;
    assert_eq!(lab.tenant().mfa_link(&asked, &["answer_0_0"]).expect("an answer")["step"], "select_accounts");
    drop(lab);
    let _gone = std::fs::remove_dir_all(&folder);
}
