//! The SDK's changelog: an entry for each version, the newest first.

use codegen::diff::{Diff, show};

/// The text above the entries.
const HEAD: &str = "# Changelog

What changed in each version of plaid-sdk, the newest first. Versions follow semantic versioning by what programs that
compile can see; each entry says also what Plaid's document changes for programs that run.
";

/// The changelog with an entry for a version above the others.
pub fn with_entry(old: Option<&str>, version: &str, date: &str, diff: &Diff) -> Result<String, String> {
    let bump = diff.bump();
    let body = format!("A {bump} change: {}.\n\n{}", bump.reason(diff), show::markdown(diff));
    above(old.unwrap_or(HEAD), version, date, &body)
}

fn above(old: &str, version: &str, date: &str, body: &str) -> Result<String, String> {
    let heading = format!("## {version} - ");
    if old.lines().any(|line| line.starts_with(&heading)) {
        return Err(format!(
            "error: plaid-sdk/CHANGELOG.md has an entry for {version} already; correct the version in plaid-sdk/Cargo.toml"
        ));
    }
    let place = if old.starts_with("## ") { 0 } else { old.find("\n## ").map_or(old.len(), |place| place + 1) };
    let (head, entries) = old.split_at(place);
    let entry = format!("{heading}{date}\n\n{}", body.trim());
    let parts = [head.trim(), &entry, entries.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(parts.join("\n\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_entry_is_first_and_the_rest_stays() {
        let first = above("# Changelog\n\nAbout it.\n", "0.1.0", "2026-01-01", "One.\n").unwrap();
        assert_eq!(first, "# Changelog\n\nAbout it.\n\n## 0.1.0 - 2026-01-01\n\nOne.\n");
        let second = above(&first, "0.2.0", "2026-02-02", "Two.").unwrap();
        assert_eq!(
            second,
            "# Changelog\n\nAbout it.\n\n## 0.2.0 - 2026-02-02\n\nTwo.\n\n## 0.1.0 - 2026-01-01\n\nOne.\n"
        );
        assert!(above(&second, "0.2.0", "2026-03-03", "").is_err_and(|said| said.contains("0.2.0 already")));
        assert_eq!(above("## 0.1.0 - a\n", "0.2.0", "b", "B").unwrap(), "## 0.2.0 - b\n\nB\n\n## 0.1.0 - a\n");
    }
}
