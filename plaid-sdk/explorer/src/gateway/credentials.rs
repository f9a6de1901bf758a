//! What Plaid identifies an application by.

use std::fmt;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

static CLIENT_ID: HeaderName = HeaderName::from_static("plaid-client-id");
static SECRET: HeaderName = HeaderName::from_static("plaid-secret");

/// How many characters a secret has at least. A shorter one would be found by chance in responses.
const SHORTEST: usize = 8;

/// A client id and its secret. `Debug` shows neither.
#[derive(Clone)]
pub struct Credentials {
    client_id: HeaderValue,
    secret: HeaderValue,
}

/// Texts that can't be credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialsError {
    /// The client id has characters that a header can't have, or none at all.
    ClientId,
    /// The secret has such characters.
    Secret,
    /// The secret is too short to be one.
    ShortSecret,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClientId => f.write_str("the client id is empty, or has characters that a header can't have"),
            Self::Secret => f.write_str("the secret has characters that a header can't have"),
            Self::ShortSecret => write!(f, "the secret is too short: it has at least {SHORTEST} characters"),
        }
    }
}

impl std::error::Error for CredentialsError {}

impl Credentials {
    /// A client id and its secret.
    ///
    /// # Errors
    /// One of them can't be the value of a header, or the secret is too short to be one.
    pub fn new(client_id: &str, secret: &str) -> Result<Self, CredentialsError> {
        if secret.len() < SHORTEST {
            return Err(CredentialsError::ShortSecret);
        }
        let client_id = value(client_id).filter(|value| !value.is_empty()).ok_or(CredentialsError::ClientId)?;
        Ok(Self { client_id, secret: value(secret).ok_or(CredentialsError::Secret)? })
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

    /// The bytes of the secret.
    pub(super) fn secret(&self) -> &[u8] {
        self.secret.as_bytes()
    }

    /// Adds the headers by which Plaid knows the application.
    pub(super) fn add_to(&self, headers: &mut HeaderMap) {
        headers.insert(&CLIENT_ID, self.client_id.clone());
        headers.insert(&SECRET, self.secret.clone());
    }
}

/// A value that libraries don't print.
fn value(text: &str) -> Option<HeaderValue> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    let mut value = HeaderValue::from_str(text).ok().filter(|_| is_plain)?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, CredentialsError};

    #[test]
    fn credentials_are_texts_of_a_header() {
        let error = |client_id: &str, secret: &str| Credentials::new(client_id, secret).err();
        assert_eq!(error("id", "0123456789"), None);
        assert_eq!(error("", "0123456789"), Some(CredentialsError::ClientId));
        assert_eq!(error("a\r\nb", "0123456789"), Some(CredentialsError::ClientId));
        assert_eq!(error("id", "0123456789\n"), Some(CredentialsError::Secret));
        assert_eq!(error("id", "0123456 89"), Some(CredentialsError::Secret));
        assert_eq!(error("id", "short"), Some(CredentialsError::ShortSecret));
        let shown = format!("{:?}", Credentials::new("my-id", "my-secret-text"));
        assert!(!shown.contains("my-"), "{shown}");
    }
}
