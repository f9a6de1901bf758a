//! How the money of a debit is divided between ledgers.

use rust_decimal::Decimal;

use crate::state::{DEFAULT_LEDGER, Transfer};

/// What a debit brings to which ledger: a part of it may go to the platform.
pub fn parts(transfer: &Transfer) -> Vec<(String, Decimal)> {
    let proposal = &transfer.proposal;
    match transfer.facilitator_fee {
        Some(fee) if proposal.ledger != DEFAULT_LEDGER => {
            let own = (proposal.ledger.clone(), proposal.amount - fee);
            let platform = (DEFAULT_LEDGER.to_owned(), fee);
            [own, platform].into_iter().filter(|(_, amount)| !amount.is_zero()).collect()
        }
        _ => vec![(proposal.ledger.clone(), proposal.amount)],
    }
}
