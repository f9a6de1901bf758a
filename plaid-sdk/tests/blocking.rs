//! Calls without async.
#![cfg(feature = "blocking")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use plaid_sdk::Client;
use plaid_sdk::blocking::wait;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::serde_json::{Value, json};

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

#[tokio::test]
async fn inside_an_async_runtime_it_is_an_error() {
    let error = Call::<()>::new(&client(), ANY).wait().unwrap_err();
    assert!(error.is_build() && error.to_string().contains("use `.await`"), "{error}");
}
