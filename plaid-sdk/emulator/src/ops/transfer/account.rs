//! Whether an account can be used for a transfer: its kind, the network, the use case, earlier returns.

use rust_decimal::Decimal;

use super::refused;
use crate::error::ApiError;
use crate::state::{Account, AchClass, Item, Named as _, Network, Tenant, TransferKind, TransferStatus};

/// The routing number of a bank that takes part in instant payments.
const INSTANT_ROUTING: &str = "322271627";
/// The codes of returns that say that an account can't be used any more.
const BLOCKING: [&str; 5] = ["R02", "R03", "R04", "R16", "R20"];

/// The most that a network transfers at once.
fn most(network: Network, kind: TransferKind) -> Decimal {
    let cents = match (network, kind) {
        (Network::Ach, _) => 1_000_000_000,
        (Network::SameDayAch, _) | (Network::Rtp, TransferKind::Credit) => 100_000_000,
        // A debit is a request for payment.
        (Network::Rtp, TransferKind::Debit) => 350_000,
        (Network::Wire, _) => 99_999_999,
    };
    Decimal::new(cents, 2)
}

/// Checks that a network can carry a transfer.
///
/// # Errors
/// `TRANSFER_NETWORK_LIMIT_EXCEEDED` for too large an amount, `INVALID_FIELD` for a debit by wire.
pub fn check_network(network: Network, kind: TransferKind, amount: Decimal) -> Result<(), ApiError> {
    if (network, kind) == (Network::Wire, TransferKind::Debit) {
        return Err(ApiError::invalid_field("type must be credit for a transfer by wire"));
    }
    let most = most(network, kind);
    match amount > most {
        true => {
            let message = format!("the amount is over the limit of the network {}, which is {most}", network.wire());
            Err(ApiError::new("TRANSFER_ERROR", "TRANSFER_NETWORK_LIMIT_EXCEEDED", message))
        }
        false => Ok(()),
    }
}

/// The use case of a transfer. Networks other than ACH have none.
///
/// # Errors
/// `MISSING_FIELDS` without one, `TRANSFER_FORBIDDEN_ACH_CLASS` for one that does not fit the transfer or the account.
pub fn class(
    given: Option<AchClass>,
    network: Network,
    kind: TransferKind,
    account: &Account,
) -> Result<Option<AchClass>, ApiError> {
    if !network.is_ach() {
        return Ok(None);
    }
    let class = given.ok_or_else(|| ApiError::missing_fields("ach_class"))?;
    let is_business = account.holder.as_deref() == Some("business");
    let fits = match class {
        AchClass::Ccd => true,
        AchClass::Ppd => !is_business,
        AchClass::Tel | AchClass::Web => !is_business && kind == TransferKind::Debit,
    };
    match fits {
        true => Ok(Some(class)),
        false => {
            let message = "the ach_class can't be used for a transfer of this type with this account";
            Err(refused("TRANSFER_FORBIDDEN_ACH_CLASS", message))
        }
    }
}

/// Checks that an account is of a kind that money can be moved with.
///
/// # Errors
/// `TRANSFER_UNSUPPORTED_ACCOUNT_TYPE`, and `INVALID_FIELD` for instant payments with a bank that has none.
pub fn check_account(item: &Item, account: &Account, network: Network) -> Result<(), ApiError> {
    let is_usable =
        account.kind == "depository" && matches!(&*account.subtype, "checking" | "savings" | "cash management");
    if !is_usable {
        let message = "the account is not one that can be used for transfers";
        return Err(refused("TRANSFER_UNSUPPORTED_ACCOUNT_TYPE", message));
    }
    match network == Network::Rtp && !supports_rtp(item, account) {
        true => Err(ApiError::invalid_field("network can't be rtp: the account has no instant payments")),
        false => Ok(()),
    }
}

/// Whether an account can take part in instant payments.
pub fn supports_rtp(item: &Item, account: &Account) -> bool {
    let by_routing = account.numbers.ach.as_ref().is_some_and(|ach| ach.routing == INSTANT_ROUTING);
    by_routing || !item.auth_method.has_no_login() && matches!(&*account.mask, "0000" | "1111")
}

/// Refuses an account whose bank has said that it can't be used.
///
/// # Errors
/// `TRANSFER_ACCOUNT_BLOCKED`.
pub fn check_returns(tenant: &Tenant, account: &Account) -> Result<(), ApiError> {
    let blocks = |code: &str| BLOCKING.contains(&code);
    let is_blocked = tenant.transfers.transfers.values().any(|transfer| {
        transfer.proposal.account == account.id
            && transfer.status == TransferStatus::Returned
            && transfer.failure.as_ref().and_then(|failure| failure.code.as_deref()).is_some_and(blocks)
    });
    match is_blocked {
        true => Err(refused("TRANSFER_ACCOUNT_BLOCKED", "the account is blocked: an earlier transfer was returned")),
        false => Ok(()),
    }
}
