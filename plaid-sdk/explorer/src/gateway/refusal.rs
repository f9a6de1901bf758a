//! Answers that the gateway gives itself, in the shape of Plaid's errors.

use std::borrow::Cow;

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use plaid_catalog::tools::check::Problem;
use serde_json::{Value, json};

/// The header of responses that say something about the gateway: `refused`, or `warned`.
pub const HEADER: &str = "plaid-explorer";

/// A request that is not sent, or a response that is not passed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub status: StatusCode,
    pub code: Cow<'static, str>,
    pub message: Cow<'static, str>,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// What is wrong with the body, as `problem` writes it.
    pub problems: Vec<Value>,
}

impl Refusal {
    /// A refusal with its reason and what to do.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        let help = Some(help.into());
        Self { status, code: Cow::Borrowed(code), message: message.into(), help, problems: Vec::new() }
    }

    /// The response. All members of Plaid's errors are there, so its clients can read it.
    pub fn response(&self) -> Response<Body> {
        let error_type = if self.status.is_server_error() { "API_ERROR" } else { "INVALID_REQUEST" };
        let body = json!({
            "display_message": null,
            "documentation_url": null,
            "error_code": self.code,
            "error_message": self.message,
            "error_type": error_type,
            "problems": self.problems,
            "request_id": request_id(),
            "suggested_action": self.help,
        });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(HEADER, HeaderValue::from_static("refused"));
        super::headers::protect(headers);
        response
    }
}

/// A problem of a body as `problems` lists it.
pub fn problem(problem: &Problem) -> Value {
    json!({
        "code": problem.code,
        "column": problem.position.column,
        "line": problem.position.line,
        "message": problem.kind.to_string(),
        "path": problem.path,
        "severity": problem.severity,
    })
}

/// An id that looks like Plaid's.
fn request_id() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz1234567";
    let mut bytes = [0; 15];
    // Without random numbers all refusals have the same id. They are sent all the same.
    let _filled = SystemRandom::new().fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::Refusal;
    use axum::body::to_bytes;
    use axum::http::StatusCode;
    use serde_json::Value;

    #[tokio::test]
    async fn a_refusal_has_all_members_of_an_error_of_plaid() {
        let refusal = Refusal::new(StatusCode::BAD_GATEWAY, "UPSTREAM_FAILED", "why", "what to do");
        let response = refusal.response();
        assert_eq!(response.headers()["plaid-explorer"], "refused");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let body = to_bytes(response.into_body(), 10_000).await.expect("a body");
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        let names: Vec<&String> = body.as_object().expect("an object").keys().collect();
        assert_eq!(
            names,
            [
                "display_message",
                "documentation_url",
                "error_code",
                "error_message",
                "error_type",
                "problems",
                "request_id",
                "suggested_action"
            ]
        );
        assert_eq!((&body["error_type"], &body["error_code"]), (&"API_ERROR".into(), &"UPSTREAM_FAILED".into()));
        assert_eq!(body["request_id"].as_str().map(str::len), Some(15));
    }
}
