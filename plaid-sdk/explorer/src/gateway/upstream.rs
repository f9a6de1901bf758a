//! Where calls go: Plaid over HTTPS, or a service in the same program.

use std::fmt;

use axum::body::{Body, Bytes};
use axum::http::{Request, Response};
use futures_util::future::BoxFuture;

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
        write!(f, "no response: {}", self.0)
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
    base_url: String,
    client: reqwest::Client,
}

impl Remote {
    /// A server at a base URL.
    ///
    /// # Errors
    /// The HTTP client can't be made, for instance since the platform has no certificates.
    pub fn new(environment: Environment, base_url: &str) -> Result<Self, UpstreamError> {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let client = builder.build().map_err(UpstreamError::new)?;
        Ok(Self { environment, base_url: base_url.trim_end_matches('/').to_owned(), client })
    }
}

impl Upstream for Remote {
    fn environment(&self) -> Environment {
        self.environment
    }

    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, UpstreamError>> {
        let (parts, body) = request.into_parts();
        let url = format!("{}{}", self.base_url, parts.uri);
        let sent = self.client.request(parts.method, url).headers(parts.headers).body(body).send();
        Box::pin(async move {
            let response = sent.await.map_err(|error| UpstreamError::new(error.without_url()))?;
            Ok(Response::from(response).map(Body::new))
        })
    }
}
