//! What code spans of our own texts lead to: the method of a path, the type of a schema, the variants of webhooks and of
//! errors' codes.

use std::collections::HashMap;

use super::{Context, errors, events, shared};
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
    pub own: &'a str,
    /// Whether they stand in a file of their own below the module's.
    pub below: bool,
}

impl<'a> Origin<'a> {
    /// The docs of a type, or of something in it.
    pub fn of(context: &Context<'a>, def: &'a TypeDef) -> Self {
        let module = Some(def.module);
        Self { module, own: &def.id.0, below: shared::is_below(context, def) }
    }

    /// The docs of something that stands in a module's own file.
    pub fn within(module: usize, own: &'a str) -> Self {
        Self { module: Some(module), own, below: false }
    }
}

impl Links {
    /// What an API's things are called in texts.
    pub fn of(api: &Api) -> Self {
        let mut links = HashMap::new();
        // Of two things with one name in texts, the first keeps it.
        let mut add = |span: &str, target: Target| {
            links.entry(span.to_owned()).or_insert(target);
        };
        let elsewhere = |name: &str, path: String| Target { name: name.to_owned(), path, module: None };
        for operation in &api.operations {
            let path = format!("crate::Client::{}", operation.name);
            add(&operation.path, elsewhere(&operation.name, path.clone()));
            add(&format!("{} {}", operation.method, operation.path), elsewhere(&operation.name, path));
        }
        // Of two shapes of one pair the last is what comes if nothing tells them apart.
        for event in api.events.iter().rev() {
            let (kind, code) = &event.pair;
            let path = format!("super::{}::{}", events::NAME, event.name);
            let pair = format!("{kind}: {code}");
            add(&pair, elsewhere(&event.name, path.clone()));
            add(&of_body(&pair, &event.body), elsewhere(&event.name, path));
        }
        for code in &api.error_codes {
            add(&code.wire, elsewhere(&code.name, format!("super::{}::{}", errors::NAME, code.name)));
        }
        for def in api.types.values() {
            let module = api.modules.get(def.module).map_or("", |module| module.name.as_str());
            let path = format!("super::{module}::{}", def.name);
            add(&def.id.0, Target { name: def.name.clone(), path, module: Some(def.module) });
        }
        Self(links)
    }

    /// The link to put in place of a code span, if there is one from there.
    pub fn markdown(&self, span: &str, from: Origin<'_>) -> Option<String> {
        let target = self.0.get(span).filter(|_| span != from.own)?;
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
    format!("{pair}`{}", body.0)
}
