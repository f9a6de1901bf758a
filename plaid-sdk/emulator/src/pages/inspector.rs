//! The inspector: what the emulator keeps of each tenant, and switches for it.

mod act;
mod faults;
mod home;
mod shell;
mod tenant;
mod traffic;

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};
use maud::html;

use super::Door;
use super::form::Form;
use super::guard;
use super::layout;
use crate::due::run_due;
use crate::lock::lock;

/// Whether a browser asks for a page. Clients of the API don't.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers.get("accept").and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// `GET /`: all tenants.
pub fn tenants(door: &Door, headers: &HeaderMap) -> Response<Body> {
    foreign(door, headers).unwrap_or_else(|| home::tenants(&door.engine))
}

/// `GET /_plaid/inspect/coverage`.
pub async fn coverage(State(door): State<Door>, headers: HeaderMap) -> Response<Body> {
    foreign(&door, &headers).unwrap_or_else(home::covered)
}

/// `GET /_plaid/inspect/{client_id}`.
pub async fn overview(State(door): State<Door>, Path(id): Path<String>, headers: HeaderMap) -> Response<Body> {
    page(&door, &headers, (&id, "", ""), &Form::default())
}

/// `GET /_plaid/inspect/{client_id}/{part}`.
pub async fn part(
    State(door): State<Door>,
    Path((id, part)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    page(&door, &headers, (&id, &part, ""), &Form::read(&query.unwrap_or_default()))
}

/// `GET /_plaid/inspect/{client_id}/{part}/{one}`.
pub async fn one(
    State(door): State<Door>,
    Path((id, part, one)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    page(&door, &headers, (&id, &part, &one), &Form::default())
}

fn page(door: &Door, headers: &HeaderMap, (id, part, one): (&str, &str, &str), query: &Form) -> Response<Body> {
    if let Some(refusal) = foreign(door, headers) {
        return refusal;
    }
    let Some(found) = door.engine.known(id) else { return missing("No tenant has this client id.") };
    let snapshots = door.engine.snapshots(id);
    let mut tenant = lock(&found);
    run_due(&mut tenant);
    let world = door.engine.world();
    let shown = match (part, one) {
        ("", _) => Some(tenant::page(&tenant, world, &snapshots)),
        ("requests", "") => Some(traffic::requests(&tenant, query)),
        ("requests", id) => traffic::request(&tenant, id),
        ("webhooks", "") => Some(traffic::webhooks(&tenant)),
        ("webhooks", id) => traffic::webhook(&tenant, id),
        ("faults", "") => Some(faults::page(&tenant)),
        ("items", id) => tenant::item(&tenant, world, id),
        _ => None,
    };
    shown.unwrap_or_else(|| missing("The tenant has nothing of this name. It may have been forgotten or reset."))
}

/// `POST /_plaid/inspect/{client_id}/do/{verb}`.
pub async fn act(
    State(door): State<Door>,
    Path((id, part, verb)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    if let Some(refusal) = foreign(&door, &headers) {
        return refusal;
    }
    if !guard::is_own_form(&headers) {
        return refused(
            StatusCode::FORBIDDEN,
            "the form was sent by a page of another origin",
            "send it from the inspector",
        );
    }
    if part != "do" {
        return missing("Forms go to another address.");
    }
    let form = Form::read(&String::from_utf8_lossy(&body));
    let done = match verb.as_str() {
        "reset" => {
            door.engine.reset(&id);
            Ok(())
        }
        "restore" => door
            .engine
            .restore(&id, form.get("name").unwrap_or_default())
            .map_err(|_| crate::commands::Refused::new("there is no such snapshot", "take one first")),
        verb => {
            let Some(found) = door.engine.known(&id) else { return missing("No tenant has this client id.") };
            act::act(&door.engine, &mut lock(&found), verb, &form)
        }
    };
    door.wake.wake();
    match done {
        Ok(()) => {
            let back = form.get("back").filter(|back| *back == "/" || back.starts_with("/_plaid/inspect/"));
            layout::see_other(back.unwrap_or("/"))
        }
        Err(why) => refused(StatusCode::BAD_REQUEST, &why.message, &why.help),
    }
}

/// The refusal of a request that names a host of others.
fn foreign(door: &Door, headers: &HeaderMap) -> Option<Response<Body>> {
    let is_own = guard::is_own_host(headers, &door.engine.world().hosts);
    (!is_own).then(|| {
        let why = "the inspector is not shown under this host name";
        refused(StatusCode::MISDIRECTED_REQUEST, why, "open it as http://127.0.0.1 and its port")
    })
}

fn missing(why: &str) -> Response<Body> {
    refused(StatusCode::NOT_FOUND, why, "The first page lists all tenants.")
}

fn refused(status: StatusCode, why: &str, help: &str) -> Response<Body> {
    let body = html! {
        h1 { "This did not work" }
        p.problem role="alert" { (why) }
        p.help { (help) }
        p { a href="/" { "All tenants" } }
    };
    shell::whole(status, "This did not work", &body)
}
