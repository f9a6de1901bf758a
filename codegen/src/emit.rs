//! The API as Rust: a file for each module, and the tree that holds them.
//!
//! Modules are made side by side, since tokens can't leave the thread they are made on; the result does not depend on it.

mod aliases;
mod calls;
mod derived;
mod docs;
mod enums;
mod errors;
mod events;
mod example;
mod imports;
mod links;
mod operations;
mod parameters;
mod roles;
mod shared;
mod structs;
mod tree;
mod ty;
mod unions;

use std::collections::HashSet;

use proc_macro2::TokenStream;

pub(crate) use self::events::NAME as EVENTS;
use self::links::Links;
use self::roles::Roles;
use crate::format::{self, Item};
use crate::ir::{Api, Body, Field, Idempotency, Kind, Module, Type, TypeDef, TypeId};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the output folder.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// How to write the types' serialisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Through the runtime's wire layer.
    #[default]
    Wire,
    /// Through serde's derive: what the wire layer is measured against.
    Derive,
}

/// Every file of the generated half.
pub fn emit(api: &Api, style: Style, threads: usize) -> Vec<File> {
    let context = Context::new(api, style);
    let mut files = vec![tree::emit(&context)];
    files.extend(errors::emit(&context));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            match api.modules.get(index) {
                Some(_) => done.extend(module(&context, index)),
                None => return done,
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        files.extend(work());
        for worker in workers {
            files.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What a file holds, before it is laid out.
pub(crate) struct ModuleTokens<'a> {
    /// The module.
    pub(crate) module: &'a Module,
    /// Its imports.
    pub(crate) head: Vec<TokenStream>,
    /// The rest of it.
    pub(crate) items: Vec<Item>,
}

/// What the modules' files hold.
pub(crate) fn tokens(api: &Api) -> impl Iterator<Item = ModuleTokens<'_>> {
    let context = Context::new(api, Style::Wire);
    api.modules.iter().enumerate().map(move |(index, module)| ModuleTokens {
        module,
        head: imports::of_module(&context, index),
        items: items(&context, index),
    })
}

/// The aliases among the types, by their names, with what they stand for.
pub(crate) fn aliases(api: &Api) -> impl Iterator<Item = (String, TokenStream)> {
    let context = Context::new(api, Style::Wire);
    api.types.values().filter_map(move |def| match &def.kind {
        Kind::Alias(of) => Some((def.name.clone(), ty::plain(&context, of))),
        _ => None,
    })
}

/// What every emitter may look at.
pub(crate) struct Context<'a> {
    api: &'a Api,
    style: Style,
    links: Links<'a>,
    roles: Roles<'a>,
    /// The idempotency keys among the fields of requests.
    keys: HashSet<(&'a TypeId, &'a str)>,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, style: Style) -> Self {
        let keys = api.operations.iter().filter_map(|operation| match (&operation.idempotency, &operation.body) {
            (Idempotency::Key(property), Some(Body { ty: Type::Named(id), .. })) => Some((id, property.as_str())),
            _ => None,
        });
        Self { api, style, links: Links::of(api, style), roles: Roles::of(api), keys: keys.collect() }
    }

    /// Whether a field is the idempotency key of the request that it is in.
    fn is_idempotency_key(&self, def: &TypeDef, field: &Field) -> bool {
        self.keys.contains(&(&def.id, field.wire.as_str()))
    }

    /// The module that holds the enum of all webhooks, if there are any.
    fn events_in(&self) -> Option<usize> {
        let first = self.api.events.first()?;
        Some(self.api.types.get(&first.body)?.module)
    }
}

fn module(context: &Context<'_>, index: usize) -> Vec<File> {
    let module = &context.api.modules[index];
    if module.shared {
        return shared::emit(context, index);
    }
    let (head, items) = (imports::of_module(context, index), items(context, index));
    let about = docs::of_module(context, module, index);
    vec![File { path: format!("{}.rs", module.name), text: format::file(context.api, &about, &head, &items) }]
}

/// What stands in a module, below its imports.
fn items(context: &Context<'_>, index: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let operations: Vec<_> = context.api.operations.iter().filter(|operation| operation.module == index).collect();
    if context.style == Style::Wire && !operations.is_empty() {
        items.push(Item::Code(operations::emit(context, &operations)));
        for operation in &operations {
            items.extend(parameters::emit(context, operation));
        }
        items.extend(operations.iter().filter_map(|operation| calls::emit(context, operation)));
    }
    if context.style == Style::Wire && context.events_in() == Some(index) {
        items.extend(events::emit(context));
    }
    for def in context.api.types.values().filter(|def| def.module == index) {
        items.extend(ty(context, def));
    }
    items
}

fn ty(context: &Context<'_>, def: &TypeDef) -> Vec<Item> {
    match (&def.kind, context.style) {
        (Kind::Alias(ty), _) => aliases::emit(context, def, ty),
        (Kind::Union(union), _) => unions::emit(context, def, union),
        (Kind::Struct(object), Style::Wire) => structs::emit(context, def, object),
        (Kind::Enum(list), Style::Wire) => enums::emit(context, def, list),
        (Kind::Struct(object), Style::Derive) => derived::object(context, def, object),
        (Kind::Enum(list), Style::Derive) => derived::list(context, def, list),
    }
}
