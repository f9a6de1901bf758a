//! The options of the tools for agents, and `plaid-explorer mcp`.

use clap::Args;
use plaid_explorer::{Mcp, McpOptions};

use super::Cli;
use super::setup::Setup;

/// How the tools are set up, over HTTP and over standard input and output.
#[derive(Args)]
pub struct McpArguments {
    /// Tools of MCP change nothing.
    #[arg(long, global = true)]
    read_only: bool,
    /// Operations that are tools of MCP by themselves: products, operations, or `all`, with commas between them.
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    tools: Vec<String>,
    /// Tools of MCP, operations and products that are left out, with commas between them.
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    exclude_tools: Vec<String>,
    /// Tools of MCP don't show names, addresses and other personal data.
    #[arg(long, global = true)]
    mcp_hide_personal: bool,
}

impl McpArguments {
    /// The options.
    pub fn options(&self) -> McpOptions {
        McpOptions {
            read_only: self.read_only,
            tools: self.tools.clone(),
            exclude: self.exclude_tools.clone(),
            hide_personal: self.mcp_hide_personal,
            ..McpOptions::default()
        }
    }
}

/// Speaks over standard input and output until the input ends. Everything else is written to standard error.
pub async fn run(cli: &Cli) -> Result<(), String> {
    let audit = super::audit(cli)?;
    let setup = Setup::read(cli.credentials.as_deref(), &|name| std::env::var(name).ok())?;
    // Nothing is served there: the pages of Link are not needed, since a tool finishes sessions.
    let app = setup.app(cli, &audit, "http://127.0.0.1")?;
    Mcp::with(app, cli.mcp.options(), None)?.stdio().await
}
