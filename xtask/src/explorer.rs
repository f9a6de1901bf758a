//! `cargo xtask explorer`: other people's programs against the explorer.

mod mcp;

use std::path::Path;
use std::process::Command;

use api_tools::snippets::Language;
use clap::Subcommand;

use crate::emulator::script;
use crate::profile::Profile;
use crate::running::Running;
use crate::snippets::{self, install};
use crate::{packages, running, workspace};

/// Judges pages by the rules for accessibility.
const AXE: &str = "axe-core@4.14.1";

/// The pages that ours are measured against.
const SCALAR: &str = "@scalar/api-reference@1.76.0";

/// Checks the types of scripts, which are written as comments.
const TYPESCRIPT: &str = "typescript@7.0.2";

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Explorer {
    /// Use its pages in Chromium.
    Browser {
        /// Only tests whose names contain this.
        name: Option<String>,
    },
    /// Check the types of its scripts.
    Types,
    /// Measure the pages of a release build in Chromium, beside Scalar's on the same document. Fails if a figure misses its bar.
    Measure,
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
        Explorer::Browser { name } => {
            let test = ["test", "--quiet", "--test", "browser"].into_iter().chain(name.as_deref());
            // Most of the time a test waits for what the page does some time after an input.
            let test = test.chain(["--", "--test-threads", "4"]);
            browser(&running::program("plaid-explorer")?, &test.collect::<Vec<_>>())
        }
        Explorer::Types => types(),
        Explorer::Measure => {
            browser(&Profile::Release.program("plaid-explorer")?, &["run", "--quiet", "--bin", "measure"])
        }
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

/// Checks the types of the pages' scripts.
fn types() -> Result<(), String> {
    let npm = packages::npm("typescript", &[TYPESCRIPT])?;
    let folder = workspace::root().join("plaid-sdk/explorer/src/assets");
    let listed = std::fs::read_dir(&folder).map_err(|error| format!("error: {}: {error}", folder.display()))?;
    let mut scripts: Vec<_> = listed.flatten().map(|entry| entry.path()).collect();
    scripts.retain(|path| path.extension().is_some_and(|extension| extension == "js"));
    scripts.sort();
    let mut tsc = Command::new("node");
    tsc.arg(npm.join("node_modules/typescript/bin/tsc")).args(["--allowJs", "--checkJs", "--strict", "--noEmit"]);
    tsc.args(["--target", "es2024", "--module", "esnext", "--moduleResolution", "bundler"]);
    tsc.args(["--lib", "es2024,dom,dom.iterable"]).args(&scripts);
    packages::run(&mut tsc, "tsc")?;
    println!("{} scripts have the types that they say", scripts.len());
    Ok(())
}

/// Runs cargo on the package of browser tests, which is not a part of the workspace.
fn browser(program: &Path, arguments: &[&str]) -> Result<(), String> {
    let npm = packages::npm("browser", &[AXE, SCALAR])?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).current_dir(workspace::root().join("plaid-sdk/explorer/browser"));
    cargo.env("CARGO_TARGET_DIR", workspace::target().join("browser"));
    cargo.env("PLAID_EXPLORER", program).env("PLAID_EXPLORER_NPM", npm);
    packages::run(&mut cargo, "cargo")
}
