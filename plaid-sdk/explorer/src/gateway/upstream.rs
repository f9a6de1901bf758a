//! Where calls go: Plaid over HTTPS, or a service in the same program.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::uri::{self, Authority, Scheme};
use axum::http::{Request, Response, Uri};
use futures_util::future::BoxFuture;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// The environments that a gateway can stand before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// An emulator. Nothing in it is real.
    Emulator,
    /// Plaid's Sandbox: test data.
    Sandbox,
    /// Plaid's Production: real accounts and real money.
    Production,
}

impl Environment {
    /// Its name for people: `Sandbox`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Emulator => "Emulator",
            Self::Sandbox => "Sandbox",
            Self::Production => "Production",
        }
    }
}

/// Carries out requests. The path of a request is one of Plaid's, its headers have the credentials.
pub trait Upstream: Send + Sync + 'static {
    /// The environment that it is.
    fn environment(&self) -> Environment;

    /// Sends a request and returns the head of the response; its body may still arrive.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, UpstreamError>>;
}

/// A request that got no response.
#[derive(Debug)]
pub struct UpstreamError(Box<dyn std::error::Error + Send + Sync>);

impl UpstreamError {
    /// An error with its cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        // The first error often says only that something failed.
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl std::error::Error for UpstreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

/// A server over HTTP or HTTPS. Redirects are not followed, and proxies from the environment are not used.
#[derive(Clone, Debug)]
pub struct Remote {
    environment: Environment,
    scheme: Scheme,
    authority: Authority,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Remote {
    /// A server at a base URL. It must be HTTPS, but on this machine.
    ///
    /// # Errors
    /// The URL can't be used, or the HTTP client can't be made, for instance since the platform has no certificates.
    pub fn new(environment: Environment, base_url: &str) -> Result<Self, UpstreamError> {
        let (scheme, authority) = usable(environment, base_url.trim_end_matches('/'))?;
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT));
        let provider = rustls::crypto::aws_lc_rs::default_provider();
        let https = HttpsConnectorBuilder::new().with_provider_and_platform_verifier(provider);
        let https = https.map_err(UpstreamError::new)?.https_or_http().enable_all_versions().wrap_connector(connector);
        // A request that was not sent is an error, too: the caller decides about a retry.
        let client = Client::builder(TokioExecutor::new()).retry_canceled_requests(false).build(https);
        Ok(Self { environment, scheme, authority, client })
    }
}

/// Refuses a URL over which the secret would be readable, or at which there is another environment.
fn usable(environment: Environment, base_url: &str) -> Result<(Scheme, Authority), UpstreamError> {
    let help = "Write it as https://host, without a path, a query or a user";
    let uri: Uri = base_url.parse().map_err(|_| UpstreamError::new(format!("this is not a URL. {help}")))?;
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return Err(UpstreamError::new(format!("this is not an absolute URL. {help}")));
    };
    if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") || uri.query().is_some() {
        return Err(UpstreamError::new(format!("it has more than a host and a port. {help}")));
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    let is_here = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    if *scheme != Scheme::HTTPS && !(*scheme == Scheme::HTTP && is_here) {
        return Err(UpstreamError::new("the secret is only sent by https, or to this machine"));
    }
    if host.eq_ignore_ascii_case("production.plaid.com") && environment != Environment::Production {
        return Err(UpstreamError::new("this is Production, but PLAID_ENV is not production"));
    }
    Ok((scheme.clone(), authority.clone()))
}

impl Upstream for Remote {
    fn environment(&self) -> Environment {
        self.environment
    }

    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, UpstreamError>> {
        let (mut parts, body) = request.into_parts();
        let target = std::mem::take(&mut parts.uri).into_parts();
        let mut uri = uri::Parts::default();
        uri.scheme = Some(self.scheme.clone());
        uri.authority = Some(self.authority.clone());
        uri.path_and_query = target.path_and_query;
        Box::pin(async move {
            parts.uri = Uri::from_parts(uri).map_err(UpstreamError::new)?;
            let sent = self.client.request(Request::from_parts(parts, Full::new(body)));
            Ok(sent.await.map_err(UpstreamError::new)?.map(Body::new))
        })
    }
}
