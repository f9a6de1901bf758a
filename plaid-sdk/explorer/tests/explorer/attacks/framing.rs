//! Requests whose ends two servers may see at different places, and heads that are not as they should be.

use crate::attacks::support::{BODY, Lab, PATH, SECRET};

/// A second request, inside the first one's body.
fn smuggled(lab: &Lab) -> String {
    lab.request("/item/remove", "", r#"{"access_token":"smuggled"}"#)
}

async fn nothing_smuggled(lab: &Lab, request: &str) {
    let reply = lab.send(request).await;
    let seen = lab.stub.seen();
    assert!(seen.iter().all(|one| !one.contains("/item/remove")), "{request}\n{seen:?}\n{}", reply.text);
    assert!(matches!(reply.status(), 0 | 200 | 400 | 411 | 413 | 501), "{request}\n{}", reply.text);
}

#[tokio::test]
async fn no_request_is_hidden_in_another() {
    let lab = Lab::start().await;
    let inner = smuggled(&lab);
    let head = format!("POST {PATH} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n", lab.address);
    let chunk = format!("{:x}\r\n{BODY}\r\n", BODY.len());
    let length = BODY.len() + inner.len();
    for lines in [
        // Both ways of saying where the body ends: the shorter one must not leave the rest as a request.
        format!(
            "Content-Length: {length}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunk}0\r\n\r\n{inner}"
        ),
        format!(
            "Transfer-Encoding: chunked\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{chunk}0\r\n\r\n{inner}"
        ),
        format!("Content-Length: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{BODY}{inner}", BODY.len()),
        format!("Content-Length: {length}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{BODY}{inner}", BODY.len()),
        format!("Content-Length: {}, {length}\r\nConnection: close\r\n\r\n{BODY}{inner}", BODY.len()),
        format!("Content-Length: +{}\r\nConnection: close\r\n\r\n{BODY}{inner}", BODY.len()),
        format!("Content-Length: -1\r\nConnection: close\r\n\r\n{BODY}{inner}"),
        format!("Content-Length: 0x10\r\nConnection: close\r\n\r\n{BODY}{inner}"),
        format!("Transfer-Encoding: chunked, identity\r\nConnection: close\r\n\r\n{chunk}0\r\n\r\n{inner}"),
        format!(
            "Transfer-Encoding: xchunked\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{BODY}{inner}",
            BODY.len()
        ),
        format!("Transfer-Encoding: gzip\r\nConnection: close\r\n\r\n{BODY}{inner}"),
        format!(
            "Transfer-Encoding : chunked\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{BODY}{inner}",
            BODY.len()
        ),
        format!(
            "Transfer-Encoding:\r\n chunked\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{BODY}{inner}",
            BODY.len()
        ),
        format!("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunk}0\r\nContent-Length: 5\r\n\r\n{inner}"),
        format!(
            "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nfffffffffffffffff\r\n{BODY}\r\n0\r\n\r\n{inner}"
        ),
        format!("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n-1\r\n{BODY}\r\n0\r\n\r\n{inner}"),
    ] {
        nothing_smuggled(&lab, &format!("{head}{lines}")).await;
    }
}

#[tokio::test]
async fn a_request_with_two_ends_is_sent_on_with_one() {
    let lab = Lab::start().await;
    let both = format!(
        "POST {PATH} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\
         Connection: close\r\n\r\n{:x};name=value;q=\"x\"\r\n{BODY}\r\n0\r\n\r\n",
        lab.address,
        BODY.len()
    );
    let reply = lab.send(both).await;
    assert!(matches!(reply.status(), 200 | 400), "{}", reply.text);
    for one in lab.stub.seen() {
        let lower = one.to_ascii_lowercase();
        assert!(
            !lower.contains("transfer-encoding") && lower.contains(&format!("content-length: {}\r\n", BODY.len())),
            "{one}"
        );
    }
}

#[tokio::test]
async fn chunks_may_have_extensions() {
    let lab = Lab::start().await;
    let (start, end) = BODY.split_at(5);
    let request = format!(
        "POST {PATH} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
         5;ext=\"a\"\r\n{start}\r\n{:x};b\r\n{end}\r\n0\r\nPlaid-Secret: trailer\r\n\r\n",
        lab.address,
        end.len()
    );
    let reply = lab.send(request).await;
    assert_eq!(reply.status(), 200, "{}", reply.text);
    let seen = lab.stub.seen();
    assert!(seen[0].ends_with(BODY) && !seen[0].contains("trailer"), "{seen:?}");
    let endless = format!(
        "POST {PATH} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5;{}",
        lab.address,
        "x".repeat(1 << 20)
    );
    assert!(matches!(lab.send(endless).await.status(), 0 | 400));
    assert_eq!(lab.stub.seen().len(), 1);
}

#[tokio::test]
async fn heads_that_are_not_heads_are_refused() {
    let lab = Lab::start().await;
    let good = lab.request(PATH, "", BODY);
    for (name, request) in [
        ("a folded line", lab.request(PATH, "X: a\r\n b\r\n", BODY)),
        ("a NUL in a header", lab.request(PATH, "X: a\0b\r\n", BODY)),
        ("a CR in a header", lab.request(PATH, "X: a\rb\r\n", BODY)),
        ("a space in a name", lab.request(PATH, "X Y: a\r\n", BODY)),
        ("no name", lab.request(PATH, ": a\r\n", BODY)),
        // The request has four of its own.
        ("101 headers", lab.request(PATH, &"X: a\r\n".repeat(97), BODY)),
        ("1000 headers", lab.request(PATH, &"X: a\r\n".repeat(1000), BODY)),
        ("a large header", lab.request(PATH, &format!("X: {}\r\n", "a".repeat(1 << 20)), BODY)),
        ("a large path", lab.request(&format!("/{}", "a".repeat(1 << 20)), "", BODY)),
        ("another version", good.replace("HTTP/1.1", "HTTP/3.0")),
        ("HTTP/2 without its preface", good.replace("HTTP/1.1", "HTTP/2.0")),
        ("an older form", format!("GET {PATH}\r\n\r\n")),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}".to_owned() + &"x".repeat(600)),
    ] {
        let reply = lab.send(&request).await;
        assert!(matches!(reply.status(), 0 | 400 | 404 | 414 | 421 | 431 | 505), "{name}: {}", reply.text);
    }
    assert!(lab.stub.seen().is_empty(), "{:?}", lab.stub.seen());
}

#[tokio::test]
async fn bare_line_feeds_change_nothing() {
    let lab = Lab::start().await;
    let reply = lab.send(lab.request(PATH, "X: a\nPlaid-Secret: b\n", BODY)).await;
    assert!(matches!(reply.status(), 200 | 400), "{}", reply.text);
    let reply = lab.send(format!("POST {PATH} HTTP/1.1\nHost: evil.test\n\n")).await;
    assert!(matches!(reply.status(), 400 | 421), "{}", reply.text);
    assert!(lab.stub.seen().iter().all(|one| one.contains(&format!("plaid-secret: {SECRET}\r\n"))));
}

#[tokio::test]
async fn headers_of_the_connection_can_not_take_the_credentials_away() {
    let lab = Lab::start().await;
    for lines in [
        "Connection: plaid-secret, plaid-client-id\r\n",
        "Proxy-Connection: plaid-secret\r\nTE: trailers\r\nTrailer: plaid-secret\r\nKeep-Alive: timeout=1\r\n",
        "Proxy-Authorization: Basic x\r\nAuthorization: Bearer y\r\nCookie: a=b\r\n",
    ] {
        assert_eq!(lab.call(lines).await.status(), 200, "{lines}");
    }
    for one in lab.stub.seen() {
        assert!(one.contains(&format!("plaid-secret: {SECRET}\r\n")), "{one}");
        let lower = one.to_ascii_lowercase();
        for name in ["\r\nte:", "trailer", "keep-alive", "authorization", "cookie", "connection: plaid"] {
            assert!(!lower.contains(name), "{name}: {one}");
        }
    }
}

#[tokio::test]
async fn a_client_may_wait_until_it_is_told_to_go_on() {
    let lab = Lab::start().await;
    let reply = lab.call("Expect: 100-continue\r\n").await;
    assert!(reply.text.contains("HTTP/1.1 200 OK"), "{}", reply.text);
    // What is refused by its head does not have to be sent at all.
    let refused = lab.send(lab.request(PATH, "Expect: 100-continue\r\nOrigin: null\r\n", "")).await;
    assert_eq!(refused.status(), 403);
    assert_eq!(lab.stub.seen().len(), 1);
}

#[tokio::test]
async fn requests_of_one_connection_stay_apart() {
    let lab = Lab::start().await;
    let one = lab.request(PATH, "", BODY).replace("Connection: close\r\n", "");
    let other = lab.request("/accounts/get", "", BODY);
    let reply = lab.send(format!("{one}{other}")).await;
    assert_eq!(reply.text.matches("HTTP/1.1 200 OK").count(), 2, "{}", reply.text);
    let seen = lab.stub.seen();
    assert!(seen.len() == 2 && seen[0].starts_with("POST /item/get ") && seen[1].starts_with("POST /accounts/get "));
}
