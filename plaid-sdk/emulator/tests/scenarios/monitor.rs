//! Monitor: screenings of individuals and entities, their hits, reviews and histories.

use crate::support::{Lab, merged};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const PROGRAM: &str = "prg_2eRPsDnL66rZ7H";
const ENTITY_PROGRAM: &str = "entprg_2eRPsDnL66rZ7H";
const REVIEWER: &str = "54350110fedcbaf01234ffee";

async fn person(lab: &Lab, name: &str, more: Value) -> Value {
    let terms = merged(json!({"watchlist_program_id": PROGRAM, "legal_name": name}), more);
    let body = json!({"search_terms": terms, "client_user_id": "ann"});
    lab.call("/watchlist_screening/individual/create", body).await
}

async fn entity(lab: &Lab, name: &str, more: Value) -> Value {
    let terms = merged(json!({"entity_watchlist_program_id": ENTITY_PROGRAM, "legal_name": name}), more);
    lab.call("/watchlist_screening/entity/create", json!({"search_terms": terms})).await
}

async fn hits(lab: &Lab, id: &Value) -> Vec<Value> {
    let list = lab.call("/watchlist_screening/individual/hit/list", json!({"watchlist_screening_id": id})).await;
    list["watchlist_screening_hits"].as_array().cloned().unwrap_or_default()
}

/// The webhooks so far, by type and by what they name.
fn told(lab: &Lab, kind: &str, field: &str) -> Vec<Value> {
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.kind == kind && one.code == "STATUS_UPDATED");
    all.map(|one| serde_json::from_str::<Value>(&one.body).expect("JSON")[field].clone()).collect()
}

#[tokio::test]
async fn a_known_name_has_a_hit_and_waits_for_a_review() {
    let lab = Lab::start(Emulator::builder()).await;
    let clear = person(&lab, "Leslie Knope", json!({})).await;
    assert_eq!((&clear["status"], &clear["audit_trail"]["source"]), (&json!("cleared"), &json!("api")));
    assert!(hits(&lab, &clear["id"]).await.is_empty());
    let found = person(&lab, "Kony, Joseph", json!({"date_of_birth": "1964-09-18", "country": "US"})).await;
    assert_eq!(found["status"], "pending_review");
    assert_eq!(
        (&found["search_terms"]["version"], &found["search_terms"]["document_number"]),
        (&json!(1), &Value::Null)
    );
    let all = hits(&lab, &found["id"]).await;
    assert_eq!(
        (all.len(), &all[0]["review_status"], &all[0]["list_code"]),
        (1, &json!("pending_review"), &json!("US_SDN"))
    );
    let expected = json!({
        "dates_of_birth": "match", "documents": "no_input", "locations": "no_match", "names": "match",
        "search_terms_version": 1,
    });
    assert_eq!(all[0]["analysis"], expected);
    assert_eq!(all[0]["data"]["names"][0]["data"]["full"], "Joseph Kony");
    assert_eq!(all[0]["data"]["dates_of_birth"][0]["data"]["beginning"], "1964-09-18");
    let other = person(&lab, "Joseph Kony", json!({"date_of_birth": "1990-01-01", "document_number": "1"})).await;
    let other = &hits(&lab, &other["id"]).await[0];
    assert_eq!(
        (&other["analysis"]["dates_of_birth"], &other["analysis"]["documents"]),
        (&json!("no_match"), &json!("no_data"))
    );
    assert_eq!(other["plaid_uid"], all[0]["plaid_uid"], "it is the same entry");
    let year = person(&lab, "Ermias Ghermay", json!({"date_of_birth": "1980-05-05"})).await;
    assert_eq!(hits(&lab, &year["id"]).await[0]["analysis"]["dates_of_birth"], "match");
    assert!(lab.tenant().webhooks().is_empty(), "nothing was updated");
}

#[tokio::test]
async fn a_review_confirms_and_dismisses_hits_of_its_screening() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/watchlist_screening/individual/review/create";
    for name in ["Joseph Kony", "Joseph Kony"] {
        lab.control("dashboard/watchlist_entry", json!({"name": name, "date_of_birth": "1970-01-01"})).await;
    }
    let id = person(&lab, "Joseph Kony", json!({})).await["id"].clone();
    let found = hits(&lab, &id).await;
    assert!(found.len() >= 2, "{found:?}");
    let review = |confirmed: Value, dismissed: Value| json!({"watchlist_screening_id": id, "confirmed_hits": confirmed, "dismissed_hits": dismissed, "comment": "seen"});
    let (one, two) = (found[0]["id"].clone(), found[1]["id"].clone());
    assert_eq!(lab.fail(path, review(json!(["scrhit_1"]), json!([]))).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(path, review(json!([one]), json!([one]))).await, "INVALID_REQUEST/INVALID_FIELD");
    let made = lab.call(path, review(json!([one]), json!([two]))).await;
    assert_eq!(
        (&made["confirmed_hits"], &made["dismissed_hits"], &made["comment"]),
        (&json!([one]), &json!([two]), &json!("seen"))
    );
    let states: Vec<Value> = hits(&lab, &id).await.iter().map(|hit| hit["review_status"].clone()).collect();
    assert_eq!(states[..2], [json!("confirmed"), json!("dismissed")]);
    let list = lab.call("/watchlist_screening/individual/review/list", json!({"watchlist_screening_id": id})).await;
    assert_eq!(list["watchlist_screening_reviews"][0]["id"], made["id"]);
    let now = lab.call("/watchlist_screening/individual/get", json!({"watchlist_screening_id": id})).await;
    assert_eq!(now["status"], "pending_review", "the state is a decision of its own");

    // Reviewed hits keep the data that they were reviewed with.
    let terms = json!({"watchlist_screening_id": id, "search_terms": {"legal_name": "Leslie Knope"}});
    let cleared = lab.call("/watchlist_screening/individual/update", terms).await;
    assert_eq!((&cleared["status"], &cleared["search_terms"]["version"]), (&json!("cleared"), &json!(2)));
    let states: Vec<Value> = hits(&lab, &id).await.iter().map(|hit| hit["review_status"].clone()).collect();
    assert_eq!(states, [json!("confirmed"), json!("dismissed")]);
    assert_eq!(hits(&lab, &id).await[0]["analysis"]["search_terms_version"], 1);
    let unknown = json!({"watchlist_screening_id": "scr_1"});
    for path in ["get", "hit/list", "history/list", "review/list"] {
        let path = format!("/watchlist_screening/individual/{path}");
        assert_eq!(lab.fail(&path, unknown.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    }
}

#[tokio::test]
async fn an_update_is_a_version_and_a_new_state_is_announced() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/watchlist_screening/individual/update";
    let id = person(&lab, "Leslie Knope", json!({})).await["id"].clone();
    let history = |id: Value| json!({"watchlist_screening_id": id});
    let list = "/watchlist_screening/individual/history/list";
    assert_eq!(lab.call(list, history(id.clone())).await["watchlist_screenings"], json!([]), "it was never changed");
    let update = |more: Value| merged(json!({"watchlist_screening_id": id}), more);
    let both = update(json!({"status": "rejected", "search_terms": {"legal_name": "Joseph Kony"}}));
    assert_eq!(lab.fail(path, both).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(
        lab.fail(path, update(json!({"assignee": "54350110fedcbaf012340000"}))).await,
        "INVALID_REQUEST/INVALID_FIELD"
    );
    let foreign = update(json!({"search_terms": {"watchlist_program_id": "prg_1"}}));
    assert_eq!(lab.fail(path, foreign).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.call(path, update(json!({"assignee": REVIEWER}))).await["assignee"], REVIEWER);
    let found = lab.call(path, update(json!({"search_terms": {"legal_name": "Joseph Kony"}}))).await;
    assert_eq!((&found["status"], &found["search_terms"]["version"]), (&json!("pending_review"), &json!(2)));
    let rejected = lab.call(path, update(json!({"status": "rejected", "reset_fields": ["assignee"]}))).await;
    assert_eq!((&rejected["status"], &rejected["assignee"]), (&json!("rejected"), &Value::Null));
    assert_eq!(told(&lab, "SCREENING", "screening_id"), [id.clone(), id.clone()]);
    lab.call(path, update(json!({"status": "rejected"}))).await;
    let versions = lab.call(list, history(id.clone())).await["watchlist_screenings"].clone();
    let states: Vec<Value> = versions.as_array().into_iter().flatten().map(|one| one["status"].clone()).collect();
    assert_eq!(states, ["rejected", "pending_review", "cleared", "cleared"], "an update that changes nothing is none");

    // A person in the dashboard is the author of their change.
    let body = json!({"watchlist_screening_id": id, "status": "cleared"});
    let decided = lab.control("dashboard/screening", body).await;
    assert_eq!(
        (&decided["audit_trail"]["source"], &decided["audit_trail"]["dashboard_user_id"]),
        (&json!("dashboard"), &json!(REVIEWER))
    );
    let author = lab.call("/dashboard_user/get", json!({"dashboard_user_id": REVIEWER})).await;
    assert_eq!(author["email_address"], "reviewer@example.com");
    assert_eq!(told(&lab, "SCREENING", "screening_id").len(), 3);
}

#[tokio::test]
async fn lists_are_of_a_program_and_can_be_filtered() {
    let lab = Lab::start(Emulator::builder()).await;
    let path = "/watchlist_screening/individual/list";
    let clear = person(&lab, "Leslie Knope", json!({})).await["id"].clone();
    let found = person(&lab, "Joseph Kony", json!({})).await["id"].clone();
    let ids = |list: &Value| -> Vec<Value> {
        list["watchlist_screenings"].as_array().into_iter().flatten().map(|one| one["id"].clone()).collect()
    };
    let list = |more: Value| merged(json!({"watchlist_program_id": PROGRAM}), more);
    assert_eq!(ids(&lab.call(path, list(json!({}))).await), [found.clone(), clear.clone()]);
    assert_eq!(ids(&lab.call(path, list(json!({"status": "pending_review"}))).await), std::slice::from_ref(&found));
    let both = lab.call(path, list(json!({"client_user_id": "ann"}))).await;
    assert_eq!(ids(&both).len(), 2, "a customer can have several screenings");
    assert!(ids(&lab.call(path, list(json!({"assignee": REVIEWER}))).await).is_empty());
    // A customer is moved to another program.
    let body = json!({"watchlist_program_id": "prg_other", "name": "Other", "lists_enabled": ["EU_CON"]});
    lab.control("dashboard/watchlist_program", body).await;
    let body = json!({"watchlist_screening_id": found, "search_terms": {"watchlist_program_id": "prg_other"}});
    assert_eq!(lab.call("/watchlist_screening/individual/update", body).await["status"], "cleared", "another list");
    assert_eq!(ids(&lab.call(path, list(json!({}))).await), [clear]);
    let programs = lab.call("/watchlist_screening/individual/program/list", json!({})).await;
    assert_eq!(programs["watchlist_programs"].as_array().map(Vec::len), Some(2));
    let program =
        lab.call("/watchlist_screening/individual/program/get", json!({"watchlist_program_id": "prg_other"})).await;
    assert_eq!((&program["name"], &program["lists_enabled"]), (&json!("Other"), &json!(["EU_CON"])));
    let unknown = json!({"watchlist_program_id": "prg_1"});
    assert_eq!(
        lab.fail("/watchlist_screening/individual/program/get", unknown.clone()).await,
        "INVALID_REQUEST/INVALID_FIELD"
    );
    // An archived program screens nobody.
    lab.control("dashboard/watchlist_program", json!({"watchlist_program_id": PROGRAM, "is_archived": true})).await;
    let terms = json!({"search_terms": {"watchlist_program_id": PROGRAM, "legal_name": "Ann"}});
    assert_eq!(lab.fail("/watchlist_screening/individual/create", terms).await, "INVALID_REQUEST/INVALID_FIELD");
    let terms = json!({"search_terms": {"watchlist_program_id": "prg_1", "legal_name": "Ann"}});
    assert_eq!(lab.fail("/watchlist_screening/individual/create", terms).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_new_entry_of_a_list_is_found_by_a_rescan() {
    let lab = Lab::start(Emulator::builder()).await;
    let ann = person(&lab, "Ann Perkins", json!({})).await;
    let org = entity(&lab, "Acme Trading", json!({})).await;
    lab.control(
        "dashboard/watchlist_program",
        json!({"watchlist_program_id": "prg_quiet", "is_rescanning_enabled": false}),
    )
    .await;
    let quiet = json!({"search_terms": {"watchlist_program_id": "prg_quiet", "legal_name": "Ann Perkins"}});
    let quiet = lab.call("/watchlist_screening/individual/create", quiet).await;
    lab.control("dashboard/watchlist_entry", json!({"name": "Ann Perkins"})).await;
    lab.control("dashboard/watchlist_entry", json!({"kind": "entity", "name": "Acme Trading", "list_code": "EU_CON"}))
        .await;
    let get = |id: &Value| json!({"watchlist_screening_id": id});
    let now = lab.call("/watchlist_screening/individual/get", get(&ann["id"])).await;
    assert_eq!((&now["status"], &now["audit_trail"]["source"]), (&json!("pending_review"), &json!("system")));
    let same = lab.call("/watchlist_screening/individual/get", get(&quiet["id"])).await;
    assert_eq!(same["status"], "cleared", "its program is not searched again");
    assert_eq!(told(&lab, "SCREENING", "screening_id"), [ann["id"].clone()]);
    assert_eq!(told(&lab, "ENTITY_SCREENING", "entity_screening_id"), [org["id"].clone()]);
}

#[tokio::test]
async fn an_entity_goes_the_same_way() {
    let lab = Lab::start(Emulator::builder()).await;
    let more = json!({"document_number": "10103492170", "country": "IR", "url": "https://example.com"});
    let made = entity(&lab, "Iran Mobin Electronic Development Company", more).await;
    let id = json!({"entity_watchlist_screening_id": made["id"]});
    assert_eq!(
        (&made["status"], &made["search_terms"]["url"]),
        (&json!("pending_review"), &json!("https://example.com"))
    );
    let got = lab.call("/watchlist_screening/entity/get", id.clone()).await;
    assert_eq!(got["search_terms"], made["search_terms"]);
    let list = lab.call("/watchlist_screening/entity/hit/list", id.clone()).await;
    let hit = &list["entity_watchlist_screening_hits"][0];
    let expected = json!({
        "documents": "match", "email_addresses": "no_input", "locations": "match", "names": "match",
        "phone_numbers": "no_input", "search_terms_version": 1, "urls": "no_data",
    });
    assert_eq!(hit["analysis"], expected);
    let review = merged(id.clone(), json!({"confirmed_hits": [hit["id"]], "dismissed_hits": []}));
    let review = lab.call("/watchlist_screening/entity/review/create", review).await;
    let reviews = lab.call("/watchlist_screening/entity/review/list", id.clone()).await;
    assert_eq!(reviews["entity_watchlist_screening_reviews"][0]["id"], review["id"]);
    let update = merged(id.clone(), json!({"status": "rejected", "assignee": REVIEWER}));
    let rejected = lab.call("/watchlist_screening/entity/update", update).await;
    assert_eq!((&rejected["status"], &rejected["assignee"]), (&json!("rejected"), &json!(REVIEWER)));
    assert_eq!(told(&lab, "ENTITY_SCREENING", "entity_screening_id"), [made["id"].clone()]);
    let history = lab.call("/watchlist_screening/entity/history/list", id).await;
    assert_eq!(history["entity_watchlist_screenings"].as_array().map(Vec::len), Some(2));
    let list = json!({"entity_watchlist_program_id": ENTITY_PROGRAM, "status": "rejected", "assignee": REVIEWER});
    let list = lab.call("/watchlist_screening/entity/list", list).await;
    assert_eq!(list["entity_watchlist_screenings"][0]["id"], made["id"]);
    let program = json!({"entity_watchlist_program_id": ENTITY_PROGRAM});
    assert_eq!(lab.call("/watchlist_screening/entity/program/get", program).await["is_archived"], false);
    let programs = lab.call("/watchlist_screening/entity/program/list", json!({})).await;
    assert_eq!(programs["entity_watchlist_programs"][0]["id"], ENTITY_PROGRAM);
    let unknown = json!({"entity_watchlist_screening_id": "entscr_1"});
    assert_eq!(lab.fail("/watchlist_screening/entity/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn people_of_the_dashboard_are_invited_and_deactivated() {
    let lab = Lab::start(Emulator::builder()).await;
    let invited = json!({"email_address": "new@example.com", "status": "invited"});
    let id = lab.control("dashboard/user", invited).await["id"].clone();
    let list = lab.call("/dashboard_user/list", json!({})).await;
    let emails: Vec<_> =
        list["dashboard_users"].as_array().into_iter().flatten().map(|one| one["email_address"].clone()).collect();
    assert_eq!(emails, ["new@example.com", "owner@example.com", "reviewer@example.com"]);
    assert_eq!(lab.call("/dashboard_user/get", json!({"dashboard_user_id": id})).await["status"], "invited");
    lab.control("dashboard/user", json!({"dashboard_user_id": id, "status": "deactivated"})).await;
    let screening = person(&lab, "Ann", json!({})).await;
    let body = json!({"watchlist_screening_id": screening["id"], "assignee": id});
    assert_eq!(lab.fail("/watchlist_screening/individual/update", body).await, "INVALID_REQUEST/INVALID_FIELD");
    let unknown = json!({"dashboard_user_id": "54350110fedcbaf012340000"});
    assert_eq!(lab.fail("/dashboard_user/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.ask("POST", "dashboard/user", json!({"status": "asleep"})).await.0, 400);
    assert_eq!(lab.ask("POST", "dashboard/nothing", json!({})).await.0, 400);
}
