//! `cargo xtask emulator load`: how many requests the release build answers, beside Prism, and how much memory it needs.

mod prism;

use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::profile::Profile;
use crate::running::Running;
use crate::{packages, workspace};
use prism::Prism;

/// The load tool and the mock server that the emulator is compared with.
const PACKAGES: &[&str] = &["autocannon@8.0.0", "@stoplight/prism-cli@5.14.2"];

/// What is measured, and the least requests per second on two cores.
const BARS: &[(&str, f64)] = &[("/accounts/get", 5_000.0), ("/transactions/sync", 500.0)];

/// How many Items are made to measure the memory.
const ITEMS: u64 = 10_000;
/// The days of transactions that each has. There are about 16 in 30 days; how many exactly depends on where months begin, so these
/// are some days more than a million needs.
const DAYS: u64 = 200;
/// How many transactions they have to have together.
const TRANSACTIONS: u64 = 1_000_000;
/// How much memory they may take: 1 GB.
const MEMORY: u64 = 1_000_000_000;

/// A call and the response that the emulator gave.
#[derive(Debug, Deserialize)]
struct Call {
    path: String,
    response: Value,
}

/// What was measured of an operation.
#[derive(Debug, Deserialize)]
struct Figures {
    path: String,
    per_second: f64,
    failed: u64,
    bytes: f64,
    p50: f64,
    p99: f64,
}

/// Measures, prints a table, and fails below the bars.
pub fn run(seconds: u32) -> Result<(), String> {
    let tools = packages::npm("load", PACKAGES)?;
    let folder = workspace::target().join("emulator");
    packages::make(&folder)?;
    let file = folder.join("load.json");
    let script = Script { tools: &tools };
    let seconds = seconds.max(1).to_string();

    let emulator = start()?;
    script.run(&["prepare", &emulator.url, &shown(&file)])?;
    let calls: Vec<Call> = read(&crate::files::read(&file)?)?;
    let own: Vec<Figures> = read(&script.run(&["measure", &emulator.url, &shown(&file), &seconds])?)?;
    drop(emulator);
    let mock = Prism::start(&tools, &folder.join("load.openapi.json"), &calls)?;
    let theirs: Vec<Figures> = read(&script.run(&["measure", &mock.url, &shown(&file), &seconds])?)?;
    drop(mock);

    println!(
        "{:<20} {:<9} {:>11} {:>9} {:>9} {:>9} {:>7}",
        "", "", "requests/s", "kB each", "p50 ms", "p99 ms", "failed"
    );
    for (name, all) in [("emulator", &own), ("Prism", &theirs)] {
        for one in all {
            println!(
                "{:<20} {name:<9} {:>11.0} {:>9.1} {:>9.1} {:>9.1} {:>7}",
                one.path,
                one.per_second,
                one.bytes / 1e3,
                one.p50,
                one.p99,
                one.failed
            );
        }
    }
    let filled = fill(&script)?;
    println!(
        "{ITEMS} Items with {} transactions: {:.0} MB resident, {:.0} MB before",
        filled.transactions,
        filled.after as f64 / 1e6,
        filled.before as f64 / 1e6
    );
    let missed: Vec<String> = missed(&own, &filled);
    if missed.is_empty() { Ok(()) } else { Err(missed.join("\n")) }
}

/// The memory before and after the Items were made.
struct Filled {
    transactions: u64,
    before: u64,
    after: u64,
}

fn fill(script: &Script<'_>) -> Result<Filled, String> {
    #[derive(Deserialize)]
    struct Made {
        transactions: u64,
    }
    let emulator = start()?;
    let before = emulator.resident()?;
    let made: Made = read(&script.run(&["fill", &emulator.url, &ITEMS.to_string(), &DAYS.to_string()])?)?;
    Ok(Filled { transactions: made.transactions, before, after: emulator.resident()? })
}

/// The bars that were missed, one error each.
fn missed(own: &[Figures], filled: &Filled) -> Vec<String> {
    let mut missed = Vec::new();
    for (path, bar) in BARS {
        match own.iter().find(|one| one.path == *path) {
            Some(one) if one.failed > 0 => missed.push(format!("error: {path}: {} requests failed", one.failed)),
            Some(one) if one.per_second < *bar => {
                missed.push(format!("error: {path}: {:.0} requests/s, and {bar:.0} is the least", one.per_second));
            }
            Some(_) => {}
            None => missed.push(format!("error: {path} was not measured")),
        }
    }
    if filled.transactions < TRANSACTIONS {
        missed.push(format!("error: {} transactions were made, and not {TRANSACTIONS}", filled.transactions));
    }
    if filled.after > MEMORY {
        let (after, most) = (filled.after / 1_000_000, MEMORY / 1_000_000);
        missed.push(format!("error: the Items take {after} MB, and {most} MB is the most"));
    }
    missed
}

/// An emulator as users have it, which does not check its own responses.
fn start() -> Result<Running, String> {
    Running::start_program(&Profile::Release.program("plaid-emulator")?, &["--pace", "instant"])
}

/// The program that sends the requests.
struct Script<'a> {
    /// The folder that contains autocannon.
    tools: &'a Path,
}

impl Script<'_> {
    /// Runs one of its commands and returns what it prints.
    fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let mut node = Command::new("node");
        node.arg(super::script("load.js")).args(arguments).env("NODE_PATH", self.tools.join("node_modules"));
        packages::output(&mut node, "node")
    }
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("error: load.js printed something else than figures: {error}"))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::{BARS, Figures, Filled, MEMORY, TRANSACTIONS, missed};

    fn figures(path: &str, per_second: f64, failed: u64) -> Figures {
        Figures { path: path.to_owned(), per_second, failed, bytes: 1.0, p50: 1.0, p99: 1.0 }
    }

    #[test]
    fn each_bar_that_is_missed_is_named() {
        let good = Filled { transactions: TRANSACTIONS, before: 0, after: MEMORY };
        let fast: Vec<_> = BARS.iter().map(|(path, bar)| figures(path, *bar, 0)).collect();
        assert_eq!(missed(&fast, &good), [""; 0]);
        let slow = [figures(BARS[0].0, BARS[0].1 - 1.0, 0), figures(BARS[1].0, 9_999.0, 3)];
        let bad = Filled { transactions: 5, before: 0, after: MEMORY + 1_000_000 };
        assert_eq!(
            missed(&slow, &bad),
            [
                "error: /accounts/get: 4999 requests/s, and 5000 is the least",
                "error: /transactions/sync: 3 requests failed",
                "error: 5 transactions were made, and not 1000000",
                "error: the Items take 1001 MB, and 1000 MB is the most",
            ]
        );
        assert_eq!(missed(&[], &good).len(), 2, "an operation that was not measured is not fast");
    }
}
