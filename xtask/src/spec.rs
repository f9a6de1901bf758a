//! `cargo xtask spec`: takes documents in, compares them, and looks at what they say.

pub mod changelog;
pub mod diff;
pub mod fetch;
mod follows;
pub mod import;
pub mod lint;
pub mod update;
