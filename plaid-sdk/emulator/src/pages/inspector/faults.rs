//! The faults of a tenant: what was ordered, and a form for another one.

use axum::body::Body;
use axum::http::Response;
use maud::html;
use serde_json::{Value, json};

use super::super::form::Form;
use super::shell::{act, counted, of_tenant, path};
use crate::state::{Effect, Fault, Tenant};

/// What the form can order: the control's field, what its value means, and whether it has one.
const EFFECTS: [(&str, &str); 7] = [
    ("error_code", "an error, by its code"),
    ("http", "a status of a proxy, without JSON"),
    ("delay_ms", "a delay, in milliseconds"),
    ("drop", "a closed connection"),
    ("truncate", "half a body"),
    ("unknown_value", "an unknown value of a property"),
    ("null", "null as a property"),
];

/// The faults that were ordered.
pub fn page(tenant: &Tenant) -> Response<Body> {
    let back = path(tenant, "faults");
    let body = html! {
        h1 { "Faults" }
        p.lead { "What goes wrong on purpose. A fault without a count goes on until it is removed." }
        ul.lines {
            @for fault in &tenant.faults {
                li {
                    span.grow { b { (effect(&fault.effect)) } small { (about(fault)) } }
                    (act(tenant, "unfault", &back, &html! {
                        input type="hidden" name="id" value=(fault.id);
                        button.plain { "Remove" span.hidden { " fault " (fault.id) } }
                    }))
                }
            }
        }
        section {
            h2 { "Order a fault" }
            form.order method="post" action=(path(tenant, "do/fault")) {
                input type="hidden" name="back" value=(back);
                div.field { label for="effect" { "What goes wrong" }
                    select #effect name="effect" { @for (name, text) in EFFECTS { option value=(name) { (text) } } } }
                div.field { label for="value" { "Its code, number or property" }
                    input #value type="text" name="value" value="RATE_LIMIT_EXCEEDED" aria-describedby="value-help";
                    span.help #value-help { "A closed connection and half a body need none." } }
                div.field { label for="type" { "The error's type" }
                    input #type type="text" name="error_type" value="RATE_LIMIT_EXCEEDED"; }
                div.field { label for="operation" { "Operation" }
                    input #operation type="text" name="operation" placeholder="/accounts/get, or all"; }
                div.field { label for="item" { "Item" }
                    select #item name="item" {
                        option value="" { "all" }
                        @for item in tenant.items.values() { option value=(item.id) { (item.username) " " (item.id) } }
                    } }
                div.field { label for="count" { "How many calls" }
                    input #count type="number" name="count" value="1" min="1"; }
                button { "Order" }
            }
        }
    };
    of_tenant(tenant, "faults", "Faults", &body)
}

fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Error(error) => format!("{} {}", error.status, error.code),
        Effect::Http(status) => format!("{status} without JSON"),
        Effect::Delay(milliseconds) => format!("{milliseconds} ms later"),
        Effect::Drop => "closed connection".to_owned(),
        Effect::Truncate => "half a body".to_owned(),
        Effect::UnknownValue(name) => format!("unknown {name}"),
        Effect::Null(name) => format!("{name} is null"),
    }
}

fn about(fault: &Fault) -> String {
    let path = fault.path.as_deref().unwrap_or("all operations");
    let count = fault.count.and_then(|count| usize::try_from(count).ok());
    let count = count.map(|count| format!(", {}", counted(count, "call"))).unwrap_or_default();
    let skip = if fault.skip > 0 { format!(", after {}", fault.skip) } else { String::new() };
    let percent = if fault.percent < 100 { format!(", {} %", fault.percent) } else { String::new() };
    let item = fault.item.as_ref().map(|item| format!(", Item {item}")).unwrap_or_default();
    format!("{path}{item}{count}{skip}{percent}")
}

/// The body of the control that orders what a form says.
pub fn ordered(form: &Form) -> Value {
    let mut order = json!({});
    let value = form.filled("value").unwrap_or_default();
    match form.get("effect").unwrap_or_default() {
        name @ ("drop" | "truncate") => order[name] = true.into(),
        name @ ("http" | "delay_ms") => order[name] = value.parse::<u64>().map_or(Value::Null, Value::from),
        name @ ("unknown_value" | "null") => order[name] = value.into(),
        _ => {
            order["error_code"] = value.into();
            order["error_type"] = form.filled("error_type").into();
        }
    }
    for name in ["operation", "item"] {
        if let Some(text) = form.filled(name) {
            order[name] = text.into();
        }
    }
    if let Some(count) = form.filled("count").and_then(|text| text.parse::<u64>().ok()) {
        order["count"] = count.into();
    }
    order
}
