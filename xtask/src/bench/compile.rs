//! What this crate costs to build, beside what people would use instead.

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

/// Where all of it is built: what one needs of the dependencies serves the others.
fn target() -> PathBuf {
    workspace::root().join("target/bench/target")
}

/// The features of an application that links Items and reads their transactions.
const THREE: &str = r#"default-features = false, features = ["rustls", "link", "item", "transactions"]"#;

/// Megabytes, as a person reads them.
fn megabytes(bytes: f64) -> String {
    format!("{:.1} MB", bytes / 1e6)
}
