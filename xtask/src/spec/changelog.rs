//! The SDK's changelog: an entry a version, the newest first.

use codegen::diff::{Diff, show};

/// What stands above the entries.
const HEAD: &str = "# Changelog

What changed in each version of plaid-sdk, the newest first. Versions follow semantic versioning by what programs that
compile can see; each entry says also what Plaid's document changes for programs that run.
";

/// The changelog with an entry for a version above the others.
pub fn with_entry(old: Option<&str>, version: &str, date: &str, diff: &Diff) -> Result<String, String> {
    let old = old.unwrap_or(HEAD);
    let heading = format!("## {version} - ");
    if old.lines().any(|line| line.starts_with(&heading)) {
        return Err(format!(
            "error: plaid-sdk/CHANGELOG.md has an entry for {version} already; correct the version in plaid-sdk/Cargo.toml"
        ));
    }
    // Below what stands above the first entry.
    let place = if old.starts_with("## ") { Some(0) } else { old.find("\n## ").map(|place| place + 1) };
    let (head, entries) = old.split_at(place.unwrap_or(old.len()));
    let bump = diff.bump();
    let reason = bump.reason(diff);
    let body = show::markdown(diff);
    let head = head.trim_end();
    Ok(format!("{head}\n\n{heading}{date}\n\nA {bump} change: {reason}.\n\n{}\n\n{entries}", body.trim_end())
        .trim_end()
        .to_owned()
        + "\n")
}
