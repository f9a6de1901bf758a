//! The types that several products use: a file for each set of products, so that a build of few products contains few
//! of them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::file::File;
use super::place::is_plain;
use super::{docs, imports, types};
use crate::format::{self, Item};
use crate::ident;
use api_model::TypeDef;
use api_model::layout::TypeLayout;

/// The shared module. It re-exports everything from its files, since the file that a type is in is an implementation
/// detail.
pub fn emit(context: &Context<'_>, index: usize) -> Vec<File> {
    let module = &context.layout.modules[index];
    // An alias of a plain type costs no build time and has no dependencies.
    let (plain, types): (Vec<Placed<'_>>, Vec<Placed<'_>>) =
        context.layout.types_of(context.api, index).partition(|(def, _)| is_plain(def));
    let plain: Vec<&TypeDef> = plain.into_iter().map(|(def, _)| def).collect();
    let groups = groups(&types);
    let mut tree = imports::of_group(context, &plain);
    tree.extend(groups.iter().map(|group| {
        let gate = gate(context, &group.users);
        let name = ident::raw(&group.name);
        let layouts = group.types.iter().filter_map(|def| context.layout.types.get(&def.id));
        let types = layouts.flat_map(TypeLayout::names).map(ident::raw);
        quote! {
            #gate
            mod #name;
            #gate
            pub use self::#name::{#(#types),*};
        }
    }));
    let items: Vec<Item> = plain.iter().flat_map(|def| types::emit(context, def)).collect();
    let about = format!(
        "{}\n\nA type is compiled if at least one of the products that use it is enabled.",
        docs::of_module(context, module, index)
    );
    let mut files =
        vec![File { path: format!("{}.rs", module.name), text: format::file(context.api, &about, &tree, &items) }];
    files.extend(groups.iter().map(|group| {
        let head = imports::of_group(context, &group.types);
        let items: Vec<Item> = group.types.iter().flat_map(|def| types::emit(context, def)).collect();
        let path = format!("{}/{}.rs", module.name, group.name);
        File { path, text: format::file(context.api, &about_group(context, &group.users), &head, &items) }
    }));
    files
}

/// A type with its layout.
type Placed<'a> = (&'a TypeDef, &'a TypeLayout);

/// Types that the same products use.
struct Group<'a> {
    name: String,
    users: Vec<usize>,
    types: Vec<&'a TypeDef>,
}

/// The groups, sorted by name. All types that a type refers to are used by all of its products, so a group never needs
/// another group that is not built.
fn groups<'a>(types: &[Placed<'a>]) -> Vec<Group<'a>> {
    let mut by_users: BTreeMap<&[usize], Vec<Placed<'_>>> = BTreeMap::new();
    for &(def, layout) in types {
        by_users.entry(&layout.users).or_default().push((def, layout));
    }
    let mut groups: BTreeMap<String, Group<'a>> = BTreeMap::new();
    for (users, types) in by_users {
        let mut name = ident::snake(types.first().map_or("", |(_, layout)| &layout.name));
        // Two type names can be the same in snake case.
        while groups.contains_key(&name) {
            name.push('_');
        }
        let types = types.into_iter().map(|(def, _)| def).collect();
        groups.insert(name.clone(), Group { name, users: users.to_vec(), types });
    }
    groups.into_values().collect()
}

fn gate(context: &Context<'_>, users: &[usize]) -> TokenStream {
    let features = users.iter().map(|user| &context.layout.modules[*user].name);
    quote!(#[cfg(any(#(feature = #features),*))])
}

fn about_group(context: &Context<'_>, users: &[usize]) -> String {
    let names: Vec<String> = users.iter().map(|user| format!("`{}`", context.layout.modules[*user].name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => format!("Types that {only} uses."),
        [rest @ .., last] => format!("Types that {} and {last} use.", rest.join(", ")),
    }
}
