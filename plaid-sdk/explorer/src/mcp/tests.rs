//! The tools as clients see them: raw messages over both transports, before an emulator that checks its own responses.

mod chain;
mod confirm;
mod http;
mod resources;
mod stdio;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{Mcp, McpOptions};
use crate::app::App;
use crate::emulated::Emulated;

/// The revision without sessions.
const REVISION: &str = "2026-07-28";

/// An explorer before an emulator.
async fn app() -> App {
    let emulator = Emulator::builder().pace(Pace::INSTANT).self_check(true).start().await.expect("an emulator");
    App::emulated(Emulated::new(emulator))
}

async fn mcp(options: McpOptions) -> Mcp {
    Mcp::with(app().await, options, None).expect("the options are right")
}

/// A client over HTTP, of the revision without sessions.
struct Client {
    router: Router,
    address: &'static str,
    capabilities: Value,
    /// The bytes of all texts that a model got.
    seen: usize,
}

impl Client {
    fn new(mcp: &Mcp) -> Self {
        Self { router: mcp.router(), address: "/mcp", capabilities: json!({}), seen: 0 }
    }

    async fn started(options: McpOptions) -> Self {
        Self::new(&mcp(options).await)
    }

    fn at(mut self, address: &'static str) -> Self {
        self.address = address;
        self
    }

    /// Sends a request and returns the whole answer.
    async fn send(&self, method: &str, mut params: Value) -> (StatusCode, Value) {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": REVISION,
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": self.capabilities,
        });
        let name = params["name"].as_str().or(params["uri"].as_str()).unwrap_or_default().to_owned();
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let mut request = Request::post(self.address)
            .header(header::HOST, "127.0.0.1:8434")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json, text/event-stream")
            .header("MCP-Protocol-Version", REVISION)
            .header("Mcp-Method", method);
        if !name.is_empty() {
            request = request.header("Mcp-Name", name);
        }
        answer(&self.router, request.body(Body::from(body.to_string())).expect("a request")).await
    }

    /// The result of a request that works.
    async fn result(&self, method: &str, params: Value) -> Value {
        let (status, answer) = self.send(method, params).await;
        assert_eq!(status, StatusCode::OK, "{method}: {answer}");
        assert!(answer["result"].is_object(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The result of a tool, whether it is an error or not.
    async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.result("tools/call", json!({"name": tool, "arguments": arguments})).await;
        self.seen += text(&result).len();
        result
    }

    /// The text of a tool that works.
    async fn text(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], json!(false), "{tool}: {result}");
        text(&result).to_owned()
    }

    /// The text of a tool's error.
    async fn error(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], json!(true), "{tool}: {result}");
        text(&result).to_owned()
    }

    /// The response of an operation that works.
    async fn operation(&mut self, tool: &str, operation: &str, arguments: Value) -> Value {
        let text = self.text(tool, json!({"operation": operation, "arguments": arguments})).await;
        let json = text.split("\n\nShortened").next().unwrap_or_default();
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{operation}: {error}: {text}"))
    }

    /// An access token as a handle.
    async fn access_token(&mut self) -> String {
        let made = json!({"institution_id": "ins_109508", "initial_products": ["transactions", "assets"]});
        let made = self.operation("call_write_operation", "sandbox_public_token_create", made).await;
        let exchange = json!({"public_token": made["public_token"]});
        let made = self.operation("call_write_operation", "item_public_token_exchange", exchange).await;
        made["access_token"].as_str().expect("a token").to_owned()
    }
}

/// What a router answers.
async fn answer(router: &Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 16 << 20).await.expect("a body");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The first text of a tool's result.
fn text(result: &Value) -> &str {
    result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("no text in {result}"))
}
