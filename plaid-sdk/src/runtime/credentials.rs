//! The client id and secret, stored as the headers that carry them.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use zeroize::Zeroizing;

use crate::runtime::error::Error;

/// A client id and secret. They are never printed, and wiped from memory when the last copy and the last request with them are
/// dropped. Clones are cheap.
///
/// A program that acts for several of Plaid's customers keeps one of each, and one client:
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
/// use plaid_sdk::client::Credentials;
/// use plaid_sdk::accounts::AccountsGetRequest;
///
/// let tenant = Credentials::new("client-id", "secret")?;
/// // For one call, or for a client that shares the first one's connections:
/// let response = plaid.accounts_get(AccountsGetRequest::new("access-sandbox-…")).credentials(&tenant).await?;
/// let theirs = plaid.with_credentials(&tenant);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Credentials {
    client_id: HeaderValue,
    secret: HeaderValue,
}

impl Credentials {
    /// The client id and secret from Plaid's dashboard. Each environment has its own secret.
    ///
    /// # Errors
    /// One of them is empty or has an invalid character, such as a line break.
    pub fn new(client_id: impl Into<String>, secret: impl Into<String>) -> Result<Self, Error> {
        Self::named(["client id", "secret"], client_id.into(), secret.into())
    }

    /// The same, with other names in errors.
    pub(crate) fn named([id, key]: [&str; 2], client_id: String, secret: String) -> Result<Self, Error> {
        Ok(Self { client_id: header(id, client_id)?, secret: header(key, secret)? })
    }

    /// Sets the headers of a request.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) {
        headers.insert("plaid-client-id", self.client_id.clone());
        headers.insert("plaid-secret", self.secret.clone());
    }
}

/// A header whose clones share one buffer, which is overwritten when the last one is dropped.
fn header(what: &str, text: String) -> Result<HeaderValue, Error> {
    let text = Zeroizing::new(text.into_bytes());
    if text.is_empty() {
        return Err(Error::build(format!("the {what} is empty")));
    }
    // Usually it is the line break at the end of a file.
    if !text.iter().all(u8::is_ascii_graphic) {
        return Err(Error::build(format!("the {what} has a space, a line break or another invalid character")));
    }
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| Error::build(format!("the {what} can't be sent in a header")))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_credential_is_refused_by_name_and_not_repeated() {
        for (id, secret, named) in
            [("", "s", "client id"), ("id", "", "secret"), ("id", "hunter2\n", "secret"), ("hünter2", "s", "client id")]
        {
            let error = Credentials::new(id, secret).unwrap_err();
            assert!(error.to_string().contains(named), "{error}");
            assert!(!format!("{error} {error:?}").contains("nter2"), "{error}");
        }
    }

    #[test]
    fn nothing_is_printed() {
        let credentials = Credentials::new("id-1", "hunter2").unwrap();
        let printed = format!("{credentials:?} {:?} {:?}", credentials.client_id, credentials.secret);
        assert!(!printed.contains("hunter2") && !printed.contains("id-1"), "{printed}");
    }
}
