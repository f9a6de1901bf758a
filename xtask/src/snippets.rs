//! `cargo xtask snippets`: runs the snippets of a language and compares what arrives with what they were made from.

mod rust;

use clap::Subcommand;

/// The languages whose snippets are checked.
#[derive(Subcommand)]
pub enum Snippets {
    /// Compile the Rust snippets of all samples as programs against plaid-sdk, run them, and compare what they send.
    Rust,
}

/// Checks the snippets of a language.
pub fn run(of: &Snippets) -> Result<(), String> {
    match of {
        Snippets::Rust => rust::run(),
    }
}
