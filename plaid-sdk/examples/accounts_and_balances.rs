//! Lists the accounts of an Item, with balances fetched from the bank.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example accounts_and_balances ACCESS_TOKEN`

use std::time::Duration;

use plaid_sdk::accounts::{AccountsBalanceGetRequest, AccountsGetRequest};
use plaid_sdk::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;
    let access_token = std::env::args().nth(1).expect("an access token");

    // Cached balances: fast, and free of charge.
    let known = plaid.accounts_get(AccountsGetRequest::new(&access_token)).await?;
    for account in &known.accounts {
        println!("{} {} ({})", account.name, account.mask.as_deref().unwrap_or("----"), account.r#type);
    }

    // Real-time balances: Plaid asks the bank, which can take half a minute.
    let request = AccountsBalanceGetRequest::new(&access_token);
    let fresh = plaid.accounts_balance_get(request).timeout(Duration::from_secs(90)).await?;
    for account in &fresh.accounts {
        let balances = &account.balances;
        let currency = balances.iso_currency_code.as_deref().unwrap_or("?");
        match (balances.current, balances.available) {
            (Some(current), Some(available)) => {
                println!("{}: {current} {currency}, {available} to spend", account.name)
            }
            (Some(current), None) => println!("{}: {current} {currency}", account.name),
            (None, _) => println!("{}: unknown", account.name),
        }
    }
    Ok(())
}
