//! Bodies that are too large or too slow.

use std::time::{Duration, Instant};

use plaid_explorer::GatewayLimits;
use tokio::io::AsyncWriteExt as _;

use crate::attacks::support::{BODY, Lab, PATH, Reply, json};

fn hasty() -> GatewayLimits {
    let mut limits = GatewayLimits::default();
    limits.read = Duration::from_millis(400);
    limits.body = 100_000;
    limits.upload = 400_000;
    limits
}

async fn lab() -> Lab {
    Lab::with(json("{}"), hasty(), |builder| builder, |guard| guard).await
}

fn head(lab: &Lab, path: &str, lines: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n{lines}\r\n",
        lab.address
    )
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_large_is_refused_at_once() {
    let lab = lab().await;
    for length in ["100001", "10000000000", "18446744073709551615"] {
        for path in [PATH, "/-/call/itemGet", "/mcp", "/nowhere"] {
            let begun = Instant::now();
            let reply = lab.send(head(&lab, path, &format!("Content-Length: {length}\r\n"))).await;
            assert!(matches!(reply.status(), 400 | 413 | 431), "{path} {length}: {}", reply.text);
            assert!(begun.elapsed() < Duration::from_millis(300));
        }
    }
    let reply = lab.send(head(&lab, PATH, "Content-Length: 100001\r\n")).await;
    assert_eq!(reply.code(), "BODY_TOO_LARGE");
    assert!(lab.stub.seen().is_empty());
}

#[tokio::test]
async fn an_endless_body_is_cut() {
    let lab = lab().await;
    let mut socket = lab.connect().await;
    socket.write_all(head(&lab, PATH, "Transfer-Encoding: chunked\r\n").as_bytes()).await.expect("sent");
    let piece = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    let (mut reader, mut writer) = socket.into_split();
    let pouring = tokio::spawn(async move { while writer.write_all(piece.as_bytes()).await.is_ok() {} });
    let mut bytes = vec![0; 4096];
    let count = tokio::io::AsyncReadExt::read(&mut reader, &mut bytes).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
    assert!(text.starts_with("HTTP/1.1 413") && text.contains("BODY_TOO_LARGE"), "{text}");
    drop(reader);
    tokio::time::timeout(Duration::from_secs(5), pouring).await.expect("the server closes").expect("no panic");
    assert!(lab.stub.seen().is_empty());
}

#[tokio::test]
async fn a_slow_body_is_not_waited_for() {
    let lab = lab().await;
    let mut socket = lab.connect().await;
    let begun = Instant::now();
    socket.write_all(head(&lab, PATH, "Content-Length: 1000\r\n").as_bytes()).await.expect("sent");
    let (reader, mut writer) = socket.into_split();
    let dripping = tokio::spawn(async move {
        while writer.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        writer
    });
    let mut bytes = vec![0; 4096];
    let mut reader = reader;
    let count = tokio::io::AsyncReadExt::read(&mut reader, &mut bytes).await.expect("a response");
    let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
    assert!(text.starts_with("HTTP/1.1 408") && text.contains("BODY_TOO_SLOW"), "{text}");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    dripping.abort();
    assert!(lab.stub.seen().is_empty());
}

#[tokio::test]
async fn a_slow_head_is_not_waited_for() {
    let lab = lab().await;
    let begun = Instant::now();
    let mut socket = lab.connect().await;
    let piece = format!("POST {PATH} HTTP/1.1\r\n");
    socket.write_all(piece.as_bytes()).await.expect("sent");
    let (reader, mut writer) = socket.into_split();
    tokio::spawn(async move { drip(&mut writer).await });
    let mut bytes = Vec::new();
    let mut reader = reader;
    let ended =
        tokio::time::timeout(Duration::from_secs(5), tokio::io::AsyncReadExt::read_to_end(&mut reader, &mut bytes));
    assert!(ended.await.is_ok(), "the server waits for a head");
    assert!(begun.elapsed() > Duration::from_millis(300), "{:?}", begun.elapsed());
}

async fn drip(writer: &mut tokio::net::tcp::OwnedWriteHalf) {
    while writer.write_all(b"X: a\r\n").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn the_operation_with_a_file_takes_more() {
    let lab = lab().await;
    let file = "A".repeat(300_000);
    let body =
        format!(r#"{{"originator_client_id":"64daf713c26e50004b182d95","file":"{file}","purpose":"DUE_DILIGENCE"}}"#);
    let reply = lab.send(lab.request("/transfer/diligence/document/upload", "", &body)).await;
    assert_eq!(reply.status(), 200, "{}", reply.text);
    assert!(lab.stub.seen()[0].ends_with(&body));
    let large = format!(r#"{{"access_token":"{file}"}}"#);
    assert_eq!(lab.send(lab.request(PATH, "", &large)).await.code(), "BODY_TOO_LARGE");
    let larger = body.replace(&file, &file.repeat(2));
    assert_eq!(
        lab.send(lab.request("/transfer/diligence/document/upload", "", &larger)).await.code(),
        "BODY_TOO_LARGE"
    );
}

#[tokio::test]
async fn a_body_that_ends_early_is_not_sent() {
    let lab = lab().await;
    let mut socket = lab.connect().await;
    let length = format!("Content-Length: {}\r\n", BODY.len() + 1);
    socket.write_all(format!("{}{BODY}", head(&lab, PATH, &length)).as_bytes()).await.expect("sent");
    socket.shutdown().await.expect("closed");
    let reply = Reply::read(socket).await;
    assert!(matches!(reply.status(), 0 | 400), "{}", reply.text);
    assert!(lab.stub.seen().is_empty());
}
