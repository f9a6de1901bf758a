//! Refusals of the pages' own routes.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plaid_catalog::model::Operation;
use plaid_catalog::tools::unknown::Unknown;
use serde_json::json;

use crate::app::App;

/// A request to a route of the pages that can't be carried out.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    message: String,
}

impl Refused {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// Something that the page sent is wrong.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

/// The operation of an `operationId`.
pub fn operation(app: &App, id: &str) -> Result<&'static Operation, Refused> {
    app.catalog().operation(id).ok_or_else(|| match app.catalog().find_operation(id) {
        Ok(meant) => Refused::new(
            StatusCode::NOT_FOUND,
            format!("the API has no operation `{id}`; did you mean `{}`?", meant.id),
        ),
        Err(unknown) => unknown.into(),
    })
}

impl From<Unknown> for Refused {
    fn from(unknown: Unknown) -> Self {
        Self::new(StatusCode::NOT_FOUND, unknown.to_string())
    }
}

/// In the shape of Plaid's errors, with a header that says who refused.
impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({
            "error_type": "INVALID_REQUEST", "error_code": "EXPLORER", "error_message": self.message, "display_message": null,
        });
        (self.status, [("plaid-explorer", "refused")], Json(body)).into_response()
    }
}
