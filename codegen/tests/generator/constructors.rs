//! Which constructors take the required fields by name: those that have three or more arguments of one type.

use std::collections::HashMap;

use codegen::api_model::TypeId;
use codegen_testing::{case, own};
use quote::ToTokens;

/// Whether the constructor of a request takes names, by the types of its required properties.
fn takes_names(types: &[&str]) -> bool {
    let properties: String = types.iter().enumerate().map(|(at, ty)| format!("        p{at}: {ty}\n")).collect();
    let required: Vec<String> = (0..types.len()).map(|at| format!("p{at}")).collect();
    let text = format!(
        "\
openapi: 3.0.3
info: {{title: Pets, version: 1.0.0}}
paths:
  /pets/put:
    post:
      operationId: petsPut
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Put'}}}}}}}}
      responses: {{'204': {{description: ''}}}}
components:
  schemas:
    Town: {{type: string}}
    Kind: {{type: string, enum: [cat]}}
    Sort: {{type: string, enum: [wild]}}
    Pet: {{type: object, properties: {{name: {{type: string}}}}}}
    Put:
      type: object
      required: [{}]
      properties:
{properties}",
        required.join(", ")
    );
    let understood = codegen::understand(&case::inputs(&text), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let layout = &understood.layout.types[&TypeId::Schema("Put".to_owned())];
    if let Some(name) = &layout.required {
        assert_eq!(name, "PutRequired");
    }
    layout.required.is_some()
}

const TEXT: &str = "{type: string}";
const TOWN: &str = "{$ref: '#/components/schemas/Town'}";
const KIND: &str = "{$ref: '#/components/schemas/Kind'}";
const SORT: &str = "{$ref: '#/components/schemas/Sort'}";
const PET: &str = "{$ref: '#/components/schemas/Pet'}";
const WHOLE: &str = "{type: integer}";
const DECIMAL: &str = "{type: number}";
const DATE: &str = "{type: string, format: date}";
const JSON: &str = "{}";
const TEXTS: &str = "{type: array, items: {type: string}}";
const TOWNS: &str = "{type: array, items: {$ref: '#/components/schemas/Town'}}";

#[test]
fn three_arguments_of_one_type_have_names() {
    for types in [
        &[TEXT, TEXT, TEXT] as &[&str],
        // The order does not matter, nor what else is required.
        &[TEXT, KIND, TEXT, DATE, TEXT],
        // An alias is its target.
        &[TEXT, TOWN, TOWN],
        &[TEXTS, TOWNS, TEXTS],
        // A decimal is made of a whole number, and any JSON of a text.
        &[WHOLE, DECIMAL, WHOLE],
        &[TEXT, JSON, TEXT],
        &[KIND, KIND, KIND],
        // An enum is made of a text.
        &[TEXT, KIND, SORT],
        &[KIND, SORT, KIND, SORT],
        &[PET, PET, PET],
        &[DATE, DATE, DATE],
        &["{type: boolean}", "{type: boolean}", "{type: boolean}"],
    ] {
        assert!(takes_names(types), "{types:?}");
    }
}

#[test]
fn fewer_have_places() {
    for types in [
        &[TEXT] as &[&str],
        &[TEXT, TEXT, DATE, DATE, PET],
        &[KIND, TEXT, DATE, DATE, PET],
        &[TEXT, TEXT, TEXTS, TEXTS],
        // A nullable property has a setter.
        &[TEXT, TEXT, "{type: string, nullable: true}"],
    ] {
        assert!(!takes_names(types), "{types:?}");
    }
}

/// Reads the generated code, so it does not depend on how the generator decides.
#[test]
fn no_constructor_of_the_sdk_has_three_arguments_of_one_type() {
    let output = codegen::generate(&own::inputs(), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let parsed = output.files.iter().map(|file| syn::parse_file(&file.text).expect("Rust"));
    let items: Vec<syn::Item> = parsed.flat_map(|file| file.items).collect();
    let mut aliases = HashMap::new();
    for item in &items {
        if let syn::Item::Type(alias) = item {
            aliases.insert(alias.ident.to_string(), alias.ty.to_token_stream().to_string());
        }
    }
    let mut seen = 0;
    for item in &items {
        let syn::Item::Impl(block) = item else { continue };
        for method in &block.items {
            let syn::ImplItem::Fn(method) = method else { continue };
            if method.sig.ident != "new" {
                continue;
            }
            seen += 1;
            let mut counts: HashMap<String, usize> = HashMap::new();
            for input in &method.sig.inputs {
                let syn::FnArg::Typed(argument) = input else { continue };
                let ty = resolved(&aliases, &argument.ty.to_token_stream().to_string());
                *counts.entry(ty).or_default() += 1;
            }
            let of = block.self_ty.to_token_stream();
            assert!(counts.values().all(|count| *count < 3), "{of}::new has arguments {counts:?}");
        }
    }
    assert!(seen > 300, "{seen} constructors");
}

/// The type without aliases.
fn resolved(aliases: &HashMap<String, String>, ty: &str) -> String {
    let words = ty.split(' ').map(|word| match aliases.get(word) {
        Some(target) => resolved(aliases, target),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}
