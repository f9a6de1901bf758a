use serde_json::json;

use super::{Client, mcp, text};
use crate::mcp::McpOptions;

#[tokio::test]
async fn long_responses_are_shortened_and_kept_whole() {
    let mut client = Client::started(McpOptions { response_bytes: Some(2_000), ..McpOptions::default() }).await;
    let token = client.access_token().await;
    let sync = json!({"operation": "transactions_sync", "arguments": {"access_token": token, "count": 500}});
    let result = client.call("call_read_operation", sync).await;
    let shown = text(&result);
    assert!(shown.len() < 2_200 && shown.contains(" more\""), "{shown}");
    let link = &result["content"][1];
    assert_eq!((&link["type"], &link["mimeType"]), (&json!("resource_link"), &json!("application/json")), "{result}");
    let uri = link["uri"].as_str().expect("an address");
    assert!(shown.contains(uri), "{shown}");
    let whole = client.result("resources/read", json!({ "uri": uri })).await;
    assert_eq!((&whole["cacheScope"], &whole["ttlMs"]), (&json!("private"), &json!(0)));
    let whole = whole["contents"][0]["text"].as_str().expect("a text");
    assert!(whole.len() > 10_000 && !whole.contains("-sandbox-"), "{} bytes", whole.len());
    assert_eq!(link["size"].as_u64(), Some(whole.len() as u64));
    let listed = client.result("resources/list", json!({})).await;
    assert_eq!(listed["resources"][0]["uri"].as_str(), Some(uri), "{listed}");
}

#[tokio::test]
async fn files_are_resources() {
    let mut client = Client::started(McpOptions::default()).await;
    let token = client.access_token().await;
    let report = json!({"access_tokens": [token], "days_requested": 30});
    let report = client.operation("call_write_operation", "asset_report_create", report).await;
    let pdf =
        json!({"operation": "asset_report_pdf_get", "arguments": {"asset_report_token": report["asset_report_token"]}});
    let result = client.call("call_read_operation", pdf).await;
    assert!(text(&result).starts_with("A file of the type application/pdf, "), "{result}");
    let read = client.result("resources/read", json!({"uri": result["content"][1]["uri"]})).await;
    let blob = read["contents"][0]["blob"].as_str().expect("a file");
    assert!(blob.starts_with("JVBERi"), "{blob:.20}");
}

#[tokio::test]
async fn documentation_is_a_resource() {
    let client = Client::started(McpOptions::default()).await;
    let templates = client.result("resources/templates/list", json!({})).await;
    assert_eq!(templates["resourceTemplates"].as_array().map(Vec::len), Some(2), "{templates}");
    let read = client.result("resources/read", json!({"uri": "plaid://operations/auth_get.md"})).await;
    assert_eq!((&read["cacheScope"], &read["contents"][0]["mimeType"]), (&json!("public"), &json!("text/markdown")));
    let read = client.result("resources/read", json!({"uri": "plaid://errors/ITEM_LOGIN_REQUIRED.md"})).await;
    assert!(
        read["contents"][0]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("# ") && text.contains("ITEM_LOGIN_REQUIRED")),
        "{read}"
    );
    for uri in ["plaid://responses/0123", "plaid://errors/NOTHING.md", "file:///etc/passwd"] {
        let (_, answer) = client.send("resources/read", json!({ "uri": uri })).await;
        assert_eq!(answer["error"]["code"], json!(-32602), "{uri}: {answer}");
    }
}

#[tokio::test]
async fn another_explorer_knows_neither_handles_nor_responses() {
    let (one, other) = (mcp(McpOptions::default()).await, mcp(McpOptions::default()).await);
    let (mut one, mut other) = (Client::new(&one), Client::new(&other));
    let token = one.access_token().await;
    let error = other
        .error("call_read_operation", json!({"operation": "item_get", "arguments": {"access_token": token}}))
        .await;
    assert!(error.contains("is not a handle that you have"), "{error}");
}
