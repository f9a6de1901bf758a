//! What the emulator knows of Plaid's API as data: paths and checks, from the catalogue.

use serde_json::Value;

use crate::error::ApiError;

/// What the check found in a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Why the request is refused.
    pub error: Option<ApiError>,
    /// What is unusual and accepted.
    pub warnings: Vec<String>,
}

/// Whether an operation has this method and path.
pub fn has(method: &str, path: &str) -> bool {
    method == "POST" && crate::ops::find(path).is_some()
}

/// Checks the body of a request.
pub fn check_request(_path: &str, _body: &[u8], _lenient: bool) -> Checked {
    Checked::default()
}

/// Checks the body of a response and returns what is wrong with it.
pub fn check_response(_path: &str, _body: &Value) -> Vec<String> {
    Vec::new()
}
