//! What is decided about a proposed transfer, and how long the decision can be used.

use super::{AUTHORIZE, CREATE, Client, INVALID_FIELD, UNKNOWN};
use crate::support::merged;
use plaid_emulator::{Emulator, LoginRequired, TransferRules};
use serde_json::{Value, json};

fn decided(authorization: &Value) -> (&str, Option<&str>) {
    let code = authorization["decision_rationale"]["code"].as_str();
    (authorization["decision"].as_str().unwrap_or_default(), code)
}

#[tokio::test]
async fn balances_of_the_account_and_the_ledger_decide() {
    let client = Client::start(Emulator::builder()).await;
    for (kind, amount, expected) in [
        ("debit", "100.00", ("approved", None)),
        ("debit", "100.01", ("declined", Some("NSF"))),
        ("credit", "100.00", ("approved", None)),
        // The ledger begins with 100.00.
        ("credit", "100.01", ("declined", Some("NSF"))),
    ] {
        let made = client.authorize(kind, amount, json!({})).await;
        assert_eq!(decided(&made), expected, "{kind} {amount}");
        assert_eq!(made["proposed_transfer"]["amount"], amount);
        let (status, answer) = client.lab.send(CREATE, client.order(&made, json!({}))).await;
        assert_eq!(status == 200, expected.0 == "approved", "{kind} {amount}: {answer}");
        assert!(status == 200 || answer["error_code"] == "INVALID_FIELD");
    }
    let empty = json!({"account": "0000", "available": 0, "current": 0});
    client.lab.control(&format!("items/{}/balances", client.access), empty).await;
    assert_eq!(decided(&client.authorize("debit", "1.00", json!({})).await), ("declined", Some("RISK")));
}

#[tokio::test]
async fn a_login_that_does_not_work_is_decided_by_the_rule() {
    let client = Client::start(Emulator::builder()).await;
    client.lab.call("/sandbox/item/reset_login", json!({"access_token": client.access})).await;
    let key = json!({"idempotency_key": "once"});
    let first = client.authorize("debit", "1.00", key.clone()).await;
    assert_eq!(decided(&first), ("user_action_required", Some("ITEM_LOGIN_REQUIRED")));
    assert_eq!(client.lab.fail(CREATE, client.order(&first, json!({}))).await, INVALID_FIELD);
    // Credits don't need to look at the account.
    assert_eq!(decided(&client.authorize("credit", "1.00", json!({})).await), ("approved", None));
    client.lab.control("transfers/rules", json!({"login_required": "approved"})).await;
    let made = client.authorize("debit", "1.00", json!({})).await;
    assert_eq!(decided(&made), ("approved", Some("ITEM_LOGIN_REQUIRED")));
    client.lab.control(&format!("items/{}/repair", client.access), json!({})).await;
    // The key of a decision that waited for the user is free.
    let second = client.authorize("debit", "1.00", key.clone()).await;
    assert_eq!(decided(&second), ("approved", None));
    assert_eq!(client.authorize("debit", "1.00", key).await["id"], second["id"]);
    assert_ne!(second["id"], first["id"]);

    let broken = json!({"error_type": "INSTITUTION_ERROR", "error_code": "INSTITUTION_DOWN"});
    client.lab.control(&format!("items/{}/break", client.access), broken).await;
    assert_eq!(decided(&client.authorize("debit", "1.00", json!({})).await), ("approved", Some("ERROR")));
    let (status, refused) = client.lab.ask("POST", "transfers/rules", json!({"login_required": "maybe"})).await;
    assert!(status == 400 && refused["help"].as_str().is_some_and(|help| help.contains("approved")), "{refused}");

    let rules = TransferRules { login_required: LoginRequired::Approved, ..TransferRules::default() };
    let client = Client::start(Emulator::builder().transfer_rules(rules)).await;
    client.lab.call("/sandbox/item/reset_login", json!({"access_token": client.access})).await;
    let made = client.authorize("debit", "1.00", json!({})).await;
    assert_eq!(decided(&made), ("approved", Some("ITEM_LOGIN_REQUIRED")));
}

#[tokio::test]
async fn a_user_repairs_the_item_of_an_authorization_in_link() {
    let client = Client::start(Emulator::builder()).await;
    client.lab.call("/sandbox/item/reset_login", json!({"access_token": client.access})).await;
    let key = json!({"idempotency_key": "once"});
    let waiting = client.authorize("debit", "1.00", key.clone()).await;
    assert_eq!(waiting["decision"], "user_action_required");
    let of = |id: &Value| json!({"products": ["transfer"], "transfer": {"authorization_id": id}});
    let token = client.lab.link_token(of(&waiting["id"])).await;
    client.lab.control("link/complete", json!({"link_token": token})).await;
    assert_eq!(client.authorize("debit", "1.00", key).await["decision"], "approved");
    let path = "/link/token/create";
    let unknown = crate::support::link_request(of(&json!(UNKNOWN)));
    assert_eq!(client.lab.fail(path, unknown).await, INVALID_FIELD);
    let others = merged(of(&waiting["id"]), json!({"products": ["transfer", "auth"]}));
    assert_eq!(client.lab.fail(path, crate::support::link_request(others)).await, INVALID_FIELD);
    client.lab.call("/item/remove", json!({"access_token": client.access})).await;
    let removed = client.lab.fail(path, crate::support::link_request(of(&waiting["id"]))).await;
    assert_eq!(removed, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn numbers_that_were_entered_are_not_looked_at() {
    let client = Client::start(Emulator::builder()).await;
    let lab = &client.lab;
    let migrate = json!({"account_number": "100000000", "routing_number": "121122676", "account_type": "checking"});
    let migrated = lab.call("/transfer/migrate_account", migrate).await;
    let own = json!({"access_token": migrated["access_token"], "account_id": migrated["account_id"]});
    let made = client.authorize("debit", "500.00", own).await;
    assert_eq!(decided(&made), ("approved", Some("MIGRATED_ACCOUNT_ITEM")));

    let token = lab.link_token(json!({"auth": {"same_day_microdeposits_enabled": true}})).await;
    let numbers = json!({"account": "1111222233330000", "routing": "110000000"});
    let done = lab.control("link/complete", json!({"link_token": token, "numbers": numbers})).await;
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let of = json!({"access_token": item["access_token"]});
    let account = lab.call("/accounts/get", of.clone()).await["accounts"][0]["account_id"].clone();
    let own = merged(of, json!({"account_id": account}));
    assert_eq!(decided(&client.authorize("debit", "1.00", own.clone()).await), ("declined", Some("RISK")));
    let update = lab.link_token(json!({"access_token": item["access_token"]})).await;
    lab.control("link/complete", json!({"link_token": update, "code": "ABC"})).await;
    let made = client.authorize("debit", "1.00", merged(own.clone(), json!({"request_guarantee": true}))).await;
    assert_eq!(decided(&made), ("approved", Some("MANUALLY_VERIFIED_ITEM")));
    assert_eq!(made["guarantee_decision"], "NOT_GUARANTEED");
    assert_eq!(made["guarantee_decision_rationale"]["code"], "RISK_ESTIMATE_UNAVAILABLE");
    // A credit is approved without a look at the ledger, and then there is too little on it.
    let credit = client.authorize("credit", "100.01", own.clone()).await;
    let order = merged(client.order(&credit, json!({})), own);
    assert_eq!(client.lab.fail(CREATE, order).await, INVALID_FIELD);
}

#[tokio::test]
async fn limits_of_the_client_are_counted() {
    let noon = "2026-11-28T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon)).await;
    let limits = json!({"single": 50, "daily": 80, "monthly": 120});
    client.lab.control("transfers/rules", json!({"limits": limits})).await;
    let limited = ("declined", Some("TRANSFER_LIMIT_REACHED"));
    assert_eq!(decided(&client.authorize("debit", "50.01", json!({})).await), limited, "at once");
    let first = client.transfer("debit", "50.00", json!({})).await;
    assert_eq!(decided(&client.authorize("debit", "30.01", json!({})).await), limited, "on a day");
    assert_eq!(
        decided(&client.authorize("credit", "30.01", json!({})).await),
        ("approved", None),
        "credits are others"
    );
    client.transfer("debit", "30.00", json!({})).await;
    client.lab.control("clock/advance", json!({"seconds": 86_400})).await;
    assert_eq!(decided(&client.authorize("debit", "40.01", json!({})).await), limited, "in a month");
    client.lab.call("/transfer/cancel", json!({"transfer_id": first["id"]})).await;
    assert_eq!(decided(&client.authorize("debit", "40.01", json!({})).await), ("approved", None));
    client.lab.control("clock/advance", json!({"to": "2026-12-01T12:00:00Z"})).await;
    assert_eq!(decided(&client.authorize("debit", "50.00", json!({})).await), ("approved", None), "another month");
}

#[tokio::test]
async fn what_can_not_be_proposed_is_refused() {
    let client = Client::start(Emulator::builder()).await;
    let account = |index: usize| json!({"account_id": client.accounts[index]["account_id"]});
    let network = |name: &str| json!({"network": name});
    let limit = "TRANSFER_ERROR/TRANSFER_NETWORK_LIMIT_EXCEEDED";
    let class = "TRANSFER_ERROR/TRANSFER_FORBIDDEN_ACH_CLASS";
    let kind = "TRANSFER_ERROR/TRANSFER_UNSUPPORTED_ACCOUNT_TYPE";
    let refusals = [
        ("debit", "1.00", account(3), kind),
        ("debit", "1.00", account(2), kind),
        ("debit", "1.00", json!({"account_id": "x"}), "INVALID_INPUT/INVALID_ACCOUNT_ID"),
        ("debit", "1.00", json!({"access_token": "x"}), "INVALID_INPUT/INVALID_ACCESS_TOKEN"),
        ("credit", "1.00", json!({"ach_class": "web"}), class),
        ("credit", "1.00", json!({"ach_class": "tel"}), class),
        ("debit", "1.00", json!({"ach_class": null}), "INVALID_REQUEST/MISSING_FIELDS"),
        ("debit", "10000000.01", json!({}), limit),
        ("debit", "1000000.01", network("same-day-ach"), limit),
        ("credit", "1000000.01", network("rtp"), limit),
        ("debit", "3500.01", network("rtp"), limit),
        ("credit", "1000000.00", network("wire"), limit),
        ("debit", "1.00", network("wire"), INVALID_FIELD),
        // The account with the mask 9002 has no instant payments.
        ("debit", "1.00", merged(network("rtp"), account(10)), INVALID_FIELD),
        ("debit", "1.001", json!({}), INVALID_FIELD),
        ("debit", "1", json!({}), INVALID_FIELD),
        ("debit", ".50", json!({}), INVALID_FIELD),
        ("debit", "0.00", json!({}), INVALID_FIELD),
        ("debit", "-1.00", json!({}), INVALID_FIELD),
        ("debit", "79228162514264337593543950335.00", json!({}), INVALID_FIELD),
        ("debit", "1.00", json!({"iso_currency_code": "EUR"}), INVALID_FIELD),
        ("debit", "1.00", json!({"ledger_id": UNKNOWN}), INVALID_FIELD),
        ("debit", "1.00", json!({"test_clock_id": UNKNOWN}), INVALID_FIELD),
        (
            "debit",
            "1.00",
            json!({"originator_client_id": "abcdefabcdefabcdefabcdef"}),
            "TRANSFER_ERROR/TRANSFER_ORIGINATOR_NOT_FOUND",
        ),
    ];
    for (kind, amount, more, error) in refusals {
        assert_eq!(
            client.lab.fail(AUTHORIZE, client.proposal(kind, amount, more.clone())).await,
            error,
            "{amount} {more}"
        );
    }
    // Without a use case other networks work, and business accounts of `ccd` too.
    let rtp = json!({"network": "rtp", "ach_class": null});
    assert_eq!(decided(&client.authorize("debit", "1.00", rtp).await), ("approved", None));
    assert_eq!(decided(&client.authorize("debit", "1.00", json!({"ach_class": "ccd"})).await), ("approved", None));
    let item = client.lab.call("/item/get", json!({"access_token": client.access})).await["item"].clone();
    assert!(item["billed_products"].as_array().is_some_and(|all| all.contains(&json!("transfer"))), "{item}");
    client.lab.call("/item/remove", json!({"access_token": client.access})).await;
    let removed = client.lab.fail(AUTHORIZE, client.proposal("debit", "1.00", json!({}))).await;
    assert_eq!(removed, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn money_moves_for_an_originator_that_is_approved() {
    let client = Client::start(Emulator::builder()).await;
    for (digit, is_approved) in [("1", true), ("2", false), ("3", false), ("4", false)] {
        let body = client.proposal("debit", "1.00", json!({"originator_client_id": digit.repeat(24)}));
        if is_approved {
            client.lab.call(AUTHORIZE, body).await;
        } else {
            assert_eq!(client.lab.fail(AUTHORIZE, body).await, "TRANSFER_ERROR/INCOMPLETE_CUSTOMER_ONBOARDING");
        }
    }
}

#[tokio::test]
async fn a_payment_profile_whose_user_has_to_log_in_is_not_debited() {
    let client = Client::start(Emulator::builder()).await;
    let lab = &client.lab;
    let token = lab.call("/payment_profile/create", json!({})).await["payment_profile_token"].clone();
    let named = json!({"payment_profile_token": token});
    let body = client.proposal("debit", "1.00", named.clone());
    assert_eq!(lab.fail(AUTHORIZE, body).await, INVALID_FIELD, "it has not been in Link");
    let link = async || {
        let link = lab.link_token(json!({"products": ["transfer"], "transfer": named})).await;
        lab.control("link/complete", json!({"link_token": link})).await;
    };
    link().await;
    assert_eq!(client.authorize("debit", "1.00", named.clone()).await["decision"], "approved");
    lab.call("/sandbox/payment_profile/reset_login", named.clone()).await;
    let broken = client.authorize("debit", "1.00", named.clone()).await;
    assert_eq!(
        (&broken["decision"], &broken["decision_rationale"]["code"]),
        (&json!("user_action_required"), &json!("PAYMENT_PROFILE_LOGIN_REQUIRED"))
    );
    assert_eq!(client.authorize("credit", "1.00", named.clone()).await["decision"], "approved");
    link().await;
    assert_eq!(client.authorize("debit", "1.00", named.clone()).await["decision"], "approved");
    lab.call("/payment_profile/remove", named.clone()).await;
    assert_eq!(lab.fail(AUTHORIZE, client.proposal("debit", "1.00", named)).await, INVALID_FIELD, "it was removed");
}

#[tokio::test]
async fn permission_that_was_taken_back_and_blocked_accounts_are_errors() {
    let client = Client::start(Emulator::builder()).await;
    let returned = client.transfer("debit", "20.00", json!({})).await;
    client.simulate(&returned, &["posted"]).await;
    let closed = json!({
        "transfer_id": returned["id"], "event_type": "returned",
        "failure_reason": {"failure_code": "R02", "description": "account closed"},
    });
    client.lab.call(super::SIMULATE, closed).await;
    let blocked = client.lab.fail(AUTHORIZE, client.proposal("debit", "1.00", json!({}))).await;
    assert_eq!(blocked, "TRANSFER_ERROR/TRANSFER_ACCOUNT_BLOCKED");
    let other = json!({"account_id": client.accounts[1]["account_id"]});
    assert_eq!(decided(&client.authorize("debit", "1.00", other.clone()).await), ("approved", None));
    client.lab.control(&format!("items/{}/revoke", client.access), json!({})).await;
    let revoked = client.lab.fail(AUTHORIZE, client.proposal("debit", "1.00", other)).await;
    assert_eq!(revoked, "ITEM_ERROR/USER_PERMISSION_REVOKED");
}

#[tokio::test]
async fn an_authorization_can_be_used_for_an_hour_and_its_key_stands_for_two_days() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon)).await;
    let key = json!({"idempotency_key": "k"});
    let made = client.authorize("debit", "5.00", key.clone()).await;
    assert_eq!(made["created"], "2026-11-30T12:00:00Z");
    let other = client.authorize("debit", "6.00", json!({"idempotency_key": "l"})).await;
    client.lab.control("clock/advance", json!({"seconds": 3_599})).await;
    client.lab.call(CREATE, client.order(&other, json!({}))).await;
    client.lab.control("clock/advance", json!({"seconds": 1})).await;
    assert_eq!(client.lab.fail(CREATE, client.order(&made, json!({}))).await, INVALID_FIELD, "it is too old");
    // Another request with the key gets the old authorization.
    let again = client.authorize("debit", "7.00", key.clone()).await;
    assert_eq!(again, made);
    client.lab.control("clock/advance", json!({"seconds": 47 * 3_600 - 1})).await;
    assert_eq!(client.authorize("debit", "7.00", key.clone()).await, made);
    client.lab.control("clock/advance", json!({"seconds": 1})).await;
    let new = client.authorize("debit", "7.00", key).await;
    assert_ne!(new["id"], made["id"]);
    client.lab.call(CREATE, client.order(&new, json!({}))).await;
}

#[tokio::test]
async fn an_authorization_makes_one_transfer_and_can_be_cancelled_before() {
    let client = Client::start(Emulator::builder()).await;
    let cancel = |authorization: &Value| json!({"authorization_id": authorization["id"]});
    let path = "/transfer/authorization/cancel";
    let open = client.authorize("debit", "7.00", json!({})).await;
    client.lab.call(path, cancel(&open)).await;
    assert_eq!(client.lab.fail(path, cancel(&open)).await, INVALID_FIELD);
    assert_eq!(client.lab.fail(CREATE, client.order(&open, json!({}))).await, INVALID_FIELD);
    assert_eq!(client.lab.fail(path, json!({"authorization_id": UNKNOWN})).await, INVALID_FIELD);
    assert_eq!(client.lab.fail(path, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");

    let used = client.authorize("debit", "7.00", json!({})).await;
    let foreign = json!({"account_id": client.accounts[1]["account_id"]});
    for (more, error) in [
        (foreign, INVALID_FIELD),
        (json!({"account_id": "x"}), "INVALID_INPUT/INVALID_ACCOUNT_ID"),
        (json!({"authorization_id": UNKNOWN}), INVALID_FIELD),
        (json!({"amount": "7.01"}), INVALID_FIELD),
        (json!({"amount": "seven"}), INVALID_FIELD),
        (json!({"description": "elevenchars"}), INVALID_FIELD),
        (json!({"description": ""}), INVALID_FIELD),
        (json!({"facilitator_fee": "7.01"}), INVALID_FIELD),
        (json!({"metadata": {"k": "\u{e9}"}}), INVALID_FIELD),
        (json!({"metadata": {"a-key-of-more-than-forty-characters-is-too-long": "v"}}), INVALID_FIELD),
    ] {
        assert_eq!(client.lab.fail(CREATE, client.order(&used, more.clone())).await, error, "{more}");
    }
    let order = client.order(&used, json!({"amount": "6.50", "metadata": {"order": "7"}}));
    let made = client.lab.call(CREATE, order.clone()).await["transfer"].clone();
    assert_eq!((&made["amount"], &made["metadata"]["order"]), (&json!("6.50"), &json!("7")));
    assert_eq!(client.lab.call(CREATE, order).await["transfer"], made, "the authorization is the key");
    assert_eq!(client.lab.fail(path, cancel(&used)).await, INVALID_FIELD);
    assert_eq!(client.events().await, ["pending"]);
}

#[tokio::test]
async fn late_transfers_of_the_same_day_go_on_a_later_one() {
    // 14:59 in New York.
    let time = "2026-11-30T19:59:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(time)).await;
    let same_day = json!({"network": "same-day-ach"});
    let early = client.transfer("debit", "1.00", same_day.clone()).await;
    assert_eq!((&early["network"], &early["expected_settlement_date"]), (&json!("same-day-ach"), &json!("2026-11-30")));
    client.lab.control("clock/advance", json!({"seconds": 60})).await;
    let late = client.transfer("debit", "1.00", same_day).await;
    assert_eq!((&late["network"], &late["expected_settlement_date"]), (&json!("ach"), &json!("2026-12-01")));
    assert_eq!(late["standard_return_window"], "2026-12-04");
    assert_eq!(late["expected_funds_available_date"], "2026-12-08");
}
