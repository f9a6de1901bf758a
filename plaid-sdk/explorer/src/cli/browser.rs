//! Opens the browser.

use std::process::{Command, Stdio};

/// Opens an address of our own making in the browser.
pub fn open(url: &str) -> Result<(), String> {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = command.spawn();
    started.map(drop).map_err(|error| format!("can't open the browser: {error}. Open {url} yourself, without --open"))
}
