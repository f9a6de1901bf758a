//! `cargo xtask bench`: benchmarks of the generator and of the SDK. Both sides of a comparison are measured in one run.

mod all;
mod calls;
mod catalog;
mod check;
mod comparison;
mod compile;
mod derive;
mod figure;
mod generator;
mod wire;

use clap::Subcommand;

/// The source of `figure`, for benchmarks that are programs of their own.
const FIGURE: &str = include_str!("bench/figure.rs");

/// What to measure.
#[derive(Subcommand)]
pub enum Bench {
    /// All benchmarks: one table with the machine, and each figure beside its peer's and its bar. Fails if a bar is missed.
    All(all::AllArgs),
    /// The generator: the time of each stage, and the peak memory.
    Gen {
        /// Read this document instead of spec/plaid.yaml.
        #[arg(long, value_name = "FILE")]
        spec: Option<std::path::PathBuf>,
        /// The number of runs; the fastest counts.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// `spec diff` on two documents.
    Diff {
        /// The old document.
        old: std::path::PathBuf,
        /// The new document.
        new: std::path::PathBuf,
        /// The number of runs; the fastest counts.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// The wire layer compared with serde's derive on the same types: compile time, and decoding a page of 500
    /// transactions.
    Wire {
        /// Measure `cargo check` only: the builds take some minutes.
        #[arg(long)]
        quick: bool,
    },
    /// The compile time of the SDK compared with `plaid` from crates.io, and of an application compared with one written by
    /// hand. Takes ten minutes, most of them for the release build of `plaid`.
    Compile {
        /// Leave out the release builds.
        #[arg(long)]
        quick: bool,
        /// Measure the code that openapi-to-rust 0.23.0 generates from this published document too. The tool is installed
        /// into target/bench if it is missing. Takes a quarter of an hour more.
        #[arg(long, value_name = "FILE")]
        document: Option<std::path::PathBuf>,
    },
    /// The check of a request's body, compared with the crate `jsonschema`.
    Check,
    /// A call compared with bare reqwest, over loopback: CPU time, allocations, and calls per second with 64 in flight.
    Run,
    /// Reading the catalog's data in several forms, and searching it: a dev build and a release build.
    Catalog,
}

/// Runs a benchmark and prints its table.
pub fn run(bench: &Bench) -> Result<(), String> {
    match bench {
        Bench::All(args) => all::run(args),
        Bench::Gen { spec, rounds } => generator::run(spec.as_deref(), *rounds),
        Bench::Diff { old, new, rounds } => comparison::run(old, new, *rounds),
        Bench::Wire { quick } => wire::run(*quick),
        Bench::Compile { quick, document } => compile::run(*quick, document.as_deref()),
        Bench::Check => check::run(),
        Bench::Run => calls::run(),
        Bench::Catalog => catalog::run(),
    }
}
