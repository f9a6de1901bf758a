//! The states of transfers, refunds and sweeps, each with those that may follow it.

use serde::{Deserialize, Serialize};

/// A value that Plaid has a name for.
pub trait Named: Copy + Eq + 'static {
    /// All values.
    const ALL: &'static [Self];

    /// Plaid's name.
    fn wire(self) -> &'static str;

    /// The value with a name.
    fn read(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.wire() == name)
    }
}

/// An enum whose values have Plaid's names.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $text)] $value,)+ }

        impl Named for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn wire(self) -> &'static str {
                match self { $(Self::$value => $text,)+ }
            }
        }
    };
}

named! {
    /// Which way the money goes.
    TransferKind {
        /// From the user to the client.
        Debit = "debit",
        /// From the client to the user.
        Credit = "credit",
    }
}

named! {
    /// The network that moves the money.
    Network {
        /// ACH, on a later day.
        Ach = "ach",
        /// ACH, on the same day.
        SameDayAch = "same-day-ach",
        /// At once. A debit is a request for payment.
        Rtp = "rtp",
        /// By wire.
        Wire = "wire",
    }
}

impl Network {
    /// Whether it is ACH.
    pub fn is_ach(self) -> bool {
        matches!(self, Self::Ach | Self::SameDayAch)
    }
}

named! {
    /// The use case of an ACH transfer.
    AchClass {
        /// Between businesses.
        Ccd = "ccd",
        /// Agreed in writing.
        Ppd = "ppd",
        /// Agreed by telephone.
        Tel = "tel",
        /// Agreed in the internet.
        Web = "web",
    }
}

named! {
    /// What is decided about a proposed transfer.
    Decision {
        /// It can be made.
        Approved = "approved",
        /// It can't.
        Declined = "declined",
        /// The user has to repair the Item first.
        UserActionRequired = "user_action_required",
    }
}

named! {
    /// Why it is decided so.
    Rationale {
        /// There is too little money.
        Nsf = "NSF",
        /// It would be too risky.
        Risk = "RISK",
        /// A limit of the client is reached.
        LimitReached = "TRANSFER_LIMIT_REACHED",
        /// The user entered the account's numbers, so its data can't be looked at.
        ManuallyVerified = "MANUALLY_VERIFIED_ITEM",
        /// The user has to log in, so the account's data can't be looked at.
        LoginRequired = "ITEM_LOGIN_REQUIRED",
        /// The account's data can't be looked at.
        Error = "ERROR",
        /// The application knew the account's numbers, so its data can't be looked at.
        Migrated = "MIGRATED_ACCOUNT_ITEM",
        /// The user of the payment profile has to log in.
        ProfileLoginRequired = "PAYMENT_PROFILE_LOGIN_REQUIRED",
    }
}

named! {
    /// The state of a transfer.
    TransferStatus {
        /// It was made.
        Pending = "pending",
        /// The network has it.
        Posted = "posted",
        /// The network has completed it.
        Settled = "settled",
        /// The money can be used.
        FundsAvailable = "funds_available",
        /// The client cancelled it.
        Cancelled = "cancelled",
        /// It failed, and no money moved.
        Failed = "failed",
        /// It came back.
        Returned = "returned",
    }
}

impl TransferStatus {
    /// The states that may follow. Only ACH debits become available, see [`TransferStatus::follows`].
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Posted, Self::Failed, Self::Cancelled],
            Self::Posted => &[Self::Settled, Self::Returned],
            Self::Settled => &[Self::FundsAvailable, Self::Returned],
            Self::FundsAvailable => &[Self::Returned],
            Self::Cancelled | Self::Failed | Self::Returned => &[],
        }
    }

    /// Whether it may follow a state, for a transfer of a kind on a network.
    pub fn follows(self, before: Self, kind: TransferKind, network: Network) -> bool {
        let is_held = kind == TransferKind::Debit && network.is_ach();
        before.next().contains(&self) && (self != Self::FundsAvailable || is_held)
    }

    /// Whether the money did not move, or moved back.
    pub fn is_undone(self) -> bool {
        matches!(self, Self::Cancelled | Self::Failed | Self::Returned)
    }
}

named! {
    /// How far a transfer or a refund is on its way to the client's own account.
    SweepState {
        /// It was not swept yet.
        Unswept = "unswept",
        /// It is part of a sweep.
        Swept = "swept",
        /// The sweep has arrived.
        SweptSettled = "swept_settled",
        /// It came back, and was swept back.
        ReturnSwept = "return_swept",
    }
}

named! {
    /// The state of a refund.
    RefundStatus {
        /// It was made.
        Pending = "pending",
        /// The network has it.
        Posted = "posted",
        /// The client cancelled it.
        Cancelled = "cancelled",
        /// It failed.
        Failed = "failed",
        /// The user has the money.
        Settled = "settled",
        /// It came back.
        Returned = "returned",
    }
}

impl RefundStatus {
    /// The states that may follow.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Posted, Self::Failed, Self::Cancelled],
            Self::Posted => &[Self::Settled, Self::Returned],
            Self::Cancelled | Self::Failed | Self::Settled | Self::Returned => &[],
        }
    }

    /// Whether the money did not move, or moved back.
    pub fn is_undone(self) -> bool {
        matches!(self, Self::Cancelled | Self::Failed | Self::Returned)
    }
}

named! {
    /// The state of a deposit to a ledger or a withdrawal from it.
    SweepStatus {
        /// It was made.
        Pending = "pending",
        /// The network has it.
        Posted = "posted",
        /// The network has completed it.
        Settled = "settled",
        /// The money of a deposit can be used.
        FundsAvailable = "funds_available",
        /// It came back.
        Returned = "returned",
        /// It failed.
        Failed = "failed",
    }
}

impl SweepStatus {
    /// The states that may follow. Only deposits become available.
    pub fn next(self, is_deposit: bool) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Posted, Self::Failed],
            Self::Posted => &[Self::Settled, Self::Returned],
            Self::Settled if is_deposit => &[Self::FundsAvailable, Self::Returned],
            Self::Settled => &[Self::Returned],
            Self::FundsAvailable => &[Self::Returned],
            Self::Returned | Self::Failed => &[],
        }
    }
}

named! {
    /// What happened.
    EventKind {
        /// A transfer was made.
        Pending = "pending",
        /// A transfer was cancelled.
        Cancelled = "cancelled",
        /// A transfer failed.
        Failed = "failed",
        /// The network has a transfer.
        Posted = "posted",
        /// The network has completed a transfer.
        Settled = "settled",
        /// The money of a transfer can be used.
        FundsAvailable = "funds_available",
        /// A transfer came back.
        Returned = "returned",
        /// A transfer was swept.
        Swept = "swept",
        /// The sweep of a transfer has arrived.
        SweptSettled = "swept_settled",
        /// A transfer that came back was swept back.
        ReturnSwept = "return_swept",
        /// A sweep of a ledger was made.
        SweepPending = "sweep.pending",
        /// The network has a sweep.
        SweepPosted = "sweep.posted",
        /// The network has completed a sweep.
        SweepSettled = "sweep.settled",
        /// A sweep came back.
        SweepReturned = "sweep.returned",
        /// A sweep failed.
        SweepFailed = "sweep.failed",
        /// The money of a deposit can be used.
        SweepFundsAvailable = "sweep.funds_available",
        /// A refund was made.
        RefundPending = "refund.pending",
        /// A refund was cancelled.
        RefundCancelled = "refund.cancelled",
        /// A refund failed.
        RefundFailed = "refund.failed",
        /// The network has a refund.
        RefundPosted = "refund.posted",
        /// The user has a refund.
        RefundSettled = "refund.settled",
        /// A refund came back.
        RefundReturned = "refund.returned",
        /// A refund was swept.
        RefundSwept = "refund.swept",
        /// A refund that came back was swept back.
        RefundReturnSwept = "refund.return_swept",
    }
}

impl EventKind {
    /// The event of a transfer that gets to a state.
    pub fn of_transfer(status: TransferStatus) -> Self {
        match status {
            TransferStatus::Pending => Self::Pending,
            TransferStatus::Posted => Self::Posted,
            TransferStatus::Settled => Self::Settled,
            TransferStatus::FundsAvailable => Self::FundsAvailable,
            TransferStatus::Cancelled => Self::Cancelled,
            TransferStatus::Failed => Self::Failed,
            TransferStatus::Returned => Self::Returned,
        }
    }

    /// The event of a refund that gets to a state.
    pub fn of_refund(status: RefundStatus) -> Self {
        match status {
            RefundStatus::Pending => Self::RefundPending,
            RefundStatus::Posted => Self::RefundPosted,
            RefundStatus::Cancelled => Self::RefundCancelled,
            RefundStatus::Failed => Self::RefundFailed,
            RefundStatus::Settled => Self::RefundSettled,
            RefundStatus::Returned => Self::RefundReturned,
        }
    }

    /// The event of a sweep that gets to a state.
    pub fn of_sweep(status: SweepStatus) -> Self {
        match status {
            SweepStatus::Pending => Self::SweepPending,
            SweepStatus::Posted => Self::SweepPosted,
            SweepStatus::Settled => Self::SweepSettled,
            SweepStatus::FundsAvailable => Self::SweepFundsAvailable,
            SweepStatus::Returned => Self::SweepReturned,
            SweepStatus::Failed => Self::SweepFailed,
        }
    }
}

named! {
    /// What made a sweep.
    SweepTrigger {
        /// The client.
        Manual = "manual",
        /// Plaid, of all transfers that waited.
        Aggregate = "automatic_aggregate",
    }
}

#[cfg(test)]
mod tests {
    use super::{EventKind, Named, Network, RefundStatus, SweepStatus, TransferKind, TransferStatus};

    #[test]
    fn names_are_read_back() {
        fn check<T: Named + std::fmt::Debug>() {
            for one in T::ALL {
                assert_eq!(T::read(one.wire()), Some(*one));
            }
        }
        check::<EventKind>();
        check::<TransferStatus>();
        check::<Network>();
        assert_eq!(EventKind::ALL.len(), 24);
        assert_eq!(TransferStatus::read("nonsense"), None);
    }

    #[test]
    fn only_held_money_becomes_available() {
        let follows = |kind, network| TransferStatus::FundsAvailable.follows(TransferStatus::Settled, kind, network);
        assert!(follows(TransferKind::Debit, Network::Ach) && follows(TransferKind::Debit, Network::SameDayAch));
        assert!(!follows(TransferKind::Credit, Network::Ach) && !follows(TransferKind::Debit, Network::Rtp));
        assert!(!SweepStatus::Settled.next(false).contains(&SweepStatus::FundsAvailable));
    }

    #[test]
    fn nothing_follows_an_end_and_nothing_begins_again() {
        for status in TransferStatus::ALL {
            assert!(!status.next().contains(&TransferStatus::Pending) && !status.next().contains(status));
            assert!(!status.is_undone() || status.next().is_empty());
        }
        for status in RefundStatus::ALL {
            assert!(!status.next().contains(&RefundStatus::Pending) && !status.next().contains(status));
            assert!(!status.is_undone() || status.next().is_empty());
        }
    }
}
