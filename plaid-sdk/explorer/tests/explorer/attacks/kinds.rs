//! Requests that browsers send for any page without asking.

use crate::attacks::support::{BODY, Lab, PATH};

fn post(lab: &Lab, path: &str, lines: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{lines}Content-Length: {}\r\n\r\n{BODY}",
        lab.address,
        BODY.len()
    )
}

#[tokio::test]
async fn only_json_is_taken() {
    let lab = Lab::start().await;
    for kind in ["application/json", "application/json;charset=UTF-8", "Application/Json; charset=utf-8"] {
        assert_eq!(lab.send(post(&lab, PATH, &format!("Content-Type: {kind}\r\n"))).await.status(), 200, "{kind}");
    }
    let sent = lab.stub.seen();
    assert!(sent.iter().all(|one| one.contains("content-type: application/json\r\n")), "{sent:?}");
    for lines in [
        "",
        "Content-Type:\r\n",
        "Content-Type: text/plain\r\n",
        "Content-Type: text/plain;charset=UTF-8\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: multipart/form-data; boundary=x\r\n",
        "Content-Type: application/json;charset=utf-16\r\n",
        "Content-Type: application/json; charset=utf-8; charset=utf-7\r\n",
        "Content-Type: text/plain; application/json\r\n",
        "Content-Type: text/plain, application/json\r\n",
        "Content-Type: application/json, text/plain\r\n",
        "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
        "Content-Type: application/jsonp\r\n",
    ] {
        for path in [PATH, "/-/call/itemGet", "/mcp", "/-/preview", "/-/webhook"] {
            let reply = lab.send(post(&lab, path, lines)).await;
            assert_eq!((reply.status(), reply.code().as_str()), (415, "UNSUPPORTED_CONTENT_TYPE"), "{path} {lines}");
        }
    }
    assert_eq!(lab.stub.seen().len(), 3);
}

#[tokio::test]
async fn forms_of_the_emulator_are_taken_from_its_own_pages_only() {
    let lab = Lab::start().await;
    let path = "/-/emulator/_plaid/link/page/link-1/session/s/login";
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    for lines in ["Origin: https://evil.test\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        assert_eq!(lab.send(post(&lab, path, &format!("{form}{lines}"))).await.status(), 403, "{lines}");
    }
    let controls = post(&lab, "/-/emulator/_plaid/reset", form);
    assert_eq!(lab.send(controls).await.status(), 415);
}
