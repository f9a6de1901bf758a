//! `cargo xtask spec`: takes documents in.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

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
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Today's date in UTC, by the civil-from-days rule of the proleptic Gregorian calendar.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = seconds / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
