//! What all pages of the inspector have: the head with its ways, times, states, JSON without secrets.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::super::form::encoded;
use super::super::layout::{self, Frames};
use crate::fields::time;
use crate::json;
use crate::state::{Delivery, Item, ItemState, Tenant};

/// How much of a token is shown.
const SHOWN: usize = 21;
/// What makes a property a secret, as a part of its name.
const SECRET: [&str; 3] = ["token", "secret", "password"];

/// The parts of a tenant's pages.
const PARTS: [(&str, &str); 4] =
    [("", "Items"), ("requests", "Requests"), ("webhooks", "Webhooks"), ("faults", "Faults")];

/// A page about a tenant. `part` is one of its parts.
pub fn of_tenant(tenant: &Tenant, part: &str, title: &str, body: &Markup) -> Response<Body> {
    let path = path(tenant, "");
    let count = |part: &str| match part {
        "" => tenant.items.len(),
        "requests" => tenant.log.entries().count(),
        "webhooks" => tenant.webhooks.len(),
        _ => tenant.faults.len(),
    };
    let ways = html! {
        nav.ways aria-label="Tenant" {
            @for (name, label) in PARTS {
                a href={ (path) @if !name.is_empty() { "/" (name) } } aria-current=[(name == part).then_some("page")] {
                    (label) " " span.count { (count(name)) }
                }
            }
        }
    };
    whole(
        StatusCode::OK,
        title,
        &html! {
            div.top {
                p.crumb { a href="/" { "Tenants" } " / " span.mono { (tenant.client_id) } }
                (ways)
            }
            (body)
        },
    )
}

/// A page of the inspector.
pub fn whole(status: StatusCode, title: &str, body: &Markup) -> Response<Body> {
    let main = html! {
        header.bar {
            a.brand href="/" { "plaid " span { "emulator" } }
            a href="/_plaid/inspect/coverage" { "Coverage" }
        }
        main.wide { (body) }
    };
    layout::response(status, Frames::None, layout::page(title, Frames::None, None, &main))
}

/// The address of a page about a tenant.
pub fn path(tenant: &Tenant, part: &str) -> String {
    let part = if part.is_empty() { String::new() } else { format!("/{part}") };
    format!("/_plaid/inspect/{}{part}", encoded(&tenant.client_id))
}

/// A form that does something to a tenant and comes back to a page.
pub fn act(tenant: &Tenant, verb: &str, back: &str, fields: &Markup) -> Markup {
    html! {
        form.act method="post" action=(path(tenant, &format!("do/{verb}"))) {
            input type="hidden" name="back" value=(back);
            (fields)
        }
    }
}

/// A time in whole seconds, with the date.
pub fn moment(at: DateTime<Utc>) -> Markup {
    html! { time datetime=(time(at)) { (at.format("%Y-%m-%d %H:%M:%S")) } }
}

/// The state of an Item as a chip.
pub fn state(item: &Item) -> Markup {
    match &item.state {
        ItemState::Good => html! { span.chip.good { "good" } },
        ItemState::Broken(error) => html! { span.chip.bad { (error.code) } },
        ItemState::Revoked => html! { span.chip.warn { "revoked" } },
        ItemState::Removed => html! { span.chip { "removed" } },
    }
}

/// The state of a webhook as a chip.
pub fn delivery(state: Delivery) -> Markup {
    match state {
        Delivery::Delivered => html! { span.chip.good { "delivered" } },
        Delivery::Waiting => html! { span.chip.warn { "waits" } },
        Delivery::Sending => html! { span.chip.warn { "being sent" } },
        Delivery::Failed => html! { span.chip.bad { "failed" } },
        Delivery::NoReceiver => html! { span.chip { "no receiver" } },
    }
}

/// A number of things, in words.
pub fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// The status of a response as a chip.
pub fn status(status: u16) -> Markup {
    let class = if status < 400 { "chip good" } else { "chip bad" };
    html! { span class=(class) { (status) } }
}

/// JSON, without secrets.
pub fn body(value: &Value) -> Markup {
    html! { pre.body tabindex="0" { (json::pretty(&redacted(value))) } }
}

/// The start of a token: enough to recognize it, too little to use it.
pub fn short(token: &str) -> String {
    let start: String = token.chars().take(SHOWN).collect();
    if start.len() == token.len() { start } else { format!("{start}…") }
}

/// A value whose secrets are shortened, at any depth.
pub fn redacted(value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(object.iter().map(redacted_pair).collect::<Map<_, _>>()),
        Value::Array(all) => all.iter().map(redacted).collect(),
        other => other.clone(),
    }
}

fn redacted_pair((name, value): (&String, &Value)) -> (String, Value) {
    let lower = name.to_lowercase();
    let is_secret = SECRET.iter().any(|part| lower.contains(part));
    let shown = match value {
        Value::String(text) if is_secret && lower.contains("token") => Value::String(short(text)),
        Value::String(_) if is_secret => Value::from("…"),
        Value::Array(all) if is_secret => {
            all.iter().map(|one| one.as_str().map_or(redacted(one), |text| short(text).into())).collect()
        }
        other => redacted(other),
    };
    (name.clone(), shown)
}

#[cfg(test)]
mod tests {
    use super::redacted;
    use serde_json::json;

    #[test]
    fn secrets_are_shortened_at_any_depth() {
        let token = "access-sandbox-3fe1a0b2-0000-4000-8000-000000000000";
        let value = json!({
            "access_token": token, "list": [{"public_tokens": [token]}],
            "options": {"override_password": "{\"a\": 1}", "count": 5}, "client_secret": "x", "added": [1],
        });
        let shown = redacted(&value);
        assert!(!shown.to_string().contains("4000-8000") && !shown.to_string().contains("\\\"a\\\""));
        assert_eq!((&shown["options"]["count"], &shown["added"]), (&json!(5), &json!([1])));
        assert_eq!(shown["access_token"], "access-sandbox-3fe1a0…");
    }
}
