//! The types that several products use: a file for each set of products, so that a build of few products holds few of them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, File, docs, imports, ty};
use crate::format::{self, Item};
use crate::ident;
use crate::ir::{Kind, TypeDef};
use crate::pass::usage;

/// The shared module, which re-exports what its files hold: where a type stands is nobody's business.
pub fn emit(context: &Context<'_>, index: usize) -> Vec<File> {
    let module = &context.api.modules[index];
    // An alias of a plain type costs a build nothing, and needs nothing.
    let (plain, types): (Vec<&TypeDef>, Vec<&TypeDef>) =
        context.api.types.values().filter(|def| def.module == index).partition(|def| is_plain(def));
    let groups = groups(&types);
    let mut tree = imports::of_group(context, &plain);
    tree.extend(groups.iter().map(|group| {
        let gate = gate(context, &group.users);
        let name = ident::raw(&group.name);
        let types = group.types.iter().map(|def| ident::raw(&def.name));
        quote! {
            #gate
            mod #name;
            #gate
            pub use self::#name::{#(#types),*};
        }
    }));
    let items: Vec<Item> = plain.iter().flat_map(|def| ty(context, def)).collect();
    let about = format!(
        "{}\n\nA type is compiled if at least one of the products that use it is enabled.",
        docs::of_module(context, module, index)
    );
    let mut files =
        vec![File { path: format!("{}.rs", module.name), text: format::file(context.api, &about, &tree, &items) }];
    files.extend(groups.iter().map(|group| {
        let head = imports::of_group(context, &group.types);
        let items: Vec<Item> = group.types.iter().flat_map(|def| ty(context, def)).collect();
        let path = format!("{}/{}.rs", module.name, group.name);
        File { path, text: format::file(context.api, &about_group(context, &group.users), &head, &items) }
    }));
    files
}

/// Whether a type stands in a file below its module's.
pub fn is_below(context: &Context<'_>, def: &TypeDef) -> bool {
    context.api.modules.get(def.module).is_some_and(|module| module.shared) && !is_plain(def)
}

/// Types that the same products use.
struct Group<'a> {
    name: String,
    users: Vec<usize>,
    types: Vec<&'a TypeDef>,
}

/// Whether it only gives a type of Rust's or the runtime's another name.
fn is_plain(def: &TypeDef) -> bool {
    matches!(&def.kind, Kind::Alias(of) if usage::names(of).is_empty())
}

/// The groups, sorted by their names. What a type leads to is used by all of its products, so a group needs none that is
/// left out where it is built.
fn groups<'a>(types: &[&'a TypeDef]) -> Vec<Group<'a>> {
    let mut by_users: BTreeMap<&[usize], Vec<&TypeDef>> = BTreeMap::new();
    for &def in types {
        by_users.entry(&def.users).or_default().push(def);
    }
    let mut groups: BTreeMap<String, Group<'a>> = BTreeMap::new();
    for (users, types) in by_users {
        let mut name = ident::snake(types.first().map_or("", |def| &def.name));
        // Two types' names can be one in snake case.
        while groups.contains_key(&name) {
            name.push('_');
        }
        groups.insert(name.clone(), Group { name, users: users.to_vec(), types });
    }
    groups.into_values().collect()
}

fn gate(context: &Context<'_>, users: &[usize]) -> TokenStream {
    let features = users.iter().map(|user| &context.api.modules[*user].name);
    quote!(#[cfg(any(#(feature = #features),*))])
}

fn about_group(context: &Context<'_>, users: &[usize]) -> String {
    let names: Vec<String> = users.iter().map(|user| format!("`{}`", context.api.modules[*user].name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => format!("Types that {only} uses."),
        [rest @ .., last] => format!("Types that {} and {last} use.", rest.join(", ")),
    }
}
