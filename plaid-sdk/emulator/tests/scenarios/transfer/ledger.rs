//! Ledgers: deposits, withdrawals, distributions, and what moved them.

use super::{Client, INVALID_FIELD, INVALID_TRANSITION, UNKNOWN, pair, text};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const EVENTS: &str = "/transfer/ledger/event/list";
const AVAILABLE: &str = "/sandbox/transfer/ledger/simulate_available";
const SECOND: &str = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a002";

impl Client {
    async fn deposit(&self, key: &str, amount: &str) -> Value {
        let body = json!({"amount": amount, "idempotency_key": key, "network": "ach"});
        self.lab.call("/transfer/ledger/deposit", body).await["sweep"].clone()
    }

    async fn withdraw(&self, key: &str, amount: &str) -> Value {
        let body = json!({"amount": amount, "idempotency_key": key, "network": "rtp"});
        self.lab.call("/transfer/ledger/withdraw", body).await["sweep"].clone()
    }

    async fn move_sweep(&self, verb: &str, sweep: &Value, events: &[&str]) {
        for event in events {
            let body = json!({"sweep_id": sweep["id"], "event_type": format!("sweep.{event}")});
            self.lab.call(&format!("/sandbox/transfer/ledger/{verb}/simulate"), body).await;
        }
    }

    async fn sweep(&self, sweep: &Value) -> Value {
        self.lab.call("/transfer/sweep/get", json!({"sweep_id": sweep["id"]})).await["sweep"].clone()
    }
}

#[tokio::test]
async fn a_deposit_is_pending_until_its_hold_ends() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon)).await;
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
    let sweep = client.deposit("a", "50.25").await;
    assert_eq!(
        (&sweep["amount"], &sweep["status"], &sweep["trigger"]),
        (&json!("-50.25"), &json!("pending"), &json!("manual"))
    );
    assert_eq!(client.deposit("a", "1.00").await, sweep, "the same key makes one");
    assert_eq!(client.balance().await, pair("100.00", "50.25"));
    client.move_sweep("deposit", &sweep, &["posted", "settled"]).await;
    let settled = client.sweep(&sweep).await;
    assert_eq!((&settled["settled"], &settled["status"]), (&json!("2026-11-30"), &json!("settled")));
    assert_eq!(settled["expected_funds_available_date"], "2026-12-07");
    assert_eq!(client.balance().await, pair("100.00", "50.25"));
    client.lab.call(AVAILABLE, json!({})).await;
    assert_eq!(client.balance().await, pair("150.25", "0.00"));
    assert_eq!(client.sweep(&sweep).await["status"], "funds_available");
    client.move_sweep("deposit", &sweep, &["returned"]).await;
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
    assert_eq!(client.sweep(&sweep).await["failure_reason"]["failure_code"], "R01");
    let expected = ["sweep.pending", "sweep.posted", "sweep.settled", "sweep.funds_available", "sweep.returned"];
    assert_eq!(client.events().await, expected);
    let events = client.lab.call("/transfer/event/list", json!({"sweep_id": sweep["id"], "count": 1})).await;
    let event = &events["transfer_events"][0];
    assert_eq!(
        (&event["transfer_id"], &event["sweep_amount"], event.get("account_id")),
        (&json!(""), &json!("-50.25"), None)
    );
}

#[tokio::test]
async fn a_withdrawal_leaves_at_once_and_comes_back_if_it_fails() {
    let client = Client::start(Emulator::builder()).await;
    let path = "/transfer/ledger/withdraw";
    let body = |amount: &str| json!({"amount": amount, "idempotency_key": amount, "network": "ach"});
    for wrong in ["100.01", "-1.00", "1", "0.00"] {
        assert_eq!(client.lab.fail(path, body(wrong)).await, INVALID_FIELD, "{wrong}");
    }
    let first = client.withdraw("a", "60.00").await;
    assert_eq!((&first["amount"], &first["expected_funds_available_date"]), (&json!("60.00"), &Value::Null));
    assert_eq!(client.balance().await, pair("40.00", "0.00"));
    assert_eq!(client.lab.fail(path, body("40.01")).await, INVALID_FIELD);
    client.move_sweep("withdraw", &first, &["failed"]).await;
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
    assert_eq!(client.sweep(&first).await["failure_reason"]["failure_code"], Value::Null);
    let second = client.withdraw("b", "60.00").await;
    client.move_sweep("withdraw", &second, &["posted", "settled", "returned"]).await;
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
    // The keys of deposits are others.
    assert_ne!(client.deposit("b", "1.00").await["id"], second["id"]);
    let by_wire = json!({"amount": "1.00", "idempotency_key": "w", "network": "wire"});
    assert_eq!(client.lab.fail("/transfer/ledger/deposit", by_wire).await, INVALID_FIELD);
}

#[tokio::test]
async fn sweeps_of_a_ledger_change_in_their_order() {
    let client = Client::start(Emulator::builder()).await;
    let (deposit, withdrawal) = (client.deposit("a", "10.00").await, client.withdraw("b", "10.00").await);
    for (verb, sweep, other) in [("deposit", &deposit, &withdrawal), ("withdraw", &withdrawal, &deposit)] {
        let path = format!("/sandbox/transfer/ledger/{verb}/simulate");
        let event = |id: &Value, event: &str| json!({"sweep_id": id, "event_type": event});
        for wrong in ["sweep.settled", "sweep.returned"] {
            assert_eq!(client.lab.fail(&path, event(&sweep["id"], wrong)).await, INVALID_TRANSITION, "{verb} {wrong}");
        }
        client.lab.call(&path, event(&sweep["id"], "sweep.posted")).await;
        let posted = client.sweep(sweep).await;
        assert_eq!((&posted["status"], &posted["settled"]), (&json!("posted"), &Value::Null), "{verb}");
        for wrong in ["sweep.posted", "sweep.failed"] {
            assert_eq!(client.lab.fail(&path, event(&sweep["id"], wrong)).await, INVALID_TRANSITION, "{verb} {wrong}");
        }
        assert_eq!(client.lab.fail(&path, event(&json!(UNKNOWN), "sweep.posted")).await, INVALID_FIELD);
        assert_eq!(client.lab.fail(&path, event(&other["id"], "sweep.posted")).await, INVALID_FIELD, "{verb}");
    }
}

#[tokio::test]
async fn some_sweeps_move_by_themselves() {
    for (amount, status, balance) in [
        ("111.11", "funds_available", pair("211.11", "0.00")),
        ("222.22", "failed", pair("100.00", "0.00")),
        ("333.33", "returned", pair("100.00", "0.00")),
        ("444.44", "returned", pair("100.00", "0.00")),
    ] {
        let client = Client::start(Emulator::builder()).await;
        let sweep = client.deposit("a", amount).await;
        assert_eq!(
            (&*text(&client.sweep(&sweep).await["status"]), client.balance().await),
            (status, balance),
            "{amount}"
        );
        assert_eq!(client.events().await.last(), Some(&format!("sweep.{status}")), "{amount}");
    }
    let client = Client::start(Emulator::builder()).await;
    client.deposit("a", "111.11").await;
    let sweep = client.withdraw("b", "111.11").await;
    assert_eq!(client.sweep(&sweep).await["status"], "settled");
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
}

#[tokio::test]
async fn a_return_of_what_was_used_brings_the_ledger_below_zero() {
    let client = Client::start(Emulator::builder()).await;
    let debit = client.transfer("debit", "60.00", json!({})).await;
    client.simulate(&debit, &["posted", "settled", "funds_available"]).await;
    client.withdraw("a", "160.00").await;
    client.simulate(&debit, &["returned"]).await;
    assert_eq!(client.balance().await, pair("-60.00", "0.00"));
    let credit = client.authorize("credit", "1.00", json!({})).await;
    assert_eq!(credit["decision_rationale"]["code"], "NSF");
    let body = json!({"amount": "1.00", "idempotency_key": "b", "network": "ach"});
    assert_eq!(client.lab.fail("/transfer/ledger/withdraw", body).await, INVALID_FIELD);
    let old = client.lab.call("/transfer/balance/get", json!({"type": "prefunded_ach_credits"})).await;
    let expected = json!({"available": "-60.00", "current": "-60.00", "type": "prefunded_ach_credits"});
    assert_eq!(old["balance"], expected);
}

#[tokio::test]
async fn all_that_is_pending_becomes_available() {
    let client = Client::start(Emulator::builder()).await;
    let early = client.transfer("debit", "10.00", json!({})).await;
    let settled = client.transfer("debit", "20.00", json!({})).await;
    client.simulate(&settled, &["posted", "settled"]).await;
    let hook = "http://127.0.0.1:9/hook";
    client.lab.call(AVAILABLE, json!({"webhook": hook})).await;
    assert_eq!(client.balance().await, pair("130.00", "0.00"));
    assert_eq!(client.get(&early).await["status"], "pending");
    assert_eq!(client.get(&settled).await["status"], "funds_available");
    assert_eq!(client.announced(), 1);
    // Its money is there already, and does not come twice.
    client.simulate(&early, &["posted", "settled", "funds_available"]).await;
    assert_eq!(client.balance().await, pair("130.00", "0.00"));
}

#[tokio::test]
async fn movements_are_listed_by_ledger_and_source() {
    let client = Client::start(Emulator::builder()).await;
    let list = async |body: Value| client.lab.call(EVENTS, body).await;
    assert_eq!(list(json!({})).await["ledger_events"], json!([]));
    let sweep = client.deposit("a", "50.25").await;
    client.lab.call(AVAILABLE, json!({})).await;
    let debit = client.transfer("debit", "10.00", json!({})).await;
    let all = list(json!({})).await["ledger_events"].clone();
    let figures = ["type", "amount", "pending_balance", "available_balance"];
    let of = |event: &Value| figures.map(|name| text(&event[name]));
    let expected = [
        ["pending", "10.00", "10.00", "150.25"],
        ["available", "50.25", "0.00", "150.25"],
        ["pending", "-50.25", "0.00", "100.00"],
        ["pending", "50.25", "50.25", "100.00"],
    ];
    assert_eq!(all.as_array().into_iter().flatten().map(of).collect::<Vec<_>>(), expected);
    let of_sweep = list(json!({"source_type": "SWEEP", "source_id": sweep["id"]})).await["ledger_events"].clone();
    assert_eq!(of_sweep, json!([all[1], all[2], all[3]]));
    let of_transfer = list(json!({"source_type": "TRANSFER"})).await["ledger_events"].clone();
    assert_eq!((&of_transfer, &of_transfer[0]["transfer_id"]), (&json!([all[0]]), &debit["id"]));
    let one = list(json!({"ledger_event_id": all[2]["ledger_event_id"]})).await["ledger_events"].clone();
    assert_eq!(one, json!([all[2]]));
    let page = list(json!({"count": 2, "offset": 1})).await;
    assert_eq!((&page["ledger_events"], &page["has_more"]), (&json!([all[1], all[2]]), &json!(true)));
    assert_eq!(list(json!({"count": 2, "offset": 2})).await["has_more"], false);
    assert_eq!(list(json!({"start_date": "2999-01-01T00:00:00Z"})).await["ledger_events"], json!([]));
}

#[tokio::test]
async fn money_is_distributed_between_ledgers_once() {
    let client = Client::start(Emulator::builder()).await;
    let path = "/transfer/ledger/distribute";
    let first = client.lab.call("/transfer/ledger/get", json!({})).await["ledger_id"].clone();
    let body = |to: &str, key: &str, amount: &str| json!({"from_ledger_id": first, "to_ledger_id": to, "amount": amount, "idempotency_key": key});
    for _ in 0..2 {
        client.lab.call(path, body(SECOND, "a", "99.00")).await;
    }
    assert_eq!(client.balance().await, pair("1.00", "0.00"));
    let second = client.lab.call("/transfer/ledger/get", json!({"ledger_id": SECOND})).await;
    assert_eq!((&second["balance"]["available"], &second["is_default"]), (&json!("99.00"), &json!(false)));
    assert_eq!(client.lab.fail(path, body(SECOND, "b", "1.01")).await, INVALID_FIELD);
    assert_eq!(client.lab.fail(path, body(UNKNOWN, "c", "1.00")).await, INVALID_FIELD);
    assert_eq!(client.lab.fail(path, body(&text(&first), "d", "1.00")).await, INVALID_FIELD);
    assert_eq!(client.lab.fail("/transfer/ledger/get", json!({"ledger_id": UNKNOWN})).await, INVALID_FIELD);
    let moved = client.lab.call(EVENTS, json!({"ledger_id": SECOND})).await["ledger_events"].clone();
    assert_eq!((moved.as_array().map(Vec::len), &moved[0]["amount"]), (Some(1), &json!("99.00")));
}

#[tokio::test]
async fn an_originator_has_a_ledger_of_its_own_and_the_platform_gets_its_fee() {
    let client = Client::start(Emulator::builder()).await;
    let approved = json!({"originator_client_id": "111111111111111111111111"});
    let own = async || {
        let ledger = client.lab.call("/transfer/ledger/get", approved.clone()).await;
        (text(&ledger["balance"]["available"]), text(&ledger["balance"]["pending"]))
    };
    assert_eq!(own().await, pair("0.00", "0.00"));
    let authorization = client.authorize("debit", "20.00", approved.clone()).await;
    let order = client.order(&authorization, json!({"facilitator_fee": "1.50"}));
    let made = client.lab.call(super::CREATE, order).await["transfer"].clone();
    assert_eq!(
        (&made["facilitator_fee"], &made["originator_client_id"]),
        (&json!("1.50"), &approved["originator_client_id"])
    );
    assert_eq!((own().await, client.balance().await), (pair("0.00", "18.50"), pair("100.00", "1.50")));
    client.simulate(&made, &["posted", "settled", "funds_available"]).await;
    assert_eq!((own().await, client.balance().await), (pair("18.50", "0.00"), pair("101.50", "0.00")));
    client.simulate(&made, &["returned"]).await;
    assert_eq!((own().await, client.balance().await), (pair("0.00", "0.00"), pair("100.00", "0.00")));
    let events = client.lab.call(EVENTS, approved).await["ledger_events"].clone();
    assert_eq!(events.as_array().map(Vec::len), Some(4));
    let unknown = json!({"originator_client_id": "abcdefabcdefabcdefabcdef"});
    for path in ["/transfer/ledger/get", EVENTS, AVAILABLE, "/transfer/balance/get"] {
        let error = client.lab.fail(path, unknown.clone()).await;
        assert_eq!(error, "TRANSFER_ERROR/TRANSFER_ORIGINATOR_NOT_FOUND", "{path}");
    }
}
