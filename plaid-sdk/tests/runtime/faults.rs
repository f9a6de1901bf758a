//! Connections that fail.

use std::time::{Duration, Instant};

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::response::RawResponse;
use plaid_sdk::{Client, Error, reqwest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::server::{CLIENT_ID, SECRET, Server, Step, response};

const ANY: &Operation = &Operation::new("any", Method::Post, "/any");

async fn call(client: &Client) -> Result<RawResponse, Error> {
    Call::new(client, ANY).await
}

fn part(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

/// An address that refuses connections, and the socket that keeps the port from other tests: it is bound and does not listen.
pub fn refusing() -> (String, TcpSocket) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    (format!("http://{}", socket.local_addr().unwrap()), socket)
}

#[tokio::test]
async fn a_refused_connection_is_a_connect_error() {
    let (url, _port) = refusing();
    let client = Client::builder().base_url(&url).credentials(CLIENT_ID, SECRET).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_connect() && error.is_transport() && !error.is_timeout() && !error.is_tls(), "{error}");
    assert!(error.status().is_none() && error.raw_body().is_none());
    assert!(error.to_string().starts_with("any: could not connect: "), "{error}");
}

#[tokio::test]
async fn a_host_without_address_is_a_failed_connection() {
    let builder = Client::builder().base_url("https://plaid.invalid").credentials(CLIENT_ID, SECRET);
    let error = call(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.is_connect() && !error.is_tls(), "{error:?}");
}

#[tokio::test]
async fn a_server_without_tls_is_reported() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        }
    });
    let client = Client::builder().base_url(&url).credentials(CLIENT_ID, SECRET).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_tls() && !error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_never_answers_times_out() {
    let server = Server::start(vec![Step::Wait(Duration::from_secs(30))]).await;
    let client = server.builder().timeout(Duration::from_millis(200)).build().unwrap();
    let start = Instant::now();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
    let error = Call::<RawResponse>::new(&server.client(), ANY).timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_body_that_never_ends_times_out_and_keeps_what_came() {
    let head = "HTTP/1.1 200 OK\r\nplaid-request-id: r1\r\ncontent-length: 100\r\n\r\n{\"a\":";
    let server = Server::start(vec![part(head), Step::Wait(Duration::from_secs(30))]).await;
    let client = server.builder().timeout(Duration::from_millis(300)).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_body(), "{error:?}");
    assert_eq!((error.status().unwrap().as_u16(), error.request_id().as_deref()), (200, Some("r1")));
    assert_eq!(error.raw_body().unwrap().as_ref(), b"{\"a\":");
}

/// On Linux, a listener with a full queue lets new connections wait. Other systems refuse them.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_takes_too_long_is_a_connect_error_and_a_timeout() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(connected) = timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
        queue.push(connected.unwrap());
    }
    let builder = Client::builder().base_url(&format!("http://{address}")).credentials(CLIENT_ID, SECRET);
    let client = builder.connect_timeout(Duration::from_millis(200)).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_cut_off_body_is_reported_and_kept() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"request_id\": \"r1\", \"accounts\": [";
    let server = Server::start(vec![part(head)]).await;
    let error = server.client().accounts_get(AccountsGetRequest::new("access-sandbox-1")).await.unwrap_err();
    assert!(error.is_body() && !error.is_decode() && !error.is_timeout(), "{error:?}");
    assert_eq!((error.status().unwrap().as_u16(), error.request_id().as_deref()), (200, Some("r1")));
    assert!(error.raw_body().unwrap().ends_with(b"\"accounts\": ["));
    assert!(error.to_string().starts_with("accountsGet: 200 OK: the response is cut off or damaged"), "{error}");
}

#[tokio::test]
async fn a_damaged_compressed_body_is_reported() {
    let server = Server::responding("200 OK", &["content-encoding: gzip"], "no gzip at all").await;
    let error = call(&server.client()).await.unwrap_err();
    assert!(error.is_body(), "{error:?}");
}

#[tokio::test]
async fn the_limit_is_for_the_unpacked_body() {
    // 5,000 times the letter x, packed.
    const BOMB: [u8; 40] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0, 0, 194, 160, 218, 139, 111, 10, 63, 160, 0, 0, 0, 0,
        128, 183, 1, 38, 240, 219, 0, 136, 19, 0, 0,
    ];
    let server = Server::responding("200 OK", &["content-encoding: gzip"], BOMB).await;
    assert_eq!(call(&server.client()).await.unwrap().body().as_ref(), "x".repeat(5000).as_bytes());
    let error = call(&server.builder().response_limit(4999).build().unwrap()).await.unwrap_err();
    assert!(error.is_body() && error.to_string().contains("over 4999 bytes"), "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_response_is_reported() {
    for steps in [vec![], vec![part("HTTP/1.1 200 OK\r\ncontent-le")], vec![part("SSH-2.0-OpenSSH\r\n\r\n")]] {
        let error = call(&Server::start(steps).await.client()).await.unwrap_err();
        assert!(error.is_transport() && !error.is_connect() && !error.is_timeout() && !error.is_tls(), "{error:?}");
    }
}

#[tokio::test]
async fn a_reset_connection_is_reported() {
    // Reset at once, in the head, and in the body.
    for sent in ["", "HTTP/1.1 200 OK\r\ncon", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                socket.read_exact(&mut [0; 10]).await.unwrap();
                socket.write_all(sent.as_bytes()).await.unwrap();
                tokio::time::sleep(Duration::from_millis(50)).await;
                // Closing a socket with unread data resets the connection.
                drop(socket);
            }
        });
        let client = Client::builder().base_url(&url).credentials(CLIENT_ID, SECRET).build().unwrap();
        let error = call(&client).await.unwrap_err();
        assert!(error.is_transport() && !error.is_timeout() && !error.is_connect(), "{error:?}");
        assert_eq!(error.is_body(), sent.ends_with(':'), "{error:?}");
        assert!(error.may_have_been_carried_out());
    }
}

#[tokio::test]
async fn wrong_lengths_do_not_affect_the_next_call() {
    let short =
        part("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{\"a\": 1}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    let many = part("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}\n");
    let none = part("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}");
    let chunked = part("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}");
    let script = [short, many, none, chunked].map(|step| vec![step]).to_vec();
    let server =
        Server::scripted([script, vec![vec![Step::Send(response("200 OK", &[], b"{\"b\": 2}"))]]].concat()).await;
    let client = server.client();
    for _ in 0..4 {
        let result: Result<plaid_sdk::serde_json::Value, Error> = Call::new(&client, ANY).await;
        let error = result.unwrap_err();
        assert!(error.is_decode() || error.is_transport(), "{error:?}");
    }
    assert_eq!(call(&client).await.unwrap().body().as_ref(), b"{\"b\": 2}");
}

#[tokio::test]
async fn a_response_over_the_limit_is_an_error() {
    for body in ["x".repeat(1001), "x".repeat(100_000)] {
        let server = Server::responding("200 OK", &["plaid-request-id: r1"], &body).await;
        let error = call(&server.builder().response_limit(1000).build().unwrap()).await.unwrap_err();
        assert!(error.is_body(), "{error:?}");
        assert_eq!(error.request_id().as_deref(), Some("r1"));
        let told = "any: 200 OK: the response is larger than the limit: over 1000 bytes (request id r1)";
        assert_eq!(error.to_string(), told);
    }
    let server = Server::responding("200 OK", &[], "x".repeat(1000)).await;
    let response = call(&server.builder().response_limit(1000).build().unwrap()).await.unwrap();
    assert_eq!(response.body().len(), 1000);
}

#[tokio::test]
async fn a_response_in_several_packets_is_joined() {
    let whole = response("200 OK", &[], br#"{"a": "bcdef"}"#);
    let steps = whole.chunks(7).flat_map(|piece| [Step::Send(piece.to_vec()), Step::Wait(Duration::from_millis(5))]);
    let server = Server::start(steps.collect()).await;
    assert_eq!(call(&server.client()).await.unwrap().body().as_ref(), br#"{"a": "bcdef"}"#);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_sends_nothing() {
    let other = Server::responding("200 OK", &[], "{}").await;
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("location: {}/any", other.url);
        let server = Server::responding(status, &[&location], "").await;
        let error = call(&server.client()).await.unwrap_err();
        assert!(error.is_status(), "{error:?}");
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
        assert!(error.to_string().contains("redirects are not followed"), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_customization_can_not_make_the_client_follow_redirects() {
    let other = Server::responding("200 OK", &[], "{}").await;
    let server = Server::responding("307 Temporary Redirect", &[&format!("location: {}/any", other.url)], "").await;
    let follow = |http: reqwest::ClientBuilder| http.redirect(reqwest::redirect::Policy::limited(10));
    let client = server.builder().http(follow).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_status() && error.to_string().contains("redirects are not followed"), "{error}");
    assert!(other.seen().is_empty());
}
