//! Records a chain of calls, and replays it without a server.
//!
//! It records against the emulator in this process, so it needs no keys. Against Plaid, leave out `.transport(…)` and set the
//! environment and your keys.

use plaid_emulator::Emulator;
use plaid_recorder::{Recording, Replayer};
use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::item::ItemPublicTokenExchangeRequest;
use plaid_sdk::link::Products;
use plaid_sdk::sandbox::SandboxPublicTokenCreateRequest;
use plaid_sdk::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cassette = std::env::temp_dir().join("plaid-recorder-example.json");

    let emulator = Emulator::builder().start().await?;
    let recording = Recording::create(&cassette)?;
    let builder = Client::builder().base_url(emulator.base_url()).credentials("0123456789abcdef01234567", "secret");
    let recorded =
        builder.transport(emulator.transport()).wrap_transport(move |inner| recording.recorder(inner)).build()?;
    let recorded = accounts(&recorded).await?;

    let replayer = Replayer::open(&cassette)?;
    let builder = Client::builder().base_url("http://127.0.0.1:1").credentials("another-id", "another-secret");
    let replayed = accounts(&builder.transport(replayer.clone()).build()?).await?;
    assert_eq!(replayed, recorded);
    assert!(replayer.unused().is_empty());

    println!("{} has a recording of {} accounts: {}", cassette.display(), replayed.len(), replayed.join(", "));
    Ok(())
}

async fn accounts(plaid: &Client) -> Result<Vec<String>, Error> {
    let request = SandboxPublicTokenCreateRequest::new("ins_109508", [Products::Auth]);
    let public = plaid.sandbox_public_token_create(request).await?;
    let item = plaid.item_public_token_exchange(ItemPublicTokenExchangeRequest::new(public.public_token)).await?;
    let response = plaid.accounts_get(AccountsGetRequest::new(item.access_token)).await?;
    Ok(response.accounts.into_iter().map(|account| account.name).collect())
}
