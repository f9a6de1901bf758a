//! How long it takes to read the catalog's data in several forms, and to search it.

use std::process::Command;

use crate::files::Plan;
use crate::workspace;

/// The program that measures. It is outside the workspace, whose profiles don't reach users.
const CATALOG: &str = include_str!("../../templates/catalog.rs");

/// Measures a dev build and a release build, and prints both.
pub fn run() -> Result<(), String> {
    let folder = workspace::root().join("target/bench/catalog");
    let catalog = workspace::sdk().join("catalog");
    let mut plan = Plan::default();
    plan.put(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"catalog-bench\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             plaid-catalog = {{ path = {:?} }}\nflate2 = \"1\"\nrmp-serde = \"1\"\n\n[workspace]\n",
            catalog.display().to_string()
        ),
    )?;
    plan.put(folder.join("src/main.rs"), CATALOG)?;
    plan.put(folder.join("src/figure.rs"), super::FIGURE.to_owned())?;
    plan.carry_out()?;
    for profile in ["dev", "release"] {
        println!("\n{profile} build\n");
        let mut command = Command::new(env!("CARGO"));
        command.args(["run", "--quiet", "--profile", profile, "--"]).arg(catalog.join("data")).current_dir(&folder);
        command.env("CARGO_TARGET_DIR", workspace::root().join("target/bench/target"));
        let status = command.status().map_err(|error| format!("error: cargo could not be run: {error}"))?;
        if !status.success() {
            return Err(format!("error: the benchmark failed in {}", folder.display()));
        }
    }
    Ok(())
}
