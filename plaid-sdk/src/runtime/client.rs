//! The client: its settings, and what its calls share.

mod builder;

use std::fmt;
use std::sync::Arc;

pub use self::builder::ClientBuilder;
use crate::runtime::context::Context;
use crate::runtime::credentials::Credentials;
use crate::runtime::environment::Environment;
use crate::runtime::error::Error;

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
pub struct Client {
    context: Arc<Context>,
    #[cfg(feature = "webhook-verification")]
    webhook_keys: Arc<crate::runtime::webhook_keys::cache::KeyCache>,
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
    /// base URL). `PLAID_BASE_URL`, if it is set, wins over `PLAID_ENV`.
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
        &self.context.environment
    }

    /// A client with other credentials, for another of Plaid's customers. It shares everything else with this one:
    /// connections, settings, retry budget.
    #[must_use]
    pub fn with_credentials(&self, credentials: &Credentials) -> Self {
        let mut context = (*self.context).clone();
        context.credentials = credentials.clone();
        Self::of(context)
    }

    fn of(context: Context) -> Self {
        Self {
            context: Arc::new(context),
            // Whether Plaid gives every customer the same keys is not documented.
            #[cfg(feature = "webhook-verification")]
            webhook_keys: Arc::default(),
        }
    }

    /// The settings, for a call.
    pub(crate) const fn context(&self) -> &Arc<Context> {
        &self.context
    }

    #[cfg(feature = "webhook-verification")]
    pub(crate) fn webhook_keys(&self) -> &crate::runtime::webhook_keys::cache::KeyCache {
        &self.webhook_keys
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.context.fmt(f)
    }
}
