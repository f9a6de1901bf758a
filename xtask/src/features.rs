//! `cargo xtask features`: compiles and documents the SDK with each feature alone and with none, without warnings.
//!
//! Every other check enables all features. A type, an import or a link in the guide that is missing if only one product
//! is enabled is only found here.

use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

use sha2::{Digest, Sha256};
use toml_edit::{DocumentMut, Item};

use crate::{files, manifest, workspace};

/// Checks all features, or a sample that the seed chooses.
pub fn run(sample: Option<usize>, seed: &str) -> Result<(), String> {
    let products = products()?;
    let chosen = match sample {
        Some(count) => choose(&products, count, seed),
        None => products.clone(),
    };
    let start = Instant::now();
    let mut failed = Vec::new();
    println!("{} of {} products, and the SDK without any", chosen.len(), products.len());
    for feature in std::iter::once("").chain(chosen.iter().map(String::as_str)) {
        let name = if feature.is_empty() { "(none)" } else { feature };
        print!("{name:<28}");
        std::io::stdout().flush().map_err(|error| error.to_string())?;
        let begun = Instant::now();
        let problem = match without_warnings(feature, &["rustc", "--profile", "check"])? {
            None => without_warnings(feature, &["rustdoc"])?,
            problem => problem,
        };
        println!("{} {:>6.1} s", if problem.is_some() { "FAILED" } else { "ok    " }, begun.elapsed().as_secs_f64());
        if let Some(problem) = problem {
            println!("{}", problem.trim_end());
            failed.push(name);
        }
    }
    println!("{:.1} s in total", start.elapsed().as_secs_f64());
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("error: {} of the builds failed or had warnings: {}", failed.len(), failed.join(", ")))
    }
}

/// The products in the SDK's manifest: its features except the runtime's.
fn products() -> Result<Vec<String>, String> {
    let path = workspace::sdk().join("Cargo.toml");
    let text: DocumentMut =
        files::read(&path)?.parse().map_err(|error| format!("error: {}: {error}", path.display()))?;
    let features = text.get("features").and_then(Item::as_table);
    let names = features.into_iter().flat_map(|table| table.iter()).map(|(name, _)| name.to_owned());
    Ok(names.filter(|name| name != "default" && !manifest::RUNTIME.contains(&name.as_str())).collect())
}

/// A sample: the products with the smallest hashes with the seed. The same seed chooses the same products.
fn choose(products: &[String], count: usize, seed: &str) -> Vec<String> {
    let mut products = products.to_vec();
    products.sort_by_key(|name| Sha256::digest(format!("{seed}\n{name}").as_bytes()).to_vec());
    products.truncate(count);
    products.sort();
    products
}

/// Compiles or documents the library with one feature. Returns the tool's output if it failed.
fn without_warnings(feature: &str, command: &[&str]) -> Result<Option<String>, String> {
    // `cargo rustc` and `rustdoc` pass the flag to this one crate. In RUSTFLAGS it would rebuild every other.
    let output = Command::new(env!("CARGO"))
        .args(command)
        .args([
            "--package",
            "plaid-sdk",
            "--lib",
            "--quiet",
            "--no-default-features",
            "--features",
            feature,
            "--",
            "-D",
            "warnings",
        ])
        .current_dir(workspace::root())
        .output()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if output.status.success() {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_chooses_the_same_products_and_another_seed_others() {
        let products: Vec<String> = (0..40).map(|number| format!("product{number}")).collect();
        let sample = choose(&products, 5, "a");
        assert_eq!(sample.len(), 5);
        assert_eq!(sample, choose(&products, 5, "a"));
        assert_ne!(sample, choose(&products, 5, "b"));
        assert_eq!(choose(&products, 99, "a").len(), 40);
    }

    #[test]
    fn the_products_are_the_features_without_the_runtimes() {
        let products = products().unwrap();
        assert!(products.iter().any(|name| name == "webhooks"));
        assert!(!products.iter().any(|name| name == "default" || name == "rustls"));
    }
}
