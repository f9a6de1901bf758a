//! A call compared with bare reqwest: CPU time, allocations, and calls per second over loopback.

use std::process::Command;

use crate::files::Plan;
use crate::workspace;

/// The program that measures. It is a crate of its own, so that the workspace does not depend on the crate that counts allocations.
const CALLS: &str = include_str!("../../templates/calls.rs");

/// Measures and prints.
pub fn run() -> Result<(), String> {
    let folder = workspace::root().join("target/bench/calls");
    let sdk = workspace::sdk();
    let mut plan = Plan::default();
    plan.put(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"calls\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             plaid-sdk = {{ path = {:?}, default-features = false }}\nstats_alloc = \"0.1\"\n\
             tokio = {{ version = \"1\", features = [\"rt\", \"net\", \"io-util\", \"time\"] }}\n\n[workspace]\n",
            sdk.display().to_string()
        ),
    )?;
    plan.put(folder.join("src/main.rs"), CALLS.to_owned())?;
    plan.put(folder.join("src/figure.rs"), super::FIGURE.to_owned())?;
    plan.carry_out()?;
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet"]).current_dir(&folder);
    command.env("CARGO_TARGET_DIR", workspace::root().join("target/bench/target"));
    let status = command.status().map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("error: the benchmark failed in {}", folder.display())) }
}
