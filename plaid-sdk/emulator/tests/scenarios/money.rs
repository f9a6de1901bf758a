//! Tokens, scores and verifications: states, idempotency, webhooks.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::json;

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
