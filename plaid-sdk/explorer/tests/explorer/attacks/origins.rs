//! Pages of other origins.

use crate::attacks::support::Lab;
use plaid_explorer::{GatewayLimits, Token};

#[tokio::test]
async fn pages_of_other_origins_can_not_call() {
    let lab = Lab::start().await;
    let own = format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", lab.address);
    assert_eq!(lab.call(&own).await.status(), 200);
    assert_eq!(lab.call("").await.status(), 200);
    let port = lab.address.port();
    for origin in [
        "null".to_owned(),
        "http://127.0.0.1:1".to_owned(),
        format!("http://localhost:{port}"),
        "http://localhost.evil".to_owned(),
        format!("HTTP://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}.evil.test"),
        format!("http://127.0.0.1:{port}/"),
        "https://evil.test".to_owned(),
        String::new(),
    ] {
        let reply = lab.call(&format!("Origin: {origin}\r\n")).await;
        assert_eq!((reply.status(), reply.code().as_str()), (403, "FOREIGN_ORIGIN"), "{origin}");
        assert!(!reply.text.to_ascii_lowercase().contains("access-control"), "{}", reply.text);
    }
    for site in ["cross-site", "same-site", "CROSS-SITE"] {
        let reply = lab.call(&format!("Sec-Fetch-Site: {site}\r\n")).await;
        assert_eq!(reply.code(), "FOREIGN_ORIGIN", "{site}");
    }
    assert_eq!(lab.stub.seen().len(), 2);
}

async fn get(lab: &Lab, path: &str, lines: &str) -> u16 {
    lab.send(format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{lines}\r\n", lab.address)).await.status()
}

#[tokio::test]
async fn links_from_elsewhere_lead_to_pages_only() {
    let lab = Lab::start().await;
    let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    let image = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n";
    let frame = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n";
    for path in ["/", "/operations/item_get"] {
        assert_eq!(get(&lab, path, link).await, 200, "{path}");
        assert_eq!(get(&lab, path, image).await, 403, "{path}");
        assert_eq!(get(&lab, path, frame).await, 403, "{path}");
    }
    for path in ["/fdx/consents/1", "/fdx/recipients", "/-/search?q=a", "/-/emulator/_plaid/webhooks", "/mcp"] {
        for lines in [link, image, frame] {
            assert_eq!(get(&lab, path, lines).await, 403, "{path}");
        }
    }
    assert!(lab.stub.seen().is_empty());
}

#[tokio::test]
async fn a_preflight_allows_nothing() {
    let lab = Lab::start().await;
    for origin in ["https://evil.test".to_owned(), format!("http://{}", lab.address)] {
        let request = format!(
            "OPTIONS /item/get HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: POST\r\n\
             Access-Control-Request-Headers: content-type\r\nAccess-Control-Request-Private-Network: true\r\n\r\n",
            lab.address
        );
        let reply = lab.send(request).await;
        assert!(matches!(reply.status(), 204 | 403), "{}", reply.text);
        assert!(!reply.text.to_ascii_lowercase().contains("access-control"), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_socket_can_not_be_upgraded() {
    let lab = Lab::start().await;
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for path in ["/", "/item/get", "/mcp", "/-/search"] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nOrigin: https://evil.test\r\n{upgrade}\r\n", lab.address);
        let mut socket = lab.connect().await;
        tokio::io::AsyncWriteExt::write_all(&mut socket, request.as_bytes()).await.expect("sent");
        let mut bytes = [0; 64];
        let count = tokio::io::AsyncReadExt::read(&mut socket, &mut bytes).await.expect("a response");
        assert!(String::from_utf8_lossy(&bytes[..count]).starts_with("HTTP/1.1 403"), "{path}");
        let reply = lab
            .send(format!(
                "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nUpgrade: websocket\r\n\r\n",
                lab.address
            ))
            .await;
        assert_ne!(reply.status(), 101, "{path}");
    }
}

#[tokio::test]
async fn the_token_is_asked_for_everywhere() {
    const TOKEN: &str = "0123456789abcdef0123";
    let token = Token::new(TOKEN).expect("a token");
    let limits = GatewayLimits::default();
    let lab =
        Lab::with(crate::attacks::support::json("{}"), limits, |builder| builder, |guard| guard.token(token)).await;
    let reply = lab.call("").await;
    assert_eq!((reply.status(), reply.code().as_str()), (401, "EXPLORER_TOKEN_REQUIRED"));
    assert_eq!(lab.call("Plaid-Explorer-Token: 0123456789abcdef0124\r\n").await.status(), 401);
    // Never in the query.
    let request = lab.request(&format!("/item/get?token={TOKEN}"), "", crate::attacks::support::BODY);
    assert_eq!(lab.send(request).await.status(), 401);
    for path in ["/", "/operations/item_get", "/-/search?q=a", "/mcp", "/-/emulator"] {
        assert_eq!(get(&lab, path, "").await, 401, "{path}");
    }
    assert!(lab.stub.seen().is_empty());
    for lines in [format!("Plaid-Explorer-Token: {TOKEN}\r\n"), format!("Authorization: Bearer {TOKEN}\r\n")] {
        assert_eq!(lab.call(&lines).await.status(), 200);
    }
    assert!(lab.stub.seen().iter().all(|one| !one.contains(TOKEN)), "the token was sent on");

    let form = format!("token={TOKEN}");
    let login = format!(
        "POST /-/login HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n{form}",
        lab.address,
        form.len()
    );
    let reply = lab.send(login.replace(TOKEN, "0123456789abcdef0124")).await;
    assert_eq!((reply.status(), reply.header("set-cookie")), (401, None));
    let reply = lab.send(login.replace(&format!("Origin: http://{}", lab.address), "Origin: https://evil.test")).await;
    assert_eq!(reply.status(), 403);
    let reply = lab.send(login).await;
    assert_eq!((reply.status(), reply.header("location")), (303, Some("/")));
    let cookie = reply.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(TOKEN), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie");
    assert_eq!(get(&lab, "/", &format!("Cookie: {cookie}\r\n")).await, 200);
    // The cookie alone does not let another site in.
    let foreign = format!("Cookie: {cookie}\r\nOrigin: https://evil.test\r\n");
    assert_eq!(lab.call(&foreign).await.status(), 403);
}
