//! What the emulator knows of Plaid's API as data: paths and checks, from the catalogue.

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
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

/// The operation of a method and a path. A segment of the document's path in braces matches any segment.
pub fn find(method: &str, path: &str) -> Option<&'static Operation> {
    let catalog = Catalog::plaid();
    let exact = catalog.at_path(path).into_iter().find(|operation| operation.method == method);
    exact.or_else(|| catalog.api().operations.iter().find(|one| one.method == method && matches(&one.path, path)))
}

fn matches(pattern: &str, path: &str) -> bool {
    let is_same = |(pattern, segment): (&str, &str)| match pattern.starts_with('{') {
        true => !segment.is_empty(),
        false => pattern == segment,
    };
    pattern.contains('{')
        && pattern.split('/').count() == path.split('/').count()
        && pattern.split('/').zip(path.split('/')).all(is_same)
}

/// Checks the body of a request.
pub fn check_request(_path: &str, _body: &[u8], _lenient: bool) -> Checked {
    Checked::default()
}

/// Checks the body of a response and returns what is wrong with it.
pub fn check_response(_path: &str, _body: &Value) -> Vec<String> {
    Vec::new()
}
