//! The way back from a bank's own page to the application.

use chrono::TimeDelta;
use serde_json::json;

use super::super::{Call, Response};
use super::walk::Walk;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::Session;

/// How long a correlation id can be exchanged, in minutes.
const CORRELATION_LIFE: i64 = 30;

impl Walk<'_> {
    /// Notes what the application gets back from the bank's page. For payments it also gets a correlation id.
    pub fn come_back(&mut self) {
        self.session.oauth_state = Some(self.tenant.ids.uuid());
        let pays = Fields(&self.link.request).texts("products").is_some_and(|all| all.contains(&"payment_initiation"));
        let expires = self.tenant.now() + TimeDelta::minutes(CORRELATION_LIFE);
        self.session.correlation = pays.then(|| (self.tenant.ids.uuid(), expires));
    }
}

/// `/link/oauth/correlation_id/exchange`: the Link token of a session that came back from a bank's page.
pub fn exchange(call: &mut Call<'_>) -> Response {
    let id = call.request.required("link_correlation_id")?;
    let now = call.tenant.now();
    let is_meant =
        |session: &Session| session.correlation.as_ref().is_some_and(|(known, until)| known == id && now < *until);
    let link = call.tenant.links.values().find(|link| link.sessions.iter().any(is_meant));
    let message = "link_correlation_id must be one that came back from a bank's page, and not be older than 30 minutes";
    link.map(|link| json!({"link_token": link.token})).ok_or_else(|| ApiError::invalid_field(message))
}
