//! Fetches a document. HTTP and TLS are a feature of xtask, so that the other commands build without them. Tests have them.

#[cfg(any(feature = "fetch", test))]
mod https;

use codegen::Input;

/// Fetches the document at an address.
#[cfg(feature = "fetch")]
pub fn fetch(url: &str) -> Result<Input, String> {
    https::fetch(url, None)
}

/// Builds xtask with the feature and runs the same command with it.
#[cfg(not(feature = "fetch"))]
pub fn fetch(url: &str) -> Result<Input, String> {
    use crate::workspace;
    eprintln!("building xtask with HTTP and TLS to fetch {url}");
    let status = std::process::Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--features", "fetch", "--"])
        .args(std::env::args_os().skip(1))
        .current_dir(workspace::root())
        .status()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    // That run has done everything and printed its messages.
    std::process::exit(status.code().unwrap_or(1));
}
