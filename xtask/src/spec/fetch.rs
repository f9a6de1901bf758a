//! Fetches a document. HTTP and TLS are a feature of xtask, so that the other commands build without them.

use codegen::Input;

/// Fetches the document at an address.
#[cfg(feature = "fetch")]
pub fn fetch(url: &str) -> Result<Input, String> {
    fetch_with(url, None)
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

/// The size limit in bytes: ten times Plaid's document.
#[cfg(feature = "fetch")]
const LIMIT: u64 = 32 * 1024 * 1024;

#[cfg(feature = "fetch")]
fn fetch_with(url: &str, certificate: Option<reqwest::Certificate>) -> Result<Input, String> {
    use std::io::Read;
    use std::time::Duration;

    let failed =
        |error: &dyn std::fmt::Display| format!("error: {url} could not be fetched: {error}; nothing was changed");
    if !url.starts_with("https://") {
        return Err(failed(&"only addresses with https are fetched"));
    }
    let mut client = reqwest::blocking::Client::builder()
        .https_only(true)
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(120))
        .user_agent("plaid-sdk-xtask");
    if let Some(certificate) = certificate {
        client = client.tls_certs_merge([certificate]);
    }
    let client = client.build().map_err(|error| failed(&with_causes(&error)))?;
    let response = client.get(url).send().map_err(|error| failed(&with_causes(&error)))?;
    if !response.status().is_success() {
        return Err(failed(&format!("the server responded with {}", response.status())));
    }
    let mut bytes = Vec::new();
    response.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(failed(&format!("it is larger than {LIMIT} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| failed(&"it is not UTF-8 text"))?;
    Ok(Input { name: url.to_owned(), text })
}

/// An error with its sources: the outermost message alone does not give the reason.
#[cfg(feature = "fetch")]
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(all(test, feature = "fetch"))]
mod tests;
