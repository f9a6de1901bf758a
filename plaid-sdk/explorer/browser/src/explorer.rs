//! The explorer as a process of its own, on the emulator.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A running explorer. It ends when this is dropped.
pub struct Explorer {
    child: Child,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl Explorer {
    /// Starts the program that `PLAID_EXPLORER` names, on a free port.
    ///
    /// # Errors
    /// If the variable is missing, or if the program does not print an address.
    pub fn start(arguments: &[&str]) -> Result<Self> {
        let program = std::env::var_os("PLAID_EXPLORER")
            .context("PLAID_EXPLORER does not name the program; run `cargo xtask explorer browser`")?;
        let mut command = Command::new(&program);
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped());
        for name in ["PLAID_CLIENT_ID", "PLAID_SECRET", "PLAID_ENV", "PLAID_BASE_URL"] {
            command.env_remove(name);
        }
        let mut child = command.spawn().with_context(|| format!("{} did not start", program.display()))?;
        let mut lines = BufReader::new(child.stdout.take().context("the program has no output")?).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '/']);
                let url = format!("http://{address}");
                // What it prints later is read, so that it never waits for a full pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Self { child, url });
            }
        }
        bail!("the explorer ended before it printed its address")
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        // One that has ended by itself needs no more.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}
