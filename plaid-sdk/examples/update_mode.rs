//! Repairs an Item: if the bank requires a new login, opens Link in update mode.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example update_mode ACCESS_TOKEN`

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::link::{CountryCode, LinkTokenCreateRequest, LinkTokenCreateRequestUser};
use plaid_sdk::sandbox::SandboxItemResetLoginRequest;
use plaid_sdk::{Client, Environment, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;
    let access_token = std::env::args().nth(1).expect("an access token");

    // The Sandbox can invalidate a login for tests.
    if plaid.environment() == &Environment::Sandbox {
        plaid.sandbox_item_reset_login(SandboxItemResetLoginRequest::new(&access_token)).await?;
    }
    match plaid.accounts_get(AccountsGetRequest::new(&access_token)).await {
        Ok(response) => println!("{} accounts, nothing to repair", response.accounts.len()),
        Err(error) if error.needs_update_mode() => {
            let token = update_mode(&plaid, &access_token).await?;
            // Afterwards, the same access token works again. No token has to be exchanged.
            println!("open Link with {token}, then go on with the same access token");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// A link token for an existing Item. It has no products, because the Item already has them.
async fn update_mode(plaid: &Client, access_token: &str) -> Result<String, Error> {
    let request = LinkTokenCreateRequest::new("Acme Ledger", "en", [CountryCode::Us])
        .user(LinkTokenCreateRequestUser::new("user-1"))
        .access_token(access_token);
    Ok(plaid.link_token_create(request).await?.link_token)
}
