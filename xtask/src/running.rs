//! A program of the workspace that listens, as another process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::{packages, workspace};

/// A running program. It ends when this is dropped.
pub struct Running {
    child: Child,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl Running {
    /// Builds the package's program of the same name and starts it on a free port, with no credentials in its environment.
    pub fn start(package: &str, arguments: &[&str]) -> Result<Self, String> {
        Self::start_program(&program(package)?, arguments)
    }

    /// The same with a program that is built already.
    pub fn start_program(program: &Path, arguments: &[&str]) -> Result<Self, String> {
        let package = program.display();
        let mut command = Command::new(program);
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped());
        for name in ["PLAID_CLIENT_ID", "PLAID_SECRET", "PLAID_ENV", "PLAID_BASE_URL", "PLAID_EXPLORER_TOKEN"] {
            command.env_remove(name);
        }
        let mut child = command.spawn().map_err(|error| format!("error: {package} did not start: {error}"))?;
        let line = child.stdout.take().and_then(|stdout| BufReader::new(stdout).lines().next());
        let mut running = Self { child, url: String::new() };
        match line {
            Some(Ok(line)) => match line.split_once("http://") {
                Some((_, address)) => {
                    let address = address.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '/']);
                    running.url = format!("http://{address}");
                    Ok(running)
                }
                None => Err(format!("error: {package} printed no address but {line:?}")),
            },
            _ => Err(format!("error: {package} ended before it printed its address")),
        }
    }

    /// Its resident memory in bytes.
    pub fn resident(&self) -> Result<u64, String> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("error: {path}: {error}; resident memory is measured on Linux only"))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.map(|number| number * 1024).ok_or_else(|| format!("error: {path} has no line VmRSS"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself needs no more.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

/// A folder with the programs and examples of the workspace, if they are built already: `.ci/run` builds all of them once,
/// with the features that all packages need together. What cargo builds for one package has other features.
const BUILT: &str = "XTASK_PROGRAMS";

/// The path of the program of a package of the same name. It is built, unless all programs are.
pub fn program(package: &str) -> Result<PathBuf, String> {
    let folder = built(&["--package", package])?;
    Ok(folder.join(format!("{package}{}", std::env::consts::EXE_SUFFIX)))
}

/// The folder with the SDK's examples. They are built, unless all programs are.
pub fn examples() -> Result<PathBuf, String> {
    Ok(built(&["--package", "plaid-sdk", "--examples"])?.join("examples"))
}

fn built(what: &[&str]) -> Result<PathBuf, String> {
    if let Some(folder) = std::env::var_os(BUILT) {
        return Ok(PathBuf::from(folder));
    }
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet"]).args(what).current_dir(workspace::root());
    packages::run(&mut build, "cargo")?;
    Ok(workspace::target().join("debug"))
}
