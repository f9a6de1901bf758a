//! Paths and methods that another server may understand in another way.

use crate::attacks::support::{BODY, Lab};

async fn send(lab: &Lab, method: &str, target: &str, lines: &str) -> u16 {
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n{lines}Content-Length: {}\r\n\r\n{BODY}",
        lab.address,
        BODY.len()
    );
    lab.send(request).await.status()
}

#[tokio::test]
async fn paths_are_compared_to_the_byte() {
    let lab = Lab::start().await;
    for target in [
        "//item/get",
        "/item//get",
        "/item/get/",
        "/./item/get",
        "/link/../item/get",
        "/item/x/../get",
        "/link/%2e%2e/item/get",
        "/item%2Fget",
        "/item%2fget",
        "/%69tem/get",
        "/item/get%00",
        "/item/get%20",
        "/item/get;x",
        "/item;x/get",
        "/item\\get",
        "/ITEM/get",
        "/item/get.json",
        "/-/../item/get",
        "/item/get/..",
        "item/get",
        "@evil.test/item/get",
        "/@evil.test/item/get",
        "*",
        "/",
    ] {
        let status = send(&lab, "POST", target, "").await;
        assert!(matches!(status, 400 | 404 | 405 | 421), "{target}: {status}");
    }
    for target in ["/item/get?x", "/item/get?", "/item/get?a=b", "/item/get?/../x"] {
        let status = send(&lab, "POST", target, "").await;
        assert!(matches!(status, 400 | 404), "{target}: {status}");
    }
    let reply = lab.send(b"POST /item/get\0 HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(matches!(reply.status(), 0 | 400 | 421), "{}", reply.text);
    assert!(lab.stub.seen().is_empty(), "{:?}", lab.stub.seen());
}

#[tokio::test]
async fn parameters_of_paths_are_one_plain_segment() {
    let lab = Lab::start().await;
    let get = |target: &'static str| {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", lab.address);
        lab.send(request)
    };
    assert_eq!(get("/fdx/consents/abc-1.2_3~").await.status(), 200);
    for target in [
        "/fdx/consents/..",
        "/fdx/consents/.",
        "/fdx/consents/",
        "/fdx/consents/a/b",
        "/fdx/consents/a%2fb",
        "/fdx/consents/a%2e%2e",
        "/fdx/consents/a;b",
        "/fdx/consents/a?b=c",
        "/fdx/consents/a@b",
    ] {
        let reply = get(target).await;
        assert!(matches!(reply.status(), 400 | 404), "{target}: {}", reply.text);
    }
    assert_eq!(lab.stub.seen().len(), 1);
    assert!(lab.stub.seen()[0].starts_with("GET /fdx/consents/abc-1.2_3~ HTTP/1.1\r\n"));
}

#[tokio::test]
async fn methods_are_those_of_the_operations() {
    let lab = Lab::start().await;
    for method in ["PUT", "PATCH", "DELETE", "TRACE", "BREW", "post"] {
        let status = send(&lab, method, "/item/get", "").await;
        assert!(matches!(status, 400 | 405), "{method}: {status}");
    }
    assert_eq!(send(&lab, "GET", "/item/get", "").await, 405);
    assert_eq!(send(&lab, "HEAD", "/item/get", "").await, 405);
    let connect = lab.send(format!("CONNECT evil.test:443 HTTP/1.1\r\nHost: {}\r\n\r\n", lab.address)).await;
    assert!(matches!(connect.status(), 400 | 405 | 421), "{}", connect.text);
    assert!(lab.stub.seen().is_empty());
    // Headers that ask for another method or path are not sent on.
    let lines = "X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /item/remove\r\nX-Forwarded-Host: evil.test\r\nForwarded: host=evil.test\r\n";
    assert_eq!(send(&lab, "POST", "/item/get", lines).await, 200);
    let seen = lab.stub.seen();
    assert!(seen[0].starts_with("POST /item/get HTTP/1.1\r\n") && !seen[0].contains("evil"), "{seen:?}");
}
