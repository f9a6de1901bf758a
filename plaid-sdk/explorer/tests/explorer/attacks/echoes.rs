//! Upstreams that answer with the secret, with scripts, without an end, or with the way to another host.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plaid_explorer::GatewayLimits;

use crate::attacks::support::{Act, BODY, Lab, SECRET, json, pieces, response};

async fn nothing_leaks(name: &str, script: Vec<Act>) {
    let lab = Lab::before(script).await;
    let reply = lab.call("").await;
    assert!(!reply.text.contains(SECRET), "{name}: {}", reply.text);
    let start = &SECRET[..SECRET.len() - 1];
    assert!(!reply.text.contains(start), "{name}: {}", reply.text);
    if reply.status() == 200 {
        assert!(!reply.is_complete, "{name}: {}", reply.text);
    } else {
        assert_eq!((reply.status(), reply.code().as_str()), (502, "SECRET_IN_RESPONSE"), "{name}");
    }
    let audit = lab.audit(1).await;
    let outcome = audit[0]["outcome"].as_str().unwrap_or_default();
    assert!(
        matches!(outcome, "refused: SECRET_IN_RESPONSE" | "cut off: the secret is in the response"),
        "{name}: {outcome}"
    );
    assert!(!audit[0].to_string().contains(SECRET));
}

#[tokio::test]
async fn the_secret_does_not_come_back() {
    let whole = format!(r#"{{"headers":{{"plaid-secret":"{SECRET}"}}}}"#);
    nothing_leaks("in a body", json(&whole)).await;
    let (start, end) = whole.split_at(40);
    nothing_leaks("in two pieces", pieces("application/json", &[start.as_bytes(), end.as_bytes()])).await;
    let single: Vec<&[u8]> = whole.as_bytes().chunks(1).collect();
    nothing_leaks("byte by byte", pieces("application/json", &single)).await;
    let far = format!("{}{SECRET}", " ".repeat(300_000));
    nothing_leaks("far behind", json(&far)).await;
    nothing_leaks("in a PDF", response("application/pdf", format!("%PDF-1.7\n\0\u{1}({SECRET}) Tj").as_bytes())).await;
    for before in ["", "x", "xy"] {
        let encoded = STANDARD.encode(format!("{before}{SECRET}"));
        let lab = Lab::before(json(&format!(r#"{{"authorization":"Basic {encoded}"}}"#))).await;
        assert_eq!(lab.call("").await.code(), "SECRET_IN_RESPONSE", "{before}");
    }
    let header = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nPlaid-Request-Id: {SECRET}\r\nContent-Length: 2\r\n\r\n{{}}"
    );
    nothing_leaks("in a header", vec![Act::Send(header.into_bytes())]).await;
    let error = format!(
        "HTTP/1.1 500 X {SECRET}\r\nContent-Type: text/html\r\nX-Debug: {SECRET}\r\nContent-Length: 30\r\n\r\n{SECRET}"
    );
    nothing_leaks("in an error", vec![Act::Send(error.into_bytes())]).await;
}

#[tokio::test]
async fn a_start_of_the_secret_is_no_secret() {
    let near = format!(r#"{{"id":"{}"}}"#, &SECRET[..20]);
    let lab =
        Lab::before(pieces("application/json", &[near.as_bytes().split_at(17).0, near.as_bytes().split_at(17).1]))
            .await;
    let reply = lab.call("").await;
    assert!(reply.status() == 200 && reply.is_complete && reply.text.contains(&SECRET[..20]), "{}", reply.text);
}

#[tokio::test]
async fn a_compressed_response_can_not_be_searched() {
    let lab = Lab::before(vec![Act::Send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08".to_vec(),
    )])
    .await;
    assert_eq!(lab.call("Accept-Encoding: gzip, br\r\n").await.code(), "UPSTREAM_COMPRESSED");
    assert!(lab.stub.seen()[0].contains("accept-encoding: identity\r\n"));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = crate::attacks::support::Stub::start(json("{}")).await;
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent", "303 Other"] {
        let head = format!("HTTP/1.1 {status}\r\nLocation: {}/item/get\r\nContent-Length: 0\r\n\r\n", other.url);
        let lab = Lab::before(vec![Act::Send(head.into_bytes())]).await;
        let reply = lab.call("").await;
        assert_eq!((reply.status(), reply.code().as_str()), (502, "UPSTREAM_REDIRECTED"));
        assert_eq!(reply.header("location"), None);
    }
    assert!(other.seen().is_empty(), "the secret went to another host");
}

#[tokio::test]
async fn responses_can_not_become_pages() {
    let script = "<script>alert(1)</script></script><img src=x onerror=alert(1)>";
    for kind in ["text/html", "TEXT/HTML; charset=utf-8", "image/svg+xml", "application/xhtml+xml", "text/xml", "", "x"]
    {
        let lab = Lab::before(response(kind, script.as_bytes())).await;
        let reply = lab.call("").await;
        let given = reply.header("content-type").unwrap_or_default();
        assert!(matches!(given, "text/plain; charset=utf-8" | "application/octet-stream"), "{kind}: {given}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'"));
    }
    let error = format!(
        r#"{{"error_type":"INVALID_REQUEST","error_code":"{0}","error_message":"{0}"}}"#,
        "</script><script>alert(1)</script>"
    );
    let lab = Lab::before(json(&error)).await;
    let reply = lab.call("").await;
    assert_eq!(
        (reply.header("content-type"), reply.header("cache-control")),
        (Some("application/json"), Some("no-store"))
    );
    // A refusal and a page that show what was asked for escape it.
    for path in ["/operations/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/%3Cscript%3E", "/-/search?q=%3Cscript%3E"] {
        let get =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept: text/html\r\n\r\n", lab.address);
        let reply = lab.send(get).await;
        let is_page = reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        assert!(!is_page || !reply.text.contains("<script>alert"), "{}", reply.text);
        assert!(reply.header("x-content-type-options") == Some("nosniff"), "{path}: {}", reply.text);
    }
}

#[tokio::test]
async fn headers_of_the_upstream_do_not_pass() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=b\r\nAccess-Control-Allow-Origin: *\r\n\
                Access-Control-Allow-Credentials: true\r\nCross-Origin-Resource-Policy: cross-origin\r\nServer: x\r\nClear-Site-Data: \"*\"\r\n\
                Strict-Transport-Security: max-age=1\r\nService-Worker-Allowed: /\r\nPlaid-Request-Id: r1\r\nRetry-After: 5\r\n\
                Plaid-Explorer: refused\r\nContent-Length: 2\r\n\r\n{}";
    let lab = Lab::before(vec![Act::Send(head.as_bytes().to_vec())]).await;
    let reply = lab.call("").await;
    assert_eq!((reply.header("plaid-request-id"), reply.header("retry-after")), (Some("r1"), Some("5")));
    assert_eq!(reply.header("cross-origin-resource-policy"), Some("same-origin"));
    for name in [
        "set-cookie",
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "server",
        "clear-site-data",
        "strict-transport-security",
        "service-worker-allowed",
        "plaid-explorer",
    ] {
        assert_eq!(reply.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn an_upstream_that_never_ends_is_left() {
    let mut limits = GatewayLimits::default();
    limits.answer = Duration::from_millis(300);
    limits.pause = Duration::from_millis(300);
    let continues = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".to_vec();
    let lab = Lab::with(vec![Act::Repeat(continues)], limits, |builder| builder, |guard| guard).await;
    assert!(matches!(lab.call("").await.code().as_str(), "UPSTREAM_TOO_SLOW" | "UPSTREAM_FAILED"));
    let silent = vec![Act::Wait(Duration::from_secs(60))];
    let lab = Lab::with(silent, limits, |builder| builder, |guard| guard).await;
    assert_eq!(lab.call("").await.code(), "UPSTREAM_TOO_SLOW");
    let stuck = vec![
        Act::Send(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{ \r\n"
                .to_vec(),
        ),
        Act::Wait(Duration::from_secs(60)),
    ];
    let lab = Lab::with(stuck, limits, |builder| builder, |guard| guard).await;
    let reply = lab.call("").await;
    assert!(reply.status() == 200 && !reply.is_complete, "{}", reply.text);
    assert_eq!(lab.audit(1).await[0]["outcome"], "cut off: the response paused for too long");
}

#[tokio::test]
async fn an_upstream_that_can_not_be_reached_is_named_with_its_cause() {
    use plaid_explorer::{Call, Credentials, Environment, Gateway, Remote};
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("a port");
    let remote = Remote::new(Environment::Sandbox, &format!("http://{closed}")).expect("an upstream");
    let gateway = Gateway::builder(remote, Credentials::new("id", SECRET).expect("credentials")).build();
    let operation = plaid_catalog::Catalog::plaid().operation("itemGet").expect("an operation");
    let response = gateway.call(Call::json(operation, BODY)).await;
    assert_eq!(response.status(), 502);
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.expect("a body");
    let text = String::from_utf8_lossy(&body);
    assert!(text.contains("UPSTREAM_FAILED") && text.contains("refused") && !text.contains(SECRET), "{text}");
}

#[tokio::test]
async fn a_broken_response_is_no_complete_one() {
    for (name, bytes) in [
        ("too short", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"),
        ("no response", ""),
        ("no HTTP", "hello\r\n\r\n"),
        ("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}"),
    ] {
        let lab = Lab::before(vec![Act::Send(bytes.as_bytes().to_vec())]).await;
        let reply = lab.call("").await;
        assert!(!reply.is_complete || reply.status() == 502, "{name}: {}", reply.text);
        // Nothing is retried.
        assert_eq!(lab.stub.seen().len(), 1, "{name}");
        assert!(lab.stub.seen()[0].ends_with(BODY));
    }
}
