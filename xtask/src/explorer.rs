//! `cargo xtask explorer`: other people's programs against the explorer.

mod mcp;

use std::process::Command;

use api_tools::snippets::Language;
use clap::Subcommand;

use crate::emulator::script;
use crate::running::Running;
use crate::snippets::{self, install};
use crate::{packages, running, workspace};

/// Judges pages by the rules for accessibility.
const AXE: &str = "axe-core@4.14.1";

/// The pages that ours are measured against.
const SCALAR: &str = "@scalar/api-reference@1.76.0";

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Explorer {
    /// Use its pages in Chromium.
    Browser {
        /// Only tests whose names contain this.
        name: Option<String>,
    },
    /// Use its tools by clients of MCP, over HTTP and over standard input and output.
    Mcp,
    /// Go through Link, accounts, transactions and removal with the npm client, without credentials.
    Node,
    /// Go through Link, accounts, transactions and removal with the PyPI client, without credentials.
    Python,
}

/// Runs a command.
pub fn run(command: &Explorer) -> Result<(), String> {
    match command {
        Explorer::Browser { name } => browser(name.as_deref()),
        Explorer::Mcp => mcp::run(),
        Explorer::Node => {
            let npm = install::npm(snippets::Checked::read()?.facts(Language::Node)?)?;
            let explorer = explorer()?;
            let mut flow = Command::new("node");
            packages::run(flow.arg(script("node_flow.js")).arg(npm).arg(&explorer.url), "the flow in Node")
        }
        Explorer::Python => {
            let python = install::pip(snippets::Checked::read()?.facts(Language::Python)?)?;
            let explorer = explorer()?;
            let mut flow = Command::new(python);
            packages::run(flow.arg(script("python_flow.py")).arg(&explorer.url), "the flow in Python")
        }
    }
}

/// An explorer on its emulator.
fn explorer() -> Result<Running, String> {
    let audit = workspace::target().join("explorer-audit.jsonl").display().to_string();
    Running::start("plaid-explorer", &["--audit", &audit])
}

/// Runs the package of browser tests, which is not a part of the workspace.
fn browser(name: Option<&str>) -> Result<(), String> {
    let program = running::program("plaid-explorer")?;
    let npm = packages::npm("browser", &[AXE, SCALAR])?;
    let mut test = Command::new(env!("CARGO"));
    test.args(["test", "--quiet", "--test", "browser"]).args(name);
    test.current_dir(workspace::root().join("plaid-sdk/explorer/browser"));
    test.env("CARGO_TARGET_DIR", workspace::target().join("browser"));
    test.env("PLAID_EXPLORER", program).env("PLAID_EXPLORER_NPM", npm);
    packages::run(&mut test, "cargo")
}
