//! Issues of institutions, pages that are sent to people, FDX, and whether Plaid knows a person.

use crate::support::Lab;
use chrono::TimeDelta;
use plaid_emulator::{Emulator, Webhook};
use serde_json::{Value, json};

fn bodies(lab: &Lab, kind: &str, code: &str) -> Vec<Value> {
    let all = lab.tenant().webhooks().into_iter().filter(|one: &Webhook| one.kind == kind && one.code == code);
    all.map(|one| serde_json::from_str(&one.body).expect("JSON")).collect()
}

#[tokio::test]
async fn an_issue_of_a_broken_bank_is_found_by_its_session_and_resolved() {
    let lab = Lab::start(Emulator::builder()).await;
    let link = lab.link_token(json!({})).await;
    lab.control("link/select", json!({"link_token": link, "institution_id": "ins_132361"})).await;
    lab.control("link/exit", json!({"link_token": link})).await;
    let shown = lab.call("/link/token/get", json!({"link_token": link})).await["link_sessions"][0].clone();
    let found =
        lab.call("/issues/search", json!({"link_session_id": shown["link_session_id"]})).await["issues"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    let issue = found[0].clone();
    assert_eq!((&issue["status"], &issue["institution_ids"]), (&json!("REPORTED"), &json!(["ins_132361"])));
    let end = &shown["exit"]["metadata"]["request_id"];
    let same = lab.call("/issues/search", json!({"link_session_request_id": end})).await;
    assert_eq!(same["issues"][0]["issue_id"], issue["issue_id"]);
    let other = lab.call("/issues/search", json!({"link_session_id": "nobody"})).await;
    assert_eq!(other["issues"], json!([]));
    assert_eq!(lab.fail("/issues/search", json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");

    let id = issue["issue_id"].as_str().expect("an id").to_owned();
    for url in ["http://127.0.0.1:9/a", "http://127.0.0.1:9/b", "http://127.0.0.1:9/a"] {
        lab.call("/issues/subscribe", json!({"issue_id": id, "webhook": url})).await;
    }
    let wrong = json!({"issue_id": id, "webhook": "no url"});
    assert_eq!(lab.fail("/issues/subscribe", wrong).await, "INVALID_REQUEST/INVALID_FIELD");
    for status in ["AWAITING_RESOLUTION", "FIX_IN_PROGRESS", "FIX_PENDING_VALIDATION", "RESOLVED"] {
        lab.control(&format!("issues/{id}"), json!({"status": status})).await;
        let got = lab.call("/issues/get", json!({"issue_id": id})).await;
        assert_eq!(got["issue"]["status"], status);
    }
    let told = bodies(&lab, "ISSUES", "ISSUE_RESOLVED");
    assert_eq!(told.len(), 2, "each address is told once");
    assert_eq!((&told[0]["issue_id"], &told[0]["institution_id"]), (&json!(id), &json!("ins_132361")));
    let (status, _) = lab.ask("POST", &format!("issues/{id}"), json!({"status": "REPORTED"})).await;
    assert_eq!(status, 400, "nothing follows the end");
    let late = json!({"issue_id": id, "webhook": "http://127.0.0.1:9/c"});
    assert_eq!(lab.fail("/issues/subscribe", late).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail("/issues/get", json!({"issue_id": "none"})).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn an_issue_is_found_by_an_item_of_its_bank_and_may_have_no_repair() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    assert_eq!(lab.call("/issues/search", json!({"item_id": item})).await["issues"], json!([]));
    let made = lab.control("issues", json!({"institution_id": "ins_109508", "summary": "Balances are old"})).await;
    let found = lab.call("/issues/search", json!({"item_id": item})).await["issues"].clone();
    assert_eq!((&found[0]["issue_id"], &found[0]["summary"]), (&made["issue_id"], &json!("Balances are old")));
    let id = made["issue_id"].as_str().expect("an id");
    lab.control(&format!("issues/{id}"), json!({"status": "FIX_IN_PROGRESS"})).await;
    lab.control(&format!("issues/{id}"), json!({"status": "CANNOT_FIX"})).await;
    assert_eq!(lab.call("/issues/get", json!({"issue_id": id})).await["issue"]["status"], "CANNOT_FIX");

    lab.control("dashboard", json!({"webhook": "http://127.0.0.1:9/alert"})).await;
    lab.control("institutions/ins_109508/alert", json!({"success_rate": 0.25})).await;
    let told = bodies(&lab, "DASHBOARD_CONFIGURED_ALERT", "INSTITUTION_STATUS_ALERT_TRIGGERED");
    assert_eq!(told[0]["institution_overall_success_rate"], 0.25);
    let (status, _) = lab.ask("POST", "institutions/ins_109508/alert", json!({"success_rate": 2})).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_page_that_was_sent_to_a_person_says_how_far_they_are() {
    let lab = Lab::start(Emulator::builder()).await;
    lab.control("clock/freeze", json!({})).await;
    let more = json!({"webhook": "http://127.0.0.1:9/link"});
    let link = lab.link_token(more.clone()).await;
    let methods = json!([{"method": "SMS", "address": "+14155550123"}, {"method": "EMAIL", "address": "a@b.example"}]);
    let body = json!({"link_token": link, "options": {"recipient": {"communication_methods": methods}}});
    let sent = lab.call("/link_delivery/create", body).await;
    assert!(sent["link_delivery_url"].as_str().is_some_and(|url| url.contains(&link)));
    let told = bodies(&lab, "LINK_DELIVERY", "DELIVERY_STATUS");
    let of = |index: usize| told[index]["link_delivery_metadata"].clone();
    assert_eq!(of(0), json!({"communication_method": "SMS", "delivery_status": "SUCCESS"}));
    assert_eq!(of(1)["communication_method"], "EMAIL");

    let named = json!({"link_delivery_session_id": sent["link_delivery_session_id"]});
    let got = lab.call("/link_delivery/get", named.clone()).await;
    assert_eq!((&got["status"], &got["completed_at"]), (&json!("CREATED"), &Value::Null));
    lab.control("link/open", json!({"link_token": link})).await;
    assert_eq!(lab.call("/link_delivery/get", named.clone()).await["status"], "OPENED");
    let done = lab.control("link/complete", json!({"link_token": link})).await;
    let exchanged = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    let got = lab.call("/link_delivery/get", named).await;
    assert_eq!((&got["status"], &got["item_ids"]), (&json!("COMPLETED"), &json!([exchanged["item_id"]])));
    assert_eq!(got["access_tokens"], json!([exchanged["access_token"]]));
    assert!(got["completed_at"].is_string());
    let called = bodies(&lab, "LINK_DELIVERY", "LINK_CALLBACK");
    let kinds: Vec<&Value> = called.iter().map(|one| &one["link_callback_metadata"]["callback_type"]).collect();
    assert_eq!(kinds.first(), Some(&&json!("ON_EVENT")));
    assert_eq!(kinds.last(), Some(&&json!("ON_SUCCESS")));
    assert_eq!(called[0]["link_callback_metadata"]["event_name"], "OPEN");
    let last = &called.last().expect("a webhook")["link_callback_metadata"];
    assert_eq!(last["institution"]["institution_id"], "ins_109508");
    let used = lab.fail("/link_delivery/create", json!({"link_token": link})).await;
    assert_eq!(used, "INVALID_REQUEST/INVALID_FIELD");

    let link = lab.link_token(more.clone()).await;
    let sent = lab.call("/link_delivery/create", json!({"link_token": link})).await;
    lab.control("link/exit", json!({"link_token": link})).await;
    let named = json!({"link_delivery_session_id": sent["link_delivery_session_id"]});
    assert_eq!(lab.call("/link_delivery/get", named).await["status"], "EXITED");
    let called = bodies(&lab, "LINK_DELIVERY", "LINK_CALLBACK");
    assert_eq!(called.last().expect("a webhook")["link_callback_metadata"]["callback_type"], "ON_EXIT");

    let link = lab.link_token(more).await;
    let sent = lab.call("/link_delivery/create", json!({"link_token": link})).await;
    lab.tenant().advance(TimeDelta::hours(5)).expect("it advances");
    let named = json!({"link_delivery_session_id": sent["link_delivery_session_id"]});
    assert_eq!(lab.call("/link_delivery/get", named).await["status"], "EXPIRED");
    let late = lab.fail("/link_delivery/create", json!({"link_token": link})).await;
    assert_eq!(late, "INVALID_INPUT/INVALID_LINK_TOKEN");
    let unknown = json!({"link_delivery_session_id": "none"});
    assert_eq!(lab.fail("/link_delivery/get", unknown).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_consent_is_that_of_an_item_and_ends_with_it() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item_for(&["auth", "transactions"], "user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let id = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    let path = format!("/fdx/consents/{}", id.as_str().expect("an id"));
    let (_, consent) = lab.get(&path).await;
    assert_eq!((&consent["id"], &consent["status"]), (&id, &json!("ACTIVE")));
    assert_eq!(consent["resources"].as_array().map(Vec::len), Some(14));
    assert_eq!(
        consent["resources"][0]["dataClusters"],
        json!(["ACCOUNT_BASIC", "BALANCES", "ACCOUNT_PAYMENTS", "TRANSACTIONS"])
    );
    assert_eq!(consent["parties"][2], json!({"name": "First Platypus Bank", "type": "DATA_PROVIDER"}));

    let notice = |number: &str, kind: &str| {
        json!({
            "notificationId": number, "type": kind, "sentOn": "2026-01-01T00:00:00Z", "category": "CONSENT",
            "notificationPayload": {"id": id, "idType": "CONSENT"},
        })
    };
    lab.call("/fdx/notifications", notice("1", "CONSENT_UPDATED")).await;
    assert_eq!(lab.get(&path).await.1["status"], "ACTIVE");
    lab.call("/fdx/notifications", notice("2", "CONSENT_REVOKED")).await;
    assert_eq!(lab.get(&path).await.1["status"], "REVOKED");
    assert_eq!(bodies(&lab, "ITEM", "USER_PERMISSION_REVOKED").len(), 1);
    lab.call("/fdx/notifications", notice("2", "CONSENT_REVOKED")).await;
    assert_eq!(bodies(&lab, "ITEM", "USER_PERMISSION_REVOKED").len(), 1, "the same notification counts once");
    let (status, refused) = lab.get("/fdx/consents/none").await;
    assert_eq!((status, &refused["error_code"]), (404, &json!("NOT_FOUND")));

    let body = json!({"institution_id": "ins_116834", "initial_products": ["transactions"]});
    let public = lab.call("/sandbox/public_token/create", body).await["public_token"].clone();
    let item = lab.call("/item/public_token/exchange", json!({"public_token": public})).await;
    let path = format!("/fdx/consents/{}", item["item_id"].as_str().expect("an id"));
    assert!(lab.get(&path).await.1["expirationTime"].is_string(), "consent ends at European banks");
    lab.tenant().advance(TimeDelta::days(181)).expect("it advances");
    assert_eq!(lab.get(&path).await.1["status"], "EXPIRED");
}

#[tokio::test]
async fn recipients_are_the_registered_applications() {
    let lab = Lab::start(Emulator::builder()).await;
    let (_, list) = lab.get("/fdx/recipients").await;
    let first = list["recipients"][0].clone();
    assert_eq!((list["recipients"].as_array().map(Vec::len), &first["connection_count"]), (Some(3), &json!(0)));
    let auth = json!({"user_auth": {"user_id": "user_good", "auth_token": "pass_good"}, "products": ["transactions"]});
    let access = lab.call("/item/import", auth).await["access_token"].clone();
    let seed = json!({"access_token": access, "application_id": first["recipient_id"]});
    lab.call("/sandbox/item/application/seed", seed).await;
    assert_eq!(lab.get("/fdx/recipients").await.1["recipients"][0]["connection_count"], 1);
    let path = format!("/fdx/recipient/{}", first["recipient_id"].as_str().expect("an id"));
    assert_eq!(lab.get(&path).await.1["client_name"], first["client_name"]);
    assert_eq!(lab.get("/fdx/recipient/none").await.0, 404);
}

#[tokio::test]
async fn a_person_is_known_by_the_sandbox_or_by_an_item_of_theirs() {
    let lab = Lab::start(Emulator::builder()).await;
    let status = async |phone: &str| {
        let body = json!({"user": {"phone_number": phone}});
        let profile = lab.call("/profile/network_status/get", body.clone()).await["network_status"].clone();
        let network = lab.call("/network/status/get", body).await;
        assert_eq!(network["network_status"], profile, "{phone}");
        (profile, network["layer"]["eligible"].clone())
    };
    let known = json!("RETURNING_USER");
    assert_eq!(status("+14155550010").await, (json!("UNKNOWN"), json!(false)));
    assert_eq!(status("+14155550011").await, (known.clone(), json!(true)));
    assert_eq!(status("+14155550012").await, (known.clone(), json!(false)));
    assert_eq!(status("+14155551111").await, (known.clone(), json!(true)));
    assert_eq!(status("+14155550000").await, (json!("UNKNOWN"), json!(false)));
    let identity = json!({"phone_numbers": [{"data": "+14155559999", "primary": true}]});
    let user = lab.call("/user/create", json!({"client_user_id": "ann", "identity": identity})).await;
    assert_eq!(status("+14155559999").await.0, "UNKNOWN", "no Item yet");
    let link = lab.link_token(json!({"user_id": user["user_id"]})).await;
    lab.control("link/complete", json!({"link_token": link})).await;
    assert_eq!(status("+14155559999").await.0, known);
    let wrong = json!({"user": {"phone_number": "415-555-0011"}});
    for path in ["/profile/network_status/get", "/network/status/get"] {
        assert_eq!(lab.fail(path, wrong.clone()).await, "INVALID_REQUEST/INVALID_FIELD");
    }
}

#[tokio::test]
async fn a_session_of_layer_shares_the_identity_of_an_eligible_person() {
    let lab = Lab::start(Emulator::builder()).await;
    let session = async |name: &str, phone: &str| {
        let identity = json!({"phone_numbers": [{"data": phone, "primary": true}]});
        let user = lab.call("/user/create", json!({"client_user_id": name, "identity": identity})).await;
        let body = json!({"template_id": "t", "user_id": user["user_id"], "webhook": "http://127.0.0.1:9/layer"});
        let link = lab.call("/session/token/create", body).await["link"]["link_token"].clone();
        let done = lab.control("link/complete", json!({"link_token": link})).await;
        (link, done["public_token"].clone())
    };
    let passed = || bodies(&lab, "LAYER", "LAYER_AUTHENTICATION_PASSED");
    let (link, public) = session("ann", "+14155550011").await;
    assert_eq!((passed().len(), &passed()[0]["link_token"]), (1, &link));
    let got = lab.call("/user_account/session/get", json!({"public_token": public})).await;
    assert_eq!(
        (&got["identity"]["date_of_birth"], &got["identity"]["phone_number"]),
        (&json!("1975-01-18"), &json!("+14155550011"))
    );
    let again = lab.call("/user_account/session/get", json!({"public_token": public})).await;
    assert_eq!(again["items"], got["items"], "the access tokens stay the same");
    let event = json!({
        "link_session_id": passed()[0]["link_session_id"], "event": {"name": "done", "timestamp": "2026-01-01T00:00:00Z"},
    });
    lab.call("/user_account/session/event/send", event.clone()).await;
    let mut unknown = event;
    unknown["link_session_id"] = "none".into();
    assert_eq!(lab.fail("/user_account/session/event/send", unknown).await, "INVALID_REQUEST/INVALID_FIELD");

    for (phone, part) in [
        ("+15155550013", "email"),
        ("+15155550014", "date_of_birth"),
        ("+15155550015", "ssn"),
        ("+15155550016", "address"),
        ("+15155550017", "name"),
    ] {
        let (_, public) = session(part, phone).await;
        let got = lab.call("/user_account/session/get", json!({"public_token": public})).await;
        let missing: Vec<&String> = got["identity"]
            .as_object()
            .expect("an identity")
            .iter()
            .filter(|(_, value)| value.is_null())
            .map(|(name, _)| name)
            .collect();
        assert!(missing.iter().all(|name| name.starts_with(part)) && !missing.is_empty(), "{phone}: {missing:?}");
    }
    let count = passed().len();
    let (_, public) = session("bob", "+14155550000").await;
    assert_eq!(passed().len(), count, "this person is not eligible");
    let got = lab.call("/user_account/session/get", json!({"public_token": public})).await;
    assert_eq!(got["identity"], Value::Null);
    let link = lab.link_token(json!({})).await;
    let done = lab.control("link/complete", json!({"link_token": link})).await;
    let other = json!({"public_token": done["public_token"]});
    assert_eq!(lab.fail("/user_account/session/get", other).await, "INVALID_REQUEST/INVALID_FIELD");
}
