//! `cargo xtask emulator`: other people's programs against the emulator.

mod clients;
mod compare;
mod coverage;
mod document;
mod load;
mod soak;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use api_tools::snippets::Language;
use clap::{Args, Subcommand};
use codegen::api_model::Api;

use crate::running::{self, Running};
use crate::snippets::{self, install};
use crate::{files, packages, workspace};

/// A fuzzer that reads a document and sends what fits it and what does not.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The checks of schemathesis that an emulator of Plaid can pass. The others ask for more than Plaid does: a method that a
/// path does not have is answered with 404 and not 405, and a request that fits the document may name an unknown token.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance";

/// A client id of no account.
const CLIENT_ID: &str = "0123456789abcdef01234567";

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Emulator {
    /// Let schemathesis send examples, edge cases and random requests by a published document, and judge the responses.
    Schemathesis {
        /// The document as Plaid publishes it.
        document: PathBuf,
        /// The number of random requests of each operation.
        #[arg(long, default_value_t = 4)]
        requests: u32,
    },
    /// Run a scenario of each product with the PyPI client, and decode a response of each operation.
    Python {
        #[command(flatten)]
        wanted: Scenarios,
        /// Responses that the tests recorded in this file. Without it, the tests run.
        #[arg(long, value_name = "FILE")]
        responses: Option<PathBuf>,
    },
    /// Run a scenario of each product with the npm client.
    Node(Scenarios),
    /// Replay the scenarios in Node on Plaid's Sandbox, and list how its responses differ from the emulator's.
    Compare(compare::CompareArgs),
    /// Run the SDK's own examples against it.
    Examples,
    /// Run the emulator's tests and write down which states, error codes and webhooks each provokes.
    Coverage {
        /// Compare the file only.
        #[arg(long)]
        check: bool,
        /// What the tests wrote to this file. Without it, the tests run.
        #[arg(long, value_name = "FILE")]
        provoked: Option<PathBuf>,
    },
    /// Measure the release build beside Prism with autocannon, and its memory with many Items. Fails below the bars.
    Load {
        /// How long each operation is measured, in seconds.
        #[arg(long, default_value_t = 10)]
        seconds: u32,
    },
    /// Use it for a while with all scenarios in Node, and fail if what it keeps or its memory grows.
    Soak {
        /// How long, in minutes.
        #[arg(long, default_value_t = 2)]
        minutes: u32,
        /// By how much the clock of the tenant that stays moves on meanwhile.
        #[arg(long, value_name = "HOURS", default_value_t = 24)]
        hours_simulated: u32,
    },
}

/// Which scenarios run.
#[derive(Args, Clone, Debug)]
pub struct Scenarios {
    /// Only those of a product, as the catalogue names it, or one by its own name.
    #[arg(long, value_name = "PRODUCT")]
    only: Option<String>,
}

/// Runs a command.
pub fn run(command: &Emulator) -> Result<ExitCode, String> {
    let done = match command {
        Emulator::Compare(args) => return Ok(compare::run(args)),
        Emulator::Schemathesis { document, requests } => schemathesis(document, *requests),
        Emulator::Coverage { check, provoked } => coverage::run(*check, provoked.as_deref()),
        Emulator::Load { seconds } => load::run(*seconds),
        Emulator::Soak { minutes, hours_simulated } => soak::run(*minutes, *hours_simulated),
        Emulator::Python { wanted, responses } => {
            let input = snippets::Checked::read()?;
            clients::python(&input, wanted.only.as_deref())?;
            if wanted.only.is_some() {
                return Ok(ExitCode::SUCCESS);
            }
            decode(&install::pip(input.facts(Language::Python)?)?, &input.api, responses.as_deref())
        }
        Emulator::Node(wanted) => clients::node(&snippets::Checked::read()?, wanted.only.as_deref()),
        Emulator::Examples => {
            let programs = running::examples()?;
            let emulator = emulator()?;
            let mut examples = Command::new("node");
            let examples = examples.arg(script("examples_run.js")).arg(&emulator.url).arg(CLIENT_ID).arg(programs);
            packages::run(examples, "an example of the SDK")
        }
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// Lets the client decode a response of each operation, as the emulator's own tests provoked it.
fn decode(python: &Path, api: &Api, recorded: Option<&Path>) -> Result<(), String> {
    let folder = workspace::target().join("emulator");
    packages::empty(&folder)?;
    let paths = folder.join("paths.txt");
    let all: Vec<&str> = api.operations.iter().map(|operation| operation.path.as_str()).collect();
    packages::write(&paths, &all.join("\n"))?;
    let responses = match recorded {
        Some(file) => file.to_owned(),
        None => record(&folder)?,
    };
    let mut decode = Command::new(python);
    packages::run(decode.arg(script("python_decode.py")).arg(responses).arg(paths), "the decoder in Python")
}

/// Runs the tests and records the responses that they get.
fn record(folder: &Path) -> Result<PathBuf, String> {
    let responses = folder.join("responses.jsonl");
    let mut test = Command::new(env!("CARGO"));
    test.args(["test", "--quiet", "--package", "plaid-emulator", "--test", "scenarios"]);
    test.current_dir(workspace::root()).env("PLAID_EMULATOR_RECORD", &responses);
    packages::run(&mut test, "the emulator's test")?;
    Ok(responses)
}

fn schemathesis(document: &Path, requests: u32) -> Result<(), String> {
    let python = packages::pip("schemathesis", &[SCHEMATHESIS])?;
    let emulator = emulator()?;
    let folder = workspace::target().join("emulator");
    packages::make(&folder)?;
    let complete = folder.join("document.yaml");
    packages::write(&complete, &document::complete(&files::read(document)?)?)?;
    let mut command = Command::new(python.with_file_name("schemathesis"));
    command.arg("run").arg(complete);
    command.args(["--url", &emulator.url, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing"]);
    command.args(["--header", &format!("PLAID-CLIENT-ID: {CLIENT_ID}"), "--header", "PLAID-SECRET: secret"]);
    command.args(["--max-examples", &requests.to_string(), "--workers", "2", "--seed", "1", "--no-color"]);
    // One that is hard to generate says nothing about the emulator.
    command.args(["--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure"]);
    packages::run(command.current_dir(folder), "schemathesis")
}

/// A program in another language.
pub fn script(name: &str) -> PathBuf {
    workspace::root().join("xtask/clients").join(name)
}

/// An emulator that checks its own responses.
fn emulator() -> Result<Running, String> {
    Running::start("plaid-emulator", &["--pace", "instant", "--self-check"])
}
