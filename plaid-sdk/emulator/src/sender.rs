//! The HTTP clients that send webhooks.

use std::sync::OnceLock;
use std::time::Duration;

/// How long a receiver of webhooks may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Clients for webhooks. Each is made when the first webhook needs it: to read the certificates that the platform trusts takes
/// time, fails where there are none, and most receivers are on the same machine, without TLS.
#[derive(Debug, Default)]
pub struct Senders {
    plain: OnceLock<Made>,
    tls: OnceLock<Made>,
}

/// A client, or why it could not be made.
type Made = Result<reqwest::Client, String>;

impl Senders {
    /// The client for a URL.
    ///
    /// # Errors
    /// If the URL needs TLS and no certificates of authorities are found.
    pub fn of(&self, url: &str) -> Made {
        let is_tls = url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
        let made = if is_tls { &self.tls } else { &self.plain };
        made.get_or_init(|| {
            let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
            let client = if is_tls { client } else { client.tls_certs_only([]) };
            client.build().map_err(|error| reason(&error))
        })
        .clone()
    }
}

/// The innermost cause: `Connection refused`. The outer ones only say that a request failed.
pub fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
