//! Lists of transfers, events and sweeps: filters and pages.

use super::{Client, INVALID_FIELD, UNKNOWN};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<Value> {
    list.as_array().into_iter().flatten().map(|one| one["id"].clone()).collect()
}

#[tokio::test]
async fn transfers_are_listed_newest_first_by_pages_and_filters() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon)).await;
    let mut made = Vec::new();
    for _ in 0..27 {
        made.insert(0, client.transfer("debit", "1.00", json!({})).await["id"].clone());
        client.lab.control("clock/advance", json!({"seconds": 60})).await;
    }
    let list = async |body: Value| ids(&client.lab.call("/transfer/list", body).await["transfers"]);
    assert_eq!(list(json!({})).await, made[..25]);
    assert_eq!(list(json!({"count": 2, "offset": 25})).await, made[25..]);
    assert_eq!(list(json!({"offset": 27})).await, [] as [Value; 0]);
    let range = json!({"start_date": "2026-11-30T12:01:00Z", "end_date": "2026-11-30T12:02:00Z"});
    assert_eq!(list(range).await, made[24..26]);
    let own = client.get(&json!({"id": made[0]})).await;
    assert_eq!(list(json!({"funding_account_id": own["funding_account_id"], "count": 1})).await, made[..1]);
    for none in ["funding_account_id", "originator_client_id"] {
        assert_eq!(list(json!({none: UNKNOWN})).await, [] as [Value; 0], "{none}");
    }
    for wrong in [json!({"count": 26}), json!({"count": 0}), json!({"offset": -1}), json!({"start_date": "yesterday"})]
    {
        assert_eq!(client.lab.fail("/transfer/list", wrong.clone()).await, INVALID_FIELD, "{wrong}");
    }
    for (wrong, error) in [
        (json!({"transfer_id": UNKNOWN}), INVALID_FIELD),
        (json!({"transfer_id": made[0], "authorization_id": own["authorization_id"]}), INVALID_FIELD),
        (json!({}), "INVALID_REQUEST/MISSING_FIELDS"),
    ] {
        assert_eq!(client.lab.fail("/transfer/get", wrong.clone()).await, error, "{wrong}");
    }
}

#[tokio::test]
async fn events_have_rising_numbers_and_are_filtered_and_synced() {
    let client = Client::start(Emulator::builder()).await;
    let debit = client.transfer("debit", "10.00", json!({})).await;
    let credit = client.transfer("credit", "5.00", json!({})).await;
    client.simulate(&debit, &["posted", "settled"]).await;
    let deposit = json!({"amount": "1.00", "idempotency_key": "a", "network": "ach"});
    let sweep = client.lab.call("/transfer/ledger/deposit", deposit).await["sweep"]["id"].clone();
    let path = "/transfer/event/list";
    let numbers = |answer: &Value| {
        let events = answer["transfer_events"].as_array().into_iter().flatten();
        events.filter_map(|event| event["event_id"].as_u64()).collect::<Vec<_>>()
    };
    let list = async |body: Value| numbers(&client.lab.call(path, body).await);
    assert_eq!(list(json!({})).await, [5, 4, 3, 2, 1]);
    assert_eq!(list(json!({"transfer_id": debit["id"]})).await, [4, 3, 1]);
    assert_eq!(list(json!({"transfer_type": "credit"})).await, [2]);
    assert_eq!(list(json!({"event_types": ["pending", "sweep.pending"]})).await, [5, 2, 1]);
    assert_eq!(list(json!({"sweep_id": sweep})).await, [5]);
    assert_eq!(list(json!({"account_id": credit["account_id"]})).await, [4, 3, 2, 1]);
    assert_eq!(list(json!({"account_id": "x"})).await, [] as [u64; 0]);
    assert_eq!(list(json!({"originator_client_id": UNKNOWN})).await, [] as [u64; 0]);
    assert_eq!(list(json!({"funding_account_id": debit["funding_account_id"]})).await, [5, 4, 3, 2, 1]);
    assert_eq!(list(json!({"start_date": "2999-01-01T00:00:00Z"})).await, [] as [u64; 0]);
    let page = client.lab.call(path, json!({"count": 2, "offset": 1})).await;
    assert_eq!((numbers(&page), &page["has_more"]), (vec![4, 3], &json!(true)));
    assert_eq!(client.lab.fail(path, json!({"count": 26})).await, INVALID_FIELD);

    let sync = async |body: Value| client.lab.call("/transfer/event/sync", body).await;
    let first = sync(json!({"after_id": 0, "count": 3})).await;
    assert_eq!((numbers(&first), &first["has_more"]), (vec![1, 2, 3], &json!(true)));
    let rest = sync(json!({"after_id": 3, "count": 2})).await;
    assert_eq!((numbers(&rest), &rest["has_more"]), (vec![4, 5], &json!(false)));
    assert_eq!(numbers(&sync(json!({"after_id": 5})).await), [] as [u64; 0]);
    let event = &first["transfer_events"][0];
    assert_eq!((&event["transfer_id"], &event["transfer_amount"]), (&debit["id"], &json!("10.00")));
    for wrong in [json!({"after_id": -1}), json!({"after_id": 0, "count": 501})] {
        assert_eq!(client.lab.fail("/transfer/event/sync", wrong.clone()).await, INVALID_FIELD, "{wrong}");
    }
    let without = client.lab.fail("/transfer/event/sync", json!({})).await;
    assert_eq!(without, "INVALID_REQUEST/MISSING_FIELDS");
}

#[tokio::test]
async fn sweeps_are_found_by_their_first_characters_and_listed_by_filters() {
    let client = Client::start(Emulator::builder()).await;
    let deposit = json!({"amount": "9.00", "idempotency_key": "a", "network": "ach", "description": "float"});
    let deposit = client.lab.call("/transfer/ledger/deposit", deposit).await["sweep"].clone();
    assert_eq!(deposit["description"], "float");
    let debit = client.transfer("debit", "10.00", json!({})).await;
    let sweep = client.lab.call("/sandbox/transfer/sweep/simulate", json!({})).await["sweep"].clone();
    let short = deposit["id"].as_str().and_then(|id| id.get(..8)).expect("an id").to_owned();
    let got = client.lab.call("/transfer/sweep/get", json!({"sweep_id": short})).await["sweep"].clone();
    assert_eq!(got, deposit);
    for unknown in [UNKNOWN, "d5394a4d", &short[..7]] {
        assert_eq!(client.lab.fail("/transfer/sweep/get", json!({"sweep_id": unknown})).await, INVALID_FIELD);
    }
    let list = async |body: Value| ids(&client.lab.call("/transfer/sweep/list", body).await["sweeps"]);
    let (one, other) = (sweep["id"].clone(), deposit["id"].clone());
    assert_eq!(list(json!({})).await, [one.clone(), other.clone()]);
    assert_eq!(list(json!({"amount": "-9.00"})).await, std::slice::from_ref(&other));
    assert_eq!(list(json!({"status": "pending"})).await, std::slice::from_ref(&other));
    assert_eq!(list(json!({"trigger": "automatic_aggregate"})).await, std::slice::from_ref(&one));
    assert_eq!(list(json!({"transfer_id": debit["id"]})).await, std::slice::from_ref(&one));
    assert_eq!(list(json!({"count": 1, "offset": 1})).await, std::slice::from_ref(&other));
    assert_eq!(list(json!({"funding_account_id": UNKNOWN})).await, [] as [Value; 0]);
    assert_eq!(list(json!({"end_date": "2000-01-01T00:00:00Z"})).await, [] as [Value; 0]);
}
