//! An emulator in a program: started, asked, controlled and stopped.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::data::institutions;
use crate::deliver;
use crate::engine::{Engine, Settings};
use crate::ops::World;
use crate::server;
use crate::state::Pace;

/// Sets an emulator up.
#[derive(Clone, Debug)]
pub struct Builder {
    address: SocketAddr,
    settings: Settings,
    refuse_mutation: bool,
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
                self_check: false,
            },
            refuse_mutation: true,
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

    /// Starts it.
    ///
    /// # Errors
    /// If it can't listen at its address, for instance because another program does.
    pub async fn start(self) -> std::io::Result<Emulator> {
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let base_url = format!("http://{address}");
        let world = World {
            institutions: institutions::all(),
            base_url: base_url.clone(),
            refuse_mutation: self.refuse_mutation,
        };
        let engine = Arc::new(Engine::new(self.settings, world));
        let wake = Arc::new(Notify::new());
        let router = server::router(Arc::clone(&engine), Arc::clone(&wake));
        let tasks = [
            tokio::spawn(async move { drop(axum::serve(listener, router).await) }),
            tokio::spawn(deliver::run(Arc::clone(&engine), Arc::clone(&wake))),
        ];
        Ok(Emulator { base_url, engine, wake, tasks })
    }
}

/// A running emulator. It stops when it is dropped.
pub struct Emulator {
    pub(crate) base_url: String,
    pub(crate) engine: Arc<Engine>,
    pub(crate) wake: Arc<Notify>,
    tasks: [JoinHandle<()>; 2],
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

    /// Waits until it stops, which only a broken socket does.
    pub async fn stopped(mut self) {
        let [server, _] = &mut self.tasks;
        drop(server.await);
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
