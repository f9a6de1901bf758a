//! The maintainers' commands. `cargo xtask help` lists them.

mod bench;
mod cases;
mod catalog;
mod cpu;
mod dist;
mod documents;
mod emulator;
mod examples;
mod explorer;
mod features;
mod files;
mod first_steps;
mod r#gen;
mod journal;
mod last_run;
mod manifest;
mod openapi;
mod oracle;
mod outside;
mod packages;
mod profile;
mod readme;
mod running;
mod runtime;
mod rust_version;
mod snippets;
mod spec;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Maintains the SDK: imports Plaid's OpenAPI documents, generates the code, tests and measures both.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the SDK from spec/, or a separate crate from another document.
    Gen(GenArgs),
    /// Write the API as an OpenAPI 3.1 document, and check that other tools read it.
    Openapi(openapi::OpenapiArgs),
    /// Import, compare and check OpenAPI documents.
    #[command(subcommand)]
    Spec(SpecCommand),
    /// Deserialize every example of a published document, serialize it again, and compare.
    Examples {
        /// The document as Plaid publishes it: the imported one has no examples.
        file: PathBuf,
    },
    /// Generate, compile and test the cases in codegen/tests/cases.
    Cases,
    /// Generate a crate from each of several documents and check that it compiles without warnings.
    Documents {
        /// The documents.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Compare the check of bodies with a validator from PyPI, which reads the published document itself.
    Oracle {
        /// The document as Plaid publishes it, of the imported version.
        file: PathBuf,
        /// The number of mutations of samples.
        #[arg(long, default_value_t = 10_000)]
        mutations: usize,
    },
    /// Compile and document the SDK with each feature alone and with none; a warning is an error.
    Features {
        /// Check only this many features.
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        /// What chooses the sample, for example the commit's id.
        #[arg(long, value_name = "TEXT", default_value = "")]
        seed: String,
    },
    /// Take the first steps of the README in an empty folder, and time each.
    FirstSteps,
    /// Check that no dependency needs a newer Rust than the workspace promises.
    RustVersion,
    /// Look up operations, properties, webhooks and error codes in the generated catalog.
    #[command(subcommand)]
    Catalog(catalog::CatalogCommand),
    /// Check code snippets of all operations with the SDK and the official clients.
    #[command(subcommand)]
    Snippets(snippets::Snippets),
    /// Run other programs against the emulator: a fuzzer, and Plaid's own clients.
    #[command(subcommand)]
    Emulator(emulator::Emulator),
    /// Build the emulator for people who don't have Rust: an archive, an npm package, a wheel, an image's folder.
    Dist(dist::DistArgs),
    /// Run other programs against the explorer: a browser, clients of MCP.
    #[command(subcommand)]
    Explorer(explorer::Explorer),
    /// Benchmark the generator and the SDK.
    #[command(subcommand)]
    Bench(bench::Bench),
}

/// The arguments of `gen`.
#[derive(Args, Clone, Debug)]
pub struct GenArgs {
    /// Write nothing; print a diff and fail if a generated file is stale.
    #[arg(long)]
    check: bool,
    /// The document to read instead of spec/plaid.yaml, as published or imported.
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Write a complete crate to this folder: a copy of the runtime and the generated code.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Subcommand)]
enum SpecCommand {
    /// Turn a published document into spec/plaid.yaml and spec/source.yaml.
    Import {
        /// The document.
        file: PathBuf,
        /// The commit of the document in Plaid's repository, recorded in spec/source.yaml.
        #[arg(long)]
        commit: Option<String>,
    },
    /// Report the changes between two documents: which break running programs, which break the build, and the next version.
    Diff(spec::diff::DiffArgs),
    /// Find contradictions in a document.
    Lint {
        /// The document to read instead of spec/plaid.yaml, as published or imported.
        file: Option<PathBuf>,
    },
    /// Move the SDK to a new document: import, lint, generate, compare, write the changelog and the version; on any error, nothing is written.
    Update(spec::update::UpdateArgs),
    /// Rehearses an update between two documents with the data known at the old one; writes nothing
    Rehearse(spec::rehearse::RehearseArgs),
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    if let Err(message) = finish_interrupted_run() {
        eprintln!("{}", message.trim_end());
        return ExitCode::FAILURE;
    }
    let done = match command {
        Command::Spec(SpecCommand::Diff(args)) => match spec::diff::run(&args) {
            Ok(code) => return code,
            Err(message) => Err(message),
        },
        Command::Gen(args) => r#gen::run(&args),
        Command::Spec(SpecCommand::Update(args)) => spec::update::run(&args),
        Command::Spec(SpecCommand::Rehearse(args)) => spec::rehearse::run(&args),
        Command::Spec(SpecCommand::Import { file, commit }) => spec::import::run(&file, commit),
        Command::Spec(SpecCommand::Lint { file }) => spec::lint::run(file.as_deref()),
        Command::Openapi(args) => openapi::run(&args),
        Command::Examples { file } => examples::run(&file),
        Command::Oracle { file, mutations } => oracle::run(&file, mutations),
        Command::Cases => cases::run(),
        Command::Documents { files } => documents::run(&files),
        Command::Features { sample, seed } => features::run(sample, &seed),
        Command::FirstSteps => first_steps::run(),
        Command::RustVersion => rust_version::run(),
        Command::Catalog(command) => catalog::run(&command),
        Command::Snippets(command) => snippets::run(&command),
        Command::Emulator(emulator) => match emulator::run(&emulator) {
            Ok(code) => return code,
            Err(message) => Err(message),
        },
        Command::Dist(args) => dist::run(&args),
        Command::Explorer(explorer) => explorer::run(&explorer),
        Command::Bench(bench) => bench::run(&bench),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Finishes the writes of an interrupted run, so that no command reads a mix of old and new files.
fn finish_interrupted_run() -> Result<(), String> {
    if let Some(journal) = journal::Journal::left_over(&workspace::root())? {
        journal.finish()?;
        eprintln!("note: finished writing the files of an interrupted run");
    }
    Ok(())
}
