//! What is known of an operation before it is called: its name, method and path, and whether it may be repeated.

use std::fmt;

/// An operation of the API.
///
/// The SDK has one for each of its methods. Make your own to call an operation that this version does not know yet:
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
/// use plaid_sdk::serde_json::{Value, json};
/// use plaid_sdk::{Call, Method, Operation};
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

/// What comes of it when Plaid gets the request of an operation twice, since the first response was lost.
///
/// It decides whether a call may be sent again by itself after a failure: see [`RetryPolicy`](crate::RetryPolicy).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Idempotency {
    /// It may be carried out twice. It is sent again only if no connection came about.
    None,
    /// The same as if Plaid had got it once: it reads, it sets what is set already, or one of its values names what is
    /// to be done once.
    Idempotent,
    /// The same as well, if this property of the body holds the same key each time. The client fills in a new one where
    /// there is none.
    Key(&'static str),
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Operation {
    /// An operation of this name (its `operationId`), sent to this path, whose parameters stand in braces:
    /// `/fdx/consents/{consentId}`.
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

    /// The same, called without credentials.
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// The same, known to do no harm when it is sent twice. Operations are not taken to be so by themselves.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotency = Idempotency::Idempotent;
        self
    }

    /// The same, known to be carried out once for each value of this property of its body, the idempotency key.
    #[must_use]
    pub const fn idempotency_key(mut self, property: &'static str) -> Self {
        self.idempotency = Idempotency::Key(property);
        self
    }

    /// Its name, the `operationId` of Plaid's document: `linkTokenCreate`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The method it is sent by.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path it is sent to, its parameters in braces.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The server it is sent to, where it has one of its own.
    pub const fn server(&self) -> Option<&'static str> {
        self.server
    }

    /// Whether it is called without credentials.
    pub const fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    /// What comes of it when its request arrives twice.
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
        }
    }
}
