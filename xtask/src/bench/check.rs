//! The check of a request's body, compared with the crate `jsonschema` on our own JSON Schema.

use std::process::Command;

use crate::files::Plan;
use crate::workspace;

/// The program that measures.
const SPEED: &str = include_str!("../../templates/check.rs");

/// Its manifest. It is not a part of the workspace, so that the profiles of the workspace don't apply.
const MANIFEST: &str = "[package]\nname = \"check-speed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
    jsonschema = { version = \"0.61\", default-features = false }\n\
    plaid-catalog = { path = \"../../../plaid-sdk/catalog\" }\nserde_json = \"1\"\n\n[workspace]\n";

/// Measures and prints.
pub fn run() -> Result<(), String> {
    let folder = workspace::root().join("target/bench/check");
    let mut plan = Plan::default();
    plan.put(folder.join("Cargo.toml"), MANIFEST.to_owned())?;
    plan.put(folder.join("src/main.rs"), SPEED.to_owned())?;
    plan.put(folder.join("src/figure.rs"), super::FIGURE.to_owned())?;
    plan.carry_out()?;
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet"]).current_dir(&folder);
    command.env("CARGO_TARGET_DIR", workspace::root().join("target/bench/target")).env("CARGO_INCREMENTAL", "0");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("error: `cargo run --release` failed in {}", folder.display())),
        Err(error) => Err(format!("error: cargo could not be run: {error}")),
    }
}
