//! Tools for agents, by the Model Context Protocol: over HTTP at `/mcp`, and over standard input and output.
//!
//! Five tools reach all operations: a model searches, describes, validates and calls. Credentials in responses are handles.

mod arguments;
mod call;
mod confirm;
mod describe;
mod effects;
mod http;
#[cfg(feature = "emulator")]
mod link;
mod names;
mod request;
mod resources;
mod results;
mod search;
mod server;
mod session;
mod shorten;
mod text;
mod tools;
mod toolset;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;

use self::server::Server;
use self::session::{Session, Settings, Shared};
use self::toolset::{Choice, Toolset};
use crate::app::App;
use crate::gateway::Guard;
use crate::handles::Caller;

/// How many lists of tools are kept. Each address has its own.
const KEPT: usize = 64;

/// The names of this machine.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "::1"];

/// How the tools are set up.
#[derive(Clone, Debug, Default)]
pub struct McpOptions {
    /// Operations that change something are not called.
    pub read_only: bool,
    /// Products, operations, or `all`: each of their operations becomes a tool of its own.
    pub tools: Vec<String>,
    /// Tools, operations and products that are left out.
    pub exclude: Vec<String>,
    /// Personal data in responses is not shown.
    pub hide_personal: bool,
    /// How many bytes of a response are shown. `None` means 20,000.
    pub response_bytes: Option<usize>,
}

/// The tools of an explorer.
#[derive(Clone)]
pub struct Mcp {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    options: McpOptions,
    hosts: Vec<String>,
    origins: Vec<String>,
    shared: Arc<Shared>,
    kept: Mutex<HashMap<Choice, Arc<Toolset>>>,
}

impl Mcp {
    /// The tools of an explorer, with the default options.
    pub fn new(app: App) -> Self {
        Self::unchecked(app, McpOptions::default(), None)
    }

    /// The tools of an explorer. Requests over HTTP have to name a host and an origin of the guard.
    ///
    /// # Errors
    /// A name in the options is neither a tool nor a product nor an operation.
    pub fn with(app: App, options: McpOptions, guard: Option<&Guard>) -> Result<Self, String> {
        let mcp = Self::unchecked(app, options, guard);
        mcp.server(false, "")?;
        Ok(mcp)
    }

    fn unchecked(app: App, options: McpOptions, guard: Option<&Guard>) -> Self {
        let hosts = guard.map_or_else(|| LOOPBACK.map(str::to_owned).to_vec(), Guard::hosts);
        let origins = guard.map(|guard| guard.origins().to_vec()).unwrap_or_default();
        let (shared, kept) = (Arc::default(), Mutex::default());
        Self { inner: Arc::new(Inner { app, options, hosts, origins, shared, kept }) }
    }

    /// The routes below `/mcp`. The explorer's guard has to be around them.
    pub fn router(&self) -> Router {
        http::router(self.clone())
    }

    /// Speaks over standard input and output until the input ends.
    ///
    /// # Errors
    /// The client does not speak the protocol, or the connection breaks.
    pub async fn stdio(&self) -> Result<(), String> {
        self.speak(rmcp::transport::stdio()).await
    }

    /// Speaks over a pair of streams.
    async fn speak<R, W>(&self, transport: (R, W)) -> Result<(), String>
    where
        R: tokio::io::AsyncRead + Send + Unpin + 'static,
        W: tokio::io::AsyncWrite + Send + Unpin + 'static,
    {
        match self.server(false, "")?.serve(transport).await {
            Ok(running) => running.waiting().await.map(drop).map_err(|error| error.to_string()),
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(format!("the client does not speak MCP: {error}")),
        }
    }

    /// A server with the tools that the options and an address ask for.
    fn server(&self, read_only: bool, names: &str) -> Result<Server, String> {
        let Inner { app, options, shared, .. } = self.inner.as_ref();
        let read_only = read_only || options.read_only;
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let choice = Choice {
            read_only,
            tools: options.tools.iter().cloned().chain(names).collect(),
            exclude: options.exclude.clone(),
            is_emulated: is_emulated(app),
        };
        let mut settings = Settings { read_only, hide_personal: options.hide_personal, ..Settings::default() };
        settings.response_bytes = options.response_bytes.unwrap_or(settings.response_bytes);
        let session = Session { app: app.clone(), settings, caller: Caller::new("mcp"), shared: Arc::clone(shared) };
        Ok(Server::new(session, self.toolset(choice)?))
    }

    fn toolset(&self, choice: Choice) -> Result<Arc<Toolset>, String> {
        let mut kept = self.inner.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tools) = kept.get(&choice) {
            return Ok(Arc::clone(tools));
        }
        let tools = Arc::new(Toolset::new(&choice)?);
        if kept.len() < KEPT {
            kept.insert(choice, Arc::clone(&tools));
        }
        Ok(tools)
    }

    fn hosts(&self) -> &[String] {
        &self.inner.hosts
    }

    fn origins(&self) -> &[String] {
        &self.inner.origins
    }
}

/// Whether an emulator runs in this process.
fn is_emulated(app: &App) -> bool {
    #[cfg(feature = "emulator")]
    return app.emulator().is_some();
    #[cfg(not(feature = "emulator"))]
    return {
        let _app = app;
        false
    };
}

impl fmt::Debug for Mcp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mcp").field("options", &self.inner.options).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
