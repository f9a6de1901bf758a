//! The targets of links in rustdoc: methods of operations, types and their fields, and the variants of webhooks and
//! error codes.

use std::collections::HashMap;

use super::names::{ERROR_CODES, WEBHOOKS};
use super::place;
use crate::prose;
use api_model::layout::{Layout, Members, TypeLayout};
use api_model::{Api, Target, Text, TypeDef, TypeId, code_span};

/// The Rust items that texts can link to.
pub struct Links<'a> {
    api: &'a Api,
    layout: &'a Layout,
    /// By pair, the payloads with the names of their variants.
    events: HashMap<(&'a str, &'a str), Vec<(&'a TypeId, &'a str)>>,
    /// By code.
    codes: HashMap<&'a str, &'a str>,
}

/// The place of docs in the module tree.
#[derive(Clone, Copy)]
pub struct Origin {
    /// Their module.
    module: usize,
    /// Whether they are in a file below the module's.
    below: bool,
}

impl Origin {
    /// The docs of a type, or of something in it.
    pub fn of(layout: &Layout, def: &TypeDef) -> Self {
        let module = layout.types.get(&def.id).map_or(0, |of| of.module);
        Self { module, below: place::is_below(layout, def) }
    }

    /// The docs of something in a module's own file.
    pub fn within(module: usize) -> Self {
        Self { module, below: false }
    }
}

impl<'a> Links<'a> {
    /// The Rust names of an API's items.
    pub fn of(api: &'a Api, layout: &'a Layout) -> Self {
        let mut events = HashMap::<_, Vec<_>>::new();
        for (event, name) in api.events.iter().zip(&layout.events) {
            let pair = (event.pair.0.as_str(), event.pair.1.as_str());
            events.entry(pair).or_default().push((&event.body, name.as_str()));
        }
        let codes = api.error_codes.iter().zip(&layout.error_codes);
        let codes = codes.map(|(code, name)| (code.wire.as_str(), name.as_str())).collect();
        Self { api, layout, events, codes }
    }

    /// The text for rustdoc, with its links.
    pub fn text(&self, text: &Text, from: Origin) -> String {
        prose::to_rustdoc(text, &|code, to| self.markdown(code, to, from))
    }

    /// A link that shows this code.
    pub fn link(&self, code: &str, to: &Target, from: Origin) -> String {
        self.markdown(code, to, from).unwrap_or_else(|| code_span(code))
    }

    /// The link to an operation, shown by its method and path.
    pub fn operation(&self, id: &str, from: Origin) -> String {
        let operation = self.api.operations.iter().find(|operation| operation.id == id);
        let code = operation.map_or(id.to_owned(), |operation| format!("{} {}", operation.method, operation.path));
        self.link(&code, &Target::Operation(id.to_owned()), from)
    }

    /// The link to a type, shown by its name.
    pub fn ty(&self, id: &TypeId, from: Origin) -> String {
        self.link(&self.layout.name(id), &Target::Type(id.clone()), from)
    }

    fn markdown(&self, code: &str, to: &Target, from: Origin) -> Option<String> {
        let shown = code_span(code);
        if let Target::Type(id) = to
            && let Some(of) = self.layout.types.get(id)
            && (of.module, of.name.as_str(), false) == (from.module, code, from.below)
        {
            return Some(format!("[{shown}]"));
        }
        Some(format!("[{shown}]({})", self.path(to, from)?))
    }

    /// The path to a target.
    fn path(&self, to: &Target, from: Origin) -> Option<String> {
        let up = if from.below { "super::super" } else { "super" };
        Some(match to {
            Target::Operation(id) => format!("crate::Client::{}", self.layout.operations.get(id)?.name),
            Target::Type(id) => {
                let TypeLayout { name, module, .. } = self.layout.types.get(id)?;
                format!("{up}::{}::{name}", self.layout.module_name(*module))
            }
            Target::Field { of, property } => {
                let layout = self.layout.types.get(of)?;
                let Members::Fields(fields) = &layout.members else { return None };
                let ty = match layout.module == from.module && !from.below {
                    true => layout.name.clone(),
                    false => self.path(&Target::Type(of.clone()), from)?,
                };
                format!("{ty}::{}", fields.get(property)?.name)
            }
            Target::Webhook { kind, code, body } => {
                let events = self.events.get(&(kind.as_str(), code.as_str()))?;
                // A payload of the same shape as an earlier one has no variant of its own.
                let (of, name) = events.iter().find(|(of, _)| *of == body).or(events.last())?;
                let module = self.layout.module_name(self.layout.types.get(*of)?.module);
                format!("{up}::{module}::{WEBHOOKS}::{name}")
            }
            Target::ErrorCode(code) => format!("{up}::{}::{}", ERROR_CODES, self.codes.get(code.as_str())?),
        })
    }
}
