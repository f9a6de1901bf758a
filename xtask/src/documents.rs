//! `cargo xtask documents FILE…`: checks that each document can be imported, that the generated crate compiles without
//! warnings, that the imported document gives the same crate, and that all samples are valid.
//!
//! All crates are members of one workspace and have different names: in a shared target folder, cargo distinguishes crates
//! by name and by path inside the workspace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use codegen::diff::{Document, diff, show};
use codegen::{Input, Inputs, Output};
use codegen_testing::samples;

use crate::files::{self, Plan};
use crate::spec::import;
use crate::{r#gen, manifest, openapi, outside, workspace};

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
        let output = generated(&inputs)?;
        let summary = &output.summary;
        let samples = samples::check(&output.api).map_err(|error| format!("error: {name}: {error}"))?;
        println!("{name:<36} {} operations, {} schemas, {samples} samples", summary.operations, summary.schemas);
        let folder = home.join(&name);
        plan.put(folder.join("openapi.json"), openapi::of_other(&output))?;
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
    check(&home, &members)?;
    println!("{} crates compile without warnings ({:.0} s)", members.len(), start.elapsed().as_secs_f64());
    Ok(())
}

/// What is generated from a document. The same public items have to come from its import.
fn generated(inputs: &Inputs) -> Result<Output, String> {
    let name = &inputs.document.name;
    let (imported, _) = import::import(&inputs.document)?;
    let document = Input { name: format!("{name}, imported"), text: imported.yaml };
    let imported = Inputs { document, ..inputs.clone() };
    let read = |inputs: &Inputs| codegen::understand(inputs, &mut |_| {}).map_err(|report| report.to_string());
    let (published, imported) = std::thread::scope(|scope| {
        let imported = scope.spawn(|| read(&imported));
        (read(inputs), imported.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let published = published?;
    let diff = diff(&Document::of(published.clone()), &Document::of(imported?));
    if !diff.changes.is_empty() {
        let changes = show::text(&diff, false);
        return Err(format!("{changes}error: the import of {name} changed the generated code"));
    }
    let output = published.emit(inputs.threads);
    if !output.summary.reconciles() {
        let summary = &output.summary;
        return Err(format!("{summary}error: something was found that is neither generated nor left out"));
    }
    Ok(output)
}

/// The name of a document's crate: the file's name, in characters that a package name may contain.
fn name(document: &Path) -> Result<String, String> {
    let stem = document.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.ok_or_else(|| format!("error: {} is not the name of a file", document.display()))?;
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok(format!("plaid-sdk-{plain}"))
}

/// With serde's traits, so that no impl is left out.
fn check(folder: &Path, members: &[String]) -> Result<(), String> {
    let features: Vec<String> = members.iter().map(|name| format!("{name}/serde")).collect();
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--workspace", "--features", &features.join(",")])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace::target())
        .status()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("error: `cargo check` failed in {}", workspace::shown(folder))) }
}
