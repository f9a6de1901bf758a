//! `cargo xtask documents FILE…`: checks that each document can be imported, that the generated crate compiles without
//! warnings, that the imported document gives the same crate, and that all samples are valid.
//!
//! All crates are members of one workspace and have different names: in a shared target folder, cargo distinguishes crates
//! by name and by path inside the workspace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use codegen::diff::show;
use codegen::{Input, Inputs};
use codegen_testing::samples;

use crate::files::{self, Plan};
use crate::spec::{diff, import};
use crate::{r#gen, manifest, outside, workspace};

/// Generates a crate from each document and checks it.
pub fn run(documents: &[PathBuf]) -> Result<(), String> {
    let home = workspace::root().join("target/documents");
    let mut plan = Plan::default();
    let mut members = Vec::new();
    for document in documents {
        let name = name(document)?;
        if members.contains(&name) {
            return Err(format!("error: two of the documents are named {name}"));
        }
        let inputs = r#gen::inputs(Some(document))?;
        same_when_imported(&inputs)?;
        let output = codegen::generate(&inputs, &mut |_| {}).map_err(|report| report.to_string())?;
        if !output.summary.reconciles() {
            return Err(format!(
                "{}error: the summary does not add up: something was found that is neither generated nor left out",
                output.summary
            ));
        }
        let summary = &output.summary;
        let understood = codegen::understand(&inputs, &mut |_| {}).map_err(|report| report.to_string())?;
        let samples = samples::check(&understood.api).map_err(|error| format!("error: {name}: {error}"))?;
        println!("{name:<36} {} operations, {} schemas, {samples} samples", summary.operations, summary.schemas);
        let folder = home.join(&name);
        outside::sources(&mut plan, &folder, &output)?;
        let text = manifest::with_features(&files::read(&workspace::sdk().join("Cargo.toml"))?, &output.features)?;
        plan.put(folder.join("Cargo.toml"), manifest::member(&text, &name)?)?;
        members.push(name);
    }
    let listed: Vec<String> = members.iter().map(|name| format!("\"{name}\"")).collect();
    plan.put(home.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", listed.join(", ")))?;
    // The workspace's versions, so that the workspace's build results are reused here.
    let lock = home.join("Cargo.lock");
    if let Some(text) = files::read_if_there(&workspace::root().join("Cargo.lock"))?.filter(|_| !lock.exists()) {
        plan.put(lock, text)?;
    }
    plan.carry_out()?;
    let start = Instant::now();
    check(&home)?;
    println!("{} crates compile without warnings ({:.0} s)", members.len(), start.elapsed().as_secs_f64());
    Ok(())
}

/// Compares the public items generated from a document and from its import.
fn same_when_imported(inputs: &Inputs) -> Result<(), String> {
    let (imported, _) = import::import(&inputs.document)?;
    let document = Input { name: format!("{}, imported", inputs.document.name), text: imported.yaml };
    let diff = diff::documents(inputs, &Inputs { document, ..inputs.clone() })?;
    if diff.changes.is_empty() {
        return Ok(());
    }
    Err(format!("{}error: the import of {} changed the generated code", show::text(&diff, false), inputs.document.name))
}

/// The name of a document's crate: the file's name, in characters that a package name may contain.
fn name(document: &Path) -> Result<String, String> {
    let stem = document.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.ok_or_else(|| format!("error: {} is not the name of a file", document.display()))?;
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok(format!("plaid-sdk-{plain}"))
}

fn check(folder: &Path) -> Result<(), String> {
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--workspace"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace::target())
        .status()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("error: `cargo check` failed in {}", workspace::shown(folder))) }
}
