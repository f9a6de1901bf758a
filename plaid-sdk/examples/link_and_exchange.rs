//! From a Link token to an access token: what every application does once for each bank login.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example link_and_exchange`

use plaid_sdk::item::ItemPublicTokenExchangeRequest;
use plaid_sdk::link::{CountryCode, LinkTokenCreateRequest, LinkTokenCreateRequestUser, Products};
use plaid_sdk::sandbox::SandboxPublicTokenCreateRequest;
use plaid_sdk::{Client, Environment, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;

    // Your page or app opens Link with this token.
    let link = plaid
        .link_token_create(
            LinkTokenCreateRequest::new("Acme Ledger", "en", [CountryCode::Us])
                .user(LinkTokenCreateRequestUser::new("user-1"))
                .products([Products::Transactions]),
        )
        .await?;
    println!("open Link with {} before {}", link.link_token, link.expiration);

    // When the user is done, Link returns a public token to your page. The Sandbox can create one without a user.
    let public_token = if plaid.environment() == &Environment::Sandbox {
        let request = SandboxPublicTokenCreateRequest::new("ins_109508", [Products::Transactions]);
        plaid.sandbox_public_token_create(request).await?.public_token
    } else {
        std::env::args().nth(1).expect("the public token that Link gave")
    };

    // The access token is a secret: store it encrypted, with the Item's id, and never send it to a browser.
    let item = plaid.item_public_token_exchange(ItemPublicTokenExchangeRequest::new(public_token)).await?;
    println!("connected item {}", item.item_id);
    Ok(())
}
