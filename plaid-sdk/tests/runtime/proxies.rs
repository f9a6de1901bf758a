//! Proxies that the environment configures. The variables are those of a process, so the calls run in another one.

use std::env;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use plaid_sdk::Client;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::serde_json::{Value, json};

use crate::server::{CLIENT_ID, SECRET, Server};

const ANY: &Operation = &Operation::new("any", Method::Post, "/any");
const IS_CHILD: &str = "PLAID_SDK_TEST_CHILD";

/// Runs the test with this name in another process with a proxy for everything. Returns what the proxy received from each
/// connection, or `None` in that other process.
fn with_a_proxy(test: &str) -> Option<Vec<String>> {
    if env::var_os(IS_CHILD).is_some() {
        return None;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let proxy = thread::spawn(move || {
        let mut received = Vec::new();
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let mut bytes = [0; 4096];
            let length = socket.read(&mut bytes).unwrap();
            let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
            if text == "end" {
                break;
            }
            received.push(text);
            socket.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").unwrap();
        }
        received
    });
    let mut child = Command::new(env::current_exe().unwrap());
    child.args([test, "--exact", "--nocapture"]).env(IS_CHILD, "1");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        child.env(name, format!("http://{address}")).env(name.to_ascii_lowercase(), format!("http://{address}"));
    }
    // With these, no proxy would be used for http, whatever the client does.
    child.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("REQUEST_METHOD");
    let output = child.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
    TcpStream::connect(address).unwrap().write_all(b"end").unwrap();
    Some(proxy.join().unwrap())
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn plain_http_uses_no_proxy() {
    let Some(received) = with_a_proxy("proxies::plain_http_uses_no_proxy") else {
        return block_on(async {
            let server = Server::responding("200 OK", &[], "{}").await;
            let _: Value = Call::new(&server.client(), ANY).json(&json!({})).await.unwrap();
            assert_eq!(server.arrivals(), 1);
        });
    };
    assert_eq!(received, Vec::<String>::new());
}

#[test]
fn a_proxy_for_https_sees_only_the_name_of_the_server() {
    let Some(received) = with_a_proxy("proxies::a_proxy_for_https_sees_only_the_name_of_the_server") else {
        return block_on(async {
            let builder = Client::builder().base_url("https://plaid.invalid").credentials(CLIENT_ID, SECRET);
            let client = builder.retry(RetryPolicy::none()).build().unwrap();
            let error = Call::<Value>::new(&client, ANY).json(&json!({})).await.unwrap_err();
            assert!(error.is_transport() && !error.may_have_been_carried_out(), "{error:?}");
        });
    };
    assert_eq!(received.len(), 1, "{received:?}");
    assert!(received[0].starts_with("CONNECT plaid.invalid:443 HTTP/1.1\r\n"), "{received:?}");
    for hidden in [CLIENT_ID, SECRET, "/any"] {
        assert!(!received[0].contains(hidden), "{received:?}");
    }
}
