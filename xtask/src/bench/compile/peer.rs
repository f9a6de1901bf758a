//! The code of another generator, as a package.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::{self, Plan};
use crate::workspace;

/// A generator whose output compiles without changes.
const GENERATOR: &str = "openapi-to-rust";
const VERSION: &str = "0.23.0";
pub const TITLE: &str = "output of openapi-to-rust 0.23.0";
pub const PACKAGE: &str = "openapi-to-rust-output";

/// Writes the package and returns its folder.
pub fn generate(home: &Path, document: &Path) -> Result<PathBuf, String> {
    let document = std::path::absolute(document).map_err(|error| format!("error: {}: {error}", document.display()))?;
    let tools = workspace::root().join("target/bench/tools");
    run(Command::new(env!("CARGO"))
        .args(["install", GENERATOR, "--version", VERSION, "--locked", "--quiet", "--root"])
        .arg(&tools))?;
    let folder = home.join(PACKAGE);
    let made = folder.join("src/generated");
    run(Command::new(tools.join("bin").join(GENERATOR))
        .arg("generate")
        .arg(&document)
        .arg("--output-dir")
        .arg(&made)
        .args(["--module-name", "api", "--quiet"]))?;
    let dependencies = files::read(&made.join("REQUIRED_DEPS.toml"))?;
    let mut plan = Plan::default();
    plan.put(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{PACKAGE}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}\n[workspace]\n"
        ),
    )?;
    plan.put(folder.join("src/lib.rs"), "#![allow(warnings)]\npub mod generated;\n".to_owned())?;
    plan.carry_out()?;
    Ok(folder)
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("error: {name} ended with {status}")),
        Err(error) => Err(format!("error: {name} could not be run: {error}")),
    }
}
