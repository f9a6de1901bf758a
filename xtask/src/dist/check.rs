//! The packages are installed in empty folders, with the test runners and Plaid's clients from the registries, and tests use
//! their fixtures there: ours, and those that the README shows.

use std::path::{Path, PathBuf};
use std::process::Command;

use api_tools::snippets::Language;

use super::{copy_folder, ends, readme};
use crate::snippets::Checked;
use crate::{packages, workspace};

/// The packages besides the client of Node: the test runner, and what checks the types of ours.
const NPM: [&str; 3] = ["vitest@4.1.12", "typescript@7.0.2", "@types/node@26.6.6"];

/// The packages besides the client of Python.
const PYPI: [&str; 3] = ["pytest==9.2.0", "pytest-xdist==3.8.0", "mypy==2.4.1"];

/// The file in which a test writes the address of its emulator.
const ADDRESS: &str = "address.txt";

/// Runs all.
pub fn run(npm: &Path, wheel: &Path) -> Result<(), String> {
    let folder = workspace::target().join("dist-check");
    packages::empty(&folder)?;
    let checked = Checked::read()?;
    let client = checked.facts(Language::Node)?;
    node(&folder.join("node"), npm, &format!("{}@{}", client.package, client.version))?;
    let client = checked.facts(Language::Python)?;
    python(&folder.join("python"), wheel, &format!("{}=={}", client.package, client.version))
}

/// A folder with our tests and those of the README.
fn prepare(folder: &Path, name: &str, language: &str) -> Result<(), String> {
    copy_folder(&workspace::root().join("xtask/clients/dist").join(name), folder)?;
    let shown = readme::write(language, folder)?;
    println!("{name}: our tests and {shown} files of the README");
    Ok(())
}

fn node(folder: &Path, package: &Path, client: &str) -> Result<(), String> {
    prepare(folder, "node", "js")?;
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--save-exact", client]);
    packages::run(install.args(NPM).arg(package).current_dir(folder), "npm")?;

    let vitest = || program(folder, "node", &["node_modules/vitest/vitest.mjs", "run"]);
    packages::run(&mut vitest(), "vitest")?;
    let address = folder.join(ADDRESS);
    ends::has_ended(&address)?;
    ends::with_killed(vitest().arg("hold").env("HOLD", "1"), "vitest", &address)?;

    packages::run(&mut program(folder, "node_modules/.bin/tsc", &["--project", "."]), "tsc")?;
    let shown =
        packages::output(&mut program(folder, "node_modules/.bin/plaid-emulator", &["--version"]), "npm's link")?;
    println!("npm package: {}", shown.trim());
    Ok(())
}

fn python(folder: &Path, wheel: &Path, client: &str) -> Result<(), String> {
    prepare(folder, "python", "python")?;
    packages::run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")), "python3")?;
    let python = folder.join("venv/bin/python");
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", client]).args(PYPI);
    packages::run(install.arg(wheel), "pip")?;

    let python = python.display().to_string();
    let pytest = || program(folder, &python, &["-m", "pytest", "--quiet", "-p", "no:cacheprovider"]);
    let address = folder.join(ADDRESS);
    for workers in ["0", "2"] {
        packages::run(pytest().args(["-n", workers]), "pytest")?;
        ends::has_ended(&address)?;
    }
    ends::with_killed(pytest().args(["-k", "hold"]).env("HOLD", "1"), "pytest", &address)?;

    packages::run(&mut program(folder, &python, &["-m", "mypy", "--strict", "-p", "plaid_emulator"]), "mypy")?;
    let shown = packages::output(&mut program(folder, &python, &["-m", "plaid_emulator", "--version"]), "the wheel")?;
    println!("wheel: {}", shown.trim());
    Ok(())
}

/// A program that runs in the folder, without an emulator or credentials in its environment.
fn program(folder: &Path, name: &str, arguments: &[&str]) -> Command {
    let path = if name.contains('/') { folder.join(name) } else { PathBuf::from(name) };
    let mut command = Command::new(path);
    command.args(arguments).current_dir(folder);
    for name in ["PLAID_CLIENT_ID", "PLAID_SECRET", "PLAID_ENV", "PLAID_BASE_URL", "PLAID_EMULATOR_URL", "HOLD"] {
        command.env_remove(name);
    }
    command
}
