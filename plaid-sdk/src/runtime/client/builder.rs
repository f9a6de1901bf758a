//! Building a client.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::Client;
use crate::runtime::clock::{Clock, SystemClock};
use crate::runtime::context::{Context, Engine};
use crate::runtime::credentials::Credentials;
use crate::runtime::environment::Environment;
use crate::runtime::error::Error;
use crate::runtime::observe::Observer;
use crate::runtime::random::{Entropy, SystemEntropy};
use crate::runtime::retry::{RetryBudget, RetryPolicy};
use crate::runtime::transport::{Customize, HttpSettings, HttpTransport, Limits, Transport, causes};

/// Builds a [`Client`]. The environment and the credentials are required.
///
/// ```
/// use std::time::Duration;
/// use plaid_sdk::{Client, Environment};
///
/// let plaid = Client::builder()
///     .environment(Environment::Sandbox)
///     .credentials("client-id", "secret")
///     .timeout(Duration::from_secs(30))
///     .user_agent_suffix("acme-ledger/2.1")
///     .build()?;
/// # Ok::<(), plaid_sdk::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder {
    environment: Option<Result<Environment, Error>>,
    credentials: Option<Result<Credentials, Error>>,
    user_agent_suffix: Option<String>,
    limits: Limits,
    connect_timeout: Duration,
    retry: RetryPolicy,
    budget: RetryBudget,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    observer: Option<Arc<dyn Observer>>,
    strict_responses: bool,
    http: Option<Customize>,
    transport: Option<Arc<dyn Transport>>,
    wrap: Option<Wrap>,
}

/// Puts a transport around another.
type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            environment: None,
            credentials: None,
            user_agent_suffix: None,
            limits: Limits::default(),
            connect_timeout: Duration::from_secs(10),
            retry: RetryPolicy::default(),
            budget: RetryBudget::default(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            observer: None,
            strict_responses: false,
            http: None,
            transport: None,
            wrap: None,
        }
    }

    /// The environment that calls go to.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(Ok(environment));
        self
    }

    /// Another server than Plaid's, such as a proxy or an emulator. [`Environment::custom`] explains which URLs are valid.
    pub fn base_url(mut self, base_url: &str) -> Self {
        self.environment = Some(Environment::custom(base_url));
        self
    }

    /// The client id and secret. They are wiped from memory when the client and its last call are dropped.
    pub fn credentials(mut self, client_id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(client_id, secret));
        self
    }

    /// Reads the environment and the credentials from the environment variables `PLAID_ENV` (`sandbox`, `production` or a base
    /// URL), `PLAID_CLIENT_ID` and `PLAID_SECRET`. If `PLAID_BASE_URL` is set, calls go there and `PLAID_ENV` is not read: a
    /// program runs against an emulator or a gateway without a change.
    ///
    /// # Errors
    /// A variable is missing or invalid. The error names it.
    #[allow(clippy::wrong_self_convention, reason = "it completes the settings of this builder")]
    pub fn from_env(self) -> Result<Self, Error> {
        self.variables(|name| env::var_os(name))
    }

    fn variables(mut self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let read = |name: &str| match variable(name).map(OsString::into_string) {
            Some(Ok(text)) => Ok(text),
            Some(Err(_)) => Err(Error::build(format!("the variable {name} is not UTF-8"))),
            None => Err(Error::build(format!("the variable {name} is not set"))),
        };
        let environment = match variable("PLAID_BASE_URL") {
            Some(_) => {
                let name = "PLAID_BASE_URL";
                let custom = Environment::custom(&read(name)?);
                custom.map_err(|error| Error::build(format!("the variable {name} is invalid: {error}")))?
            }
            None => read("PLAID_ENV")?
                .parse()
                .map_err(|error| Error::build(format!("the variable PLAID_ENV is invalid: {error}")))?,
        };
        let (client_id, secret) = (read("PLAID_CLIENT_ID")?, read("PLAID_SECRET")?);
        let names = ["variable PLAID_CLIENT_ID", "variable PLAID_SECRET"];
        let credentials = Credentials::named(names, client_id, secret)?;
        self.environment = Some(Ok(environment));
        self.credentials = Some(Ok(credentials));
        Ok(self)
    }

    /// The timeout of a call, from its start until the response is read, including retries and backoff. The default is 60
    /// seconds, because a few operations wait for a bank and sometimes take 30 seconds or more.
    /// [`Call::timeout`](crate::call::Call::timeout) sets it for one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// The timeout of connecting, within the timeout of the call. The default is 10 seconds. Has no effect with a custom
    /// transport.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How failed calls are retried. The default is up to three attempts with backoff. [`Call::retry`](crate::call::Call::retry) sets
    /// it for one call.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The limit on the retries of all calls together.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// An observer of all calls, for metrics.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// A custom clock, for tests or for another executor than tokio.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// A custom source of random bytes, for tests.
    pub fn entropy(mut self, entropy: impl Entropy) -> Self {
        self.entropy = Arc::new(entropy);
        self
    }

    /// The largest response body after decompression, in bytes. The default is 64 MiB. A larger one is an error.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Makes each deviation of a response from the API's description an error ([`Error::is_decode`]), for tests that look for
    /// them. The default is to read what can be read without inventing a value, and to report it.
    pub fn strict_responses(mut self, strict: bool) -> Self {
        self.strict_responses = strict;
        self
    }

    /// A suffix for the `User-Agent` header: the name and version of your application, such as `acme-ledger/2.1`.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Changes the settings of the HTTP client, for a proxy or additional certificates.
    ///
    /// ```
    /// use plaid_sdk::{Client, Environment, reqwest};
    ///
    /// let proxy = reqwest::Proxy::https("http://proxy.example.com:3128")?;
    /// let plaid = Client::builder()
    ///     .environment(Environment::Sandbox)
    ///     .credentials("client-id", "secret")
    ///     .http(move |http| http.proxy(proxy.clone()))
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The function receives the client's own settings. It is called again for each tokio runtime in which the client is used,
    /// because a connection works only in the runtime that opened it, and after a connection stopped responding. Redirects
    /// and reqwest's retries stay off, whatever it sets: a redirect would forward the credentials, and the client decides itself
    /// about each attempt.
    ///
    /// Proxies of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) are used for `https`, where the proxy sees only
    /// the name of the server (`CONNECT`). For an `http` base URL, which is on this machine, they are not used.
    pub fn http(
        mut self,
        customize: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http = Some(Arc::new(customize));
        self
    }

    /// A custom transport, for tests or another HTTP stack.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts a transport around the client's own, or around the custom one: to record calls, to count them, or to break some in
    /// tests. Each attempt passes through it. A second call of this method puts another around the first.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use plaid_sdk::bytes::Bytes;
    /// use plaid_sdk::http::Request;
    /// use plaid_sdk::transport::{Limits, Transport, TransportFuture};
    /// use plaid_sdk::Client;
    ///
    /// struct Logged(Arc<dyn Transport>);
    ///
    /// impl Transport for Logged {
    ///     fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
    ///         println!("calling {}", request.uri().path());
    ///         self.0.send(request, limits)
    ///     }
    /// }
    ///
    /// let plaid = Client::builder()
    ///     .base_url("http://127.0.0.1:8433")
    ///     .credentials("client-id", "secret")
    ///     .wrap_transport(Logged)
    ///     .build()?;
    /// # Ok::<(), plaid_sdk::Error>(())
    /// ```
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl FnOnce(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        let inner = self.wrap.take();
        self.wrap = Some(Box::new(move |transport| {
            let transport = match inner {
                Some(inner) => inner(transport),
                None => transport,
            };
            Arc::new(wrap(transport))
        }));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// The environment, the credentials or the suffix of the `User-Agent` is missing or invalid, or the TLS library can't start,
    /// for example because the system has no certificates.
    pub fn build(self) -> Result<Client, Error> {
        let missing = |what: &str| Error::build(format!("the client has no {what}"));
        let environment = self.environment.ok_or_else(|| missing("environment"))??;
        let credentials = self.credentials.ok_or_else(|| missing("credentials"))??;
        let user_agent = user_agent(self.user_agent_suffix.as_deref())?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => http_transport(&environment, self.connect_timeout, self.http)?,
        };
        let transport = match self.wrap {
            Some(wrap) => wrap(transport),
            None => transport,
        };
        let Self { limits, retry, budget, clock, entropy, observer, strict_responses, .. } = self;
        let engine = Engine { transport, clock, entropy, budget, observer };
        Ok(Client::of(Context { environment, credentials, user_agent, limits, retry, strict_responses, engine }))
    }
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, Error> {
    const OWN: &str = concat!("plaid-sdk-rust/", env!("CARGO_PKG_VERSION"));
    match suffix {
        None => Ok(HeaderValue::from_static(OWN)),
        Some(suffix) => HeaderValue::from_str(&[OWN, " ", suffix].concat()).map_err(|_| {
            Error::build("the suffix of the user agent has a character that is invalid in a header".to_owned())
        }),
    }
}

fn http_transport(
    environment: &Environment,
    connect_timeout: Duration,
    customize: Option<Customize>,
) -> Result<Arc<dyn Transport>, Error> {
    let scheme = environment.base_url().split(':').next().unwrap_or_default();
    let is_plain = !scheme.eq_ignore_ascii_case("https");
    let has_tls = cfg!(any(feature = "rustls", feature = "native-tls"));
    // A customization may bring a TLS library of its own.
    if !is_plain && !has_tls && customize.is_none() {
        let why = "https needs the feature `rustls` or `native-tls`, or a custom HTTP client or transport";
        return Err(Error::build(why.to_owned()));
    }
    match HttpTransport::new(HttpSettings { connect_timeout, is_plain, customize }) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => {
            let cause = causes(&error).last().map_or_else(|| error.to_string(), ToString::to_string);
            Err(Error::build(format!("the HTTP client can't be set up: {cause}")))
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("environment", &self.environment)
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .field("retry_budget", &self.budget)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
        Client::builder().variables(find)?.build()
    }

    #[test]
    fn variables_make_a_client() {
        let all = [("PLAID_ENV", "production"), ("PLAID_CLIENT_ID", "id-1"), ("PLAID_SECRET", "hunter2")];
        let client = from_variables(&all).unwrap();
        assert_eq!(client.environment(), &Environment::Production);
        assert!(!format!("{client:?}").contains("hunter2"));
    }

    #[test]
    fn a_base_url_wins_over_the_environment() {
        let url = "http://127.0.0.1:8433";
        let all = [("PLAID_BASE_URL", url), ("PLAID_CLIENT_ID", "id-1"), ("PLAID_SECRET", "hunter2")];
        assert_eq!(from_variables(&all).unwrap().environment().base_url(), url);
        let both = [&[("PLAID_ENV", "production")][..], &all[..]].concat();
        assert_eq!(from_variables(&both).unwrap().environment().base_url(), url);
        // A wrong address must not lead to the real Plaid.
        for wrong in ["", "sandbox", "http://plaid.example.com"] {
            let wrong = [&[("PLAID_BASE_URL", wrong), ("PLAID_ENV", "production")][..], &all[1..]].concat();
            assert!(from_variables(&wrong).unwrap_err().to_string().contains("PLAID_BASE_URL"));
        }
    }

    #[test]
    fn a_missing_or_wrong_variable_is_named() {
        let all = [("PLAID_ENV", "sandbox"), ("PLAID_CLIENT_ID", "id-1"), ("PLAID_SECRET", "hunter2")];
        for left_out in all {
            let rest: Vec<_> = all.into_iter().filter(|variable| *variable != left_out).collect();
            assert!(from_variables(&rest).unwrap_err().to_string().contains(left_out.0));
        }
        for (name, value) in [("PLAID_ENV", "development"), ("PLAID_CLIENT_ID", ""), ("PLAID_SECRET", "hunter2\n")] {
            let wrong = all.map(|variable| if variable.0 == name { (name, value) } else { variable });
            let error = from_variables(&wrong).unwrap_err().to_string();
            assert!(error.contains(name) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn what_is_not_given_is_asked_for() {
        let error = Client::builder().credentials("id", "secret").build().unwrap_err();
        assert_eq!(error.to_string(), "the client has no environment");
        let error = Client::builder().environment(Environment::Sandbox).build().unwrap_err();
        assert_eq!(error.to_string(), "the client has no credentials");
    }
}
