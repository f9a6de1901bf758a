//! `cargo xtask spec`: imports, compares and checks documents.

pub mod changelog;
pub mod diff;
pub mod fetch;
mod follows;
pub mod import;
pub mod lint;
pub mod rehearse;
pub mod update;
