//! A call that a snippet shows: an operation with the values that are sent, and where to.

use api_model::{Additional, Api, BodyMedia, Location, Operation, ParameterStyle, Sample, Type};

use super::client::Clients;
use super::error::{SnippetError, Unfit};
use crate::nearest::suggestion;

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
                    return Err(Unfit::of(name, "must be set: it is a part of the path").into());
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
            return Err(Unfit::new("has a body that is not JSON").into());
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

    /// The call, if its body can be one of the operation: an object with at least one property of it. Unknown properties
    /// among others are kept, since a new one may be what somebody wants to try.
    ///
    /// # Errors
    /// A body of another operation, with the nearest name of a property.
    pub fn checked(&self) -> Result<Self, SnippetError> {
        let (body, sample) = match (&self.operation.body, self.body) {
            (Some(body), Some(sample)) => (body, sample),
            (None, Some(_)) => return Err(Unfit::new("must have no body").into()),
            (_, None) => return Ok(*self),
        };
        let Type::Named(id) = self.api.resolve(&body.ty) else { return Ok(*self) };
        let Some(object) = self.api.object(id) else { return Ok(*self) };
        let Sample::Object(all) = sample else { return Err(Unfit::new("must be an object").into()) };
        let known: Vec<String> = object.fields.iter().map(|field| field.wire.clone()).collect();
        let allows_others = matches!(object.additional, Additional::Any | Additional::Of(_));
        match all.first() {
            Some((name, _)) if !allows_others && !all.iter().any(|(name, _)| known.contains(name)) => {
                let problem = format!("is not a property of this request{}", suggestion(name, &known));
                Err(Unfit::of(name, problem).into())
            }
            _ => Ok(*self),
        }
    }

    /// The value of a parameter, unless it is absent or `null`.
    pub fn parameter(&self, name: &str) -> Option<&'a Sample> {
        self.parameters.and_then(|all| all.get(name)).filter(|value| **value != Sample::Null)
    }
}

/// A value in a URL or header: lists are joined by commas.
fn text_of(name: &str, value: &Sample) -> Result<String, Unfit> {
    match value {
        Sample::Null => Ok("null".to_owned()),
        Sample::Bool(value) => Ok(value.to_string()),
        Sample::Number(text) | Sample::Text(text) => Ok(text.clone()),
        Sample::List(all) => Ok(all.iter().map(|value| text_of(name, value)).collect::<Result<Vec<_>, _>>()?.join(",")),
        Sample::Object(_) => Err(Unfit::of(name, "is an object, which can't be a part of a URL or header")),
    }
}

fn header_of(name: &str, value: &Sample) -> Result<String, Unfit> {
    let text = text_of(name, value)?;
    if text.chars().any(char::is_control) {
        return Err(Unfit::of(name, "is a header, which can't contain a line break or another control character"));
    }
    Ok(text)
}

/// A text as a segment of a path.
fn segment(name: &str, text: &str) -> Result<String, Unfit> {
    // Clients remove the segments `.` and `..`, even if they are encoded, and an empty one is another path.
    if matches!(text, "" | "." | "..") {
        return Err(Unfit::of(name, format!("can't be `{text}`: it is a segment of the path")));
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
