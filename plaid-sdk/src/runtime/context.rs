//! What a call needs of its client: where it goes, on whose behalf, with which defaults, and what sends it.

use std::fmt;
use std::sync::Arc;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};

use crate::runtime::clock::Clock;
use crate::runtime::credentials::Credentials;
use crate::runtime::environment::Environment;
use crate::runtime::observe::Observer;
use crate::runtime::operation::Operation;
use crate::runtime::random::Entropy;
use crate::runtime::retry::{RetryBudget, RetryPolicy};
use crate::runtime::transport::{Limits, Transport};

/// The version of Plaid's API, which the client sends with each call.
pub const API_VERSION: &str = "2020-09-14";

/// The settings of a client.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) environment: Environment,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    /// Whether a response that differs from the API's description is an error.
    pub(crate) strict_responses: bool,
    pub(crate) engine: Engine,
}

/// What sends requests. Clients that differ only in their credentials share it.
#[derive(Clone)]
pub(crate) struct Engine {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) budget: RetryBudget,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Context {
    /// The headers of each call.
    pub(crate) fn headers(&self, operation: &Operation) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert("plaid-version", HeaderValue::from_static(API_VERSION));
        if !operation.is_anonymous() {
            self.credentials.add_to(&mut headers);
        }
        headers
    }
}

impl Engine {
    pub(crate) fn observer(&self) -> Option<&dyn Observer> {
        self.observer.as_deref()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("environment", &self.environment)
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .field("retry_budget", &self.engine.budget)
            .finish_non_exhaustive()
    }
}
