//! The banks behind the emulator: who can log in, which accounts they have, and what happens on them.

mod accounts;
mod announce;
pub mod consent;
mod custom;
mod describe;
mod dynamic;
mod dynamic_refresh;
mod grid;
mod history;
pub mod income;
mod investments;
mod liabilities;
mod login;
pub mod mfa;
pub mod new_accounts;
pub mod recurring;
mod rules;
mod statements;
#[cfg(test)]
pub(crate) mod testing;
mod updates;
pub mod verification;

pub use self::accounts::open;
pub use self::announce::changed;
pub use self::custom::owners;
pub use self::describe::described;
pub use self::history::{balance_after, change, history};
pub use self::investments::{past_trades_of, portfolio, read_investments, see_investments, start_investments, trades};
pub use self::liabilities::liabilities;
pub use self::login::Login;
pub use self::statements::start_statements;
pub use self::updates::{added_accounts, recategorize, refresh, run, start};
