//! Keeps a copy of an Item's transactions in step.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example sync_transactions ACCESS_TOKEN [CURSOR]`

use plaid_sdk::transactions::{RemovedTransaction, Transaction, TransactionsSyncRequest};
use plaid_sdk::{Client, Error};

/// All that changed since a cursor, and the cursor to go on from.
#[derive(Default)]
struct Update {
    added: Vec<Transaction>,
    modified: Vec<Transaction>,
    removed: Vec<RemovedTransaction>,
    cursor: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;
    let access_token = std::env::args().nth(1).expect("an access token");
    let cursor = std::env::args().nth(2);

    // The data may change between two pages, and then all pages are void: begin again from where this update began.
    let update = loop {
        match fetch(&plaid, &access_token, cursor.clone()).await {
            Err(error) if error.code() == Some("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION") => {}
            result => break result?,
        }
    };

    // Store the changes and the cursor in one go, so that neither is there without the other.
    for transaction in &update.added {
        println!(
            "+ {} {} {}",
            transaction.date,
            transaction.amount,
            transaction.merchant_name.as_deref().unwrap_or("-")
        );
    }
    for transaction in &update.modified {
        println!("~ {} {}", transaction.transaction_id, transaction.amount);
    }
    for transaction in &update.removed {
        println!("- {}", transaction.transaction_id);
    }
    println!("next time, go on from {}", update.cursor.as_deref().unwrap_or("the beginning"));
    Ok(())
}

async fn fetch(plaid: &Client, access_token: &str, cursor: Option<String>) -> Result<Update, Error> {
    let mut update = Update { cursor, ..Update::default() };
    loop {
        let mut request = TransactionsSyncRequest::new(access_token).count(500);
        if let Some(cursor) = &update.cursor {
            request = request.cursor(cursor);
        }
        let page = plaid.transactions_sync(request).await?;
        update.added.extend(page.added);
        update.modified.extend(page.modified);
        update.removed.extend(page.removed);
        // An Item whose transactions are not there yet gives an empty cursor.
        update.cursor = Some(page.next_cursor).filter(|cursor| !cursor.is_empty());
        if !page.has_more {
            return Ok(update);
        }
    }
}
