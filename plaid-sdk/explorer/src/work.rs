//! What the pages ask for while a person works: checks and code of a request, samples, calls, and what was sent before.
//!
//! All of it is below `/-/`. Tokens leave as handles and come back as handles.

mod after;
mod call;
#[cfg(feature = "emulator")]
mod demo;
#[cfg(feature = "emulator")]
mod emulator;
mod given;
mod history;
mod inbox;
mod known;
mod preview;
mod refused;
mod reveal;
mod sample;
mod shelf;

use std::sync::{Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;
use crate::handles::Caller;

use self::given::Given;
use self::history::History;
use self::inbox::{Inbox, Keys, RECEIVER};
use self::shelf::Shelf;

/// The longest request to a page's own route. A file is inside the JSON of its operation.
const LONGEST: usize = 32 << 20;

/// The routes.
pub fn router(app: App) -> Router {
    let router = Router::new()
        .route("/-/after/{number}", get(after::after))
        .route("/-/call/{operation}", post(call::call))
        .route("/-/history", get(history::list))
        .route("/-/history/{number}", get(history::one))
        .route("/-/inbox", get(inbox::page))
        .route("/-/inbox/list", get(inbox::list))
        .route("/-/preview", post(preview::preview))
        .route("/-/reveal", post(reveal::reveal))
        .route("/-/sample", post(sample::sample))
        .route("/-/shelf", get(shelf::list))
        .route(RECEIVER, post(inbox::receive));
    #[cfg(feature = "emulator")]
    let router = router
        .route("/-/work/complete-link", post(emulator::complete_link))
        .route("/-/work/redeliver", post(emulator::redeliver))
        .route("/-/work/seed", post(emulator::seed));
    router.layer(DefaultBodyLimit::max(LONGEST)).with_state(app)
}

/// What was sent, and the values that came back. It is in memory only, and one for all pages of an explorer.
#[derive(Debug, Default)]
pub struct Work {
    state: Mutex<State>,
    webhook_url: OnceLock<String>,
}

#[derive(Debug, Default)]
struct State {
    history: History,
    shelf: Shelf,
    given: Given,
    inbox: Inbox,
    keys: Keys,
}

impl Work {
    /// Says at which address webhooks arrive here. The first address stays.
    pub fn set_webhook_url(&self, url: &str) {
        let _first = self.webhook_url.set(url.to_owned());
    }

    /// The address at which webhooks arrive here.
    fn webhook_url(&self) -> Option<&str> {
        self.webhook_url.get().map(String::as_str)
    }

    /// Reads or changes it. Nothing waits inside.
    fn with<T>(&self, run: impl FnOnce(&mut State) -> T) -> T {
        run(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The person at the pages, as the owner of handles.
fn person() -> Caller {
    Caller::new("pages")
}

#[cfg(test)]
mod tests;
