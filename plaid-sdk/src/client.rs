//! The client: environment, credentials, transport and defaults of calls.

mod builder;

use std::fmt;
use std::sync::Arc;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};

pub use self::builder::ClientBuilder;
use crate::Error;
use crate::clock::{Clock, Entropy};
use crate::credentials::Credentials;
use crate::environment::Environment;
use crate::observe::Observer;
use crate::operation::Operation;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::transport::{Limits, Transport};

/// The version of Plaid's API, which the client sends with each call.
pub const API_VERSION: &str = "2020-09-14";

/// A client of Plaid's API. Each operation is a method of it.
///
/// Create one and reuse it: clones are cheap and share its connections, also between threads.
///
/// ```
/// use plaid_sdk::Client;
///
/// let plaid = Client::sandbox("client-id", "secret")?;
/// # Ok::<(), plaid_sdk::Error>(())
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    environment: Environment,
    credentials: Credentials,
    user_agent: HeaderValue,
    limits: Limits,
    retry: RetryPolicy,
    budget: RetryBudget,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    observer: Option<Arc<dyn Observer>>,
    transport: Arc<dyn Transport>,
    #[cfg(feature = "webhook-verification")]
    webhook_keys: Arc<crate::webhook::KeyCache>,
}

impl Client {
    /// A client for this environment. Plaid's dashboard shows the client id and a secret for each environment.
    ///
    /// # Errors
    /// The client id or secret is empty or has an invalid character, such as a line break.
    pub fn new(
        environment: Environment,
        client_id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().environment(environment).credentials(client_id, secret).build()
    }

    /// A client for the Sandbox.
    ///
    /// # Errors
    /// Those of [`Client::new`].
    pub fn sandbox(client_id: impl Into<String>, secret: impl Into<String>) -> Result<Self, Error> {
        Self::new(Environment::Sandbox, client_id, secret)
    }

    /// A client for Production.
    ///
    /// # Errors
    /// Those of [`Client::new`].
    pub fn production(client_id: impl Into<String>, secret: impl Into<String>) -> Result<Self, Error> {
        Self::new(Environment::Production, client_id, secret)
    }

    /// A client from the environment variables `PLAID_CLIENT_ID`, `PLAID_SECRET` and `PLAID_ENV` (`sandbox`, `production` or a
    /// base URL).
    ///
    /// # Errors
    /// A variable is missing or invalid. The error names it.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }

    /// A builder, for a client with other settings than the defaults.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The environment that calls go to.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// A client with other credentials, for another of Plaid's customers. It shares everything else with this one:
    /// connections, settings, retry budget.
    #[must_use]
    pub fn with_credentials(&self, credentials: &Credentials) -> Self {
        let mut inner = (*self.0).clone();
        inner.credentials = credentials.clone();
        // Whether Plaid gives every customer the same keys is not documented.
        #[cfg(feature = "webhook-verification")]
        {
            inner.webhook_keys = Arc::default();
        }
        Self(Arc::new(inner))
    }

    #[cfg(feature = "webhook-verification")]
    pub(crate) fn webhook_keys(&self) -> &crate::webhook::KeyCache {
        &self.0.webhook_keys
    }

    #[cfg(feature = "webhook-verification")]
    pub(crate) fn shared_clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0.clock)
    }

    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        self.0.retry
    }

    pub(crate) fn retry_budget(&self) -> &RetryBudget {
        &self.0.budget
    }

    pub(crate) fn observer(&self) -> Option<&dyn Observer> {
        self.0.observer.as_deref()
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.0.entropy
    }

    pub(crate) fn limits(&self) -> Limits {
        self.0.limits
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// The headers of each call.
    pub(crate) fn headers(&self, operation: &Operation) -> HeaderMap {
        let inner = &*self.0;
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(USER_AGENT, inner.user_agent.clone());
        headers.insert("plaid-version", HeaderValue::from_static(API_VERSION));
        if !operation.is_anonymous() {
            inner.credentials.add_to(&mut headers);
        }
        headers
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("environment", &self.0.environment)
            .field("credentials", &self.0.credentials)
            .field("limits", &self.0.limits)
            .field("retry", &self.0.retry)
            .field("retry_budget", &self.0.budget)
            .finish_non_exhaustive()
    }
}
