//! `cargo xtask bench all`: runs all benchmarks and prints one table, with each figure beside its peer's and its bar.

mod emulator;
mod gateway;
mod http;
mod pages;
mod rows;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use rows::Row;
use table::{Figures, Table};

use super::figure;
use crate::{files, packages, workspace};

/// The arguments of `bench all`.
#[derive(Args, Clone, Debug)]
pub struct AllArgs {
    /// Only these benchmarks, by their names; all if none is named.
    #[arg(value_name = "NAME")]
    only: Vec<String>,
    /// Leave out release builds of the SDK and its peer, which take ten minutes.
    #[arg(long)]
    quick: bool,
    /// The older document of the diff, as Plaid publishes it.
    #[arg(long, value_name = "FILE", default_value = "../shared/spec/history/1.673.1.yml")]
    old: PathBuf,
    /// The newer document of the diff.
    #[arg(long, value_name = "FILE", default_value = "../shared/spec/2020-09-14.yml")]
    new: PathBuf,
}

/// Measures, and writes the figures into the file.
type Run = Box<dyn Fn(&Path) -> Result<(), String>>;

/// A benchmark with the lines that its figures fill.
struct Part {
    name: &'static str,
    rows: Vec<&'static [Row]>,
    run: Run,
}

/// Measures and prints. A bar that is missed is an error.
pub fn run(args: &AllArgs) -> Result<(), String> {
    let parts = parts(args);
    if let Some(unknown) = args.only.iter().find(|name| parts.iter().all(|part| part.name != *name)) {
        let names: Vec<_> = parts.iter().map(|part| part.name).collect();
        return Err(format!("error: unknown benchmark `{unknown}`; choose among {}", names.join(", ")));
    }
    let home = workspace::root().join("target/bench");
    packages::make(&home)?;
    let (mut table, mut failed) = (Table::new(), Vec::new());
    let before = machine()?;
    for part in parts.iter().filter(|part| args.only.is_empty() || args.only.iter().any(|name| name == part.name)) {
        println!("\n==> {}\n", part.name);
        let path = home.join(format!("figures-{}.tsv", part.name));
        packages::write(&path, "")?;
        if let Err(error) = (part.run)(&path) {
            eprintln!("{}", error.trim_end());
            failed.push(part.name);
        }
        let figures: Figures = table::read(&files::read(&path)?)?;
        part.rows.iter().for_each(|rows| table.add(rows, &figures));
    }
    println!("\n{before}\n\n{}", table.text);
    if !table.missing.is_empty() {
        eprintln!("NOT MEASURED: {}", table.missing.join("; "));
    }
    match (failed.as_slice(), table.missed.as_slice()) {
        ([], []) => Ok(()),
        ([], missed) => Err(format!("error: these figures miss their bars: {}", missed.join("; "))),
        (failed, missed) => Err(format!(
            "error: these benchmarks failed: {}; these figures miss their bars: {}",
            failed.join(", "),
            if missed.is_empty() { "none".to_owned() } else { missed.join("; ") }
        )),
    }
}

fn parts(args: &AllArgs) -> Vec<Part> {
    let part = |name, rows: &[&'static [Row]], arguments: Vec<String>| Part {
        name,
        rows: rows.to_vec(),
        run: Box::new(move |path: &Path| bench(name, &arguments, path)),
    };
    let mut compile: Vec<&'static [Row]> = vec![rows::COMPILE];
    let mut quick = Vec::new();
    if args.quick {
        quick.push("--quick".to_owned());
    } else {
        compile.push(rows::RELEASE);
    }
    let documents = [&args.old, &args.new].map(|path| path.display().to_string());
    vec![
        part("gen", &[rows::GENERATOR], Vec::new()),
        part("diff", &[rows::DIFF], documents.to_vec()),
        part("wire", &[rows::WIRE], vec!["--quick".to_owned()]),
        part("run", &[rows::CALLS], Vec::new()),
        part("check", &[rows::CHECK], Vec::new()),
        part("catalog", &[rows::CATALOG], Vec::new()),
        Part { name: "emulator", rows: vec![rows::EMULATOR], run: Box::new(emulator::run) },
        Part { name: "gateway", rows: vec![rows::GATEWAY], run: Box::new(gateway::run) },
        Part { name: "pages", rows: vec![rows::PAGES], run: Box::new(pages::run) },
        part("compile", &compile, quick),
    ]
}

/// Runs one of the other benchmarks as a program, in a release build of this command with the allocator for it, since some
/// measure its own code.
fn bench(name: &str, arguments: &[String], figures: &Path) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "--package", "xtask", "--features", "mimalloc", "--", "bench", name]);
    command.args(arguments);
    command.current_dir(workspace::root()).env(figure::FILE, figures);
    packages::run(&mut command, &format!("`cargo xtask bench {name}`"))
}

/// What the figures depend on.
fn machine() -> Result<String, String> {
    let said = |path: &str, name: &str| {
        let text = std::fs::read_to_string(path).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim_start_matches([' ', '\t', ':']).trim().to_owned())
    };
    let unknown = || "not known".to_owned();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let rust = packages::output(Command::new("rustc").arg("--version"), "rustc")?;
    let commit = packages::output(
        Command::new("git").args(["describe", "--always", "--dirty"]).current_dir(workspace::root()),
        "git",
    )?;
    let load = std::fs::read_to_string("/proc/loadavg").ok();
    let load = load.as_deref().and_then(|text| text.split_whitespace().next()).map_or_else(unknown, str::to_owned);
    Ok(format!(
        "| machine | |\n|---|---|\n| processor | {cores} cores, {} |\n| memory | {} |\n| load before | {load} |\n| Rust | {} |\n\
         | commit | {} |",
        said("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
        said("/proc/meminfo", "MemTotal").unwrap_or_else(unknown),
        rust.trim(),
        commit.trim(),
    ))
}
