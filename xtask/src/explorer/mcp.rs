//! `cargo xtask explorer mcp`: clients of MCP use the explorer's tools.

use std::process::Command;

use crate::emulator::script;
use crate::packages;
use crate::running::{self, Running};

/// The client for Python, and the inspector, in its CLI mode. Both are of the protocol's makers.
const PYPI: &str = "mcp==2.3.0";
const NPM: &str = "@modelcontextprotocol/inspector@2.12.0";

/// Runs both, over HTTP and over standard input and output.
pub fn run() -> Result<(), String> {
    let python = packages::pip("mcp", &[PYPI])?;
    let npm = packages::npm("mcp", &[NPM])?;
    let program = running::program("plaid-explorer")?;
    let explorer = Running::start("plaid-explorer", &[])?;
    let tools = format!("{}/mcp", explorer.url);
    let flow = |transport: &str| {
        let mut flow = Command::new(&python);
        flow.arg(script("mcp_flow.py")).arg(transport);
        flow
    };
    packages::run(flow("http").arg(&tools), "the flow over HTTP in Python")?;
    packages::run(flow("stdio").arg(&program), "the flow over standard input and output in Python")?;
    let mut inspector = Command::new("node");
    packages::run(inspector.arg(script("mcp_inspector.js")).arg(npm).arg(tools).arg(program), "the inspector of MCP")
}
