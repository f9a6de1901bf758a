//! Calls without async.
#![cfg(feature = "blocking")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use plaid_sdk::blocking::wait;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::{Client, Error};

const ANY: &Operation = &Operation::new("any", Method::Post, "/any");

fn client() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            thread::spawn(move || {
                while matches!(socket.read(&mut [0; 8192]), Ok(1..)) {
                    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{\"a\": 1}").unwrap();
                }
            });
        }
    });
    Client::builder().base_url(&url).credentials("id", "secret").build().unwrap()
}

#[test]
fn calls_can_be_waited_for_from_many_threads() {
    let client = client();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || {
                for _ in 0..10 {
                    let response: Value = Call::new(&client, ANY).json(&json!({})).wait().unwrap();
                    assert_eq!(response["a"], 1);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let response: Value = wait(Call::new(&client, ANY).json(&json!({}))).unwrap();
    assert_eq!(response["a"], 1);
}

fn wait_once(client: &Client) -> Result<Value, Error> {
    Call::new(client, ANY).json(&json!({})).wait()
}

#[tokio::test]
async fn in_async_code_it_is_an_error() {
    let client = client();
    let error = wait_once(&client).unwrap_err();
    assert!(error.is_build() && error.to_string().contains("use `.await`"), "{error}");
    let error = tokio::spawn(async move { wait_once(&client) }).await.unwrap().unwrap_err();
    assert!(error.is_build(), "{error}");
    // What it takes to find that out is given back.
    assert!(tokio::task::coop::has_budget_remaining());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn where_a_runtime_allows_blocking_it_works() {
    let client = client();
    let theirs = client.clone();
    assert_eq!(tokio::task::spawn_blocking(move || wait_once(&theirs)).await.unwrap().unwrap()["a"], 1);
    assert_eq!(tokio::task::block_in_place(|| wait_once(&client)).unwrap()["a"], 1);
    // Its connections belong to another runtime than these.
    for _ in 0..3 {
        let awaited: Value = Call::new(&client, ANY).json(&json!({})).await.unwrap();
        assert_eq!(
            (awaited, tokio::task::block_in_place(|| wait_once(&client)).unwrap()),
            (json!({"a": 1}), json!({"a": 1}))
        );
    }
}

/// Tokio does not limit this code, so it is not known as async. Waiting blocks the thread, and ends.
#[tokio::test]
async fn it_never_deadlocks_even_where_async_code_is_not_recognized() {
    let client = client();
    let waited = tokio::task::unconstrained(async { wait_once(&client) }).await;
    assert_eq!(waited.unwrap()["a"], 1);
}

#[test]
fn a_thread_that_entered_a_runtime_may_wait() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = client();
    let entered = runtime.enter();
    assert_eq!(wait_once(&client).unwrap()["a"], 1);
    drop(entered);
    assert_eq!(wait_once(&client).unwrap()["a"], 1);
}
