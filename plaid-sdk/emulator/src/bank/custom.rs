//! Users whose data is set: `user_custom`, whose password is a configuration, and characters of the Sandbox.

mod accounts;
mod characters;
mod config;
mod generate;
mod inflow;
mod products;
mod rows;
mod schema;

use serde_json::Value;

use crate::fields::Fields;

pub use self::accounts::{amount, open};
pub use self::characters::character;
pub use self::config::read;
pub use self::products::{liabilities, portfolio};
pub use self::rows::{new_day, rows, sometimes_new};

/// The user name of configurable users. A name that starts so is one, too: applications name their users.
pub fn is_custom(username: &str) -> bool {
    username == "user_custom" || username.starts_with("custom_")
}

/// Owners as responses contain them, from what a control says. What is left out is that of `user_good`'s owner.
///
/// # Errors
/// What is wrong, with its place.
pub fn owners(set: &[Value]) -> Result<Vec<Value>, String> {
    let owner = |(index, one): (usize, &Value)| {
        schema::check(one, &schema::IDENTITY, &format!("owners[{index}]"))?;
        Ok(accounts::owner_of(Fields(one)))
    };
    set.iter().enumerate().map(owner).collect()
}
