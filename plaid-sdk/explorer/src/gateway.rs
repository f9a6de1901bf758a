//! The gateway: calls of Plaid's own paths, to which it adds the credentials.

mod call;
mod credentials;
mod table;
mod upstream;

use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Response;
use plaid_catalog::Catalog;

pub use self::call::Call;
pub use self::credentials::Credentials;
pub use self::table::Table;
pub use self::upstream::{Environment, Remote, Upstream, UpstreamError};

/// Sets a gateway up.
pub struct Builder {
    upstream: Box<dyn Upstream>,
    credentials: Credentials,
}

impl Builder {
    /// The gateway.
    pub fn build(self) -> Gateway {
        let Self { upstream, credentials } = self;
        Gateway { inner: Arc::new(Inner { upstream, credentials, table: Table::new(Catalog::plaid()) }) }
    }
}

/// Forwards calls to Plaid, or to an emulator, with credentials that its callers never see.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    upstream: Box<dyn Upstream>,
    credentials: Credentials,
    table: Table,
}

impl Gateway {
    /// Sets a gateway up: where calls go, and the credentials that they get.
    pub fn builder(upstream: impl Upstream, credentials: Credentials) -> Builder {
        Builder { upstream: Box::new(upstream), credentials }
    }

    /// The environment that calls go to.
    pub fn environment(&self) -> Environment {
        self.inner.upstream.environment()
    }

    /// The operations by method and path.
    pub fn table(&self) -> &Table {
        &self.inner.table
    }

    /// Sends a call. What goes wrong before Plaid answers is a response in the shape of Plaid's errors.
    pub async fn call(&self, call: Call) -> Response<Body> {
        call::send(&self.inner, call).await
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("environment", &self.environment()).finish_non_exhaustive()
    }
}
