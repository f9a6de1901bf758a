//! The first page of the inspector, and the one about coverage.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use maud::{Markup, html};
use serde_json::Value;

use super::super::form::encoded;
use super::shell::{counted, moment, whole};
use crate::coverage;
use crate::engine::Engine;
use crate::lock::lock;
use crate::state::ItemState;

/// All tenants.
pub fn tenants(engine: &Engine) -> Response<Body> {
    let all = engine.all();
    let body = html! {
        h1 { "Tenants" }
        p.lead { "Each client id that has called the emulator is a tenant with a clock, Items and webhooks of its own." }
        @if all.is_empty() { (first_call(&engine.world().base_url)) }
        ul.cards {
            @for (id, tenant) in &all {
                @let tenant = lock(tenant);
                @let present = tenant.items.values().filter(|item| item.state != ItemState::Removed).count();
                @let problems = tenant.log.entries().filter(|entry| entry.status >= 400).count();
                li {
                    a.mono.name href={ "/_plaid/inspect/" (encoded(id)) } { (id) }
                    p.facts {
                        span { (counted(present, "Item")) }
                        span { (counted(tenant.log.entries().count(), "request")) @if problems > 0 { ", " (problems) " refused" } }
                        span { (counted(tenant.webhooks.len(), "webhook")) }
                        @if !tenant.faults.is_empty() { span.chip.warn { (counted(tenant.faults.len(), "fault")) } }
                    }
                    p.help { (moment(tenant.now())) @if tenant.clock.is_frozen() { " · the clock stands still" } }
                }
            }
        }
    };
    whole(StatusCode::OK, "Tenants", &body)
}

fn first_call(base: &str) -> Markup {
    let command = format!(
        "curl {base}/sandbox/public_token/create \\\n  -H 'Content-Type: application/json' \\\n  -d '{{\"client_id\": \
         \"0123456789abcdef01234567\", \"secret\": \"any\",\n       \"institution_id\": \"ins_109508\", \"initial_products\": \
         [\"transactions\"]}}'"
    );
    html! {
        div.empty {
            p { "Nobody has called yet. Use this address as base URL, any client id of 24 hexadecimal digits and any secret:" }
            pre.body tabindex="0" { (command) }
        }
    }
}

/// How faithful each operation is, and what is known to differ from Plaid.
pub fn covered() -> Response<Body> {
    let report = coverage::report();
    let all = |name: &str| report[name].as_array().cloned().unwrap_or_default();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().replace('_', " ");
    let counts = coverage::counts();
    let count = |name: &'static str| counts.get(name).copied().unwrap_or_default();
    let kinds = ["state_machine", "computed", "collection", "job", "missing"];
    let bases = ["measured", "documented", "inferred"];
    let body = html! {
        h1 { "Coverage" }
        p.lead { "How each of the " (count("total")) " operations of Plaid's API gets its response here, and where the facts come from." }
        @for names in [&kinds[..], &bases[..]] {
            ul.counts {
                @for name in names.iter().filter(|name| count(name) > 0) {
                    li { b { (count(name)) } " " (name.replace('_', " ")) }
                }
            }
        }
        section {
            h2 { "Known deviations" }
            ul.plain { @for one in all("deviations") { li { (one.as_str().unwrap_or_default()) } } }
        }
        section {
            h2 { "Operations" }
            ul.lines {
                @for row in all("operations") {
                    li {
                        span.grow {
                            span.mono { (row["method"].as_str().unwrap_or_default()) " " (row["path"].as_str().unwrap_or_default()) }
                            @if let Some(deviation) = row["deviation"].as_str() { small { (deviation) } }
                        }
                        span.help { (text(&row, "basis")) }
                        @match row["class"].as_str() {
                            Some(_) => span.chip.good { (text(&row, "class")) },
                            None => span.chip { "missing" },
                        }
                    }
                }
            }
        }
    };
    whole(StatusCode::OK, "Coverage", &body)
}
