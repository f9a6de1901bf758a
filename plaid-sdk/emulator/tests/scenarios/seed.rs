//! Seeding: one object of each kind, and the users and Items of a file.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::json;

#[tokio::test]
async fn a_seeded_tenant_has_something_of_each_kind() {
    let lab = Lab::start(Emulator::builder()).await;
    let known = lab.control("seed", json!({})).await;
    for name in [
        "access_token",
        "bank_transfer_sweep_id",
        "beacon_user_id",
        "identity_verification_id",
        "recipient_id",
        "sweep_id",
        "transfer_id",
        "wallet_id",
    ] {
        assert!(known[name].is_string(), "{name}: {known}");
    }
    assert_eq!(
        lab.call("/wallet/get", json!({"wallet_id": known["wallet_id"]})).await["wallet_id"],
        known["wallet_id"]
    );
    lab.call("/cra/check_report/base_report/get", json!({"user_id": known["user_id"]})).await;
    // What follows from other objects is there, too.
    let reads = [
        ("/bank_transfer/sweep/get", "sweep_id", "bank_transfer_sweep_id"),
        ("/beacon/duplicate/get", "beacon_duplicate_id", "beacon_duplicate_id"),
        ("/beacon/report_syndication/get", "beacon_report_syndication_id", "beacon_report_syndication_id"),
        ("/link/oauth/correlation_id/exchange", "link_correlation_id", "link_correlation_id"),
        ("/transfer/repayment/return/list", "repayment_id", "repayment_id"),
    ];
    for (path, field, name) in reads {
        let got = lab.call(path, json!({field: known[name]})).await;
        assert_ne!(got["repayment_returns"], json!([]), "{path}");
    }
}

#[tokio::test]
async fn a_tenant_is_seeded_again_and_a_fault_on_the_way_is_named() {
    let lab = Lab::start(Emulator::builder()).await;
    let first = lab.control("seed", json!({})).await;
    let second = lab.control("seed", json!({})).await;
    for name in ["bank_transfer_sweep_id", "beacon_duplicate_id", "link_correlation_id", "repayment_id"] {
        assert!(second[name].is_string() && second[name] != first[name], "{name}: {second}");
    }
    let other = Lab::start(Emulator::builder()).await;
    other.control("faults", json!({"operation": "/beacon/user/create", "error_code": "INTERNAL_SERVER_ERROR"})).await;
    let (status, refused) = other.ask("POST", "seed", json!({})).await;
    assert!(
        status == 400 && refused["error"].as_str().is_some_and(|error| error.contains("/beacon/user/")),
        "{refused}"
    );
    assert!(refused["help"].as_str().is_some_and(|help| help.contains("faults")), "{refused}");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ids_while_the_clock_stands_still() {
    let mut all = Vec::new();
    for _ in 0..2 {
        let noon = "2026-11-28T12:00:00Z".parse().expect("a time");
        let lab = Lab::start(Emulator::builder().frozen_at(noon)).await;
        all.push(lab.control("seed", json!({})).await);
    }
    assert_eq!(all[0], all[1]);
}

#[tokio::test]
async fn a_seed_file_makes_users_and_items() {
    let lab = Lab::start(Emulator::builder()).await;
    let made = lab
        .control(
            "seed",
            json!({
                "users": [{"client_user_id": "ann"}],
                "items": [{"institution_id": "ins_109509", "products": ["auth"], "client_user_id": "ann"}, {}],
            }),
        )
        .await;
    let item = lab.call("/item/get", json!({"access_token": made["items"][0]["access_token"]})).await["item"].clone();
    assert_eq!(item["institution_id"], "ins_109509");
    let items = lab.call("/user/items/get", json!({"user_id": made["users"][0]["user_id"]})).await["items"].clone();
    assert_eq!((items.as_array().map(Vec::len), &items[0]["item_id"]), (Some(1), &item["item_id"]));
}

#[tokio::test]
async fn a_mistake_in_a_seed_file_is_named_and_nothing_is_made() {
    let lab = Lab::start(Emulator::builder()).await;
    let (_, before) = lab.ask("GET", "export", json!({})).await;
    let files = [
        (json!({"users": [{"client_user_id": "ann"}, {"name": "bob"}]}), "users[1].name"),
        (json!({"users": {}}), "users"),
        (json!({"items": [{}, {"institution_id": "ins_nowhere"}]}), "items[1].institution_id"),
        (json!({"items": [{"products": "auth"}]}), "items[0].products"),
        (json!({"items": [{"username": 1}]}), "items[0].username"),
        (json!({"accounts": []}), "accounts"),
        (json!({"items": [{}, {"username": "user_good", "password": "error_INVALID_CREDENTIALS"}]}), "items[1]"),
    ];
    for (file, place) in files {
        let (status, refused) = lab.ask("POST", "seed", file).await;
        let message = refused["error"].as_str().unwrap_or_default();
        assert!(status == 400 && message.starts_with(&format!("{place} ")), "{place}: {refused}");
        assert!(refused["help"].is_string());
    }
    let (_, after) = lab.ask("GET", "export", json!({})).await;
    assert_eq!(after["tenants"][0]["items"], before["tenants"][0]["items"]);
    assert_eq!(after["tenants"][0]["users"], before["tenants"][0]["users"]);
}

#[tokio::test]
async fn a_file_at_the_start_gives_each_tenant_users_items_and_institutions() {
    let path = std::env::temp_dir().join(format!("plaid-emulator-seed-{}.json", std::process::id()));
    let file = json!({
        "institutions": [{"id": "ins_777", "name": "Town Bank"}],
        "users": [{"client_user_id": "ann"}],
        "items": [{"institution_id": "ins_777", "client_user_id": "ann"}],
    });
    std::fs::write(&path, file.to_string()).expect("written");
    let lab = Lab::start(Emulator::builder().seed_file(&path)).await;
    let body = json!({"institution_id": "ins_777", "country_codes": ["US"]});
    let bank = lab.call("/institutions/get_by_id", body).await["institution"].clone();
    assert_eq!(bank["name"], "Town Bank");
    let user = lab.call("/user/create", json!({"client_user_id": "ann"})).await["user_id"].clone();
    let items = lab.call("/user/items/get", json!({"user_id": user})).await["items"].clone();
    assert_eq!((items.as_array().map(Vec::len), &items[0]["institution_name"]), (Some(1), &json!("Town Bank")));

    std::fs::write(&path, r#"{"users": [{}]}"#).expect("written");
    let refused = Emulator::builder().seed_file(&path).start().await.err().expect("a refusal").to_string();
    assert!(
        refused.contains("users[0].client_user_id is missing") && refused.contains("plaid-emulator-seed"),
        "{refused}"
    );
    std::fs::remove_file(&path).expect("removed");
    assert!(Emulator::builder().seed_file(&path).start().await.is_err(), "the file does not exist");
}

#[tokio::test]
async fn a_tenant_is_seeded_again_after_its_user_lost_the_identity() {
    let lab = Lab::start(Emulator::builder()).await;
    let first = lab.tenant().seed().expect("a seeded tenant");
    lab.call("/user/identity/remove", json!({"user_id": first["user_id"]})).await;
    let second = lab.tenant().seed().expect("a tenant that is seeded again");
    assert_eq!(second["user_id"], first["user_id"]);
    let user = lab.call("/user/get", json!({"user_id": second["user_id"]})).await;
    assert_eq!(user["identity"]["date_of_birth"], "1990-01-31");
}
