//! The options of the program, and what it does by them.

mod browser;
mod mcp;
mod setup;

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::http::Uri;
use clap::{Parser, Subcommand};
use plaid_catalog::Catalog;
use plaid_explorer::{App, Audit, Environment, GatewayLimits, Guard, Mcp, Token, export, serve};
use tokio::net::TcpListener;

use self::mcp::McpArguments;
use self::setup::Setup;

/// Plaid's API on pages that work, behind a gateway that keeps the credentials.
///
/// It talks to Plaid if PLAID_CLIENT_ID and PLAID_SECRET are set, in the environment or in a file. Otherwise it talks to an emulator
/// in the same process.
#[derive(Parser)]
#[command(version)]
pub struct Cli {
    /// The port. 0 takes a free one.
    #[arg(long, default_value_t = 8434)]
    port: u16,
    /// The address to listen at. Off the loopback interface, a token is needed.
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// Asks callers for this token; without a value, for a new one, which is printed. Also PLAID_EXPLORER_TOKEN, which other
    /// users of the machine can't see.
    #[arg(long, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "")]
    token: Option<String>,
    /// A host name under which browsers open it. It can be given several times.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// An origin whose pages may send requests, such as https://pages.example. It can be given several times.
    #[arg(long, value_name = "ORIGIN")]
    origin: Vec<String>,
    /// Reads PLAID_CLIENT_ID, PLAID_SECRET and PLAID_ENV from this file. Nobody else may be allowed to read it.
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    /// Lets calls go to Production.
    #[arg(long)]
    production: bool,
    /// In Production, also lets calls go that move money or remove something.
    #[arg(long, requires = "production")]
    allow_money: bool,
    /// What is done about requests that Plaid would refuse: `error` refuses them, `warn` says so, `off` sends them.
    #[arg(long, default_value = "error", value_parser = ["error", "warn", "off"])]
    check: String,
    /// Lets callers who send credentials of their own use these. By default they are dropped.
    #[arg(long)]
    pass_credentials: bool,
    /// The address at which Plaid reaches /-/webhook of this explorer, through a tunnel: https://NAME/-/webhook. Forms fill it in.
    #[arg(long, value_name = "URL", value_parser = webhook_url)]
    webhook_url: Option<Uri>,
    /// Writes a line about each call to this file, instead of standard error.
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,
    /// Opens the browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    mcp: McpArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What it does instead of serving.
#[derive(Subcommand)]
enum Command {
    /// Write all pages into a folder, as HTML and as Markdown, for any web server.
    Export {
        /// The folder. It is made if it does not exist.
        folder: PathBuf,
    },
    /// Offer Plaid's operations as tools over standard input and output, for an agent that starts the program.
    Mcp,
}

/// Serves until it is stopped, or carries out the command.
pub async fn run(cli: Cli) -> Result<(), String> {
    match &cli.command {
        Some(Command::Export { folder }) => write_pages(folder),
        Some(Command::Mcp) => mcp::run(&cli).await,
        None => serve_http(cli).await,
    }
}

async fn serve_http(cli: Cli) -> Result<(), String> {
    let (token, printed) = token(&cli)?;
    let audit = audit(&cli)?;
    let setup = Setup::read(cli.credentials.as_deref(), &|name| std::env::var(name).ok())?;
    let wanted = SocketAddr::new(cli.listen, cli.port);
    let listener = TcpListener::bind(wanted).await.map_err(|error| {
        format!("can't listen on {wanted}: {error}. Choose another port with --port; 0 takes a free one")
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let url = url(address);
    let app = setup.app(&cli, &audit, &url)?;
    match &cli.webhook_url {
        Some(webhooks) => app.set_webhook_url(&webhooks.to_string()),
        // An emulator reaches its own process.
        None if app.emulator().is_some() => app.set_webhook_url(&format!("{url}/-/webhook")),
        None => {}
    }
    let guard = guard(&cli, address, token, audit);
    let mcp = Mcp::with(app.clone(), cli.mcp.options(), Some(&guard))?;
    let stopped = stopped();
    // The program goes on if its reader takes the address and closes the pipe.
    let _written = write!(io::stdout(), "{}", greeting(&url, &app, printed.as_deref()));
    if cli.open {
        // People can do this themselves.
        browser::open(&url).unwrap_or_else(|error| eprintln!("error: {error}"));
    }
    // The first call need not wait until the catalog is read.
    drop(tokio::task::spawn_blocking(|| Catalog::plaid().checker()));
    let guard = guard.gateway(app.gateway().clone());
    serve(listener, guard.wrap(app.router_with(&mcp)), GatewayLimits::default(), stopped).await;
    Ok(())
}

fn audit(cli: &Cli) -> Result<Audit, String> {
    match &cli.audit {
        None => Ok(Audit::stderr()),
        Some(path) => Audit::file(path)
            .map_err(|error| format!("can't open {}: {error}. Choose another file with --audit", path.display())),
    }
}

fn write_pages(folder: &Path) -> Result<(), String> {
    let count = export(folder).map_err(|error| error.to_string())?;
    // The pages are there, whether anybody reads this or not.
    let _written = writeln!(io::stdout(), "{count} pages in {}", folder.display());
    Ok(())
}

fn guard(cli: &Cli, address: SocketAddr, token: Option<Token>, audit: Audit) -> Guard {
    let guard = cli.host.iter().fold(Guard::new(address).audit(audit), |guard, name| guard.host(name));
    let guard = cli.origin.iter().fold(guard, |guard, origin| guard.origin(origin));
    let tunnel = cli.webhook_url.as_ref().and_then(Uri::authority);
    let guard = tunnel.into_iter().fold(guard, |guard, tunnel| guard.webhook_host(tunnel.as_str()));
    match token {
        Some(token) => guard.token(token),
        None => guard,
    }
}

/// The address of this explorer's receiver of webhooks.
fn webhook_url(text: &str) -> Result<Uri, String> {
    let uri: Uri = text.parse().map_err(|error| format!("{error}"))?;
    match (uri.scheme_str(), uri.authority(), uri.path_and_query().map(|path| path.as_str())) {
        (Some("https" | "http"), Some(_), Some("/-/webhook")) => Ok(uri),
        _ => Err("it has to be the tunnel's address with the path /-/webhook: https://NAME/-/webhook".to_owned()),
    }
}

/// The token, and its text if it was made here.
fn token(cli: &Cli) -> Result<(Option<Token>, Option<String>), String> {
    let given =
        cli.token.clone().or_else(|| std::env::var("PLAID_EXPLORER_TOKEN").ok().filter(|text| !text.is_empty()));
    match given.as_deref() {
        Some("") => {
            let text =
                Token::random().ok_or("the system has no random numbers for a token. Choose one with --token")?;
            Ok((Token::new(&text).ok(), Some(text)))
        }
        Some(text) => Token::new(text).map(|token| (Some(token), None)).map_err(|error| error.to_string()),
        None if cli.listen.is_loopback() => Ok((None, None)),
        None => Err(format!(
            "{} can be reached by other machines, so callers have to know a token. Add --token, or set PLAID_EXPLORER_TOKEN",
            cli.listen
        )),
    }
}

/// The address for a browser on this machine.
fn url(address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => format!("http://127.0.0.1:{}", address.port()),
        IpAddr::V6(ip) if ip.is_unspecified() => format!("http://[::1]:{}", address.port()),
        _ => format!("http://{address}"),
    }
}

fn greeting(url: &str, app: &App, token: Option<&str>) -> String {
    let gateway = app.gateway();
    let mut text = format!(
        "Plaid explorer at {url}, before {}\n",
        match gateway.environment() {
            Environment::Emulator => "an emulator in this process",
            Environment::Sandbox => "Plaid's Sandbox",
            Environment::Production if gateway.switches().money => "PRODUCTION, with calls that move money",
            Environment::Production => "PRODUCTION",
        }
    );
    text.push_str("Clients of Plaid use it as base URL, without credentials.\n");
    if let Some(token) = token {
        text.push_str(&format!("Token: {token}\n"));
    }
    text
}

/// Waits for the signal of a terminal, or of the system.
///
/// The signals are taken over by the call itself, not when the result is first awaited: a program that has printed its address can
/// be stopped.
fn stopped() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    async move {
        #[cfg(unix)]
        if let Ok(mut terminated) = terminated {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
        drop(tokio::signal::ctrl_c().await);
    }
}

#[cfg(test)]
mod tests {
    use super::{Cli, token, url};
    use clap::Parser as _;

    fn cli(arguments: &[&str]) -> Cli {
        Cli::try_parse_from([&["plaid-explorer"], arguments].concat()).expect("options")
    }

    #[test]
    fn a_token_is_needed_off_the_loopback_interface() {
        assert!(matches!(token(&cli(&[])), Ok((None, None))));
        assert!(matches!(token(&cli(&["--listen", "::1"])), Ok((None, None))));
        let error = token(&cli(&["--listen", "0.0.0.0"])).expect_err("no token");
        assert!(error.contains("--token") && error.contains("PLAID_EXPLORER_TOKEN"), "{error}");
        assert!(matches!(token(&cli(&["--listen", "0.0.0.0", "--token", "0123456789abcdef"])), Ok((Some(_), None))));
        let (made, printed) = token(&cli(&["--token"])).expect("a token");
        assert!(made.is_some() && printed.is_some_and(|text| text.len() == 32));
        assert!(token(&cli(&["--token", "short"])).is_err());
    }

    #[test]
    fn webhooks_arrive_at_one_path() {
        assert!(cli(&["--webhook-url", "https://a.example/-/webhook"]).webhook_url.is_some());
        for wrong in ["a.example", "https://a.example/", "ftp://a.example/-/webhook", "/-/webhook"] {
            assert!(Cli::try_parse_from(["plaid-explorer", "--webhook-url", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn money_needs_production() {
        assert!(Cli::try_parse_from(["plaid-explorer", "--allow-money"]).is_err());
        assert!(Cli::try_parse_from(["plaid-explorer", "--check", "maybe"]).is_err());
        assert!(cli(&["--production", "--allow-money"]).allow_money);
    }

    #[test]
    fn the_address_is_one_that_a_browser_opens() {
        let url = |address: &str| url(address.parse().expect("an address"));
        assert_eq!(url("0.0.0.0:1"), "http://127.0.0.1:1");
        assert_eq!(url("[::]:1"), "http://[::1]:1");
        assert_eq!(url("192.168.0.7:1"), "http://192.168.0.7:1");
    }
}
