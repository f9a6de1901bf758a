//! The first call of the README: a Link token, and the exchange of a public token.

use plaid_sdk::{Client, Error, ErrorCode, item, link};

#[tokio::main]
async fn main() -> Result<(), Error> {
    // Reads PLAID_CLIENT_ID, PLAID_SECRET and PLAID_ENV. There is also Client::sandbox(client_id, secret).
    let plaid = Client::from_env()?;

    let request = link::LinkTokenCreateRequest::new("Acme", "en", [link::CountryCode::Us])
        .user(link::LinkTokenCreateRequestUser::new("user-1"))
        .products([link::Products::Transactions]);
    let token = plaid.link_token_create(request).await?;
    println!("open Link with {}", token.link_token);

    // Link returns a public token when your user has connected a bank. Exchange it for a permanent access token.
    let public_token = std::env::args().nth(1).unwrap_or_default();
    match plaid.item_public_token_exchange(item::ItemPublicTokenExchangeRequest::new(public_token)).await {
        Ok(response) => println!("connected, the Item is {}", response.item_id),
        Err(error) if error.code() == Some(&ErrorCode::InvalidPublicToken) => println!("the public token is not valid"),
        Err(error) => return Err(error),
    }
    Ok(())
}
