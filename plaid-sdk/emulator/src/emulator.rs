//! An emulator in a program: started, asked, controlled and stopped.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::serve::ListenerExt;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::commands::Refused;
use crate::connections::{self, Timeouts};
use crate::data::institutions;
use crate::deliver;
use crate::engine::{Engine, Settings};
use crate::ops::World;
use crate::seed::SeedFile;
use crate::server;
use crate::state::{Pace, TransferRules, UserApi};
use crate::store::{StateFile, StoreError};
use crate::tls::{Identity, TlsError};
use crate::wake::Wake;

/// Sets an emulator up.
#[derive(Clone, Debug)]
pub struct Builder {
    address: SocketAddr,
    settings: Settings,
    refuse_mutation: bool,
    state: Option<PathBuf>,
    seed_file: Option<PathBuf>,
    tls: Option<Vec<String>>,
    transfer_rules: TransferRules,
    user_api: UserApi,
    timeouts: Timeouts,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            settings: Settings {
                seed: 0,
                clock: Clock::default(),
                pace: Pace::INSTANT,
                lenient: false,
                logins_age: false,
                self_check: false,
            },
            refuse_mutation: true,
            state: None,
            seed_file: None,
            tls: None,
            transfer_rules: TransferRules::default(),
            user_api: UserApi::default(),
            timeouts: Timeouts::default(),
        }
    }
}

impl Builder {
    /// Where it listens. By default a free port of the loopback interface.
    #[must_use]
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// What all ids are made from. The same seed and the same calls give the same ids.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Lets the clock of new tenants stand still at a time. It moves by [`Handle::advance`] only.
    ///
    /// [`Handle::advance`]: crate::Handle::advance
    #[must_use]
    pub fn frozen_at(mut self, time: DateTime<Utc>) -> Self {
        self.settings.clock = Clock::frozen(time);
        self
    }

    /// How long banks take. By default no time at all.
    #[must_use]
    pub fn pace(mut self, pace: Pace) -> Self {
        self.settings.pace = pace;
        self
    }

    /// Answers requests with unknown fields and values, which Plaid refuses.
    #[must_use]
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.settings.lenient = lenient;
        self
    }

    /// Lets logins grow old, as Plaid's Sandbox does: after 30 days an Item needs update mode. Off by default.
    #[must_use]
    pub fn logins_age(mut self, age: bool) -> Self {
        self.settings.logins_age = age;
        self
    }

    /// By what new users are named: by `user_id`, as since December 2025, by `user_token`, or by both. By default both.
    #[must_use]
    pub fn user_api(mut self, api: UserApi) -> Self {
        self.user_api = api;
        self
    }

    /// Checks each response against Plaid's document. A response that does not fit is answered as status 500.
    #[must_use]
    pub fn self_check(mut self, check: bool) -> Self {
        self.settings.self_check = check;
        self
    }

    /// Whether `/transactions/sync` refuses the next page if transactions have changed since the last one. On by default.
    #[must_use]
    pub fn refuse_mutation(mut self, refuse: bool) -> Self {
        self.refuse_mutation = refuse;
        self
    }

    /// Keeps all tenants in a file: they are there again after a restart. The file is replaced in one step after changes.
    #[must_use]
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state = Some(path.into());
        self
    }

    /// Reads further institutions, and the users and Items of each new tenant, from a file: `{"institutions": […], "users": […],
    /// "items": […]}`.
    #[must_use]
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.seed_file = Some(path.into());
        self
    }

    /// Listens by HTTPS, for clients whose host is fixed. The certificate is valid for these names and for this machine; an authority
    /// of the emulator's own has signed it ([`Emulator::authority`]). Names have to lead to this machine, for instance by its
    /// file of hosts.
    #[must_use]
    pub fn tls(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tls = Some(hosts.into_iter().map(Into::into).collect());
        self
    }

    /// How Transfer behaves where Plaid's environments differ or its sources disagree: when events are announced and where, what
    /// is decided while a login does not work, how much may be transferred.
    #[must_use]
    pub fn transfer_rules(mut self, rules: TransferRules) -> Self {
        self.transfer_rules = rules;
        self
    }

    /// How long clients of its socket may take before they are disconnected.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// If it can't listen at its address, for instance because another program does, if its seed file can't be read, and if
    /// its state file can't be read or written.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let identity = self.tls.as_deref().map(Identity::new).transpose()?;
        let hosts = self.tls.clone().unwrap_or_default();
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        // A client of this machine can't connect to "all interfaces".
        let shown = if address.ip().is_unspecified() {
            SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
        } else {
            address
        };
        let base_url = match (&identity, hosts.first().map_or("localhost", String::as_str), address.port()) {
            (None, ..) => format!("http://{shown}"),
            (Some(_), host, 443) => format!("https://{host}"),
            (Some(_), host, port) => format!("https://{host}:{port}"),
        };
        let timeouts = self.timeouts;
        let mut emulator = self.assemble(base_url, hosts)?;
        let router = emulator.router();
        emulator.server = Some(match &identity {
            None => {
                // A socket that can't be told to send at once is only slower.
                let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
                tokio::spawn(connections::serve(listener, router, timeouts))
            }
            Some(identity) => tokio::spawn(connections::serve(identity.listen(listener)?, router, timeouts)),
        });
        emulator.authority = identity.map(|identity| identity.authority);
        Ok(emulator)
    }

    /// Starts it without a socket, for a program that serves [`Emulator::router`] itself, at its root or below a path. `base_url`
    /// is where it does, such as `http://127.0.0.1:8434/-/emulator`: pages lead there. `hosts` are the names besides this machine's
    /// own under which pages are shown.
    ///
    /// # Errors
    /// If its seed file can't be read, and if its state file can't be read or written.
    pub fn mount(self, base_url: &str, hosts: Vec<String>) -> Result<Emulator, StartError> {
        self.assemble(base_url.trim_end_matches('/').to_owned(), hosts)
    }

    /// All but a socket.
    fn assemble(self, base_url: String, hosts: Vec<String>) -> Result<Emulator, StartError> {
        let file = self.state.map(StateFile::new);
        let tenants = file.as_ref().map_or(Ok(Vec::new()), StateFile::load)?;
        let mut institutions = institutions::all();
        let seed = match &self.seed_file {
            Some(path) => SeedFile::load(path, &institutions)?,
            None => SeedFile::default(),
        };
        institutions.extend(seed.institutions);
        let world = World { institutions, base_url: base_url.clone(), hosts, refuse_mutation: self.refuse_mutation };
        let engine =
            Engine::new(self.settings, world).with_transfer_rules(self.transfer_rules).with_user_api(self.user_api);
        let engine = Arc::new(engine.welcoming(Box::new(move |engine, tenant| {
            seed.wanted.make(engine, tenant).map(drop).map_err(|refused| refused.to_string())
        })));
        tenants.into_iter().for_each(|tenant| engine.put(tenant));
        if let Some(file) = &file {
            // A file that can't be written is an error now, and not after the first call.
            engine.save(file)?;
        }
        let wake = Arc::new(Wake::new(file.is_some()));
        let deliveries = tokio::spawn(deliver::run(Arc::clone(&engine), Arc::clone(&wake), file.clone()));
        Ok(Emulator { base_url, engine, wake, file, server: None, deliveries, authority: None })
    }
}

/// A running emulator. It stops when it is dropped.
pub struct Emulator {
    pub(crate) base_url: String,
    pub(crate) engine: Arc<Engine>,
    pub(crate) wake: Arc<Wake>,
    file: Option<StateFile>,
    /// The task that listens, if it is not another program's router that does.
    server: Option<JoinHandle<()>>,
    /// The task that lets time pass and sends webhooks.
    deliveries: JoinHandle<()>,
    authority: Option<String>,
}

impl Emulator {
    /// Sets an emulator up.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The base URL for clients: `http://127.0.0.1:49152`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The certificate of the authority that clients have to trust, as PEM, if it listens by HTTPS.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// All that it answers over HTTP, as a router: the API, the controls and the pages. A request that it gets this way needs
    /// no socket.
    pub fn router(&self) -> axum::Router {
        server::router(Arc::clone(&self.engine), Arc::clone(&self.wake))
    }

    /// Waits until it stops, which only a broken socket does. One without a socket never stops by itself.
    pub async fn stopped(&mut self) {
        match &mut self.server {
            Some(server) => drop(server.await),
            None => std::future::pending().await,
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.iter().for_each(JoinHandle::abort);
        self.deliveries.abort();
        if let Some(Err(error)) = self.file.as_ref().map(|file| self.engine.save(file)) {
            eprintln!("error: {error}");
        }
        self.wake.stop();
    }
}

/// An emulator that can't start.
#[derive(Debug)]
pub enum StartError {
    /// It can't listen at its address.
    Listen(std::io::Error),
    /// Its state file can't be read.
    State(StoreError),
    /// Its seed file can't be read, or has a mistake.
    Seed(Refused),
    /// It can't make a certificate.
    Tls(TlsError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(error) => error.fmt(f),
            Self::State(error) => error.fmt(f),
            Self::Seed(refused) => refused.fmt(f),
            Self::Tls(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        Self::Listen(error)
    }
}

impl From<Refused> for StartError {
    fn from(refused: Refused) -> Self {
        Self::Seed(refused)
    }
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::State(error)
    }
}

impl From<TlsError> for StartError {
    fn from(error: TlsError) -> Self {
        Self::Tls(error)
    }
}
