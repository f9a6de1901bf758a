//! The wire layer compared with serde's derive, on the same types of the same document.

use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::Output;

use super::derive;
use crate::files::{self, Plan};
use crate::{cpu, r#gen, manifest, outside, workspace};

/// The program that measures decoding with both.
const SPEED: &str = include_str!("../../templates/speed.rs");

/// Measures and prints.
pub fn run(quick: bool) -> Result<(), String> {
    let home = workspace::root().join("target/bench");
    let mut output = r#gen::generate(&r#gen::inputs(None)?, &mut |_| {})?;
    let wire = write(&home.join("wire"), &output)?;
    derive::rewrite(&mut output.files)?;
    let derive = write_derived(&home.join("derive"), &output)?;
    println!("user CPU seconds to compile the crate alone\n");
    println!("{:<16} {:>8} {:>8} {:>8}", "", "wire", "derive", "ratio");
    let profiles: &[(&str, &[&str])] = if quick {
        &[("check", &["check"])]
    } else {
        &[("check", &["check"]), ("build", &["build"]), ("build --release", &["build", "--release"])]
    };
    for (name, arguments) in profiles {
        // The first run of each builds the dependencies. Then they take turns, and the faster of two runs counts.
        let mut best = [f64::MAX; 2];
        for (folder, _) in [(&wire, 0), (&derive, 1)] {
            user_seconds(folder, arguments)?;
        }
        for _ in 0..2 {
            for (best, folder) in best.iter_mut().zip([&wire, &derive]) {
                *best = best.min(user_seconds(folder, arguments)?);
            }
        }
        println!("{name:<16} {:>8.2} {:>8.2} {:>8.2}", best[0], best[1], best[0] / best[1]);
    }
    println!();
    speed(&home.join("speed"))
}

/// Writes a crate of the generated files and the runtime.
fn write(folder: &Path, output: &Output) -> Result<PathBuf, String> {
    let mut plan = Plan::default();
    outside::plan(&mut plan, folder, output)?;
    plan.carry_out()?;
    Ok(folder.to_owned())
}

/// Writes the same crate for types with derives.
fn write_derived(folder: &Path, output: &Output) -> Result<PathBuf, String> {
    write(folder, output)?;
    let mut plan = Plan::default();
    let manifest = folder.join("Cargo.toml");
    let text = manifest::with_derives(&files::read(&manifest)?)?;
    plan.put(manifest, text)?;
    // Without the wire layer's macros and the operations, much of the runtime is unused.
    let library = folder.join("src/lib.rs");
    let text = files::read(&library)?;
    plan.put(library, format!("#![allow(unused, missing_docs)]\n{text}"))?;
    plan.carry_out()?;
    Ok(folder.to_owned())
}

/// The user CPU time that a cargo command takes for the crate in a folder, its sources touched before.
fn user_seconds(folder: &Path, arguments: &[&str]) -> Result<f64, String> {
    let lib = folder.join("src/lib.rs");
    let text = files::read(&lib)?;
    std::fs::write(&lib, text).map_err(|error| format!("error: {}: {error}", lib.display()))?;
    let spent = || cpu::of_children().ok_or("error: the CPU time of programs is not known; this benchmark needs Linux");
    let before = spent()?;
    cargo(folder, arguments, true)?;
    Ok(spent()? - before)
}

fn cargo(folder: &Path, arguments: &[&str], quiet: bool) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder);
    command.env("CARGO_TARGET_DIR", workspace::root().join("target/bench/target")).env("CARGO_INCREMENTAL", "0");
    if quiet {
        command.arg("--quiet");
    }
    let status = command.status().map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("error: `cargo {}` failed in {}", arguments.join(" "), folder.display()))
    }
}

/// Decodes the same page with both.
fn speed(folder: &Path) -> Result<(), String> {
    let mut plan = Plan::default();
    plan.put(
        folder.join("Cargo.toml"),
        "[package]\nname = \"speed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         wire = { package = \"plaid-sdk\", path = \"../wire\", features = [\"serde\"] }\nderived = { package = \"plaid-sdk-derived\", path = \"../derive\" }\n\
         serde_json = \"1\"\n\n[profile.release]\ndebug = 1\n\n[workspace]\n"
            .to_owned(),
    )?;
    plan.put(folder.join("src/main.rs"), SPEED.to_owned())?;
    plan.put(folder.join("src/figure.rs"), super::FIGURE.to_owned())?;
    plan.carry_out()?;
    cargo(folder, &["run", "--release"], true)
}
