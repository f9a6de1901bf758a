//! Tests of the routes, with an emulator that checks its own responses.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use plaid_catalog::Catalog;
use plaid_emulator::Emulator;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::{App, Emulated, is_handle};

async fn app() -> App {
    let emulator = Emulator::builder().self_check(true).start().await.expect("an emulator");
    App::emulated(Emulated::new(emulator))
}

async fn send(app: &App, method: &str, address: &str, body: &Value) -> Response<Body> {
    let request = Request::builder().method(method).uri(address).header(header::CONTENT_TYPE, "application/json");
    let body = if method == "GET" { Body::empty() } else { Body::from(body.to_string()) };
    let request = request.body(body).expect("a request");
    super::router(app.clone()).oneshot(request).await.expect("a response")
}

async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 1 << 26).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

async fn json_of(response: Response<Body>) -> Value {
    serde_json::from_str(&text(response).await).expect("JSON")
}

async fn post(app: &App, address: &str, body: Value) -> Value {
    let response = send(app, "POST", address, &body).await;
    let status = response.status();
    let json = json_of(response).await;
    assert_eq!(status, StatusCode::OK, "{address}: {json}");
    json
}

async fn get(app: &App, address: &str) -> Value {
    json_of(send(app, "GET", address, &Value::Null).await).await
}

/// Sends a request as the page does, and returns the response and its number in the history.
async fn call(app: &App, operation: &str, body: &str) -> (StatusCode, Value, u64) {
    let response = send(app, "POST", &format!("/-/call/{operation}"), &json!({ "body": body })).await;
    let number = response.headers().get("plaid-explorer-number").and_then(|value| value.to_str().ok()?.parse().ok());
    (response.status(), json_of(response).await, number.unwrap_or_default())
}

#[tokio::test]
async fn problems_have_a_place_and_code_follows_the_request() {
    let app = app().await;
    let body = "{\n  \"client_name\": \"Acme\",\n  \"user\": {\"client_user_id\": 7},\n  \"langage\": \"en\"\n}";
    let asked = json!({ "operation": "linkTokenCreate", "body": body, "language": "rust" });
    let preview = post(&app, "/-/preview", asked).await;
    let found = |path: &str| {
        let problems = preview["problems"].as_array().expect("problems");
        problems.iter().find(|one| one["path"] == path).cloned().unwrap_or_default()
    };
    assert_eq!(found("user.client_user_id")["code"], "INVALID_FIELD");
    assert_eq!(found("user.client_user_id")["line"], 3);
    assert_eq!(found("langage")["code"], "UNKNOWN_FIELDS");
    assert_eq!(found("country_codes")["code"], "MISSING_FIELDS");
    assert_eq!(preview["refusal"]["error_code"], "UNKNOWN_FIELDS");
    assert!(preview["snippet"]["why"].as_str().is_some_and(|why| why.contains("`langage`")), "{preview}");

    let body = json!({"access_token": "handle:access_token:abcdefghjkmnpqrstuvw", "count": 7}).to_string();
    let asked =
        json!({ "operation": "transactionsSync", "body": body, "language": "rust", "gateway": "http://127.0.0.1:1" });
    let preview = post(&app, "/-/preview", asked).await;
    assert_eq!(preview["problems"], json!([]));
    let spans = preview["snippet"]["spans"].as_array().expect("spans");
    let code: String = spans.iter().filter_map(|span| span[1].as_str()).collect();
    assert!(code.starts_with("// With PLAID_BASE_URL=http://127.0.0.1:1 "), "{code}");
    assert!(code.contains("\"ACCESS_TOKEN\"") && code.contains("count(7)") && !code.contains("handle:"), "{code}");

    // A text that is not JSON yet has a problem and no code.
    let asked = json!({ "operation": "transactionsSync", "body": "{\"access_token\": ", "language": "curl" });
    let preview = post(&app, "/-/preview", asked).await;
    assert_eq!(preview["problems"][0]["code"], "INVALID_BODY");
    assert!(preview["snippet"]["why"].as_str().is_some_and(|why| why.starts_with("the body is not JSON")));
}

#[tokio::test]
async fn each_minimal_sample_has_code_in_all_languages() {
    let app = app().await;
    for operation in &Catalog::plaid().api().operations {
        let sample = post(&app, "/-/sample", json!({ "operation": operation.id, "size": "minimal" })).await;
        let asked = json!({ "operation": operation.id, "body": sample["body"], "parameters": sample["parameters"] });
        let preview = post(&app, "/-/preview", asked).await;
        let snippets = preview["snippets"].as_array().expect("snippets");
        assert_eq!(snippets.len(), 8);
        let errors: Vec<&Value> =
            preview["problems"].as_array().expect("problems").iter().filter(|one| one["severity"] == "error").collect();
        assert!(errors.is_empty(), "{}: {errors:?}", operation.id);
        for one in snippets {
            // The official clients lack one operation.
            assert!(one["spans"].is_array() || operation.id == "fdxConsentGet", "{}: {one}", operation.id);
        }
    }
}

#[tokio::test]
async fn the_chain_from_a_link_token_to_transactions_needs_no_token_by_hand() {
    let app = app().await;
    let sample = post(&app, "/-/sample", json!({ "operation": "linkTokenCreate", "size": "minimal" })).await;
    let mut body: Value = serde_json::from_str(sample["body"].as_str().expect("a body")).expect("JSON");
    body["products"] = json!(["transactions"]);
    let (status, response, number) = call(&app, "linkTokenCreate", &body.to_string()).await;
    assert_eq!(status, StatusCode::OK, "{response}");
    let token = response["link_token"].as_str().expect("a token").to_owned();
    assert!(is_handle(&token), "{token}");

    let after = get(&app, &format!("/-/after/{number}")).await;
    assert_eq!(after["link_token"], json!(token));
    assert!(after["next"].as_array().is_some_and(|next| !next.is_empty()), "{after}");
    let made = post(&app, "/-/work/complete-link", json!({ "link_token": token })).await;
    let made = made["made"].as_array().expect("values");
    let public = made.iter().find(|one| one["name"] == "public_token").expect("a public token");
    assert!(public["value"].as_str().is_some_and(is_handle));

    for operation in ["itemPublicTokenExchange", "transactionsSync"] {
        let sample = post(&app, "/-/sample", json!({ "operation": operation, "size": "live" })).await;
        let (status, response, number) = call(&app, operation, sample["body"].as_str().expect("a body")).await;
        assert_eq!(status, StatusCode::OK, "{response}");
        if operation == "transactionsSync" {
            let again = json!({ "operation": operation, "size": "live", "from": number });
            let again = post(&app, "/-/sample", again).await;
            let body: Value = serde_json::from_str(again["body"].as_str().expect("a body")).expect("JSON");
            assert_eq!(body["cursor"], response["next_cursor"], "{body}");
            assert!(body["access_token"].as_str().is_some_and(is_handle));
        }
    }
    // Neither the history nor the shelf shows a token.
    let history = get(&app, "/-/history").await;
    assert_eq!(history.as_array().map(Vec::len), Some(3));
    assert_eq!(history[0]["page"], "transactions_sync");
    let mut shown = history.to_string() + &get(&app, "/-/shelf").await.to_string();
    for number in 1..=3 {
        shown += &get(&app, &format!("/-/history/{number}")).await.to_string();
    }
    for secret in ["access-sandbox-", "public-sandbox-", "link-sandbox-", "emulator-secret"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[tokio::test]
async fn a_value_of_a_response_goes_into_the_next_request() {
    let app = app().await;
    let seeded = post(&app, "/-/work/seed", json!({})).await;
    assert!(seeded["made"].as_array().is_some_and(|made| made.len() > 10), "{seeded}");
    let sample = post(&app, "/-/sample", json!({ "operation": "accountsGet", "size": "live" })).await;
    let (_, response, number) = call(&app, "accountsGet", sample["body"].as_str().expect("a body")).await;
    let picks = json!({ "account_id": "/accounts/2/account_id" });
    let asked = json!({ "operation": "processorTokenCreate", "size": "live", "from": number, "picks": picks });
    let sample = post(&app, "/-/sample", asked).await;
    let body: Value = serde_json::from_str(sample["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!(body["account_id"], response["accounts"][2]["account_id"]);
    let shelf = get(&app, "/-/shelf").await;
    let account = shelf.as_array().expect("values").iter().find(|one| one["value"] == body["account_id"]).cloned();
    let label = account.expect("the account")["label"].as_str().expect("a label").to_owned();
    assert!(label.contains(response["accounts"][2]["mask"].as_str().expect("a mask")), "{label}");
}

#[tokio::test]
async fn an_error_is_explained() {
    let app = app().await;
    let (status, response, number) = call(&app, "accountsGet", "{\"access_token\": \"access-sandbox-1\"}").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{response}");
    let after = get(&app, &format!("/-/after/{number}")).await;
    assert_eq!(after["error"]["code"], response["error_code"]);
    assert_eq!(after["error"]["fields"], json!(["access_token"]));
    assert!(after["error"]["advice"].as_str().is_some_and(|advice| !advice.is_empty()));
    // A new access token comes from an exchange.
    let next = after["next"].as_array().expect("operations");
    assert!(next.iter().any(|one| one["path"] == "/item/public_token/exchange"), "{after}");
    assert!(next.iter().all(|one| one["fragment"] == json!(format!("continue={number}"))), "{after}");
    // The token that a person typed is a handle in the history.
    let sent = get(&app, &format!("/-/history/{number}")).await;
    assert!(!sent.to_string().contains("access-sandbox-1"), "{sent}");
}

#[tokio::test]
async fn an_error_names_the_call_that_helps() {
    let app = app().await;
    post(&app, "/-/work/seed", json!({})).await;
    let sample = post(&app, "/-/sample", json!({ "operation": "accountsGet", "size": "live" })).await;
    let body: Value = serde_json::from_str(sample["body"].as_str().expect("a body")).expect("JSON");
    for (code, path, fragment) in [
        ("ITEM_LOGIN_REQUIRED", Some("/link/token/create"), "continue"),
        ("PRODUCT_NOT_READY", Some("/accounts/get"), "again"),
        ("INTERNAL_SERVER_ERROR", Some("/accounts/get"), "again"),
        ("INVALID_FIELD", None, ""),
    ] {
        let fault = json!({ "operation": "/accounts/get", "error_code": code, "count": 1 });
        super::controls::control(&app, "faults", fault).await.expect("a fault");
        let (_, response, number) = call(&app, "accountsGet", &body.to_string()).await;
        assert_eq!(response["error_code"], code);
        let after = get(&app, &format!("/-/after/{number}")).await;
        let Some(path) = path else {
            assert_eq!(after["next"], json!([]), "{code}");
            continue;
        };
        assert_eq!(after["next"][0]["path"], path, "{code}");
        assert_eq!(after["next"][0]["fragment"], json!(format!("{fragment}={number}")), "{code}");
        if code == "ITEM_LOGIN_REQUIRED" {
            let asked = json!({ "operation": "linkTokenCreate", "size": "live", "from": number });
            let update = post(&app, "/-/sample", asked).await;
            let update = update["body"].as_str().expect("a body");
            let read: Value = serde_json::from_str(update).expect("JSON");
            assert_eq!((&read["access_token"], read.get("products")), (&body["access_token"], None), "{update}");
            let (status, response, _) = call(&app, "linkTokenCreate", update).await;
            assert_eq!(status, StatusCode::OK, "{response}");
        }
    }
}

#[tokio::test]
async fn digits_and_files_stay_as_they_are() {
    let app = app().await;
    post(&app, "/-/work/seed", json!({})).await;
    let sample = post(&app, "/-/sample", json!({ "operation": "statementsDownload", "size": "live" })).await;
    let asked = json!({ "body": sample["body"] });
    let response = send(&app, "POST", "/-/call/statementsDownload", &asked).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/pdf");
    let bytes = to_bytes(response.into_body(), 1 << 26).await.expect("a body");
    assert!(bytes.starts_with(b"%PDF"));

    let sample = post(&app, "/-/sample", json!({ "operation": "accountsGet", "size": "live" })).await;
    let response = send(&app, "POST", "/-/call/accountsGet", &json!({ "body": sample["body"] })).await;
    let shown = text(response).await;
    assert!(shown.contains("\"current\": 100") || shown.contains("\"current\": 110"), "{shown:.400}");
}

#[tokio::test]
async fn what_a_page_may_not_ask_is_refused() {
    let app = app().await;
    for (address, body, status) in [
        ("/-/preview", json!({ "operation": "linkTokenCrate" }), StatusCode::NOT_FOUND),
        ("/-/preview", json!({ "operation": "linkTokenCreate", "language": "cobol" }), StatusCode::BAD_REQUEST),
        ("/-/call/link_token_create", json!({}), StatusCode::NOT_FOUND),
        (
            "/-/call/accountsGet",
            json!({ "body": "{\"access_token\": \"handle:access_token:abc\"}" }),
            StatusCode::BAD_REQUEST,
        ),
        ("/-/call/fdxConsentGet", json!({}), StatusCode::BAD_REQUEST),
        ("/-/reveal", json!({ "handle": "handle:access_token:abc" }), StatusCode::NOT_FOUND),
        ("/-/work/complete-link", json!({ "link_token": "link-sandbox-1" }), StatusCode::BAD_REQUEST),
    ] {
        let response = send(&app, "POST", address, &body).await;
        assert_eq!(response.status(), status, "{address} {body}");
        assert_eq!(response.headers()["plaid-explorer"], "refused", "{address}");
        let message = json_of(response).await["error_message"].as_str().map(str::to_owned).unwrap_or_default();
        assert!(!message.is_empty(), "{address}");
    }
    assert_eq!(send(&app, "GET", "/-/history/7", &Value::Null).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn webhooks_arrive_signed_and_are_listed() {
    let app = app().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let receiver = format!("http://{}/-/webhook", listener.local_addr().expect("an address"));
    app.set_webhook_url(&receiver);
    let router = app.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });

    let sample = post(&app, "/-/sample", json!({ "operation": "linkTokenCreate", "size": "live" })).await;
    let body = sample["body"].as_str().expect("a body");
    assert!(body.contains(&receiver), "{body}");
    let (_, response, _) = call(&app, "linkTokenCreate", body).await;
    post(&app, "/-/work/complete-link", json!({ "link_token": response["link_token"] })).await;
    for operation in ["itemPublicTokenExchange", "sandboxItemFireWebhook"] {
        let sample = post(&app, "/-/sample", json!({ "operation": operation, "size": "live" })).await;
        let (status, response, _) = call(&app, operation, sample["body"].as_str().expect("a body")).await;
        assert_eq!(status, StatusCode::OK, "{response}");
    }
    let mut arrived = Value::Null;
    for _ in 0..200 {
        let rows = get(&app, "/-/inbox/list").await;
        let found =
            rows.as_array().expect("rows").iter().find(|row| row["state"] == "arrived here, signature verified");
        if let Some(found) = found {
            arrived = found.clone();
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(!arrived.is_null(), "no webhook arrived: {}", get(&app, "/-/inbox/list").await);
    assert!(arrived["body"].as_str().is_some_and(|body| body.contains("webhook_code")), "{arrived}");
    assert!(!arrived["about"].as_str().unwrap_or_default().is_empty(), "{arrived}");
    let page = text(send(&app, "GET", "/-/inbox", &Value::Null).await).await;
    assert!(page.contains(&receiver) && page.contains("SYNC_UPDATES_AVAILABLE"));
    server.abort();
}

#[tokio::test]
async fn an_unsigned_webhook_is_not_kept() {
    let app = app().await;
    let webhook = json!({ "webhook_type": "ITEM", "webhook_code": "ERROR" });
    let response = send(&app, "POST", "/-/webhook", &webhook).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(get(&app, "/-/inbox/list").await, json!([]));
}
