//! What the explorer's gateway costs, from the output of its own benchmark.

use std::path::Path;
use std::process::Command;

use crate::bench::figure::append;
use crate::{packages, workspace};

/// Runs `gateway_bench` and writes its figures down.
pub fn run(figures: &Path) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "--package", "plaid-explorer", "--example", "gateway_bench"]);
    let said = packages::output(command.current_dir(workspace::root()), "`gateway_bench`")?;
    println!("{said}");
    for (name, value) in read(&said) {
        append(figures, name, value)?;
    }
    Ok(())
}

/// The figures in the output. A figure without a line is missing in the table.
fn read(said: &str) -> Vec<(&'static str, f64)> {
    let mut found = Vec::new();
    for line in said.lines() {
        let mut numbers = line.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
        let Some(number) = numbers.next() else { continue };
        let megabytes = number * 1024.0 / 1e6;
        if line.starts_with("plain proxy") {
            found.push(("gateway.cpu.proxy", number));
        } else if line.starts_with("gateway") {
            found.push(("gateway.cpu", number));
        } else if line.contains("of an endless response pass") {
            found.push(("gateway.response", megabytes));
        } else if line.contains("for an endless request") {
            found.push(("gateway.request", megabytes));
        } else if line.starts_with("search") {
            found.push(("gateway.search", number));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_found_in_the_output() {
        let said = "plain proxy     61.5 µs of CPU for each call\nwith reqwest    70.0 µs of CPU for each call\n\
                    gateway         80.0 µs of CPU for each call\nratio           1.30 to the plain proxy, 1.14 to that with reqwest\n\
                    memory         40000 KiB at rest\n              3000 KiB more while 2147 MB of an endless response pass (at most 20,000)\n\
                    \x20             1000 KiB more for an endless request (at most 20,000)\nsearch          8300 MB/s (at least 500)\n";
        let expected = [
            ("gateway.cpu.proxy", 61.5),
            ("gateway.cpu", 80.0),
            ("gateway.response", 3.072),
            ("gateway.request", 1.024),
            ("gateway.search", 8300.0),
        ];
        assert_eq!(read(said), expected);
    }
}
