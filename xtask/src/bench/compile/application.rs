//! An application: its build after a change and its size, compared with the same calls written by hand.

use std::path::Path;

use super::cargo;
use super::{THREE, megabytes, target};
use crate::bench::figure::figure;
use crate::files::{self, Plan};
use crate::workspace;

const SDK: &str = include_str!("../../../templates/app/sdk.rs");
const HAND: &str = include_str!("../../../templates/app/hand.rs");

/// Prints a row for each figure.
pub fn run(home: &Path, quick: bool) -> Result<(), String> {
    let sdk = workspace::sdk().display().to_string();
    let applications = [
        ("by-hand", HAND, "reqwest = { version = \"0.13\", default-features = false, features = [\"http2\", \"gzip\", \"rustls\"] }\n\
          serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"".to_owned()),
        ("by-sdk", SDK, format!("plaid-sdk = {{ path = {sdk:?}, {THREE} }}")),
    ];
    for (name, source, dependencies) in &applications {
        let mut plan = Plan::default();
        plan.put(
            home.join(name).join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
                 tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
                 [profile.release]\nstrip = true\n\n[workspace]\n"
            ),
        )?;
        plan.put(home.join(name).join("src/main.rs"), (*source).to_owned())?;
        plan.carry_out()?;
    }
    println!(
        "An application that makes a Link token, exchanges the public one and reads transactions: with `plaid-sdk` (rustls \
         and the three products), and by hand over reqwest (the same features) and serde's derive, with no more than the \
         properties it needs, no retries, no exact amounts.\n"
    );
    println!("| | by hand | `plaid-sdk` | `plaid-sdk` / by hand |\n|---|---|---|---|");
    let mut builds: Vec<(&str, &[&str])> = vec![("`cargo build` after a change", &["build"])];
    if !quick {
        builds.push(("`cargo build --release` after a change", &["build", "--release"]));
    }
    for (title, arguments) in builds {
        let mut best = [f64::MAX; 2];
        for _ in 0..3 {
            for (best, (name, source, _)) in best.iter_mut().zip(&applications) {
                let folder = home.join(name);
                // The first build includes the dependencies; only the application's compiler is measured.
                std::fs::write(folder.join("src/main.rs"), source)
                    .map_err(|error| format!("error: {}: {error}", folder.display()))?;
                let cost = cargo::of_crate(&folder, arguments, &name.replace('-', "_"))?;
                *best = best.min(cost.seconds);
            }
        }
        println!("| {title} | {:.2} s | {:.2} s | {:.2} |", best[0], best[1], best[1] / best[0]);
    }
    if quick {
        return Ok(());
    }
    let mut sizes = [0.0; 2];
    for (size, (name, ..)) in sizes.iter_mut().zip(&applications) {
        let path = target().join("release").join(name);
        *size = std::fs::metadata(&path).map_err(|error| format!("error: {}: {error}", path.display()))?.len() as f64;
    }
    figure("application.size.hand", sizes[0] / 1e6);
    figure("application.size", sizes[1] / 1e6);
    println!(
        "| binary, release, stripped | {} | {} | {:.2} |",
        megabytes(sizes[0]),
        megabytes(sizes[1]),
        sizes[1] / sizes[0]
    );
    let mut lines = [0; 2];
    for (lines, (name, ..)) in lines.iter_mut().zip(&applications) {
        let text = files::read(&home.join(name).join("src/main.rs"))?;
        *lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("//")).count();
    }
    println!("| lines of code | {} | {} | {:.2} |", lines[0], lines[1], lines[1] as f64 / lines[0] as f64);
    Ok(())
}
