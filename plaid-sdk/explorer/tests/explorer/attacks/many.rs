//! Many calls at once, callers that leave, a server that is told to stop, and what the audit says.

use std::time::Duration;

use plaid_explorer::{Environment, Gateway, GatewayLimits, Switches};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::attacks::support::{Act, BODY, Lab, PATH, Reply, SECRET, json, pieces};

fn slow(time: Duration) -> Vec<Act> {
    [vec![Act::Wait(time)], json("{}")].concat()
}

#[tokio::test]
async fn sixty_four_calls_go_at_once_and_others_wait() {
    let lab = std::sync::Arc::new(Lab::before(slow(Duration::from_millis(200))).await);
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let lab = std::sync::Arc::clone(&lab);
            tokio::spawn(async move { lab.call("").await.status() })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic"), 200);
    }
    assert_eq!(lab.stub.most(), 64);
    assert_eq!(lab.stub.seen().len(), 100);
}

#[tokio::test]
async fn a_call_that_gets_no_turn_is_refused() {
    let mut limits = GatewayLimits::default();
    (limits.calls, limits.turn) = (1, Duration::from_millis(100));
    let lab = Lab::with(slow(Duration::from_millis(600)), limits, |builder| builder, |guard| guard).await;
    let (first, second) = tokio::join!(lab.call(""), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        lab.call("").await
    });
    assert_eq!((first.status(), second.status(), second.code().as_str()), (200, 503, "TOO_MANY_CALLS"));
    // The turn of a call that is over is free.
    assert_eq!(lab.call("").await.status(), 200);
}

#[tokio::test]
async fn a_caller_who_leaves_gives_the_turn_back() {
    let mut limits = GatewayLimits::default();
    (limits.calls, limits.turn) = (1, Duration::from_secs(3));
    let endless = vec![
        Act::Send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n".to_vec()),
        Act::Repeat(vec![b' '; 65536]),
    ];
    let lab = Lab::with(endless, limits, |builder| builder, |guard| guard).await;
    for _ in 0..3 {
        let mut socket = lab.connect().await;
        socket.write_all(lab.request(PATH, "", BODY).as_bytes()).await.expect("sent");
        let mut bytes = vec![0; 100_000];
        socket.read_exact(&mut bytes).await.expect("a stream");
        assert!(bytes.starts_with(b"HTTP/1.1 200 OK"));
    }
    let audit = lab.audit(3).await;
    assert!(audit.iter().all(|line| line["outcome"] == "cut off: the caller left"), "{audit:?}");
}

#[tokio::test]
async fn responses_are_passed_on_while_they_arrive() {
    let lab = Lab::before(pieces("application/pdf", &[b"%PDF-1.7 ", &[0; 5000], b"end"])).await;
    let mut socket = lab.connect().await;
    socket.write_all(lab.request(PATH, "", BODY).as_bytes()).await.expect("sent");
    let mut seen = Vec::new();
    let mut reads = 0;
    let mut piece = vec![0; 65536];
    loop {
        let count = socket.read(&mut piece).await.expect("a stream");
        if count == 0 {
            break;
        }
        seen.extend_from_slice(&piece[..count]);
        reads += 1;
    }
    assert!(reads >= 3 && seen.ends_with(b"0\r\n\r\n"), "{reads} pieces");
}

#[tokio::test]
async fn a_server_that_stops_finishes_its_calls() {
    let mut lab = Lab::before(slow(Duration::from_millis(400))).await;
    let mut socket = lab.connect().await;
    socket.write_all(lab.request(PATH, "", BODY).as_bytes()).await.expect("sent");
    let idle = lab.connect().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let served = lab.stop();
    assert_eq!(Reply::read(socket).await.status(), 200);
    tokio::time::timeout(Duration::from_secs(3), served).await.expect("the server stops").expect("no panic");
    drop(idle);
    assert!(tokio::net::TcpStream::connect(lab.address).await.is_err(), "it still listens");
}

#[tokio::test]
async fn the_audit_has_a_line_for_each_call_and_no_secrets() {
    let lab = Lab::start().await;
    let token = "access-sandbox-0000";
    let body = format!(r#"{{"access_token":"{token}","secret":"callers-own"}}"#);
    let agent = "User-Agent: evil\"} {\"status\":200,\"caller\":\"x\tend\r\n";
    assert_eq!(lab.send(lab.request(PATH, agent, &body)).await.status(), 200);
    assert_eq!(lab.send(lab.request(PATH, "", "{}")).await.status(), 400);
    assert_eq!(lab.send(lab.request("/no\u{b}where?access_token=x", "", "{}")).await.status(), 400);
    assert_eq!(lab.send(lab.request("/nowhere?access_token=access-sandbox-0000", "", "{}")).await.status(), 404);
    assert_eq!(lab.call("Origin: null\r\n").await.status(), 403);
    let lines = lab.audit(4).await;
    let outcomes: Vec<&str> = lines.iter().filter_map(|line| line["outcome"].as_str()).collect();
    let wanted = ["answered", "refused: MISSING_FIELDS", "refused: NOT_FOUND", "refused: FOREIGN_ORIGIN"];
    assert_eq!(outcomes, wanted);
    let first = &lines[0];
    assert_eq!(
        (&first["operation"], &first["status"], &first["request_id"]),
        (&"itemGet".into(), &200.into(), &"r1".into())
    );
    assert_eq!(first["caller"], "evil\"} {\"status\":200,\"caller\":\"x\tend");
    assert!(first["peer"].as_str().is_some_and(|peer| peer.starts_with("127.0.0.1:")));
    for line in &lines {
        let text = line.to_string();
        assert!(!text.contains(token) && !text.contains(SECRET) && !text.contains("callers-own"), "{text}");
    }
}

#[tokio::test]
async fn production_has_two_switches() {
    use plaid_explorer::{Credentials, Guard, Remote, serve};
    let stub = crate::attacks::support::Stub::start(json("{}")).await;
    let mut statuses = Vec::new();
    for switches in
        [Switches::default(), Switches { production: true, money: false }, Switches { production: true, money: true }]
    {
        let remote = Remote::new(Environment::Production, &stub.url).expect("an upstream");
        let credentials = Credentials::new("id", SECRET).expect("credentials");
        let gateway = Gateway::builder(remote, credentials).switches(switches).build();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(serve(
            listener,
            Guard::new(address).wrap(gateway.router()),
            GatewayLimits::default(),
            std::future::pending(),
        ));
        for path in ["/item/get", "/item/remove"] {
            let request = format!(
                "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
                BODY.len()
            );
            let mut socket = tokio::net::TcpStream::connect(address).await.expect("a connection");
            socket.write_all(request.as_bytes()).await.expect("sent");
            statuses.push(Reply::read(socket).await.status());
        }
    }
    assert_eq!(statuses, [403, 403, 200, 403, 200, 200]);
}
