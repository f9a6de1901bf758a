//! Rust names for everything: by rule, by hand where `sdk.yaml` says so, and told apart where two would be the same.

use std::collections::{HashMap, HashSet};

use heck::ToUpperCamelCase;

use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use crate::ident;
use crate::ir::{Api, Enum, Field, Kind, Struct, TypeId, Union};

/// Types that generated code has in scope; a schema of such a name gets `Type` appended.
pub const TYPES_IN_SCOPE: &[&str] = &[
    "BTreeMap",
    "Box",
    "Call",
    "Client",
    "Decimal",
    "Default",
    "Download",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "Map",
    "Method",
    "NaiveDate",
    "None",
    "Nullable",
    "Ok",
    "Operation",
    "Option",
    "Self",
    "Some",
    "String",
    "Timestamp",
    "UnknownWebhook",
    "Value",
    "Vec",
    "Webhook",
    "Wire",
];

/// Methods of the runtime's client, and of every type; an operation of such a name gets `_call` appended.
pub const CLIENT_METHODS: &[&str] = &[
    "builder",
    "clone",
    "drop",
    "environment",
    "from_env",
    "items",
    "new",
    "pages",
    "production",
    "sandbox",
    "sync",
    "with_credentials",
];

/// The constructor, and what every type has.
const TYPE_METHODS: &[&str] = &["new", "clone", "eq", "fmt"];

/// The variant for values that an enum or union does not list.
pub const UNKNOWN: &str = "Unknown";

/// Names everything.
pub fn run(api: &mut Api, sdk: &Sdk, file: &str, report: &mut Report) {
    name_types(api, sdk);
    let type_names: HashMap<TypeId, String> =
        api.types.iter().map(|(id, def)| (id.clone(), def.name.clone())).collect();
    for def in api.types.values_mut() {
        match &mut def.kind {
            Kind::Struct(object) => name_fields(&def.id.0, object, sdk),
            Kind::Enum(list) => name_variants(&def.id.0, &def.name, list, sdk),
            Kind::Union(union) => name_alternatives(union, &type_names),
            Kind::Alias(_) => {}
        }
    }
    name_operations(api, sdk, file, report);
}

fn name_types(api: &mut Api, sdk: &Sdk) {
    let mut taken = Taken::new(TYPES_IN_SCOPE, "Type");
    let mut names: HashMap<TypeId, String> = HashMap::new();
    // Named schemas first: an inline type gives way to them.
    let inline = |id: &TypeId| id.0.contains(['.', '[', '{']);
    let (later, first): (Vec<TypeId>, Vec<TypeId>) = api.types.keys().cloned().partition(inline);
    for id in first.into_iter().chain(later) {
        let name = match by_hand(sdk, "types", &sdk.names.types, &id.0) {
            Some(name) => name,
            None => ident::camel(&id.0),
        };
        names.insert(id.clone(), taken.take(name, &id.0));
    }
    for operation in &mut api.operations {
        if !operation.parameters.is_empty() {
            operation.parameters_name =
                taken.take(ident::camel(&format!("{} Parameters", operation.id)), &operation.id);
        }
    }
    for (id, def) in &mut api.types {
        def.name = names.remove(id).unwrap_or_default();
    }
}

fn name_fields(schema: &str, object: &mut Struct, sdk: &Sdk) {
    let reserved =
        if object.additional.is_some() { &["new", "clone", "eq", "fmt", "additional"] } else { TYPE_METHODS };
    let mut taken = Taken::new(reserved, "value");
    for field in &mut object.fields {
        name_field(schema, field, sdk, &mut taken);
    }
}

fn name_field(schema: &str, field: &mut Field, sdk: &Sdk, taken: &mut Taken) {
    let name = match by_hand(sdk, "fields", &sdk.names.fields, &format!("{schema}.{}", field.wire)) {
        Some(name) => name,
        None => ident::snake(&field.wire),
    };
    field.name = taken.take(name, &field.wire);
}

fn name_variants(schema: &str, type_name: &str, list: &mut Enum, sdk: &Sdk) {
    let mut taken = Taken::new(&[UNKNOWN, "Self"], "Value");
    for variant in &mut list.variants {
        let name = match by_hand(sdk, "variants", &sdk.names.variants, &format!("{schema}={}", variant.wire)) {
            Some(name) => name,
            None => variant_name(type_name, &variant.wire),
        };
        variant.name = taken.take(name, &variant.wire);
    }
}

/// A value that starts with a digit is named for its enum's last word: `PetForm::Form1099`.
fn variant_name(type_name: &str, value: &str) -> String {
    let name = ident::camel(value);
    let Some(digits) = name.strip_prefix('_') else { return name };
    let last = type_name.rfind(|c: char| c.is_ascii_uppercase()).map_or("Value", |at| &type_name[at..]);
    format!("{last}{digits}")
}

fn name_alternatives(union: &mut Union, type_names: &HashMap<TypeId, String>) {
    let mut taken = Taken::new(&[UNKNOWN, "Self"], "Value");
    for variant in &mut union.variants {
        let name = variant_type_name(&variant.ty, type_names);
        variant.name = taken.take(name.clone(), &name);
    }
}

fn variant_type_name(ty: &crate::ir::Type, type_names: &HashMap<TypeId, String>) -> String {
    use crate::ir::Type;
    match ty {
        Type::Named(id) => type_names.get(id).cloned().unwrap_or_else(|| ident::camel(&id.0)),
        Type::List(inner) => format!("{}List", variant_type_name(inner, type_names)),
        Type::Map(inner) => format!("{}Map", variant_type_name(inner, type_names)),
        Type::Nullable(inner) | Type::Boxed(inner) => variant_type_name(inner, type_names),
        Type::String => "Text".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Integer => "Integer".to_owned(),
        Type::Float | Type::Decimal | Type::DecimalString => "Number".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Json => "Any".to_owned(),
        Type::JsonObject => "Object".to_owned(),
    }
}

fn name_operations(api: &mut Api, sdk: &Sdk, file: &str, report: &mut Report) {
    let mut seen: HashMap<String, (String, Pointer)> = HashMap::new();
    for operation in &mut api.operations {
        let mut name = match by_hand(sdk, "operations", &sdk.names.operations, &operation.id) {
            Some(name) => name,
            None => ident::snake(&operation.id),
        };
        if CLIENT_METHODS.contains(&name.as_str()) {
            name.push_str("_call");
        }
        // Two of one id were reported when they were lowered.
        if let Some((id, first)) = seen.get(&name)
            && *id != operation.id
        {
            report.error(
                file,
                &operation.at,
                format!("`{}` becomes the method `{name}`, and so does the operation at {first}", operation.id),
                "give one of them another name under `names.operations` in sdk.yaml",
            );
        }
        seen.insert(name.clone(), (operation.id.clone(), operation.at.clone()));
        operation.name = name;
        let mut taken = Taken::new(TYPE_METHODS, "value");
        for parameter in &mut operation.parameters {
            name_field(&operation.id, &mut parameter.field, sdk, &mut taken);
        }
    }
}

fn by_hand(sdk: &Sdk, list: &str, names: &indexmap::IndexMap<String, String>, key: &str) -> Option<String> {
    let name = names.get(key)?;
    sdk.used.mark(Pointer::root().child("names").child(list).child(key).as_str());
    Some(name.clone())
}

/// Names that are given out, each once.
struct Taken {
    names: HashSet<String>,
    reserved: &'static [&'static str],
    suffix: &'static str,
}

impl Taken {
    fn new(reserved: &'static [&'static str], suffix: &'static str) -> Self {
        Self { names: HashSet::new(), reserved, suffix }
    }

    /// The name, or where it is taken one that tells how the text on the wire differs. The first one keeps the plain
    /// name, so that a later addition renames nothing.
    fn take(&mut self, name: String, wire: &str) -> String {
        let joined = |suffix: &str| {
            if self.suffix.starts_with(|c: char| c.is_lowercase()) {
                format!("{name}_{}", suffix.to_lowercase())
            } else {
                format!("{name}{}", suffix.to_upper_camel_case())
            }
        };
        let case = if wire.chars().all(|c| !c.is_lowercase()) {
            "uppercase"
        } else if wire.chars().all(|c| !c.is_uppercase()) {
            "lowercase"
        } else {
            "mixedcase"
        };
        let free = |name: &String| !self.names.contains(name) && !self.reserved.contains(&name.as_str());
        let mut candidates = Vec::from([name.clone()]);
        if self.reserved.contains(&name.as_str()) {
            candidates.push(joined(self.suffix));
        } else {
            candidates.push(joined(case));
        }
        let found = candidates
            .into_iter()
            .find(free)
            .or_else(|| (2_usize..).map(|count| joined(&count.to_string())).find(free));
        let found = found.unwrap_or(name);
        self.names.insert(found.clone());
        found
    }
}
