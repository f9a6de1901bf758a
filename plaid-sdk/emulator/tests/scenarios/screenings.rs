//! Screenings and other objects: created, listed, changed, announced.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const PROGRAM: &str = "prg_2eRPsDnL66rZ7H";

fn person(name: &str) -> Value {
    json!({"search_terms": {"watchlist_program_id": PROGRAM, "legal_name": name}, "client_user_id": name})
}

#[tokio::test]
async fn what_was_created_is_what_is_got() {
    let lab = Lab::start(Emulator::builder()).await;
    let mut created = lab.call("/watchlist_screening/individual/create", person("Ann")).await;
    assert!(created["id"].as_str().is_some_and(|id| id.starts_with("scr_")), "{created}");
    assert_eq!((&created["status"], &created["search_terms"]["legal_name"]), (&json!("cleared"), &json!("Ann")));
    let mut got =
        lab.call("/watchlist_screening/individual/get", json!({"watchlist_screening_id": created["id"]})).await;
    for response in [&mut created, &mut got] {
        response.as_object_mut().expect("an object").remove("request_id");
    }
    assert_eq!(got, created);
    let unknown = json!({"watchlist_screening_id": "scr_nobody"});
    assert_eq!(lab.fail("/watchlist_screening/individual/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_change_is_kept_in_the_history_and_announced() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = lab.call("/watchlist_screening/individual/create", person("Ann")).await["id"].clone();
    let terms = json!({"watchlist_screening_id": id, "search_terms": {"legal_name": "Anna"}});
    let renamed = lab.call("/watchlist_screening/individual/update", terms).await;
    assert_eq!(renamed["search_terms"]["watchlist_program_id"], PROGRAM);
    assert_eq!((&renamed["search_terms"]["version"], &renamed["status"]), (&json!(2), &json!("cleared")));
    assert_eq!(lab.tenant().webhooks().len(), 0, "the state is the same");
    let review = json!({"watchlist_screening_id": id, "status": "rejected"});
    assert_eq!(lab.call("/watchlist_screening/individual/update", review).await["status"], "rejected");
    let webhooks = lab.tenant().webhooks();
    assert_eq!((webhooks[0].kind.as_str(), webhooks[0].code.as_str()), ("SCREENING", "STATUS_UPDATED"));
    assert!(webhooks[0].body.contains(id.as_str().expect("an id")));
    let history = lab.call("/watchlist_screening/individual/history/list", json!({"watchlist_screening_id": id})).await;
    let names: Vec<&Value> = history["watchlist_screenings"].as_array().into_iter().flatten().collect();
    let names: Vec<&Value> = names.into_iter().map(|one| &one["search_terms"]["legal_name"]).collect();
    assert_eq!(names, ["Anna", "Anna", "Ann"]);
}

#[tokio::test]
async fn a_list_has_pages_and_filters() {
    let lab = Lab::start(Emulator::builder()).await;
    for number in 0..23 {
        lab.call("/watchlist_screening/individual/create", person(&format!("person {number}"))).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let page = json!({"watchlist_program_id": PROGRAM, "cursor": cursor});
        let page = lab.call("/watchlist_screening/individual/list", page).await;
        let rows = page["watchlist_screenings"].as_array().expect("a list");
        assert!(rows.len() <= 10);
        seen.extend(rows.iter().map(|row| row["client_user_id"].as_str().unwrap_or_default().to_owned()));
        // A new object between two pages moves nothing.
        lab.call("/watchlist_screening/individual/create", person("late")).await;
        cursor = page["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    let expected: Vec<String> = (0..23).rev().map(|number| format!("person {number}")).collect();
    assert_eq!(seen, expected);
    let late = json!({"watchlist_program_id": PROGRAM, "client_user_id": "late"});
    let late = lab.call("/watchlist_screening/individual/list", late).await;
    assert_eq!(late["watchlist_screenings"].as_array().map(Vec::len), Some(3));
    let foreign = json!({"watchlist_program_id": PROGRAM, "cursor": "bm9uc2Vuc2U"});
    assert_eq!(lab.fail("/watchlist_screening/individual/list", foreign).await, "INVALID_REQUEST/INVALID_FIELD");
    let nowhere = json!({"watchlist_program_id": "prg_nowhere"});
    assert_eq!(lab.fail("/watchlist_screening/individual/list", nowhere).await, "INVALID_REQUEST/INVALID_FIELD");
}
