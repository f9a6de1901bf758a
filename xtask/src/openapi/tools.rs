//! Other tools that read the document, from npm. `templates/openapi/validate.mjs` runs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::{self, Plan};
use crate::workspace;

/// The tools with their versions.
const PACKAGE: &str = include_str!("../../templates/openapi/package.json");
/// The program that runs them.
const PROGRAM: &str = include_str!("../../templates/openapi/validate.mjs");

/// Validates a document with all tools, and others, by name, with the meta-schema and the parsers.
///
/// If the tools can't be installed, that is an error under CI. Elsewhere the validation is skipped with a message.
pub fn validate(own: &str, others: &[(String, String)]) -> Result<(), String> {
    let home = workspace::target().join("openapi");
    let mut plan = Plan::default();
    let mut kept = Vec::new();
    let folder = home.join("documents");
    let others = others.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in [("openapi", own)].into_iter().chain(others) {
        let path = folder.join(format!("{name}.json"));
        kept.push(path.clone());
        plan.put(path, text.to_owned())?;
    }
    plan.own(&folder, &kept)?;
    plan.put(home.join("package.json"), PACKAGE.to_owned())?;
    plan.put(home.join("validate.mjs"), PROGRAM.to_owned())?;
    plan.carry_out()?;
    if let Err(message) = install(&home) {
        if std::env::var_os("CI").is_some() {
            return Err(format!("error: the OpenAPI document can't be validated: {message}"));
        }
        eprintln!("SKIPPED: the validation of the OpenAPI document: {message}");
        return Ok(());
    }
    let mut command = Command::new("node");
    command.current_dir(&home).arg("validate.mjs").args(&kept);
    let status = command.status().map_err(|error| format!("error: node: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err("error: a tool rejects the OpenAPI document, as listed above".to_owned()),
    }
}

/// Installs the tools, unless these versions are installed. No package's scripts are run.
fn install(home: &Path) -> Result<(), String> {
    let mark = home.join("installed");
    if files::read_if_there(&mark)?.as_deref() == Some(PACKAGE) && home.join("node_modules").is_dir() {
        return Ok(());
    }
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|output| output.status.success()) {
        return Err("node is not installed".to_owned());
    }
    let mut command = Command::new(npm());
    command.current_dir(home).args([
        "install",
        "--no-package-lock",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    let status = command.status().map_err(|error| format!("npm: {error}"))?;
    if !status.success() {
        return Err(format!("`npm install` in {} failed", workspace::shown(home)));
    }
    let mut plan = Plan::default();
    plan.put(mark, PACKAGE.to_owned())?;
    plan.carry_out()
}

fn npm() -> PathBuf {
    PathBuf::from(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
