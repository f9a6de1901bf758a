//! A document over HTTPS.

use std::io::Read;
use std::time::Duration;

use codegen::Input;

/// The size limit in bytes: ten times Plaid's document.
const LIMIT: u64 = 32 * 1024 * 1024;

/// Fetches a document over HTTPS. The server's certificate may be signed by one more authority than those of the platform.
pub fn fetch(url: &str, certificate: Option<reqwest::Certificate>) -> Result<Input, String> {
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
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests;
