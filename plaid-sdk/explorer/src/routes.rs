//! All routes of an explorer together.

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::app::App;
#[cfg(feature = "mcp")]
use crate::mcp::Mcp;
use crate::{pages, work};

impl App {
    /// All routes: pages, what they load, tools, and Plaid's own paths. Wrap them in a [`crate::Guard`] before they are served.
    pub fn router(&self) -> Router {
        let router = self.without_tools();
        #[cfg(feature = "mcp")]
        let router = router.merge(Mcp::new(self.clone()).router());
        router
    }

    /// The same, with tools that are set up in another way.
    #[cfg(feature = "mcp")]
    pub fn router_with(&self, mcp: &Mcp) -> Router {
        self.without_tools().merge(mcp.router())
    }

    fn without_tools(&self) -> Router {
        let missing = from_fn_with_state(self.clone(), pages::or_not_found);
        let router = pages::router(self.clone()).merge(work::router(self.clone()));
        let router = router.fallback_service(self.gateway().router().layer(missing));
        #[cfg(feature = "emulator")]
        if let Some(emulated) = self.emulator() {
            return router.nest_service(crate::emulated::ROOT, emulated.router());
        }
        router
    }
}
