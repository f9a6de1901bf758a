//! The scenarios in Node on another Plaid, and how its responses differ from the emulator's.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Args;
use serde_json::{Value, json};

use super::{Scenarios, clients};
use crate::running::{self, Running};
use crate::snippets::Checked;
use crate::{files, packages, workspace};

/// The exit code if nothing was compared.
const NOT_COMPARED: u8 = 2;

/// The environment variables with the keys.
const KEYS: [&str; 2] = ["PLAID_CLIENT_ID", "PLAID_SECRET"];

/// The name of a second emulator that the command starts itself.
const SECOND: &str = "emulator";

/// The time of the second emulator: another day of another month than that of the scenarios.
const LATER: &str = "2027-03-10T15:30:00Z";

/// The arguments of `emulator compare`.
#[derive(Args, Clone, Debug)]
pub struct CompareArgs {
    #[command(flatten)]
    wanted: Scenarios,
    /// The address of the other Plaid, which PLAID_CLIENT_ID and PLAID_SECRET are for. With `emulator`, it is a second emulator,
    /// which needs no keys.
    #[arg(long, value_name = "URL", default_value = "https://sandbox.plaid.com")]
    against: String,
    /// A JSON object with the ids of your team's templates, programs, ledgers and other clients, by those of the scenarios.
    #[arg(long, value_name = "FILE")]
    team: Option<PathBuf>,
    /// Where the other sends webhooks. The receivers of the scenarios can't be reached from another machine.
    #[arg(long, value_name = "URL", default_value = "https://example.com/webhook")]
    webhook: String,
    /// How long a call is retried that is refused for the time being, in seconds. A read that lacks something gets a quarter.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    patience: u32,
    /// Write a report in Markdown to this file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Run the tests of the comparison itself, and then compare with a second emulator.
    #[arg(long, conflicts_with_all = ["against", "team"])]
    check: bool,
}

/// Compares. The exit code is 0 without differences, 1 with some, and 2 if nothing was compared.
pub fn run(args: &CompareArgs) -> ExitCode {
    match compare(args) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            ExitCode::from(NOT_COMPARED)
        }
    }
}

fn compare(args: &CompareArgs) -> Result<ExitCode, String> {
    let with_emulator = args.check || args.against == SECOND;
    if !with_emulator {
        check_address(&args.against)?;
        check_keys(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))?;
    }
    let team = args.team.as_ref().map(|file| team(&files::read(file)?)).transpose()?;
    let input = Checked::read()?;
    let chosen = clients::chosen(&input, args.wanted.only.as_deref())?;
    let chosen: Value = serde_json::from_str(&chosen).map_err(|error| format!("error: the scenarios: {error}"))?;
    let folder = clients::in_node(&input)?;
    let document = workspace::sdk().join("catalog/data/openapi.json");
    if args.check {
        test(&folder, &document)?;
    }
    let recorders = [emulator("0", clients::NOW)?, emulator("1", clients::NOW)?];
    let second = with_emulator.then(|| emulator("2", LATER)).transpose()?;
    let report = args.report.as_ref().map(std::path::absolute).transpose();
    let setting = json!({
        "scenarios": chosen["scenarios"],
        "document": document,
        "recorders": recorders.each_ref().map(|one| one.url.as_str()),
        "other": second.as_ref().map_or(args.against.as_str(), |one| one.url.as_str()),
        "isEmulator": with_emulator,
        "team": if with_emulator { Value::Null } else { team.unwrap_or_else(|| json!({})) },
        "webhook": args.webhook,
        "patience": args.patience,
        "report": report.map_err(|error| format!("error: the path of the report: {error}"))?,
    });
    let file = folder.join("compare.json");
    packages::write(&file, &setting.to_string())?;
    let status = Command::new("node").arg(folder.join("compare.mjs")).arg(file).status();
    let status = status.map_err(|error| format!("error: node could not be run: {error}; install it"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(NOT_COMPARED)))
}

/// Runs the tests of the comparison.
fn test(folder: &Path, document: &Path) -> Result<(), String> {
    let tests: Vec<_> = clients::files(&folder.join("compare"))?
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    let mut run = Command::new("node");
    run.args(["--test", "--test-reporter", "dot"]).args(tests);
    run.env("EMULATOR", running::program("plaid-emulator")?).env("DOCUMENT", document);
    packages::run(&mut run, "a test of the comparison")
}

/// An emulator whose ids come from a seed.
fn emulator(seed: &str, time: &str) -> Result<Running, String> {
    let arguments = ["--pace", "instant", "--self-check", "--frozen", time, "--seed", seed];
    Running::start("plaid-emulator", &arguments)
}

/// Reads the ids of a team.
fn team(text: &str) -> Result<Value, String> {
    let ids: Value = serde_json::from_str(text).map_err(|error| format!("error: --team: {error}"))?;
    let is_text = |ids: &serde_json::Map<String, Value>| ids.values().all(Value::is_string);
    match ids.as_object() {
        Some(object) if is_text(object) => Ok(ids),
        _ => Err("error: --team: the file has to be a JSON object whose values are strings".to_owned()),
    }
}

/// Checks that there are keys.
fn check_keys(is_set: impl Fn(&str) -> bool) -> Result<(), String> {
    let missing: Vec<_> = KEYS.into_iter().filter(|name| !is_set(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(" and ");
    Err(format!(
        "error: {missing} not set; Plaid's dashboard shows the keys of the Sandbox at Developers > Keys. \
         Without keys, `--against {SECOND}` compares with a second emulator"
    ))
}

/// Checks that the scenarios may run there, and that the keys are encrypted on the way.
fn check_address(url: &str) -> Result<(), String> {
    if url.contains('@') {
        return Err(format!("error: --against {url}: write it without a user and a password"));
    }
    let host = |rest: &str| {
        let end = rest.find(['/', ':', '?', '#', '\\']).unwrap_or(rest.len());
        rest[..end].to_ascii_lowercase()
    };
    let (host, is_safe) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (host(rest), true),
        (_, Some(rest)) => {
            let host = host(rest);
            let is_own = matches!(host.as_str(), "localhost" | "127.0.0.1");
            (host, is_own)
        }
        _ => {
            return Err(format!(
                "error: --against {url}: write an address such as https://sandbox.plaid.com, or `{SECOND}`"
            ));
        }
    };
    if (host == "plaid.com" || host.ends_with(".plaid.com")) && host != "sandbox.plaid.com" {
        return Err(format!(
            "error: --against {url}: the scenarios make Items and move money, so they run in the Sandbox only"
        ));
    }
    if is_safe { Ok(()) } else { Err(format!("error: --against {url}: keys are sent by https:// only")) }
}

#[cfg(test)]
mod tests {
    use super::{check_address, check_keys, team};

    #[test]
    fn missing_keys_are_named() {
        assert_eq!(check_keys(|_| true), Ok(()));
        let message = check_keys(|name| name == "PLAID_CLIENT_ID").expect_err("one is missing");
        assert!(message.starts_with("error: PLAID_SECRET not set; "), "{message}");
        let message = check_keys(|_| false).expect_err("both are missing");
        assert!(message.starts_with("error: PLAID_CLIENT_ID and PLAID_SECRET not set; "), "{message}");
    }

    #[test]
    fn scenarios_run_in_the_sandbox_or_outside_of_plaid() {
        for good in
            ["https://sandbox.plaid.com", "https://plaid.example/x", "http://127.0.0.1:8433", "http://localhost"]
        {
            assert_eq!(check_address(good), Ok(()), "{good}");
        }
        for (bad, reason) in [
            ("https://production.plaid.com", "Sandbox only"),
            ("https://PRODUCTION.plaid.com:443/", "Sandbox only"),
            ("https://plaid.com", "Sandbox only"),
            ("https://plaid.com#a", "Sandbox only"),
            ("https://a:b@production.plaid.com", "without a user"),
            ("http://localhost:80@plaid.example", "without a user"),
            ("http://sandbox.plaid.com", "https:// only"),
            ("http://plaid.example", "https:// only"),
            ("sandbox.plaid.com", "write an address"),
        ] {
            let message = check_address(bad).expect_err(bad);
            assert!(message.contains(reason), "{bad}: {message}");
        }
    }

    #[test]
    fn ids_of_a_team_are_strings_by_strings() {
        assert!(team(r#"{"idvtmp_1": "idvtmp_mine"}"#).is_ok());
        for bad in ["[]", r#"{"idvtmp_1": 1}"#, "{"] {
            assert!(team(bad).expect_err(bad).starts_with("error: --team"), "{bad}");
        }
    }
}
