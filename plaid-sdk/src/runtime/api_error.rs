//! The error in the body of Plaid's response.

mod read;

use std::fmt;

use serde_json::{Map, Value};

use crate::generated::ErrorCode;
use crate::runtime::error_code::{Recovery, Remedy};
use crate::runtime::redact::Secrets;

/// The error in the body of Plaid's response.
///
/// Branch on [`code`](Self::code) and [`error_type`](Self::error_type): they are stable, unlike the messages, and more specific
/// than the HTTP status. Codes and types that this version does not know keep their text. A property that is missing, `null`
/// or of an unexpected type is `None`.
///
/// Tokens and the credentials of the request are replaced by `[redacted]` in all texts, and longer texts than a message are cut
/// off. [`Error::raw_body`](crate::Error::raw_body) returns the body as it was received.
#[derive(Clone, PartialEq)]
pub struct ApiError {
    error_type: Option<String>,
    code: Option<ErrorCode>,
    code_reason: Option<String>,
    message: Option<String>,
    display_message: Option<String>,
    request_id: Option<String>,
    causes: Vec<Value>,
    status: Option<u16>,
    documentation_url: Option<String>,
    suggested_action: Option<String>,
    required_account_subtypes: Vec<String>,
    provided_account_subtypes: Vec<String>,
}

impl ApiError {
    /// Reads the body of an error, for example a stored one: Plaid's format, or that of OAuth (RFC 6749), which the `/oauth`
    /// operations use. `None` for anything else.
    ///
    /// The code, the type, the request id and the messages are also found in a body that is damaged: cut off, with bytes that
    /// are not UTF-8, or followed by other bytes. They are found in an object that wraps the error, too.
    ///
    /// ```
    /// use plaid_sdk::ErrorCode;
    /// use plaid_sdk::error::ApiError;
    ///
    /// let cut = br#"{"error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_mess"#;
    /// let error = ApiError::from_json(cut).unwrap();
    /// assert_eq!(error.code(), Some(&ErrorCode::ItemLoginRequired));
    /// ```
    pub fn from_json(body: &[u8]) -> Option<Self> {
        Self::read(body, &Secrets::default())
    }

    /// Reads the body of an error, and redacts the secrets of the request in its texts.
    pub(crate) fn read(body: &[u8], secrets: &Secrets) -> Option<Self> {
        let mut body = read::find(body)?;
        let mut text = |name: &str| match body.remove(name)? {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        };
        let message = |text: String| secrets.text(&text).into_owned();
        let code = text("error_code").or_else(|| text("error").filter(|code| read::is_oauth(code)));
        Some(Self {
            error_type: text("error_type").map(message),
            // A code of the table can't be a secret, whatever the credentials are.
            code: code.map(ErrorCode::from).map(|code| match code {
                ErrorCode::Unknown(code) => ErrorCode::from(message(code.as_str().to_owned())),
                listed => listed,
            }),
            code_reason: text("error_code_reason").map(message),
            message: text("error_message").or_else(|| text("error_description")).map(message),
            display_message: text("display_message").map(message),
            request_id: text("request_id").map(|id| secrets.word(&id).to_owned()),
            documentation_url: text("documentation_url").or_else(|| text("error_uri")).map(message),
            suggested_action: text("suggested_action").map(message),
            causes: list(&mut body, "causes").into_iter().map(|cause| redacted(cause, secrets)).collect(),
            status: body.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok()),
            required_account_subtypes: texts(&mut body, "required_account_subtypes", secrets),
            provided_account_subtypes: texts(&mut body, "provided_account_subtypes", secrets),
        })
    }

    /// The category of the error, such as `ITEM_ERROR`.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// The error code, such as `ITEM_LOGIN_REQUIRED`, with advice; for the `/oauth` operations, their `error`, such as
    /// `invalid_grant`. A code that this version does not know keeps its text.
    pub const fn code(&self) -> Option<&ErrorCode> {
        self.code.as_ref()
    }

    /// What helps, if the code or the error type is listed.
    pub fn recovery(&self) -> Option<Recovery> {
        self.remedy().map(|remedy| remedy.recovery)
    }

    pub(crate) fn remedy(&self) -> Option<Remedy> {
        Remedy::find(self.code(), self.error_type())
    }

    /// More detail on the code, such as why an OAuth connection has ended.
    pub fn code_reason(&self) -> Option<&str> {
        self.code_reason.as_deref()
    }

    /// A message for developers. Its wording changes over time.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// A message for the user of the application, if there is one.
    pub fn display_message(&self) -> Option<&str> {
        self.display_message.as_deref()
    }

    /// The id of the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The causes of this error: one for each Item of a report that could not be created.
    pub fn causes(&self) -> &[Value] {
        &self.causes
    }

    /// The HTTP status in the body, which Plaid sets when an error is part of another object. For the status of the response,
    /// see [`Error::status`](crate::Error::status).
    pub const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The URL of Plaid's documentation of the error.
    pub fn documentation_url(&self) -> Option<&str> {
        self.documentation_url.as_deref()
    }

    /// The action that Plaid suggests.
    pub fn suggested_action(&self) -> Option<&str> {
        self.suggested_action.as_deref()
    }

    /// The requested account subtypes, if the user's accounts have none of them.
    pub fn required_account_subtypes(&self) -> &[String] {
        &self.required_account_subtypes
    }

    /// The account subtypes that the user's accounts have.
    pub fn provided_account_subtypes(&self) -> &[String] {
        &self.provided_account_subtypes
    }
}

fn list(body: &mut Map<String, Value>, name: &str) -> Vec<Value> {
    match body.remove(name) {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    }
}

fn texts(body: &mut Map<String, Value>, name: &str, secrets: &Secrets) -> Vec<String> {
    let strings = list(body, name).into_iter().filter_map(|value| match value {
        Value::String(text) => Some(secrets.text(&text).into_owned()),
        _ => None,
    });
    strings.collect()
}

/// The value with its texts redacted. Its depth is limited by serde_json.
fn redacted(value: Value, secrets: &Secrets) -> Value {
    match value {
        Value::String(text) => Value::String(secrets.text(&text).into_owned()),
        Value::Array(values) => values.into_iter().map(|value| redacted(value, secrets)).collect(),
        Value::Object(object) => object.into_iter().map(|(name, value)| (name, redacted(value, secrets))).collect(),
        other => other,
    }
}

impl fmt::Display for ApiError {
    /// The code, the type and the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code().map(ErrorCode::as_str), self.error_type()) {
            (Some(code), Some(kind)) => write!(f, "{code} ({kind})")?,
            (Some(name), None) | (None, Some(name)) => f.write_str(name)?,
            (None, None) => f.write_str("unnamed error")?,
        }
        match self.message() {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    // Causes contain ids of Items, and the message for the user may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("error_type", &self.error_type)
            .field("code", &self.code)
            .field("code_reason", &self.code_reason)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("causes", &self.causes.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;
