use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{Client, answer, app, mcp};
use crate::gateway::Guard;
use crate::mcp::{Mcp, McpOptions};

fn names(result: &Value) -> Vec<&str> {
    result["tools"].as_array().expect("tools").iter().filter_map(|tool| tool["name"].as_str()).collect()
}

#[tokio::test]
async fn a_server_is_discovered_without_a_session() {
    let client = Client::started(McpOptions::default()).await;
    let found = client.result("server/discover", json!({})).await;
    let versions = found["supportedVersions"].as_array().expect("versions");
    assert!(versions.contains(&json!("2026-07-28")) && versions.contains(&json!("2025-11-25")), "{found}");
    assert!(found["capabilities"]["tools"].is_object() && found["capabilities"]["resources"].is_object(), "{found}");
    assert!(found["capabilities"]["tools"]["listChanged"].is_null(), "the list never changes: {found}");
}

#[tokio::test]
async fn the_list_of_tools_is_small_ordered_and_marked() {
    let client = Client::started(McpOptions::default()).await;
    let list = client.result("tools/list", json!({})).await;
    let all = [
        "search_operations",
        "describe_operation",
        "validate_request",
        "call_read_operation",
        "call_write_operation",
        "complete_link",
    ];
    assert_eq!(names(&list), all);
    let tokens = list["tools"].to_string().len() / 4;
    println!("the list of tools: {tokens} tokens");
    assert!(tokens <= 1_000, "{tokens} tokens");
    assert!(list["ttlMs"].is_u64() && list["cacheScope"] == "public" && list["nextCursor"].is_null(), "{list}");
    let marks = |index: usize| &list["tools"][index]["annotations"];
    assert_eq!(marks(3)["readOnlyHint"], json!(true));
    assert_eq!((&marks(4)["readOnlyHint"], &marks(4)["destructiveHint"]), (&json!(false), &json!(true)));
    assert!(list["tools"].as_array().expect("tools").iter().all(|tool| tool["outputSchema"].is_null()));
}

#[tokio::test]
async fn addresses_choose_tools() {
    let mcp = mcp(McpOptions::default()).await;
    let at = |address| Client::new(&mcp).at(address);
    let read_only = at("/mcp/readonly").result("tools/list", json!({})).await;
    assert!(!names(&read_only).contains(&"call_write_operation") && !names(&read_only).contains(&"complete_link"));
    let typed = at("/mcp/x/transactions").result("tools/list", json!({})).await;
    assert!(
        names(&typed).contains(&"transactions_sync") && !names(&typed).contains(&"auth_get"),
        "{:?}",
        names(&typed)
    );
    let both = at("/mcp/x/item/readonly").result("tools/list", json!({})).await;
    assert!(names(&both).contains(&"item_get") && !names(&both).contains(&"item_remove"), "{:?}", names(&both));
    let mut typed = at("/mcp/x/transactions");
    let token = typed.access_token().await;
    let text = typed.text("transactions_sync", json!({"access_token": token, "count": 1})).await;
    assert!(text.contains("\"added\":[{"), "{text}");
    let error =
        at("/mcp/readonly").error("call_read_operation", json!({"operation": "item_remove", "arguments": {}})).await;
    assert!(error.ends_with("Such operations are switched off here"), "{error}");
    let (status, error) = at("/mcp/x/nothing").send("tools/list", json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(error.as_str().is_some_and(|text| text.contains("transactions")), "{error}");
}

#[tokio::test]
async fn all_operations_can_be_tools_on_pages() {
    let client = Client::started(McpOptions { tools: vec!["all".to_owned()], ..McpOptions::default() }).await;
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let params = cursor.map_or_else(|| json!({}), |cursor| json!({ "cursor": cursor }));
        let page = client.result("tools/list", params).await;
        all.extend(page["tools"].as_array().expect("tools").clone());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(all.len(), 6 + 329);
    for cursor in ["x", "1", "100000", "-100"] {
        let (_, answer) = client.send("tools/list", json!({ "cursor": cursor })).await;
        assert_eq!(answer["error"]["code"], json!(-32602), "{cursor}: {answer}");
    }
}

#[tokio::test]
async fn unknown_tools_and_broken_messages_are_errors_of_the_protocol() {
    let client = Client::started(McpOptions::default()).await;
    let (_, answer) = client.send("tools/call", json!({"name": "rm", "arguments": {}})).await;
    assert_eq!(answer["error"]["code"], json!(-32602), "{answer}");
    let (status, answer) = client.send("nothing/here", json!({})).await;
    assert_eq!((status, &answer["error"]["code"]), (StatusCode::NOT_FOUND, &json!(-32601)), "{answer}");
    for body in ["", "{", "[]", "{\"jsonrpc\":\"2.0\"}", "\u{0}"] {
        let request = Request::post("/mcp")
            .header(header::HOST, "localhost:8434")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json, text/event-stream")
            .body(Body::from(body))
            .expect("a request");
        let (status, _) = super::answer(&client.router, request).await;
        assert!(status.is_client_error(), "{body}: {status}");
    }
}

#[tokio::test]
async fn older_revisions_work_without_sessions() {
    let client = Client::started(McpOptions::default()).await;
    let send = |body: Value| {
        let request = Request::post("/mcp")
            .header(header::HOST, "127.0.0.1:8434")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2025-11-25")
            .body(Body::from(body.to_string()))
            .expect("a request");
        answer(&client.router, request)
    };
    let about =
        json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
    let (_, started) = send(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about})).await;
    assert_eq!(started["result"]["protocolVersion"], "2025-11-25", "{started}");
    let (status, _) = send(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let (_, list) = send(json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"})).await;
    assert_eq!(names(&list["result"]).len(), 6, "{list}");
    let search = json!({"name": "search_operations", "arguments": {"query": "/item/get"}});
    let (_, found) = send(json!({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": search})).await;
    assert!(super::text(&found["result"]).starts_with("item_get "), "{found}");
}

/// A request that only lists tools, with another header.
fn list(name: &'static str, value: &'static str) -> Request<Body> {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let mut request = Request::post("/mcp")
        .header(header::HOST, "127.0.0.1:8434")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .body(Body::from(body.to_string()))
        .expect("a request");
    request.headers_mut().insert(name, axum::http::HeaderValue::from_static(value));
    request
}

#[tokio::test]
async fn host_and_origin_are_checked_twice() {
    let app = app().await;
    let guard = Guard::new("127.0.0.1:8434".parse().expect("an address"));
    let inner = Mcp::with(app.clone(), McpOptions::default(), Some(&guard)).expect("tools").router();
    let outer = Router::new().fallback_service(guard.wrap(app.router()));
    for (name, value) in [
        ("host", "evil.test:8434"),
        ("host", "127.0.0.1.evil.test"),
        ("host", "127.0.0.1:9999"),
        ("origin", "http://evil.test"),
        ("origin", "http://127.0.0.1:9999"),
        ("origin", "null"),
    ] {
        let (status, text) = answer(&inner, list(name, value)).await;
        assert!(
            matches!(status, StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST),
            "inner {value}: {status} {text}"
        );
        let (status, text) = answer(&outer, list(name, value)).await;
        assert!(
            matches!(status, StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST),
            "outer {value}: {status} {text}"
        );
    }
    for router in [&inner, &outer] {
        let (status, text) = answer(router, list("host", "localhost:8434")).await;
        assert_eq!(status, StatusCode::OK, "{text}");
    }
    let (status, _) = answer(&outer, list("content-type", "text/plain")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
