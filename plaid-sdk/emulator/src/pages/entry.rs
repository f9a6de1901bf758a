//! How a request gets to a page: its host, the origin of its form, and the tenant that the page belongs to.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;

use super::{Door, guard, layout};
use crate::lock::lock;
use crate::state::Tenant;

/// The page of a request that can't be answered.
pub struct Refusal(Box<Response<Body>>);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        *self.0
    }
}

/// Why a request gets no tenant.
pub enum Stopped {
    /// It names a host that the emulator does not serve.
    Refused(Refusal),
    /// No tenant has what the page is about.
    Unknown,
}

impl Stopped {
    /// The page that says so. `unknown` is the one of an address that belongs to nobody.
    pub fn or_else(self, unknown: fn() -> Response<Body>) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Unknown => Refusal(Box::new(unknown())),
        }
    }
}

/// The tenant that has what a page is about.
///
/// # Errors
/// For a foreign host name, and if no tenant has it.
pub fn tenant(door: &Door, headers: &HeaderMap, has: impl Fn(&Tenant) -> bool) -> Result<Arc<Mutex<Tenant>>, Stopped> {
    if !guard::is_own_host(headers, &door.engine.world().hosts) {
        let help = "Open the emulator as http://127.0.0.1 and its port, or name the host with --hostname.";
        let why = "The emulator does not serve pages under this host name.";
        let page = layout::refusal(StatusCode::MISDIRECTED_REQUEST, "Unknown host", why, help);
        return Err(Stopped::Refused(Refusal(Box::new(page))));
    }
    let found = door.engine.all().into_iter().find(|(_, tenant)| has(&lock(tenant)));
    found.map(|(_, tenant)| tenant).ok_or(Stopped::Unknown)
}

/// Refuses a form that was sent by a page of another origin.
///
/// # Errors
/// For such a form.
pub fn own_form(headers: &HeaderMap) -> Result<(), Refusal> {
    if guard::is_own_form(headers) {
        return Ok(());
    }
    let why = "The form was sent by a page of another origin.";
    let page = layout::refusal(StatusCode::FORBIDDEN, "Refused", why, "Send it from the emulator's own page.");
    Err(Refusal(Box::new(page)))
}
