//! `cargo xtask spec lint`: finds what a document says in one place and denies in another.

use std::path::Path;

use codegen::Input;
use codegen::import::SourceInfo;
use codegen::lint::{self, Inputs};

use super::sha256;
use crate::{files, workspace};

/// Looks at spec/plaid.yaml or another document; what is found and not in spec/lint.yaml is the error.
pub fn run(file: Option<&Path>) -> Result<(), String> {
    let own = workspace::spec("plaid.yaml");
    let input = |path: &Path| Ok::<_, String>(Input { name: workspace::shown(path), text: files::read(path)? });
    let document = input(file.unwrap_or(&own))?;
    let inputs = Inputs {
        strict: file.is_none() || is_imported(&document.text)?,
        document,
        sdk: input(&workspace::spec("sdk.yaml"))?,
        fixups: input(&workspace::spec("fixups.yaml"))?,
        known: input(&workspace::spec("lint.yaml"))?,
    };
    let outcome = lint::lint(&inputs).map_err(|report| report.to_string())?;
    if outcome.report.has_errors() {
        return Err(format!("{}{}", outcome.report, outcome.account));
    }
    print!("{}", outcome.account);
    Ok(())
}

/// Whether a document is the one that spec/plaid.yaml was made from, for which spec/lint.yaml is written.
fn is_imported(text: &str) -> Result<bool, String> {
    let source = files::read_if_there(&workspace::spec("source.yaml"))?;
    let source = source.and_then(|text| serde_yaml::from_str::<SourceInfo>(&text).ok());
    Ok(source.is_some_and(|source| source.sha256 == sha256(text)))
}
