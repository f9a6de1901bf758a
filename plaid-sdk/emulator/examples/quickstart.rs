//! From Link to a repaired Item, without a key and without a network: the emulator runs in this program.
//!
//! `cargo run -p plaid-emulator --features sdk --example quickstart`

use std::error::Error;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use plaid_emulator::{Emulator, Finish, Login};
use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::item::ItemPublicTokenExchangeRequest;
use plaid_sdk::link::{CountryCode, LinkTokenCreateRequest, LinkTokenCreateRequestUser, Products};
use plaid_sdk::sandbox::SandboxItemResetLoginRequest;
use plaid_sdk::transactions::TransactionsSyncRequest;
use plaid_sdk::webhooks::{Verifier, Webhook};
use plaid_sdk::{Client, Environment};
use tokio::sync::mpsc;

const CLIENT_ID: &str = "0123456789abcdef01234567";
const LOGIN: Login<'static> = Login { username: "user_good", password: "pass_good" };

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let plaid = Client::builder()
        .environment(Environment::custom(emulator.base_url())?)
        .credentials(CLIENT_ID, "any-secret")
        .transport(emulator.transport())
        .build()?;
    println!("1. The emulator runs at {}", emulator.base_url());
    let (webhook_url, mut webhooks) = receive(Verifier::new(&plaid)).await?;

    let request = LinkTokenCreateRequest::new("Acme", "en", [CountryCode::Us])
        .user(LinkTokenCreateRequestUser::new("user-1"))
        .products([Products::Transactions])
        .webhook(webhook_url);
    let link = plaid.link_token_create(request).await?;
    println!("2. Your page opens Link with {}", link.link_token);

    let tenant = emulator.tenant(CLIENT_ID).ok_or("the client has called")?;
    let finish = Finish { institution: "ins_109508", login: LOGIN, masks: None };
    let done = tenant.complete_link(&link.link_token, finish)?;
    let public_token = done["public_token"].as_str().ok_or("Link returns a public token")?;
    println!("3. The user logs in at First Platypus Bank, and Link returns {public_token}");

    let item = plaid.item_public_token_exchange(ItemPublicTokenExchangeRequest::new(public_token)).await?;
    let accounts = plaid.accounts_get(AccountsGetRequest::new(&item.access_token)).await?.accounts;
    println!("4. Item {} has {} accounts", item.item_id, accounts.len());
    for account in accounts.iter().take(3) {
        let balance = account.balances.current.map(|amount| amount.to_string()).unwrap_or_default();
        println!("   {:<20} {balance:>10}", account.name);
    }

    let update = plaid.transactions_sync(TransactionsSyncRequest::new(&item.access_token)).update().await?;
    println!("5. The first update has {} transactions", update.added.len());
    for transaction in update.added.iter().take(3) {
        let merchant = transaction.merchant_name.as_deref().unwrap_or("-");
        println!("   {} {merchant:<20} {:>10}", transaction.date, transaction.amount);
    }

    let webhook = tokio::time::timeout(Duration::from_secs(10), webhooks.recv()).await?.ok_or("a webhook comes")?;
    let (kind, code) = (webhook.webhook_type(), webhook.webhook_code());
    println!("6. A webhook came, and its signature is right: {kind} {code}");

    plaid.sandbox_item_reset_login(SandboxItemResetLoginRequest::new(&item.access_token)).await?;
    match plaid.accounts_get(AccountsGetRequest::new(&item.access_token)).await {
        Err(error) if error.needs_update_mode() => println!("7. The bank wants a new login: {error}"),
        other => return Err(format!("expected an error, got {other:?}").into()),
    }
    let request = LinkTokenCreateRequest::new("Acme", "en", [CountryCode::Us])
        .user(LinkTokenCreateRequestUser::new("user-1"))
        .access_token(&item.access_token);
    let repair = plaid.link_token_create(request).await?;
    tenant.complete_link(&repair.link_token, Finish { institution: "ins_109508", login: LOGIN, masks: None })?;
    let again = plaid.accounts_get(AccountsGetRequest::new(&item.access_token)).await?.accounts;
    println!("8. After update mode the same access token works again: {} accounts", again.len());
    Ok(())
}

/// A receiver of webhooks on this machine, which passes on those whose signature is right.
async fn receive(verifier: Verifier) -> Result<(String, mpsc::Receiver<Webhook>), Box<dyn Error>> {
    let (queue, webhooks) = mpsc::channel(16);
    let take = move |headers: HeaderMap, body: Bytes| async move {
        match verifier.receive::<Webhook>(&headers, &body).await {
            Ok(webhook) => {
                // The program may have ended already.
                drop(queue.try_send(webhook));
                StatusCode::OK
            }
            Err(error) => {
                eprintln!("a webhook was refused: {error}");
                StatusCode::UNAUTHORIZED
            }
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhook", listener.local_addr()?);
    let router = Router::new().route("/webhook", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((url, webhooks))
}
