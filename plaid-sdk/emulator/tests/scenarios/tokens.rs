//! OAuth tokens, third-party tokens of users, and the tokens of processors.

use crate::support::{CLIENT_ID, Lab, merged};
use chrono::TimeDelta;
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

async fn is_active(lab: &Lab, token: &Value) -> bool {
    let shown = lab.call("/oauth/introspect", json!({"token": token})).await;
    shown["active"].as_bool().expect("a flag")
}

#[tokio::test]
async fn an_access_token_ends_and_a_refresh_token_gives_others_with_no_more_scope() {
    let lab = Lab::start(Emulator::builder()).await;
    lab.control("clock/freeze", json!({})).await;
    let first =
        lab.call("/oauth/token", json!({"grant_type": "client_credentials", "scope": "user:read exchange"})).await;
    assert_eq!((&first["token_type"], &first["expires_in"]), (&json!("Bearer"), &json!(900)));
    let shown = lab.call("/oauth/introspect", json!({"token": first["access_token"]})).await;
    assert_eq!((&shown["scope"], &shown["client_id"]), (&json!("user:read exchange"), &json!(CLIENT_ID)));
    let lives = shown["exp"].as_i64().expect("an end") - shown["iat"].as_i64().expect("a start");
    assert_eq!(lives, 900);
    lab.tenant().advance(TimeDelta::seconds(900)).expect("it advances");
    assert!(!is_active(&lab, &first["access_token"]).await && is_active(&lab, &first["refresh_token"]).await);

    let refresh =
        |scope: Value| json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"], "scope": scope});
    let second = lab.call("/oauth/token", refresh(json!("user:read"))).await;
    assert!(is_active(&lab, &second["access_token"]).await);
    assert_eq!(lab.call("/oauth/introspect", json!({"token": second["access_token"]})).await["scope"], "user:read");
    assert_eq!(lab.fail("/oauth/token", refresh(json!("user:write"))).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail("/oauth/token", refresh(json!("world:own"))).await, "INVALID_REQUEST/INVALID_FIELD");
    let none = json!({"grant_type": "refresh_token"});
    assert_eq!(lab.fail("/oauth/token", none).await, "INVALID_REQUEST/MISSING_FIELDS");
    let access = json!({"grant_type": "refresh_token", "refresh_token": second["access_token"]});
    assert_eq!(lab.fail("/oauth/token", access).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn an_exchanged_token_names_its_user_and_ends_with_the_token_that_it_comes_from() {
    let lab = Lab::start(Emulator::builder()).await;
    let user = lab.call("/user/create", json!({"client_user_id": "ann"})).await;
    let exchange = |kind: &str, subject: &Value, audience: &str| {
        json!({
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": subject,
            "subject_token_type": kind, "audience": audience, "scope": "user:read exchange",
        })
    };
    let of_user = exchange("urn:plaid:params:tokens:user", &user["user_token"], CLIENT_ID);
    let first = lab.call("/oauth/token", of_user).await;
    let shown = lab.call("/oauth/introspect", json!({"token": first["access_token"]})).await;
    assert_eq!((&shown["user_id"], &shown["aud"]), (&user["user_id"], &json!(CLIENT_ID)));
    let other = exchange("urn:plaid:params:tokens:user", &user["user_token"], "0123456789abcdef00000000");
    assert_eq!(lab.fail("/oauth/token", other).await, "INVALID_REQUEST/INVALID_FIELD");
    let nobody = exchange("urn:plaid:params:tokens:user", &json!("user-sandbox-nobody"), CLIENT_ID);
    assert_eq!(lab.fail("/oauth/token", nobody).await, "INVALID_INPUT/INVALID_USER_TOKEN");

    let of_token = exchange("urn:plaid:params:oauth:user-token", &first["refresh_token"], "0123456789abcdef00000000");
    let second = lab.call("/oauth/token", of_token.clone()).await;
    let shown = lab.call("/oauth/introspect", json!({"token": second["access_token"]})).await;
    assert_eq!((&shown["user_id"], &shown["aud"]), (&user["user_id"], &json!("0123456789abcdef00000000")));
    let plain = lab.call("/oauth/token", json!({"grant_type": "client_credentials", "scope": "user:read"})).await;
    let without = exchange("urn:plaid:params:oauth:user-token", &plain["refresh_token"], CLIENT_ID);
    assert_eq!(lab.fail("/oauth/token", without).await, "INVALID_REQUEST/INVALID_FIELD");

    lab.call("/oauth/revoke", json!({"token": second["access_token"]})).await;
    assert!(!is_active(&lab, &second["access_token"]).await && is_active(&lab, &second["refresh_token"]).await);
    lab.call("/oauth/revoke", json!({"token": first["refresh_token"]})).await;
    for token in [&first["access_token"], &first["refresh_token"], &second["refresh_token"]] {
        assert!(!is_active(&lab, token).await, "it comes from the revoked one");
    }
    assert_eq!(lab.fail("/oauth/token", of_token).await, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/oauth/revoke", json!({"token": "unknown"})).await;
}

#[tokio::test]
async fn a_form_is_as_good_as_json_for_oauth_and_for_nothing_else() {
    let lab = Lab::start(Emulator::builder()).await;
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let fields =
        format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret=secret&scope=user%3Aread+exchange");
    let (status, token) = lab.raw("/oauth/token", &form, &fields).await;
    assert_eq!(status, 200, "{token}");
    let text = token["access_token"].as_str().expect("a token");
    let fields = format!("client_id={CLIENT_ID}&secret=secret&token={text}");
    let (_, shown) = lab.raw("/oauth/introspect", &form, &fields).await;
    assert_eq!((&shown["active"], &shown["scope"]), (&json!(true), &json!("user:read exchange")));
    let (status, refused) = lab.raw("/oauth/token", &form, &fields).await;
    assert_eq!((status, &refused["error_code"]), (400, &json!("UNKNOWN_FIELDS")));
    let (status, refused) = lab.raw("/item/get", &form, &fields).await;
    assert_eq!((status, &refused["error_code"]), (400, &json!("INVALID_HEADERS")));
}

#[tokio::test]
async fn a_third_party_token_works_until_its_time_or_its_removal() {
    let lab = Lab::start(Emulator::builder()).await;
    lab.control("clock/freeze", json!({})).await;
    let user = lab.call("/user/create", json!({"client_user_id": "ann"})).await["user_id"].clone();
    let end = lab.tenant().now() + TimeDelta::hours(1);
    let body = json!({"user_id": user, "third_party_client_id": "0123456789abcdef00000000"});
    let mut limited = body.clone();
    limited["expiration_time"] = end.to_rfc3339().into();
    let limited = lab.call("/user/third_party_token/create", limited).await["third_party_user_token"].clone();
    let open = lab.call("/user/third_party_token/create", body).await["third_party_user_token"].clone();
    assert_ne!(limited, open);
    let removed = lab.call("/user/third_party_token/remove", json!({"third_party_user_token": open})).await;
    assert_eq!(removed["removed"], true);
    let (status, _) = lab.send("/user/third_party_token/remove", json!({"third_party_user_token": open})).await;
    assert_eq!(status, 400, "it is gone");
    let nobody = json!({"user_id": "usr_nobody", "third_party_client_id": "0123456789abcdef00000000"});
    assert_eq!(lab.fail("/user/third_party_token/create", nobody).await, "USER_ERROR/USER_NOT_FOUND");
}

/// The reads that a processor has, each with the product that it needs.
const READS: [(&str, &str); 6] = [
    ("/processor/auth/get", "auth"),
    ("/processor/balance/get", "balance"),
    ("/processor/identity/get", "identity"),
    ("/processor/transactions/get", "transactions"),
    ("/processor/transactions/sync", "transactions"),
    ("/processor/transactions/recurring/get", "transactions"),
];

#[tokio::test]
async fn a_processor_reads_one_account_as_far_as_its_permissions_go() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item_for(&["auth", "identity", "transactions"], "user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await["accounts"].clone();
    let account = accounts[0]["account_id"].clone();
    let body = json!({"access_token": access, "account_id": account, "processor": "dwolla"});
    let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
    let named = json!({"processor_token": token});
    let read = lab.call("/processor/account/get", named.clone()).await;
    assert_eq!((&read["account"]["account_id"], &read["institution_id"]), (&account, &json!("ins_109508")));
    assert_eq!(lab.call("/processor/token/permissions/get", named.clone()).await["products"], json!([]));
    let request = |path: &str| match path {
        "/processor/transactions/get" => {
            merged(named.clone(), json!({"start_date": "2026-01-01", "end_date": "2026-12-31"}))
        }
        _ => named.clone(),
    };
    for (path, _) in READS {
        let (status, body) = lab.send(path, request(path)).await;
        assert_eq!(status, 200, "{path}: {body}");
    }
    lab.call("/processor/token/permissions/set", json!({"processor_token": token, "products": ["auth"]})).await;
    assert_eq!(lab.call("/processor/token/permissions/get", named.clone()).await["products"], json!(["auth"]));
    for (path, product) in READS {
        let (status, body) = lab.send(path, request(path)).await;
        match product {
            "auth" => assert_eq!(status, 200, "{path}: {body}"),
            _ => assert_eq!(body["error_code"], "PRODUCT_NOT_ENABLED", "{path}"),
        }
    }
    lab.call("/processor/token/permissions/set", json!({"processor_token": token, "products": []})).await;
    lab.call("/processor/balance/get", named.clone()).await;

    let url = json!({"processor_token": token, "webhook": "http://127.0.0.1:9/processor"});
    lab.call("/processor/token/webhook/update", url).await;
    let told = lab.tenant().webhooks().into_iter().find(|one| one.kind == "PROCESSOR_TOKEN").expect("a webhook");
    let body: Value = serde_json::from_str(&told.body).expect("JSON");
    assert_eq!((&body["account_id"], told.code.as_str()), (&account, "WEBHOOK_UPDATE_ACKNOWLEDGED"));
    let wrong = json!({"processor_token": token, "webhook": "no url"});
    assert_eq!(lab.fail("/processor/token/webhook/update", wrong).await, "INVALID_REQUEST/INVALID_FIELD");

    let foreign = json!({"access_token": access, "account_id": "another", "processor": "dwolla"});
    assert_eq!(lab.fail("/processor/token/create", foreign).await, "INVALID_REQUEST/INVALID_FIELD");
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/processor/auth/get", named.clone()).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    lab.call("/item/remove", json!({"access_token": access})).await;
    for path in
        READS.iter().map(|(path, _)| *path).chain(["/processor/account/get", "/processor/token/permissions/get"])
    {
        assert_eq!(lab.fail(path, request(path)).await, "INVALID_INPUT/INVALID_PROCESSOR_TOKEN", "{path}");
    }
}

#[tokio::test]
async fn a_processor_is_told_of_its_account_what_the_application_is_told_of_the_item() {
    let lab = Lab::start(Emulator::builder().pace(Pace::SANDBOX)).await;
    lab.control("clock/freeze", json!({})).await;
    let access = lab.item("user_transactions_dynamic", json!({})).await;
    let list = lab.call("/accounts/get", json!({"access_token": access})).await;
    for account in list["accounts"].as_array().expect("accounts") {
        let body = json!({"access_token": access, "account_id": account["account_id"], "processor": "dwolla"});
        let token = lab.call("/processor/token/create", body).await["processor_token"].clone();
        let url = json!({"processor_token": token, "webhook": "http://127.0.0.1:9/processor"});
        lab.call("/processor/token/webhook/update", url).await;
        lab.call("/processor/transactions/sync", json!({"processor_token": token})).await;
    }
    lab.tenant().advance(TimeDelta::seconds(60)).expect("it advances");
    lab.call("/transactions/refresh", json!({"access_token": access})).await;
    let fire = json!({
        "access_token": access, "webhook_type": "TRANSACTIONS", "webhook_code": "RECURRING_TRANSACTIONS_UPDATE",
    });
    lab.call("/item/webhook/update", json!({"access_token": access, "webhook": "http://127.0.0.1:9/item"})).await;
    lab.call("/sandbox/item/fire_webhook", fire).await;
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.kind == "TRANSACTIONS");
    let bodies = all.map(|one| serde_json::from_str::<Value>(&one.body).expect("JSON"));
    let of_processors: Vec<Value> = bodies.filter(|body| body.get("item_id").is_none()).collect();
    let accounts: Vec<&Value> =
        list["accounts"].as_array().into_iter().flatten().map(|one| &one["account_id"]).collect();
    assert!(
        of_processors.iter().all(|body| accounts.contains(&&body["account_id"]) && body.get("account_ids").is_none())
    );
    for code in
        ["INITIAL_UPDATE", "HISTORICAL_UPDATE", "SYNC_UPDATES_AVAILABLE", "DEFAULT_UPDATE", "TRANSACTIONS_REMOVED"]
    {
        assert!(of_processors.iter().any(|body| body["webhook_code"] == code), "{code}");
    }
}
