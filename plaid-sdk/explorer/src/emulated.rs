//! The emulator in the same process as an upstream.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, Response};
use futures_util::future::BoxFuture;
use plaid_emulator::{Emulator, StartError};
use tower::ServiceExt as _;

use crate::gateway::{Environment, Upstream, UpstreamError};

/// An emulator that answers calls in the same process.
#[derive(Clone)]
pub struct Emulated {
    emulator: Arc<Emulator>,
    router: Router,
}

impl Emulated {
    /// An emulator that runs.
    pub fn new(emulator: Emulator) -> Self {
        let router = emulator.router();
        Self { emulator: Arc::new(emulator), router }
    }
}

/// The path below which the emulator's own pages, controls and API are.
pub const ROOT: &str = "/-/emulator";

impl Emulated {
    /// An emulator without a socket, whose pages are at `/-/emulator` of an explorer at `url`. `hosts` are the names besides
    /// this machine's own under which the explorer is opened.
    ///
    /// # Errors
    /// As [`plaid_emulator::Builder::mount`].
    pub fn mount(builder: plaid_emulator::Builder, url: &str, hosts: Vec<String>) -> Result<Self, StartError> {
        Ok(Self::new(builder.mount(&format!("{url}{ROOT}"), hosts)?))
    }

    /// What the emulator answers over HTTP, as from the root of a host.
    pub fn router(&self) -> Router {
        self.router.clone()
    }
}

impl Deref for Emulated {
    type Target = Emulator;

    fn deref(&self) -> &Emulator {
        &self.emulator
    }
}

impl Upstream for Emulated {
    fn environment(&self) -> Environment {
        Environment::Emulator
    }

    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, UpstreamError>> {
        let sent = self.router.clone().oneshot(request.map(Body::from));
        Box::pin(async move { sent.await.map_err(UpstreamError::new) })
    }
}

impl fmt::Debug for Emulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulated").field("base_url", &self.emulator.base_url()).finish_non_exhaustive()
    }
}
