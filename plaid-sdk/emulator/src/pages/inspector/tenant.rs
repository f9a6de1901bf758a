//! A tenant's clock, Items, Link tokens and snapshots, and one Item.

use axum::body::Body;
use axum::http::Response;
use maud::{Markup, html};

use super::super::form::encoded;
use super::shell::{act, counted, moment, of_tenant, path, short, state};
use crate::ops::World;
use crate::state::{Item, ItemId, ItemState, LinkToken, Tenant};

/// How many Link tokens are shown.
const LINKS: usize = 20;

/// The first page of a tenant.
pub fn page(tenant: &Tenant, world: &World, snapshots: &[String]) -> Response<Body> {
    let back = path(tenant, "");
    let body = html! {
        h1 { "Items" }
        @if tenant.items.is_empty() { p.lead { "This tenant has no Items yet." } }
        ul.cards {
            @for item in tenant.items.values().rev() { li { (item_card(tenant, world, item)) } }
        }
        section {
            h2 { "Clock" }
            p.facts {
                (moment(tenant.now()))
                @if tenant.clock.is_frozen() { span.chip.warn { "stands still" } } @else { span.chip.good { "runs" } }
                @if let Some(next) = tenant.schedule.next() { span { "next event " (moment(next)) } }
            }
            div.acts {
                (act(tenant, "advance", &back, &html! {
                    label for="amount" { "Advance by" }
                    input #amount type="number" name="amount" value="1" min="1" required;
                    label.hidden for="unit" { "Unit" }
                    select #unit name="unit" {
                        option value="60" { "minutes" } option value="3600" { "hours" }
                        option value="86400" selected { "days" }
                    }
                    button { "Advance" }
                }))
                (act(tenant, "next", &back, &html! { button.plain { "To the next event" } }))
                @if tenant.clock.is_frozen() {
                    (act(tenant, "run", &back, &html! { button.plain { "Let it run" } }))
                } @else {
                    (act(tenant, "freeze", &back, &html! { button.plain { "Freeze" } }))
                }
            }
        }
        section {
            h2 { "Link tokens" }
            @if tenant.links.is_empty() { p.help { "None was created." } }
            ul.lines { @for link in tenant.links.values().rev().take(LINKS) { li { (link_line(tenant, link)) } } }
        }
        section {
            h2 { "Snapshots" }
            div.acts {
                (act(tenant, "snapshot", &back, &html! {
                    label for="name" { "Name" }
                    input #name type="text" name="name" required maxlength="80";
                    button { "Take a snapshot" }
                }))
                @for name in snapshots {
                    (act(tenant, "restore", &back, &html! {
                        input type="hidden" name="name" value=(name);
                        button.plain { "Restore “" (name) "”" }
                    }))
                }
                (act(tenant, "reset", "/", &html! { button.danger { "Forget this tenant" } }))
            }
        }
    };
    of_tenant(tenant, "", "Items", &body)
}

fn item_card(tenant: &Tenant, world: &World, item: &Item) -> Markup {
    let name = world.institution(&item.institution).map_or("Numbers of an account", |one| one.name.as_str());
    html! {
        p.facts {
            a.name href=(path(tenant, &format!("items/{}", encoded(&item.id.0)))) { (name) }
            (state(item))
        }
        p.facts { span.mono { (item.id) } span { (item.username) } span { (counted(item.accounts.len(), "account")) } }
        p.help { (item.products.iter().cloned().collect::<Vec<_>>().join(", ")) }
    }
}

fn link_line(tenant: &Tenant, link: &LinkToken) -> Markup {
    let now = tenant.now();
    let last = link.sessions.last();
    html! {
        span.mono.grow { (short(&link.token)) }
        @match last {
            Some(session) => span.chip { (session.step.name().replace('_', " ")) },
            None => span.chip { "not opened" },
        }
        @if now >= link.expires {
            span.chip.bad { "expired" }
        } @else {
            a href={ "/_plaid/link/page/" (encoded(&link.token)) } { "Open Link" span.hidden { " " (short(&link.token)) } }
        }
    }
}

/// One Item. `None` if there is none of the id.
pub fn item(tenant: &Tenant, world: &World, id: &str) -> Option<Response<Body>> {
    let item = tenant.items.get(&ItemId(id.to_owned()))?;
    let name = world.institution(&item.institution).map_or("Numbers of an account", |one| one.name.as_str());
    let back = path(tenant, &format!("items/{}", encoded(id)));
    let tokens: Vec<&String> = tenant.access.iter().filter(|(_, of)| **of == item.id).map(|(token, _)| token).collect();
    let hidden = html! { input type="hidden" name="item" value=(id); };
    let body = html! {
        h1 { (name) " " (state(item)) }
        dl.facts {
            dt { "Item" } dd.mono { (item.id) }
            dt { "User" } dd { (item.username) }
            dt { "Products" } dd { (item.products.iter().cloned().collect::<Vec<_>>().join(", ")) }
            dt { "Created" } dd { (moment(item.created)) }
            dt { "Webhooks" } dd { (item.webhook.as_deref().unwrap_or("none")) }
            dt { "Access tokens" } dd.mono { @for token in &tokens { (short(token)) " " } @if tokens.is_empty() { "not exchanged yet" } }
            dt { "Transactions" } dd { (counted(item.feed.log().len(), "change")) " in the log" }
        }
        @if item.state != ItemState::Removed {
            div.acts {
                @if item.state == ItemState::Good {
                    (act(tenant, "break", &back, &html! {
                        (hidden)
                        label for="code" { "Error" }
                        input #code type="text" name="error_code" value="ITEM_LOGIN_REQUIRED" required;
                        button.danger { "Break" }
                    }))
                    (act(tenant, "revoke", &back, &html! { (hidden) button.danger { "Revoke the user's permission" } }))
                } @else {
                    (act(tenant, "repair", &back, &html! { (hidden) button { "Repair" } }))
                }
            }
        }
        section {
            h2 { "Accounts" }
            ul.lines {
                @for account in &item.accounts {
                    li {
                        span.grow { (account.name) small { (account.kind) " / " (account.subtype) " ···· " (account.mask) } }
                        span.amount { (account.balances.current.map(|amount| format!("{amount:.2} {}", account.balances.currency)).unwrap_or_default()) }
                    }
                }
            }
        }
    };
    Some(of_tenant(tenant, "", name, &body))
}
