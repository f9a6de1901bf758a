//! The controls over HTTP: `/_plaid/…`, in JSON. The tenant is that of the header `PLAID-CLIENT-ID`.

mod income;
mod link;
mod originators;
mod payments;
mod plaid;
mod signal;
mod transfers;
mod verify;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::routing::any;
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};

use crate::commands::{self, Move, Refused};
use crate::coverage;
use crate::engine::Engine;
use crate::error::ApiError;
use crate::faults;
use crate::fields::{Fields, time};
use crate::json;
use crate::lock::lock;
use crate::seed::{self, Wanted};
use crate::state::{Effect, Fault, Tenant, Webhook};
use crate::store;
use crate::wake::Wake;

#[derive(Clone)]
struct Door {
    engine: Arc<Engine>,
    wake: Arc<Wake>,
}

/// How long a control waits at the most, in seconds.
const MOST_WAITED: u64 = 3_600;

/// What a control answers.
type Answer = Result<Value, Refused>;

/// The controls, as paths below `/_plaid`, with the fields that each takes. `None`: the control checks them itself.
const CONTROLS: &[(&str, &str, Option<&[&str]>)] = &[
    ("GET", "coverage", Some(&[])),
    ("GET", "health", Some(&[])),
    ("GET", "clock", Some(&[])),
    ("POST", "clock/freeze", Some(&[])),
    ("POST", "clock/run", Some(&[])),
    ("POST", "clock/advance", Some(&["seconds", "to"])),
    ("POST", "dashboard/{id}", None),
    ("POST", "identity_verification/{id}", None),
    ("POST", "tenant", Some(&["secret"])),
    ("POST", "reset", Some(&[])),
    ("POST", "snapshot", Some(&["name"])),
    ("POST", "restore", Some(&["name"])),
    ("GET", "export", Some(&[])),
    ("POST", "import", None),
    ("POST", "link/open", Some(&["link_token"])),
    ("POST", "link/search", Some(&["link_token", "text"])),
    ("POST", "link/select", Some(&["institution_id", "link_token"])),
    ("POST", "link/back", Some(&["link_token"])),
    ("POST", "link/login", Some(&["link_token", "password", "username"])),
    ("POST", "link/mfa", Some(&["answers", "link_token"])),
    ("POST", "link/deposit", Some(&["code", "link_token"])),
    ("POST", "link/accounts", Some(&["accounts", "link_token"])),
    ("POST", "link/event", Some(&["event_name", "link_token", "metadata"])),
    (
        "POST",
        "link/complete",
        Some(&["accounts", "code", "institution_id", "link_token", "numbers", "password", "user", "username"]),
    ),
    ("POST", "link/exit", Some(&["error_code", "error_message", "error_type", "link_token"])),
    ("POST", "consents/{id}/status", Some(&["status"])),
    ("POST", "wallets/options", Some(&["start_balance", "webhook"])),
    ("POST", "wallets/{id}/close", Some(&[])),
    ("POST", "wallets/{id}/fund", Some(&["amount", "name", "own", "reference"])),
    ("POST", "wallets/{id}/sweep", Some(&["amount"])),
    ("POST", "wallet_transactions/{id}/return", Some(&[])),
    ("POST", "wallet_transactions/{id}/status", Some(&["failure_reason", "status"])),
    ("GET", "faults", Some(&[])),
    (
        "POST",
        "faults",
        Some(&[
            "count",
            "delay_ms",
            "drop",
            "error_code",
            "error_message",
            "error_type",
            "http",
            "item",
            "null",
            "operation",
            "percent",
            "skip",
            "truncate",
            "unknown_value",
        ]),
    ),
    ("DELETE", "faults", Some(&[])),
    ("POST", "items/{id}/advance_update", None),
    ("POST", "items/{id}/append_transactions", None),
    ("POST", "items/{id}/balances", None),
    ("POST", "items/{id}/break", Some(&["error_code", "error_message", "error_type"])),
    ("POST", "items/{id}/expire_consent", None),
    ("POST", "items/{id}/income", Some(&["status"])),
    ("POST", "items/{id}/mutate", None),
    ("POST", "items/{id}/mutate_during_pagination", None),
    ("POST", "items/{id}/new_account", None),
    ("POST", "items/{id}/owners", None),
    ("POST", "items/{id}/remove_transactions", None),
    ("POST", "items/{id}/revoke_account", None),
    ("POST", "items/{id}/revoke_product", None),
    ("POST", "items/{id}/repair", Some(&[])),
    ("POST", "items/{id}/revoke", Some(&[])),
    ("POST", "originators/{id}/review", Some(originators::FIELDS)),
    ("POST", "dashboard", Some(&["webhook"])),
    ("POST", "institutions/{id}/alert", Some(&["success_rate"])),
    ("POST", "issues", Some(&["institution_id", "summary"])),
    ("POST", "issues/{id}", Some(&["status"])),
    ("POST", "partner", Some(&["flowdown_status", "has_commitments", "lacks_contacts", "questionnaire_status"])),
    ("POST", "partner/{id}", Some(&["institution_id", "oauth_status", "status"])),
    ("POST", "seed", None),
    ("POST", "transfers/rules", Some(&["announce", "limits", "login_required", "webhook"])),
    ("GET", "requests", Some(&[])),
    ("GET", "sizes", Some(&[])),
    ("GET", "signal", Some(&[])),
    ("POST", "signal", Some(&["addendum_signed", "rulesets", "scores"])),
    ("GET", "webhooks", Some(&[])),
    ("POST", "webhooks/redeliver", Some(&["id"])),
    ("POST", "webhooks/rotate_key", Some(&[])),
    ("POST", "webhooks/wait", Some(&["after", "code", "timeout", "type"])),
];

/// The routes.
pub fn router(engine: Arc<Engine>, wake: Arc<Wake>) -> Router {
    Router::new().route("/{*path}", any(answer)).with_state(Door { engine, wake })
}

async fn answer(
    State(door): State<Door>,
    method: Method,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let client_id = headers.get("plaid-client-id").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let answer = control(&door.engine, method.as_str(), &path, client_id, &body).await;
    let kept = door.wake.kept().await;
    let (status, value) = match answer {
        Ok(_) if !kept => {
            (StatusCode::SERVICE_UNAVAILABLE, json!({"error": "the emulator stops", "help": "start it again"}))
        }
        Ok(value) => (StatusCode::OK, value),
        Err(refused) => (StatusCode::BAD_REQUEST, json!({"error": refused.message, "help": refused.help})),
    };
    let mut response = Response::new(Body::from(json::compact(&value)));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn control(engine: &Engine, method: &str, path: &str, client_id: &str, body: &[u8]) -> Answer {
    let body = match body {
        [] => json!({}),
        body => serde_json::from_slice(body)
            .map_err(|error| Refused::new(format!("the body isn't JSON: {error}"), "send a JSON object"))?,
    };
    match (method, path) {
        ("POST", "webhooks/wait") => {
            check(method, &["webhooks", "wait"], &body)?;
            wait(engine, client_id, Fields(&body)).await
        }
        _ => run(engine, method, path, client_id, body),
    }
}

/// Carries a control out that does not have to wait.
///
/// # Errors
/// For an unknown control or tenant, and for what the control refuses.
pub fn run(engine: &Engine, method: &str, path: &str, client_id: &str, body: Value) -> Answer {
    let segments: Vec<&str> = path.split('/').collect();
    check(method, &segments, &body)?;
    let fields = Fields(&body);
    match (method, segments.as_slice()) {
        ("GET", ["health"]) => return Ok(json!({"status": "ok"})),
        ("GET", ["coverage"]) => return Ok(coverage::report()),
        ("POST", ["tenant"]) => {
            let tenant = engine.open(client_id, required(fields, "secret")?)?;
            return Ok(json!({"client_id": lock(&tenant).client_id}));
        }
        ("POST", ["reset"]) => return Ok(json!({"reset": engine.reset(client_id)})),
        ("POST", ["restore"]) => return restore(engine, client_id, required(fields, "name")?),
        ("POST", ["import"]) => return import(engine, body),
        _ => {}
    }
    let tenant = tenant(engine, client_id)?;
    let mut tenant = lock(&tenant);
    let tenant = &mut *tenant;
    match (method, segments.as_slice()) {
        ("GET", ["clock"]) => {}
        ("POST", ["clock", "freeze"]) => tenant.clock.freeze(),
        ("POST", ["clock", "run"]) => tenant.clock.run(),
        ("POST", ["clock", "advance"]) => drop(commands::advance(tenant, far(fields)?)?),
        ("POST", ["link", verb]) => {
            let answer = link::control(tenant, engine.world(), verb, fields);
            return answer.unwrap_or_else(|| Err(unknown(method, path)));
        }
        ("POST", ["identity_verification", verb]) => {
            return verify::person(tenant, engine.world(), verb, fields).unwrap_or_else(|| Err(unknown(method, path)));
        }
        ("POST", ["dashboard", what]) => {
            return verify::dashboard(tenant, what, fields).unwrap_or_else(|| Err(unknown(method, path)));
        }
        ("POST", ["items", id, "break"]) => {
            commands::break_item(tenant, id, error(fields))?;
            return Ok(json!({"item_id": commands::item(tenant, id)?.id}));
        }
        ("POST", ["items", id, "repair"]) => {
            commands::repair_item(tenant, id)?;
            return Ok(json!({"item_id": commands::item(tenant, id)?.id}));
        }
        ("POST", ["items", id, "revoke"]) => {
            commands::revoke_item(tenant, id)?;
            return Ok(json!({"item_id": commands::item(tenant, id)?.id}));
        }
        ("POST", ["originators", id, "review"]) => return originators::review(tenant, id, fields),
        ("POST", ["items", id, "income"]) => return income::set(tenant, id, fields),
        ("POST", ["items", id, verb]) => return commands::at_bank(tenant, id, verb, &body),
        ("POST", ["wallets", "options"]) => return payments::options(tenant, fields),
        ("POST", [of @ ("consents" | "wallets" | "wallet_transactions"), id, verb]) => {
            let answer = payments::control(tenant, (of, id, verb), fields);
            return answer.unwrap_or_else(|| Err(unknown(method, path)));
        }
        ("POST", ["snapshot"]) => {
            let name = required(fields, "name")?;
            engine.snapshot(tenant, name);
            return Ok(json!({"snapshot": name}));
        }
        ("GET", ["export"]) => {
            return store::export(tenant).map_err(|error| Refused::new(error.to_string(), "report this"));
        }
        ("GET", ["faults"]) => return Ok(json!({"faults": tenant.faults})),
        ("POST", ["faults"]) => {
            let fault = fault(tenant, fields)?;
            return Ok(json!({"id": faults::order(tenant, fault)}));
        }
        ("DELETE", ["faults"]) => {
            tenant.faults.clear();
            return Ok(json!({"faults": []}));
        }
        ("POST", ["seed"]) if body.as_object().is_some_and(serde_json::Map::is_empty) => {
            return Ok(json!(seed::seed(engine, tenant)?));
        }
        ("POST", ["seed"]) => {
            return Wanted::read(&body, &engine.world().institutions)?.make(engine, tenant);
        }
        ("POST", ["transfers", "rules"]) => return transfers::rules(tenant, fields),
        ("GET", ["requests"]) => return Ok(json!({"requests": tenant.log.entries().collect::<Vec<_>>()})),
        ("GET", ["sizes"]) => return Ok(commands::sizes(tenant)),
        ("POST", ["webhooks", "redeliver"]) => {
            let id = fields.integer("id").and_then(|id| u64::try_from(id).ok());
            let id = id.ok_or_else(|| {
                Refused::new("id is missing", "send the id of a webhook, as GET /_plaid/webhooks shows it")
            })?;
            commands::redeliver(tenant, id)?;
            return Ok(json!({"redelivered": id}));
        }
        ("POST", ["webhooks", "rotate_key"]) => {
            return Ok(json!({"key_id": commands::rotate_key(tenant)?}));
        }
        ("GET", ["signal"]) => return Ok(signal::show(tenant)),
        ("POST", ["signal"]) => return signal::set(tenant, fields),
        ("POST", ["dashboard" | "institutions" | "issues" | "partner", ..]) => {
            let answer = plaid::control(tenant, engine.world(), &segments, fields);
            return answer.unwrap_or_else(|| Err(unknown(method, path)));
        }
        ("GET", ["webhooks"]) => return Ok(json!({"webhooks": tenant.webhooks})),
        _ => return Err(unknown(method, path)),
    }
    Ok(json!({"frozen": tenant.clock.is_frozen(), "next": tenant.schedule.next().map(time), "now": time(tenant.now())}))
}

fn tenant(engine: &Engine, client_id: &str) -> Result<Arc<std::sync::Mutex<Tenant>>, Refused> {
    engine.known(client_id).ok_or_else(|| {
        Refused::new(
            format!("the emulator knows no client {client_id:?}"),
            "set the header PLAID-CLIENT-ID to a client id that has called the API, or make it with POST /_plaid/tenant",
        )
    })
}

/// Refuses fields that a control does not take. An unknown control is refused elsewhere.
fn check(method: &str, segments: &[&str], body: &Value) -> Result<(), Refused> {
    let is_meant = |path: &str| {
        let mut own = path.split('/');
        let fits = segments.iter().all(|segment| own.next().is_some_and(|one| one == "{id}" || one == *segment));
        fits && own.next().is_none()
    };
    let found = CONTROLS.iter().find(|(one, path, _)| *one == method && is_meant(path));
    match found {
        Some((_, path, Some(known))) => commands::check_fields(path, known, body),
        _ => Ok(()),
    }
}

fn unknown(method: &str, path: &str) -> Refused {
    let all: Vec<String> = CONTROLS.iter().map(|(method, path, _)| format!("{method} /_plaid/{path}")).collect();
    Refused::new(format!("{method} /_plaid/{path} is not a control"), format!("the controls are {}", all.join(", ")))
}

fn far(fields: Fields<'_>) -> Result<Move, Refused> {
    let help = "send {\"seconds\": 60}, {\"to\": \"2026-01-31T12:00:00Z\"} or {\"to\": \"next\"}";
    match (fields.integer("seconds"), fields.text("to")) {
        (Some(seconds), None) => TimeDelta::try_seconds(seconds).map(Move::By),
        (None, Some("next")) => Some(Move::Next),
        (None, Some(text)) => DateTime::parse_from_rfc3339(text).ok().map(|time| Move::To(time.to_utc())),
        _ => None,
    }
    .ok_or_else(|| Refused::new("the body does not say how far the clock moves", help))
}

fn error(fields: Fields<'_>) -> Option<ApiError> {
    let code = fields.text("error_code")?.to_owned();
    let kind = fields.text("error_type").unwrap_or("ITEM_ERROR").to_owned();
    if code == "ITEM_LOGIN_REQUIRED" {
        return Some(ApiError::login_required());
    }
    Some(ApiError::new(kind, code, fields.text("error_message").unwrap_or("ordered by a control").to_owned()))
}

fn restore(engine: &Engine, client_id: &str, name: &str) -> Answer {
    engine.restore(client_id, name).map_err(|names| {
        let help = match names.as_slice() {
            [] => "take one with POST /_plaid/snapshot first".to_owned(),
            names => format!("the snapshots of this client are {}", names.join(", ")),
        };
        Refused::new(format!("no snapshot is named {name:?}"), help)
    })?;
    Ok(json!({"restored": name}))
}

fn import(engine: &Engine, body: Value) -> Answer {
    let help = "send what GET /_plaid/export answered";
    let tenants = store::import(body).map_err(|error| Refused::new(error.to_string(), help))?;
    let ids: Vec<String> = tenants.iter().map(|tenant| tenant.client_id.clone()).collect();
    tenants.into_iter().for_each(|tenant| engine.put(tenant));
    Ok(json!({"imported": ids}))
}

/// A fault from `operation`, `item`, `skip`, `count`, `percent` and one effect.
///
/// # Errors
/// If the fields don't say what goes wrong, or say several things.
pub fn fault(tenant: &Tenant, fields: Fields<'_>) -> Result<Fault, Refused> {
    let number = |name: &str| fields.integer(name).and_then(|number| u64::try_from(number).ok());
    let effects = [
        error(fields).map(Effect::Error),
        number("http").and_then(|status| u16::try_from(status).ok()).map(Effect::Http),
        number("delay_ms").map(Effect::Delay),
        fields.flag("drop").then_some(Effect::Drop),
        fields.flag("truncate").then_some(Effect::Truncate),
        fields.text("unknown_value").map(|name| Effect::UnknownValue(name.to_owned())),
        fields.text("null").map(|name| Effect::Null(name.to_owned())),
    ];
    let mut effects = effects.into_iter().flatten();
    let (Some(effect), None) = (effects.next(), effects.next()) else {
        let help = "send one of error_code, http, delay_ms, drop, truncate, unknown_value and null";
        return Err(Refused::new("the body does not say what goes wrong, or says several things", help));
    };
    let item = match fields.text("item") {
        Some(name) => Some(faults::item_of(tenant, name).ok_or_else(|| {
            Refused::new(format!("no Item has the id or access token {name:?}"), "leave `item` out to mean all Items")
        })?),
        None => None,
    };
    let percent = number("percent").unwrap_or(100);
    let percent = u8::try_from(percent).ok().filter(|percent| (1..=100).contains(percent));
    let percent = percent.ok_or_else(|| Refused::new("percent must be 1 to 100", "leave it out to mean all calls"))?;
    Ok(Fault {
        id: 0,
        path: fields.text("operation").map(str::to_owned),
        item,
        skip: number("skip").unwrap_or_default(),
        count: number("count"),
        percent,
        effect,
    })
}

fn required<'a>(fields: Fields<'a>, name: &str) -> Result<&'a str, Refused> {
    fields.text(name).ok_or_else(|| Refused::new(format!("{name} is missing"), format!("send {{\"{name}\": \"…\"}}")))
}

/// Waits for a webhook. The ones that came before count unless `after` names the last known one.
async fn wait(engine: &Engine, client_id: &str, fields: Fields<'_>) -> Answer {
    let code = required(fields, "code")?;
    let timeout = match fields.integer("timeout").map(u64::try_from) {
        None => 10,
        Some(Ok(seconds)) if seconds <= MOST_WAITED => seconds,
        Some(_) => {
            let help = format!("send a number of seconds up to {MOST_WAITED}, or leave it out to mean 10");
            return Err(Refused::new("timeout is negative or too large", help));
        }
    };
    let timeout = Duration::from_secs(timeout);
    let after = fields.integer("after").unwrap_or(0);
    let is_meant = |webhook: &&Webhook| {
        i64::try_from(webhook.id).is_ok_and(|id| id > after)
            && webhook.code == code
            && fields.text("type").is_none_or(|kind| webhook.kind == kind)
    };
    let tenant = tenant(engine, client_id)?;
    let deadline = tokio::time::Instant::now() + timeout;
    loop {
        if let Some(found) = lock(&tenant).webhooks.iter().find(is_meant) {
            return Ok(json!({"webhook": found}));
        }
        if tokio::time::Instant::now() >= deadline {
            let seen = lock(&tenant).webhooks.len();
            let help = format!("{seen} webhooks came, see GET /_plaid/webhooks; a frozen clock has to be advanced");
            return Err(Refused::new(format!("no webhook {code} came within {} s", timeout.as_secs()), help));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
