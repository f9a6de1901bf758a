//! Transfers, tokens and verifications by the engines: states, idempotency, events, webhooks.

use crate::support::{Lab, merged};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

async fn authorized(lab: &Lab, amount: &str) -> (Value, Value) {
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    let account = accounts["accounts"][0]["account_id"].clone();
    let body = json!({
        "access_token": access, "account_id": account, "type": "debit", "network": "ach", "amount": amount,
        "ach_class": "web", "user": {"legal_name": "Ann"}, "idempotency_key": amount,
    });
    let made = lab.call("/transfer/authorization/create", body.clone()).await["authorization"].clone();
    let again = lab.call("/transfer/authorization/create", body.clone()).await["authorization"].clone();
    assert_eq!(again, made, "the same key is the same authorization");
    (made, body)
}

async fn transfer(lab: &Lab, amount: &str) -> Value {
    let (authorization, body) = authorized(lab, amount).await;
    assert_eq!(
        (&authorization["decision"], &authorization["proposed_transfer"]["amount"]),
        (&json!("approved"), &json!(amount))
    );
    let create = json!({
        "access_token": body["access_token"], "account_id": body["account_id"], "authorization_id": authorization["id"],
        "description": "rent",
    });
    let made = lab.call("/transfer/create", create.clone()).await["transfer"].clone();
    assert_eq!(lab.call("/transfer/create", create).await["transfer"], made, "an authorization makes one transfer");
    made
}

#[tokio::test]
async fn a_transfer_goes_through_its_states_and_leaves_events() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = transfer(&lab, "12.34").await;
    assert_eq!(
        (&made["status"], &made["amount"], &made["type"]),
        (&json!("pending"), &json!("12.34"), &json!("debit"))
    );
    let id = json!({"transfer_id": made["id"]});
    let simulate =
        |event: &str| json!({"transfer_id": made["id"], "event_type": event, "webhook": "http://127.0.0.1:9/hook"});
    let invalid = "SANDBOX_ERROR/SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID";
    assert_eq!(lab.fail("/sandbox/transfer/simulate", simulate("settled")).await, invalid);
    assert_eq!(lab.fail("/sandbox/transfer/simulate", simulate("nonsense")).await, invalid);
    let refund = json!({"transfer_id": made["id"], "amount": "1.00", "idempotency_key": "r"});
    assert_eq!(lab.fail("/transfer/refund/create", refund.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    for event in ["posted", "settled"] {
        lab.call("/sandbox/transfer/simulate", simulate(event)).await;
        assert_eq!(lab.call("/transfer/get", id.clone()).await["transfer"]["status"], event);
    }
    assert_eq!(lab.fail("/transfer/cancel", id.clone()).await, "TRANSFER_ERROR/TRANSFER_NOT_CANCELLABLE");
    lab.call("/transfer/refund/create", refund).await;
    let events = lab.call("/transfer/event/sync", json!({"after_id": 0})).await["transfer_events"].clone();
    let all: Vec<(&Value, &Value)> =
        events.as_array().into_iter().flatten().map(|one| (&one["event_id"], &one["event_type"])).collect();
    let expected = ["pending", "posted", "settled", "refund.pending"].map(Value::from);
    let numbers = [1, 2, 3, 4].map(Value::from);
    assert_eq!(all, numbers.iter().zip(&expected).collect::<Vec<_>>());
    assert_eq!((&events[1]["transfer_id"], &events[1]["transfer_amount"]), (&made["id"], &json!("12.34")));
    let later = lab.call("/transfer/event/sync", json!({"after_id": 2, "count": 1})).await;
    assert_eq!((&later["transfer_events"][0]["event_id"], &later["has_more"]), (&json!(3), &json!(true)));
    let fired = lab.tenant().webhooks().iter().filter(|one| one.code == "TRANSFER_EVENTS_UPDATE").count();
    assert_eq!(fired, 2);
}

#[tokio::test]
async fn a_pending_transfer_is_cancelled_once_and_an_authorization_is_used_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = transfer(&lab, "5.00").await;
    let cancel = json!({"transfer_id": made["id"]});
    lab.call("/transfer/cancel", cancel.clone()).await;
    let got =
        lab.call("/transfer/get", json!({"authorization_id": made["authorization_id"]})).await["transfer"].clone();
    assert_eq!((&got["status"], &got["cancellable"]), (&json!("cancelled"), &json!(false)));
    assert_eq!(lab.fail("/transfer/cancel", cancel).await, "TRANSFER_ERROR/TRANSFER_NOT_CANCELLABLE");
    let used = json!({"authorization_id": made["authorization_id"]});
    assert_eq!(lab.fail("/transfer/authorization/cancel", used).await, "INVALID_REQUEST/INVALID_FIELD");

    let (open, body) = authorized(&lab, "7.00").await;
    lab.call("/transfer/authorization/cancel", json!({"authorization_id": open["id"]})).await;
    let create = json!({
        "access_token": body["access_token"], "account_id": body["account_id"], "authorization_id": open["id"],
        "description": "rent",
    });
    assert_eq!(lab.fail("/transfer/create", create.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    let mut foreign = create;
    foreign["account_id"] = "xx".into();
    assert_eq!(lab.fail("/transfer/create", foreign).await, "INVALID_INPUT/INVALID_ACCOUNT_ID");
    let broken = json!({"access_token": body["access_token"]});
    lab.call("/sandbox/item/reset_login", broken).await;
    assert_eq!(lab.fail("/transfer/authorization/create", body).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
}

#[tokio::test]
async fn a_ledger_keeps_its_balance() {
    let lab = Lab::start(Emulator::builder()).await;
    let balance = async || {
        let ledger = lab.call("/transfer/ledger/get", json!({})).await["balance"].clone();
        (
            ledger["available"].as_str().unwrap_or_default().to_owned(),
            ledger["pending"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(balance().await, pair("100.00", "0.00"));
    let deposit = json!({"amount": "50.25", "idempotency_key": "a", "network": "ach"});
    let sweep = lab.call("/transfer/ledger/deposit", deposit.clone()).await["sweep"].clone();
    assert_eq!(lab.call("/transfer/ledger/deposit", deposit).await["sweep"], sweep);
    assert_eq!(balance().await, pair("100.00", "50.25"));
    lab.call("/sandbox/transfer/ledger/simulate_available", json!({})).await;
    assert_eq!(balance().await, pair("150.25", "0.00"));
    let withdraw = |amount: &str| json!({"amount": amount, "idempotency_key": amount, "network": "ach"});
    assert_eq!(lab.fail("/transfer/ledger/withdraw", withdraw("150.26")).await, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/transfer/ledger/withdraw", withdraw("150.25")).await;
    assert_eq!(balance().await, pair("0.00", "0.00"));
    assert_eq!(lab.fail("/transfer/ledger/withdraw", withdraw("-1.00")).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_token_is_active_until_it_is_revoked() {
    let lab = Lab::start(Emulator::builder()).await;
    let token = lab.call("/oauth/token", json!({"grant_type": "client_credentials", "scope": "user:read"})).await;
    for name in ["access_token", "refresh_token"] {
        let active = lab.call("/oauth/introspect", json!({"token": token[name]})).await;
        assert_eq!(active["active"], true, "{active}");
    }
    lab.call("/oauth/revoke", json!({"token": token["refresh_token"]})).await;
    assert_eq!(lab.call("/oauth/introspect", json!({"token": token["access_token"]})).await["active"], false);
    assert_eq!(lab.call("/oauth/introspect", json!({"token": "nonsense"})).await["active"], false);
}

#[tokio::test]
async fn an_access_token_expires_and_its_refresh_token_does_not() {
    let noon = "2026-11-28T12:00:00Z".parse().expect("a time");
    let lab = Lab::start(Emulator::builder().frozen_at(noon)).await;
    let token = lab.call("/oauth/token", json!({"grant_type": "client_credentials", "scope": "user:read"})).await;
    let life = token["expires_in"].as_i64().expect("seconds");
    let active =
        async |name: &str| lab.call("/oauth/introspect", json!({"token": token[name]})).await["active"].clone();
    lab.control("clock/advance", json!({"seconds": life - 1})).await;
    assert_eq!(active("access_token").await, true);
    lab.control("clock/advance", json!({"seconds": 1})).await;
    assert_eq!((active("access_token").await, active("refresh_token").await), (json!(false), json!(true)));
}

#[tokio::test]
async fn scores_follow_the_amount_and_a_transaction_is_evaluated_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    let evaluate = |id: &str, amount: f64| {
        json!({
            "access_token": access, "account_id": accounts["accounts"][0]["account_id"], "client_transaction_id": id,
            "amount": amount,
        })
    };
    for (amount, score, result) in [(3.53, 10, "ACCEPT"), (12.17, 60, "REVIEW"), (27.53, 90, "REROUTE")] {
        let answer = lab.call("/signal/evaluate", evaluate(result, amount)).await;
        assert_eq!(answer["scores"]["bank_initiated_return_risk"]["score"], score);
        assert_eq!(answer["ruleset"]["result"], result);
    }
    let used = lab.fail("/signal/evaluate", evaluate("ACCEPT", 1.0)).await;
    assert_eq!(used, "SIGNAL_ERROR/CLIENT_TRANSACTION_ID_ALREADY_IN_USE");
    lab.call("/signal/decision/report", json!({"client_transaction_id": "ACCEPT", "initiated": true})).await;
    let unknown = json!({"client_transaction_id": "nobody", "return_code": "R01"});
    assert_eq!(lab.fail("/signal/return/report", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_verification_is_retried_after_the_last_attempt() {
    let lab = Lab::start(Emulator::builder()).await;
    let create = json!({
        "template_id": "idvtmp_1", "client_user_id": "ann", "is_shareable": true, "gave_consent": true, "is_idempotent": true,
        "user": {"email_address": "ann@example.com"},
    });
    let first = lab.call("/identity_verification/create", create.clone()).await;
    assert_eq!((&first["status"], &first["template"]["id"]), (&json!("active"), &json!("idvtmp_1")));
    assert_eq!(first["user"]["email_address"], "ann@example.com");
    assert!(first["shareable_url"].as_str().is_some_and(|url| url.contains(first["id"].as_str().unwrap_or("?"))));
    assert_eq!(lab.call("/identity_verification/create", create).await["id"], first["id"]);
    let retry = json!({"template_id": "idvtmp_1", "client_user_id": "ann", "strategy": "reset"});
    let second = lab.call("/identity_verification/retry", retry).await;
    assert_eq!(second["previous_attempt_id"], first["id"]);
    let list = json!({"template_id": "idvtmp_1", "client_user_id": "ann"});
    let list = lab.call("/identity_verification/list", list).await["identity_verifications"].clone();
    assert_eq!((list.as_array().map(Vec::len), &list[0]["id"]), (Some(2), &second["id"]));
    assert!(lab.tenant().webhooks().iter().any(|one| one.code == "RETRIED"));
    let nobody = json!({"template_id": "idvtmp_1", "client_user_id": "bob", "strategy": "reset"});
    assert_eq!(lab.fail("/identity_verification/retry", nobody).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_session_of_layer_gives_access_tokens_that_work() {
    let lab = Lab::start(Emulator::builder()).await;
    let session =
        lab.call("/session/token/create", json!({"template_id": "t", "user": {"client_user_id": "ann"}})).await;
    let link = session["link"]["link_token"].as_str().expect("a Link token").to_owned();
    let done = lab.control("link/complete", json!({"link_token": link})).await;
    let got = lab.call("/user_account/session/get", json!({"public_token": done["public_token"]})).await;
    let item = lab.call("/item/get", json!({"access_token": got["items"][0]["access_token"]})).await;
    assert_eq!(item["item"]["item_id"], got["items"][0]["item_id"]);
    let unknown = json!({"public_token": "public-sandbox-nobody"});
    assert_eq!(lab.fail("/user_account/session/get", unknown).await, "INVALID_INPUT/INVALID_PUBLIC_TOKEN");
}

#[tokio::test]
async fn a_transfer_is_authorized_by_its_account_and_its_amount() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let body = |account: usize, kind: &str, amount: &str, more: Value| {
        let plain = json!({
            "access_token": access, "account_id": accounts[account]["account_id"], "type": kind, "network": "ach",
            "amount": amount, "ach_class": "ppd", "user": {"legal_name": "Ann"},
        });
        merged(plain, more)
    };
    let path = "/transfer/authorization/create";
    for (kind, amount, decision, code) in [
        ("debit", "100.00", "approved", None),
        ("debit", "100.01", "declined", Some("NSF")),
        ("credit", "100.01", "approved", None),
    ] {
        let made = lab.call(path, body(0, kind, amount, json!({}))).await["authorization"].clone();
        let seen = (made["decision"].as_str(), made["decision_rationale"]["code"].as_str());
        assert_eq!(seen, (Some(decision), code), "{kind} {amount}");
        let create = json!({
            "access_token": access, "account_id": accounts[0]["account_id"], "authorization_id": made["id"],
            "description": "rent",
        });
        let (status, _) = lab.send("/transfer/create", create).await;
        assert_eq!(status == 200, decision == "approved", "{kind} {amount}");
    }
    lab.control(&format!("items/{access}/balances"), json!({"account": "0000", "available": 0, "current": 0})).await;
    let poor = lab.call(path, body(0, "debit", "1.00", json!({}))).await["authorization"].clone();
    assert_eq!(poor["decision_rationale"]["code"], "RISK");
    let refusals = [
        (3, "debit", "1.00", json!({}), "TRANSFER_ERROR/TRANSFER_UNSUPPORTED_ACCOUNT_TYPE"),
        (0, "credit", "1.00", json!({"ach_class": "web"}), "TRANSFER_ERROR/TRANSFER_FORBIDDEN_ACH_CLASS"),
        (0, "debit", "3500.01", json!({"network": "rtp"}), "TRANSFER_ERROR/TRANSFER_NETWORK_LIMIT_EXCEEDED"),
        (0, "debit", "1.001", json!({}), "INVALID_REQUEST/INVALID_FIELD"),
        (0, "debit", "79228162514264337593543950335", json!({}), "INVALID_REQUEST/INVALID_FIELD"),
        (0, "debit", "-1.00", json!({}), "INVALID_REQUEST/INVALID_FIELD"),
    ];
    for (account, kind, amount, more, error) in refusals {
        assert_eq!(lab.fail(path, body(account, kind, amount, more)).await, error, "{amount}");
    }

    let migrate = json!({"account_number": "100000000", "routing_number": "121122676", "account_type": "checking"});
    let migrated = lab.call("/transfer/migrate_account", migrate).await;
    let own = json!({"access_token": migrated["access_token"], "account_id": migrated["account_id"]});
    let made = lab.call(path, body(0, "debit", "500.00", own)).await["authorization"].clone();
    let seen = (&made["decision"], &made["decision_rationale"]["code"]);
    assert_eq!(seen, (&json!("approved"), &json!("MIGRATED_ACCOUNT_ITEM")));

    let token = lab.link_token(json!({"auth": {"same_day_microdeposits_enabled": true}})).await;
    let numbers = json!({"account": "1111222233330000", "routing": "110000000"});
    let done = lab.control("link/complete", json!({"link_token": token, "numbers": numbers})).await;
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let of = json!({"access_token": item["access_token"]});
    let account = lab.call("/accounts/get", of.clone()).await["accounts"][0]["account_id"].clone();
    let own = merged(of, json!({"account_id": account}));
    let made = lab.call(path, body(0, "debit", "1.00", own.clone())).await["authorization"].clone();
    assert_eq!((&made["decision"], &made["decision_rationale"]["code"]), (&json!("declined"), &json!("RISK")));
    let update = lab.link_token(json!({"access_token": item["access_token"]})).await;
    lab.control("link/complete", json!({"link_token": update, "code": "ABC"})).await;
    let made = lab.call(path, body(0, "debit", "1.00", own)).await["authorization"].clone();
    assert_eq!(made["decision_rationale"]["code"], "MANUALLY_VERIFIED_ITEM");
}

#[tokio::test]
async fn refunds_are_not_more_than_what_was_paid() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = transfer(&lab, "10.00").await;
    for event in ["posted", "settled"] {
        lab.call("/sandbox/transfer/simulate", json!({"transfer_id": made["id"], "event_type": event})).await;
    }
    let refund = |key: &str, amount: &str| json!({"transfer_id": made["id"], "amount": amount, "idempotency_key": key});
    let path = "/transfer/refund/create";
    let first = lab.call(path, refund("a", "6.00")).await["refund"].clone();
    assert_eq!(lab.fail(path, refund("b", "4.01")).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(path, refund("c", "0.00")).await, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/transfer/refund/cancel", json!({"refund_id": first["id"]})).await;
    lab.call(path, refund("d", "10.00")).await;
    assert_eq!(lab.call(path, refund("d", "10.00")).await["refund"]["amount"], "10.00", "the same request again");
}

#[tokio::test]
async fn movements_of_a_ledger_are_listed_and_distributed_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let list = async |body: Value| lab.call("/transfer/ledger/event/list", body).await["ledger_events"].clone();
    assert_eq!(list(json!({})).await, json!([]));
    let deposit = json!({"amount": "50.25", "idempotency_key": "a", "network": "ach"});
    let sweep = lab.call("/transfer/ledger/deposit", deposit).await["sweep"]["id"].clone();
    lab.call("/sandbox/transfer/ledger/simulate_available", json!({})).await;
    let too_much = json!({"amount": "500.00", "idempotency_key": "b", "network": "ach"});
    assert_eq!(lab.fail("/transfer/ledger/withdraw", too_much).await, "INVALID_REQUEST/INVALID_FIELD");
    let all = list(json!({})).await;
    let seen: Vec<_> = all.as_array().into_iter().flatten().collect();
    let figures = ["type", "amount", "pending_balance", "available_balance"];
    let of = |event: &Value| figures.map(|name| event[name].as_str().unwrap_or_default().to_owned());
    let expected = [
        ["pending", "-50.25", "0.00", "150.25"],
        ["available", "50.25", "50.25", "150.25"],
        ["pending", "50.25", "50.25", "100.00"],
    ];
    assert_eq!(seen.iter().map(|event| of(event)).collect::<Vec<_>>(), expected);
    assert_eq!(list(json!({"source_type": "SWEEP", "source_id": sweep})).await, json!([seen[2]]));
    assert_eq!((&seen[2]["sweep_id"], seen[0].get("sweep_id")), (&sweep, None));

    let ledger = lab.call("/transfer/ledger/get", json!({})).await["ledger_id"].clone();
    let other = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a002";
    let distribute = |key: &str, amount: &str| json!({"from_ledger_id": ledger, "to_ledger_id": other, "amount": amount, "idempotency_key": key});
    for _ in 0..2 {
        lab.call("/transfer/ledger/distribute", distribute("a", "100.00")).await;
    }
    assert_eq!(
        lab.fail("/transfer/ledger/distribute", distribute("b", "100.00")).await,
        "INVALID_REQUEST/INVALID_FIELD"
    );
    let moved = list(json!({"ledger_id": other})).await;
    assert_eq!((moved.as_array().map(Vec::len), &moved[0]["amount"]), (Some(1), &json!("100.00")));
    assert_eq!(list(json!({"ledger_id": ledger})).await[0]["available_balance"], "50.25");
}
