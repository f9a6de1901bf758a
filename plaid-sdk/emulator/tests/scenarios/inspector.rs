//! The inspector, as a browser without scripts uses it.

use plaid_emulator::Emulator;
use serde_json::json;

use crate::support::{CLIENT_ID, Lab, http, http_without_redirects};

async fn get(lab: &Lab, path: &str) -> (u16, String) {
    let request = http().get(format!("{}{path}", lab.emulator.base_url()));
    let response = request.header("Accept", "text/html,*/*;q=0.8").send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, String::from_utf8(response.bytes().await.expect("a body").to_vec()).expect("UTF-8"))
}

/// A page of the tenant.
async fn page(lab: &Lab, path: &str) -> String {
    let (status, page) = get(lab, &format!("/_plaid/inspect/{CLIENT_ID}{path}")).await;
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("EMULATOR"));
    page
}

/// Sends a form of the tenant, and returns the status and the page.
async fn act(lab: &Lab, verb: &str, form: &str) -> (u16, String) {
    let url = format!("{}/_plaid/inspect/{CLIENT_ID}/do/{verb}", lab.emulator.base_url());
    let http = http_without_redirects();
    let request = http.post(url).header("Origin", lab.emulator.base_url()).body(form.to_owned());
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, String::from_utf8(response.bytes().await.expect("a body").to_vec()).expect("UTF-8"))
}

#[tokio::test]
async fn people_see_tenants_at_the_root_and_clients_get_an_error() {
    let lab = Lab::start(Emulator::builder()).await;
    let (status, home) = get(&lab, "/").await;
    assert!(status == 200 && home.contains(CLIENT_ID) && home.contains("1 request<"));
    let response = reqwest::get(format!("{}/", lab.emulator.base_url())).await.expect("an answer");
    assert_eq!(response.status().as_u16(), 404);
    assert!(response.text().await.expect("a body").contains("\"error_code\":\"NOT_FOUND\""));
    let coverage = get(&lab, "/_plaid/inspect/coverage").await.1;
    assert!(coverage.contains("POST /link/token/create") && coverage.contains("Known deviations"));
    assert!(coverage.contains("the 329 operations") && coverage.contains("Rate limits are not applied"));
    assert_eq!(get(&lab, "/_plaid/inspect/nobody").await.0, 404);
    let empty = Emulator::builder().start().await.expect("it starts");
    let request = http().get(empty.base_url()).header("Accept", "text/html");
    assert!(request.send().await.expect("an answer").text().await.expect("a body").contains("Nobody has called yet"));
}

#[tokio::test]
async fn items_requests_and_webhooks_are_shown_without_secrets() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/<hook>"})).await;
    lab.fail("/accounts/get", json!({"access_token": access, "nonsense": 1})).await;
    let item = lab.call("/item/get", json!({"access_token": access})).await["item"]["item_id"].clone();
    let item = item.as_str().expect("an id");

    let overview = page(&lab, "").await;
    assert!(overview.contains("First Platypus Bank") && overview.contains(item) && overview.contains("14 accounts"));
    let detail = page(&lab, &format!("/items/{item}")).await;
    assert!(
        detail.contains("Plaid 401k")
            && detail.contains("23631.98 USD")
            && detail.contains("http://127.0.0.1:9/&lt;hook&gt;")
    );
    let requests = page(&lab, "/requests?refused=1").await;
    assert!(
        requests.contains("POST /accounts/get")
            && requests.contains("UNKNOWN_FIELDS")
            && !requests.contains("/item/get")
    );
    let id = requests.split("/requests/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let request = page(&lab, &format!("/requests/{id}")).await;
    assert!(request.contains("nonsense") && request.contains("class=\"problem\""));
    let webhooks = page(&lab, "/webhooks").await;
    assert!(webhooks.contains("TRANSACTIONS: INITIAL_UPDATE"));
    assert!(page(&lab, "/webhooks/1").await.contains("&quot;webhook_code&quot;: &quot;INITIAL_UPDATE&quot;"));
    for shown in [overview, detail, requests, request, webhooks] {
        assert!(!shown.contains(&access) && !shown.contains("\"secret\""), "no secret is shown");
    }
    for missing in ["/items/x", "/requests/x", "/webhooks/99", "/other"] {
        assert_eq!(get(&lab, &format!("/_plaid/inspect/{CLIENT_ID}{missing}")).await.0, 404, "{missing}");
    }
}

#[tokio::test]
async fn switches_do_what_the_controls_do() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let get_item = json!({"access_token": access});
    let item = lab.call("/item/get", get_item.clone()).await["item"]["item_id"].as_str().expect("an id").to_owned();
    assert_eq!(act(&lab, "snapshot", "name=linked").await.0, 303);
    assert_eq!(act(&lab, "freeze", "").await.0, 303);
    let before = lab.tenant().now();
    assert_eq!(act(&lab, "advance", "amount=2&unit=86400").await.0, 303);
    assert_eq!((lab.tenant().now() - before).num_days(), 2);
    assert!(page(&lab, "").await.contains("stands still"));
    let (status, refused) = act(&lab, "advance", "amount=9223372036854775807&unit=86400").await;
    assert!(status == 400 && refused.contains("enter a whole number"));

    act(&lab, "break", &format!("item={item}&error_code=ITEM_LOCKED")).await;
    assert_eq!(lab.fail("/accounts/get", get_item.clone()).await, "ITEM_ERROR/ITEM_LOCKED");
    assert!(page(&lab, &format!("/items/{item}")).await.contains("Repair"));
    act(&lab, "repair", &format!("item={item}")).await;
    lab.call("/accounts/get", get_item.clone()).await;

    act(
        &lab,
        "fault",
        "effect=error_code&value=PRODUCT_NOT_READY&error_type=ITEM_ERROR&operation=%2Faccounts%2Fget&item=&count=",
    )
    .await;
    assert_eq!(lab.fail("/accounts/get", get_item.clone()).await, "ITEM_ERROR/PRODUCT_NOT_READY");
    assert!(page(&lab, "/faults").await.contains("PRODUCT_NOT_READY"));
    act(&lab, "unfault", "id=1").await;
    lab.call("/accounts/get", get_item.clone()).await;
    assert_eq!(act(&lab, "fault", "effect=http&value=many").await.0, 400);

    let attempts = || lab.tenant().webhooks().first().map_or(0, |one| one.attempts.len());
    for _ in 0..500 {
        if attempts() > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let tried = attempts();
    assert_eq!(act(&lab, "redeliver", "id=1").await.0, 303);
    for _ in 0..500 {
        if attempts() > tried {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(attempts() > tried);
    assert_eq!(act(&lab, "redeliver", "id=4711").await.0, 400);

    act(&lab, "revoke", &format!("item={item}")).await;
    assert_eq!(lab.fail("/accounts/get", get_item.clone()).await, "ITEM_ERROR/USER_PERMISSION_REVOKED");
    act(&lab, "restore", "name=linked").await;
    lab.call("/accounts/get", get_item.clone()).await;
    act(&lab, "reset", "").await;
    assert_eq!(get(&lab, &format!("/_plaid/inspect/{CLIENT_ID}")).await.0, 404);
}

#[tokio::test]
async fn pages_of_other_sites_can_neither_look_nor_act() {
    let lab = Lab::start(Emulator::builder()).await;
    let http = http();
    let url = format!("{}/_plaid/inspect/{CLIENT_ID}", lab.emulator.base_url());
    let foreign = http.post(format!("{url}/do/reset")).header("Origin", "https://attacker.example");
    assert_eq!(foreign.send().await.expect("an answer").status().as_u16(), 403);
    let rebound = http.get(&url).header("Host", "attacker.example:8433");
    assert_eq!(rebound.send().await.expect("an answer").status().as_u16(), 421);
    let response = http.get(&url).send().await.expect("an answer");
    let policy = response.headers()["content-security-policy"].to_str().expect("a text").to_owned();
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("script-src"), "{policy}");
    assert!(lab.emulator.tenant(CLIENT_ID).is_some());
    let back = http.post(format!("{url}/do/freeze")).body("back=https%3A%2F%2Fattacker.example");
    let landed = back.send().await.expect("an answer").url().to_string();
    assert!(landed.starts_with(lab.emulator.base_url()), "{landed}");
}
