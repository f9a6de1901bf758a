//! Transfers that users agree to in Link, and the figures of Transfer.

use crate::support::{Lab, merged};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const CREATE: &str = "/transfer/intent/create";
const INVALID: &str = "INVALID_REQUEST/INVALID_FIELD";
const UNKNOWN: &str = "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d";

fn payment() -> Value {
    json!({
        "mode": "PAYMENT", "amount": "12.34", "description": "loan payment", "ach_class": "web", "network": "ach",
        "user": {"legal_name": "Ann"}, "metadata": {"order": "7"},
    })
}

async fn intent(lab: &Lab, more: Value) -> Value {
    lab.call(CREATE, merged(payment(), more)).await["transfer_intent"].clone()
}

async fn get(lab: &Lab, intent: &Value) -> Value {
    lab.call("/transfer/intent/get", json!({"transfer_intent_id": intent["id"]})).await["transfer_intent"].clone()
}

async fn link(lab: &Lab, intent: &Value) -> String {
    lab.link_token(json!({"products": ["transfer"], "transfer": {"intent_id": intent["id"]}})).await
}

#[tokio::test]
async fn a_user_pays_in_link() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = intent(&lab, json!({})).await;
    assert_eq!((&made["status"], &made["mode"]), (&json!("PENDING"), &json!("PAYMENT")));
    let pending = get(&lab, &made).await;
    for name in ["transfer_id", "failure_reason", "authorization_decision", "authorization_decision_rationale"] {
        assert_eq!(pending[name], Value::Null, "{name}");
    }
    let token = link(&lab, &made).await;
    // Someone who leaves can come back.
    lab.control("link/exit", json!({"link_token": token})).await;
    assert_eq!(get(&lab, &made).await["status"], "PENDING");
    let done = lab.control("link/complete", json!({"link_token": token, "accounts": ["0000"]})).await;
    assert_eq!(done["metadata"]["transfer_status"], "COMPLETE");
    let paid = get(&lab, &made).await;
    assert_eq!((&paid["status"], &paid["authorization_decision"]), (&json!("SUCCEEDED"), &json!("APPROVED")));
    let transfer = lab.call("/transfer/get", json!({"transfer_id": paid["transfer_id"]})).await["transfer"].clone();
    for (name, value) in [
        ("amount", json!("12.34")),
        ("type", json!("debit")),
        ("status", json!("pending")),
        ("description", json!("loan payme")),
        ("metadata", json!({"order": "7"})),
    ] {
        assert_eq!(transfer[name], value, "{name}");
    }
    let body = json!({"public_token": done["public_token"]});
    let access = lab.call("/item/public_token/exchange", body).await["access_token"].clone();
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    assert_eq!(transfer["account_id"], accounts["accounts"][0]["account_id"]);
    let again = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "user": {"client_user_id": "user-1"},
        "products": ["transfer"], "transfer": {"intent_id": made["id"]},
    });
    assert_eq!(lab.fail("/link/token/create", again.clone()).await, INVALID, "it is decided");
    let unknown = merged(again, json!({"transfer": {"intent_id": UNKNOWN}}));
    assert_eq!(lab.fail("/link/token/create", unknown).await, INVALID);
}

#[tokio::test]
async fn an_intent_fails_if_the_transfer_is_declined() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = intent(&lab, json!({"amount": "100.01"})).await;
    let token = link(&lab, &made).await;
    let done = lab.control("link/complete", json!({"link_token": token, "accounts": ["0000"]})).await;
    assert_eq!(done["metadata"]["transfer_status"], "INCOMPLETE");
    let failed = get(&lab, &made).await;
    assert_eq!((&failed["status"], &failed["transfer_id"]), (&json!("FAILED"), &Value::Null));
    assert_eq!(
        (&failed["authorization_decision"], &failed["authorization_decision_rationale"]["code"]),
        (&json!("DECLINED"), &json!("NSF"))
    );
    assert_eq!(failed["failure_reason"]["error_type"], "TRANSFER_ERROR");

    // An account that holds no deposits can't pay at all.
    let odd = intent(&lab, json!({})).await;
    let token = link(&lab, &odd).await;
    lab.control("link/complete", json!({"link_token": token, "accounts": ["3333"]})).await;
    let failed = get(&lab, &odd).await;
    assert_eq!(failed["failure_reason"]["error_code"], "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE");
    assert_eq!((&failed["status"], &failed["authorization_decision"]), (&json!("FAILED"), &Value::Null));

    // The account that the client has chosen has to be in the Item.
    let foreign = intent(&lab, json!({"account_id": "somewhere"})).await;
    let token = link(&lab, &foreign).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    assert_eq!(get(&lab, &foreign).await["failure_reason"]["error_code"], "INVALID_ACCOUNT_ID");
}

#[tokio::test]
async fn a_user_is_paid_in_link_and_a_guarantee_can_be_required() {
    let lab = Lab::start(Emulator::builder()).await;
    let paid = intent(&lab, json!({"mode": "DISBURSEMENT", "ach_class": "ppd", "amount": "30.00"})).await;
    let token = link(&lab, &paid).await;
    lab.control("link/complete", json!({"link_token": token, "accounts": ["1111"]})).await;
    let got = get(&lab, &paid).await;
    let transfer = lab.call("/transfer/get", json!({"transfer_id": got["transfer_id"]})).await["transfer"].clone();
    assert_eq!((&got["status"], &transfer["type"]), (&json!("SUCCEEDED"), &json!("credit")));
    let sure = intent(&lab, json!({"require_guarantee": true})).await;
    let token = link(&lab, &sure).await;
    lab.control("link/complete", json!({"link_token": token, "accounts": ["0000"]})).await;
    let got = get(&lab, &sure).await;
    assert_eq!((&got["status"], &got["guarantee_decision"]), (&json!("SUCCEEDED"), &json!("GUARANTEED")));
}

#[tokio::test]
async fn intents_that_can_not_be_made_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    for more in [
        json!({"amount": "12"}),
        json!({"mode": "REFUND"}),
        json!({"description": ""}),
        json!({"iso_currency_code": "EUR"}),
        json!({"metadata": {"a": 1}}),
    ] {
        assert_eq!(lab.fail(CREATE, merged(payment(), more.clone())).await, INVALID, "{more}");
    }
    let forbidden = merged(payment(), json!({"mode": "DISBURSEMENT"}));
    assert_eq!(lab.fail(CREATE, forbidden).await, "TRANSFER_ERROR/TRANSFER_FORBIDDEN_ACH_CLASS");
    assert_eq!(lab.fail(CREATE, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
    assert_eq!(lab.fail("/transfer/intent/get", json!({"transfer_intent_id": UNKNOWN})).await, INVALID);
}

#[tokio::test]
async fn a_user_repairs_the_item_of_an_authorization() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    let body = json!({
        "access_token": access, "account_id": accounts["accounts"][0]["account_id"], "type": "debit", "network": "ach",
        "ach_class": "web", "amount": "12.34", "user": {"legal_name": "Ann"}, "idempotency_key": "k",
    });
    let waits = lab.call("/transfer/authorization/create", body.clone()).await["authorization"].clone();
    assert_eq!(waits["decision"], "user_action_required");
    let request = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "user": {"client_user_id": "user-1"},
        "transfer": {"authorization_id": waits["id"]},
    });
    let token = lab.call("/link/token/create", request.clone()).await["link_token"].clone();
    lab.control("link/complete", json!({"link_token": token})).await;
    let decided = lab.call("/transfer/authorization/create", body).await["authorization"].clone();
    assert_eq!(decided["decision"], "approved");
    let unknown = merged(request, json!({"transfer": {"authorization_id": UNKNOWN}}));
    assert_eq!(lab.fail("/link/token/create", unknown).await, INVALID);
}

#[tokio::test]
async fn figures_follow_from_the_transfers() {
    let lab = Lab::start(Emulator::builder()).await;
    let metrics = async |body: Value| lab.call("/transfer/metrics/get", body).await;
    let none = metrics(json!({})).await;
    assert_eq!(
        (&none["monthly_transfer_volume"], &none["return_rates"]["last_60d"]["overall_return_rate"]),
        (&json!("0.00"), &json!("0.0000"))
    );
    let mut ids = Vec::new();
    for (mode, class, amount) in [
        ("PAYMENT", "web", "10.00"),
        ("PAYMENT", "web", "20.00"),
        ("PAYMENT", "web", "30.00"),
        ("DISBURSEMENT", "ppd", "5.00"),
    ] {
        let made = intent(&lab, json!({"mode": mode, "ach_class": class, "amount": amount})).await;
        let token = link(&lab, &made).await;
        lab.control("link/complete", json!({"link_token": token, "accounts": ["0000"]})).await;
        ids.push(get(&lab, &made).await["transfer_id"].clone());
    }
    for (index, event, code) in [
        (0, "posted", Value::Null),
        (1, "posted", Value::Null),
        (2, "failed", Value::Null),
        (0, "returned", json!("R10")),
    ] {
        let mut body = json!({"transfer_id": ids[index], "event_type": event});
        if code.is_string() {
            body["failure_reason"] = json!({"ach_return_code": code, "description": "not agreed"});
        }
        lab.call("/sandbox/transfer/simulate", body).await;
    }
    let now = metrics(json!({})).await;
    for (name, value) in [
        ("daily_debit_transfer_volume", "30.00"),
        ("daily_credit_transfer_volume", "5.00"),
        ("monthly_debit_transfer_volume", "30.00"),
        ("monthly_credit_transfer_volume", "5.00"),
        ("monthly_transfer_volume", "35.00"),
    ] {
        assert_eq!(now[name], value, "{name}");
    }
    let rates = json!({
        "administrative_return_rate": "0.0000", "overall_return_rate": "0.5000", "unauthorized_return_rate": "0.5000",
    });
    assert_eq!(now["return_rates"]["last_60d"], rates);
    assert_eq!(now["authorization_usage"]["daily_debit_utilization"], "0.0001");
    let of_other = metrics(json!({"originator_client_id": "111111111111111111111111"})).await;
    assert_eq!(of_other["monthly_transfer_volume"], "0.00");
    let limits = lab.call("/transfer/configuration/get", json!({})).await;
    assert_eq!(
        (&limits["max_single_transfer_amount"], &limits["max_daily_debit_amount"]),
        (&json!("100000.00"), &json!("500000.00"))
    );
    for path in ["/transfer/metrics/get", "/transfer/configuration/get"] {
        let unknown = json!({"originator_client_id": "555555555555555555555555"});
        assert_eq!(lab.fail(path, unknown).await, "TRANSFER_ERROR/TRANSFER_ORIGINATOR_NOT_FOUND", "{path}");
    }
}

#[tokio::test]
async fn an_account_says_whether_it_takes_part_in_instant_payments() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    let path = "/transfer/capabilities/get";
    let of = |index: usize| json!({"access_token": access, "account_id": accounts["accounts"][index]["account_id"]});
    let instant = lab.call(path, of(0)).await["institution_supported_networks"].clone();
    let all =
        json!({"rfp": {"debit": true, "iso_currency_code": "USD", "max_amount": "3500.00"}, "rtp": {"credit": true}});
    assert_eq!(instant, all);
    let slow = lab.call(path, of(2)).await["institution_supported_networks"].clone();
    assert_eq!((&slow["rtp"]["credit"], &slow["rfp"]["debit"]), (&json!(false), &json!(false)));
    let foreign = json!({"access_token": access, "account_id": "x"});
    assert_eq!(lab.fail(path, foreign).await, "INVALID_INPUT/INVALID_ACCOUNT_ID");
    for (routing, is_instant) in [("322271627", true), ("121122676", false)] {
        let numbers = json!({"account_number": "100000000", "routing_number": routing, "account_type": "savings"});
        let item = lab.call("/transfer/migrate_account", numbers).await;
        let body = json!({"access_token": item["access_token"], "account_id": item["account_id"]});
        let networks = lab.call(path, body).await["institution_supported_networks"].clone();
        assert_eq!(networks["rtp"]["credit"], is_instant, "{routing}");
    }
}

#[tokio::test]
async fn events_of_a_request_for_payment_name_its_intent() {
    let lab = Lab::start(Emulator::builder()).await;
    for (network, is_shown) in [("rtp", true), ("ach", false)] {
        let made = intent(&lab, json!({"network": network, "amount": "10.00"})).await;
        let token = link(&lab, &made).await;
        lab.control("link/complete", json!({"link_token": token, "accounts": ["0000"]})).await;
        let transfer = get(&lab, &made).await["transfer_id"].clone();
        let events =
            lab.call("/transfer/event/list", json!({"transfer_id": transfer})).await["transfer_events"].clone();
        let expected = if is_shown { &made["id"] } else { &Value::Null };
        assert_eq!((&events[0]["event_type"], &events[0]["intent_id"]), (&json!("pending"), expected), "{network}");
    }
}
