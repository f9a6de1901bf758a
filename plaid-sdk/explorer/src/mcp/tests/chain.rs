use serde_json::{Value, json};

use super::{Client, text};
use crate::mcp::McpOptions;

/// Whether a text has something that only the gateway may see.
fn has_secret(text: &str) -> bool {
    ["-sandbox-", "1111222233330000", "emulator-secret"].iter().any(|secret| text.contains(secret))
}

#[tokio::test]
async fn a_model_goes_from_search_to_transactions_with_handles_only() {
    let mut client = Client::started(McpOptions::default()).await;
    let tools = client.result("tools/list", json!({})).await;
    client.seen += tools["tools"].to_string().len();
    let found = client.text("search_operations", json!({"query": "create a link token"})).await;
    assert!(found.contains("link_token_create"), "{found}");
    let about = client.text("describe_operation", json!({"operation": "link_token_create"})).await;
    assert!(about.contains("- client_name (string, required)"), "{about}");

    let arguments = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "products": ["transactions"],
        "user": {"client_user_id": "user-1"},
    });
    let valid =
        client.text("validate_request", json!({"operation": "link_token_create", "arguments": arguments})).await;
    assert!(valid.contains("is valid"), "{valid}");
    let created = client.operation("call_write_operation", "link_token_create", arguments).await;
    let link_token = created["link_token"].as_str().expect("a token");
    assert!(link_token.starts_with("handle:link_token:"), "{link_token}");

    let completed = client.text("complete_link", json!({"link_token": link_token})).await;
    assert!(!has_secret(&completed), "{completed}");
    let completed: Value = serde_json::from_str(&completed).expect("JSON");
    let public_token = completed["public_token"].as_str().expect("a token");
    assert!(public_token.starts_with("handle:public_token:"), "{public_token}");

    client.text("describe_operation", json!({"operation": "item_public_token_exchange"})).await;
    let exchanged = client
        .operation("call_write_operation", "item_public_token_exchange", json!({"public_token": public_token}))
        .await;
    let access_token = exchanged["access_token"].as_str().expect("a token");
    assert!(access_token.starts_with("handle:access_token:"), "{access_token}");

    client.text("describe_operation", json!({"operation": "transactions_sync"})).await;
    let sync = json!({"operation": "transactions_sync", "arguments": {"access_token": access_token, "count": 5}});
    let result = client.call("call_read_operation", sync).await;
    assert!(!has_secret(&result.to_string()), "{result}");
    let page: Value = serde_json::from_str(text(&result)).expect("JSON");
    assert_eq!(page["added"].as_array().map(Vec::len), Some(5), "{page}");
    assert_eq!(result["structuredContent"], page);
    let numbers = client.operation("call_read_operation", "accounts_get", json!({"access_token": access_token})).await;
    assert_eq!(numbers["accounts"][0]["mask"], "0000");

    println!("the whole chain: {} tokens", client.seen / 4);
    assert!(client.seen / 4 <= 15_000, "{} tokens", client.seen / 4);
}

#[tokio::test]
async fn account_numbers_are_handles_and_work_in_the_next_call() {
    let mut client = Client::started(McpOptions::default()).await;
    let made = json!({"institution_id": "ins_109508", "initial_products": ["auth"]});
    let made = client.operation("call_write_operation", "sandbox_public_token_create", made).await;
    let exchange = json!({"public_token": made["public_token"]});
    let made = client.operation("call_write_operation", "item_public_token_exchange", exchange).await;
    let auth = client.operation("call_read_operation", "auth_get", json!({"access_token": made["access_token"]})).await;
    let account = auth["numbers"]["ach"][0]["account"].as_str().expect("a number");
    assert!(account.starts_with("handle:account:"), "{auth}");
}

#[tokio::test]
async fn failures_are_errors_of_the_tool_with_path_and_advice() {
    let mut client = Client::started(McpOptions::default()).await;
    let unknown = client.error("describe_operation", json!({"operation": "transaction_sync"})).await;
    assert!(unknown.contains("transactions_sync"), "{unknown}");
    let missing = client.error("describe_operation", json!({})).await;
    assert_eq!(missing, "the argument `operation` is required, as a string");
    let wrong = json!({"operation": "transactions_sync", "arguments": {"access_token": "x", "count": "ten"}});
    for tool in ["validate_request", "call_read_operation"] {
        let error = client.error(tool, wrong.clone()).await;
        assert!(error.contains("- `count` must be integer, not string"), "{tool}: {error}");
    }
    let refused = json!({"operation": "item_get", "arguments": {"access_token": "access-sandbox-unknown"}});
    let error = client.error("call_read_operation", refused).await;
    assert!(error.starts_with("INVALID_ACCESS_TOKEN (INVALID_INPUT, HTTP 400): "), "{error}");
    assert!(error.contains("\nAdvice: ") && error.contains("\nrequest_id: "), "{error}");
    let lost =
        json!({"operation": "item_get", "arguments": {"access_token": "handle:access_token:abcdefghijkmnpqrstuv"}});
    let error = client.error("call_read_operation", lost).await;
    assert!(error.starts_with("`access_token` is not a handle that you have"), "{error}");
    let error = client.error("call_read_operation", json!({"operation": "item_remove", "arguments": {}})).await;
    assert_eq!(error, "item_remove does not only read. Call it with call_write_operation");
    let error = client.error("complete_link", json!({"link_token": "link-sandbox-unknown"})).await;
    assert!(error.contains("link_token"), "{error}");
    let error = client.error("search_operations", json!({"words": "x"})).await;
    assert!(error.contains("Its arguments are: query, product, read_only"), "{error}");
}

#[tokio::test]
async fn personal_data_is_hidden_on_request() {
    for hide_personal in [false, true] {
        let mut client = Client::started(McpOptions { hide_personal, ..McpOptions::default() }).await;
        let made = json!({"institution_id": "ins_109508", "initial_products": ["identity"]});
        let made = client.operation("call_write_operation", "sandbox_public_token_create", made).await;
        let exchange = json!({"public_token": made["public_token"]});
        let made = client.operation("call_write_operation", "item_public_token_exchange", exchange).await;
        let identity = client
            .operation("call_read_operation", "identity_get", json!({"access_token": made["access_token"]}))
            .await;
        let name = &identity["accounts"][0]["owners"][0]["names"][0];
        assert_eq!(name == "(hidden)", hide_personal, "{name}");
        assert_eq!(identity["accounts"][0]["mask"], "0000");
    }
}
