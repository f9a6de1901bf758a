//! The explorer as a program.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use plaid_emulator::Emulator;
use plaid_explorer::{App, Credentials, Emulated, Environment, Gateway, Remote, export};
use tokio::net::TcpListener;

/// Plaid's API on pages that work.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// The port of the loopback interface. 0 takes a free one.
    #[arg(long, default_value_t = 8434)]
    port: u16,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Write all pages into a folder, as HTML and as Markdown, for any web server.
    Export {
        /// The folder. It is made if it does not exist.
        folder: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        None => serve(&cli).await,
        Some(Command::Export { folder }) => write_pages(folder),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_pages(folder: &Path) -> Result<(), String> {
    let count = export(folder).map_err(|error| error.to_string())?;
    // The pages are there, whether anybody reads this or not.
    let _written = writeln!(io::stdout(), "{count} pages in {}", folder.display());
    Ok(())
}

async fn serve(cli: &Cli) -> Result<(), String> {
    let app = app().await?;
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), cli.port);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        format!("can't listen on {address}: {error}. Choose another port with --port; 0 takes a free one")
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    // The program goes on if its reader takes the address and closes the pipe.
    let _written = writeln!(io::stdout(), "Plaid explorer at http://{address}");
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    axum::serve(listener, app.router()).with_graceful_shutdown(stop).await.map_err(|error| error.to_string())
}

/// The explorer before Plaid, if the environment has credentials; otherwise before an emulator.
async fn app() -> Result<App, String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (Some(client_id), Some(secret)) = (variable("PLAID_CLIENT_ID"), variable("PLAID_SECRET")) else {
        let emulator = Emulator::builder().start().await;
        let emulator = emulator.map_err(|error| format!("can't start the emulator: {error}"))?;
        return Ok(App::emulated(Emulated::new(emulator)));
    };
    let credentials = Credentials::new(&client_id, &secret)
        .ok_or("PLAID_CLIENT_ID and PLAID_SECRET must be texts that a header can contain")?;
    let remote = Remote::new(Environment::Sandbox, "https://sandbox.plaid.com").map_err(|error| error.to_string())?;
    Ok(App::new(Gateway::builder(remote, credentials).build()))
}
