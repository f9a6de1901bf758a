//! `cargo xtask explorer`: Plaid's own clients through the explorer's gateway, without credentials.

use std::process::Command;

use api_tools::snippets::Language;
use clap::Subcommand;

use crate::emulator::script;
use crate::running::Running;
use crate::snippets::{self, install};
use crate::{packages, workspace};

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Explorer {
    /// Go through Link, accounts, transactions and removal with the PyPI client.
    Python,
    /// Go through Link, accounts, transactions and removal with the npm client.
    Node,
}

/// Runs a command.
pub fn run(command: &Explorer) -> Result<(), String> {
    let input = snippets::Checked::read()?;
    let (mut flow, what) = match command {
        Explorer::Python => {
            let mut flow = Command::new(install::pip(input.facts(Language::Python)?)?);
            flow.arg(script("python_flow.py"));
            (flow, "the flow in Python")
        }
        Explorer::Node => {
            let npm = install::npm(input.facts(Language::Node)?)?;
            let mut flow = Command::new("node");
            flow.arg(script("node_flow.js")).arg(npm);
            (flow, "the flow in Node")
        }
    };
    let audit = workspace::target().join("explorer-audit.jsonl").display().to_string();
    let explorer = Running::start("plaid-explorer", &["--port", "0", "--audit", &audit])?;
    packages::run(flow.arg(&explorer.url), what)
}
