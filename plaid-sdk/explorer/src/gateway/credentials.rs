//! What Plaid identifies an application by.

use std::fmt;

use axum::http::{HeaderMap, HeaderValue};

/// A client id and its secret. `Debug` shows neither.
#[derive(Clone)]
pub struct Credentials {
    client_id: HeaderValue,
    secret: HeaderValue,
}

impl Credentials {
    /// A client id and its secret. Returns `None` if one of them can't be the value of a header.
    pub fn new(client_id: &str, secret: &str) -> Option<Self> {
        let mut secret = HeaderValue::from_str(secret).ok()?;
        secret.set_sensitive(true);
        Some(Self { client_id: HeaderValue::from_str(client_id).ok()?, secret })
    }

    /// The credentials for the emulator, which takes any.
    pub fn emulator() -> Self {
        let client_id = HeaderValue::from_static("0123456789abcdef01234567");
        Self { client_id, secret: HeaderValue::from_static("emulator-secret") }
    }

    /// The client id.
    pub fn client_id(&self) -> &str {
        self.client_id.to_str().unwrap_or_default()
    }

    /// Adds the headers by which Plaid knows the application.
    pub(super) fn add_to(&self, headers: &mut HeaderMap) {
        headers.insert("plaid-client-id", self.client_id.clone());
        headers.insert("plaid-secret", self.secret.clone());
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}
