//! Link tokens, sessions and Items over HTTP.

use std::time::Duration;

use crate::support::{self, Lab};
use plaid_emulator::{Emulator, Finish, Login};
use serde_json::json;

const GOOD: Login<'static> = Login { username: "user_good", password: "pass_good" };

fn link_request() -> serde_json::Value {
    support::link_request(json!({"products": ["transactions"]}))
}

#[tokio::test]
async fn a_session_gives_a_public_token_that_can_be_exchanged_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let created = lab.call("/link/token/create", link_request()).await;
    let token = created["link_token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("link-sandbox-"));
    let fresh = lab.call("/link/token/get", json!({"link_token": token})).await;
    assert_eq!(fresh.get("link_sessions"), None);
    assert_eq!(fresh["metadata"]["client_name"], "Acme");

    let finish = Finish { institution: "ins_109508", login: GOOD, masks: Some(vec!["0000".into(), "3333".into()]) };
    let done = lab.tenant().complete_link(&token, finish).expect("a session");
    assert_eq!(done["metadata"]["institution"]["name"], "First Platypus Bank");
    let after = lab.call("/link/token/get", json!({"link_token": token})).await;
    assert_eq!(after["link_sessions"][0]["on_success"]["public_token"], done["public_token"]);

    let public = json!({"public_token": done["public_token"]});
    let item = lab.call("/item/public_token/exchange", public.clone()).await;
    assert!(item["access_token"].as_str().is_some_and(|token| token.starts_with("access-sandbox-")));
    assert_eq!(lab.fail("/item/public_token/exchange", public).await, "INVALID_INPUT/INVALID_PUBLIC_TOKEN");
    let accounts = lab.call("/accounts/get", json!({"access_token": item["access_token"]})).await;
    let masks: Vec<_> = accounts["accounts"].as_array().into_iter().flatten().map(|one| one["mask"].clone()).collect();
    assert_eq!(masks, ["0000", "3333"]);
}

#[tokio::test]
async fn update_mode_repairs_the_same_item() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let before = lab.call("/accounts/get", json!({"access_token": access})).await;
    lab.call("/sandbox/item/reset_login", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/accounts/get", json!({"access_token": access})).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    let broken = lab.call("/item/get", json!({"access_token": access})).await;
    assert_eq!(broken["item"]["error"]["error_code"], "ITEM_LOGIN_REQUIRED");

    let mut request = link_request();
    request["access_token"] = access.as_str().into();
    assert_eq!(lab.fail("/link/token/create", request.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    request.as_object_mut().expect("an object").remove("products");
    let link = lab.call("/link/token/create", request).await;
    let token = link["link_token"].as_str().expect("a token");
    let finish = Finish { institution: "", login: GOOD, masks: None };
    lab.tenant().complete_link(token, finish).expect("a session");
    let after = lab.call("/accounts/get", json!({"access_token": access})).await;
    assert_eq!(after["accounts"], before["accounts"]);
    assert_eq!(after["item"]["item_id"], before["item"]["item_id"]);
}

#[tokio::test]
async fn tokens_of_removed_and_invalidated_items_have_different_errors() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let new = lab.call("/item/access_token/invalidate", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/item/get", json!({"access_token": access})).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");
    let new = json!({"access_token": new["new_access_token"]});
    lab.call("/item/remove", new.clone()).await;
    assert_eq!(lab.fail("/item/get", new).await, "ITEM_ERROR/ITEM_NOT_FOUND");
    let foreign = json!({"access_token": "access-production-1"});
    assert_eq!(lab.fail("/item/get", foreign).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");
}

#[tokio::test]
async fn a_new_webhook_url_is_acknowledged() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let url = "http://127.0.0.1:9/hook";
    let updated = lab.call("/item/webhook/update", json!({"access_token": access, "webhook": url})).await;
    assert_eq!(updated["item"]["webhook"], url);
    let webhook = lab.tenant().await_webhook("ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", Duration::from_secs(5)).await;
    assert!(webhook.expect("a webhook").body.contains("\n  \"new_webhook_url\": \"http://127.0.0.1:9/hook\""));
}

#[tokio::test]
async fn a_product_without_the_users_consent_needs_update_mode() {
    let lab = Lab::start(Emulator::builder()).await;
    let mut request = link_request();
    request["additional_consented_products"] = json!(["auth"]);
    let token = lab.call("/link/token/create", request.clone()).await["link_token"].clone();
    let finish = || Finish { institution: "ins_109508", login: GOOD, masks: None };
    let done = lab.tenant().complete_link(token.as_str().expect("a token"), finish()).expect("a session");
    let public = json!({"public_token": done["public_token"]});
    let access = lab.call("/item/public_token/exchange", public).await["access_token"].clone();
    let item = json!({"access_token": access});
    let shown = lab.call("/item/get", item.clone()).await;
    assert_eq!(shown["item"]["consented_products"], json!(["auth", "transactions"]));
    lab.call("/auth/get", item.clone()).await;
    lab.call("/accounts/balance/get", item.clone()).await;
    assert_eq!(lab.fail("/identity/get", item.clone()).await, "INVALID_INPUT/ADDITIONAL_CONSENT_REQUIRED");

    request.as_object_mut().expect("an object").remove("products");
    request["access_token"] = access;
    request["additional_consented_products"] = json!(["identity"]);
    let token = lab.call("/link/token/create", request).await["link_token"].clone();
    lab.tenant().complete_link(token.as_str().expect("a token"), finish()).expect("a session");
    lab.call("/identity/get", item).await;
}
