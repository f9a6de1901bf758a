//! Bodies in which credentials are hidden, and bodies that readers understand in different ways.

use plaid_explorer::{Check, GatewayLimits};

use crate::attacks::support::{BODY, CLIENT_ID, Lab, PATH, SECRET, json};

#[tokio::test]
async fn the_callers_credentials_are_dropped() {
    let lab = Lab::start().await;
    let lines = "PLAID-CLIENT-ID: 000000000000000000000000\r\nPLAID-SECRET: callers-own-secret\r\nAuthorization: Bearer callers-own\r\n";
    for body in [
        r#"{"client_id":"callers-own","secret":"callers-own","access_token":"access-sandbox-1"}"#,
        r#"{"\u0073ecret":"callers-own","access_token":"access-sandbox-1"}"#,
        r#"{"access_token":"access-sandbox-1","client\u005fid":"callers-own"}"#,
        r#"{"\u0063\u006c\u0069\u0065\u006e\u0074\u005F\u0069\u0064":"callers-own","access_token":"access-sandbox-1"}"#,
    ] {
        assert_eq!(lab.send(lab.request(PATH, lines, body)).await.status(), 200, "{body}");
    }
    for one in lab.stub.seen() {
        assert!(!one.contains("callers-own") && !one.contains("000000000000000000000000"), "{one}");
        assert!(one.contains(&format!("plaid-client-id: {CLIENT_ID}\r\n")), "{one}");
        assert!(one.contains(&format!("plaid-secret: {SECRET}\r\n")), "{one}");
        assert!(one.ends_with(BODY), "{one}");
    }
    assert_eq!(lab.stub.seen().len(), 4);
}

#[tokio::test]
async fn the_callers_credentials_are_passed_on_if_that_is_switched_on() {
    let limits = GatewayLimits::default();
    let lab = Lab::with(json("{}"), limits, |builder| builder.pass_credentials(true), |guard| guard).await;
    assert_eq!(lab.call("PLAID-CLIENT-ID: own-id\r\nPLAID-SECRET: own-secret\r\n").await.status(), 200);
    let body = r#"{"client_id":"own-id","secret":"own-secret","access_token":"access-sandbox-1"}"#;
    assert_eq!(lab.send(lab.request(PATH, "", body)).await.status(), 200);
    for one in lab.stub.seen() {
        assert!(one.contains("plaid-client-id: own-id\r\n") && one.contains("plaid-secret: own-secret\r\n"), "{one}");
        assert!(one.ends_with(BODY) && !one.contains(SECRET), "{one}");
    }
    // A half is none.
    assert_eq!(lab.call("PLAID-CLIENT-ID: own-id\r\n").await.status(), 200);
    assert!(lab.stub.seen()[2].contains(&format!("plaid-client-id: {CLIENT_ID}\r\n")));
}

#[tokio::test]
async fn ambiguous_bodies_are_refused_at_each_level() {
    let deep = format!(r#"{{"access_token":{}1{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    for level in [Check::Error, Check::Warn, Check::Off] {
        let limits = GatewayLimits::default();
        let lab = Lab::with(json("{}"), limits, |builder| builder.check(level), |guard| guard).await;
        for body in [
            r#"{"access_token":"a","access_token":"b"}"#,
            r#"{"secret":"a","\u0073ecret":"b","access_token":"a"}"#,
            r#"{"access_token":"a","user":{"b":1,"\u0062":2}}"#,
            "\u{feff}{\"access_token\":\"a\"}",
            r#"{"access_token":"a"} x"#,
            r#"{"access_token":"a"}{"secret":"b"}"#,
            r#"{"access_token":"a",}"#,
            r#"{'access_token':'a'}"#,
            r#"{"access_token":"a"/*,"secret":"b"*/}"#,
            r#"{access_token:"a"}"#,
            r#"{"access_token":"\ud800"}"#,
            "{\"access_token\":\"a\u{0}\"}",
            deep.as_str(),
        ] {
            let reply = lab.send(lab.request(PATH, "", body)).await;
            assert_eq!((reply.status(), reply.code().as_str()), (400, "INVALID_BODY"), "{level:?} {body:.60}");
        }
        for (lines, bytes) in [
            ("", b"{\"access_token\":\"\xff\xfe\"}".as_slice()),
            ("", b"{\0\"\0a\0\"\0:\x001\0}\0"),
            ("Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0"),
        ] {
            let mut request = lab
                .request(PATH, lines, "")
                .replace("Content-Length: 0", &format!("Content-Length: {}", bytes.len()))
                .into_bytes();
            request.extend_from_slice(bytes);
            assert_eq!(lab.send(request).await.code(), "INVALID_BODY", "{level:?} {bytes:?}");
        }
        assert!(lab.stub.seen().is_empty(), "{:?}", lab.stub.seen());
    }
}

#[tokio::test]
async fn the_level_decides_about_other_bodies() {
    let wrong = r#"{"acess_token":"a"}"#;
    let lab = Lab::start().await;
    let reply = lab.send(lab.request(PATH, "", wrong)).await;
    assert_eq!((reply.status(), reply.code().as_str()), (400, "UNKNOWN_FIELDS"));
    assert!(reply.text.contains(r#""path":"acess_token""#), "{}", reply.text);
    assert!(lab.stub.seen().is_empty());
    for (level, header) in [(Check::Warn, Some("warned")), (Check::Off, None)] {
        let limits = GatewayLimits::default();
        let lab = Lab::with(json("{}"), limits, |builder| builder.check(level), |guard| guard).await;
        let reply = lab.send(lab.request(PATH, "", wrong)).await;
        assert_eq!((reply.status(), reply.header("plaid-explorer")), (200, header));
        assert!(lab.stub.seen()[0].ends_with(wrong));
    }
}

#[tokio::test]
async fn bodies_of_operations_without_one_are_refused() {
    let lab = Lab::start().await;
    let get = format!(
        "GET /fdx/recipients HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{{\"secret\":1}}",
        lab.address
    );
    assert_eq!(lab.send(get).await.status(), 400);
    assert!(lab.stub.seen().is_empty());
}
