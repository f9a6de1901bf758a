//! The outer layers, which all requests pass: pages, data, tools and Plaid's own paths.
//!
//! A gateway on a person's own machine is reached by every page that their browser shows. These layers refuse what such a page
//! can send: requests under a foreign host name, from a foreign origin, or of a kind that browsers send without asking.

mod content;
mod host;
mod login;
mod origin;
mod place;
mod token;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, Method, Response, header};
use futures_util::future::BoxFuture;
use tower::Service;

use self::host::Hosts;
use self::place::Place;
pub use self::token::{Token, TokenError};
use super::audit::{Audit, Entry};
use super::limits::Limits;
use super::refusal::Refusal;
use super::{Gateway, door, headers, slow};

/// Who may send requests: a builder, and what it builds.
#[derive(Clone)]
pub struct Guard {
    address: SocketAddr,
    hosts: Hosts,
    origins: Vec<String>,
    webhook_hosts: Vec<String>,
    token: Option<Token>,
    limits: Limits,
    audit: Audit,
    gateway: Option<Gateway>,
}

impl Guard {
    /// The guard of a server at an address. It serves under the names of this machine, with the address's port.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            hosts: Hosts::of(address),
            origins: Vec::new(),
            webhook_hosts: Vec::new(),
            token: None,
            limits: Limits::default(),
            audit: Audit::none(),
            gateway: None,
        }
    }

    /// Also serves under this host name, with the port of the address, with a port of its own (`name:443`), and without one, for
    /// a proxy at the usual port.
    #[must_use]
    pub fn host(mut self, name: &str) -> Self {
        self.hosts.add(name, self.address.port());
        self
    }

    /// Also takes requests from pages of this origin (`https://pages.example`). They get no header of CORS, so such a page does not
    /// read the responses unless a proxy adds one.
    #[must_use]
    pub fn origin(mut self, origin: &str) -> Self {
        self.origins.push(origin.to_owned());
        self
    }

    /// The hosts under which it serves, with their ports.
    pub fn hosts(&self) -> Vec<String> {
        self.hosts.all().to_vec()
    }

    /// The origins of others whose pages may send requests.
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// Takes webhooks under this host name too, which a tunnel has.
    #[must_use]
    pub fn webhook_host(mut self, name: &str) -> Self {
        self.webhook_hosts.push(name.to_ascii_lowercase());
        self
    }

    /// Asks for a token. Off the loopback interface there should be one.
    #[must_use]
    pub fn token(mut self, token: Token) -> Self {
        self.token = Some(token);
        self
    }

    /// The limits of sizes and times.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where refusals are written.
    #[must_use]
    pub fn audit(mut self, audit: Audit) -> Self {
        self.audit = audit;
        self
    }

    /// Sends calls of Plaid's paths to this gateway, without the way through the routes.
    #[must_use]
    pub fn gateway(mut self, gateway: Gateway) -> Self {
        self.gateway = Some(gateway);
        self
    }

    /// The routes behind the layers.
    pub fn wrap(self, router: Router) -> Guarded {
        // The size of a body is limited here, for each place as it needs it.
        let inner = router.layer(DefaultBodyLimit::disable());
        Guarded { guard: Arc::new(self), inner }
    }

    /// The first layer that refuses a request. It is passed on if none does.
    fn check(&self, request: &Request, place: Place) -> Result<(), Refusal> {
        self.hosts.check(request, if place == Place::Webhook { &self.webhook_hosts } else { &[] })?;
        if !place.is_for_everybody() {
            origin::check(request.headers(), request.method(), place, &self.origins)?;
        }
        content::check(request, place)?;
        match &self.token {
            Some(token) if !place.needs_no_token() => token.check(request.headers(), self.address.port()),
            _ => Ok(()),
        }
    }
}

/// Routes behind a guard, for [`crate::serve`], or as the fallback of another router.
#[derive(Clone)]
pub struct Guarded {
    guard: Arc<Guard>,
    inner: Router,
}

impl Service<Request> for Guarded {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (guard, inner) = (Arc::clone(&self.guard), self.inner.clone());
        Box::pin(async move { Ok(pass(&guard, request, inner).await) })
    }
}

async fn pass(guard: &Guard, request: Request, mut inner: Router) -> Response<Body> {
    let begun = Instant::now();
    let place = Place::of(request.method(), request.uri().path());
    if let Err(refusal) = guard.check(&request, place) {
        Entry::refused(&guard.audit, &request, begun, &refusal).write();
        return login::refused(&request, place, &refusal).unwrap_or_else(|| refusal.response());
    }
    if place == Place::Login {
        return login::answer(request, guard.token.as_ref(), guard.address.port()).await;
    }
    if request.method() == Method::OPTIONS {
        return options();
    }
    let most = place.largest_body(request.uri().path(), &guard.limits);
    let request = match slow::limit(request, most, &guard.limits) {
        Ok(request) => request,
        Err((head, refusal)) => {
            Entry::refused(&guard.audit, &head, begun, &refusal).write();
            return refusal.response();
        }
    };
    let known = guard.gateway.as_ref().and_then(|gateway| {
        let operation = gateway.table().find(request.method().as_str(), request.uri().path())?;
        Some((gateway, operation))
    });
    let mut response = match known {
        Some((gateway, operation)) => door::answer(gateway, operation, request, begun).await,
        None => {
            let Ok(response) = Service::<Request>::call(&mut inner, request).await;
            response
        }
    };
    headers::protect_all(response.headers_mut());
    response
}

/// No header of CORS: no other origin may send anything.
fn options() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = axum::http::StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}
