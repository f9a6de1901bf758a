//! Pages for people: Link in a browser, and the inspector. They work without scripts and by keyboard.

mod business;
mod entry;
mod form;
mod guard;
pub mod inspector;
mod layout;
mod link;
mod moved;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

pub use self::moved::moved;
use crate::engine::Engine;
use crate::wake::Wake;

/// What the pages work with.
#[derive(Clone)]
pub struct Door {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Wakes the task that sends webhooks.
    pub wake: Arc<Wake>,
}

/// The routes of the pages. The paths below `/_plaid` have more segments than those of the controls, or names of their own.
pub fn router(engine: Arc<Engine>, wake: Arc<Wake>) -> Router {
    Router::new()
        .route("/_plaid/style.css", get(layout::style))
        .route("/_plaid/relay.js", get(link::relay))
        .route("/link/v2/stable/link-initialize.js", get(link::initialize))
        .route("/_plaid/link/page/{token}", get(link::start))
        .route("/_plaid/link/page/{token}/session/{session}", get(link::show))
        .route("/_plaid/link/page/{token}/session/{session}/{verb}", post(link::step))
        .route("/_plaid/verify/{id}", get(business::show_verification).post(business::verify))
        .route("/_plaid/onboarding/{id}", get(business::show_questionnaire).post(business::onboard))
        .route("/_plaid/inspect/coverage", get(inspector::coverage))
        .route("/_plaid/inspect/{client_id}", get(inspector::overview))
        .route("/_plaid/inspect/{client_id}/{part}", get(inspector::part))
        .route("/_plaid/inspect/{client_id}/{part}/{one}", get(inspector::one).post(inspector::act))
        .with_state(Door { engine, wake })
}
