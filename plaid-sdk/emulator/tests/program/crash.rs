//! `--state`: an emulator that is killed at any time comes back with everything that it has answered.

use std::time::Duration;

use plaid_emulator as _;
use serde_json::{Value, json};

use crate::support::{Folder, Process, call, http, text};

/// How often the emulator is killed.
const KILLS: u64 = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_is_there_after_a_crash() {
    let folder = Folder::new("crash");
    let state = folder.file("state.json");
    let mut known: Vec<String> = Vec::new();
    let mut answered = 0;
    for round in 0..KILLS {
        let mut process = Process::start(&["--state", text(&state), "--pace", "instant"]).expect("it starts");
        // Connections of the last round are of no use, even if the port is the same.
        let http = http();
        for id in &known {
            let found = call(&http, &process.url, "/user/get", json!({"user_id": id})).await;
            let (status, body) = found.expect("an answer");
            assert_eq!(status, 200, "round {round}: {id} is lost: {body}");
        }
        // The first call reads the catalogue, which takes longer than the others together.
        let first = call(&http, &process.url, "/user/create", json!({"client_user_id": format!("user-{round}")})).await;
        known.push(id(&first.expect("an answer").1));
        // Between 0 and 40 ms after the first of many calls, in no regular order.
        let pause = Duration::from_micros(round * 7_919 % 40_000);
        let (url, client) = (process.url.clone(), http.clone());
        let calls = tokio::spawn(async move {
            let mut answered = Vec::new();
            for number in 0_u64.. {
                let body = json!({"client_user_id": format!("user-{round}-{number}")});
                match call(&client, &url, "/user/create", body).await {
                    Some((200, body)) => answered.push(id(&body)),
                    Some((status, body)) => panic!("{status}: {body}"),
                    None => break,
                }
            }
            answered
        });
        tokio::time::sleep(pause).await;
        process.kill();
        known.extend(calls.await.expect("without a panic"));
        answered += known.len();
        // All of them would take too long to look up; the last ones are those at risk.
        let old = known.len().saturating_sub(8);
        known.drain(..old);
    }
    assert!(answered > 2 * KILLS as usize, "only {answered} calls were answered in {KILLS} rounds");
}

fn id(user: &Value) -> String {
    user["user_id"].as_str().expect("an id").to_owned()
}
