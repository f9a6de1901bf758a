//! Puts the maintainers' rules for values into the model, and checks that their properties and values exist.

use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use api_model::{Api, Field, Kind, Rules};

/// Fills in the rules that match the document. Those that don't are reported with the entries that match nothing.
pub fn run(api: &mut Api, sdk: &Sdk, strict: bool, report: &mut Report) {
    let root = Pointer::root().child("rules");
    let mut rules = Rules::default();
    for (name, length) in &sdk.rules.advised_length {
        if field(api, name).is_some() {
            sdk.used.mark(root.child("advised_length").child(name).as_str());
            rules.advised_length.insert(name.clone(), *length);
        }
    }
    for (name, conditions) in &sdk.rules.required_if {
        if field(api, name).is_none() {
            continue;
        }
        let at = root.child("required_if").child(name);
        sdk.used.mark(at.as_str());
        let schema = name.rsplit_once('.').map_or("", |(schema, _)| schema);
        let mut known = true;
        for (property, values) in conditions {
            let Some(other) = field(api, &format!("{schema}.{property}")) else {
                known = false;
                let what = format!("`{schema}` has no property `{property}`");
                complain(sdk, &at.child(property), what, strict, report);
                continue;
            };
            for (index, value) in values.iter().enumerate().filter(|(_, value)| !lists(api, other, value)) {
                let what = format!("`{schema}.{property}` has no value `{value}`");
                complain(sdk, &at.child(property).index(index), what, strict, report);
            }
        }
        if known {
            rules.required_if.insert(name.clone(), conditions.clone());
        }
    }
    api.rules = rules;
}

fn complain(sdk: &Sdk, at: &Pointer, what: String, strict: bool, report: &mut Report) {
    if strict {
        report.error(&sdk.file, at, what, "correct the name to the one in the document");
    } else {
        report.note(&sdk.file, at, what, "");
    }
}

/// The property of this name: `Schema.property`.
fn field<'a>(api: &'a Api, name: &str) -> Option<&'a Field> {
    let (schema, property) = name.rsplit_once('.')?;
    let def = api.types.values().find(|def| def.id.to_string() == schema)?;
    match &def.kind {
        Kind::Struct(object) => object.fields.iter().find(|field| field.wire == property),
        Kind::Enum(_) | Kind::Union(_) | Kind::Alias(_) => None,
    }
}

/// Whether a value is one that the property lists. A property that lists none has all values.
fn lists(api: &Api, field: &Field, value: &str) -> bool {
    let def = field.ty.leaf();
    let listed = match api.resolve(def).named().and_then(|id| api.types.get(id)).map(|def| &def.kind) {
        Some(Kind::Enum(list)) => list.values.iter().map(|one| one.value.to_string()).collect(),
        _ => Vec::new(),
    };
    listed.is_empty() || listed.iter().any(|one| one == value)
}
