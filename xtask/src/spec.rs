//! `cargo xtask spec`: takes documents in, and looks at what they say.

pub mod diff;
pub mod lint;

use std::path::Path;

use codegen::config::Sdk;
use codegen::diag::Report;
use codegen::import::{self, SourceInfo};
use codegen::source::Source;
use sha2::{Digest, Sha256};

use crate::files::{self, Plan};
use crate::workspace;

/// Turns a full upstream document into `spec/plaid.yaml` and `spec/source.yaml`.
pub fn import(file: &Path, commit: Option<String>) -> Result<(), String> {
    let text = files::read(file)?;
    let sha256 = sha256(&text);
    let mut report = Report::default();
    let sdk_path = workspace::spec("sdk.yaml");
    let sdk = Source::parse(workspace::shown(&sdk_path), files::read(&sdk_path)?, &mut report);
    let source = Source::parse(file.display().to_string(), text, &mut report);
    let imported = match (&sdk, &source) {
        (Some(sdk_source), Some(source)) => {
            Sdk::read(sdk_source, &mut report).and_then(|sdk| import::import(source, &sdk, &mut report))
        }
        _ => None,
    };
    for source in sdk.iter().chain(&source) {
        source.locate(&mut report);
    }
    let Some(imported) = imported.filter(|_| !report.has_errors()) else { return Err(report.to_string()) };
    if !report.findings().is_empty() {
        eprint!("{report}");
    }

    let info_path = workspace::spec("source.yaml");
    let earlier = files::read_if_there(&info_path)?.and_then(|text| serde_yaml::from_str::<SourceInfo>(&text).ok());
    let info = SourceInfo { version: imported.version.clone(), commit, sha256, date: today() }.or_earlier(earlier);
    let info = serde_yaml::to_string(&info).map_err(|error| error.to_string())?;
    let mut plan = Plan::default();
    plan.put(workspace::spec("plaid.yaml"), imported.yaml)?;
    plan.put(info_path, format!("# Written by `cargo xtask spec import`: where plaid.yaml is from.\n{info}"))?;
    plan.carry_out()?;
    let (written, _, unchanged) = plan.counts();
    let counts = imported.counts;
    println!(
        "imported {}: {} paths, {} operations, {} schemas, {} of them webhooks",
        imported.version, counts.paths, counts.operations, counts.schemas, counts.webhooks
    );
    let dropped: Vec<String> = counts.dropped.iter().map(|(keyword, count)| format!("{keyword} ({count})")).collect();
    println!("left behind: {}", if dropped.is_empty() { "nothing".to_owned() } else { dropped.join(", ") });
    println!("files: {written} written, {unchanged} unchanged");
    Ok(())
}

/// The hash of a text, in hexadecimal.
fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Today's date in UTC.
fn today() -> String {
    chrono::Utc::now().date_naive().to_string()
}
