//! The first test in the README of the repository.
#![cfg(feature = "sdk")]

use plaid_emulator::Emulator;
use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::item::ItemPublicTokenExchangeRequest;
use plaid_sdk::link::Products;
use plaid_sdk::sandbox::SandboxPublicTokenCreateRequest;
use plaid_sdk::{Client, Environment};

#[tokio::test]
async fn a_connected_user_has_accounts() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().start().await?;
    let plaid = Client::builder()
        .environment(Environment::custom(emulator.base_url())?)
        .credentials("0123456789abcdef01234567", "any-secret")
        .transport(emulator.transport())
        .build()?;

    let request = SandboxPublicTokenCreateRequest::new("ins_109508", [Products::Transactions]);
    let public_token = plaid.sandbox_public_token_create(request).await?.public_token;
    let item = plaid.item_public_token_exchange(ItemPublicTokenExchangeRequest::new(public_token)).await?;

    let accounts = plaid.accounts_get(AccountsGetRequest::new(&item.access_token)).await?.accounts;
    assert!(accounts.iter().any(|account| account.name == "Plaid Checking"));
    Ok(())
}
