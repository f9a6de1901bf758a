//! What pages and tools work with: the catalog, the gateway, and the emulator if it runs here.

use std::sync::Arc;

use plaid_catalog::Catalog;

#[cfg(feature = "emulator")]
use crate::emulated::Emulated;
#[cfg(feature = "emulator")]
use crate::gateway::Credentials;
use crate::gateway::Gateway;
use crate::handles::Handles;
#[cfg(feature = "pages")]
use crate::memory::Memory;

/// The explorer as a whole.
#[derive(Clone, Debug)]
pub struct App {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    gateway: Gateway,
    handles: Handles,
    #[cfg(feature = "pages")]
    memory: Memory,
    #[cfg(feature = "emulator")]
    emulated: Option<Emulated>,
}

impl App {
    /// An explorer before a gateway.
    pub fn new(gateway: Gateway) -> Self {
        let inner = Inner {
            gateway,
            handles: Handles::default(),
            #[cfg(feature = "pages")]
            memory: Memory::default(),
            #[cfg(feature = "emulator")]
            emulated: None,
        };
        Self { inner: Arc::new(inner) }
    }

    /// An explorer before an emulator in the same process, which takes any credentials.
    #[cfg(feature = "emulator")]
    pub fn emulated(emulated: Emulated) -> Self {
        let gateway = Gateway::builder(emulated.clone(), Credentials::emulator()).build();
        Self::emulated_behind(emulated, gateway)
    }

    /// An explorer before an emulator in the same process, and the gateway whose calls go there.
    #[cfg(feature = "emulator")]
    pub fn emulated_behind(emulated: Emulated, gateway: Gateway) -> Self {
        Self {
            inner: Arc::new(Inner {
                gateway,
                handles: Handles::default(),
                #[cfg(feature = "pages")]
                memory: Memory::default(),
                emulated: Some(emulated),
            }),
        }
    }

    /// The emulator that calls go to, if it is one in this process.
    #[cfg(feature = "emulator")]
    pub fn emulator(&self) -> Option<&Emulated> {
        self.inner.emulated.as_ref()
    }

    /// The API as data.
    pub fn catalog(&self) -> &'static Catalog {
        Catalog::plaid()
    }

    /// The gateway.
    pub fn gateway(&self) -> &Gateway {
        &self.inner.gateway
    }

    /// The handles that replace credentials in responses.
    pub fn handles(&self) -> &Handles {
        &self.inner.handles
    }

    /// What was sent from the pages.
    #[cfg(feature = "pages")]
    pub(crate) fn memory(&self) -> &Memory {
        &self.inner.memory
    }

    /// Says at which address webhooks arrive here, for instance through a tunnel: forms fill it in. The first address stays.
    #[cfg(feature = "pages")]
    pub fn set_webhook_url(&self, url: &str) {
        self.inner.memory.set_webhook_url(url);
    }
}
