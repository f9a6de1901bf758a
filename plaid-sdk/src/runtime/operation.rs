//! An operation: its name, method, path and idempotency.

use std::fmt;

/// An operation of the API.
///
/// The SDK has one for each of its methods. Define one to call an operation that this version does not know:
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
/// use plaid_sdk::serde_json::{Value, json};
/// use plaid_sdk::call::{Call, Method, Operation};
///
/// const WEATHER_GET: &Operation = &Operation::new("weatherGet", Method::Post, "/weather/get");
/// let weather: Value = Call::new(&plaid, WEATHER_GET).json(&json!({ "city": "Oslo" })).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    name: &'static str,
    method: Method,
    path: &'static str,
    server: Option<&'static str>,
    anonymous: bool,
    idempotency: Idempotency,
}

/// What happens if Plaid receives the same request twice, because the first response was lost.
///
/// It decides whether the client may retry a failed call: see [`RetryPolicy`](crate::retry::RetryPolicy).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Idempotency {
    /// Plaid may execute it twice. The client retries it only if no connection was made.
    None,
    /// The same as if Plaid had received it once: it reads data, sets a value, or contains an id that can be used only once.
    Idempotent,
    /// Plaid executes it once for each value of this property of the body, the idempotency key. The client generates a key if
    /// the request has none.
    Key(&'static str),
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
    /// `TRACE`.
    Trace,
}

impl Operation {
    /// An operation with this name (its `operationId`) and path, whose parameters are in braces, as in
    /// `/fdx/consents/{consentId}`. It counts as not idempotent.
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self { name, method, path, server: None, anonymous: false, idempotency: Idempotency::None }
    }

    /// The same, sent to this server instead of Plaid's: an absolute URL, or a path below the usual one. A custom
    /// [`Environment`](crate::Environment) takes all operations, wherever they are sent otherwise.
    #[must_use]
    pub const fn at_server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Marks it as called without credentials.
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Marks it as idempotent.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotency = Idempotency::Idempotent;
        self
    }

    /// Marks it as idempotent by this property of its body, the idempotency key.
    #[must_use]
    pub const fn idempotency_key(mut self, property: &'static str) -> Self {
        self.idempotency = Idempotency::Key(property);
        self
    }

    /// Its name: the `operationId` in Plaid's OpenAPI document, such as `linkTokenCreate`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its HTTP method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Its path, with parameters in braces.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The server it is sent to, where it has one of its own.
    pub const fn server(&self) -> Option<&'static str> {
        self.server
    }

    /// Whether it needs no credentials.
    pub const fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    /// What happens if Plaid receives the same request twice.
    pub const fn idempotency(&self) -> Idempotency {
        self.idempotency
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Head => Self::HEAD,
            Method::Options => Self::OPTIONS,
            Method::Trace => Self::TRACE,
        }
    }
}
