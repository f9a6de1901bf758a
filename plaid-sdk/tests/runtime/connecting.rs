//! Calls that fail while the client is still connecting, so that nothing was sent.

use std::time::Duration;

use plaid_sdk::Client;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::client::ClientBuilder;
use plaid_sdk::reqwest::Proxy;
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::server::{CLIENT_ID, SECRET};

const GET: &Operation = &Operation::new("get", Method::Get, "/any");
const CREATE: &Operation = &Operation::new("create", Method::Post, "/any");

/// A server that accepts connections, reads, and never answers. Returns its address.
async fn silent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move { while matches!(socket.read(&mut [0; 1024]).await, Ok(1..)) {} });
        }
    });
    address
}

fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).credentials(CLIENT_ID, SECRET).retry(RetryPolicy::none())
}

/// Checks calls with and without a body, which the transport tracks in different ways.
async fn nothing_is_sent(client: &Client, limit: Duration) {
    for call in [Call::<Value>::new(client, GET), Call::new(client, CREATE).json(&json!({"amount": 1}))] {
        let error = call.timeout(limit).await.unwrap_err();
        assert!(error.is_connect() && error.is_timeout() && error.is_retryable(), "{error:?}");
        assert!(!error.may_have_been_carried_out(), "{error:?}");
    }
}

#[tokio::test]
async fn a_timeout_of_the_call_while_connecting_sent_nothing() {
    let url = format!("https://{}", silent().await);
    nothing_is_sent(&builder(&url).build().unwrap(), Duration::from_millis(200)).await;
}

#[tokio::test]
async fn a_timeout_of_connecting_sent_nothing() {
    let url = format!("https://{}", silent().await);
    let client = builder(&url).connect_timeout(Duration::from_millis(200)).build().unwrap();
    nothing_is_sent(&client, Duration::from_secs(20)).await;
}

#[tokio::test]
async fn a_proxy_that_never_answers_was_sent_nothing() {
    let proxy = format!("http://{}", silent().await);
    let through = move |http: plaid_sdk::reqwest::ClientBuilder| http.proxy(Proxy::all(&proxy).unwrap());
    let client = builder("https://plaid.invalid").http(through.clone()).build().unwrap();
    nothing_is_sent(&client, Duration::from_millis(200)).await;
    let quick = builder("https://plaid.invalid").http(through).connect_timeout(Duration::from_millis(200));
    nothing_is_sent(&quick.build().unwrap(), Duration::from_secs(20)).await;
}

#[test]
fn a_base_url_that_the_http_client_can_not_use_is_refused() {
    for url in ["https://x:99999", "https://xn--/", "https://:443", "https://a%b"] {
        assert!(builder(url).build().unwrap_err().is_build(), "{url}");
    }
}
