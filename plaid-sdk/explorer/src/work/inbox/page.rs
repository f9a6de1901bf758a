//! The page of the webhooks.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::html;
use plaid_catalog::model::{Kind, Step, TypeId};

use super::RECEIVER;
use crate::app::App;
use crate::gateway::Environment;
use crate::{assets, pages};

/// Shows the webhooks. A script fills them in and keeps the list up to date.
pub async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    let environment = app.gateway().environment();
    let is_emulator = environment == Environment::Emulator;
    let url = app.memory().webhook_url();
    let content = html! {
        p {
            "What arrives at " code { (RECEIVER) } " and has Plaid's signature, as it comes. Tokens in it are handles."
        }
        @match url {
            Some(url) => p { "Forms fill in this address for " code { "webhook" } ": " code #webhook-url { (url) } },
            None => {
                p {
                    "Plaid can't reach this machine by itself. Start a tunnel that forwards to it, and then the explorer with "
                    code { "--webhook-url https://NAME" (RECEIVER) } ", where NAME is the tunnel's host."
                }
            }
        }
        @if environment != Environment::Production {
            section #fire {
                h2 { "Fire one" }
                p.help { "For the newest Item of this session. Other products have an operation of their own." }
                div.fire {
                    @for code in codes(&app) { button type="button" data-code=(code) { (code) } }
                }
                p.fire {
                    @for (page, path) in others(&app) { a href={ "/operations/" (page) "#live" } { (path) } }
                }
            }
        }
        section data-emulator[is_emulator] {
            h2 { "Arrived" }
            p #inbox-state role="status" { "Loading …" }
            ol #inbox aria-label="Webhooks, the newest first" {}
        }
        link rel="stylesheet" href=(assets::address("form.css"));
        script type="module" src=(assets::address("inbox.js")) {}
    };
    pages::with(&app, &headers, "Webhooks that arrived", content)
}

/// The webhooks of Items that the Sandbox fires.
fn codes(app: &App) -> Vec<String> {
    let id = TypeId::schema("SandboxItemFireWebhookRequest").inline(Step::Property("webhook_code".to_owned()));
    match app.catalog().api().types.get(&id).map(|def| &def.kind) {
        Some(Kind::Enum(list)) => list.values.iter().map(|one| one.value.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// The other operations that fire webhooks: page and path.
fn others(app: &App) -> impl Iterator<Item = (&str, &str)> {
    let all = app.catalog().api().operations.iter();
    let wanted = all.filter(|one| one.path.contains("/fire_webhook") && one.id != "sandboxItemFireWebhook");
    wanted.filter_map(|one| Some((app.catalog().layout().operations.get(&one.id)?.name.as_str(), one.path.as_str())))
}
