//! The errors by which Plaid refuses a body, in its codes and its manner.

use api_tools::check::{Code, JsonType, Kind, Problem, Severity};

/// An error by which Plaid refuses a request: its type, its code and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `error_type`. That of a body is always this one.
    pub error_type: &'static str,
    /// `error_code`.
    pub error_code: &'static str,
    /// `error_message`. It is for developers.
    pub error_message: String,
}

impl Refusal {
    /// The error for what a check found. Plaid reports one code at a time: a body that can't be read, else all unknown
    /// properties, else all missing ones, else the first wrong value. Returns `None` if none of the problems is an error.
    pub fn of(problems: &[Problem]) -> Option<Self> {
        let errors = || problems.iter().filter(|problem| problem.severity == Severity::Error);
        let of = |code: Code| errors().filter(move |problem| problem.code == code);
        let message = if of(Code::InvalidBody).next().is_some() {
            (Code::InvalidBody, "body could not be parsed as JSON".to_owned())
        } else if of(Code::UnknownFields).next().is_some() {
            let paths = paths(of(Code::UnknownFields));
            (Code::UnknownFields, format!("the following fields are not recognized by this endpoint: {paths}"))
        } else if of(Code::MissingFields).next().is_some() {
            let paths = paths(of(Code::MissingFields));
            (Code::MissingFields, format!("the following required fields are missing: {paths}"))
        } else {
            (Code::InvalidField, invalid(of(Code::InvalidField).next()?))
        };
        let (code, error_message) = message;
        Some(Self { error_type: "INVALID_REQUEST", error_code: code.as_str(), error_message })
    }
}

/// The properties, each once, in the order of the body.
fn paths<'a>(problems: impl Iterator<Item = &'a Problem>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for problem in problems {
        if !all.contains(&problem.path.as_str()) {
            all.push(&problem.path);
        }
    }
    all.join(", ")
}

/// The message about a wrong value.
fn invalid(problem: &Problem) -> String {
    let path = if problem.path.is_empty() { "body" } else { &problem.path };
    match &problem.kind {
        Kind::Type { expected, .. } => {
            let expected: Vec<&str> = expected.iter().map(|one| with_article(*one)).collect();
            format!("{path} must be {}", expected.join(" or "))
        }
        Kind::TooShort { min_length: 1, .. } => format!("{path} must be a non-empty string"),
        kind => format!("{path} {kind}"),
    }
}

fn with_article(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}
