//! A call that a snippet shows: an operation with the values that are sent, and where to.

use std::fmt;

use api_model::{Api, BodyMedia, Location, Operation, ParameterStyle, Sample};

use super::client::Clients;

/// A call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The API.
    pub api: &'a Api,
    /// What is known about its clients.
    pub clients: &'a Clients,
    /// The operation.
    pub operation: &'a Operation,
    /// The request's body.
    pub body: Option<&'a Sample>,
    /// Path, query and header parameters, as one object.
    pub parameters: Option<&'a Sample>,
    /// Where it is sent.
    pub address: Address<'a>,
}

/// Where a call is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// To the API, with credentials from the environment.
    Api,
    /// To a gateway at this base URL, which has the credentials.
    Gateway(&'a str),
}

/// Why there is no snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetError(pub String);

impl fmt::Display for SnippetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SnippetError {}

/// A request by plain HTTP.
#[derive(Clone, Debug, PartialEq)]
pub struct Http<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The address, with its query.
    pub url: String,
    /// The headers with credentials, each with its environment variable.
    pub credentials: Vec<(&'a str, &'a str)>,
    /// The other headers, without `Content-Type`.
    pub headers: Vec<(&'a str, String)>,
    /// The JSON body.
    pub body: Option<&'a Sample>,
}

impl<'a> Call<'a> {
    /// The call as plain HTTP.
    ///
    /// # Errors
    /// A value that can't be part of a URL or header, a path without a value, or a body that is not JSON.
    pub fn http(&self) -> Result<Http<'a>, SnippetError> {
        let operation = self.operation;
        let base = match self.address {
            Address::Api => self.clients.access.address.as_str(),
            Address::Gateway(address) => address,
        };
        let mut path = operation.path.clone();
        let mut query = Vec::new();
        let mut headers = Vec::new();
        for parameter in &operation.parameters {
            let name = parameter.field.wire.as_str();
            let value = self.parameters.and_then(|all| all.get(name)).filter(|value| **value != Sample::Null);
            match (parameter.location, value) {
                (Location::Path, Some(value)) => {
                    path = path.replace(&format!("{{{name}}}"), &segment(name, &text_of(name, value)?)?);
                }
                (Location::Path, None) => {
                    return Err(SnippetError(format!("`{}` needs a value for `{name}` in its path", operation.id)));
                }
                (Location::Query, Some(Sample::List(all))) if parameter.style == ParameterStyle::FormExploded => {
                    for value in all {
                        query.push(format!("{}={}", percent(name), percent(&text_of(name, value)?)));
                    }
                }
                (Location::Query, Some(value)) => {
                    query.push(format!("{}={}", percent(name), percent(&text_of(name, value)?)));
                }
                (Location::Header, Some(value)) => headers.push((name, header_of(name, value)?)),
                (Location::Query | Location::Header, None) => {}
            }
        }
        if let Some(body) = &operation.body
            && body.media != BodyMedia::Json
        {
            return Err(SnippetError(format!(
                "there is no snippet by plain HTTP for `{}`: its body is not JSON",
                operation.id
            )));
        }
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        let credentials = &self.clients.access.credentials;
        let has_credentials = self.address == Address::Api && !operation.anonymous;
        Ok(Http {
            method: &operation.method,
            url: format!("{}{path}{query}", base.trim_end_matches('/')),
            credentials: credentials
                .iter()
                .filter(|_| has_credentials)
                .map(|(header, variable)| (header.as_str(), variable.as_str()))
                .collect(),
            headers,
            body: operation.body.as_ref().and(self.body),
        })
    }

    /// The value of a parameter, unless it is absent or `null`.
    pub fn parameter(&self, name: &str) -> Option<&'a Sample> {
        self.parameters.and_then(|all| all.get(name)).filter(|value| **value != Sample::Null)
    }
}

/// A value in a URL or header: lists are joined by commas.
fn text_of(name: &str, value: &Sample) -> Result<String, SnippetError> {
    match value {
        Sample::Null => Ok("null".to_owned()),
        Sample::Bool(value) => Ok(value.to_string()),
        Sample::Number(text) | Sample::Text(text) => Ok(text.clone()),
        Sample::List(all) => Ok(all.iter().map(|value| text_of(name, value)).collect::<Result<Vec<_>, _>>()?.join(",")),
        Sample::Object(_) => {
            Err(SnippetError(format!("`{name}` is an object, which can't be part of a URL or header")))
        }
    }
}

fn header_of(name: &str, value: &Sample) -> Result<String, SnippetError> {
    let text = text_of(name, value)?;
    if text.chars().any(char::is_control) {
        return Err(SnippetError(format!(
            "the header `{name}` can't contain a line break or another control character"
        )));
    }
    Ok(text)
}

/// A text as a segment of a path.
fn segment(name: &str, text: &str) -> Result<String, SnippetError> {
    // Clients remove the segments `.` and `..`, even if they are encoded, and an empty one is another path.
    if matches!(text, "" | "." | "..") {
        return Err(SnippetError(format!("`{name}` can't be `{text}`: it is a segment of the path")));
    }
    Ok(percent(text))
}

/// A text with all characters encoded that have a meaning in a URL.
fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
