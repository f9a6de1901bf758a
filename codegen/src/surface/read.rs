//! Reads the surface from emitted tokens.

use proc_macro2::TokenStream;
use syn::Visibility;

use super::signature::Aliases;
use super::{ALIAS, Entry, Item, Member, Surface};
use crate::emit::{self, ModuleTokens};
use crate::format;
use api_model::Api;
use api_model::layout::Layout;

/// Everything public of every module.
pub(super) fn read(api: &Api, layout: &Layout) -> Surface {
    let aliases = Aliases::of(emit::aliases(api, layout));
    let mut reader = Reader { surface: Surface::default(), aliases, module: String::new() };
    for ModuleTokens { module, head, items } in emit::tokens(api, layout) {
        reader.module.clone_from(&module.name);
        if !module.shared {
            reader.add(&module.name, Member::Module, format!("feature {:?}", module.name), false);
        }
        for tokens in &head {
            reader.code(tokens);
        }
        for item in &items {
            match item {
                format::Item::Code(code) => reader.code(code),
                format::Item::Table { of, head, rows } => reader.table(of, head, rows),
            }
        }
    }
    for name in &layout.error_codes {
        reader.add("ErrorCode", Member::Variant(name.clone()), String::new(), false);
    }
    reader.surface
}

struct Reader {
    surface: Surface,
    aliases: Aliases,
    module: String,
}

impl Reader {
    fn add(&mut self, owner: &str, member: Member, signature: String, deprecated: bool) {
        self.surface.items.insert(Item { owner: owner.to_owned(), member }, Entry { signature, deprecated });
    }

    /// A type, where it is declared.
    fn declare(&mut self, name: &str, signature: String, attributes: &[syn::Attribute]) {
        self.add(name, Member::Type, signature, is_deprecated(attributes));
        self.add(name, Member::In(self.module.clone()), String::new(), false);
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            // All emitted attributes can be parsed.
            let _ = attribute.parse_nested_meta(|derived| {
                if let Some(ident) = derived.path.get_ident() {
                    self.add(name, Member::Trait(ident.to_string()), String::new(), false);
                }
                Ok(())
            });
        }
    }

    fn code(&mut self, code: &TokenStream) {
        for item in file(code) {
            match item {
                syn::Item::Struct(item) => {
                    let name = item.ident.to_string();
                    if !is_open(&item.attrs) {
                        let signature = self.literal(&item.fields);
                        self.declare(&name, signature, &item.attrs);
                        continue;
                    }
                    self.declare(&name, "struct".to_owned(), &item.attrs);
                    for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                        let Some(ident) = &field.ident else { continue };
                        let signature = self.aliases.text(&field.ty);
                        self.add(&name, Member::Field(ident.to_string()), signature, is_deprecated(&field.attrs));
                    }
                }
                syn::Item::Enum(item) => {
                    let name = item.ident.to_string();
                    let openness = if is_open(&item.attrs) { "" } else { ", exhaustive" };
                    self.declare(&name, format!("enum{openness}"), &item.attrs);
                    for variant in &item.variants {
                        let signature = self.aliases.text(&variant.fields);
                        let member = Member::Variant(variant.ident.to_string());
                        self.add(&name, member, signature, is_deprecated(&variant.attrs));
                    }
                }
                syn::Item::Type(item) => {
                    let signature = format!("{ALIAS}{}", self.aliases.text(&item.ty));
                    self.declare(&item.ident.to_string(), signature, &item.attrs);
                }
                syn::Item::Impl(item) => self.implementation(&item),
                syn::Item::Use(item) if is_public(&item.vis) => self.reexport(&item.tree),
                _ => {}
            }
        }
    }

    /// A struct that programs create by a literal: it compiles only as long as its fields are the same, in any order.
    fn literal(&self, fields: &syn::Fields) -> String {
        let mut fields: Vec<String> = fields
            .iter()
            .filter_map(|field| Some(format!("{}: {}", field.ident.as_ref()?, self.aliases.text(&field.ty))))
            .collect();
        fields.sort_unstable();
        format!("struct {{ {} }}", fields.join(", "))
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let owner = self.aliases.text(&item.self_ty);
        if let Some((of, _)) = &item.trait_ {
            let name = self.aliases.text(of);
            self.add(&owner, Member::Trait(name), String::new(), false);
            return;
        }
        for item in &item.items {
            if let syn::ImplItem::Fn(method) = item
                && is_public(&method.vis)
            {
                let signature = self.aliases.method(&method.sig);
                let member = Member::Method(method.sig.ident.to_string());
                self.add(&owner, member, signature, is_deprecated(&method.attrs));
            }
        }
    }

    fn reexport(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.reexport(&path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.reexport(tree)),
            syn::UseTree::Name(name) => {
                let member = Member::In(self.module.clone());
                self.add(&name.ident.to_string(), member, String::new(), false);
            }
            syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
        }
    }

    /// The impls from a type's table that not all types of its kind have.
    fn table(&mut self, of: &TokenStream, head: &TokenStream, rows: &[TokenStream]) {
        let of = of.clone().into_iter().last().map(|token| token.to_string()).unwrap_or_default();
        let words: Vec<String> = head.clone().into_iter().map(|token| self.aliases.text(&token)).collect();
        let Some(owner) = words.first() else { return };
        let signature = match of.as_str() {
            // The trait that creates a blank value: `Default`, or one of the wire layer's own.
            "record" if words.get(1).is_some_and(|made| made == "Default") => {
                self.add(owner, Member::Trait("Default".to_owned()), String::new(), false);
                None
            }
            // The response and the element.
            "paged" => words.get(2..).map(|types| types.join(", ")),
            "synced" => rows.first().map(|types| self.aliases.text(types)),
            _ => None,
        };
        if let Some(signature) = signature {
            self.add(owner, Member::Trait(of), signature, false);
        }
    }
}

/// The items of a piece of code.
fn file(code: &TokenStream) -> Vec<syn::Item> {
    // Emitters produce valid Rust. If one doesn't, the compiler reports it.
    syn::parse2::<syn::File>(code.clone()).map(|file| file.items).unwrap_or_default()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_deprecated(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
}

/// Whether programs have to expect more fields or variants.
fn is_open(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"))
}
