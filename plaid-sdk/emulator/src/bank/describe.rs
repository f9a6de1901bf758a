//! Transactions from a description alone: the rest is guessed.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::guess::guess;
use crate::state::{Account, Description, Transaction, TransactionId};

/// A posted transaction of an account.
pub fn described(
    id: TransactionId,
    account: &Account,
    date: NaiveDate,
    amount: Decimal,
    description: &str,
) -> Transaction {
    let guess = guess(description, amount < Decimal::ZERO);
    let merchant = guess.merchant.as_ref();
    let about = Description {
        currency: account.balances.currency.clone(),
        name: description.to_owned(),
        merchant: merchant.map(|merchant| merchant.name.clone()),
        entity: merchant.and_then(|merchant| merchant.entity.clone()),
        website: merchant.and_then(|merchant| merchant.website.clone()),
        logo: merchant.and_then(|merchant| merchant.logo.clone()),
        store: None,
        payment_method: None,
        channel: guess.channel.to_owned(),
        category: guess.category,
    };
    Transaction {
        id,
        account: account.id.clone(),
        date,
        authorized: None,
        amount,
        pending: false,
        was_pending: None,
        about: about.shared(),
    }
}
