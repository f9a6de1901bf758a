//! The banks behind the emulator: who can log in, which accounts they have, and what happens on them.

use serde_json::Value;

use crate::fields::Fields;

mod accounts;
pub mod consent;
mod custom;
mod describe;
mod dynamic;
mod grid;
mod history;
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
pub use self::custom::amount;
pub use self::describe::described;
pub use self::investments::{portfolio, read_investments, see_investments, start_investments, trades};
pub use self::liabilities::liabilities;
pub use self::login::Login;
pub use self::statements::start_statements;
pub use self::updates::{added_accounts, changed, recategorize, refresh, run, start};

/// Owners as responses contain them, from what a control says. What is left out is that of `user_good`'s owner.
///
/// # Errors
/// What is wrong, with its place.
pub fn owners(set: &[Value]) -> Result<Vec<Value>, String> {
    let owner = |(index, one): (usize, &Value)| {
        custom::check(one, &custom::IDENTITY, &format!("owners[{index}]"))?;
        Ok(custom::owner_of(Fields(one)))
    };
    set.iter().enumerate().map(owner).collect()
}
pub use self::updates::{recategorize, refresh, run, start};
