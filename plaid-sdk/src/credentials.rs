//! The client id and secret, as the headers they are sent in.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::Error;

/// A client's id and secret. Never printed; wiped from memory when the last request that carries them is gone.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) client_id: HeaderValue,
    pub(crate) secret: HeaderValue,
}

impl Credentials {
    pub(crate) fn new(client_id: String, secret: String) -> Result<Self, Error> {
        Self::named(["client id", "secret"], client_id, secret)
    }

    /// The same, called by other names in errors.
    pub(crate) fn named([id, key]: [&str; 2], client_id: String, secret: String) -> Result<Self, Error> {
        Ok(Self { client_id: header(id, client_id)?, secret: header(key, secret)? })
    }
}

/// A header whose copies share one buffer, which overwrites itself in the end.
fn header(what: &str, text: String) -> Result<HeaderValue, Error> {
    let text = Zeroizing::new(text.into_bytes());
    if text.is_empty() {
        return Err(Error::build(format!("the {what} is empty")));
    }
    // A line break at the end of a file is the usual one.
    if !text.iter().all(u8::is_ascii_graphic) {
        return Err(Error::build(format!("the {what} has a space, a line break or another character that none has")));
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
            let error = Credentials::new(id.to_owned(), secret.to_owned()).unwrap_err();
            assert!(error.to_string().contains(named), "{error}");
            assert!(!format!("{error} {error:?}").contains("nter2"), "{error}");
        }
    }

    #[test]
    fn nothing_is_printed() {
        let credentials = Credentials::new("id-1".to_owned(), "hunter2".to_owned()).unwrap();
        let printed = format!("{credentials:?} {:?} {:?}", credentials.client_id, credentials.secret);
        assert!(!printed.contains("hunter2") && !printed.contains("id-1"), "{printed}");
    }
}
