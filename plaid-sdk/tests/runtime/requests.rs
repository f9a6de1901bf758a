//! The requests that are sent.

use std::time::Duration;

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::call::{Call, Method, Operation, ParameterStyle};
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::webhooks::WebhookVerificationKeyGetRequest;
use plaid_sdk::{Client, Decimal, Error};

use crate::server::{CLIENT_ID, SECRET, Server, header};

const RECIPIENT: &Operation = &Operation::new("getRecipient", Method::Get, "/fdx/recipient/{recipientId}");
const PUBLIC: &Operation = &Operation::new("categoriesGet", Method::Post, "/categories/get").anonymous();

async fn server() -> Server {
    Server::responding("200 OK", &[], "{}").await
}

fn first_line(server: &Server) -> String {
    server.seen()[0].lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_call_carries_credentials_version_and_json() {
    let server = server().await;
    let client = server.builder().user_agent_suffix("acme-ledger/2.1").build().unwrap();
    let request = WebhookVerificationKeyGetRequest::new("key-1");
    client.webhook_verification_key_get(request).raw().await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(first_line(&server), "POST /webhook_verification_key/get HTTP/1.1");
    assert_eq!(header(seen, "plaid-client-id"), Some(CLIENT_ID));
    assert_eq!(header(seen, "plaid-secret"), Some(SECRET));
    assert_eq!(header(seen, "plaid-version"), Some("2020-09-14"));
    assert_eq!(header(seen, "content-type"), Some("application/json"));
    assert_eq!(header(seen, "accept-encoding"), Some("gzip"));
    let agent = concat!("plaid-sdk-rust/", env!("CARGO_PKG_VERSION"), " acme-ledger/2.1");
    assert_eq!(header(seen, "user-agent"), Some(agent));
    assert!(seen.ends_with("\r\n\r\n{\"key_id\":\"key-1\"}"), "{seen}");
}

#[tokio::test]
async fn an_anonymous_call_carries_no_credentials() {
    let server = server().await;
    let _: Value = Call::new(&server.client(), PUBLIC).json(&json!({})).await.unwrap();
    let seen = &server.seen()[0];
    assert!(!seen.contains(CLIENT_ID) && !seen.contains(SECRET), "{seen}");
    assert_eq!(header(seen, "plaid-version"), Some("2020-09-14"));
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    let server = server().await;
    let client = server.builder().base_url(&format!("{}/proxy/plaid/", server.url)).build().unwrap();
    let _: Value = Call::new(&client, PUBLIC).await.unwrap();
    assert_eq!(first_line(&server), "POST /proxy/plaid/categories/get HTTP/1.1");
}

#[tokio::test]
async fn parameters_go_where_they_belong() {
    let server = server().await;
    let client = server.client();
    let call: Call<Value> = Call::new(&client, RECIPIENT)
        .path("recipientId", &"a/../b?c=%2F#é".to_owned())
        .query("limit", &Some(10_i64), ParameterStyle::Form)
        .query("offset", &None::<i64>, ParameterStyle::Form)
        .query("id", &vec!["a&b".to_owned(), "c d".to_owned()], ParameterStyle::FormExploded)
        .query("day", &["2026-03-01", "2026-03-02"], ParameterStyle::Form)
        .query("amount", &Decimal::new(1250, 2).to_string(), ParameterStyle::Form)
        .header_parameter("OAUTH-STATE-ID", &"state-1".to_owned())
        .header_parameter("Plaid-New-User-API-Enabled", &Some(true))
        .header_parameter("X-None", &None::<bool>);
    call.header("X-Trace", "t1").await.unwrap();
    assert_eq!(
        first_line(&server),
        "GET /fdx/recipient/a%2F..%2Fb%3Fc%3D%252F%23%C3%A9\
         ?limit=10&id=a%26b&id=c%20d&day=2026-03-01%2C2026-03-02&amount=12.50 HTTP/1.1"
    );
    let seen = &server.seen()[0];
    assert_eq!(header(seen, "oauth-state-id"), Some("state-1"));
    assert_eq!(header(seen, "plaid-new-user-api-enabled"), Some("true"));
    assert_eq!(header(seen, "x-none"), None);
    assert_eq!(header(seen, "x-trace"), Some("t1"));
    assert_eq!(header(seen, "content-type"), None);
}

#[tokio::test]
async fn forms_and_other_bodies_carry_their_media_type() {
    let server = server().await;
    let client = server.client();
    let _: Value = Call::new(&client, PUBLIC).form(&AccountsGetRequest::new("a b&c")).await.unwrap();
    let _: Value = Call::new(&client, PUBLIC).bytes("application/xml", "<a/>").await.unwrap();
    let seen = server.seen();
    assert_eq!(header(&seen[0], "content-type"), Some("application/x-www-form-urlencoded"));
    assert!(seen[0].ends_with("\r\n\r\naccess_token=a%20b%26c"), "{}", seen[0]);
    assert_eq!(header(&seen[1], "content-type"), Some("application/xml"));
    assert!(seen[1].ends_with("\r\n\r\n<a/>"), "{}", seen[1]);
}

#[tokio::test]
async fn invalid_values_are_errors_before_anything_is_sent() {
    let server = server().await;
    let client = server.client();
    let call = || Call::<Value>::new(&client, RECIPIENT);
    let cases = [
        (call().path("recipientId", &String::new()), "recipientId"),
        (call().path("recipientId", &"..".to_owned()), "recipientId"),
        (call().path("recipientId", &None::<String>), "recipientId"),
        (call().path("recipientId", &json!({})), "recipientId"),
        (call(), "recipientId"),
        (call().path("other", &"x".to_owned()), "other"),
        (call().query("filter", &json!({ "a": { "b": 1 } }), ParameterStyle::Form), "filter"),
        (call().header_parameter("OAUTH-STATE-ID", &"hunter2\r\nX-Evil: 1".to_owned()), "OAUTH-STATE-ID"),
        (call().header("X Trace", "t1"), "X Trace"),
        (call().header("Content-Length", "3"), "Content-Length"),
        (call().header("transfer-encoding", "chunked"), "transfer-encoding"),
        (call().header("connection", "close"), "connection"),
        (call().header("host", "other.example.com"), "host"),
        (call().header("expect", "100-continue"), "expect"),
        (call().header("proxy-authorization", "hunter2"), "proxy-authorization"),
        (call().header("Plaid-Secret", "hunter2"), "credentials"),
        (call().header("Authorization", "Bearer hunter2"), "credentials"),
        (call().header_parameter("transfer-encoding", &"chunked".to_owned()), "transfer-encoding"),
        (call().form(&"text".to_owned()), "form"),
    ];
    for (call, named) in cases {
        let error: Error = call.await.unwrap_err();
        assert!(error.is_build() && error.status().is_none(), "{error}");
        assert_eq!(error.operation(), Some(RECIPIENT));
        let printed = format!("{error} {error:?}");
        assert!(printed.contains(named) && !printed.contains("hunter2"), "{printed}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn clones_are_shared_between_tasks() {
    let server = server().await;
    let client = server.client();
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client: Client = client.clone();
            tokio::spawn(
                async move { Call::<Value>::new(&client, PUBLIC).timeout(Duration::from_secs(20)).await.map(drop) },
            )
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.seen().len(), 8);
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let server = server().await;
    drop(Call::<Value>::new(&server.client(), PUBLIC).into_future());
    assert!(server.seen().is_empty());
}

/// A server that keeps connections open, and counts them.
async fn keeping_server() -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            tokio::spawn(async move {
                let mut buffer = [0; 8192];
                while matches!(socket.read(&mut buffer).await, Ok(1..)) {
                    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
                }
            });
        }
    });
    (url, connections)
}

#[tokio::test]
async fn connections_are_reused_by_clones_and_with_other_credentials() {
    let (url, connections) = keeping_server().await;
    let client = Client::builder().base_url(&url).credentials(CLIENT_ID, SECRET).build().unwrap();
    let tenant = plaid_sdk::client::Credentials::new("tenant-id", "tenant-secret").unwrap();
    for client in [client.clone(), client.with_credentials(&tenant), client] {
        for _ in 0..5 {
            Call::<()>::new(&client, PUBLIC).await.unwrap();
        }
    }
    assert_eq!(connections.load(std::sync::atomic::Ordering::SeqCst), 1);
}

crate::protocols::over_http2! {
    a_call_carries_credentials_version_and_json,
    an_anonymous_call_carries_no_credentials,
    a_base_url_may_have_a_path,
    parameters_go_where_they_belong,
    forms_and_other_bodies_carry_their_media_type,
    invalid_values_are_errors_before_anything_is_sent,
    clones_are_shared_between_tasks,
    a_call_that_is_not_awaited_sends_nothing,
    connections_are_reused_by_clones_and_with_other_credentials,
}
