use serde_json::{Value, json};

use plaid_emulator::{Emulator, Pace};

use super::{Client, text};
use crate::app::App;
use crate::emulated::Emulated;
use crate::gateway::{Credentials, Gateway};
use crate::mcp::{Mcp, McpOptions};

/// A call that moves money, and its account.
async fn transfer(client: &mut Client) -> Value {
    let made = json!({"institution_id": "ins_109508", "initial_products": ["transfer", "auth"]});
    let made = client.operation("call_write_operation", "sandbox_public_token_create", made).await;
    let exchange = json!({"public_token": made["public_token"]});
    let made = client.operation("call_write_operation", "item_public_token_exchange", exchange).await;
    let accounts = json!({"access_token": made["access_token"]});
    let accounts = client.operation("call_read_operation", "accounts_get", accounts).await;
    let authorization = json!({
        "access_token": made["access_token"], "account_id": accounts["accounts"][0]["account_id"], "type": "debit",
        "network": "ach", "amount": "12.34", "ach_class": "ppd", "user": {"legal_name": "Anne Charleston"},
    });
    let authorized = client.operation("call_write_operation", "transfer_authorization_create", authorization).await;
    json!({"operation": "transfer_create", "arguments": {
        "access_token": made["access_token"], "account_id": accounts["accounts"][0]["account_id"],
        "authorization_id": authorized["authorization"]["id"], "description": "payment",
    }})
}

/// Sends a call that the person is asked about.
async fn ask(client: &Client, call: &Value) -> Value {
    client.result("tools/call", json!({"name": "call_write_operation", "arguments": call})).await
}

/// Sends a call again with an answer.
async fn answered(client: &Client, call: &Value, question: &Value, answer: Value) -> Value {
    let params = json!({
        "name": "call_write_operation", "arguments": call, "requestState": question["requestState"],
        "inputResponses": {"confirmation": answer},
    });
    client.result("tools/call", params).await
}

#[tokio::test]
async fn money_moves_when_the_person_agrees() {
    let mut client = Client::started(McpOptions::default()).await;
    let call = transfer(&mut client).await;
    client.capabilities = json!({"elicitation": {"form": {}}});
    let question = ask(&client, &call).await;
    assert_eq!(question["resultType"], "input_required", "{question}");
    let asked = &question["inputRequests"]["confirmation"];
    assert_eq!(asked["method"], "elicitation/create", "{question}");
    let message = asked["params"]["message"].as_str().expect("a message");
    assert!(
        message.starts_with("transfer_create moves money (Emulator)") && !message.contains("-sandbox-"),
        "{message}"
    );

    let no = answered(&client, &call, &question, json!({"action": "decline"})).await;
    assert_eq!(no["isError"], json!(true));
    assert!(text(&no).contains("did not agree"), "{no}");
    let yes = json!({"action": "accept", "content": {"send": true}});
    let again = answered(&client, &call, &question, yes.clone()).await;
    assert!(text(&again).contains("not one to this call"), "a question is answered once: {again}");

    let question = ask(&client, &call).await;
    let mut other = call.clone();
    other["arguments"]["amount"] = json!("9999.00");
    let refused = answered(&client, &other, &question, yes.clone()).await;
    assert!(text(&refused).contains("not one to this call"), "another amount: {refused}");

    let question = ask(&client, &call).await;
    let unticked = answered(&client, &call, &question, json!({"action": "accept", "content": {"send": false}})).await;
    assert!(text(&unticked).contains("did not agree"), "{unticked}");

    let question = ask(&client, &call).await;
    let sent = answered(&client, &call, &question, yes).await;
    assert_eq!(sent["isError"], json!(false), "{sent}");
    assert_eq!(sent["structuredContent"]["transfer"]["amount"], "12.34", "{sent}");
}

#[tokio::test]
async fn clients_that_cannot_ask_rely_on_the_mark() {
    let mut client = Client::started(McpOptions::default()).await;
    let call = transfer(&mut client).await;
    let sent = client.call("call_write_operation", call).await;
    assert_eq!(sent["isError"], json!(false), "{sent}");
}

#[tokio::test]
async fn other_writes_are_not_asked_about() {
    let mut client = Client::started(McpOptions::default()).await;
    client.capabilities = json!({"elicitation": {}});
    let token = client.access_token().await;
    assert!(token.starts_with("handle:"));
}

/// A client of an explorer before an emulator of which it does not know that it is one here.
async fn remote() -> Client {
    let emulator = Emulator::builder().pace(Pace::INSTANT).self_check(true);
    let emulated = Emulated::mount(emulator, "https://explorer.test", Vec::new()).expect("an emulator");
    let gateway = Gateway::builder(emulated, Credentials::emulator()).build();
    Client::new(&Mcp::with(App::new(gateway), McpOptions::default(), None).expect("tools"))
}

#[tokio::test]
async fn a_person_is_shown_where_link_is_and_the_model_is_not() {
    let mut client = remote().await;
    let created = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "products": ["auth"],
        "user": {"client_user_id": "user-1"}, "hosted_link": {},
    });
    let created = client.operation("call_write_operation", "link_token_create", created).await;
    let handle = created["hosted_link_url"].as_str().expect("an address");
    assert!(handle.starts_with("handle:hosted_link_url:"), "{created}");
    let open = json!({ "hosted_link_url": handle });
    let error = client.error("open_link", open.clone()).await;
    assert!(error.contains("can't show addresses"), "{error}");

    client.capabilities = json!({"elicitation": {"form": {}, "url": {}}});
    let question = client.result("tools/call", json!({"name": "open_link", "arguments": open})).await;
    let asked = &question["inputRequests"]["confirmation"]["params"];
    assert_eq!(asked["mode"], "url", "{question}");
    assert!(asked["url"].as_str().is_some_and(|url| url.starts_with("https://explorer.test/")), "{question}");
    for (action, is_error) in [("accept", false), ("cancel", true)] {
        let answer = json!({
            "name": "open_link", "arguments": open, "inputResponses": {"confirmation": {"action": action}},
        });
        let answer = client.result("tools/call", answer).await;
        assert_eq!(answer["isError"], json!(is_error), "{answer}");
    }
    for other in ["https://evil.test/", created["link_token"].as_str().unwrap_or_default()] {
        let error = client.error("open_link", json!({ "hosted_link_url": other })).await;
        assert!(error.contains("must be the handle"), "{other}: {error}");
    }
}
