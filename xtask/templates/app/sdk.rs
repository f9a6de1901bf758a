//! Links an Item and reads its transactions with the SDK. Written into target/bench by `cargo xtask bench compile`.

use plaid_sdk::{Client, Error, ErrorCode, item, link, transactions};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;

    let request = link::LinkTokenCreateRequest::new("Acme", "en", [link::CountryCode::Us])
        .user(link::LinkTokenCreateRequestUser::new("user-1"))
        .products([link::Products::Transactions]);
    println!("open Link with {}", plaid.link_token_create(request).await?.link_token);

    let public_token = std::env::args().nth(1).unwrap_or_default();
    let request = item::ItemPublicTokenExchangeRequest::new(public_token);
    let item = match plaid.item_public_token_exchange(request).await {
        Err(error) if error.code() == Some(&ErrorCode::InvalidPublicToken) => return Ok(println!("that was not a public token")),
        response => response?,
    };

    let mut cursor = String::new();
    loop {
        let request = transactions::TransactionsSyncRequest::new(item.access_token.as_str()).cursor(cursor);
        let page = plaid.transactions_sync(request).await?;
        for transaction in &page.added {
            println!("{} {} {:?}", transaction.date, transaction.amount, transaction.merchant_name);
        }
        for removed in &page.removed {
            println!("gone: {}", removed.transaction_id);
        }
        cursor = page.next_cursor;
        if !page.has_more {
            return Ok(());
        }
    }
}
