//! Every operation that takes an access token, with Items in unusual states: none breaks, and data of Items that can't be read is
//! refused.

use crate::support::Lab;
use plaid_catalog::Catalog;
use plaid_catalog::tools::samples::SIZES;
use plaid_emulator::samples::request;
use plaid_emulator::{AccountNumbers, Emulator};
use serde_json::{Value, json};

/// Operations that answer for an Item whose data can't be read.
const ALWAYS: [&str; 12] = [
    "/consent/events/get",
    "/item/access_token/invalidate",
    "/item/activity/list",
    "/item/application/list",
    "/item/get",
    "/item/products/terminate",
    "/item/public_token/create",
    "/item/remove",
    "/item/webhook/update",
    "/link/token/create",
    "/sandbox/item/fire_webhook",
    "/sandbox/item/reset_login",
];

async fn numbers_only(lab: &Lab) -> String {
    let token = lab.link_token(json!({})).await;
    let numbers = AccountNumbers::new("1111222233330000", "110000000");
    let done = lab.tenant().enter_numbers(&token, &numbers).expect("an Item");
    let item = lab.call("/item/public_token/exchange", json!({"public_token": done["public_token"]})).await;
    item["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn no_operation_breaks_whatever_the_state_of_the_item() {
    let lab = Lab::start(Emulator::builder()).await;
    let mut known = lab.tenant().seed().expect("a seeded tenant");
    let numbers = numbers_only(&lab).await;
    let accounts = json!({"override_accounts": [
        {"type": "payroll", "subtype": "payroll"},
        {"type": "loan", "subtype": "auto", "starting_balance": 0},
    ]});
    let unusual = lab.item("user_custom", json!({"override_password": accounts.to_string()})).await;
    let empty = lab.item("user_good", json!({})).await;
    for mask in 0..14 {
        let accounts = lab.call("/accounts/get", json!({"access_token": empty})).await["accounts"].clone();
        let account = accounts[0]["account_id"].clone();
        lab.tenant()
            .at_bank(&empty, "revoke_account", &json!({"account": account}))
            .unwrap_or_else(|e| panic!("{mask}: {e}"));
    }
    let broken = lab.item("user_good", json!({})).await;
    lab.tenant().break_item(&broken, None).expect("an Item");
    let revoked = lab.item("user_good", json!({})).await;
    lab.tenant().revoke_item(&revoked).expect("an Item");
    lab.control("snapshot", json!({"name": "states"})).await;

    let (mut calls, mut problems) = (0, Vec::new());
    // Files are tested with their products.
    let is_json = |path: &str| !path.ends_with("/pdf") && !path.ends_with("/pdf/get") && !path.contains("download");
    for operation in Catalog::plaid().api().operations.iter().filter(|one| is_json(&one.path)) {
        for size in SIZES {
            for (state, token) in [
                ("numbers", &numbers),
                ("unusual", &unusual),
                ("empty", &empty),
                ("broken", &broken),
                ("revoked", &revoked),
            ] {
                known.insert("access_token".to_owned(), token.as_str().into());
                let body = request(operation, size, &known);
                if operation.method != "POST" || body.get("access_token").is_none_or(Value::is_null) {
                    continue;
                }
                lab.control("restore", json!({"name": "states"})).await;
                calls += 1;
                let (status, response) = lab.send(&operation.path, body).await;
                if status >= 500 {
                    problems.push(format!("{} {size:?} {state}: {}", operation.path, response["error_message"]));
                }
                let is_read = matches!(state, "broken" | "revoked") && !ALWAYS.contains(&operation.path.as_str());
                if is_read && status == 200 {
                    problems.push(format!("{} {size:?} {state}: answered", operation.path));
                }
            }
        }
    }
    assert!(calls > 500, "{calls} calls");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
