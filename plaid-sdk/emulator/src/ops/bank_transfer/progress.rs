//! How bank transfers get from one state to the next, and what that does to the client's account.

use crate::state::{
    BankTransferEvent, BankTransferFailure, BankTransferStatus, BankTransferSweep, ORIGINATION_ACCOUNT, Source,
    SourceKind, Stamp, Tenant,
};

/// A state does not follow the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNow;

/// A transfer gets to a state. What is posted or comes back is swept at once.
///
/// # Errors
/// If the state does not follow the present one. Then nothing changes.
pub fn advance(
    tenant: &mut Tenant,
    id: &str,
    to: BankTransferStatus,
    failure: Option<BankTransferFailure>,
) -> Result<(), NotNow> {
    use BankTransferStatus::{Cancelled, Failed, Pending, Posted, Reversed};
    let at = tenant.now();
    let Tenant { bank_transfers, ids, .. } = tenant;
    let transfer = bank_transfers.transfers.get_mut(id).ok_or(NotNow)?;
    if !transfer.status.next().contains(&to) {
        return Err(NotNow);
    }
    transfer.status = to;
    transfer.failure = reason(to, failure);
    let (is_debit, amount) = (transfer.is_debit, transfer.amount);
    let source = Source::new(SourceKind::Transfer, id);
    let mut stamp = Stamp { ids, at };
    let ledgers = &mut bank_transfers.ledgers;
    match to {
        Posted => {
            ledgers.release(&mut stamp, &source);
        }
        Failed | Cancelled | Reversed if is_debit => {
            ledgers.take_back(&mut stamp, ORIGINATION_ACCOUNT, amount, &source);
        }
        Failed | Cancelled | Reversed => ledgers.credit(&mut stamp, ORIGINATION_ACCOUNT, amount, &source),
        Pending => {}
    }
    let swept = match (to, is_debit) {
        (Posted, true) | (Reversed, false) => Some(amount),
        (Posted, false) | (Reversed, true) => Some(-amount),
        (Pending | Cancelled | Failed, _) => None,
    };
    if let Some(amount) = swept {
        let id = stamp.ids.uuid();
        bank_transfers.sweeps.insert(id.clone(), BankTransferSweep { id, created: at, amount });
    }
    record(tenant, id);
    Ok(())
}

/// Why a transfer failed or came back. Only what came back has a code.
fn reason(to: BankTransferStatus, given: Option<BankTransferFailure>) -> Option<BankTransferFailure> {
    let plain = |text: &str| BankTransferFailure { code: None, description: text.to_owned() };
    match to {
        BankTransferStatus::Failed => {
            Some(BankTransferFailure { code: None, ..given.unwrap_or_else(|| plain("the transfer failed")) })
        }
        BankTransferStatus::Reversed => {
            let given = given.unwrap_or_else(|| plain("the transfer came back"));
            Some(BankTransferFailure { code: given.code.or_else(|| Some("R01".to_owned())), ..given })
        }
        _ => None,
    }
}

/// Records the state of a transfer as an event.
pub fn record(tenant: &mut Tenant, id: &str) {
    let at = tenant.now();
    let all = &mut tenant.bank_transfers;
    let Some(transfer) = all.transfers.get(id) else { return };
    all.events.push(BankTransferEvent {
        id: all.events.last().map_or(1, |last| last.id + 1),
        at,
        status: transfer.status,
        transfer: id.to_owned(),
        failure: transfer.failure.clone(),
    });
}
