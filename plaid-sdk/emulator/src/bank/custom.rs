//! Users whose data is set: `user_custom`, whose password is a configuration, and characters of the Sandbox.

mod accounts;
mod characters;
mod config;
mod generate;
mod inflow;
mod products;
mod rows;
mod schema;

pub use self::accounts::{amount, open, owner_of};
pub use self::characters::character;
pub use self::config::read;
pub use self::products::{liabilities, portfolio};
pub use self::rows::{new_day, rows, sometimes_new};
pub use self::schema::{IDENTITY, check};

/// The user name of configurable users. A name that starts so is one, too: applications name their users.
pub fn is_custom(username: &str) -> bool {
    username == "user_custom" || username.starts_with("custom_")
}
