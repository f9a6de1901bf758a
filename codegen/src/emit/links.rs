//! What code spans of our own texts lead to: the method of a path, the type of a schema, the variants of webhooks and of
//! errors' codes.

use std::collections::HashMap;

use super::{Context, errors, events, shared};
use crate::ir::layout::Layout;
use crate::ir::{Api, TypeDef, TypeId};

/// Where each span leads that names something.
pub struct Links(HashMap<String, Target>);

/// An item of Rust.
struct Target {
    /// The item's own name.
    name: String,
    /// How to get there from any module.
    path: String,
    /// The module in which the name alone is enough.
    module: Option<usize>,
}

impl Target {
    fn seen_from(&self, from: Origin<'_>) -> String {
        match self.path.strip_prefix(UP).filter(|_| from.below) {
            Some(rest) => format!("{UP}{UP}{rest}"),
            None => self.path.clone(),
        }
    }
}

/// Origin a module's file to its neighbours.
const UP: &str = "super::";

/// Whose docs they are.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The module they stand in; none for the module's own docs.
    pub module: Option<usize>,
    /// What needs no link there: the thing itself.
    pub own: Own<'a>,
    /// Whether they stand in a file of their own below the module's.
    pub below: bool,
}

/// The thing that docs are about.
#[derive(Clone, Copy)]
pub enum Own<'a> {
    /// A module, or something of the generator's.
    Nothing,
    /// A type.
    Type(&'a TypeId),
    /// The operation of this path.
    Operation(&'a str),
}

impl Own<'_> {
    fn is(self, span: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Type(id) => id.name() == Some(span),
            Self::Operation(path) => path == span,
        }
    }
}

impl<'a> Origin<'a> {
    /// The docs of a type, or of something in it.
    pub fn of(context: &Context<'a>, def: &'a TypeDef) -> Self {
        let module = context.layout.types.get(&def.id).map(|layout| layout.module);
        Self { module, own: Own::Type(&def.id), below: shared::is_below(context, def) }
    }

    /// The docs of the variant for a webhook.
    pub fn of_event(context: &Context<'a>, body: &'a TypeId) -> Self {
        Self { module: context.events_in(), own: Own::Type(body), below: false }
    }

    /// The docs of an operation.
    pub fn of_operation(module: usize, path: &'a str) -> Self {
        Self { module: Some(module), own: Own::Operation(path), below: false }
    }

    /// The docs of something that stands in a module's own file.
    pub fn within(module: usize) -> Self {
        Self { module: Some(module), own: Own::Nothing, below: false }
    }
}

impl Links {
    /// What an API's things are called in texts.
    pub fn of(api: &Api, layout: &Layout) -> Self {
        let mut links = HashMap::new();
        // Of two things with one name in texts, the first keeps it.
        let mut add = |span: &str, target: Target| {
            links.entry(span.to_owned()).or_insert(target);
        };
        let elsewhere = |name: &str, path: String| Target { name: name.to_owned(), path, module: None };
        for operation in &api.operations {
            let Some(method) = layout.operations.get(&operation.id).map(|layout| &layout.name) else { continue };
            let path = format!("crate::Client::{method}");
            add(&operation.path, elsewhere(method, path.clone()));
            add(&format!("{} {}", operation.method, operation.path), elsewhere(method, path));
        }
        // Of two shapes of one pair the last is what comes if nothing tells them apart.
        for (event, name) in api.events.iter().zip(&layout.events).rev() {
            let (kind, code) = &event.pair;
            let path = format!("super::{}::{}", events::NAME, name);
            let pair = format!("{kind}: {code}");
            add(&pair, elsewhere(name, path.clone()));
            add(&of_body(&pair, &event.body), elsewhere(name, path));
        }
        for (code, name) in api.error_codes.iter().zip(&layout.error_codes) {
            add(&code.wire, elsewhere(name, format!("super::{}::{name}", errors::NAME)));
        }
        for (id, of) in &layout.types {
            let path = format!("super::{}::{}", layout.module_name(of.module), of.name);
            add(&id.to_string(), Target { name: of.name.clone(), path, module: Some(of.module) });
        }
        Self(links)
    }

    /// The link to put in place of a code span, if there is one from there.
    pub fn markdown(&self, span: &str, from: Origin<'_>) -> Option<String> {
        let target = self.0.get(span).filter(|_| !from.own.is(span))?;
        if target.module.is_some() && target.module == from.module && target.name == span && !from.below {
            return Some(format!("[`{span}`]"));
        }
        Some(format!("[`{span}`]({})", target.seen_from(from)))
    }

    /// The same, or the span as it is.
    pub fn or_span(&self, span: &str, from: Origin<'_>) -> String {
        self.markdown(span, from).unwrap_or_else(|| format!("`{span}`"))
    }

    /// The link for a webhook's pair, to the variant of this payload if it has one.
    pub fn webhook(&self, pair: &str, body: &TypeId, from: Origin<'_>) -> String {
        match self.0.get(&of_body(pair, body)) {
            Some(target) => format!("[`{pair}`]({})", target.seen_from(from)),
            None => self.or_span(pair, from),
        }
    }
}

/// What no span says: the pair of this payload.
fn of_body(pair: &str, body: &TypeId) -> String {
    format!("{pair}`{body}")
}
