//! The emulator as a program.

use std::fs::{self, File};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use plaid_emulator::{Announce, Builder, Emulator, LoginRequired, Pace, StartError, TransferRules, UserApi};

/// A stateful Plaid on your own machine.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Listens until it is stopped. This is what happens without a command.
    Serve(Serve),
    /// Starts an emulator, runs a command with its address in PLAID_BASE_URL, and stops.
    Exec {
        #[command(flatten)]
        options: Options,
        /// The command and its arguments.
        #[arg(trailing_var_arg = true, required = true)]
        command: Vec<String>,
    },
    /// Asks a running emulator whether it answers. The exit code is 0 if it does.
    Health {
        /// Its address.
        #[arg(long, default_value = "http://127.0.0.1:8433")]
        url: String,
    },
}

#[derive(Args, Clone)]
struct Serve {
    #[command(flatten)]
    options: Options,
    /// Ends when its standard input is closed, so that it never outlives the program that started it.
    #[arg(long)]
    exit_with_stdin: bool,
}

#[derive(Args, Clone)]
struct Options {
    /// The address that it listens at. Anybody who reaches it can use it: 0.0.0.0 is for containers.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The port. 0 takes a free one.
    #[arg(long)]
    port: Option<u16>,
    /// What all ids are made from: the same seed and the same calls give the same ids.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Lets the clock stand still at this time, such as 2026-01-31T12:00:00Z.
    #[arg(long, value_name = "TIME")]
    frozen: Option<DateTime<Utc>>,
    /// How long banks take: `sandbox` as measured there, `instant` no time.
    #[arg(long, default_value = "sandbox", value_parser = ["sandbox", "instant"])]
    pace: String,
    /// Answers requests with unknown fields and values, which Plaid refuses.
    #[arg(long)]
    lenient: bool,
    /// Lets logins grow old: after 30 days an Item needs update mode.
    #[arg(long)]
    logins_age: bool,
    /// By what users are named: `new` by user_id, `legacy` by user_token, `both`.
    #[arg(long, default_value = "both", value_parser = ["new", "legacy", "both"])]
    user_api: String,
    /// Keeps the state in this file over restarts.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Reads further institutions, and the users and Items of each new tenant, from this file.
    #[arg(long, value_name = "FILE")]
    seed_file: Option<PathBuf>,
    /// When TRANSFER_EVENTS_UPDATE is sent: as the Sandbox does, or after every event.
    #[arg(long, default_value = "as-sandbox", value_parser = ["as-sandbox", "as-production"])]
    transfer_webhooks: String,
    /// Where TRANSFER_EVENTS_UPDATE is sent, if no request says so.
    #[arg(long, value_name = "URL")]
    transfer_webhook: Option<String>,
    /// What is decided about a debit while the user has to log in.
    #[arg(long, default_value = "user-action-required", value_parser = ["user-action-required", "approved"])]
    transfer_login: String,
    /// Listens by HTTPS, for clients whose host is fixed.
    #[arg(long)]
    tls: bool,
    /// A host name that leads to this machine, such as sandbox.plaid.com. It can be given several times.
    #[arg(long, value_name = "NAME", requires = "tls")]
    hostname: Vec<String>,
    /// Writes the certificate that clients have to trust into this file.
    #[arg(long, value_name = "FILE", requires = "tls", required_if_eq("tls", "true"))]
    ca_out: Option<PathBuf>,
    /// Checks each response against Plaid's document.
    #[arg(long)]
    self_check: bool,
}

/// The port without `--port`.
const PORT: u16 = 8433;

impl Options {
    fn builder(&self, port: u16) -> Builder {
        let pace = if self.pace == "instant" { Pace::INSTANT } else { Pace::SANDBOX };
        let address = SocketAddr::new(self.host, self.port.unwrap_or(port));
        let builder = Emulator::builder().address(address).seed(self.seed).pace(pace);
        let builder = builder.lenient(self.lenient).logins_age(self.logins_age).self_check(self.self_check);
        let builder = builder.user_api(match self.user_api.as_str() {
            "new" => UserApi::New,
            "legacy" => UserApi::Legacy,
            _ => UserApi::Both,
        });
        let builder = match &self.state {
            Some(path) => builder.state_file(path),
            None => builder,
        };
        let builder = match &self.seed_file {
            Some(path) => builder.seed_file(path),
            None => builder,
        };
        let builder = builder.transfer_rules(self.transfer_rules());
        let builder = if self.tls { builder.tls(&self.hostname) } else { builder };
        match self.frozen {
            Some(time) => builder.frozen_at(time),
            None => builder,
        }
    }

    fn transfer_rules(&self) -> TransferRules {
        let announce =
            if self.transfer_webhooks == "as-production" { Announce::AsProduction } else { Announce::AsSandbox };
        let login_required = match self.transfer_login.as_str() {
            "approved" => LoginRequired::Approved,
            _ => LoginRequired::UserActionRequired,
        };
        TransferRules { announce, login_required, webhook: self.transfer_webhook.clone(), ..TransferRules::default() }
    }

    async fn start(&self, port: u16) -> Result<Emulator, String> {
        let started = self.builder(port).start().await;
        let emulator = started.map_err(|error| match error {
            StartError::Listen(error) => {
                let port = self.port.unwrap_or(port);
                let address = SocketAddr::new(self.host, port);
                format!("can't listen on {address}: {error}. Choose another port with --port; 0 takes a free one")
            }
            StartError::Seed(refused) => refused.to_string(),
            StartError::State(error) => format!("{error}. Choose another file with --state, or remove this one"),
            StartError::Tls(error) => format!("{error}. Give names such as sandbox.plaid.com with --hostname"),
        })?;
        if let (Some(path), Some(authority)) = (&self.ca_out, emulator.authority()) {
            let written = replace(path, authority);
            let place = path.display();
            written.map_err(|error| format!("can't write {place}: {error}. Choose another file with --ca-out"))?;
        }
        Ok(emulator)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => serve(&cli.serve).await,
        Some(Command::Serve(options)) => serve(&options).await,
        Some(Command::Health { url }) => health(&url).await,
        Some(Command::Exec { options, command }) => exec(&options, &command).await,
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(serve: &Serve) -> Result<ExitCode, String> {
    let options = &serve.options;
    let mut emulator = options.start(PORT).await?;
    let hint = "Use it as base URL, with any client id of 24 hexadecimal digits and any secret.";
    // The program goes on if its reader takes the address and closes the pipe.
    let _written = writeln!(io::stdout(), "Plaid emulator at {}\n{hint}", emulator.base_url());
    if let Some(path) = &options.ca_out {
        let _written = write!(io::stdout(), "{}", trust(path, &options.hostname, emulator.base_url()));
    }
    tokio::select! {
        () = emulator.stopped() => {}
        _ = tokio::signal::ctrl_c() => {}
        () = terminated() => {}
        () = end_of_stdin(), if serve.exit_with_stdin => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits until the system asks the program to end. As the first process of a container it would not end by itself.
async fn terminated() {
    #[cfg(unix)]
    if let Ok(mut signals) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        signals.recv().await;
        return;
    }
    std::future::pending().await
}

/// Waits until standard input is closed. The system closes it when the program that holds its other end dies, however it does.
async fn end_of_stdin() {
    let (ended, end) = tokio::sync::oneshot::channel();
    // A thread of its own: the runtime would wait for one of its own threads at the end of the program.
    std::thread::spawn(move || {
        let _read = io::copy(&mut io::stdin(), &mut io::sink());
        let _sent = ended.send(());
    });
    let _received = end.await;
}

async fn health(url: &str) -> Result<ExitCode, String> {
    let help = "Start one with `plaid-emulator`, or name another address with --url";
    // Without certificates, so that it works in an image that has none.
    let client = reqwest::Client::builder().tls_certs_only([]).no_proxy().timeout(Duration::from_secs(2)).build();
    let asked = client.map_err(|error| error.to_string())?.get(format!("{}/_plaid/health", url.trim_end_matches('/')));
    match asked.send().await {
        Ok(response) if response.status().is_success() => Ok(ExitCode::SUCCESS),
        Ok(response) => {
            Err(format!("{url} answers with status {}, so another program listens there. {help}", response.status()))
        }
        Err(_) => Err(format!("no emulator answers at {url}. {help}")),
    }
}

/// Writes a file in one step: a reader sees the old content or the new one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let mut file = File::create(&name)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&name, path)
}

/// How clients come to trust the emulator and to find it.
fn trust(path: &Path, hosts: &[String], base_url: &str) -> String {
    let file = path.display();
    let mut text = format!(
        "Clients have to trust {file}. It is new at each start, and its authority can only sign for these names:\n  \
         Node          NODE_EXTRA_CA_CERTS={file}\n  \
         Python        REQUESTS_CA_BUNDLE={file} or SSL_CERT_FILE={file}\n  \
         Go, Ruby      SSL_CERT_FILE={file}\n  \
         curl          curl --cacert {file}\n  \
         Java          keytool -importcert -noprompt -alias emulator -file {file} -keystore trust.p12 -storepass changeit,\n                \
         then -Djavax.net.ssl.trustStore=trust.p12\n"
    );
    if !hosts.is_empty() {
        let names = hosts.join(" ");
        text.push_str(&format!("Lead the names to this machine by a line in its file of hosts: 127.0.0.1 {names}\n"));
        if base_url.matches(':').count() > 1 {
            text.push_str("A client with a fixed host calls port 443: use --port 443, or lead that port here.\n");
        }
    }
    text
}

/// Runs a command while an emulator runs, and returns its exit code.
async fn exec(options: &Options, command: &[String]) -> Result<ExitCode, String> {
    let emulator = options.start(0).await?;
    let (program, arguments) = command.split_first().ok_or("no command is given")?;
    let status = tokio::process::Command::new(program)
        .args(arguments)
        .env("PLAID_BASE_URL", emulator.base_url())
        .env("PLAID_CLIENT_ID", "0123456789abcdef01234567")
        .env("PLAID_SECRET", "emulator-secret")
        .env("PLAID_ENV", "sandbox")
        .status()
        .await
        .map_err(|error| format!("can't run {program}: {error}"))?;
    // A command that a signal ended has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
