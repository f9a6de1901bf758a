//! Calls of operations, and what a model sees of the responses.

use axum::body::{Body, to_bytes};
use axum::http::{Response, StatusCode, header};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use plaid_catalog::tools::check::{Policy, Problem, Severity};
use plaid_catalog::tools::json;

use super::results::Content;
use super::session::{Answer, Link, Session};
use super::shorten::shorten;
use super::{names, request::Request, text};
use crate::handles::without_personal;

/// The longest response that is read.
const LONGEST: usize = 32 << 20;

/// How many problems of a request are listed.
const PROBLEMS: usize = 12;

/// Checks a request without sending it.
pub fn validate(session: &Session, operation: &'static Operation, arguments: &Sample) -> Answer {
    let request = match Request::new(operation, arguments, session.app.handles(), &session.caller) {
        Ok(request) => request,
        Err(error) => return Answer::error(error),
    };
    let problems = request.problems(&Policy::gateway());
    let name = names::of(Catalog::plaid(), operation);
    if problems.is_empty() {
        return Answer::text(format!("The request of {name} is valid. It was not sent."));
    }
    let is_error = problems.iter().any(|problem| problem.severity == Severity::Error);
    let verdict = if is_error { "Plaid would refuse the request" } else { "Plaid may refuse the request" };
    let text = format!("{verdict} of {name}. It was not sent.\n{}", lines(&problems));
    if is_error { Answer::error(text) } else { Answer::text(text) }
}

/// Sends a request.
pub async fn send(session: &Session, operation: &'static Operation, arguments: &Sample) -> Answer {
    let request = Request::new(operation, arguments, session.app.handles(), &session.caller);
    let (problems, call) = match request.map(|request| (request.problems(&Policy::strict()), request.call())) {
        Ok((problems, Ok(call))) => (problems, call),
        Ok((_, Err(error))) | Err(error) => return Answer::error(error),
    };
    let response = session.app.gateway().call(call).await;
    read(session, operation, response, &problems).await
}

async fn read(session: &Session, operation: &Operation, response: Response<Body>, problems: &[Problem]) -> Answer {
    let (head, body) = response.into_parts();
    let media = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = match to_bytes(body, LONGEST).await {
        Ok(bytes) => bytes,
        Err(error) => {
            return Answer::error(format!(
                "the response could not be read to its end: {error}. It may be longer than {LONGEST} bytes; ask for less"
            ));
        }
    };
    let parsed = std::str::from_utf8(&bytes).ok().and_then(|text| json::parse(text).ok());
    match parsed {
        Some(body) => {
            let hidden = match session.app.handles().hide(&session.caller, operation, &body) {
                Ok(hidden) => hidden,
                Err(error) => return Answer::error(format!("the response is not shown: {error}")),
            };
            let body = if session.settings.hide_personal { without_personal(operation, &hidden) } else { hidden };
            if head.status.is_success() {
                success(session, operation, &body)
            } else {
                failure(head.status, &body, problems)
            }
        }
        None if head.status.is_success() && bytes.is_empty() => Answer::text("The response is empty: it worked."),
        None if head.status.is_success() => file(session, operation, media, bytes.to_vec()),
        None => Answer::error(format!(
            "HTTP {}: the response is not JSON but {} bytes of {media}",
            head.status,
            bytes.len()
        )),
    }
}

fn success(session: &Session, operation: &Operation, body: &Sample) -> Answer {
    let (shown, is_cut) = shorten(body, session.settings.response_bytes);
    let text = json::json(&shown);
    let data = serde_json::from_str(&text).ok().filter(serde_json::Value::is_object);
    if !is_cut {
        return Answer { text, data, ..Answer::default() };
    }
    let whole = json::json(body);
    let bytes = whole.len();
    let link = keep(session, operation, Content::Json(whole));
    let rest = link.as_ref().map_or_else(
        || "Ask for less, for instance by `count`.".to_owned(),
        |link| format!("All of it is the resource {}, for an hour.", link.uri),
    );
    Answer { text: format!("{text}\n\nShortened from {bytes} bytes. {rest}"), data, link, is_error: false }
}

fn file(session: &Session, operation: &Operation, media: String, bytes: Vec<u8>) -> Answer {
    let length = bytes.len();
    let link = keep(session, operation, Content::File { media: media.clone(), bytes });
    match link {
        Some(link) => {
            let text =
                format!("A file of the type {media}, {length} bytes. It is the resource {}, for an hour.", link.uri);
            Answer { text, link: Some(link), ..Answer::default() }
        }
        None => Answer::error(format!("the file ({media}, {length} bytes) is too long to keep")),
    }
}

fn keep(session: &Session, operation: &Operation, content: Content) -> Option<Link> {
    let title = format!("Response of {}", names::of(Catalog::plaid(), operation));
    let (media, bytes) = (content.media().to_owned(), content.len());
    let id = session.shared.results.keep(&session.caller, title.clone(), content)?;
    Some(Link { uri: format!("plaid://responses/{id}"), title, media, bytes })
}

/// An error of Plaid, or of the gateway, with its advice.
fn failure(status: StatusCode, body: &Sample, problems: &[Problem]) -> Answer {
    let member = |name: &str| match body.get(name) {
        Some(Sample::Text(text)) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    };
    let code = member("error_code");
    let kind = member("error_type").map(|kind| format!("{kind}, ")).unwrap_or_default();
    let message = member("error_message").or(member("error_description")).or(member("error")).unwrap_or("no message");
    let mut parts = vec![format!("{} ({kind}HTTP {}): {message}", code.unwrap_or("Error"), status.as_u16())];
    if let Some(display) = member("display_message") {
        parts.push(format!("For the person: {display}"));
    }
    match body.get("problems") {
        Some(Sample::List(all)) if !all.is_empty() => parts.extend(all.iter().take(PROBLEMS).filter_map(reported)),
        _ if member("error_type") == Some("INVALID_REQUEST") && !problems.is_empty() => parts.push(lines(problems)),
        _ => {}
    }
    if let Some(help) = member("suggested_action") {
        parts.push(format!("What to do: {help}"));
    }
    if let Some(known) = code.and_then(|code| Catalog::plaid().error_code(code)) {
        parts.push(format!("Advice: {}", text::short(&known.advice, 600)));
    }
    if let Some(id) = member("request_id") {
        parts.push(format!("request_id: {id}"));
    }
    let data = serde_json::from_str(&json::json(body)).ok().filter(serde_json::Value::is_object);
    Answer { text: parts.join("\n"), data, link: None, is_error: true }
}

/// A problem that the gateway reports.
fn reported(problem: &Sample) -> Option<String> {
    let member = |name: &str| match problem.get(name) {
        Some(Sample::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let message = member("message")?;
    Some(match member("path").filter(|path| !path.is_empty()) {
        Some(path) => format!("- `{path}` {message}"),
        None => format!("- {message}"),
    })
}

fn lines(problems: &[Problem]) -> String {
    let lines = problems.iter().take(PROBLEMS).map(|problem| {
        let certain = if problem.severity == Severity::Error { "" } else { " (maybe)" };
        match problem.path.as_str() {
            "" => format!("- {}{certain}", problem.kind),
            path => format!("- `{path}` {}{certain}", problem.kind),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
