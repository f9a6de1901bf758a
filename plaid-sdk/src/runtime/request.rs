//! Builds a request from the arguments and options of a call. Not generic, so it is compiled once.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Uri};

use crate::runtime::context::Context;
use crate::runtime::credentials::Credentials;
use crate::runtime::idempotency::{self, KeyedBody};
use crate::runtime::operation::Operation;
use crate::runtime::parameter::{self, NotText, ParameterStyle, Text};
use crate::runtime::redact::Secrets;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::Limits;
use crate::runtime::wire::{self, View};

/// A complete request, with its limits and what decides whether it may be retried.
pub(crate) struct PreparedRequest {
    pub(crate) operation: &'static Operation,
    pub(crate) request: http::Request<Bytes>,
    pub(crate) limits: Limits,
    pub(crate) policy: RetryPolicy,
    pub(crate) idempotent: bool,
    pub(crate) key: Option<String>,
}

/// A request under construction. It stores the first error, which `.await` reports.
#[derive(Clone)]
pub(crate) struct Draft {
    context: Arc<Context>,
    operation: &'static Operation,
    path: Cow<'static, str>,
    query: String,
    headers: HeaderMap,
    body: Bytes,
    limits: Limits,
    policy: RetryPolicy,
    key: Option<String>,
    problem: Option<String>,
}

impl Draft {
    pub(crate) fn new(context: &Arc<Context>, operation: &'static Operation) -> Box<Self> {
        Box::new(Self {
            context: Arc::clone(context),
            operation,
            path: Cow::Borrowed(operation.path()),
            query: String::new(),
            headers: context.headers(operation),
            body: Bytes::new(),
            limits: context.limits,
            policy: context.retry,
            key: None,
            problem: None,
        })
    }

    pub(crate) const fn context(&self) -> &Arc<Context> {
        &self.context
    }

    pub(crate) const fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) const fn retry_policy(&self) -> RetryPolicy {
        self.policy
    }

    pub(crate) const fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn json(&mut self, json: serde_json::Result<Vec<u8>>) {
        match json {
            Ok(json) => self.body("application/json", json.into()),
            Err(error) => self.fail(|| format!("the body can't be serialized as JSON: {error}")),
        }
    }

    pub(crate) fn json_of(&mut self, view: View<'_>) {
        self.json(wire::to_json(view));
    }

    pub(crate) fn form(&mut self, view: View<'_>, styles: &[(&str, ParameterStyle)]) {
        match parameter::form(view, styles) {
            Ok(form) => self.body("application/x-www-form-urlencoded", form.into()),
            Err(NotText) => self.fail(|| "the body can't be serialized as a form".to_owned()),
        }
    }

    pub(crate) fn body(&mut self, content_type: &'static str, body: Bytes) {
        match HeaderValue::from_str(content_type) {
            Ok(value) => drop(self.headers.insert(CONTENT_TYPE, value)),
            Err(_) => self.fail(|| format!("{content_type:?} is not a media type")),
        }
        self.body = body;
    }

    pub(crate) fn path(&mut self, name: &str, view: View<'_>) {
        let text = match parameter::text(view) {
            Ok(Text::Nothing) => Cow::Borrowed(""),
            Ok(Text::One(text)) => text,
            Ok(Text::List(texts)) => texts.join(",").into(),
            Err(NotText) => return self.fail(|| format!("path parameter {name}: an object can't be part of a path")),
        };
        // URL parsers resolve dots even if they are escaped.
        if matches!(&*text, "" | "." | "..") {
            return self.fail(|| format!("path parameter {name}: {text:?} can't be part of a path"));
        }
        let place = format!("{{{name}}}");
        let Some(at) = self.path.find(&place) else {
            return self.fail(|| format!("path parameter {name}: the path has no such parameter"));
        };
        let mut path = self.path[..at].to_owned();
        parameter::push_escaped(&mut path, &text);
        path.push_str(&self.path[at + place.len()..]);
        self.path = path.into();
    }

    pub(crate) fn query(&mut self, name: &str, view: View<'_>, style: ParameterStyle) {
        if parameter::push(&mut self.query, name, view, style) == Err(NotText) {
            self.fail(|| format!("query parameter {name}: its value can't be written in this style"));
        }
    }

    pub(crate) fn header_parameter(&mut self, name: &str, view: View<'_>) {
        match parameter::text(view) {
            Ok(Text::Nothing) => {}
            Ok(Text::One(text)) => self.set_header(name, &text),
            Ok(Text::List(texts)) => self.set_header(name, &texts.join(",")),
            Err(NotText) => self.fail(|| format!("header {name}: an object can't be part of a header")),
        }
    }

    /// Sets a header as an option of the call.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("authorization") {
            return self.fail(|| format!("header {name}: it carries credentials; set it by `ClientBuilder::http`"));
        }
        self.set_header(name, value);
    }

    fn set_header(&mut self, name: &str, value: &str) {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.fail(|| format!("{name:?} is not a header name"));
        };
        if let Some(why) = reserved(&header) {
            return self.fail(|| format!("header {name}: {why}"));
        }
        match HeaderValue::from_str(value) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(header, value);
            }
            // The value may be secret.
            Err(_) => self.fail(|| format!("header {name}: its value has a character that is invalid in a header")),
        }
    }

    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.limits.timeout = timeout;
    }

    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.policy = policy;
    }

    pub(crate) fn idempotency_key(&mut self, key: String) {
        self.key = Some(key);
    }

    pub(crate) fn credentials(&mut self, credentials: &Credentials) {
        // An operation without credentials never gets any.
        if !self.operation.is_anonymous() {
            credentials.add_to(&mut self.headers);
        }
    }

    /// What must not be printed of it.
    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::of(&self.headers, &self.body)
    }

    /// Keeps the first error, which is likely to be the cause of others.
    pub(crate) fn fail(&mut self, problem: impl FnOnce() -> String) {
        self.problem.get_or_insert_with(problem);
    }

    /// The request, or what is wrong with it.
    pub(crate) fn finish(self) -> Result<PreparedRequest, String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        if let Some((_, rest)) = self.path.split_once('{') {
            let name = rest.split('}').next().unwrap_or(rest);
            return Err(format!("path parameter {name}: it has no value"));
        }
        let mut url = self.context.environment.base_url_of(self.operation.server());
        url.push_str(&self.path);
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(&self.query);
        }
        let KeyedBody { body, key, idempotent } =
            idempotency::apply(self.operation, self.body, self.key, &*self.context.engine.entropy)?;
        let mut request = http::Request::new(body);
        *request.method_mut() = self.operation.method().into();
        *request.uri_mut() = Uri::try_from(url).map_err(|_| "the URL is not valid or too long".to_owned())?;
        *request.headers_mut() = self.headers;
        Ok(PreparedRequest {
            operation: self.operation,
            request,
            limits: self.limits,
            policy: self.policy,
            idempotent,
            key,
        })
    }
}

/// Why a header can't be set for one call.
fn reserved(header: &HeaderName) -> Option<&'static str> {
    match header.as_str() {
        // A wrong length, for example, would cut the body off, and the rest would be read as the next request.
        "content-length" | "transfer-encoding" | "connection" | "te" | "trailer" | "upgrade" | "keep-alive"
        | "expect" | "host" | "http2-settings" => Some("the HTTP client sets it, because it is about the connection"),
        name if name.starts_with("proxy-") => Some("it is for a proxy; configure that by `ClientBuilder::http`"),
        "plaid-client-id" | "plaid-secret" => Some("it carries credentials; set them by `Call::credentials`"),
        _ => None,
    }
}

impl fmt::Debug for Draft {
    // Path, query, headers and body can contain ids and secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.name()).finish_non_exhaustive()
    }
}
