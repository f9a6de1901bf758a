//! Keeps a copy of an Item's transactions up to date.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example sync_transactions ACCESS_TOKEN`

use std::collections::BTreeMap;

use plaid_sdk::transactions::{Transaction, TransactionsSyncRequest};
use plaid_sdk::{Client, Error};

/// What an application stores in its database for each Item.
#[derive(Default)]
struct Store {
    transactions: BTreeMap<String, Transaction>,
    cursor: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;
    let access_token = std::env::args().nth(1).expect("an access token");
    let mut store = Store::default();
    // The first update has the history. The second has later changes, usually none.
    for _ in 0..2 {
        update(&plaid, &access_token, &mut store).await?;
    }
    for transaction in store.transactions.values() {
        let name = transaction.merchant_name.as_deref().unwrap_or("-");
        println!("{} {:>10} {name}", transaction.date, transaction.amount);
    }
    Ok(())
}

/// What to do on the webhook `SYNC_UPDATES_AVAILABLE`.
async fn update(plaid: &Client, access_token: &str, store: &mut Store) -> Result<(), Error> {
    let mut request = TransactionsSyncRequest::new(access_token);
    request.cursor = store.cursor.clone();
    let update = plaid.transactions_sync(request).update().await?;
    if update.is_not_ready() {
        println!("Plaid has not fetched anything yet");
    }
    // Store the changes and the cursor in one database transaction.
    for transaction in update.added.into_iter().chain(update.modified) {
        store.transactions.insert(transaction.transaction_id.clone(), transaction);
    }
    for transaction in update.removed {
        store.transactions.remove(&transaction.transaction_id);
    }
    store.cursor = update.cursor;
    Ok(())
}
