//! One client in several async runtimes.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use plaid_sdk::Client;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::server::{Protocol, Server, responses};

const CREATE: &Operation = &Operation::new("processorTokenCreate", Method::Post, "/processor/token/create");

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A server in a runtime of its own, which is polled all the time.
fn server(protocol: Protocol) -> (Server, Runtime) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let script = |_: usize, _: &str| responses("200 OK", &[], r#"{"a": 1}"#);
    (runtime.block_on(Server::speaking(protocol, script)), runtime)
}

fn call(runtime: &Runtime, client: &Client) {
    let call = Call::<Value>::new(client, CREATE).json(&json!({})).timeout(Duration::from_secs(10));
    assert_eq!(runtime.block_on(call.retry(RetryPolicy::none()).into_future()).unwrap()["a"], 1);
}

#[test]
fn a_runtime_that_is_not_polled_blocks_no_other() {
    let (server, _running) = server(Protocol::Http2);
    let client = server.builder().build().unwrap();
    let (first, second) = (runtime(), runtime());
    for _ in 0..3 {
        call(&first, &client);
        call(&second, &client);
    }
    // Each keeps its connection.
    assert_eq!((server.connections(), server.arrivals()), (2, 6));
}

#[test]
fn a_runtime_that_has_ended_leaves_nothing_behind() {
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let (server, _running) = server(protocol);
        let client = server.builder().build().unwrap();
        for _ in 0..4 {
            call(&runtime(), &client);
        }
        assert_eq!(server.connections(), 4);
    }
}

#[test]
fn runtimes_may_take_turns_on_many_threads() {
    let (server, _running) = server(Protocol::Http2);
    let client = server.builder().build().unwrap();
    let (done, results) = mpsc::channel();
    for _ in 0..6 {
        let (client, done) = (client.clone(), done.clone());
        thread::spawn(move || {
            let runtime = runtime();
            for _ in 0..5 {
                call(&runtime, &client);
            }
            done.send(()).unwrap();
        });
    }
    for _ in 0..6 {
        results.recv_timeout(Duration::from_secs(60)).unwrap();
    }
    assert_eq!(server.arrivals(), 30);
}

#[test]
fn without_a_runtime_the_call_says_so() {
    use std::task::{Context, Poll, Waker};
    let client = Client::builder().base_url("http://127.0.0.1:1").credentials("id", "secret").build().unwrap();
    let mut call = std::pin::pin!(Call::<()>::new(&client, CREATE).retry(RetryPolicy::none()).into_future());
    let Poll::Ready(result) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits") };
    let error = result.unwrap_err();
    assert!(error.to_string().contains("tokio runtime") && !error.may_have_been_carried_out(), "{error}");
}
