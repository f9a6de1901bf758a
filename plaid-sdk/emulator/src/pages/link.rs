//! Link in a browser: the hosted page, which the drop-in for Plaid's script shows in a frame.

mod done;
mod steps;

use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};

use serde_json::json;

use super::Door;
use super::entry::{self, Refusal};
use super::form::{Form, encoded};
use super::guard;
use super::layout::{self, Frames};
use crate::bank::Login;
use crate::due::run_due;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::lock::lock;
use crate::ops::link_session::{self, StepError};
use crate::ops::verify::identity::walk::Act;
use crate::ops::{self, AccountNumbers, World};
use crate::state::{LinkToken, Session, Step, Tenant};

const RELAY: &str = include_str!("relay.js");
const INITIALIZE: &str = include_str!("link-initialize.js");

/// A session and where its page is shown.
struct Place<'a> {
    link: &'a LinkToken,
    session: &'a Session,
    world: &'a World,
    /// The origin of the application that shows the page in a frame.
    embed: Option<&'a str>,
}

impl Place<'_> {
    /// The address of a step's form, or of the page itself.
    fn path(&self, verb: Option<&str>) -> String {
        let verb = verb.map(|verb| format!("/{verb}")).unwrap_or_default();
        format!("{}{verb}{}", session_path(&self.link.token, &self.session.id), embed_query(self.embed))
    }

    /// The institution that was chosen.
    fn institution(&self) -> Option<&crate::data::institutions::Institution> {
        self.world.institution(self.session.institution.as_deref()?).ok()
    }

    /// A text of the request that created the token.
    fn requested(&self, name: &str) -> Option<&str> {
        crate::fields::Fields(&self.link.request).text(name)
    }
}

fn session_path(token: &str, session: &str) -> String {
    format!("/_plaid/link/page/{}/session/{}", encoded(token), encoded(session))
}

fn embed_query(embed: Option<&str>) -> String {
    embed.map(|origin| format!("?embed={}", encoded(origin))).unwrap_or_default()
}

/// The origin of the application, if the query names one. Anything else than an origin is ignored.
fn embed(query: &Form) -> Option<&str> {
    let origin = query.get("embed")?;
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '[' | ']');
    (!host.is_empty() && host.chars().all(is_host)).then_some(origin)
}

/// `GET /_plaid/link/page/{token}`: opens a session, or goes on with the open one.
pub async fn start(
    State(door): State<Door>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let query = Form::read(&query.unwrap_or_default());
    let found = find(&door, &headers, &token)?;
    let mut tenant = lock(&found);
    let world = door.engine.world();
    let opened = link_session::open(&mut tenant, world, &token);
    run_due(&mut tenant);
    let session = tenant.links.get(&token).and_then(|link| link.sessions.last());
    let (Ok(_), Some(session)) = (opened, session) else { return Ok(expired()) };
    // The application comes back from a bank's page with what it got there.
    let back = query.get("oauth_state_id");
    if back.is_some() && session.oauth_state.as_deref() != back {
        let help = "Start Link again in the application.";
        return Ok(layout::refusal(
            StatusCode::BAD_REQUEST,
            "This way back is closed",
            "The oauth_state_id is unknown.",
            help,
        ));
    }
    let to = format!("{}{}", session_path(&token, &session.id), embed_query(embed(&query)));
    drop(tenant);
    door.wake.wake();
    Ok(layout::see_other(&to))
}

/// `GET /_plaid/link/page/{token}/session/{session}`: what the session waits for, or how it ended.
pub async fn show(
    State(door): State<Door>,
    Path((token, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let query = Form::read(&query.unwrap_or_default());
    let found = find(&door, &headers, &token)?;
    let mut tenant = lock(&found);
    let world = door.engine.world();
    if let Some(text) = query.filled("q") {
        let is_open = open_session(&tenant, &token).is_some_and(|session| session.id == id);
        // A session that waits for something else ignores the search.
        let _searched = is_open.then(|| link_session::search(&mut tenant, world, &token, text));
    }
    let now = tenant.now();
    let link = tenant.links.get(&token);
    let Some((link, session)) = link.and_then(|link| Some((link, link.sessions.iter().find(|one| one.id == id)?)))
    else {
        return Ok(unknown());
    };
    if session.finished.is_none() && now >= link.expires {
        return Ok(expired());
    }
    let place = Place { link, session, world, embed: embed(&query) };
    let back = query.get("return").is_some();
    let page = match session.step {
        Step::Finished | Step::Left => done::page(&place),
        _ if back => done::back(&place),
        Step::SelectInstitution if query.get("numbers").is_some() => steps::numbers(&place),
        _ => steps::page(&place, &tenant, query.filled("q").unwrap_or_default()),
    };
    Ok(layout::response(StatusCode::OK, Frames::Any, page))
}

/// `POST /_plaid/link/page/{token}/session/{session}/{verb}`: takes a step.
pub async fn step(
    State(door): State<Door>,
    Path((token, id, verb)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, Refusal> {
    let query = Form::read(&query.unwrap_or_default());
    entry::own_form(&headers)?;
    let found = find(&door, &headers, &token)?;
    let form = Form::read(&String::from_utf8_lossy(&body));
    let mut tenant = lock(&found);
    let world = door.engine.world();
    if tenant.links.get(&token).is_none_or(|link| link.sessions.iter().all(|one| one.id != id)) {
        return Ok(unknown());
    }
    // A page of a session that has ended, or a button of an older page, only shows what there is now.
    let is_open = open_session(&tenant, &token).is_some_and(|session| session.id == id);
    let taken = if is_open { take(&mut tenant, world, &token, &verb, &form) } else { Ok(()) };
    run_due(&mut tenant);
    match taken {
        Ok(()) | Err(StepError::Waits { .. }) => {}
        Err(StepError::Api(error)) if error.code == "INVALID_LINK_TOKEN" => return Ok(expired()),
        Err(StepError::Api(error)) => {
            let help = "Go back and choose again.";
            return Ok(layout::refusal(StatusCode::BAD_REQUEST, "This did not work", &error.message, help));
        }
    }
    let session = tenant.links.get(&token).and_then(|link| link.sessions.iter().find(|one| one.id == id));
    let returns =
        verb == "login" && session.is_some_and(|session| session.oauth_state.is_some() && session.error.is_none());
    let mut to = format!("{}{}", session_path(&token, &id), embed_query(embed(&query)));
    // Wrong numbers are corrected where they were entered.
    if verb == "numbers" {
        to.push_str(if to.contains('?') { "&numbers=1" } else { "?numbers=1" });
    }
    drop(tenant);
    door.wake.wake();
    if returns && query.get("top").is_some() {
        to = format!("{}?return=1", session_path(&token, &id));
    }
    Ok(layout::see_other(&to))
}

/// Takes the step of a form. An unknown name is none, and what a field lacks is a wrong value for the bank.
fn take(tenant: &mut Tenant, world: &World, token: &str, verb: &str, form: &Form) -> Result<(), StepError> {
    let text = |name: &str| form.get(name).unwrap_or_default();
    let stepped = match verb {
        "select" => link_session::select(tenant, world, token, text("institution_id")),
        "back" | "another" => link_session::back(tenant, world, token),
        "login" => {
            let login = Login { username: text("username").trim(), password: text("password") };
            link_session::log_in(tenant, world, token, login)
        }
        "mfa" => {
            let answers: Vec<&str> =
                (0..).map_while(|number| form.get(&format!("answer{number}"))).map(str::trim).collect();
            link_session::answer(tenant, world, token, &answers)
        }
        "numbers" => {
            let (account, routing) = (text("account").trim(), text("routing").trim());
            let subtype = form.get("subtype").unwrap_or("checking");
            let (name, code) = (form.filled("name"), form.filled("code"));
            let entered = AccountNumbers { name, subtype, code, ..AccountNumbers::new(account, routing) };
            link_session::numbers(tenant, world, token, &entered)
        }
        "deposit" => link_session::confirm(tenant, world, token, text("code").trim()),
        "accounts" => {
            let masks: Vec<String> = form.all("mask").into_iter().map(str::to_owned).collect();
            link_session::choose(tenant, world, token, Some(masks))
        }
        "verify" => return verify(tenant, world, token, form),
        "end" => link_session::end(tenant, world, token),
        "exit" => return Ok(ops::leave_session(tenant, world, token, None).map(drop)?),
        _ => return Ok(()),
    };
    stepped.map(drop)
}

/// Takes the step of a verification that a form has.
fn verify(tenant: &mut Tenant, world: &World, token: &str, form: &Form) -> Result<(), StepError> {
    let text = |name: &str| form.get(name).unwrap_or_default().trim();
    let user = json!({
        "address": {
            "city": text("city"), "country": "US", "postal_code": text("postal_code"), "region": text("region"),
            "street": text("street"),
        },
        "date_of_birth": text("date_of_birth"),
        "id_number": {"type": "us_ssn", "value": text("id_number")},
        "name": {"family_name": text("family_name"), "given_name": text("given_name")},
    });
    let act = match text("act") {
        "accept" => Act::Accept,
        "phone" => Act::Phone(text("phone_number")),
        "resend" => Act::Resend,
        "code" => Act::Code(text("code")),
        "data" => Act::Data(Fields(&user)),
        _ => Act::Document("drivers_license"),
    };
    link_session::identity::take(tenant, world, token, act).map(drop)
}

fn open_session<'a>(tenant: &'a Tenant, token: &str) -> Option<&'a Session> {
    tenant.links.get(token)?.sessions.last().filter(|session| session.finished.is_none())
}

/// The tenant of a Link token.
fn find(door: &Door, headers: &HeaderMap, token: &str) -> Result<Arc<Mutex<Tenant>>, Refusal> {
    entry::tenant(door, headers, |tenant| tenant.links.contains_key(token)).map_err(|found| found.or_else(unknown))
}

fn unknown() -> Response<Body> {
    let help = "Create one with /link/token/create, and open its hosted_link_url or start Link with it.";
    layout::refusal(StatusCode::NOT_FOUND, "Unknown link", "No Link token or session has this address.", help)
}

fn expired() -> Response<Body> {
    let error = ApiError::invalid_link_token();
    let why = format!("{}: the Link token has expired.", error.code);
    let help = "Create another one with /link/token/create.";
    layout::refusal(StatusCode::GONE, "This link has expired", &why, help)
}

/// `GET /_plaid/relay.js`.
pub async fn relay() -> Response<Body> {
    layout::file("text/javascript; charset=utf-8", RELAY.to_owned())
}

/// `GET /link/v2/stable/link-initialize.js`, the path of Plaid's script. It leads to the host that it was fetched from.
pub async fn initialize(State(door): State<Door>, headers: HeaderMap) -> Response<Body> {
    let world = door.engine.world();
    let host = headers.get("host").and_then(|host| host.to_str().ok());
    let base = match host {
        Some(host) if guard::is_own_host(&headers, &world.hosts) => {
            let scheme = world.base_url.split("://").next().unwrap_or("http");
            format!("{scheme}://{host}{}", world.root())
        }
        _ => world.base_url.clone(),
    };
    layout::file("text/javascript; charset=utf-8", INITIALIZE.replace("__BASE__", &base))
}
