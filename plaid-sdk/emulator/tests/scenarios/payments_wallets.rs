//! Wallets: their balance, what comes in by payments and transfers, and what goes out.

use crate::payments::{HOOK, changes, link_token, noon, pairs, payment, recipient};
use crate::support::{Lab, merged};
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

const EXECUTE: &str = "/wallet/transaction/execute";
const GET: &str = "/wallet/transaction/get";
const LIST: &str = "/wallet/transaction/list";
const REVERSE: &str = "/payment_initiation/payment/reverse";
const INVALID: &str = "INVALID_REQUEST/INVALID_FIELD";

async fn wallet(lab: &Lab, currency: &str) -> Value {
    lab.call("/wallet/create", json!({"iso_currency_code": currency})).await
}

/// A wallet with money.
async fn funded(lab: &Lab, currency: &str, amount: &str) -> Value {
    let made = wallet(lab, currency).await;
    lab.control(&format!("wallets/{}/fund", text(&made["wallet_id"])), json!({"amount": amount})).await;
    made
}

fn text(id: &Value) -> &str {
    id.as_str().expect("an id")
}

/// The current and the available balance.
async fn balance(lab: &Lab, wallet: &Value) -> (Value, Value) {
    let got = lab.call("/wallet/get", json!({"wallet_id": wallet["wallet_id"]})).await["balance"].clone();
    (got["current"].clone(), got["available"].clone())
}

fn payout(wallet: &Value, key: &str, value: f64) -> Value {
    let numbers = json!({"bacs": {"account": "26207729", "sort_code": "560029"}});
    json!({
        "wallet_id": wallet["wallet_id"], "idempotency_key": key, "reference": "Payout99744",
        "amount": {"iso_currency_code": "GBP", "value": value}, "counterparty": {"name": "Ann", "numbers": numbers},
    })
}

async fn status(lab: &Lab, id: &Value) -> Value {
    lab.call(GET, json!({"transaction_id": id})).await["status"].clone()
}

#[tokio::test]
async fn a_wallet_is_created_got_and_listed() {
    let lab = Lab::start(Emulator::builder()).await;
    let pounds = wallet(&lab, "GBP").await;
    assert_eq!(pounds["status"], "ACTIVE");
    assert_eq!(pounds["balance"], json!({"available": 0, "current": 0, "iso_currency_code": "GBP"}));
    assert_eq!(pounds["numbers"]["bacs"]["account"].as_str().map(str::len), Some(8));
    assert!(pounds["numbers"]["international"]["iban"].as_str().is_some_and(|iban| iban.starts_with("GB")));
    let euros = wallet(&lab, "EUR").await;
    assert_eq!(euros["numbers"].get("bacs"), None);
    assert_ne!(euros["recipient_id"], pounds["recipient_id"]);
    let got = lab.call("/wallet/get", json!({"wallet_id": pounds["wallet_id"]})).await;
    for name in ["balance", "numbers", "recipient_id", "status", "wallet_id"] {
        assert_eq!(got[name], pounds[name], "{name}");
    }
    let paid = lab.call("/payment_initiation/recipient/get", json!({"recipient_id": pounds["recipient_id"]})).await;
    assert_eq!(paid["bacs"], pounds["numbers"]["bacs"]);
    wallet(&lab, "GBP").await;
    let ids = |page: &Value| -> Vec<Value> {
        page["wallets"].as_array().into_iter().flatten().map(|one| one["wallet_id"].clone()).collect()
    };
    let all = ids(&lab.call("/wallet/list", json!({})).await);
    assert_eq!((all.len(), &all[2]), (3, &pounds["wallet_id"]));
    let first = lab.call("/wallet/list", json!({"count": 2})).await;
    let second = lab.call("/wallet/list", json!({"count": 2, "cursor": first["next_cursor"]})).await;
    assert_eq!([ids(&first), ids(&second)].concat(), all);
    assert_eq!(second.get("next_cursor"), None);
    assert_eq!(ids(&lab.call("/wallet/list", json!({"iso_currency_code": "EUR"})).await), [euros["wallet_id"].clone()]);
    for (path, body) in [
        ("/wallet/list", json!({"count": 21})),
        ("/wallet/list", json!({"cursor": "nonsense"})),
        ("/wallet/get", json!({"wallet_id": "nobody"})),
        ("/wallet/create", json!({"iso_currency_code": "USD"})),
        (LIST, json!({"wallet_id": "nobody"})),
        (GET, json!({"transaction_id": "nobody"})),
    ] {
        assert_eq!(lab.fail(path, body).await, INVALID, "{path}");
    }
    // New wallets can have money from the start.
    lab.control("wallets/options", json!({"start_balance": "1000.00"})).await;
    let rich = wallet(&lab, "GBP").await;
    assert_eq!(rich["balance"]["available"], 1000);
    let start = lab.call(LIST, json!({"wallet_id": rich["wallet_id"]})).await["transactions"].clone();
    assert_eq!((&start[0]["type"], &start[0]["status"]), (&json!("ACCOUNT_FUNDING"), &json!("SETTLED")));
}

#[tokio::test]
async fn a_payment_into_a_wallet_settles_and_is_refunded_in_parts() {
    let lab = Lab::start(Emulator::builder()).await;
    let wallet = wallet(&lab, "GBP").await;
    let id = payment(&lab, &wallet["recipient_id"], json!({})).await;
    let token = link_token(&lab, json!({"payment_id": id})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    let got = lab.call("/payment_initiation/payment/get", json!({"payment_id": id})).await;
    assert_eq!((&got["status"], &got["wallet_id"]), (&json!("PAYMENT_STATUS_SETTLED"), &wallet["wallet_id"]));
    let seen = changes(&lab, "PAYMENT_STATUS_UPDATE", "payment_id", &id);
    assert_eq!(seen.last(), pairs(&[("EXECUTED", "SETTLED")]).last());
    assert_eq!(balance(&lab, &wallet).await, (json!(10.5), json!(10.5)));
    let into = lab.call(GET, json!({"transaction_id": got["transaction_id"]})).await;
    assert_eq!((&into["type"], &into["status"], &into["payment_id"]), (&json!("PIS_PAY_IN"), &json!("SETTLED"), &id));
    assert_eq!((&into["amount"]["value"], &into["scheme"]), (&json!(10.5), &Value::Null));
    let seen = changes(&lab, "WALLET_TRANSACTION_STATUS_UPDATE", "transaction_id", &into["transaction_id"]);
    assert_eq!(seen, pairs(&[("AUTHORISING", "INITIATED"), ("INITIATED", "SETTLED")]));
    let hooks = lab.tenant().webhooks();
    let hook = hooks.iter().find(|one| one.kind == "WALLET").expect("a webhook");
    let body: Value = serde_json::from_str(&hook.body).expect("JSON");
    assert_eq!((&body["payment_id"], &body["wallet_id"]), (&id, &wallet["wallet_id"]));

    let reverse = |key: &str, amount: Option<f64>| {
        let mut body = json!({"payment_id": id, "idempotency_key": key, "reference": "Refund1"});
        if let Some(value) = amount {
            body["amount"] = json!({"currency": "GBP", "value": value});
        }
        body
    };
    let first = lab.call(REVERSE, reverse("a", Some(4.25))).await;
    assert_eq!(first["status"], "INITIATED");
    assert_eq!(lab.call(REVERSE, reverse("a", Some(4.25))).await["refund_id"], first["refund_id"]);
    assert_eq!(lab.fail(REVERSE, reverse("a", Some(4.0))).await, "TRANSACTION_ERROR/NONIDENTICAL_REQUEST");
    assert_eq!(lab.fail(REVERSE, reverse("b", Some(6.26))).await, "TRANSACTION_ERROR/TRANSACTION_AMOUNT_EXCEEDED");
    let mut euros = reverse("b", Some(1.0));
    euros["amount"]["currency"] = "EUR".into();
    assert_eq!(lab.fail(REVERSE, euros).await, "TRANSACTION_ERROR/TRANSACTION_CURRENCY_MISMATCH");
    let refund = lab.call(GET, json!({"transaction_id": first["refund_id"]})).await;
    assert_eq!(
        (&refund["type"], &refund["status"], &refund["payment_id"]),
        (&json!("REFUND"), &json!("EXECUTED"), &id)
    );
    assert_eq!(refund["counterparty"]["numbers"]["bacs"]["account"], "31926819");
    let got = lab.call("/payment_initiation/payment/get", json!({"payment_id": id})).await;
    assert_eq!(got["amount_refunded"], json!({"currency": "GBP", "value": 4.25}));
    assert_eq!(got["refund_ids"], json!([first["refund_id"]]));
    lab.call(REVERSE, reverse("c", None)).await;
    assert_eq!(balance(&lab, &wallet).await, (json!(0), json!(0)));
    assert_eq!(lab.fail(REVERSE, reverse("d", None)).await, "TRANSACTION_ERROR/TRANSACTION_AMOUNT_EXCEEDED");
    let mut spaces = reverse("e", None);
    spaces["reference"] = "Refund 12".into();
    assert_eq!(lab.fail(REVERSE, spaces).await, INVALID);
}

#[tokio::test]
async fn only_money_that_is_in_a_wallet_is_refunded() {
    let lab = Lab::start(Emulator::builder()).await;
    let wallet = wallet(&lab, "GBP").await;
    let reverse = |id: &Value| json!({"payment_id": id, "idempotency_key": id, "reference": "Refund1"});
    let elsewhere = payment(&lab, &recipient(&lab).await, json!({})).await;
    let simulate = |id: &Value, status: &str| json!({"payment_id": id, "status": format!("PAYMENT_STATUS_{status}"), "webhook": HOOK});
    lab.call("/sandbox/payment/simulate", simulate(&elsewhere, "EXECUTED")).await;
    assert_eq!(lab.fail(REVERSE, reverse(&elsewhere)).await, INVALID, "it went to another account");
    let id = payment(&lab, &wallet["recipient_id"], json!({})).await;
    assert_eq!(lab.fail(REVERSE, reverse(&id)).await, INVALID, "nobody has paid");
    lab.call("/sandbox/payment/simulate", simulate(&id, "EXECUTED")).await;
    assert_eq!(balance(&lab, &wallet).await, (json!(0), json!(0)), "on its way");
    assert_eq!(lab.fail(REVERSE, reverse(&id)).await, "TRANSACTION_ERROR/TRANSACTION_INSUFFICIENT_FUNDS");
    lab.call("/sandbox/payment/simulate", simulate(&id, "SETTLED")).await;
    lab.call(REVERSE, reverse(&id)).await;
    let failing = payment(&lab, &wallet["recipient_id"], json!({})).await;
    lab.call("/sandbox/payment/simulate", simulate(&failing, "INITIATED")).await;
    lab.call("/sandbox/payment/simulate", simulate(&failing, "REJECTED")).await;
    let got = lab.call("/payment_initiation/payment/get", json!({"payment_id": failing})).await;
    let into = lab.call(GET, json!({"transaction_id": got["transaction_id"]})).await;
    assert_eq!((&into["status"], &into["failure_reason"]), (&json!("FAILED"), &json!("EXTERNAL_SYSTEM")));
    assert_eq!(into["error"]["error_code"], "TRANSACTION_EXECUTION_FAILED");
    assert_eq!(balance(&lab, &wallet).await, (json!(0), json!(0)));
    // What is left of a payment is too little to be refunded.
    let id = payment(&lab, &wallet["recipient_id"], json!({})).await;
    lab.call("/sandbox/payment/simulate", simulate(&id, "SETTLED")).await;
    let most = merged(reverse(&id), json!({"amount": {"currency": "GBP", "value": 9.51}}));
    lab.call(REVERSE, most).await;
    let rest = merged(reverse(&id), json!({"idempotency_key": "rest"}));
    assert_eq!(lab.fail(REVERSE, rest).await, "TRANSACTION_ERROR/TRANSACTION_AMOUNT_EXCEEDED");
}

#[tokio::test]
async fn a_payout_leaves_the_wallet_and_an_impossible_one_is_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    lab.control("wallets/options", json!({"webhook": HOOK})).await;
    let wallet = funded(&lab, "GBP", "100.00").await;
    let made = lab.call(EXECUTE, payout(&wallet, "a", 30.25)).await;
    assert_eq!(made["status"], "INITIATED");
    let got = lab.call(GET, json!({"transaction_id": made["transaction_id"]})).await;
    assert_eq!(
        (&got["type"], &got["status"], &got["scheme"]),
        (&json!("PAYOUT"), &json!("EXECUTED"), &json!("FASTER_PAYMENTS"))
    );
    assert_eq!((&got["counterparty"]["name"], &got["payee_verification_status"]), (&json!("Ann"), &Value::Null));
    let seen = changes(&lab, "WALLET_TRANSACTION_STATUS_UPDATE", "transaction_id", &made["transaction_id"]);
    assert_eq!(seen, pairs(&[("AUTHORISING", "INITIATED"), ("INITIATED", "EXECUTED")]));
    let hook = lab.tenant().webhooks().into_iter().rfind(|one| one.kind == "WALLET").expect("a webhook");
    assert_eq!(hook.url.as_deref(), Some(HOOK));
    assert_eq!(balance(&lab, &wallet).await, (json!(69.75), json!(69.75)));

    let own = json!({"bacs": wallet["numbers"]["bacs"]});
    let to = |numbers: Value| json!({"counterparty": {"name": "Ann", "numbers": numbers}});
    let amount = |currency: &str, value: f64| json!({"amount": {"iso_currency_code": currency, "value": value}});
    let bacs = |account: &str, code: &str| to(json!({"bacs": {"account": account, "sort_code": code}}));
    for (more, expected) in [
        (amount("GBP", 69.76), "TRANSACTION_ERROR/TRANSACTION_INSUFFICIENT_FUNDS"),
        (amount("GBP", 1_000_000.01), "TRANSACTION_ERROR/TRANSACTION_AMOUNT_EXCEEDED"),
        (amount("EUR", 1.0), "TRANSACTION_ERROR/TRANSACTION_CURRENCY_MISMATCH"),
        (amount("GBP", 0.0), INVALID),
        (amount("GBP", 1.001), INVALID),
        (to(own), "TRANSACTION_ERROR/TRANSACTION_ON_SAME_ACCOUNT"),
        (
            to(json!({"international": {"iban": "GB30NWBK60161331926819"}})),
            "TRANSACTION_ERROR/TRANSACTION_IBAN_INVALID",
        ),
        (bacs("2620772x", "560029"), "TRANSACTION_ERROR/TRANSACTION_BACS_INVALID"),
        (bacs("26207729", "56-029"), "TRANSACTION_ERROR/TRANSACTION_BACS_INVALID"),
        (bacs("26207729", "999999"), "TRANSACTION_ERROR/TRANSACTION_FAST_PAY_DISABLED"),
        (to(json!({})), INVALID),
        (json!({"reference": "Payout 99744"}), INVALID),
        (json!({"reference": "short"}), INVALID),
        (json!({"wallet_id": "nobody"}), INVALID),
    ] {
        assert_eq!(lab.fail(EXECUTE, merged(payout(&wallet, "x", 1.0), more.clone())).await, expected, "{more}");
    }
    assert_eq!(balance(&lab, &wallet).await, (json!(69.75), json!(69.75)), "nothing has moved");
    lab.control(&format!("wallets/{}/close", text(&wallet["wallet_id"])), json!({})).await;
    assert_eq!(lab.call("/wallet/get", json!({"wallet_id": wallet["wallet_id"]})).await["status"], "CLOSED");
    assert_eq!(lab.fail(EXECUTE, payout(&wallet, "y", 1.0)).await, "TRANSACTION_ERROR/TRANSACTION_EXECUTION_FAILED");
}

#[tokio::test]
async fn a_payout_in_euros_checks_the_name_of_the_payee() {
    let lab = Lab::start(Emulator::builder()).await;
    let wallet = funded(&lab, "EUR", "50.00").await;
    for (name, expected) in [
        ("Ann", "FULL_MATCH"),
        ("Partial match", "PARTIAL_MATCH"),
        ("No match", "NO_MATCH"),
        ("Error", "ERROR"),
        ("Check not possible", "CHECK_NOT_POSSIBLE"),
    ] {
        let more = json!({
            "amount": {"iso_currency_code": "EUR", "value": 5},
            "counterparty": {"name": name, "numbers": {"international": {"iban": "NL91ABNA0417164300"}}},
        });
        let id = lab.call(EXECUTE, merged(payout(&wallet, name, 1.0), more)).await["transaction_id"].clone();
        let got = lab.call(GET, json!({"transaction_id": id})).await;
        assert_eq!(
            (&got["payee_verification_status"], &got["scheme"]),
            (&json!(expected), &json!("SEPA_CREDIT_TRANSFER"))
        );
    }
    let bacs = merged(payout(&wallet, "b", 1.0), json!({"amount": {"iso_currency_code": "EUR", "value": 5}}));
    assert_eq!(lab.fail(EXECUTE, bacs).await, INVALID);
}

#[tokio::test]
async fn a_payout_takes_its_time_and_its_key_makes_one_for_a_day() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    let wallet = funded(&lab, "GBP", "100.00").await;
    let body = payout(&wallet, "k", 60.0);
    let made = lab.call(EXECUTE, body.clone()).await;
    assert_eq!(made["status"], "AUTHORISING");
    let id = made["transaction_id"].clone();
    assert_eq!(lab.fail(EXECUTE, body.clone()).await, "TRANSACTION_ERROR/REQUEST_CONFLICT");
    assert_eq!(balance(&lab, &wallet).await, (json!(100), json!(40)), "the money is set aside");
    assert_eq!(
        lab.fail(EXECUTE, payout(&wallet, "l", 40.01)).await,
        "TRANSACTION_ERROR/TRANSACTION_INSUFFICIENT_FUNDS"
    );
    let advance = async |seconds: i64| lab.control("clock/advance", json!({"seconds": seconds})).await;
    advance(3).await;
    assert_eq!(status(&lab, &id).await, "INITIATED");
    let again = lab.call(EXECUTE, body.clone()).await;
    assert_eq!((&again["transaction_id"], &again["status"]), (&id, &json!("INITIATED")));
    assert_eq!(lab.fail(EXECUTE, payout(&wallet, "k", 1.0)).await, "TRANSACTION_ERROR/NONIDENTICAL_REQUEST");
    advance(10).await;
    assert_eq!(status(&lab, &id).await, "EXECUTED");
    assert_eq!(balance(&lab, &wallet).await, (json!(40), json!(40)));
    // The money of a failed or blocked payout is available again.
    for (end, more) in [("FAILED", json!({"failure_reason": "EXPIRED"})), ("BLOCKED", json!({}))] {
        let id = lab.call(EXECUTE, payout(&wallet, end, 25.0)).await["transaction_id"].clone();
        assert_eq!(balance(&lab, &wallet).await, (json!(40), json!(15)));
        let path = format!("wallet_transactions/{}/status", text(&id));
        let (refused, answer) = lab.ask("POST", &path, json!({"status": "SETTLED"})).await;
        assert!(refused == 400 && answer["help"].as_str().is_some_and(|help| help.contains("FAILED")), "{answer}");
        lab.control(&path, merged(json!({"status": end}), more.clone())).await;
        assert_eq!(balance(&lab, &wallet).await, (json!(40), json!(40)));
        advance(60).await;
        let got = lab.call(GET, json!({"transaction_id": id})).await;
        let reason = more.get("failure_reason").cloned().unwrap_or_default();
        assert_eq!((&got["status"], &got["failure_reason"]), (&json!(end), &reason));
    }
    advance(24 * 3600).await;
    let other = lab.call(EXECUTE, merged(body, json!({"amount": {"iso_currency_code": "GBP", "value": 1}}))).await;
    assert_ne!(other["transaction_id"], id, "the key is forgotten");
}

#[tokio::test]
async fn money_comes_back_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let wallet = wallet(&lab, "GBP").await;
    let path = |verb: &str| format!("wallets/{}/{verb}", text(&wallet["wallet_id"]));
    let back = async |id: &Value| lab.ask("POST", &format!("wallet_transactions/{}/return", text(id)), json!({})).await;
    let transfer =
        lab.control(&path("fund"), json!({"amount": "20.00", "name": "Bob"})).await["transaction_id"].clone();
    lab.control(&path("fund"), json!({"amount": "50.00", "own": true})).await;
    let out = lab.call(EXECUTE, payout(&wallet, "a", 30.0)).await["transaction_id"].clone();
    let (done, returned) = back(&out).await;
    assert_eq!(done, 200, "{returned}");
    let returned = lab.call(GET, json!({"transaction_id": returned["transaction_id"]})).await;
    assert_eq!((&returned["type"], &returned["status"]), (&json!("RETURN"), &json!("SETTLED")));
    assert_eq!(returned["related_transactions"], json!([{"id": out, "type": "PAYOUT"}]));
    let first = lab.call(GET, json!({"transaction_id": out})).await;
    assert_eq!(first["related_transactions"], json!([{"id": returned["transaction_id"], "type": "RETURN"}]));
    assert_eq!(back(&out).await.0, 400, "it has come back");
    assert_eq!(balance(&lab, &wallet).await, (json!(70), json!(70)));
    let (_, refunded) = back(&transfer).await;
    assert_eq!(lab.call(GET, json!({"transaction_id": refunded["transaction_id"]})).await["type"], "AUTO_REFUND");
    let swept = lab.control(&path("sweep"), json!({"amount": "40.00"})).await["transaction_id"].clone();
    assert_eq!(lab.call(GET, json!({"transaction_id": swept})).await["type"], "FUNDS_SWEEP");
    let (refused, answer) = lab.ask("POST", &path("sweep"), json!({"amount": "10.01"})).await;
    assert!(refused == 400 && answer.to_string().contains("TRANSACTION_INSUFFICIENT_FUNDS"), "{answer}");
    let id = payment(&lab, &wallet["recipient_id"], json!({})).await;
    let settled = json!({"payment_id": id, "status": "PAYMENT_STATUS_SETTLED", "webhook": HOOK});
    lab.call("/sandbox/payment/simulate", settled).await;
    let paid = lab.call("/payment_initiation/payment/get", json!({"payment_id": id})).await["transaction_id"].clone();
    let (_, recalled) = back(&paid).await;
    assert_eq!(lab.call(GET, json!({"transaction_id": recalled["transaction_id"]})).await["type"], "RECALL");
    assert_eq!(balance(&lab, &wallet).await, (json!(10), json!(10)));
}

#[tokio::test]
async fn transactions_are_listed_in_pages_and_by_time() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let wallet = funded(&lab, "GBP", "100.00").await;
    let other = funded(&lab, "GBP", "1.00").await;
    for hour in 0..4 {
        lab.control("clock/advance", json!({"seconds": 3600})).await;
        lab.call(EXECUTE, payout(&wallet, &format!("k{hour}"), 1.0 + f64::from(hour))).await;
    }
    let list = async |more: Value| lab.call(LIST, merged(json!({"wallet_id": wallet["wallet_id"]}), more)).await;
    let values = |page: &Value| -> Vec<Value> {
        page["transactions"].as_array().into_iter().flatten().map(|one| one["amount"]["value"].clone()).collect()
    };
    let all = values(&list(json!({})).await);
    assert_eq!(all, [json!(4), json!(3), json!(2), json!(1), json!(100)]);
    let first = list(json!({"count": 3})).await;
    let second = list(json!({"count": 3, "cursor": first["next_cursor"]})).await;
    assert_eq!([values(&first), values(&second)].concat(), all);
    assert_eq!(second.get("next_cursor"), None);
    let between = json!({"options": {"start_time": "2026-11-27T14:00:00Z", "end_time": "2026-11-27T15:00:00Z"}});
    assert_eq!(values(&list(between).await), [json!(3), json!(2)], "both ends count");
    assert_eq!(
        lab.call(LIST, json!({"wallet_id": other["wallet_id"]})).await["transactions"].as_array().map(Vec::len),
        Some(1)
    );
    let foreign = json!({"wallet_id": other["wallet_id"], "cursor": first["next_cursor"]});
    assert_eq!(lab.fail(LIST, foreign).await, INVALID);
    let wrong = json!({"wallet_id": wallet["wallet_id"], "options": {"start_time": "yesterday"}});
    assert_eq!(lab.fail(LIST, wrong).await, INVALID);
}

#[tokio::test]
async fn an_export_keeps_what_is_on_its_way() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    let wallet = funded(&lab, "GBP", "100.00").await;
    let body = payout(&wallet, "k", 60.0);
    let id = lab.call(EXECUTE, body.clone()).await["transaction_id"].clone();
    let paid = payment(&lab, &wallet["recipient_id"], json!({})).await;
    let token = link_token(&lab, json!({"payment_id": paid})).await;
    lab.control("link/complete", json!({"link_token": token})).await;
    let (_, export) = lab.ask("GET", "export", json!({})).await;
    let other = Lab::start(Emulator::builder().frozen_at(noon()).pace(Pace::SANDBOX)).await;
    other.control("import", export).await;
    assert_eq!(balance(&other, &wallet).await, (json!(100), json!(40)));
    assert_eq!(other.fail(EXECUTE, body).await, "TRANSACTION_ERROR/REQUEST_CONFLICT", "the key is known");
    other.control("clock/advance", json!({"seconds": 60})).await;
    assert_eq!(status(&other, &id).await, "EXECUTED");
    assert_eq!(balance(&other, &wallet).await, (json!(50.5), json!(50.5)), "the payment has settled");
}
