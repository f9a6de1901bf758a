//! What every page has: the head, the header with the search, the navigation.

use maud::{DOCTYPE, Markup, html};
use plaid_catalog::Product;
use plaid_catalog::model::Operation;

use super::document::Document;
use super::links::Address;
use super::view::View;
use super::{guides, html, title};
use crate::assets;
use crate::gateway::{Environment, Switches};

/// What the search finds.
const PLACEHOLDER: &str = "Search operations, properties, errors, webhooks";

/// A page as HTML.
pub fn page(view: &View, document: &Document<'_>) -> Markup {
    let name = if document.address == Address::Start {
        "Plaid explorer".to_owned()
    } else {
        format!("{} · Plaid explorer", document.title)
    };
    html! {
        (DOCTYPE)
        html lang="en" data-root=(view.links.root()) data-exported[view.links.is_exported()] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (name) }
                link rel="icon" href=(asset(view, "icon.svg")) type="image/svg+xml";
                // The theme is set before anything is painted. Where `blocking` is known, the page is read in the meantime.
                script src=(asset(view, "theme.js")) blocking="render" async {}
                link rel="stylesheet" href=(asset(view, "explorer.css"));
                @if document.aside.is_some() { link rel="stylesheet" href=(asset(view, "form.css")); }
                link rel="alternate" type="text/markdown" href=(view.links.to_markdown(&document.address));
                // The form's script starts only after this one: what this one imports is fetched at the same time.
                @if !view.links.is_exported() {
                    @for name in ["search.js", "tree.js"] { link rel="modulepreload" href=(asset(view, name)); }
                }
                script type="module" src=(asset(view, "explorer.js")) {}
            }
            body {
                a.skip href="#site-main" { "Skip to the content" }
                (header(view, document))
                div class=(if document.aside.is_some() { "shell with-aside" } else { "shell" }) {
                    (navigation(view, document))
                    main id="site-main" tabindex="-1" {
                        (html::content(view, document))
                        (footer(view, document))
                    }
                    @if let Some(aside) = &document.aside { aside aria-label="Call" { (aside) } }
                }
            }
        }
    }
}

/// The address of a file of the pages.
pub fn asset(view: &View, name: &str) -> String {
    if view.links.is_exported() {
        return view.links.below_root(&format!("assets/{name}"));
    }
    assets::address(name)
}

/// Whether the browser itself may send a form of the page. On other pages the search is a link to the page with the form, and
/// scripts open it as a dialog.
pub fn has_search_form(document: &Document<'_>) -> bool {
    document.address == Address::Search
}

fn header(view: &View, document: &Document<'_>) -> Markup {
    html! {
        header.top {
            button.menu type="button" popovertarget="site-nav" aria-label="Navigation" { span aria-hidden="true" { "☰" } }
            a.brand href=(view.to(&Address::Start)) { "plaid " span { "explorer" } }
            search.find {
                @if has_search_form(document) {
                    form action=(view.to(&Address::Search)) method="get" {
                        input id="site-search" type="search" name="q" aria-label="Search" autocomplete="off" spellcheck="false"
                            placeholder=(PLACEHOLDER);
                    }
                } @else {
                    a id="site-search" href=(view.to(&Address::Search)) { (PLACEHOLDER) }
                }
                kbd aria-hidden="true" { "/" }
            }
            @if let Some((environment, switches)) = view.environment { (badge(environment, switches)) }
            button.theme id="site-theme" type="button" aria-label="Colours: as the system" hidden { span aria-hidden="true" { "◐" } }
        }
    }
}

/// Where calls go.
fn badge(environment: Environment, switches: Switches) -> Markup {
    let (class, about) = match environment {
        Environment::Emulator => ("env", "Calls go to an emulator in this process"),
        Environment::Sandbox => ("env sandbox", "Calls go to Plaid's Sandbox: test data"),
        Environment::Production if switches.money => {
            ("env production", "Calls go to Production, with those that move money or remove something")
        }
        Environment::Production => ("env production", "Calls go to Production: real accounts and real money"),
    };
    let with_money = environment == Environment::Production && switches.money;
    html! {
        div class=(class) id="site-environment" role="status" title=(about) {
            (environment.title()) @if with_money { " · money moves" }
        }
    }
}

fn navigation(view: &View, document: &Document<'_>) -> Markup {
    let product = document.product.and_then(|name| view.catalog.product(name));
    let here = |address: &Address<'_>| (document.address == *address).then_some("page");
    // A page inside one of these lists also marks the list.
    let within = |address: &Address<'_>| {
        here(address).or_else(|| document.crumbs.iter().any(|(_, around)| around == address).then_some("true"))
    };
    let is_guide = matches!(document.address, Address::Guide(_) | Address::Guides);
    let top = [
        ("Guides", Address::Guides),
        ("Operations", Address::Operations),
        ("Webhooks", Address::Webhooks),
        ("Error codes", Address::Errors),
        ("Types", Address::Types),
    ];
    html! {
        nav.nav id="site-nav" popover aria-label="API" {
            @if let Some(product) = &product { (operations(view, product, document)) }
            @if is_guide {
                h2 { a href=(view.to(&Address::Guides)) { "Guides" } }
                ul {
                    @for guide in guides::all() {
                        @let address = Address::Guide(&guide.name);
                        li { a href=(view.to(&address)) aria-current=[here(&address)] { (guide.title) } }
                    }
                }
            }
            h2 { "Explore" }
            ul {
                @for (name, address) in &top {
                    li { a href=(view.to(address)) aria-current=[within(address)] { (name) } }
                }
                @if matches!(view.environment, Some((Environment::Emulator, _))) {
                    li { a href="/-/emulator" { "Emulator" } }
                }
                @if view.environment.is_some() { li { a href="/-/inbox" { "Inbox of webhooks" } } }
            }
            h2 { a href=(view.to(&Address::Products)) { "Products" } }
            ul {
                @for one in view.catalog.products() {
                    @let address = Address::Product(one.name);
                    li { a href=(view.to(&address)) aria-current=[here(&address)] { (title::product(&one)) } }
                }
            }
        }
    }
}

/// The path of an operation, without the part that all operations of its product have.
fn within<'o>(product: &Product<'_>, operation: &'o Operation) -> &'o str {
    let path = operation.path.trim_start_matches('/');
    let rest = path.strip_prefix(product.name).and_then(|rest| rest.strip_prefix('/'));
    rest.unwrap_or(path)
}

/// The operations of a product, for the navigation.
fn operations(view: &View, product: &Product<'static>, document: &Document<'_>) -> Markup {
    let all = product.operations();
    html! {
        h2 { a href=(view.to(&Address::Product(product.name))) { (title::product(product)) } }
        ul {
            @for operation in all {
                @let address = Address::operation(view.catalog, operation);
                @let current = (document.address == address).then_some("page");
                li {
                    a class=[operation.docs.deprecated.then_some("gone")] href=(view.to(&address)) aria-current=[current]
                        title=(title::operation(operation)) {
                        code {
                            @for (at, part) in within(product, operation).split('/').enumerate() {
                                @if at > 0 { "/" wbr; }
                                (part)
                            }
                        }
                    }
                }
            }
        }
    }
}

fn footer(view: &View, document: &Document<'_>) -> Markup {
    html! {
        footer.foot {
            a href=(view.links.to_markdown(&document.address)) { "This page as Markdown" }
            span { "Plaid's document of version " (view.catalog.api().version) }
        }
    }
}
