//! The API as Rust: a file for each module, and the module tree.
//!
//! Modules are generated in parallel, each from tokens to text on one thread, since tokens can't move between threads.
//! The result does not depend on the number of threads.

mod aliases;
mod calls;
mod constructors;
mod context;
mod docs;
mod enums;
mod errors;
mod events;
mod example;
mod file;
mod imports;
mod links;
mod names;
mod operations;
mod page_lists;
mod parameters;
mod place;
mod reading;
mod roles;
mod shared;
mod structs;
mod tree;
mod ty;
mod types;
mod unions;
mod view;

use proc_macro2::TokenStream;

use self::context::Context;
pub use self::file::File;
pub(crate) use self::names::WEBHOOKS;
use crate::format::{self, Item};
use api_model::layout::{Layout, Module};
use api_model::{Api, Kind};

/// Every generated file.
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

/// The content of a file before it is printed.
pub(crate) struct ModuleTokens<'a> {
    /// The module.
    pub(crate) module: &'a Module,
    /// Its imports.
    pub(crate) head: Vec<TokenStream>,
    /// Its items.
    pub(crate) items: Vec<Item>,
}

/// The contents of the modules' files, without docs.
pub(crate) fn tokens<'a>(api: &'a Api, layout: &'a Layout) -> impl Iterator<Item = ModuleTokens<'a>> {
    let context = Context::without_docs(api, layout);
    layout.modules.iter().enumerate().map(move |(index, module)| ModuleTokens {
        module,
        head: imports::of_module(&context, index),
        items: items(&context, index),
    })
}

/// The aliases among the types, by name, with their targets.
pub(crate) fn aliases<'a>(api: &'a Api, layout: &'a Layout) -> impl Iterator<Item = (String, TokenStream)> + use<'a> {
    let context = Context::new(api, layout);
    api.types.values().filter_map(move |def| match &def.kind {
        Kind::Alias(of) => Some((context.name(&def.id).to_owned(), ty::plain(&context, of))),
        _ => None,
    })
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

/// The items of a module, below its imports.
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
        items.extend(types::emit(context, def));
    }
    items
}
