//! Foreign names that lead to this machine.

use crate::attacks::support::{BODY, Lab, PATH};

fn request(lab: &Lab, target: &str, hosts: &[&str]) -> String {
    let port = lab.address.port().to_string();
    let hosts: String = hosts.iter().map(|host| format!("Host: {}\r\n", host.replace("PORT", &port))).collect();
    format!(
        "POST {} HTTP/1.1\r\n{hosts}Connection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
        target.replace("PORT", &port),
        BODY.len()
    )
}

#[tokio::test]
async fn only_names_of_this_machine_are_served() {
    let lab = Lab::start().await;
    for host in ["127.0.0.1:PORT", "localhost:PORT", "[::1]:PORT", "LocalHost:PORT"] {
        assert_eq!(lab.send(request(&lab, PATH, &[host])).await.status(), 200, "{host}");
    }
    let calls = lab.stub.seen().len();
    assert_eq!(calls, 4);
    for host in [
        "evil.test:PORT",
        "127.0.0.1.evil.test:PORT",
        "localhost.:PORT",
        "127.0.0.1",
        "localhost:80",
        "0.0.0.0:PORT",
        "127.1:PORT",
        "2130706433:PORT",
        "evil.test@127.0.0.1:PORT",
        "127.0.0.1:PORT:PORT",
        "127.0.0.1:PORT, evil.test",
        "",
    ] {
        let reply = lab.send(request(&lab, PATH, &[host])).await;
        assert!(matches!(reply.status(), 400 | 421), "{host}: {}", reply.text);
    }
    for hosts in [&[][..], &["127.0.0.1:PORT", "evil.test"], &["127.0.0.1:PORT", "127.0.0.1:PORT"]] {
        let reply = lab.send(request(&lab, PATH, hosts)).await;
        assert_eq!((reply.status(), reply.code().as_str()), (421, "UNKNOWN_HOST"), "{hosts:?}");
    }
    assert_eq!(lab.stub.seen().len(), calls, "a refused request was sent");
}

#[tokio::test]
async fn pages_and_data_are_served_under_own_names_only() {
    let lab = Lab::start().await;
    for path in
        ["/", "/operations/item_get", "/-/search?q=a", "/-/webhook", "/mcp", "/-/assets/x/explorer.css", "/-/login"]
    {
        for method in ["GET", "POST", "OPTIONS"] {
            let request = format!(
                "{method} {path} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            assert_eq!(lab.send(request).await.status(), 421, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_target_with_a_host_names_the_same_host() {
    let lab = Lab::start().await;
    let own = "127.0.0.1:PORT";
    assert_eq!(lab.send(request(&lab, "http://127.0.0.1:PORT/item/get", &[own])).await.status(), 200);
    for target in ["http://evil.test/item/get", "http://127.0.0.1/item/get", "http://evil.test@127.0.0.1:PORT/item/get"]
    {
        let reply = lab.send(request(&lab, target, &[own])).await;
        assert!(matches!(reply.status(), 400 | 421), "{target}: {}", reply.text);
    }
    assert_eq!(lab.stub.seen().len(), 1);
}

#[tokio::test]
async fn old_clients_have_to_name_the_host_as_well() {
    let lab = Lab::start().await;
    let reply = lab.send("GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!(reply.code(), "UNKNOWN_HOST");
    let reply = lab.send(format!("GET / HTTP/1.0\r\nHost: {}\r\n\r\n", lab.address)).await;
    assert_eq!(reply.status(), 200);
}
