//! `/credit/relay/*`: another client may read a report, and refresh it.

use serde_json::json;

use super::assets::{place, reorder};
use super::copies::reports;
use super::paper;
use super::show::{Wanted, found, response};
use crate::error::ApiError;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response};
use crate::request::File;
use crate::state::{Relay, Report};

/// `/credit/relay/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let client = call.request.required("secondary_client_id")?;
    if client.is_empty() {
        return Err(ApiError::invalid_field("secondary_client_id must not be empty"));
    }
    let webhook = webhook(call)?;
    let relay = Relay { reports: reports(call)?, client: client.to_owned(), webhook };
    let token = call.tenant.ids.token("credit-relay");
    call.tenant.reports.relays.insert(token.clone(), relay);
    Ok(json!({"relay_token": token}))
}

fn webhook(call: &Call<'_>) -> Result<Option<String>, ApiError> {
    let url = call.request.text("webhook").filter(|url| !url.is_empty());
    if let Some(url) = url {
        valid_url("webhook", url)?;
    }
    Ok(url.map(str::to_owned))
}

/// The relay that a request names, and its report.
fn relayed<'a>(call: &'a Call<'_>) -> Result<(&'a Relay, &'a Report), ApiError> {
    let unknown = || ApiError::invalid_field("relay_token must be the token of a relay");
    let relay = call.tenant.reports.relays.get(call.request.required("relay_token")?).ok_or_else(unknown)?;
    Ok((relay, found(call.tenant, relay.reports.first().ok_or_else(unknown)?)?))
}

/// `/credit/relay/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    response(relayed(call)?.1, Wanted::of(call.request)?)
}

/// `/credit/relay/pdf/get`.
pub fn pdf(call: &mut Call<'_>) -> Result<File, ApiError> {
    paper::file(relayed(call)?.1, Wanted::default())
}

/// `/credit/relay/refresh`: a new report takes the place of the relay's first one.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let (relay, report) = relayed(call)?;
    let url = webhook(call)?.or_else(|| relay.webhook.clone());
    let mut order = reorder(call.tenant, &report.token)?;
    if url.is_some() {
        order.webhook = url;
    }
    let placed = place(call.tenant, order);
    let token = call.request.required("relay_token")?;
    let new = placed["asset_report_token"].as_str().unwrap_or_default().to_owned();
    if let Some(first) = call.tenant.reports.relays.get_mut(token).and_then(|relay| relay.reports.first_mut()) {
        *first = new;
    }
    Ok(json!({"asset_report_id": placed["asset_report_id"], "relay_token": token}))
}

/// `/credit/relay/remove`: the other client can't read the report any more.
pub fn remove(call: &mut Call<'_>) -> Response {
    relayed(call)?;
    call.tenant.reports.relays.shift_remove(call.request.required("relay_token")?);
    Ok(json!({"removed": true}))
}
