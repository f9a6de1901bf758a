//! Liabilities over HTTP.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

fn length(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn there_is_one_liability_of_each_kind() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let all = lab.call("/liabilities/get", json!({"access_token": access})).await;
    assert_eq!(length(&all["accounts"]), 14);
    let counts = ["credit", "mortgage", "student"].map(|kind| length(&all["liabilities"][kind]));
    assert_eq!(counts, [1, 1, 1]);
    assert_eq!(all["liabilities"]["credit"][0]["aprs"][1]["apr_percentage"], 27.95);
    assert_eq!(all["liabilities"]["mortgage"][0]["origination_principal_amount"], 425_000);
    assert_eq!(all["liabilities"]["student"][0]["guarantor"], "DEPT OF ED");
    assert!(all["item"]["billed_products"].as_array().is_some_and(|all| all.contains(&json!("liabilities"))));

    let card = all["liabilities"]["credit"][0]["account_id"].clone();
    let account = all["accounts"].as_array().into_iter().flatten().find(|one| one["account_id"] == card);
    assert_eq!(account.map(|one| &one["mask"]), Some(&json!("3333")));
    let only = json!({"access_token": access, "options": {"account_ids": [card]}});
    let only = lab.call("/liabilities/get", only).await;
    assert_eq!((length(&only["accounts"]), &only["liabilities"]["mortgage"]), (1, &json!(null)));
}

#[tokio::test]
async fn accounts_without_liabilities_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    let id = |index: usize| accounts["accounts"][index]["account_id"].clone();
    let checking = json!({"access_token": access, "options": {"account_ids": [id(0)]}});
    assert_eq!(lab.fail("/liabilities/get", checking).await, "ITEM_ERROR/NO_LIABILITY_ACCOUNTS");
    let unknown = "A".repeat(37);
    let unknown = json!({"access_token": access, "options": {"account_ids": [unknown]}});
    assert_eq!(lab.fail("/liabilities/get", unknown).await, "INVALID_INPUT/INVALID_ACCOUNT_ID");

    let token = async |account: Value| {
        let body = json!({"access_token": access, "account_id": account, "processor": "dwolla"});
        lab.call("/processor/token/create", body).await["processor_token"].clone()
    };
    let (card, checking) = (token(id(3)).await, token(id(0)).await);
    let owed = lab.call("/processor/liabilities/get", json!({"processor_token": card})).await;
    assert_eq!(owed["liabilities"]["credit"][0]["account_id"], owed["account"]["account_id"]);
    let refused = lab.fail("/processor/liabilities/get", json!({"processor_token": checking})).await;
    assert_eq!(refused, "ITEM_ERROR/NO_LIABILITY_ACCOUNTS");
}

#[tokio::test]
async fn a_webhook_can_be_fired_once_the_item_has_liabilities() {
    let lab = Lab::start(Emulator::builder()).await;
    let access = lab.item("user_good", json!({"webhook": "http://127.0.0.1:9/"})).await;
    let fire = json!({"access_token": access, "webhook_type": "LIABILITIES", "webhook_code": "DEFAULT_UPDATE"});
    let refused = lab.fail("/sandbox/item/fire_webhook", fire.clone()).await;
    assert_eq!(refused, "SANDBOX_ERROR/SANDBOX_PRODUCT_NOT_ENABLED");
    let owed = lab.call("/liabilities/get", json!({"access_token": access})).await;
    lab.call("/sandbox/item/fire_webhook", fire).await;
    lab.call("/item/get", json!({"access_token": access})).await;
    let webhook = lab.tenant().webhooks().into_iter().find(|one| one.kind == "LIABILITIES").expect("a webhook");
    let card = owed["liabilities"]["credit"][0]["account_id"].as_str().expect("an id");
    assert!(webhook.body.contains(card), "{}", webhook.body);
}
