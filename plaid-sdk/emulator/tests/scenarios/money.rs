//! Transfers, payments, wallets, tokens and verifications by the engines: states, idempotency, events, webhooks.

use crate::support::Lab;
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
async fn a_payment_is_simulated_reversed_and_announced() {
    let lab = Lab::start(Emulator::builder()).await;
    let details = json!({"name": "Ann", "iban": "GB29NWBK60161331926819"});
    let recipient = lab.call("/payment_initiation/recipient/create", details.clone()).await["recipient_id"].clone();
    let again = lab.call("/payment_initiation/recipient/create", details).await["recipient_id"].clone();
    assert_eq!(again, recipient, "the same details are the same recipient");
    let body = json!({"recipient_id": recipient, "reference": "rent", "amount": {"currency": "GBP", "value": 10.5}});
    let payment = lab.call("/payment_initiation/payment/create", body.clone()).await;
    assert_eq!(payment["status"], "PAYMENT_STATUS_INPUT_NEEDED");
    let reverse = json!({"payment_id": payment["payment_id"], "idempotency_key": "k", "reference": "refund-1"});
    assert_eq!(lab.fail("/payment_initiation/payment/reverse", reverse.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    let simulate = json!({
        "payment_id": payment["payment_id"], "webhook": "http://127.0.0.1:9/hook", "status": "PAYMENT_STATUS_EXECUTED",
    });
    let changed = lab.call("/sandbox/payment/simulate", simulate).await;
    assert_eq!(
        (&changed["old_status"], &changed["new_status"]),
        (&payment["status"], &json!("PAYMENT_STATUS_EXECUTED"))
    );
    let webhook =
        lab.tenant().webhooks().into_iter().find(|one| one.code == "PAYMENT_STATUS_UPDATE").expect("a webhook");
    assert!(webhook.body.contains("PAYMENT_STATUS_EXECUTED") && webhook.body.contains("PAYMENT_STATUS_INPUT_NEEDED"));
    let refund = lab.call("/payment_initiation/payment/reverse", reverse.clone()).await;
    assert_eq!(
        lab.call("/payment_initiation/payment/reverse", reverse.clone()).await["refund_id"],
        refund["refund_id"]
    );
    let mut other = reverse;
    other["reference"] = "refund-2".into();
    assert_eq!(lab.fail("/payment_initiation/payment/reverse", other).await, "TRANSACTION_ERROR/NONIDENTICAL_REQUEST");
    let mut unknown = body;
    unknown["recipient_id"] = "recipient-id-sandbox-nobody".into();
    assert_eq!(lab.fail("/payment_initiation/payment/create", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
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
