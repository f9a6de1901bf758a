//! Renders a sample as Rust, by its type. The pass for samples decides the value.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::context::Context;
use crate::emit::view::{self, FieldView};
use crate::ident;
use api_model::layout::Presence;
use api_model::{Kind, Operation, Sample, Type, TypeId};

/// Renders values, and collects the names that they use.
pub(super) struct Values<'a> {
    context: &'a Context<'a>,
    /// Types of the API, by their Rust names.
    types: BTreeSet<String>,
    /// The runtime's types of fields.
    runtime: BTreeSet<&'static str>,
    json: bool,
    map: bool,
}

impl<'a> Values<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self { context, types: BTreeSet::new(), runtime: BTreeSet::new(), json: false, map: false }
    }

    /// The imports for all values rendered so far, in rustfmt's order.
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
        let runtime = runtime.map(|names| quote!(use #of::types::#names;));
        let json = self.json.then(|| quote!(use #of::serde_json;));
        let map = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let mut own = [("serde_json", json), (module, types), ("types", runtime)];
        own.sort_unstable_by_key(|(path, _)| *path);
        own.into_iter().filter_map(|(_, import)| import).chain(map).collect()
    }

    /// The parameters outside the body.
    pub(super) fn parameters(&mut self, operation: &'a Operation, sample: &Sample) -> Option<TokenStream> {
        let fields = view::parameters(self.context, operation);
        let layout = view::parameters_layout(self.context, operation)?;
        self.object(&layout.name, layout.required.as_deref(), &fields, sample)
    }

    /// The constructor, and a setter for each property that the constructor does not take. `required` is the struct that
    /// the constructor takes, if it takes one.
    fn object(
        &mut self,
        name: &str,
        required: Option<&str>,
        fields: &[FieldView<'a>],
        sample: &Sample,
    ) -> Option<TokenStream> {
        let (arguments, rest): (Vec<FieldView<'a>>, Vec<FieldView<'a>>) =
            fields.iter().partition(|field| field.is_argument());
        let given = |field: &FieldView<'a>| Some((*field, sample.get(&field.api.wire)?));
        // The client adds the idempotency key.
        let rest = rest.iter().filter(|field| !field.layout.is_filled_in);
        let arguments: Vec<(FieldView<'a>, &Sample)> = arguments.iter().map(given).collect::<Option<_>>()?;
        let arguments = match required {
            Some(required) => self.literal(required, &arguments)?,
            None => {
                let values = arguments.into_iter().map(|(field, value)| self.input(&field.api.ty, value));
                let values: Vec<TokenStream> = values.collect::<Option<_>>()?;
                quote!(#(#values),*)
            }
        };
        // A required, nullable field is null from the start.
        let is_null_already = |(field, value): &(FieldView<'a>, &Sample)| {
            **value == Sample::Null && field.presence() == Presence::Nullable
        };
        let set = rest.filter_map(given).filter(|given| !is_null_already(given));
        let (nulls, set): (Vec<_>, Vec<_>) = set.partition(|(_, value)| **value == Sample::Null);
        let setters = set.into_iter().map(|(field, value)| {
            let name = ident::raw(field.name());
            let value = self.input(&field.api.ty, value)?;
            Some(quote!(.#name(#value)))
        });
        let setters: Vec<TokenStream> = setters.collect::<Option<_>>()?;
        self.types.insert(name.to_owned());
        let name = ident::raw(name);
        let value = quote!(#name::new(#arguments) #(#setters)*);
        if nulls.is_empty() {
            return Some(value);
        }
        // A setter takes no null.
        self.runtime.insert("Nullable");
        let nulls = nulls.iter().map(|(field, _)| ident::raw(field.name()));
        Some(quote!({
            let mut value = #value;
            #(value.#nulls = Nullable::Null;)*
            value
        }))
    }

    /// The struct of required fields.
    fn literal(&mut self, required: &str, arguments: &[(FieldView<'a>, &Sample)]) -> Option<TokenStream> {
        let fields = arguments.iter().map(|(field, value)| {
            let name = ident::raw(field.name());
            let value = match (self.context.api.resolve(&field.api.ty), value) {
                // The type is inferred.
                (Type::Date | Type::DateTime, Sample::Text(text)) => quote!(#text.parse()?),
                _ => self.exact(&field.api.ty, value)?,
            };
            Some(quote!(#name: #value))
        });
        let fields: Vec<TokenStream> = fields.collect::<Option<_>>()?;
        self.types.insert(required.to_owned());
        let required = ident::raw(required);
        Some(quote!(#required { #(#fields),* }))
    }

    /// The value as an argument of a constructor or setter, which converts it.
    fn input(&mut self, ty: &'a Type, sample: &Sample) -> Option<TokenStream> {
        Some(match (self.context.api.resolve(ty), sample) {
            (Type::String | Type::Json, Sample::Text(text)) => quote!(#text),
            // The type is inferred.
            (Type::Date, Sample::Text(date)) => quote!(#date.parse()?),
            (Type::List(element), Sample::List(all)) => {
                let all: Vec<TokenStream> =
                    all.iter().map(|value| self.input_element(element, value)).collect::<Option<_>>()?;
                quote!([#(#all),*])
            }
            (Type::Map(value), Sample::Object(all)) => {
                let all: Vec<TokenStream> = all
                    .iter()
                    .map(|(key, sample)| {
                        let value = self.input_element(value, sample)?;
                        Some(quote!((#key, #value)))
                    })
                    .collect::<Option<_>>()?;
                quote!([#(#all),*])
            }
            (ty, sample) => self.exact(ty, sample)?,
        })
    }

    /// An element of a list or map, which the setter converts.
    fn input_element(&mut self, ty: &'a Type, sample: &Sample) -> Option<TokenStream> {
        match (self.context.api.resolve(ty), sample) {
            (Type::String | Type::Json, Sample::Text(text)) => Some(quote!(#text)),
            _ => self.exact(ty, sample),
        }
    }

    /// A value of exactly this type. Returns `None` if the sample does not fit it.
    pub(super) fn exact(&mut self, ty: &'a Type, sample: &Sample) -> Option<TokenStream> {
        Some(match (ty, sample) {
            (Type::String, Sample::Text(text)) => quote!(#text.to_owned()),
            (Type::Bool, Sample::Bool(value)) => quote!(#value),
            (Type::Integer, Sample::Number(digits)) => {
                let number = Literal::i64_unsuffixed(digits.parse().ok()?);
                quote!(#number)
            }
            (Type::Float, Sample::Number(digits)) => {
                let number = Literal::f64_unsuffixed(digits.parse().ok()?);
                quote!(#number)
            }
            (Type::Decimal, Sample::Number(digits)) | (Type::DecimalString, Sample::Text(digits)) => {
                self.runtime.insert("Decimal");
                let scale = digits.split_once('.').map_or(0, |(_, after)| after.len());
                let number = Literal::i64_unsuffixed(digits.replace('.', "").parse().ok()?);
                let scale = Literal::usize_unsuffixed(scale);
                quote!(Decimal::new(#number, #scale))
            }
            (Type::Date, Sample::Text(date)) => {
                self.runtime.insert("NaiveDate");
                quote!(#date.parse::<NaiveDate>()?)
            }
            (Type::DateTime, Sample::Text(moment)) => {
                self.runtime.insert("Timestamp");
                quote!(#moment.parse::<Timestamp>()?)
            }
            (Type::Json, Sample::Text(text)) => {
                self.json = true;
                quote!(serde_json::Value::from(#text))
            }
            (Type::Json, sample) => {
                self.json = true;
                let json = json(sample)?;
                quote!(serde_json::json!(#json))
            }
            (Type::JsonObject, Sample::Object(all)) => {
                self.json = true;
                if all.is_empty() {
                    quote!(serde_json::Map::new())
                } else {
                    let entries: Vec<TokenStream> = all
                        .iter()
                        .map(|(key, value)| {
                            let value = json(value)?;
                            Some(quote!((#key.to_owned(), serde_json::json!(#value))))
                        })
                        .collect::<Option<_>>()?;
                    quote!(serde_json::Map::from_iter([#(#entries),*]))
                }
            }
            (Type::List(element), Sample::List(all)) => {
                let all: Vec<TokenStream> =
                    all.iter().map(|value| self.exact(element, value)).collect::<Option<_>>()?;
                quote!(vec![#(#all),*])
            }
            (Type::Map(value), Sample::Object(all)) => {
                self.map = true;
                let all: Vec<TokenStream> = all
                    .iter()
                    .map(|(key, sample)| {
                        let value = self.exact(value, sample)?;
                        Some(quote!((#key.to_owned(), #value)))
                    })
                    .collect::<Option<_>>()?;
                quote!(BTreeMap::from([#(#all),*]))
            }
            (Type::Nullable(_), Sample::Null) => quote!(None),
            (Type::Nullable(inner), sample) => {
                let inner = self.exact(inner, sample)?;
                quote!(Some(#inner))
            }
            (Type::Named(id), sample) => self.named(id, sample)?,
            _ => return None,
        })
    }

    fn named(&mut self, id: &'a TypeId, sample: &Sample) -> Option<TokenStream> {
        let def = self.context.api.types.get(id)?;
        let type_name = self.context.name(id);
        let name = ident::raw(type_name);
        match (&def.kind, sample) {
            (Kind::Alias(target), sample) => self.exact(target, sample),
            (Kind::Struct(object), sample) => {
                let required = self.context.layout.types.get(id).and_then(|layout| layout.required.as_deref());
                self.object(type_name, required, &view::fields(self.context, def, object), sample)
            }
            (Kind::Enum(list), Sample::Text(value)) => {
                self.types.insert(type_name.to_owned());
                let mut names = list.values.iter().zip(self.context.values(id));
                let known = names.find(|(listed, _)| listed.value.to_string() == *value);
                Some(match known.map(|(_, name)| ident::raw(name)) {
                    Some(variant) => quote!(#name::#variant),
                    None => quote!(#name::from(#value)),
                })
            }
            (Kind::Union(union), sample) => {
                let variant = self.context.api.alternative(union, sample)?;
                let mut layouts = union.variants.iter().zip(self.context.alternatives(id));
                let (_, layout) = layouts.find(|(other, _)| *other == variant)?;
                self.types.insert(type_name.to_owned());
                let of = ident::raw(&layout.name);
                let value = self.exact(&variant.ty, sample)?;
                let value = if layout.is_boxed { quote!(Box::new(#value)) } else { value };
                Some(quote!(#name::#of(#value)))
            }
            (Kind::Enum(_), _) => None,
        }
    }
}

/// JSON for the macro `json!`.
fn json(sample: &Sample) -> Option<TokenStream> {
    Some(match sample {
        Sample::Null => quote!(null),
        Sample::Bool(value) => quote!(#value),
        Sample::Number(digits) => digits.parse().ok()?,
        Sample::Text(text) => quote!(#text),
        Sample::List(all) => {
            let all: Vec<TokenStream> = all.iter().map(json).collect::<Option<_>>()?;
            quote!([#(#all),*])
        }
        Sample::Object(all) => {
            let all: Vec<TokenStream> = all
                .iter()
                .map(|(key, value)| {
                    let value = json(value)?;
                    Some(quote!(#key: #value))
                })
                .collect::<Option<_>>()?;
            quote!({ #(#all),* })
        }
    })
}
