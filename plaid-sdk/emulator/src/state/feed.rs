//! The transactions of an Item as a log of changes. `/transactions/sync` reads the log, `/transactions/get` its result.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Transaction, TransactionId};

/// How much of an Item's history has been read from the bank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Nothing.
    #[default]
    NotReady,
    /// The last 30 days.
    Initial,
    /// All of it.
    Historical,
}

impl Readiness {
    /// Its name in `transactions_update_status`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::NotReady => "NOT_READY",
            Self::Initial => "INITIAL_UPDATE_COMPLETE",
            Self::Historical => "HISTORICAL_UPDATE_COMPLETE",
        }
    }
}

/// A change of the transactions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A new transaction.
    Added(Transaction),
    /// Another content of a transaction.
    Modified(Transaction),
    /// A transaction is gone. The last content is kept, since the response names its account.
    Removed(Transaction),
}

impl Change {
    /// The transaction that it is about.
    pub fn transaction(&self) -> &Transaction {
        match self {
            Self::Added(transaction) | Self::Modified(transaction) | Self::Removed(transaction) => transaction,
        }
    }
}

/// The transactions of an Item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// How much of the history is there.
    pub readiness: Readiness,
    /// Whether the application has called `/transactions/sync`. Only then are updates announced by
    /// `SYNC_UPDATES_AVAILABLE`.
    pub sync_used: bool,
    /// Before how many of the next pages a transaction changes.
    #[serde(default)]
    pub interruptions: u32,
    log: Vec<Change>,
}

impl Feed {
    /// All changes, oldest first.
    pub fn log(&self) -> &[Change] {
        &self.log
    }

    /// Adds a transaction.
    pub fn add(&mut self, transaction: Transaction) {
        self.log.push(Change::Added(transaction));
    }

    /// Changes a transaction before a page, if that was ordered.
    pub fn interrupt(&mut self) {
        if self.interruptions == 0 {
            return;
        }
        self.interruptions -= 1;
        if let Some(mut row) = self.current().first().map(|row| (*row).clone()) {
            row.amount += Decimal::new(1, 2);
            self.modify(row);
        }
    }

    /// Replaces a transaction's content. An unknown id changes nothing, and the result is false.
    pub fn modify(&mut self, transaction: Transaction) -> bool {
        let known = self.get(&transaction.id).is_some();
        if known {
            self.log.push(Change::Modified(transaction));
        }
        known
    }

    /// Removes a transaction and returns it.
    pub fn remove(&mut self, id: &TransactionId) -> Option<Transaction> {
        let last = self.get(id)?.clone();
        self.log.push(Change::Removed(last.clone()));
        Some(last)
    }

    /// A transaction as it is now.
    pub fn get(&self, id: &TransactionId) -> Option<&Transaction> {
        match self.log.iter().rfind(|change| change.transaction().id == *id)? {
            Change::Added(transaction) | Change::Modified(transaction) => Some(transaction),
            Change::Removed(_) => None,
        }
    }

    /// All transactions as they are now, newest first, and of one day in the order in which they came.
    pub fn current(&self) -> Vec<&Transaction> {
        let mut last: HashMap<&TransactionId, usize> = HashMap::new();
        let mut rows: Vec<Option<&Transaction>> = Vec::new();
        for change in &self.log {
            let transaction = change.transaction();
            match change {
                Change::Added(_) => {
                    last.insert(&transaction.id, rows.len());
                    rows.push(Some(transaction));
                }
                Change::Modified(_) => {
                    if let Some(row) = last.get(&transaction.id).and_then(|index| rows.get_mut(*index)) {
                        *row = Some(transaction);
                    }
                }
                Change::Removed(_) => {
                    if let Some(row) = last.get(&transaction.id).and_then(|index| rows.get_mut(*index)) {
                        *row = None;
                    }
                }
            }
        }
        let mut current: Vec<&Transaction> = rows.into_iter().flatten().collect();
        current.sort_by_key(|transaction| std::cmp::Reverse(transaction.date));
        current
    }
}
