//! Pages as HTML.

use maud::{Markup, html};
use plaid_catalog::model::{Docs, EnumValue, Operation};

use super::document::{Block, Card, Document, Item, Step};
use super::inline::{Inline, Mark, Piece};
use super::links::Address;
use super::prose;
use super::tree::{Inside, Node, Tree};
use super::view::View;

/// What is on a page, below its header.
pub fn content(view: &View, document: &Document<'_>) -> Markup {
    html! {
        @if !document.crumbs.is_empty() {
            nav.crumb aria-label="Breadcrumb" {
                @for (name, address) in &document.crumbs {
                    a href=(view.to(address)) { (name) }
                    span aria-hidden="true" { "/" }
                }
                @if let Address::Operation(name) = document.address { code { (name) } }
            }
        }
        h1 class=[document.is_code.then_some("code")] { (document.title) }
        (blocks(view, &document.blocks))
    }
}

fn blocks(view: &View, all: &[Block<'_>]) -> Markup {
    html! { @for one in all { (block(view, one)) } }
}

fn block(view: &View, block: &Block<'_>) -> Markup {
    match block {
        Block::Paragraph(text) => html! { p.text { (inline(view, text)) } },
        Block::Lead(text) => html! { p.lead { (inline(view, text)) } },
        Block::Prose(text) => html! { div.text { (prose::html(view, text)) } },
        Block::Endpoint(operation, marks) => endpoint(operation, marks),
        Block::Notice(text) => html! { p.notice role="note" { (inline(view, text)) } },
        Block::Section { id, title, blocks } => html! {
            section id=(id) aria-labelledby={ (id) "-title" } {
                h2 id={ (id) "-title" } { a.here href={ "#" (id) } { (title) } }
                (self::blocks(view, blocks))
            }
        },
        Block::Tree(tree) => html! { ul.tree { @for node in tree.roots() { (property(view, tree, node)) } } },
        Block::Items(all) => html! { ul.items { @for one in all { (item(view, one)) } } },
        Block::Cards(all) => html! { ul.cards { @for one in all { (card(view, one)) } } },
        Block::Steps(before, path, after) => steps(view, before, path, after),
        Block::Values(all) => html! { dl.values { @for (value, docs) in all { (self::value(view, value, docs)) } } },
        Block::Facts(all) => html! {
            dl.facts { @for (name, text) in all { div { dt { (name) } dd { (inline(view, text)) } } } }
        },
        Block::Code(language, text) => html! {
            div.card { pre tabindex="0" { code data-language=(language) { (text) } } }
        },
        Block::Html(html) => html.clone(),
        Block::Only(_) => html! {},
    }
}

fn endpoint(operation: &Operation, marks: &[Mark]) -> Markup {
    html! {
        div.endpoint {
            div.path {
                b { (operation.method) } " "
                code { (operation.path) }
                button type="button" data-copy=(operation.path) aria-label="Copy the path" hidden { "Copy" }
            }
            (self::marks(marks))
        }
    }
}

/// Marks, one after the other.
fn marks(all: &[Mark]) -> Markup {
    html! { @for mark in all { span class=(mark.class()) { (mark.word()) } } }
}

fn item(view: &View, item: &Item<'_>) -> Markup {
    let link = item.to.as_ref().map(|(address, anchor)| match anchor {
        Some(anchor) => view.links.to_anchor(address, anchor),
        None => view.to(address),
    });
    let name = html! { @if item.is_code { code { (item.name) } } @else { (item.name) } };
    html! {
        li id=[item.id.as_ref()] {
            div.name {
                @if let Some(link) = link { a href=(link) { (name) } } @else { (name) }
                (marks(&item.marks))
                @if let Some(note) = &item.note { span.type { (note) } }
            }
            div.about { (inline(view, &item.about)) }
        }
    }
}

fn card(view: &View, card: &Card<'_>) -> Markup {
    let (title, address) = &card.title;
    html! {
        li { a href=(view.to(address)) { b { (title) } span { (card.about) } small { (card.note) } } }
    }
}

fn steps(view: &View, before: &[Step<'_>], path: &str, after: &[Step<'_>]) -> Markup {
    if before.is_empty() && after.is_empty() {
        return html! {};
    }
    let arrow = html! { span.arrow aria-hidden="true" { "→" } };
    html! {
        nav.steps aria-label="Sequence" {
            @if !before.is_empty() {
                span.group { @for step in before { (self::step(view, step)) } }
                (arrow)
            }
            b aria-current="step" { code { (path) } }
            @if !after.is_empty() {
                (arrow)
                span.group { @for step in after { (self::step(view, step)) } }
            }
        }
    }
}

fn step(view: &View, step: &Step<'_>) -> Markup {
    html! {
        a href=(view.to_operation(step.operation)) title=(prose::plain(step.reason)) { code { (step.operation.path) } }
    }
}

fn value(view: &View, value: &str, docs: &Docs) -> Markup {
    html! {
        dt id={ "value." (value) } {
            code { @if value.is_empty() { "\"\"" } @else { (value) } }
            @if docs.deprecated { (marks(&[Mark::Deprecated])) }
        }
        dd { @if let Some(text) = docs.description.as_ref().or(docs.summary.as_ref()) { (prose::inline_html(view, text)) } }
    }
}

fn property(view: &View, tree: &Tree<'_>, node: &Node<'_>) -> Markup {
    html! {
        li id=(node.anchor) {
            div.name {
                a.here href={ "#" (node.anchor) } { (node.name) }
                (marks(&node.marks))
                span.type {
                    (inline(view, &node.label))
                    @for limit in &node.limits { ", " (limit) }
                }
            }
            @if let Some(text) = node.text { div.about { (prose::inline_html(view, text)) } }
            (inside(view, tree, node))
        }
    }
}

fn inside(view: &View, tree: &Tree<'_>, node: &Node<'_>) -> Markup {
    match &node.inside {
        Inside::Nothing => html! {},
        Inside::Again(address) => html! { p.again { a href=(view.to(address)) { "The same properties once more" } } },
        Inside::Values(values) => html! {
            details.inside { summary { (count(values.len(), "value")) } (self::values(view, values)) }
        },
        Inside::Properties(children) => html! {
            details.inside open[node.is_open()] {
                summary { (count(children.len(), "property")) }
                ul.tree { @for child in tree.pick(children) { (property(view, tree, child)) } }
            }
        },
        Inside::Elsewhere(address, what, step) => html! {
            details.inside data-from=(view.to(address)) data-step=[(!step.is_empty()).then_some(step)] {
                summary { (what) }
                p.again { a href=(view.to(address)) { "On the page of the type" } }
            }
        },
    }
}

/// The values of an enum: with their docs if they have some, else side by side.
fn values(view: &View, values: &[EnumValue]) -> Markup {
    if values.iter().any(|one| one.docs.is_told() || one.docs.deprecated) {
        return html! {
            dl.values { @for one in values {
                dt { code { (one.value) } @if one.docs.deprecated { (marks(&[Mark::Deprecated])) } }
                dd {
                    @if let Some(text) = one.docs.description.as_ref().or(one.docs.summary.as_ref()) {
                        (prose::inline_html(view, text))
                    }
                }
            } }
        };
    }
    html! { p.chips { @for one in values { code { (one.value) } } } }
}

/// A number of things.
fn count(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "property") => format!("{count} properties"),
        _ => format!("{count} {what}s"),
    }
}

/// A line.
pub fn inline(view: &View, text: &Inline<'_>) -> Markup {
    html! {
        @for piece in &text.0 {
            @match piece {
                Piece::Text(text) => (text),
                Piece::Code(code) => code { (code) },
                Piece::Prose(text) => (prose::inline_html(view, text)),
                Piece::Link(text, address) => a href=(view.to(address)) { (text) },
                Piece::CodeLink(text, address) => a href=(view.to(address)) { code { (text) } },
                Piece::External(text, address) => a href=(address) rel="noreferrer" { (text) },
            }
        }
    }
}
