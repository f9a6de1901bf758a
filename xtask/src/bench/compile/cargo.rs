//! Runs cargo and measures one crate's compiler, by polling the process in /proc.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::target;

/// The cost of building one crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// User CPU time, in seconds.
    pub seconds: f64,
    /// The peak memory, in bytes.
    pub peak: f64,
}

/// Runs cargo and returns the cost of the process that compiled or documented the crate, without its dependencies.
pub fn of_crate(folder: &Path, arguments: &[&str], name: &str) -> Result<Cost, String> {
    let failed = |error: std::io::Error| format!("error: cargo could not be run: {error}");
    let mut cargo = command(folder, arguments).spawn().map_err(failed)?;
    let mut seen: BTreeMap<u32, Cost> = BTreeMap::new();
    let status = loop {
        if let Some(status) = cargo.try_wait().map_err(failed)? {
            break status;
        }
        for process in children(cargo.id()) {
            if let Some(cost) = cost(process, name) {
                seen.insert(process, cost);
            }
        }
        // The time between the last poll and the end of the process is lost: at most this much.
        std::thread::sleep(Duration::from_millis(5));
    };
    if !status.success() {
        return Err(format!("error: `cargo {}` failed in {}", arguments.join(" "), folder.display()));
    }
    let most = seen.into_values().max_by(|a, b| a.seconds.total_cmp(&b.seconds));
    most.ok_or_else(|| format!("error: no process that compiles `{name}` was seen; this benchmark needs Linux"))
}

/// Runs cargo and returns its output.
pub fn output(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = command(folder, arguments)
        .stdout(Stdio::piped())
        .output()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("error: `cargo {}` failed in {}", arguments.join(" "), folder.display()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).arg("--quiet").current_dir(folder);
    command.env("CARGO_TARGET_DIR", target()).env("CARGO_INCREMENTAL", "0");
    command
}

/// The processes that one has started.
fn children(parent: u32) -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let ids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(|id| stat(*id, 1).is_some_and(|of| of == u64::from(parent))).collect()
}

/// The cost of a process so far, if it compiles or documents the crate.
fn cost(id: u32, name: &str) -> Option<Cost> {
    let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    let mut words = line.split(|byte| *byte == 0);
    words.find(|word| *word == b"--crate-name")?;
    if words.next()? != name.as_bytes() {
        return None;
    }
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let peak: f64 = peak.split_whitespace().next()?.parse().ok()?;
    // The kernel counts a hundred ticks a second on every platform of Linux.
    Some(Cost { seconds: stat(id, 11)? as f64 / 100.0, peak: peak * 1024.0 })
}

/// A field of a process's `stat` (proc(5)), counted from the one after its name.
fn stat(id: u32, field: usize) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(field)?.parse().ok()
}
