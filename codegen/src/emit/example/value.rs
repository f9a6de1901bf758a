//! Placeholder values, by type: what a caller would write there.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::view::{self, FieldView};
use crate::emit::{Context, parameters};
use crate::ident;
use crate::ir::layout::Presence;
use crate::ir::{Kind, Operation, Type, TypeId};

/// Makes values, and notes what they name.
pub(super) struct Values<'a> {
    context: &'a Context<'a>,
    /// Types of the API, by their Rust names.
    types: BTreeSet<String>,
    /// What of the runtime.
    runtime: BTreeSet<&'static str>,
    map: bool,
    /// How many dates there are.
    dates: usize,
    /// The structs around the value that is being made.
    around: Vec<&'a TypeId>,
}

impl<'a> Values<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self { context, types: BTreeSet::new(), runtime: BTreeSet::new(), map: false, dates: 0, around: Vec::new() }
    }

    /// The imports for all values made so far, in the order in which rustfmt puts them.
    pub(super) fn imports(&self, of: &Ident, module: usize) -> Vec<TokenStream> {
        let names = |names: Vec<Ident>| match names.as_slice() {
            [] => None,
            [one] => Some(quote!(#one)),
            more => Some(quote!({ #(#more),* })),
        };
        let module = self.context.layout.module_name(module);
        let types = names(self.types.iter().map(|name| ident::raw(name)).collect()).map(|types| {
            let module = ident::raw(module);
            quote!(use #of::#module::#types;)
        });
        let runtime = names(self.runtime.iter().map(|name| format_ident!("{name}")).collect());
        let runtime = runtime.map(|names| quote!(use #of::#names;));
        let map = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        // Names in capitals come first, several in braces last.
        let is_first = self.runtime.len() == 1 && self.runtime.first().is_some_and(|name| *name < module);
        let ordered = if is_first { [runtime, types, map] } else { [types, runtime, map] };
        ordered.into_iter().flatten().collect()
    }

    /// The parameters outside the body. Where none is required, one is set to show how.
    pub(super) fn parameters(&mut self, operation: &'a Operation) -> Option<TokenStream> {
        let fields = parameters::fields(self.context, operation);
        let new = self.new_of(parameters::name(self.context, operation), &fields)?;
        let one = fields.first().filter(|_| !fields.iter().any(|field| field.is_argument()));
        let setter = match one {
            Some(field) => Some(self.setter(*field)?),
            None => None,
        };
        Some(quote!(#new #setter))
    }

    fn setter(&mut self, field: FieldView<'a>) -> Option<TokenStream> {
        let name = ident::raw(field.name());
        let value = match field.presence() {
            Presence::OptionalNullable => self.exact(&field.api.ty, &field.api.wire)?,
            _ => self.input(&field.api.ty, &field.api.wire)?,
        };
        Some(quote!(.#name(#value)))
    }

    fn new_of(&mut self, name: &str, fields: &[FieldView<'a>]) -> Option<TokenStream> {
        let arguments = fields.iter().filter(|field| field.is_argument());
        let arguments: Vec<TokenStream> =
            arguments.map(|field| self.input(&field.api.ty, &field.api.wire)).collect::<Option<_>>()?;
        self.types.insert(name.to_owned());
        let name = ident::raw(name);
        Some(quote!(#name::new(#(#arguments),*)))
    }

    /// What a constructor or setter takes for a type, which is what is at hand.
    fn input(&mut self, ty: &'a Type, property: &str) -> Option<TokenStream> {
        Some(match self.context.api.resolve(ty) {
            Type::String | Type::Json => placeholder(property),
            // Its type is known, so that there is no need to name it.
            Type::Date => {
                let date = self.date();
                quote!(#date.parse()?)
            }
            Type::List(element) => {
                let element = self.input_element(element, &singular(property))?;
                quote!([#element])
            }
            Type::Map(value) => {
                let value = self.input_element(value, property)?;
                quote!([("<key>", #value)])
            }
            ty => self.exact(ty, property)?,
        })
    }

    /// An element of a list or map, which is converted as it is taken over.
    fn input_element(&mut self, ty: &'a Type, property: &str) -> Option<TokenStream> {
        match self.context.api.resolve(ty) {
            Type::String | Type::Json => Some(placeholder(property)),
            _ => self.exact(ty, property),
        }
    }

    /// A value of exactly this type.
    pub(super) fn exact(&mut self, ty: &'a Type, property: &str) -> Option<TokenStream> {
        let text = placeholder(property);
        Some(match ty {
            Type::String => quote!(#text.to_owned()),
            Type::Bool => quote!(true),
            Type::Integer => quote!(1),
            Type::Float => quote!(0.5),
            Type::Decimal | Type::DecimalString => {
                self.runtime.insert("Decimal");
                quote!(Decimal::new(1250, 2))
            }
            Type::Date => {
                self.runtime.insert("NaiveDate");
                let date = self.date();
                quote!(#date.parse::<NaiveDate>()?)
            }
            Type::DateTime => {
                self.runtime.insert("Timestamp");
                quote!("2026-01-31T12:00:00Z".parse::<Timestamp>()?)
            }
            Type::Json => {
                self.runtime.insert("serde_json");
                quote!(serde_json::Value::from(#text))
            }
            Type::JsonObject => {
                self.runtime.insert("serde_json");
                quote!(serde_json::Map::new())
            }
            Type::List(element) => {
                let element = self.exact(element, &singular(property))?;
                quote!(vec![#element])
            }
            Type::Map(value) => {
                self.map = true;
                let value = self.exact(value, property)?;
                quote!(BTreeMap::from([("<key>".to_owned(), #value)]))
            }
            Type::Nullable(inner) => {
                let inner = self.exact(inner, property)?;
                quote!(Some(#inner))
            }
            Type::Named(id) => self.named(id, property)?,
        })
    }

    /// The first is the beginning of something, as far as one can tell.
    fn date(&mut self) -> &'static str {
        self.dates += 1;
        if self.dates == 1 { "2026-01-01" } else { "2026-01-31" }
    }

    fn named(&mut self, id: &'a TypeId, property: &str) -> Option<TokenStream> {
        let def = self.context.api.types.get(id)?;
        // A list of itself would have to be shown empty, and of which type it is would not be seen.
        if self.around.contains(&id) {
            return None;
        }
        self.around.push(id);
        let type_name = self.context.name(id);
        let name = ident::raw(type_name);
        let value = match &def.kind {
            Kind::Alias(target) => self.exact(target, property),
            Kind::Struct(object) => self.new_of(type_name, &view::fields(self.context, def, object)),
            Kind::Enum(list) => {
                self.types.insert(type_name.to_owned());
                let names = self.context.values(id);
                let current = list.values.iter().position(|value| !value.docs.deprecated).unwrap_or_default();
                let text = placeholder(property);
                Some(match names.get(current).map(|name| ident::raw(name)) {
                    Some(variant) => quote!(#name::#variant),
                    None => quote!(#name::from(#text)),
                })
            }
            Kind::Union(union) => {
                union.variants.first().zip(self.context.alternatives(id).first()).and_then(|(variant, layout)| {
                    self.types.insert(type_name.to_owned());
                    let of = ident::raw(&layout.name);
                    let value = self.exact(&variant.ty, property)?;
                    let value = if layout.is_boxed { quote!(Box::new(#value)) } else { value };
                    Some(quote!(#name::#of(#value)))
                })
            }
        };
        self.around.pop();
        value
    }
}

/// A text that says what goes there.
fn placeholder(property: &str) -> TokenStream {
    let text = format!("<{property}>");
    quote!(#text)
}

/// What one element of a list is called.
fn singular(property: &str) -> String {
    match property.strip_suffix('s').filter(|stem| !stem.is_empty() && !stem.ends_with('s')) {
        Some(stem) => stem.to_owned(),
        None => property.to_owned(),
    }
}
