//! The maintainers' command. `cargo xtask help` lists what it does.

mod bench;
mod cases;
mod documents;
mod examples;
mod features;
mod files;
mod r#gen;
mod journal;
mod manifest;
mod outside;
mod readme;
mod runtime;
mod spec;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Maintains the SDK: takes in Plaid's documents, generates the code, measures both.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the SDK from spec/, or a whole crate from another document.
    Gen(GenArgs),
    /// Take in a document from upstream.
    #[command(subcommand)]
    Spec(SpecCommand),
    /// Read every example of a full upstream document into its type, write it back, and compare.
    Examples {
        /// The document.
        file: PathBuf,
    },
    /// Compile what is made of the cases in codegen/tests, and try it.
    Cases,
    /// Generate a crate from each document and check that it compiles without warnings.
    Documents {
        /// The documents.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Check each feature of the SDK alone, and none, and document it; a warning fails.
    Features {
        /// No more than this many of them.
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        /// Chooses the sample; the commit's id, say.
        #[arg(long, value_name = "TEXT", default_value = "")]
        seed: String,
    },
    /// Measure the generator and what it generates.
    #[command(subcommand)]
    Bench(bench::Bench),
}

/// What `gen` is asked to do.
#[derive(Args, Clone, Debug)]
pub struct GenArgs {
    /// Write nothing; fail with a diff if anything is stale.
    #[arg(long)]
    check: bool,
    /// Read this document, whole or imported, instead of spec/plaid.yaml.
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Write a whole crate here instead: the runtime copied, the rest generated.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Subcommand)]
enum SpecCommand {
    /// Turn a full upstream document into spec/plaid.yaml and spec/source.yaml.
    Import {
        /// The document.
        file: PathBuf,
        /// The upstream commit it is from, to be recorded.
        #[arg(long)]
        commit: Option<String>,
    },
    /// Compare two documents by meaning: what breaks programs that run, what breaks the build, what version it takes.
    Diff(spec::diff::DiffArgs),
    /// Find what a document says in one place and denies in another.
    Lint {
        /// The document, whole or imported, instead of spec/plaid.yaml.
        file: Option<PathBuf>,
    },
    /// Take in a new document: import, lint, generate, compare, changelog and version, all of it or nothing.
    Update(spec::update::UpdateArgs),
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    if let Err(message) = finish_what_was_interrupted() {
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
        Command::Spec(SpecCommand::Import { file, commit }) => spec::import::run(&file, commit),
        Command::Spec(SpecCommand::Lint { file }) => spec::lint::run(file.as_deref()),
        Command::Examples { file } => examples::run(&file),
        Command::Cases => cases::run(),
        Command::Documents { files } => documents::run(&files),
        Command::Features { sample, seed } => features::run(sample, &seed),
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

/// An interrupted run may have left files half changed; nothing may look at them like that.
fn finish_what_was_interrupted() -> Result<(), String> {
    if let Some(journal) = journal::Journal::left_over(&workspace::root())? {
        journal.finish()?;
        eprintln!("note: finished the changes of a run that was interrupted");
    }
    Ok(())
}
