//! Whose data an Item has.

use serde::{Deserialize, Serialize};

/// Whose data an Item has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Persona {
    /// `user_good`: 14 accounts, and transactions that come back every 30 days.
    #[default]
    Good,
    /// `user_transactions_dynamic`: two accounts, whose transactions change at each refresh.
    Dynamic,
    /// A user whose data was set: `user_custom`, or a character of the Sandbox such as `user_yuppie`.
    Custom,
    /// Nobody logged in: the user entered the numbers of an account.
    Numbers,
}
