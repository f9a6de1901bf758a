//! The wheel: the program and the Python package that starts it. Its tag names the platform and the oldest glibc.

use std::path::PathBuf;
use std::process::Command;

use super::{Built, add_texts, copy_folder};
use crate::{files, packages, workspace};

/// Builds wheels from crates.
const MATURIN: &str = "maturin==1.16.0";

/// Writes `plaid_emulator-VERSION-py3-none-PLATFORM.whl`.
pub fn make(built: &Built) -> Result<PathBuf, String> {
    let folder = built.out.join("python");
    copy_folder(&workspace::sdk().join("emulator/python"), &folder)?;
    add_texts(&folder)?;
    let project = folder.join("pyproject.toml");
    let text = files::read(&project)?;
    let mut parsed: toml_edit::DocumentMut = text.parse().map_err(|error| format!("error: {project:?}: {error}"))?;
    // The copy is not next to the crate.
    let manifest = workspace::sdk().join("emulator/Cargo.toml");
    parsed["tool"]["maturin"]["manifest-path"] = toml_edit::value(manifest.display().to_string());
    packages::write(&project, &parsed.to_string())?;

    let maturin = packages::pip("maturin", &[MATURIN])?.with_file_name("maturin");
    let mut command = Command::new(maturin);
    command.args(["build", "--quiet", "--locked", "--profile", built.profile.name()]);
    command.arg("--target-dir").arg(workspace::target()).arg("--out").arg(&built.out).current_dir(&folder);
    packages::run(&mut command, "maturin")?;
    let entries = std::fs::read_dir(&built.out).map_err(|error| format!("error: {}: {error}", built.out.display()))?;
    let wheel =
        entries.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|end| end == "whl"));
    wheel.ok_or_else(|| format!("error: maturin wrote no wheel to {}", built.out.display()))
}
