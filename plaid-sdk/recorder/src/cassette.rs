//! The file of a recording.
//!
//! It is one JSON document: `format`, and `calls` in the order in which they ended. A call has `call` (method and path), `query`,
//! `request`, `redacted` (JSON pointers of the values in the request that have a placeholder), and then either `failure`, or
//! `status`, `headers` and one of `response` (JSON), `text` and `base64`. What a call lacks is left out.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

use crate::call::{self, Body, Call, Outcome, Response};
use crate::error::CassetteError;

/// The name and version of the format.
const FORMAT: &str = "plaid-recorder/1";

/// The text of a cassette.
pub fn write(calls: &[Call]) -> String {
    let calls = calls.iter().map(to_value).collect();
    let cassette = object([("format", Some(text(FORMAT))), ("calls", Some(Sample::List(calls)))]);
    json::pretty_json(&cassette) + "\n"
}

/// Writes a file at once: another process sees the old text or the new one.
pub fn save(path: &Path, text: &str) -> Result<(), CassetteError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new: PathBuf = path.with_file_name(name);
    fs::write(&new, text).and_then(|()| fs::rename(&new, path)).map_err(|error| CassetteError::write(path, error))
}

/// The calls of a cassette.
pub fn open(path: &Path) -> Result<Vec<Call>, CassetteError> {
    let text = fs::read_to_string(path).map_err(|error| CassetteError::read(path, error))?;
    read(&text).map_err(|what| CassetteError::invalid(path, what))
}

fn read(text: &str) -> Result<Vec<Call>, String> {
    let cassette = json::parse(text).map_err(|error| format!("it is not JSON: {error}"))?;
    match member(&cassette, "format") {
        Some(Sample::Text(format)) if format == FORMAT => {}
        Some(other) => return Err(format!("its format is {}, and this version reads \"{FORMAT}\"", json::json(other))),
        None => return Err("it has no `format`".to_owned()),
    }
    let Some(Sample::List(calls)) = member(&cassette, "calls") else { return Err("`calls` is not a list".to_owned()) };
    calls
        .iter()
        .enumerate()
        .map(|(index, call)| from_value(call).map_err(|what| format!("calls[{index}]: {what}")))
        .collect()
}

fn to_value(call: &Call) -> Sample {
    let redacted = call.redacted.iter().map(|pointer| text(pointer)).collect();
    let (failure, response) = match &call.outcome {
        Outcome::Failure(kind) => (Some(text(call::failure_name(*kind))), None),
        Outcome::Response(response) => (None, Some(response)),
    };
    let headers = response.filter(|response| !response.headers.is_empty()).map(|response| {
        Sample::Object(response.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect())
    });
    let (name, body) = match response.map(|response| &response.body) {
        Some(Body::Json(body)) => ("response", Some(body.clone())),
        Some(Body::Text(body)) => ("text", Some(text(body))),
        Some(Body::Binary(bytes)) => ("base64", Some(Sample::Text(STANDARD.encode(bytes)))),
        Some(Body::Empty) | None => ("response", None),
    };
    object([
        ("call", Some(Sample::Text(format!("{} {}", call.method, call.path)))),
        ("query", call.query.as_deref().map(text)),
        ("request", call.request.clone()),
        ("redacted", (!call.redacted.is_empty()).then_some(Sample::List(redacted))),
        ("failure", failure),
        ("status", response.map(|response| Sample::Number(response.status.to_string()))),
        ("headers", headers),
        (name, body),
    ])
}

fn from_value(value: &Sample) -> Result<Call, String> {
    let (method, path) =
        string(value, "call")?.and_then(|call| call.split_once(' ')).ok_or("`call` is not a method and a path")?;
    let redacted = match member(value, "redacted") {
        None => Vec::new(),
        Some(Sample::List(all)) => all.iter().map(|one| as_text(one, "redacted")).collect::<Result<_, _>>()?,
        Some(_) => return Err("`redacted` is not a list".to_owned()),
    };
    let outcome = match string(value, "failure")? {
        Some(name) => Outcome::Failure(
            call::failure_named(name).ok_or_else(|| format!("`failure` is \"{name}\", which is unknown"))?,
        ),
        None => Outcome::Response(response(value)?),
    };
    Ok(Call {
        method: method.to_owned(),
        path: path.to_owned(),
        query: string(value, "query")?.map(str::to_owned),
        request: member(value, "request").cloned(),
        redacted,
        outcome,
    })
}

fn response(value: &Sample) -> Result<Response, String> {
    let status = match member(value, "status") {
        Some(Sample::Number(digits)) => digits.parse().ok().filter(|status| (100..1000).contains(status)),
        _ => None,
    };
    let headers = match member(value, "headers") {
        None => Vec::new(),
        Some(Sample::Object(all)) => {
            let read = all.iter().map(|(name, value)| Ok((name.clone(), as_text(value, "headers")?)));
            read.collect::<Result<_, String>>()?
        }
        Some(_) => return Err("`headers` is not an object".to_owned()),
    };
    let body = match (member(value, "response"), string(value, "text")?, string(value, "base64")?) {
        (Some(body), None, None) => Body::Json(body.clone()),
        (None, Some(body), None) => Body::Text(body.to_owned()),
        (None, None, Some(body)) => {
            Body::Binary(STANDARD.decode(body).map_err(|error| format!("`base64` can't be decoded: {error}"))?)
        }
        (None, None, None) => Body::Empty,
        _ => return Err("it has more than one of `response`, `text` and `base64`".to_owned()),
    };
    let status = status.ok_or("it has neither `failure` nor a valid `status`")?;
    Ok(Response { status, headers, body })
}

fn member<'a>(value: &'a Sample, name: &str) -> Option<&'a Sample> {
    let Sample::Object(all) = value else { return None };
    all.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn string<'a>(value: &'a Sample, name: &str) -> Result<Option<&'a str>, String> {
    match member(value, name) {
        None => Ok(None),
        Some(Sample::Text(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{name}` is not a string")),
    }
}

fn as_text(value: &Sample, name: &str) -> Result<String, String> {
    match value {
        Sample::Text(text) => Ok(text.clone()),
        _ => Err(format!("`{name}` has a value that is not a string")),
    }
}

fn text(text: &str) -> Sample {
    Sample::Text(text.to_owned())
}

fn object<const N: usize>(members: [(&str, Option<Sample>); N]) -> Sample {
    Sample::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::call::{Body, Call, Outcome, Response};
    use plaid_catalog::tools::json;
    use plaid_sdk::transport::TransportErrorKind;

    fn call(outcome: Outcome) -> Call {
        let request = json::parse(r#"{"z": 1.50, "access_token": "access-sandbox-x", "a": null}"#).ok();
        let redacted = vec!["/access_token".to_owned()];
        Call { method: "POST".to_owned(), path: "/auth/get".to_owned(), query: None, request, redacted, outcome }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let bodies = [
            Body::Empty,
            Body::Json(json::parse(r#"{"b": 1.10, "a": [1e3]}"#).unwrap()),
            Body::Text("<html>".to_owned()),
            Body::Binary(vec![0, 255, 7]),
        ];
        let headers = vec![("content-type".to_owned(), "x/y".to_owned())];
        let response = |body| Outcome::Response(Response { status: 429, headers: headers.clone(), body });
        let mut calls: Vec<Call> = bodies.into_iter().map(|body| call(response(body))).collect();
        calls.push(call(Outcome::Failure(TransportErrorKind::Timeout)));
        let text = write(&calls);
        assert!(text.contains("\"z\": 1.50,\n") && text.contains("\"base64\": \"AP8H\""), "{text}");
        assert_eq!(read(&text), Ok(calls));
    }

    #[test]
    fn a_wrong_file_is_explained() {
        let error = |text: &str| read(text).unwrap_err();
        assert!(error("{").starts_with("it is not JSON"));
        assert_eq!(error("{}"), "it has no `format`");
        assert!(error(r#"{"format": "plaid-recorder/9"}"#).contains("reads \"plaid-recorder/1\""));
        let of = |call: &str| error(&format!(r#"{{"format": "plaid-recorder/1", "calls": [{call}]}}"#));
        assert_eq!(of(r#"{"call": "POST /x"}"#), "calls[0]: it has neither `failure` nor a valid `status`");
        assert_eq!(of(r#"{"call": "POST /x", "failure": "bad"}"#), "calls[0]: `failure` is \"bad\", which is unknown");
        assert_eq!(of(r#"{"call": 1}"#), "calls[0]: `call` is not a string");
    }
}
