//! Scenarios of all products, with Plaid's own clients. Each language has one file for each, in the emulator's folder `clients`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use api_tools::snippets::Language;
use serde_json::json;

use crate::running::Running;
use crate::snippets::{Checked, install};
use crate::{packages, workspace};

/// What checks the signatures of webhooks in Python. Node has it built in.
const JWT: &str = "pyjwt[crypto]==2.15.1";

/// The time of the emulator, a Monday. Scenarios name dates, and banks have holidays.
pub const NOW: &str = "2026-11-30T12:00:00Z";

/// Runs the scenarios in Python.
pub fn python(input: &Checked, only: Option<&str>) -> Result<(), String> {
    let chosen = chosen(input, only)?;
    let facts = input.facts(Language::Python)?;
    let client = format!("{}=={}", facts.package, facts.version);
    let python = packages::pip("clients", &[&client, JWT])?;
    let emulator = emulator()?;
    let mut run = Command::new(python);
    run.arg(folder("python").join("run.py")).arg(&emulator.url).arg(written(&chosen)?);
    // The fixtures' package is not installed, and the folder of sources stays as it is.
    run.env("PYTHONPATH", fixtures("python")).env("PYTHONDONTWRITEBYTECODE", "1");
    packages::run(&mut run, "the scenarios in Python")
}

/// Runs the scenarios in Node.
pub fn node(input: &Checked, only: Option<&str>) -> Result<(), String> {
    let list = written(&chosen(input, only)?)?;
    let copy = in_node(input)?;
    let emulator = emulator()?;
    let mut run = Command::new("node");
    packages::run(run.arg(copy.join("run.mjs")).arg(&emulator.url).arg(list), "the scenarios in Node")
}

/// What runs all scenarios again and again in Node, at an address. It still needs to know for how long.
pub fn soak(input: &Checked, url: &str) -> Result<Command, String> {
    let list = written(&chosen(input, None)?)?;
    let mut run = Command::new("node");
    run.arg(in_node(input)?.join("soak.mjs")).arg(url).arg(list);
    Ok(run)
}

/// A folder with the scenarios in Node and all that they import.
pub fn in_node(input: &Checked) -> Result<PathBuf, String> {
    let npm = install::npm(input.facts(Language::Node)?)?;
    // Node looks for packages in the folders above the file that imports them. So the files are copied below the client.
    let copy = npm.join("scenarios");
    packages::empty(&copy)?;
    copied(&folder("node"), &copy)?;
    for inner in ["products", "compare"] {
        copied(&folder("node").join(inner), &copy.join(inner))?;
    }
    copied(&fixtures("node"), &copy.join("node_modules/plaid-emulator"))?;
    Ok(copy)
}

/// An emulator that checks its own responses, at a time that is the same in each run.
pub fn emulator() -> Result<Running, String> {
    Running::start("plaid-emulator", &["--pace", "instant", "--self-check", "--frozen", NOW])
}

fn folder(language: &str) -> PathBuf {
    workspace::sdk().join("emulator/clients").join(language)
}

fn fixtures(language: &str) -> PathBuf {
    workspace::sdk().join("emulator").join(language)
}

/// A product, and the paths of its operations.
struct Product {
    name: String,
    paths: Vec<String>,
}

/// A scenario and its product.
#[derive(Clone, Debug, PartialEq)]
struct Scenario<'a> {
    name: &'a str,
    product: &'a str,
    paths: &'a [String],
}

/// The scenarios that run, written where the program of a language reads them.
fn written(chosen: &str) -> Result<PathBuf, String> {
    let folder = workspace::target().join("emulator");
    packages::make(&folder)?;
    let list = folder.join("scenarios.json");
    packages::write(&list, chosen)?;
    Ok(list)
}

/// The scenarios that run, as JSON.
///
/// # Errors
/// If a product has no scenario, a language lacks one, or none fits `only`.
pub fn chosen(input: &Checked, only: Option<&str>) -> Result<String, String> {
    let products: Vec<Product> = (0..input.layout.modules.len())
        .map(|module| Product {
            name: input.layout.module_name(module).to_owned(),
            paths: input.layout.operations_of(&input.api, module).map(|operation| operation.path.clone()).collect(),
        })
        .filter(|product| !product.paths.is_empty())
        .collect();
    let (python, node) = (names("python", "py")?, names("node", "mjs")?);
    let scenarios = scenarios(&products, &python, &node)?;
    let fits = |one: &&Scenario<'_>| only.is_none_or(|only| one.name == only || one.product == only);
    let chosen: Vec<_> =
        scenarios.iter().filter(fits).map(|one| json!({"name": one.name, "paths": one.paths})).collect();
    if chosen.is_empty() {
        let all: Vec<_> = scenarios.iter().map(|one| one.name).collect();
        return Err(format!("error: no scenario is called {}; there are {}", only.unwrap_or_default(), all.join(", ")));
    }
    Ok(json!({"scenarios": chosen, "all": only.is_none()}).to_string())
}

/// The names of the files of a language.
fn names(language: &str, extension: &str) -> Result<BTreeSet<String>, String> {
    let files = files(&folder(language).join("products"))?;
    let own = files.into_iter().filter(|path| path.extension().is_some_and(|one| one == extension));
    Ok(own.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect())
}

/// The scenarios by name, each with the product whose name it has or begins with.
fn scenarios<'a>(
    products: &'a [Product],
    python: &'a BTreeSet<String>,
    node: &BTreeSet<String>,
) -> Result<Vec<Scenario<'a>>, String> {
    let mut errors: Vec<String> = python
        .symmetric_difference(node)
        .map(|name| {
            format!("error: the scenario {name} is in only one of the languages Python and Node; write the other")
        })
        .collect();
    let mut found = Vec::new();
    for name in python {
        let is_own = |product: &&Product| {
            name.strip_prefix(product.name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        match products.iter().filter(is_own).max_by_key(|product| product.name.len()) {
            Some(product) => found.push(Scenario { name, product: &product.name, paths: &product.paths }),
            None => errors.push(format!("error: {name} begins with the name of no product of the catalogue")),
        }
    }
    let has_none = |product: &&Product| found.iter().all(|one| one.product != product.name);
    errors.extend(products.iter().filter(has_none).map(|product| {
        let name = &product.name;
        format!("error: the product {name} has no scenario; write clients/python/products/{name}.py and clients/node/products/{name}.mjs")
    }));
    if errors.is_empty() { Ok(found) } else { Err(errors.join("\n")) }
}

/// The files of a folder.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("error: {}: {error}", folder.display());
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() {
            all.push(path);
        }
    }
    Ok(all)
}

/// Copies the files of a folder.
fn copied(from: &Path, to: &Path) -> Result<(), String> {
    packages::make(to)?;
    for path in files(from)? {
        let Some(name) = path.file_name() else { continue };
        std::fs::copy(&path, to.join(name)).map_err(|error| format!("error: {}: {error}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, Product, scenarios};

    fn products() -> Vec<Product> {
        let names = ["identity", "identity_verification", "transfer"];
        let product = |name: &str| Product { name: name.to_owned(), paths: vec![format!("/{name}/get")] };
        names.map(product).into()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_scenario_belongs_to_the_longest_product_of_its_name() {
        let (products, all) =
            (products(), set(&["identity", "identity_verification_retry", "transfer", "transfer_ledger"]));
        let found = scenarios(&products, &all, &all).expect("each product has one");
        let found: Vec<_> = found.iter().map(|one| (one.name, one.product, one.paths.len())).collect();
        let expected = [
            ("identity", "identity", 1),
            ("identity_verification_retry", "identity_verification", 1),
            ("transfer", "transfer", 1),
            ("transfer_ledger", "transfer", 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_missing_is_named() {
        let (products, python, node) =
            (products(), set(&["identity", "transfer", "other"]), set(&["identity", "other"]));
        let errors = scenarios(&products, &python, &node).expect_err("much is missing");
        for part in ["transfer is in only one", "other begins with", "product identity_verification has no scenario"] {
            assert!(errors.contains(part), "{part}: {errors}");
        }
        assert_eq!(errors.lines().count(), 3);
    }
}
