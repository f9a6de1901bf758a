//! The requests and the webhooks of a tenant.

use axum::body::Body;
use axum::http::Response;
use maud::html;
use serde_json::Value;

use super::super::form::{Form, encoded};
use super::shell::{act, body, counted, delivery, moment, of_tenant, path, redacted, status};
use crate::json;
use crate::state::Tenant;

/// How many rows a page has.
const SHOWN: usize = 100;

/// The last requests, newest first. The query can limit them to the refused ones and to a part of the path.
pub fn requests(tenant: &Tenant, query: &Form) -> Response<Body> {
    let text = query.filled("path").unwrap_or_default();
    let refused = query.get("refused").is_some();
    let fits = |entry: &&crate::log::Entry| {
        (!refused || entry.status >= 400 || !entry.problems.is_empty()) && entry.call.contains(text)
    };
    let found: Vec<_> = tenant.log.entries().rev().filter(fits).collect();
    let body = html! {
        h1 { "Requests" }
        form.filter method="get" action=(path(tenant, "requests")) role="search" {
            label for="path" { "Path" }
            input #path type="search" name="path" value=(text);
            label.check { input type="checkbox" name="refused" value="1" checked[refused]; " Only those with problems" }
            button.plain { "Show" }
        }
        @if found.is_empty() { p.help role="status" { "There are none." } }
        ul.lines {
            @for entry in found.iter().take(SHOWN) {
                li {
                    a.mono.grow href=(path(tenant, &format!("requests/{}", encoded(&entry.request_id)))) { (entry.call) }
                    @if entry.status != 200 && let Some(code) = entry.response.value()["error_code"].as_str() {
                        span.chip.bad { (code) }
                    }
                    @if !entry.problems.is_empty() { span.chip.warn { (counted(entry.problems.len(), "problem")) } }
                    (status(entry.status))
                    (moment(entry.at))
                }
            }
        }
        @if found.len() > SHOWN { p.help { "The newest " (SHOWN) " of " (found.len()) "." } }
    };
    of_tenant(tenant, "requests", "Requests", &body)
}

/// One request with its response. `None` if there is none of the id.
pub fn request(tenant: &Tenant, id: &str) -> Option<Response<Body>> {
    let entry = tenant.log.entries().find(|entry| entry.request_id == id)?;
    let page = html! {
        h1.mono { (entry.call) }
        p.facts { (status(entry.status)) (moment(entry.at)) span.mono { (entry.request_id) } }
        @if !entry.problems.is_empty() {
            ul.problem { @for problem in &entry.problems { li { (problem) } } }
        }
        div.two {
            section { h2 { "Request" } (body(&entry.request.value())) }
            section {
                h2 { "Response" }
                @let response = entry.response.value();
                @if response.is_null() { p.help { "A file." } } @else { (body(&response)) }
            }
        }
    };
    Some(of_tenant(tenant, "requests", &entry.call, &page))
}

/// The webhooks, newest first.
pub fn webhooks(tenant: &Tenant) -> Response<Body> {
    let body = html! {
        h1 { "Webhooks" }
        @if tenant.webhooks.is_empty() { p.lead { "There are none yet. They are kept here whether or not somebody receives them." } }
        ul.lines {
            @for webhook in tenant.webhooks.iter().rev().take(SHOWN) {
                li {
                    a.mono.grow href=(path(tenant, &format!("webhooks/{}", webhook.id))) { (webhook.kind) ": " (webhook.code) }
                    (delivery(webhook.state))
                    (moment(webhook.made))
                }
            }
        }
        @if tenant.webhooks.len() > SHOWN { p.help { "The newest " (SHOWN) " of " (tenant.webhooks.len()) "." } }
    };
    of_tenant(tenant, "webhooks", "Webhooks", &body)
}

/// One webhook with its deliveries. `None` if there is none of the number.
pub fn webhook(tenant: &Tenant, id: &str) -> Option<Response<Body>> {
    let webhook = tenant.webhooks.find(id.parse().ok()?)?;
    let back = path(tenant, &format!("webhooks/{}", webhook.id));
    let title = format!("{}: {}", webhook.kind, webhook.code);
    let value: Value = serde_json::from_str(&webhook.body).unwrap_or_default();
    let page = html! {
        h1.mono { (title) }
        p.facts { (delivery(webhook.state)) (moment(webhook.made)) span { (webhook.url.as_deref().unwrap_or("no URL")) } }
        @if webhook.url.is_some() {
            (act(tenant, "redeliver", &back, &html! {
                input type="hidden" name="id" value=(webhook.id);
                button { "Deliver again" }
            }))
        }
        section {
            h2 { "Attempts" }
            @if webhook.attempts.is_empty() { p.help { "None was made." } }
            ul.lines {
                @for attempt in &webhook.attempts {
                    li {
                        span.grow { (moment(attempt.at)) }
                        @match attempt.status {
                            Some(code) => (status(code)),
                            None => span.chip.bad { (attempt.error.as_deref().unwrap_or("no answer")) },
                        }
                    }
                }
            }
        }
        section { h2 { "Body" } pre.body tabindex="0" { (json::pretty(&redacted(&value))) } }
    };
    Some(of_tenant(tenant, "webhooks", &title, &page))
}
