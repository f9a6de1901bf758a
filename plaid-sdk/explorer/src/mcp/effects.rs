//! What calls do, as tools show it.

use plaid_catalog::model::{Effect, Idempotency, Operation};

/// The marks of a tool, from the data of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// It changes nothing.
    pub read_only: bool,
    /// It may remove something or move money.
    pub destructive: bool,
    /// A second call with the same arguments changes nothing more.
    pub idempotent: bool,
}

/// The marks of an operation.
pub fn marks(operation: &Operation) -> Marks {
    let read_only = reads(operation);
    Marks {
        read_only,
        destructive: matches!(operation.effect, Effect::Deletes | Effect::MovesMoney),
        idempotent: read_only || operation.idempotency == Idempotency::Idempotent,
    }
}

/// Whether an operation only reads.
pub fn reads(operation: &Operation) -> bool {
    operation.effect == Effect::Reads
}

/// Whether a call makes money move.
pub fn moves_money(operation: &Operation) -> bool {
    operation.effect == Effect::MovesMoney
}

/// What a call does, in a few words, with the tool that calls it.
pub fn about(operation: &Operation) -> &'static str {
    match operation.effect {
        Effect::Reads => "reads only; call it with call_read_operation",
        Effect::Writes => "creates or changes something; call it with call_write_operation",
        Effect::Deletes => "deletes or revokes something for good; call it with call_write_operation",
        Effect::MovesMoney => "moves money; call it with call_write_operation",
    }
}

/// The same in one word, for lists. The most common is not named.
pub fn word(operation: &Operation) -> &'static str {
    match operation.effect {
        Effect::Reads => " [reads]",
        Effect::Writes => "",
        Effect::Deletes => " [deletes]",
        Effect::MovesMoney => " [moves money]",
    }
}
