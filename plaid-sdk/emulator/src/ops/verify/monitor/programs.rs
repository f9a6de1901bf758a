//! Programs: which lists are searched, and how.

use serde_json::{Value, json};

use super::super::{Call, Response, authors, page, trail, unknown};
use super::names;
use crate::fields::time;
use crate::state::Tenant;
use crate::state::verify::ScreeningKind::{self, Entity, Individual};
use crate::state::verify::{Program, Source, Trail};

/// The program that every team has from the start: what it screens, its id, its lists.
const FIRST: [(ScreeningKind, &str, &[&str]); 2] =
    [(Individual, "prg_2eRPsDnL66rZ7H", &["US_SDN"]), (Entity, "entprg_2eRPsDnL66rZ7H", &["EU_CON", "US_SDN"])];

/// Makes sure that the team has the programs and people that it has from the start.
pub fn start(tenant: &mut Tenant) {
    authors::start(tenant);
    let now = tenant.now();
    for (kind, id, lists) in FIRST {
        let program = Program {
            id: id.to_owned(),
            created: now,
            name: "Sandbox Program".to_owned(),
            lists: lists.iter().map(|list| (*list).to_owned()).collect(),
            rescans: true,
            sensitivity: "balanced".to_owned(),
            is_archived: false,
            trail: Trail { source: Source::System, author: None, at: now },
        };
        tenant.verify.monitor_mut(kind).programs.entry(id.to_owned()).or_insert(program);
    }
}

/// `…/program/get`.
pub fn get(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    start(call.tenant);
    let field = names(kind).program;
    let id = call.request.required(field)?;
    call.tenant.verify.monitor(kind).programs.get(id).map(view).ok_or_else(|| unknown(field))
}

/// `…/program/list`.
pub fn list(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    start(call.tenant);
    let all: Vec<_> = call.tenant.verify.monitor(kind).programs.values().enumerate().collect();
    let list = if kind == Individual { "watchlist_programs" } else { "entity_watchlist_programs" };
    page(call.request, list, &all, |program| view(program))
}

/// A program as responses contain it.
pub fn view(program: &Program) -> Value {
    json!({
        "audit_trail": trail(&program.trail),
        "created_at": time(program.created),
        "id": program.id,
        "is_archived": program.is_archived,
        "is_rescanning_enabled": program.rescans,
        "lists_enabled": program.lists,
        "name": program.name,
        "name_sensitivity": program.sensitivity,
    })
}
