//! What the pages ask for while a person works: checks and code of a request, samples, calls, and what was sent before.
//!
//! All of it is below `/-/`. Tokens leave as handles and come back as handles.

mod after;
mod call;
#[cfg(feature = "emulator")]
mod controls;
#[cfg(feature = "emulator")]
mod demo;
#[cfg(feature = "emulator")]
mod emulator;
mod history;
mod inbox;
mod preview;
mod recover;
mod refused;
mod reveal;
mod sample;
mod shelf;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;
use crate::handles::Caller;

use self::inbox::RECEIVER;

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

/// The person at the pages, as the owner of handles.
fn person() -> Caller {
    Caller::new("pages")
}

#[cfg(test)]
mod tests;
