//! The API as Rust: a file for each module, and the tree that holds them.
//!
//! Modules are made side by side, since tokens can't leave the thread they are made on; the result does not depend on it.

mod aliases;
mod calls;
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
mod view;

use proc_macro2::TokenStream;

pub(crate) use self::events::NAME as EVENTS;
use self::links::Links;
use self::roles::Roles;
use crate::format::{self, Item};
use crate::ir::layout::{AlternativeLayout, Layout, Members, Module};
use crate::ir::{Api, Kind, Operation, Type, TypeDef, TypeId};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the output folder.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Every file of the generated half.
pub fn emit(api: &Api, layout: &Layout, threads: usize) -> Vec<File> {
    let context = Context::new(api, layout);
    let mut files = vec![tree::emit(&context)];
    files.extend(errors::emit(&context));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            match layout.modules.get(index) {
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
pub(crate) fn tokens<'a>(api: &'a Api, layout: &'a Layout) -> impl Iterator<Item = ModuleTokens<'a>> {
    let context = Context::new(api, layout);
    layout.modules.iter().enumerate().map(move |(index, module)| ModuleTokens {
        module,
        head: imports::of_module(&context, index),
        items: items(&context, index),
    })
}

/// The aliases among the types, by their names, with what they stand for.
pub(crate) fn aliases<'a>(api: &'a Api, layout: &'a Layout) -> impl Iterator<Item = (String, TokenStream)> + use<'a> {
    let context = Context::new(api, layout);
    api.types.values().filter_map(move |def| match &def.kind {
        Kind::Alias(of) => Some((context.name(&def.id).to_owned(), ty::plain(&context, of))),
        _ => None,
    })
}

/// What every emitter may look at.
pub(crate) struct Context<'a> {
    api: &'a Api,
    layout: &'a Layout,
    links: Links<'a>,
    roles: Roles<'a>,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, layout: &'a Layout) -> Self {
        Self { api, layout, links: Links::of(api, layout), roles: Roles::of(api) }
    }

    /// The module that holds the enum of all webhooks, if there are any.
    fn events_in(&self) -> Option<usize> {
        let first = self.api.events.first()?;
        Some(self.layout.types.get(&first.body)?.module)
    }

    /// The name of an operation's method.
    fn method(&self, operation: &Operation) -> &'a str {
        self.layout.operations.get(&operation.id).map_or("", |layout| layout.name.as_str())
    }

    /// The name of a property's field.
    fn field_name(&self, of: &TypeId, property: &str) -> &'a str {
        match self.layout.types.get(of).map(|layout| &layout.members) {
            Some(Members::Fields(fields)) => fields.get(property).map_or("", |field| field.name.as_str()),
            _ => "",
        }
    }

    /// The name of the field of a property that is inside another.
    fn field_name_inside(&self, of: &TypeId, outer: &str, property: &str) -> &'a str {
        let fields = self.api.object(of).map(|object| object.fields.as_slice()).unwrap_or_default();
        let inner = fields.iter().find(|field| field.wire == outer).map(|field| self.api.resolve(&field.ty));
        inner.and_then(Type::named).map_or("", |id| self.field_name(id, property))
    }

    /// The names of an enum's variants.
    fn values(&self, id: &TypeId) -> &'a [String] {
        match self.layout.types.get(id).map(|layout| &layout.members) {
            Some(Members::Values(names)) => names,
            _ => &[],
        }
    }

    /// The variants of a union.
    fn alternatives(&self, id: &TypeId) -> &'a [AlternativeLayout] {
        match self.layout.types.get(id).map(|layout| &layout.members) {
            Some(Members::Alternatives(alternatives)) => alternatives,
            _ => &[],
        }
    }

    /// A type's name in Rust.
    fn name(&self, id: &TypeId) -> &'a str {
        self.layout.types.get(id).map_or("", |layout| layout.name.as_str())
    }
}

fn module(context: &Context<'_>, index: usize) -> Vec<File> {
    let module = &context.layout.modules[index];
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
    let operations: Vec<_> = context.layout.operations_of(context.api, index).collect();
    if !operations.is_empty() {
        items.push(Item::Code(operations::emit(context, &operations)));
        for operation in &operations {
            items.extend(parameters::emit(context, operation));
        }
        items.extend(operations.iter().filter_map(|operation| calls::emit(context, operation)));
    }
    if context.events_in() == Some(index) {
        items.extend(events::emit(context));
    }
    for (def, _) in context.layout.types_of(context.api, index) {
        items.extend(ty(context, def));
    }
    items
}

fn ty(context: &Context<'_>, def: &TypeDef) -> Vec<Item> {
    match &def.kind {
        Kind::Alias(ty) => aliases::emit(context, def, ty),
        Kind::Union(union) => unions::emit(context, def, union),
        Kind::Struct(object) => structs::emit(context, def, object),
        Kind::Enum(list) => enums::emit(context, def, list),
    }
}
