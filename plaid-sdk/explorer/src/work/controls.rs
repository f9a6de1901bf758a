//! The controls of the emulator, for the tenant of the pages.

use axum::http::StatusCode;
use serde_json::Value;

use super::call;
use super::refused::Refused;
use crate::app::App;
use crate::gateway::Credentials;

/// Carries a control out.
pub async fn control(app: &App, path: &str, body: Value) -> Result<Value, Refused> {
    let Some(emulator) = app.emulator() else {
        return Err(Refused::new(
            StatusCode::NOT_FOUND,
            "calls go to Plaid, and the emulator's controls are not there",
        ));
    };
    let credentials = Credentials::emulator();
    if emulator.tenant(credentials.client_id()).is_none() {
        // The first call makes the tenant.
        call::plain(app, "institutionsGet", r#"{"count": 1, "offset": 0, "country_codes": ["US"]}"#).await?;
    }
    let tenant = emulator.tenant(credentials.client_id());
    let tenant =
        tenant.ok_or_else(|| Refused::new(StatusCode::BAD_GATEWAY, "the emulator does not know the explorer"))?;
    tenant.control("POST", path, body).map_err(|refused| Refused::bad(refused.to_string()))
}

/// The state of a session that is on the page of a bank.
pub fn oauth_state(app: &App, link_token: &str) -> Option<String> {
    app.emulator()?.tenant(Credentials::emulator().client_id())?.oauth_state(link_token)
}
