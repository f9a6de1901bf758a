//! The error in the body of Plaid's response.

use std::fmt;

use serde_json::{Map, Value};

use crate::generated::ErrorCode;
use crate::runtime::error_code::{Recovery, Remedy};
use crate::runtime::redact;

/// The error in the body of Plaid's response.
///
/// Branch on [`code`](Self::code) and [`error_type`](Self::error_type): they are stable, unlike the messages, and more specific
/// than the HTTP status. Codes and types that this version does not know keep their text. A property that is missing, `null`
/// or of an unexpected type is `None`.
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
    /// Parses the body of an error: Plaid's format, or that of OAuth (RFC 6749), which the `/oauth` operations use. `None` for
    /// anything else.
    pub(crate) fn from_json(body: &[u8]) -> Option<Self> {
        let Value::Object(mut body) = serde_json::from_slice(body).ok()? else { return None };
        let error_type = text(&mut body, "error_type");
        let plaid = text(&mut body, "error_code");
        let oauth = text(&mut body, "error").filter(|code| is_oauth_code(code));
        if error_type.is_none() && plaid.is_none() && oauth.is_none() {
            return None;
        }
        Some(Self {
            error_type,
            code: plaid.or(oauth).map(ErrorCode::from),
            code_reason: text(&mut body, "error_code_reason"),
            message: text(&mut body, "error_message").or_else(|| text(&mut body, "error_description")),
            display_message: text(&mut body, "display_message"),
            request_id: text(&mut body, "request_id"),
            causes: list(&mut body, "causes"),
            status: body.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok()),
            documentation_url: text(&mut body, "documentation_url").or_else(|| text(&mut body, "error_uri")),
            suggested_action: text(&mut body, "suggested_action"),
            required_account_subtypes: texts(&mut body, "required_account_subtypes"),
            provided_account_subtypes: texts(&mut body, "provided_account_subtypes"),
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

fn text(body: &mut Map<String, Value>, name: &str) -> Option<String> {
    match body.remove(name)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

fn list(body: &mut Map<String, Value>, name: &str) -> Vec<Value> {
    match body.remove(name) {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    }
}

fn texts(body: &mut Map<String, Value>, name: &str) -> Vec<String> {
    let strings = list(body, name).into_iter().filter_map(|value| match value {
        Value::String(text) => Some(text),
        _ => None,
    });
    strings.collect()
}

/// Whether it is a code of OAuth, and not the message of a gateway that also uses the property `error`.
fn is_oauth_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl fmt::Display for ApiError {
    /// The code, the type and the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code().map(ErrorCode::as_str), self.error_type()) {
            (Some(code), Some(kind)) => write!(f, "{} ({})", redact::text(code), redact::text(kind))?,
            (Some(name), None) | (None, Some(name)) => f.write_str(&redact::text(name))?,
            (None, None) => f.write_str("unnamed error")?,
        }
        if let Some(message) = self.message() {
            write!(f, ": {}", redact::text(message))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    // Causes contain ids of Items, and messages may repeat values of the request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("error_type", &self.error_type)
            .field("code", &self.code)
            .field("code_reason", &self.code_reason)
            .field("message", &self.message().map(redact::text))
            .field("request_id", &self.request_id)
            .field("causes", &self.causes.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> ApiError {
        ApiError::from_json(json.as_bytes()).unwrap()
    }

    #[test]
    fn every_property_is_read() {
        let error = read(
            r#"{"error_type": "ASSET_REPORT_ERROR", "error_code": "DATA_UNAVAILABLE", "error_code_reason": "R",
                "error_message": "m", "display_message": "d", "request_id": "r", "causes": [{"item_id": "i"}],
                "status": 400, "documentation_url": "https://u", "suggested_action": "a",
                "required_account_subtypes": ["checking"], "provided_account_subtypes": ["cd", null]}"#,
        );
        assert_eq!(
            (error.error_type(), error.code().map(ErrorCode::as_str)),
            (Some("ASSET_REPORT_ERROR"), Some("DATA_UNAVAILABLE"))
        );
        assert_eq!((error.code_reason(), error.message(), error.display_message()), (Some("R"), Some("m"), Some("d")));
        assert_eq!((error.request_id(), error.status(), error.causes().len()), (Some("r"), Some(400), 1));
        assert_eq!((error.documentation_url(), error.suggested_action()), (Some("https://u"), Some("a")));
        assert_eq!(error.required_account_subtypes(), ["checking"]);
        assert_eq!(error.provided_account_subtypes(), ["cd"]);
        assert_eq!(error.to_string(), "DATA_UNAVAILABLE (ASSET_REPORT_ERROR): m");
    }

    #[test]
    fn nulls_missing_properties_and_wrong_types_are_none() {
        let error = read(r#"{"error_code": "NEW_CODE", "error_message": null, "causes": {}, "status": "400"}"#);
        assert_eq!(
            (error.code().map(ErrorCode::as_str), error.error_type(), error.message()),
            (Some("NEW_CODE"), None, None)
        );
        assert_eq!((error.status(), error.causes()), (None, &[][..]));
        assert_eq!(error.to_string(), "NEW_CODE");
        assert_eq!(read(r#"{"error_type": "API_ERROR", "error_code": 7}"#).code(), None);
    }

    #[test]
    fn the_format_of_oauth_is_an_error_too() {
        let error = read(r#"{"error": "invalid_grant", "error_description": "gone", "error_uri": "https://u"}"#);
        assert_eq!((error.code().map(ErrorCode::as_str), error.message()), (Some("invalid_grant"), Some("gone")));
        assert_eq!(error.documentation_url(), Some("https://u"));
    }

    #[test]
    fn other_bodies_are_not_errors_of_plaid() {
        for body in ["", "null", "[]", "<html>", "{}", r#"{"error": "Not Found"}"#, r#"{"error": {}}"#, r#"{"a": "#] {
            assert_eq!(ApiError::from_json(body.as_bytes()), None, "{body}");
        }
    }
}
