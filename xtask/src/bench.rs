//! `cargo xtask bench`: figures for the generator and for what it generates, both sides of a comparison in one run.

mod calls;
mod comparison;
mod compile;
mod derive;
mod generator;
mod wire;

use clap::Subcommand;

/// What to measure.
#[derive(Subcommand)]
pub enum Bench {
    /// The generator: the time of each stage on spec/plaid.yaml or another document, and the peak memory.
    Gen {
        /// Read this document instead of spec/plaid.yaml.
        #[arg(long, value_name = "FILE")]
        spec: Option<std::path::PathBuf>,
        /// How often; the quickest counts.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// A comparison of two documents, from texts to changes.
    Diff {
        /// The old document.
        old: std::path::PathBuf,
        /// The new one.
        new: std::path::PathBuf,
        /// How often; the quickest counts.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// The wire layer beside serde's derive on the same types: `cargo check`, builds, and decoding a page of 500
    /// transactions.
    Wire {
        /// Leave out the builds, which take some minutes.
        #[arg(long)]
        quick: bool,
    },
    /// What this crate costs to build beside `plaid` from crates.io, and an application beside one written by hand. Takes
    /// ten minutes, most of it the other's release build.
    Compile {
        /// Leave out the release builds.
        #[arg(long)]
        quick: bool,
        /// Measure as well what openapi-to-rust 0.23.0 makes of this document, a whole one of Plaid's. It is installed
        /// into target/bench if need be. Takes a quarter of an hour more.
        #[arg(long, value_name = "FILE")]
        document: Option<std::path::PathBuf>,
    },
    /// A call beside bare reqwest, over loopback: user time, allocations, and calls a second with 64 in flight.
    Run,
}

/// Runs a benchmark and prints its table.
pub fn run(bench: &Bench) -> Result<(), String> {
    match bench {
        Bench::Gen { spec, rounds } => generator::run(spec.as_deref(), *rounds),
        Bench::Diff { old, new, rounds } => comparison::run(old, new, *rounds),
        Bench::Wire { quick } => wire::run(*quick),
        Bench::Compile { quick, document } => compile::run(*quick, document.as_deref()),
        Bench::Run => calls::run(),
    }
}
