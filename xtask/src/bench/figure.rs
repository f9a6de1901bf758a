//! The figures that benchmarks write down for `cargo xtask bench all`. Benchmarks that are programs of their own have a copy of this
//! file, so it needs the standard library only.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// The variable that names the file of the figures. Without it, nothing is written down.
pub const FILE: &str = "PLAID_BENCH_FIGURES";

/// Writes down a figure, if somebody wants it.
pub fn figure(name: &str, value: f64) {
    let Some(path) = std::env::var_os(FILE) else { return };
    if let Err(error) = append(Path::new(&path), name, value) {
        // The table then says that the figure was not measured.
        eprintln!("{error}");
    }
}

/// Adds a line with a name and a value to a file of figures.
pub fn append(path: &Path, name: &str, value: f64) -> Result<(), String> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| writeln!(file, "{name}\t{value}"));
    written.map_err(|error| format!("error: {}: {error}", path.display()))
}
