//! The compile time of the SDK, compared with the alternatives.

mod application;
mod cargo;
mod crates;
mod peer;

use std::path::{Path, PathBuf};

use crate::workspace;

/// Measures and prints, as Markdown.
pub fn run(quick: bool, document: Option<&Path>) -> Result<(), String> {
    let home = workspace::root().join("target/bench/compile");
    crates::run(&home, quick, document)?;
    println!();
    application::run(&home, quick)
}

/// The target folder of all builds: they share dependencies.
fn target() -> PathBuf {
    workspace::root().join("target/bench/target")
}

/// The features of an application that links Items and reads their transactions.
const THREE: &str = r#"default-features = false, features = ["rustls", "link", "item", "transactions"]"#;

/// A size in megabytes, for a table.
fn megabytes(bytes: f64) -> String {
    format!("{:.1} MB", bytes / 1e6)
}
