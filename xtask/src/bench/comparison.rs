//! The speed of a comparison of two documents.

use std::path::Path;
use std::time::{Duration, Instant};

use super::figure::figure;
use super::generator::{build, peak_memory};
use crate::r#gen;
use crate::spec::diff;

/// Prints the fastest of a number of runs.
pub fn run(old: &Path, new: &Path, rounds: usize) -> Result<(), String> {
    let mut best = Duration::MAX;
    let mut changes = 0;
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        let inputs = [old, new].map(|path| r#gen::inputs(Some(path)));
        let [old, new] = inputs;
        changes = diff::documents(&old?, &new?)?.changes.len();
        best = best.min(start.elapsed());
    }
    println!("cargo xtask spec diff, best of {rounds} ({})\n", build());
    println!("{:<24} {:>7.1} ms for {changes} changes", "total", best.as_secs_f64() * 1e3);
    figure("diff", best.as_secs_f64() * 1e3);
    if let Some(peak) = peak_memory() {
        println!("{:<24} {:>7.1} MB", "peak memory", peak as f64 / 1e3);
    }
    Ok(())
}
