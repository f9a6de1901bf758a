//! Who sends a request: the client id and the secret, in headers or in the body.

use serde_json::Value;

use crate::error::ApiError;
use crate::fields::Fields;
use crate::request::Request;

/// The credentials of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The client id: 24 hexadecimal digits.
    pub client_id: String,
    /// The secret.
    pub secret: String,
}

impl Caller {
    /// Reads the credentials. Those in the body win, as with Plaid.
    ///
    /// # Errors
    /// `INVALID_FIELD` for a client id that has not the form of one, `MISSING_FIELDS` without a secret.
    pub fn of(request: &Request<'_>, body: &Value) -> Result<Self, ApiError> {
        let fields = Fields(body);
        let client_id = fields.text("client_id").or(request.client_id).unwrap_or_default();
        if client_id.len() != 24 || !client_id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let message = "client_id must be a properly formatted, non-empty string";
            return Err(ApiError::invalid_field(message));
        }
        match fields.text("secret").or_else(|| fields.text("client_secret")).or(request.secret) {
            Some(secret) if !secret.is_empty() => {
                Ok(Self { client_id: client_id.to_owned(), secret: secret.to_owned() })
            }
            _ => Err(ApiError::missing_fields("secret")),
        }
    }
}
