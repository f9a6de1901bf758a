use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, Lines, duplex, split};
use tokio::task::JoinHandle;

use super::{mcp, text};
use crate::mcp::McpOptions;

/// A client over a pair of streams.
struct Pipe {
    lines: Lines<BufReader<tokio::io::ReadHalf<DuplexStream>>>,
    writer: tokio::io::WriteHalf<DuplexStream>,
    server: JoinHandle<Result<(), String>>,
    next: u64,
}

impl Pipe {
    async fn started(options: McpOptions) -> Self {
        let mcp = mcp(options).await;
        let (near, far) = duplex(1 << 20);
        let server = tokio::spawn(async move { mcp.speak(split(far)).await });
        let (reader, writer) = split(near);
        Self { lines: BufReader::new(reader).lines(), writer, server, next: 0 }
    }

    async fn write(&mut self, message: &Value) {
        self.writer.write_all(format!("{message}\n").as_bytes()).await.expect("it reads");
    }

    async fn read(&mut self) -> Value {
        let line = self.lines.next_line().await.expect("a line").expect("it is open");
        serde_json::from_str(&line).expect("JSON")
    }

    async fn request(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.write(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})).await;
        let answer = self.read().await;
        assert_eq!(answer["id"], json!(id), "{answer}");
        answer
    }

    /// Starts a session of an older revision.
    async fn initialize(&mut self, capabilities: Value) {
        let about = json!({"protocolVersion": "2025-11-25", "capabilities": capabilities, "clientInfo": {"name": "t", "version": "1"}});
        let started = self.request("initialize", about).await;
        assert_eq!(started["result"]["serverInfo"]["name"], "plaid-explorer", "{started}");
        self.write(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
    }

    async fn call(&mut self, tool: &str, operation: &str, arguments: Value) -> Value {
        let params = json!({"name": tool, "arguments": {"operation": operation, "arguments": arguments}});
        let answer = self.request("tools/call", params).await;
        assert_eq!(answer["result"]["isError"], json!(false), "{operation}: {answer}");
        answer["result"]["structuredContent"].clone()
    }
}

#[tokio::test]
async fn a_session_of_an_older_revision_goes_from_link_to_transactions() {
    let mut pipe = Pipe::started(McpOptions::default()).await;
    pipe.initialize(json!({})).await;
    let list = pipe.request("tools/list", json!({})).await;
    assert_eq!(list["result"]["tools"].as_array().map(Vec::len), Some(6), "{list}");
    assert!(list["result"]["ttlMs"].is_u64() || list["result"]["ttlMs"].is_null());
    let link = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "products": ["transactions"],
        "user": {"client_user_id": "user-1"},
    });
    let created = pipe.call("call_write_operation", "link_token_create", link).await;
    let complete = json!({"name": "complete_link", "arguments": {"link_token": created["link_token"]}});
    let completed = pipe.request("tools/call", complete).await;
    let completed: Value = serde_json::from_str(text(&completed["result"])).expect("JSON");
    let exchange = json!({"public_token": completed["public_token"]});
    let exchanged = pipe.call("call_write_operation", "item_public_token_exchange", exchange).await;
    let sync = json!({"access_token": exchanged["access_token"], "count": 3});
    let synced = pipe.call("call_read_operation", "transactions_sync", sync).await;
    assert_eq!(synced["added"].as_array().map(Vec::len), Some(3), "{synced}");
    drop((pipe.writer, pipe.lines));
    assert_eq!(pipe.server.await.expect("it ends"), Ok(()));
}

#[tokio::test]
async fn a_request_of_the_new_revision_needs_no_session() {
    let mut pipe = Pipe::started(McpOptions::default()).await;
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let found = pipe.request("server/discover", json!({ "_meta": meta })).await;
    assert!(found["result"]["supportedVersions"].is_array(), "{found}");
    let search = json!({"name": "search_operations", "arguments": {"query": "/item/get"}, "_meta": meta});
    let found = pipe.request("tools/call", search).await;
    assert!(text(&found["result"]).starts_with("item_get "), "{found}");
}

#[tokio::test]
async fn a_client_with_a_session_asks_the_person_at_once() {
    let mut pipe = Pipe::started(McpOptions::default()).await;
    pipe.initialize(json!({"elicitation": {}})).await;
    let arguments = json!({"access_token": "access-sandbox-unknown", "account_id": "a", "authorization_id": "b", "description": "c"});
    let call =
        json!({"name": "call_write_operation", "arguments": {"operation": "transfer_create", "arguments": arguments}});
    for (answer, wanted) in [
        (json!({"action": "cancel"}), "did not agree"),
        (json!({"action": "accept", "content": {"send": true}}), "HTTP 400"),
    ] {
        pipe.write(&json!({"jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": call})).await;
        let question = pipe.read().await;
        assert_eq!(question["method"], "elicitation/create", "{question}");
        pipe.write(&json!({"jsonrpc": "2.0", "id": question["id"], "result": answer})).await;
        let done = pipe.read().await;
        assert_eq!(done["id"], json!(77));
        assert!(text(&done["result"]).contains(wanted), "{done}");
    }
}

#[tokio::test]
async fn input_that_ends_or_is_not_the_protocol_ends_the_server() {
    let pipe = Pipe::started(McpOptions::default()).await;
    drop((pipe.writer, pipe.lines));
    assert_eq!(pipe.server.await.expect("it ends"), Ok(()));
}
