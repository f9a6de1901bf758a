//! `/watchlist_screening/*`: screenings of individuals and of entities. Both kinds follow the same rules.

mod programs;
mod reviews;
pub mod search;
mod view;

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, announce, authors, by_request, page, unknown};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::Tenant;
use crate::state::verify::ScreeningKind::{self, Entity, Individual};
use crate::state::verify::{Screening, ScreeningStatus, ScreeningVersion, Trail};

pub use self::programs::start;
use self::view::screening as shown;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/watchlist_screening/entity/create", Class::StateMachine, |call| create(call, Entity)),
    Entry::json("/watchlist_screening/entity/get", Class::StateMachine, |call| get(call, Entity)),
    Entry::json("/watchlist_screening/entity/history/list", Class::StateMachine, |call| history(call, Entity)),
    Entry::json("/watchlist_screening/entity/hit/list", Class::StateMachine, |call| reviews::hits(call, Entity)),
    Entry::json("/watchlist_screening/entity/list", Class::StateMachine, |call| list(call, Entity)),
    Entry::json("/watchlist_screening/entity/program/get", Class::Computed, |call| programs::get(call, Entity)),
    Entry::json("/watchlist_screening/entity/program/list", Class::Computed, |call| programs::list(call, Entity)),
    Entry::json("/watchlist_screening/entity/review/create", Class::StateMachine, |call| reviews::create(call, Entity)),
    Entry::json("/watchlist_screening/entity/review/list", Class::StateMachine, |call| reviews::list(call, Entity)),
    Entry::json("/watchlist_screening/entity/update", Class::StateMachine, |call| update(call, Entity)),
    Entry::json("/watchlist_screening/individual/create", Class::StateMachine, |call| create(call, Individual)),
    Entry::json("/watchlist_screening/individual/get", Class::StateMachine, |call| get(call, Individual)),
    Entry::json("/watchlist_screening/individual/history/list", Class::StateMachine, |call| history(call, Individual)),
    Entry::json("/watchlist_screening/individual/hit/list", Class::StateMachine, |call| {
        reviews::hits(call, Individual)
    }),
    Entry::json("/watchlist_screening/individual/list", Class::StateMachine, |call| list(call, Individual)),
    Entry::json("/watchlist_screening/individual/program/get", Class::Computed, |call| programs::get(call, Individual)),
    Entry::json("/watchlist_screening/individual/program/list", Class::Computed, |call| {
        programs::list(call, Individual)
    }),
    Entry::json("/watchlist_screening/individual/review/create", Class::StateMachine, |call| {
        reviews::create(call, Individual)
    }),
    Entry::json("/watchlist_screening/individual/review/list", Class::StateMachine, |call| {
        reviews::list(call, Individual)
    }),
    Entry::json("/watchlist_screening/individual/update", Class::StateMachine, |call| update(call, Individual)),
];

/// How things are named for a kind of screening.
struct Names {
    /// The field that names a screening.
    screening: &'static str,
    /// The field that names a program.
    program: &'static str,
    /// What the ids of a screening, a hit and a review begin with.
    ids: [&'static str; 3],
    /// The terms besides the program.
    terms: &'static [&'static str],
    /// The type of the webhook, and its field.
    webhook: (&'static str, &'static str),
}

fn names(kind: ScreeningKind) -> Names {
    match kind {
        Individual => Names {
            screening: "watchlist_screening_id",
            program: "watchlist_program_id",
            ids: ["scr_", "scrhit_", "rev_"],
            terms: &["legal_name", "date_of_birth", "document_number", "country"],
            webhook: ("SCREENING", "screening_id"),
        },
        Entity => Names {
            screening: "entity_watchlist_screening_id",
            program: "entity_watchlist_program_id",
            ids: ["entscr_", "enthit_", "entrev_"],
            terms: &["legal_name", "document_number", "email_address", "country", "phone_number", "url"],
            webhook: ("ENTITY_SCREENING", "entity_screening_id"),
        },
    }
}

/// `…/create`: the lists are searched at once. What they have leads to a review.
fn create(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    start(call.tenant);
    let terms = terms(call.tenant, kind, &json!({}), call.request.object("search_terms"))?;
    let client_user_id = call.request.text("client_user_id").map(str::to_owned);
    let trail = by_request(call.tenant);
    let id = screen(call.tenant, kind, terms, client_user_id, trail);
    one(call.tenant, kind, &id).map(|screening| shown(&screening.now, &screening.id))
}

/// Makes a screening, and returns its id.
pub fn screen(
    tenant: &mut Tenant,
    kind: ScreeningKind,
    terms: Value,
    client_user_id: Option<String>,
    trail: Trail,
) -> String {
    let names = names(kind);
    let id = tenant.ids.short(names.ids[0]);
    let status = ScreeningStatus::Cleared;
    let now = ScreeningVersion { terms, terms_version: 1, assignee: None, status, client_user_id, trail };
    let mut screening = Screening { id: id.clone(), past: Vec::new(), now, hits: Vec::new(), reviews: Vec::new() };
    search::run(tenant, kind, &mut screening);
    tenant.verify.monitor_mut(kind).screenings.insert(id.clone(), screening);
    id
}

/// The terms of a request, which replace earlier ones. The program has to be one that still screens.
fn terms(tenant: &Tenant, kind: ScreeningKind, old: &Value, new: Fields<'_>) -> Result<Value, ApiError> {
    let names = names(kind);
    let field = format!("search_terms.{}", names.program);
    let mut terms = old.clone();
    let program = new.text(names.program).or_else(|| Fields(old).text(names.program));
    let program = program.ok_or_else(|| ApiError::missing_fields(&field))?;
    let known = tenant.verify.monitor(kind).programs.get(program).ok_or_else(|| unknown(&field))?;
    if known.is_archived {
        return Err(ApiError::invalid_field(&format!("{field} names a program that is archived")));
    }
    if new.text("legal_name").is_some_and(|name| name.trim().is_empty()) {
        return Err(ApiError::invalid_field("search_terms.legal_name must not be empty"));
    }
    new.date("date_of_birth")?;
    terms[names.program] = program.into();
    for name in names.terms {
        let value = new.value(name).cloned().or_else(|| old.get(*name).cloned());
        terms[*name] = value.unwrap_or(Value::Null);
    }
    Ok(terms)
}

/// `…/get`.
fn get(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    let id = call.request.required(names(kind).screening)?;
    one(call.tenant, kind, id).map(|screening| shown(&screening.now, &screening.id))
}

/// A screening by its id.
fn one<'a>(tenant: &'a Tenant, kind: ScreeningKind, id: &str) -> Result<&'a Screening, ApiError> {
    tenant.verify.monitor(kind).screenings.get(id).ok_or_else(|| unknown(names(kind).screening))
}

/// `…/list`: the screenings of a program.
fn list(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    start(call.tenant);
    let names = names(kind);
    let program = call.request.required(names.program)?;
    let monitor = call.tenant.verify.monitor(kind);
    if !monitor.programs.contains_key(program) {
        return Err(unknown(names.program));
    }
    let fits = |wanted: Option<&str>, value: Option<&str>| wanted.is_none() || wanted == value;
    let is_meant = |screening: &Screening| {
        let now = &screening.now;
        Fields(&now.terms).text(names.program) == Some(program)
            && fits(call.request.text("client_user_id"), now.client_user_id.as_deref())
            && fits(call.request.text("status"), Some(now.status.name()))
            && fits(call.request.text("assignee"), now.assignee.as_deref())
    };
    let all: Vec<_> = monitor.screenings.values().enumerate().filter(|(_, one)| is_meant(one)).collect();
    let list = if kind == Individual { "watchlist_screenings" } else { "entity_watchlist_screenings" };
    page(call.request, list, &all, |screening| shown(&screening.now, &screening.id))
}

/// `…/history/list`: all versions, the newest first. A screening that was never changed has none.
fn history(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    let screening = one(call.tenant, kind, call.request.required(names(kind).screening)?)?;
    let past = &screening.past;
    let now = (!past.is_empty()).then_some(&screening.now);
    let all: Vec<_> = past.iter().chain(now).enumerate().collect();
    let list = if kind == Individual { "watchlist_screenings" } else { "entity_watchlist_screenings" };
    page(call.request, list, &all, |version| shown(version, &screening.id))
}

/// `…/update`: new terms are searched for at once, so a request can't set the state as well.
fn update(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    let request = call.request;
    let names = names(kind);
    let id = request.required(names.screening)?;
    let new_terms = request.value("search_terms").map(Fields);
    let status = request.text("status").and_then(ScreeningStatus::of);
    if new_terms.is_some() && status.is_some() {
        return Err(ApiError::invalid_field("search_terms and status can't be updated at the same time"));
    }
    let mut screening = one(call.tenant, kind, id)?.clone();
    let mut next = screening.now.clone();
    if let Some(assignee) = request.text("assignee") {
        next.assignee = Some(authors::reviewer(call.tenant, "assignee", assignee)?);
    }
    if request.texts("reset_fields").is_some_and(|fields| fields.contains(&"assignee")) {
        next.assignee = None;
    }
    if let Some(client_user_id) = request.text("client_user_id") {
        next.client_user_id = Some(client_user_id.to_owned());
    }
    next.status = status.unwrap_or(next.status);
    if let Some(new) = new_terms {
        next.terms = terms(call.tenant, kind, &next.terms, new)?;
    }
    let has_new_terms = next.terms != screening.now.terms;
    if has_new_terms {
        next.terms_version += 1;
    }
    if next != screening.now {
        next.trail = by_request(call.tenant);
        screening.past.push(std::mem::replace(&mut screening.now, next));
    }
    if has_new_terms {
        search::run(call.tenant, kind, &mut screening);
    }
    let response = shown(&screening.now, &screening.id);
    keep(call.tenant, kind, screening);
    Ok(response)
}

/// Writes a changed screening back. A new state is announced.
fn keep(tenant: &mut Tenant, kind: ScreeningKind, screening: Screening) {
    let (id, status) = (screening.id.clone(), screening.now.status);
    let old = tenant.verify.monitor_mut(kind).screenings.insert(id.clone(), screening);
    if old.is_some_and(|old| old.now.status != status) {
        let (webhook, field) = names(kind).webhook;
        announce(tenant, webhook, "STATUS_UPDATED", json!({field: id}));
    }
}

/// Sets the state of a screening, as a person does in the dashboard.
///
/// # Errors
/// `INVALID_FIELD` for an unknown screening.
pub fn decide(
    tenant: &mut Tenant,
    kind: ScreeningKind,
    id: &str,
    status: ScreeningStatus,
    trail: Trail,
) -> Result<Value, ApiError> {
    let mut screening = one(tenant, kind, id)?.clone();
    if screening.now.status != status {
        let next = ScreeningVersion { status, trail, ..screening.now.clone() };
        screening.past.push(std::mem::replace(&mut screening.now, next));
    }
    let response = shown(&screening.now, &screening.id);
    keep(tenant, kind, screening);
    Ok(response)
}

/// Searches for all screenings whose programs are searched again, as Plaid does when the lists change.
pub fn rescan(tenant: &mut Tenant, kind: ScreeningKind) {
    let names = names(kind);
    let monitor = tenant.verify.monitor(kind);
    let is_rescanned = |screening: &Screening| {
        let program = Fields(&screening.now.terms).text(names.program).unwrap_or_default();
        monitor.programs.get(program).is_some_and(|program| program.rescans && !program.is_archived)
    };
    let all: Vec<Screening> = monitor.screenings.values().filter(|one| is_rescanned(one)).cloned().collect();
    for mut screening in all {
        let before = screening.now.clone();
        search::run(tenant, kind, &mut screening);
        if screening.now.status != before.status {
            screening.now.trail =
                Trail { source: crate::state::verify::Source::System, author: None, at: tenant.now() };
            screening.past.push(before);
        }
        keep(tenant, kind, screening);
    }
}
