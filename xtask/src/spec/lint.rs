//! `cargo xtask spec lint`: finds what a document says in one place and denies in another.

use std::path::Path;

use codegen::Input;
use codegen::lint::{self, Inputs, Summary};

use super::import;
use crate::{files, workspace};

/// Looks at spec/plaid.yaml or another document; what is found and not in spec/lint.yaml is the error.
pub fn run(file: Option<&Path>) -> Result<(), String> {
    let path = file.map_or_else(|| workspace::spec("plaid.yaml"), Path::to_path_buf);
    let document = input(&path)?;
    let is_ours =
        file.is_none() || import::origin()?.is_some_and(|origin| origin.sha256 == import::sha256(&document.text));
    print!("{}", check(document, is_ours)?);
    Ok(())
}

/// Looks at a document. An entry of spec/lint.yaml that matches nothing is an error for the document that the file is
/// written for (`strict`).
pub fn check(document: Input, strict: bool) -> Result<Summary, String> {
    let inputs = Inputs {
        document,
        sdk: input(&workspace::spec("sdk.yaml"))?,
        fixups: input(&workspace::spec("fixups.yaml"))?,
        known: input(&workspace::spec("lint.yaml"))?,
        strict,
    };
    let outcome = lint::lint(&inputs).map_err(|report| report.to_string())?;
    if outcome.report.has_errors() {
        let paste = match outcome.paste.as_str() {
            "" => String::new(),
            entries => format!("to record what can stay, in spec/lint.yaml, with a reason for each:\n{entries}\n"),
        };
        return Err(format!("{}{paste}{}", outcome.report, outcome.summary));
    }
    Ok(outcome.summary)
}

fn input(path: &Path) -> Result<Input, String> {
    Ok(Input { name: workspace::shown(path), text: files::read(path)? })
}
