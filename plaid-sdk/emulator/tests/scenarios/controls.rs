//! The controls over HTTP: clock, faults, snapshots, export and import, and that tenants never see each other.

use crate::support::{CLIENT_ID, Lab, http, link_request};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

async fn done(lab: &Lab, path: &str, body: Value) -> Value {
    let (status, answer) = lab.ask("POST", path, body).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

#[tokio::test]
async fn faults_are_ordered_and_used_up() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let get = json!({"access_token": access});
    let rate = json!({"operation": "/item/get", "error_type": "RATE_LIMIT_EXCEEDED", "error_code": "ITEM_GET_LIMIT", "count": 1});
    done(&lab, "faults", rate).await;
    assert_eq!(lab.send("/item/get", get.clone()).await.0, 429);
    assert_eq!(lab.send("/item/get", get.clone()).await.0, 200);

    done(&lab, "faults", json!({"operation": "/accounts/get", "null": "mask", "item": access})).await;
    let accounts = lab.call("/accounts/get", get.clone()).await;
    assert_eq!((&accounts["accounts"][0]["mask"], &accounts["accounts"][1]["mask"]), (&json!(null), &json!("1111")));
    assert_eq!(lab.ask("DELETE", "faults", json!({})).await.0, 200);
    assert_eq!(lab.call("/accounts/get", get).await["accounts"][0]["mask"], "0000");

    for wrong in [json!({}), json!({"drop": true, "http": 500}), json!({"drop": true, "percent": 101})] {
        let (status, answer) = lab.ask("POST", "faults", wrong).await;
        assert!(status == 400 && answer["help"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn a_broken_connection_and_a_short_body_are_seen_by_the_client() {
    let lab = Lab::start(Emulator::builder()).await;
    for effect in ["drop", "truncate"] {
        done(&lab, "faults", json!({"operation": "/user/create", "count": 1, effect: true})).await;
        let url = format!("{}/user/create", lab.emulator.base_url());
        let body = json!({"client_id": CLIENT_ID, "secret": "secret", "client_user_id": effect}).to_string();
        let request = http().post(url).header("Content-Type", "application/json").body(body);
        let broken = match request.send().await {
            Ok(response) => response.bytes().await.is_err(),
            Err(_) => true,
        };
        assert!(broken, "{effect}");
    }
}

#[tokio::test]
async fn a_snapshot_brings_back_what_was_there() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    done(&lab, "snapshot", json!({"name": "linked"})).await;
    lab.call("/item/remove", json!({"access_token": access})).await;
    assert_eq!(lab.fail("/item/get", json!({"access_token": access})).await, "ITEM_ERROR/ITEM_NOT_FOUND");
    done(&lab, "restore", json!({"name": "linked"})).await;
    lab.call("/item/get", json!({"access_token": access})).await;

    let (status, unknown) = lab.ask("POST", "restore", json!({"name": "nothing"})).await;
    assert_eq!((status, unknown["help"].as_str()), (400, Some("the snapshots of this client are linked")));
}

#[tokio::test]
async fn an_export_moves_a_tenant_to_another_emulator() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let (_, exported) = lab.ask("GET", "export", json!({})).await;
    let other = Lab::start(Emulator::builder().seed(9)).await;
    assert_eq!(other.fail("/item/get", json!({"access_token": access})).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN");
    done(&other, "import", exported).await;
    other.call("/item/get", json!({"access_token": access})).await;
    assert_eq!(other.ask("POST", "import", json!({"format": 7})).await.0, 400);
}

#[tokio::test]
async fn a_state_file_survives_a_restart() {
    let folder = std::env::temp_dir().join(format!("plaid-emulator-restart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("state.json");
    let first = Lab::start(Emulator::builder().state_file(&path)).await;
    let access = first.item("user_good", json!({})).await;
    drop(first);
    let second = Lab::start(Emulator::builder().state_file(&path)).await;
    second.call("/item/get", json!({"access_token": access})).await;
    drop(second);
    std::fs::write(&path, "{\"format\": 1").expect("a torn file");
    let refused = Emulator::builder().state_file(&path).start().await.err().expect("a refusal");
    assert!(refused.to_string().contains("state.json"), "{refused}");
    // A save that was under way may still write a file there.
    drop(std::fs::remove_dir_all(&folder));
}

#[tokio::test]
async fn unknown_controls_are_named_with_the_known_ones() {
    let lab = Lab::start(Emulator::builder()).await;
    let (status, answer) = lab.ask("POST", "clock/stop", json!({})).await;
    assert!(status == 400 && answer["help"].as_str().is_some_and(|help| help.contains("/_plaid/clock/advance")));
    let (status, answer) = lab.ask("POST", "clock/advance", json!({"second": 60})).await;
    assert_eq!((status, &answer["error"]), (400, &json!("clock/advance does not take the field \"second\"")));
    assert_eq!(answer["help"], "clock/advance takes seconds, to");
}

#[tokio::test(flavor = "multi_thread")]
async fn tenants_in_parallel_never_see_each_other() {
    let emulator = Emulator::builder().self_check(true).start().await.expect("it starts");
    let url = emulator.base_url().to_owned();
    let run = |number: u64, url: String| async move {
        let http = http();
        let id = format!("{number:024x}");
        let call = async |path: &str, body: Value| -> Value {
            let request = http.post(format!("{url}{path}")).header("PLAID-CLIENT-ID", &id).header("PLAID-SECRET", "s");
            let request = request.header("Content-Type", "application/json").body(body.to_string());
            let bytes = request.send().await.expect("an answer").bytes().await.expect("a body");
            serde_json::from_slice(&bytes).expect("JSON")
        };
        let mut tokens = Vec::new();
        for _ in 0..4 {
            let body = json!({"institution_id": "ins_109508", "initial_products": ["transactions"]});
            let public = call("/sandbox/public_token/create", body).await["public_token"].clone();
            let exchanged = call("/item/public_token/exchange", json!({"public_token": public})).await;
            tokens.push(exchanged["access_token"].as_str().expect("a token").to_owned());
        }
        tokens
    };
    let all: Vec<_> = (0..64).map(|number| tokio::spawn(run(number, url.clone()))).collect();
    let mut tokens = Vec::new();
    for task in all {
        tokens.push(task.await.expect("no panic"));
    }
    let alone = Emulator::builder().start().await.expect("it starts");
    assert_eq!(run(7, alone.base_url().to_owned()).await, tokens[7], "ids don't depend on other tenants");
    let mut flat = tokens.concat();
    flat.sort();
    flat.dedup();
    assert_eq!(flat.len(), 256);
    let request = http().post(format!("{url}/item/get")).header("Content-Type", "application/json");
    let foreign = json!({"client_id": format!("{:024x}", 1), "secret": "s", "access_token": tokens[0][0]});
    let status = request.body(foreign.to_string()).send().await.expect("an answer").status();
    assert_eq!(status, 400);
}

#[tokio::test]
async fn times_that_are_too_far_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let far = json!({"seconds": i64::MAX / 1_000});
    for (path, body) in [
        ("clock/advance", far.clone()),
        ("clock/advance", json!({"to": "3000-01-01T00:00:00Z"})),
        ("webhooks/wait", json!({"code": "ERROR", "timeout": i64::MAX})),
        ("webhooks/wait", json!({"code": "ERROR", "timeout": -1})),
        (&format!("items/{access}/expire_consent"), far),
    ] {
        let (status, refused) = lab.ask("POST", path, body).await;
        assert!(status == 400 && refused["help"].is_string(), "{path}: {refused}");
    }
    for seconds in [0, -1, 21 * 86_400 + 1, i64::MAX / 1_000] {
        let body = link_request(json!({"hosted_link": {"url_lifetime_seconds": seconds}}));
        assert_eq!(lab.fail("/link/token/create", body).await, "INVALID_REQUEST/INVALID_FIELD", "{seconds}");
    }
    lab.call("/item/get", json!({"access_token": access})).await;
}

#[tokio::test]
async fn a_tenant_can_be_made_before_its_first_call() {
    let lab = Lab::start(Emulator::builder()).await;
    lab.control("reset", json!({})).await;
    let (status, answer) = lab.ask("POST", "clock/freeze", json!({})).await;
    assert!(status == 400 && answer["help"].as_str().is_some_and(|help| help.contains("/_plaid/tenant")), "{answer}");
    assert_eq!(lab.control("tenant", json!({"secret": "secret"})).await, json!({"client_id": CLIENT_ID}));
    lab.control("faults", json!({"error_code": "PLANNED_MAINTENANCE", "count": 1})).await;
    let code = lab.fail("/link/token/create", link_request(json!({}))).await;
    assert_eq!(code, "ITEM_ERROR/PLANNED_MAINTENANCE", "the fault waited for the first call");
    // It is the tenant with this secret from now on, and stays as it is.
    lab.control("clock/freeze", json!({})).await;
    lab.control("tenant", json!({"secret": "secret"})).await;
    assert_eq!(lab.ask("GET", "clock", json!({})).await.1["frozen"], true);
    let (status, answer) = lab.ask("POST", "tenant", json!({"secret": "another"})).await;
    assert!(
        status == 400 && answer["error"].as_str().is_some_and(|error| error.contains("INVALID_API_KEYS")),
        "{answer}"
    );
    assert_eq!(lab.ask("POST", "tenant", json!({})).await.0, 400);
    assert!(lab.emulator.open_tenant("short", "secret").is_err());
    assert_eq!(lab.emulator.open_tenant(CLIENT_ID, "secret").map(|tenant| tenant.now()).ok(), Some(lab.tenant().now()));
}
