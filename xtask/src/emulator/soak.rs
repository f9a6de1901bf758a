//! `cargo xtask emulator soak`: whether what an emulator keeps, and its memory, stay as they are while it is used.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde::Deserialize;

use super::clients;
use crate::snippets::Checked;

/// By how much memory and stores may grow from the middle to the end.
const GROWTH: f64 = 1.05;
/// What a store may grow by besides: a few objects are there at one time and not at another.
const SLACK: f64 = 100_000.0;
/// How much of the time the middle and the end take, each.
const SHARE: f64 = 0.1;

/// What the program in Node prints after each step.
#[derive(Debug, Deserialize)]
struct Line {
    /// How much of the time is over: 0 to 1.
    passed: f64,
    scenarios: u64,
    items: u64,
    pages: u64,
    /// The bytes of each store of the tenant that stays.
    sizes: BTreeMap<String, f64>,
}

/// A line, and the resident memory at that time.
struct Moment {
    line: Line,
    memory: f64,
}

/// Uses an emulator for some time, prints what happened, and fails if something has grown.
pub fn run(minutes: u32, hours: u32) -> Result<(), String> {
    let seconds = u64::from(minutes.max(1)) * 60;
    let emulator = clients::emulator()?;
    let mut command = clients::soak(&Checked::read()?, &emulator.url)?;
    command.arg(seconds.to_string()).arg(hours.to_string()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("error: node could not be run: {error}; install it"))?;
    let mut moments = Vec::new();
    for line in child.stdout.take().map(|stdout| BufReader::new(stdout).lines()).into_iter().flatten() {
        let line = line.map_err(|error| format!("error: soak.mjs: {error}"))?;
        let line = serde_json::from_str(&line).map_err(|error| format!("error: soak.mjs printed {line:?}: {error}"))?;
        moments.push(Moment { line, memory: emulator.resident()? as f64 });
    }
    let status = child.wait().map_err(|error| format!("error: node: {error}"))?;
    if !status.success() {
        return Err(format!("error: soak.mjs failed ({status})"));
    }
    let Some(Moment { line, .. }) = moments.last() else {
        return Err("error: soak.mjs printed nothing".to_owned());
    };
    let Line { scenarios, items, pages, .. } = line;
    println!(
        "{hours} hours in {seconds} s: {scenarios} scenarios, {items} Items that came and went, {pages} pages of transactions"
    );
    let (middle, end) = halves(&moments)?;
    println!("resident memory: {:.1} MB in the middle, {:.1} MB at the end", middle.memory / 1e6, end.memory / 1e6);
    let grown = grown(&middle, &end);
    if grown.is_empty() { Ok(()) } else { Err(grown.join("\n")) }
}

/// What was there on average in a part of the time.
#[derive(Debug, Default)]
struct Average {
    memory: f64,
    sizes: BTreeMap<String, f64>,
}

/// The averages around the middle and at the end.
fn halves(moments: &[Moment]) -> Result<(Average, Average), String> {
    let part = |name: &str, from: f64| {
        let is_in = |one: &&Moment| from <= one.line.passed && one.line.passed < from + SHARE;
        let part: Vec<&Moment> = moments.iter().filter(is_in).collect();
        if part.is_empty() {
            return Err(format!("error: nothing was measured {name}; let it run longer with --minutes"));
        }
        let mut average = Average::default();
        for Moment { line, memory } in &part {
            average.memory += memory / part.len() as f64;
            for (name, bytes) in &line.sizes {
                *average.sizes.entry(name.clone()).or_default() += bytes / part.len() as f64;
            }
        }
        Ok(average)
    };
    // The last line can be a little late.
    Ok((part("in the middle", 0.5 - SHARE / 2.0)?, part("at the end", 1.0 - SHARE)?))
}

/// What has grown, one error each.
fn grown(middle: &Average, end: &Average) -> Vec<String> {
    let mut grown = Vec::new();
    if end.memory > middle.memory * GROWTH {
        let (from, to) = (middle.memory / 1e6, end.memory / 1e6);
        grown.push(format!("error: the memory has grown from {from:.1} MB to {to:.1} MB"));
    }
    for (name, to) in &end.sizes {
        let from = middle.sizes.get(name).copied().unwrap_or_default();
        if *to > from * GROWTH + SLACK {
            grown.push(format!("error: the store {name} has grown from {from:.0} to {to:.0} bytes"));
        }
    }
    grown
}

#[cfg(test)]
mod tests {
    use super::{Line, Moment, grown, halves};
    use std::collections::BTreeMap;

    /// A hundred lines, with memory and a store by how much of the time is over.
    fn moments(memory: fn(f64) -> f64, items: fn(f64) -> f64) -> Vec<Moment> {
        let moment = |number: u32| {
            let passed = f64::from(number) / 100.0;
            let sizes = BTreeMap::from([("items".to_owned(), items(passed))]);
            Moment { line: Line { passed, scenarios: 1, items: 1, pages: 1, sizes }, memory: memory(passed) }
        };
        (0..100).map(moment).collect()
    }

    fn judged(memory: fn(f64) -> f64, items: fn(f64) -> f64) -> Vec<String> {
        let (middle, end) = halves(&moments(memory, items)).expect("it was measured");
        grown(&middle, &end)
    }

    #[test]
    fn what_grows_is_named() {
        let steady = |_| 50e6;
        let at_first = |passed: f64| 50e6 * passed.min(0.4);
        let leaking = |passed: f64| 40e6 * (1.0 + passed);
        assert_eq!(judged(steady, at_first), [""; 0]);
        assert_eq!(judged(leaking, steady), ["error: the memory has grown from 59.8 MB to 77.8 MB"]);
        assert_eq!(judged(steady, leaking), ["error: the store items has grown from 59800000 to 77800000 bytes"]);
    }

    #[test]
    fn a_run_that_ends_early_is_an_error() {
        let mut moments = moments(|_| 1.0, |_| 1.0);
        moments.truncate(80);
        let error = halves(&moments).expect_err("it has no end");
        assert!(error.contains("at the end"), "{error}");
    }
}
