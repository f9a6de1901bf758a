//! Users whose data is set: `user_custom`, whose password is a configuration, and characters of the Sandbox.

mod accounts;
mod characters;
mod config;
mod generate;
mod inflow;
mod rows;
mod schema;

pub use self::accounts::open;
pub use self::characters::character;
pub use self::config::read;
pub use self::rows::{new_day, rows, sometimes_new};

/// The user name of configurable users. A name that starts so is one, too: applications name their users.
pub fn is_custom(username: &str) -> bool {
    username == "user_custom" || username.starts_with("custom_")
}
