//! Checks of requests by the catalog, before they leave.

use axum::http::StatusCode;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::check::{Code, Kind, Policy, Problem, Severity};
use plaid_catalog::{Catalog, Refusal as Wording};

use super::refusal::{self, Refusal};

/// What is done about a request that Plaid would refuse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// It is refused.
    #[default]
    Error,
    /// It is sent, and the response has a header that says so.
    Warn,
    /// It is sent.
    Off,
}

/// Checks a body. What is returned is wrong, but no reason to refuse it.
///
/// A body that two readers may understand in different ways is refused at each level: it is not JSON, or it has a
/// property twice. Credentials could be hidden in it.
pub fn check(catalog: &Catalog, operation: &Operation, body: &[u8], level: Check) -> Result<Vec<Problem>, Refusal> {
    let policy = const { Policy::gateway() };
    // The operation is one of the catalog.
    let problems = catalog.checker().request(&operation.id, body, &policy).unwrap_or_default();
    let counts = |problem: &Problem| is_ambiguous(problem) || level == Check::Error;
    let errors: Vec<Problem> = problems.iter().filter(|problem| counts(problem)).cloned().collect();
    let Some(wording) = Wording::of(&errors) else {
        return Ok(if level == Check::Off { Vec::new() } else { problems });
    };
    Err(Refusal {
        status: StatusCode::BAD_REQUEST,
        code: wording.error_code.into(),
        message: wording.error_message.into(),
        help: Some(help(&errors).into()),
        problems: problems.iter().map(refusal::problem).collect(),
    })
}

/// Whether readers differ about a body.
fn is_ambiguous(problem: &Problem) -> bool {
    problem.code == Code::InvalidBody
        && problem.severity == Severity::Error
        && !matches!(problem.kind, Kind::Type { .. } | Kind::Empty)
}

fn help(errors: &[Problem]) -> &'static str {
    match errors.iter().any(is_ambiguous) {
        true => "Send one JSON object, in which no property is there twice.",
        false => "See `problems`. If Plaid takes such a request, start the explorer with --check=warn.",
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, check};
    use plaid_catalog::Catalog;

    fn code(body: &str, level: Check) -> Result<usize, String> {
        let catalog = Catalog::plaid();
        let operation = catalog.operation("itemGet").expect("an operation");
        let checked = check(catalog, operation, body.as_bytes(), level);
        checked.map(|problems| problems.len()).map_err(|refusal| refusal.code.into_owned())
    }

    #[test]
    fn the_level_decides_about_what_plaid_would_refuse() {
        assert_eq!(code(r#"{"access_token":"a"}"#, Check::Error), Ok(0));
        for (body, wanted) in [
            ("{}", "MISSING_FIELDS"),
            (r#"{"access_token":1}"#, "INVALID_FIELD"),
            (r#"{"access_token":"a","x":1}"#, "UNKNOWN_FIELDS"),
            ("[]", "INVALID_BODY"),
            ("", "INVALID_BODY"),
        ] {
            assert_eq!(code(body, Check::Error), Err(wanted.to_owned()), "{body}");
            assert_eq!(code(body, Check::Warn), Ok(1), "{body}");
            assert_eq!(code(body, Check::Off), Ok(0), "{body}");
        }
    }

    #[test]
    fn bodies_that_readers_understand_differently_are_never_sent() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for body in [
            "{",
            "{} {}",
            "\u{feff}{}",
            r#"{"access_token":"a","access_token":"b"}"#,
            r#"{"secret":"a","\u0073ecret":"b"}"#,
            r#"{"access_token":"a","user":{"x":1,"x":2}}"#,
            deep.as_str(),
        ] {
            for level in [Check::Error, Check::Warn, Check::Off] {
                let found = code(body, level);
                assert_eq!(found, Err("INVALID_BODY".to_owned()), "{body:.40}");
            }
        }
        let catalog = Catalog::plaid();
        let operation = catalog.operation("itemGet").expect("an operation");
        let refused = check(catalog, operation, b"{\"access_token\":\"\xff\"}", Check::Off);
        assert!(refused.is_err_and(|refusal| refusal.code == "INVALID_BODY"));
    }

    #[test]
    fn a_refusal_says_where() {
        let catalog = Catalog::plaid();
        let operation = catalog.operation("itemGet").expect("an operation");
        let refusal = check(catalog, operation, b"{\n  \"acess_token\": \"a\"}", Check::Error).expect_err("wrong");
        let problem = &refusal.problems[1];
        assert_eq!((&problem["path"], &problem["line"]), (&"acess_token".into(), &2.into()));
        assert!(problem["message"].as_str().is_some_and(|message| !message.is_empty()));
    }
}
