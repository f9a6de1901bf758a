//! Where links lead in rustdoc: the method of an operation, a type and its fields, the variants of webhooks and of errors'
//! codes.

use std::collections::HashMap;

use super::{Context, Style, errors, events, shared};
use crate::ir::{Api, Kind, Target, Text, TypeDef, TypeId, code_span};
use crate::prose;

/// The items of Rust that texts can link to.
pub struct Links<'a> {
    api: &'a Api,
    /// By `operationId`.
    methods: HashMap<&'a str, &'a str>,
    /// By pair, the payloads with the names of their variants.
    events: HashMap<(&'a str, &'a str), Vec<(&'a TypeId, &'a str)>>,
    /// By code.
    codes: HashMap<&'a str, &'a str>,
}

/// Where docs are.
#[derive(Clone, Copy)]
pub struct Origin {
    /// Their module.
    module: usize,
    /// Whether they are in a file below the module's.
    below: bool,
}

impl Origin {
    /// The docs of a type, or of something in it.
    pub fn of(context: &Context<'_>, def: &TypeDef) -> Self {
        Self { module: def.module, below: shared::is_below(context, def) }
    }

    /// The docs of something in a module's own file.
    pub fn within(module: usize) -> Self {
        Self { module, below: false }
    }
}

impl<'a> Links<'a> {
    /// What an API's things are called in Rust.
    pub fn of(api: &'a Api, style: Style) -> Self {
        let (mut methods, mut events) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
        if style == Style::Wire {
            methods.extend(api.operations.iter().map(|operation| (operation.id.as_str(), operation.name.as_str())));
            for event in &api.events {
                let pair = (event.pair.0.as_str(), event.pair.1.as_str());
                events.entry(pair).or_default().push((&event.body, event.name.as_str()));
            }
        }
        let codes = api.error_codes.iter().map(|code| (code.wire.as_str(), code.name.as_str())).collect();
        Self { api, methods, events, codes }
    }

    /// The text for rustdoc, with its links.
    pub fn text(&self, text: &Text, from: Origin) -> String {
        prose::to_rustdoc(text, &|code, to| self.markdown(code, to, from))
    }

    /// The link that shows this code.
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
        let name = self.api.types.get(id).map_or(id.0.as_str(), |def| def.name.as_str());
        self.link(name, &Target::Type(id.clone()), from)
    }

    fn markdown(&self, code: &str, to: &Target, from: Origin) -> Option<String> {
        let shown = code_span(code);
        if let Target::Type(id) = to
            && let Some(def) = self.api.types.get(id)
            && (def.module, def.name.as_str(), false) == (from.module, code, from.below)
        {
            return Some(format!("[{shown}]"));
        }
        Some(format!("[{shown}]({})", self.path(to, from)?))
    }

    /// The path to a target.
    fn path(&self, to: &Target, from: Origin) -> Option<String> {
        let up = if from.below { "super::super" } else { "super" };
        Some(match to {
            Target::Operation(id) => format!("crate::Client::{}", self.methods.get(id.as_str())?),
            Target::Type(id) => {
                let def = self.api.types.get(id)?;
                format!("{up}::{}::{}", self.api.modules.get(def.module)?.name, def.name)
            }
            Target::Field { of, property } => {
                let def = self.api.types.get(of)?;
                let Kind::Struct(object) = &def.kind else { return None };
                let ty = match def.module == from.module && !from.below {
                    true => def.name.clone(),
                    false => self.path(&Target::Type(of.clone()), from)?,
                };
                let field = object.fields.iter().find(|field| field.wire == *property)?;
                format!("{ty}::{}", field.name)
            }
            Target::Webhook { kind, code, body } => {
                let events = self.events.get(&(kind.as_str(), code.as_str()))?;
                // A payload of the same shape as an earlier one has no variant of its own.
                let (_, name) = events.iter().find(|(of, _)| *of == body).or(events.last())?;
                format!("{up}::{}::{name}", events::NAME)
            }
            Target::ErrorCode(code) => format!("{up}::{}::{}", errors::NAME, self.codes.get(code.as_str())?),
        })
    }
}
