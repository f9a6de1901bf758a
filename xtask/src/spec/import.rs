//! `cargo xtask spec import FILE`: writes the interface of a published document to `spec/plaid.yaml`, and its source to
//! `spec/source.yaml`.

use std::path::Path;

use codegen::Input;
use codegen::config::Sdk;
use codegen::diag::Report;
use codegen::import::{self, Imported, SourceInfo};
use codegen::source::Source;
use sha2::{Digest, Sha256};

use crate::files::{self, Plan};
use crate::workspace;

/// Imports a file and writes the result.
pub fn run(file: &Path, commit: Option<String>) -> Result<(), String> {
    let document = Input { name: file.display().to_string(), text: files::read(file)? };
    let (imported, notes) = import(&document)?;
    if !notes.findings().is_empty() {
        eprint!("{notes}");
    }
    let mut plan = Plan::default();
    put(&mut plan, &imported, &document, commit)?;
    plan.carry_out()?;
    let (written, _, unchanged) = plan.counts();
    println!("{}", said(&imported));
    let dropped: Vec<String> =
        imported.counts.dropped.iter().map(|(keyword, count)| format!("{keyword} ({count})")).collect();
    println!("dropped: {}", if dropped.is_empty() { "nothing".to_owned() } else { dropped.join(", ") });
    println!("files: {written} written, {unchanged} unchanged");
    Ok(())
}

/// Imports a text.
pub fn import(document: &Input) -> Result<(Imported, Report), String> {
    let mut report = Report::default();
    let sdk_path = workspace::spec("sdk.yaml");
    let sdk = Source::parse(workspace::shown(&sdk_path), files::read(&sdk_path)?, &mut report);
    let source = Source::parse(&document.name, &document.text, &mut report);
    let imported = match (&sdk, &source) {
        (Some(sdk_source), Some(source)) => {
            Sdk::read(sdk_source, &mut report).and_then(|sdk| import::import(source, &sdk, &mut report))
        }
        _ => None,
    };
    for source in sdk.iter().chain(&source) {
        source.locate(&mut report);
    }
    match imported.filter(|_| !report.has_errors()) {
        Some(imported) => Ok((imported, report)),
        None => Err(report.to_string()),
    }
}

/// A line about the imported document.
pub fn said(imported: &Imported) -> String {
    let counts = &imported.counts.holds;
    format!(
        "imported {}: {} paths, {} operations, {} schemas, {} of them webhooks",
        imported.version, counts.paths, counts.operations, counts.schemas, counts.webhooks
    )
}

/// Puts the imported document and its origin into `spec/`.
pub fn put(plan: &mut Plan, imported: &Imported, document: &Input, commit: Option<String>) -> Result<(), String> {
    let info = SourceInfo {
        version: imported.version.clone(),
        commit,
        sha256: sha256(&document.text),
        date: today(),
        holds: imported.counts.holds,
    };
    let info = serde_yaml::to_string(&info.or_earlier(origin()?)).map_err(|error| error.to_string())?;
    plan.put(workspace::spec("plaid.yaml"), imported.yaml.clone())?;
    let header = "# Written by `cargo xtask spec import`: where plaid.yaml is from.";
    plan.put(workspace::spec("source.yaml"), format!("{header}\n{info}"))
}

/// The source of the current document; none if the file can't be read, and the import writes a new one.
pub fn origin() -> Result<Option<SourceInfo>, String> {
    let text = files::read_if_there(&workspace::spec("source.yaml"))?;
    Ok(text.and_then(|text| serde_yaml::from_str(&text).ok()))
}

/// The hash of a text, in hexadecimal.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Today's date in UTC.
pub fn today() -> String {
    chrono::Utc::now().date_naive().to_string()
}
