//! The gateway: calls of Plaid's own paths, to which it adds the credentials.
//!
//! A request passes these layers, in this order: host, origin, content type and token ([`Guard`]); operation, size and time
//! (`door`); switches, checks and credentials (`call`). The response passes the headers and the search for the secret
//! (`reply`).

mod audit;
mod body;
mod call;
mod check;
mod credentials;
mod door;
mod guard;
mod headers;
mod limits;
mod refusal;
mod reply;
mod scan;
mod server;
mod slow;
mod switches;
mod table;
mod upstream;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode};
use plaid_catalog::Catalog;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

pub use self::audit::Audit;
pub use self::call::Call;
pub use self::check::Check;
pub use self::credentials::{Credentials, CredentialsError};
pub use self::guard::{Guard, Guarded, Token, TokenError};
pub use self::limits::Limits;
use self::refusal::Refusal;
use self::scan::Needles;
pub use self::server::serve;
pub use self::switches::Switches;
pub use self::table::Table;
pub use self::upstream::{Environment, Remote, Upstream, UpstreamError};

/// Sets a gateway up.
pub struct Builder {
    upstream: Box<dyn Upstream>,
    credentials: Credentials,
    switches: Switches,
    check: Check,
    pass_credentials: bool,
    limits: Limits,
    audit: Audit,
}

impl Builder {
    /// Which calls go to Production. By default none.
    #[must_use]
    pub fn switches(mut self, switches: Switches) -> Self {
        self.switches = switches;
        self
    }

    /// What is done about requests that Plaid would refuse. By default they are refused.
    #[must_use]
    pub fn check(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    /// Whether a caller who sends credentials of their own is known to Plaid by them. By default they are dropped.
    #[must_use]
    pub fn pass_credentials(mut self, pass: bool) -> Self {
        self.pass_credentials = pass;
        self
    }

    /// The limits of sizes and times.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where a line about each call is written. By default nowhere.
    #[must_use]
    pub fn audit(mut self, audit: Audit) -> Self {
        self.audit = audit;
        self
    }

    /// The gateway.
    pub fn build(self) -> Gateway {
        let Self { upstream, credentials, switches, check, pass_credentials, limits, audit } = self;
        // The emulator's secret is none.
        let is_secret = upstream.environment() != Environment::Emulator;
        let catalog = Catalog::plaid();
        // `2020-09-14_1.697.4` is a version of the document; the API's is the date.
        let version = catalog.api().version.split('_').next().and_then(|date| HeaderValue::from_str(date).ok());
        Gateway {
            inner: Arc::new(Inner {
                needles: is_secret.then(|| Needles::of(credentials.secret())),
                upstream,
                credentials,
                table: Table::new(catalog),
                version,
                switches,
                check,
                pass_credentials,
                calls: Arc::new(Semaphore::new(limits.calls)),
                limits,
                audit,
            }),
        }
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
    /// The forms of the secret, if it is one.
    needles: Option<Needles>,
    table: Table,
    /// The version of the API that the catalog describes.
    version: Option<HeaderValue>,
    switches: Switches,
    check: Check,
    pass_credentials: bool,
    limits: Limits,
    calls: Arc<Semaphore>,
    audit: Audit,
}

impl Inner {
    /// Waits until there are few enough calls for another one.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        if let Ok(permit) = Arc::clone(&self.calls).try_acquire_owned() {
            return Ok(permit);
        }
        let turn = timeout(self.limits.turn, Arc::clone(&self.calls).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(|| {
            let message = format!("{} calls are on their way, and none ended in time", self.limits.calls);
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "TOO_MANY_CALLS", message, "Make fewer calls at once.")
        })
    }
}

impl Gateway {
    /// Sets a gateway up: where calls go, and the credentials that they get.
    pub fn builder(upstream: impl Upstream, credentials: Credentials) -> Builder {
        Builder {
            upstream: Box::new(upstream),
            credentials,
            switches: Switches::default(),
            check: Check::default(),
            pass_credentials: false,
            limits: Limits::default(),
            audit: Audit::none(),
        }
    }

    /// The environment that calls go to.
    pub fn environment(&self) -> Environment {
        self.inner.upstream.environment()
    }

    /// The client id that calls get.
    pub fn client_id(&self) -> &str {
        self.inner.credentials.client_id()
    }

    /// Which calls go to Production.
    pub fn switches(&self) -> Switches {
        self.inner.switches
    }

    /// The operations by method and path.
    pub fn table(&self) -> &Table {
        &self.inner.table
    }

    /// Sends a call. What goes wrong before Plaid answers is a response in the shape of Plaid's errors.
    pub async fn call(&self, call: Call) -> Response<Body> {
        call::send(&self.inner, call, Instant::now(), None).await
    }

    /// Plaid's paths over HTTP, for any client of Plaid. Wrap it in a [`Guard`]: without one, every page that a browser on this
    /// machine shows can call Plaid.
    pub fn router(&self) -> Router {
        door::router(self.clone())
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("environment", &self.environment()).finish_non_exhaustive()
    }
}
