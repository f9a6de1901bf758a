//! Packages of other languages, installed by name into `target/tools`, and running them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace;

/// Installs npm packages, each as `name@version`, into a folder of this name. Returns the folder that contains
/// `node_modules`. No package's scripts are run.
pub fn npm(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let folder = workspace::target().join("tools").join(name);
    let wanted = packages.join(" ");
    let done = folder.join("installed");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    make(&folder)?;
    write(&folder.join("package.json"), "{ \"private\": true }\n")?;
    let mut command = Command::new("npm");
    command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--save-exact"]);
    run(command.args(packages).current_dir(&folder), "npm")?;
    write(&done, &wanted)?;
    Ok(folder)
}

/// Installs PyPI packages, each as `name==version`, into a virtual environment of this name. Returns its interpreter.
pub fn pip(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let folder = workspace::target().join("tools").join(name);
    let python = folder.join("bin/python");
    let wanted = packages.join(" ");
    let done = folder.join("installed");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), "python3")?;
    let mut command = Command::new(&python);
    run(command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages), "pip")?;
    write(&done, &wanted)?;
    Ok(python)
}

/// Runs a command to its end. `name` is the tool that is missing if it can't be started.
pub fn run(command: &mut Command, name: &str) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("error: {name} could not be run: {error}; install it"))?;
    if status.success() { Ok(()) } else { Err(format!("error: {name} failed ({status})")) }
}

/// Runs a command to its end and returns what it prints.
pub fn output(command: &mut Command, name: &str) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("error: {name} could not be run: {error}; install it"))?;
    if !output.status.success() {
        return Err(format!("error: {name} failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("error: {name} printed something that is not UTF-8"))
}

/// Makes a folder.
pub fn make(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("error: {}: {error}", folder.display()))
}

/// Makes a folder without contents.
pub fn empty(folder: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("error: {}: {error}", folder.display()))
        }
        _ => make(folder),
    }
}

/// Writes a file below `target`.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("error: {}: {error}", path.display()))
}
