//! Servers of the workspace as other processes.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::{packages, workspace};

/// A server that prints its address. It ends when this is dropped.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub url: String,
}

impl Running {
    /// Builds the program of a package and starts it.
    pub fn start(package: &str, arguments: &[&str]) -> Result<Self, String> {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", package]).current_dir(workspace::root());
        packages::run(&mut build, "cargo")?;
        let program = workspace::target().join("debug").join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(program);
        // With credentials in the environment, the explorer would call Plaid.
        for name in ["PLAID_CLIENT_ID", "PLAID_SECRET", "PLAID_ENV", "PLAID_BASE_URL", "PLAID_EXPLORER_TOKEN"] {
            command.env_remove(name);
        }
        command.args(arguments).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("error: {package} did not start: {error}"))?;
        let line = child.stdout.take().and_then(|stdout| BufReader::new(stdout).lines().next());
        let mut running = Self { child, url: String::new() };
        match line {
            Some(Ok(line)) => match line.split_once("http://") {
                Some((_, rest)) => {
                    let address = rest.split([',', ' ']).next().unwrap_or_default();
                    running.url = format!("http://{}", address.trim());
                    Ok(running)
                }
                None => Err(format!("error: {package} printed no address but {line:?}")),
            },
            _ => Err(format!("error: {package} ended before it printed its address")),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself needs no more.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}
