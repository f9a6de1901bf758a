//! The documents as Plaid published them. They are not part of the repository: tests read them where they are, in
//! `../shared/spec` next to the workspace. Elsewhere such a test is skipped and says so; in CI it fails.

use std::io::Write;
use std::path::{Path, PathBuf};

use codegen::Input;

use crate::{input, own};

/// The folder with all documents.
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/spec");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "the published documents are missing: CI needs them in ../shared/spec");
    // Not `eprintln!`: the test harness shows that for failed tests only.
    let test = std::thread::current();
    let message =
        format!("SKIPPED {}: the published documents are not in ../shared/spec\n", test.name().unwrap_or("a test"));
    std::io::stderr().write_all(message.as_bytes()).expect("standard error");
    None
}

/// All documents.
pub fn all() -> Option<Vec<Input>> {
    Some(files()?.iter().map(|file| read(file)).collect())
}

/// The files of all documents.
fn files() -> Option<Vec<PathBuf>> {
    let folder = folder()?;
    let history = std::fs::read_dir(folder.join("history")).expect("older documents");
    let mut files: Vec<PathBuf> = history.map(|entry| entry.expect("a document").path()).collect();
    files.push(folder.join("2020-09-14.yml"));
    files.sort();
    Some(files)
}

/// The document that `spec/plaid.yaml` was imported from.
pub fn imported() -> Option<Input> {
    let files = files()?;
    let version = own::source().version;
    let line = format!("  version: {version}");
    let is_imported = |document: &Input| document.text.lines().take(20).any(|other| other == line);
    let document = files.iter().map(|file| read(file)).find(is_imported);
    Some(
        document
            .unwrap_or_else(|| panic!("no document in ../shared/spec is of version {version}, as spec/source.yaml is")),
    )
}

fn read(file: &Path) -> Input {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    input(&file.file_name().unwrap_or_default().to_string_lossy(), &text)
}
