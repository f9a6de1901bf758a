//! The generator's own speed, stage by stage.

use std::path::Path;
use std::time::{Duration, Instant};

use super::figure::figure;
use crate::r#gen;

/// Prints the fastest time of each stage in a number of runs.
pub fn run(spec: Option<&Path>, rounds: usize) -> Result<(), String> {
    let mut stages: Vec<(&'static str, Duration)> = Vec::new();
    let mut whole = Duration::MAX;
    let mut size = 0;
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        let inputs = r#gen::inputs(spec)?;
        let mut last = start;
        let mut took = Vec::from([("read the files", last.elapsed())]);
        last = Instant::now();
        let output = codegen::generate(&inputs, &mut |stage| {
            took.push((stage, last.elapsed()));
            last = Instant::now();
        })
        .map_err(|report| report.to_string())?;
        whole = whole.min(start.elapsed());
        size = output.files.iter().map(|file| file.text.lines().count()).sum();
        if stages.is_empty() {
            stages = took;
        } else {
            for (best, (_, took)) in stages.iter_mut().zip(took) {
                best.1 = best.1.min(took);
            }
        }
    }
    println!("cargo xtask gen, best of {rounds} ({})\n", build());
    for (stage, took) in &stages {
        println!("{stage:<24} {:>7.1} ms", took.as_secs_f64() * 1e3);
    }
    println!("{:<24} {:>7.1} ms for {size} lines", "total", whole.as_secs_f64() * 1e3);
    figure("generator", whole.as_secs_f64() * 1e3);
    if let Some(peak) = peak_memory() {
        println!("{:<24} {:>7.1} MB", "peak memory", peak as f64 / 1e3);
        figure("generator.memory", peak as f64 / 1e3);
    }
    Ok(())
}

/// Which build is measured.
pub(super) fn build() -> &'static str {
    if cfg!(debug_assertions) {
        "dev build; `cargo run --release -p xtask --features mimalloc -- bench …` is the other"
    } else if cfg!(feature = "mimalloc") {
        "release build with mimalloc"
    } else {
        "release build"
    }
}

/// The peak memory of this process in kilobytes, on systems that report it.
pub(super) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
