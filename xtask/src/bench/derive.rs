//! The generated types with serde's derives in place of the wire layer, for `cargo xtask bench wire`.
//!
//! The generator emits each type as an item and a table, which a macro of the wire layer turns into impls. Here the table
//! becomes serde attributes on the item. Constructors and setters stay. Operations, paging and webhooks go: they need the
//! wire layer, and the benchmark calls none of them.

use std::collections::HashMap;

use codegen::emit::File;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::parse::{Parse, ParseStream, Result};
use syn::{Attribute, Ident, Item, ItemEnum, ItemImpl, ItemStruct, LitInt, LitStr, Stmt, Token, Type, parse_quote};

/// Rewrites the generated files.
pub fn rewrite(files: &mut [File]) -> std::result::Result<(), String> {
    for file in files {
        let rewritten = rewrite_file(&file.text);
        file.text = rewritten.map_err(|error| format!("error: the generated {}: {error}", file.path))?;
    }
    Ok(())
}

fn rewrite_file(text: &str) -> Result<String> {
    let mut file = syn::parse_file(text)?;
    let mut tables = Tables::default();
    for item in &file.items {
        if let Item::Macro(item) = item {
            tables.read(&item.mac)?;
        }
    }
    let mut items = Vec::new();
    for item in file.items {
        items.extend(tables.rewrite(item)?);
    }
    file.items = items;
    Ok(prettyplease::unparse(&file))
}

/// The enum of all webhooks. The runtime decodes it by type and code, which no derive can do.
const WEBHOOKS: &str = "Webhook";

/// The tables of a file, by the names of their types.
#[derive(Default)]
struct Tables {
    records: HashMap<Ident, Record>,
    enums: HashMap<Ident, OpenEnum>,
}

impl Tables {
    fn read(&mut self, table: &syn::Macro) -> Result<()> {
        match name_of(table).as_str() {
            "record" => {
                let record: Record = table.parse_body()?;
                self.records.insert(record.name.clone(), record);
            }
            "open_enum" => {
                let open_enum: OpenEnum = table.parse_body()?;
                self.enums.insert(open_enum.name.clone(), open_enum);
            }
            "boxed" | "error_codes" | "paged" | "synced" | "webhooks" => {}
            other => {
                return Err(syn::Error::new_spanned(table, format!("`{other}!` has no counterpart among derives")));
            }
        }
        Ok(())
    }

    /// The items to write instead.
    fn rewrite(&self, item: Item) -> Result<Vec<Item>> {
        Ok(match item {
            Item::Macro(item) if name_of(&item.mac) == "error_codes" => vec![Item::Macro(item)],
            Item::Struct(item) => match self.records.get(&item.ident) {
                Some(record) => vec![with_options(record.derived(item)?)?],
                None => vec![Item::Struct(item)],
            },
            Item::Enum(item) => match self.enums.get(&item.ident) {
                Some(open_enum) => open_enum.derived(item),
                None if item.ident == WEBHOOKS => Vec::new(),
                None => vec![Item::Enum(item)],
            },
            Item::Impl(item) if !is_of_client(&item) => vec![with_options(with_default(item))?],
            Item::Macro(_) | Item::Impl(_) => Vec::new(),
            other => vec![other],
        })
    }
}

fn name_of(table: &syn::Macro) -> String {
    table.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// The methods of operations.
fn is_of_client(item: &ItemImpl) -> bool {
    matches!(&*item.self_ty, Type::Path(path) if path.path.is_ident("Client"))
}

/// `wire::record!`: `Pet Default::default additional; 0 name "name" [REQUIRED]; …`.
struct Record {
    name: Ident,
    fields: HashMap<Ident, Field>,
}

struct Field {
    wire: String,
    required: bool,
}

impl Parse for Record {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.parse()?;
        input.parse::<Ident>()?;
        input.parse::<Token![::]>()?;
        input.parse::<Ident>()?;
        input.parse::<Option<Ident>>()?;
        input.parse::<Token![;]>()?;
        let mut fields = HashMap::new();
        while !input.is_empty() {
            input.parse::<LitInt>()?;
            let field = input.parse()?;
            let wire = input.parse::<LitStr>()?.value();
            let flags;
            syn::bracketed!(flags in input);
            let mut required = false;
            while !flags.is_empty() {
                required |= flags.parse::<Ident>()? == "REQUIRED";
            }
            input.parse::<Token![;]>()?;
            fields.insert(field, Field { wire, required });
        }
        Ok(Self { name, fields })
    }
}

impl Record {
    fn derived(&self, mut item: ItemStruct) -> Result<Item> {
        replace_derive(&mut item.attrs, quote!(Clone, Debug, Default, PartialEq));
        for declared in &mut item.fields {
            let name = declared.ident.as_ref().ok_or_else(|| syn::Error::new_spanned(&self.name, "a tuple struct"))?;
            match self.fields.get(name) {
                Some(Field { wire, required }) => {
                    if *name != wire {
                        declared.attrs.push(parse_quote!(#[serde(rename = #wire)]));
                    }
                    if !required {
                        declared.attrs.push(parse_quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
                    }
                }
                None => declared.attrs.push(parse_quote!(#[serde(flatten)])),
            }
        }
        Ok(Item::Struct(item))
    }
}

/// `wire::open_enum!`: `Kind scalars; Cat "cat"; …`.
struct OpenEnum {
    name: Ident,
    variants: HashMap<Ident, String>,
}

impl Parse for OpenEnum {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.parse()?;
        input.parse::<Option<Ident>>()?;
        input.parse::<Token![;]>()?;
        let mut variants = HashMap::new();
        while !input.is_empty() {
            let variant = input.parse()?;
            variants.insert(variant, input.parse::<LitStr>()?.value());
            input.parse::<Token![;]>()?;
        }
        Ok(Self { name, variants })
    }
}

impl OpenEnum {
    /// The enum, with serde's form of an open enum, and with a default for the structs that derive theirs.
    fn derived(&self, mut item: ItemEnum) -> Vec<Item> {
        replace_derive(&mut item.attrs, quote!(Clone, Debug, PartialEq, Eq, Hash));
        for variant in &mut item.variants {
            match self.variants.get(&variant.ident) {
                Some(wire) => variant.attrs.push(parse_quote!(#[serde(rename = #wire)])),
                None => {
                    variant.attrs.push(parse_quote!(#[serde(untagged)]));
                    variant.fields = syn::Fields::Unnamed(parse_quote!((String)));
                }
            }
        }
        let name = &self.name;
        let default = parse_quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::Unknown(String::new())
                }
            }
        };
        vec![Item::Enum(item), default]
    }
}

/// Replaces the item's derives with these and serde's two.
fn replace_derive(attributes: &mut Vec<Attribute>, traits: TokenStream) {
    attributes.retain(|attribute| !attribute.path().is_ident("derive"));
    attributes.push(parse_quote!(#[derive(#traits, serde::Serialize, serde::Deserialize)]));
}

/// The constructors of an impl, starting from the derived default instead of the wire layer's blank value.
fn with_default(mut item: ItemImpl) -> ItemImpl {
    let blank = quote!(wire::Blank::blank()).to_string();
    for member in &mut item.items {
        let syn::ImplItem::Fn(function) = member else { continue };
        for statement in &mut function.block.stmts {
            if let Stmt::Local(local) = statement
                && let Some(init) = &mut local.init
                && init.expr.to_token_stream().to_string() == blank
            {
                *init.expr = parse_quote!(Default::default());
            }
        }
    }
    item
}

/// The item with `Option` instead of `Nullable`, which serde's derive could not leave out.
fn with_options(item: impl ToTokens) -> Result<Item> {
    syn::parse2(options(item.to_token_stream()))
}

fn options(tokens: TokenStream) -> TokenStream {
    // How many tokens of `Nullable::` were just read: its variants have other names.
    let mut read = 0;
    tokens
        .into_iter()
        .map(|token| {
            let before = std::mem::take(&mut read);
            match token {
                TokenTree::Ident(ident) if ident == "Nullable" => {
                    read = 1;
                    format_ident!("Option").into()
                }
                TokenTree::Punct(colon) if colon.as_char() == ':' && matches!(before, 1 | 2) => {
                    read = before + 1;
                    colon.into()
                }
                TokenTree::Ident(ident) if before == 3 && ident == "Value" => format_ident!("Some").into(),
                TokenTree::Ident(ident) if before == 3 && ident == "Null" => format_ident!("None").into(),
                TokenTree::Group(group) => Group::new(group.delimiter(), options(group.stream())).into(),
                other => other,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = r#"
        use crate::{Client, Nullable, wire};

        impl Client {
            pub fn pet_get(&self) {}
        }

        #[derive(Clone)]
        pub struct Pet {
            pub kind_of: Kind,
            pub home: Nullable<String>,
            pub additional: BTreeMap<String, i64>,
        }

        impl Pet {
            pub fn new(kind_of: Kind) -> Self {
                let mut this: Self = wire::Blank::blank();
                this.kind_of = kind_of;
                this
            }

            pub fn home(mut self, home: impl Into<String>) -> Self {
                self.home = Nullable::Value(home.into());
                self
            }
        }

        wire::record! { Pet Blank::blank additional; 0 kind_of "kind" [REQUIRED]; 1 home "home" [REDACTED]; }

        #[derive(Clone, Debug, PartialEq, Hash)]
        pub enum Kind {
            Cat,
            Unknown(wire::Unknown),
        }

        wire::open_enum! { Kind; Cat "cat"; }
    "#;

    #[test]
    fn tables_become_attributes() {
        let text = rewrite_file(GENERATED).unwrap();
        for expected in [
            "#[serde(rename = \"kind\")]\n    pub kind_of: Kind,",
            "#[serde(default, skip_serializing_if = \"Option::is_none\")]\n    pub home: Option<String>,",
            "#[serde(flatten)]\n    pub additional:",
            "self.home = Option::Some(home.into());",
            "let mut this: Self = Default::default();",
            "#[serde(rename = \"cat\")]\n    Cat,",
            "#[serde(untagged)]\n    Unknown(String),",
            "impl Default for Kind {",
        ] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        assert!(!text.contains("impl Client") && !text.contains("wire::"), "{text}");
    }

    #[test]
    fn a_table_without_a_counterpart_is_an_error() {
        let union = "pub enum Any { A(String) } wire::untagged! { Any; A; }";
        assert!(rewrite_file(union).is_err_and(|error| error.to_string().contains("`untagged!`")));
    }
}
