//! How an API looks in Rust: computes [`Layout`] from the model and the maintainers' names.

mod boxes;
mod constructors;
pub(crate) mod modules;
mod names;
mod taken;

use std::collections::HashSet;

use indexmap::IndexMap;

use self::boxes::Boxes;
use self::constructors::Constructors;
pub use self::modules::Modules;
use self::names::TypeNames;
use crate::config::Sdk;
use crate::diag::Report;
use api_model::layout::{
    AlternativeLayout, Examples, FieldLayout, Layout, Members, OperationLayout, ParametersLayout, Presence, TypeLayout,
};
use api_model::{Api, Field, Kind, Struct, TypeDef, TypeId};

/// Computes the layout. `error_codes` are the names of the variants for [`Api::error_codes`]; `file` is the document's name,
/// for the report.
pub fn of(api: &Api, modules: Modules, error_codes: Vec<String>, sdk: &Sdk, file: &str, report: &mut Report) -> Layout {
    let keys = api.idempotency_keys();
    let names = TypeNames::of(api, sdk, &Constructors::of(api, &keys));
    let making = Making { sdk, names, boxes: Boxes::of(api), keys };
    let types = api.types.values().map(|def| (def.id.clone(), making.of_type(def, &modules))).collect();
    let methods = names::operations(api, sdk, file, report);
    let operations = api.operations.iter().zip(methods).map(|(operation, name)| {
        let fields = || operation.parameters.iter().map(|parameter| &parameter.field);
        let parameters = making.names.of_parameters(operation).map(|name| ParametersLayout {
            name,
            fields: fields()
                .zip(names::fields(&operation.id, fields(), false, sdk))
                .map(|(field, name)| FieldLayout {
                    name,
                    presence: Presence::of(field.required, field.nullable, true),
                    is_boxed: false,
                    is_filled_in: false,
                })
                .collect(),
            required: making.names.of_required_parameters(operation),
        });
        let module = modules.of_operation(operation);
        (operation.id.clone(), OperationLayout { name, module, parameters })
    });
    Layout {
        operations: operations.collect(),
        types,
        events: names::events(api, &making.names),
        error_codes,
        examples: sdk.examples.as_ref().map(|names| Examples { of: names.of.clone(), client: names.client.clone() }),
        modules: modules.list,
    }
}

struct Making<'a> {
    sdk: &'a Sdk,
    names: TypeNames<'a>,
    boxes: Boxes<'a>,
    keys: HashSet<(&'a TypeId, &'a str)>,
}

impl Making<'_> {
    fn of_type(&self, def: &TypeDef, modules: &Modules) -> TypeLayout {
        let name = self.names.of_type(&def.id);
        let owner = def.id.to_string();
        let members = match &def.kind {
            Kind::Struct(object) => Members::Fields(self.fields(def, object, &owner)),
            Kind::Enum(list) => Members::Values(names::values(&owner, &name, list, self.sdk)),
            Kind::Union(union) => {
                let names = names::alternatives(union, &self.names).into_iter().enumerate();
                let alternative = |(place, name)| AlternativeLayout { name, is_boxed: self.boxes.has(&def.id, place) };
                Members::Alternatives(names.map(alternative).collect())
            }
            Kind::Alias(_) => Members::Alias,
        };
        TypeLayout {
            name,
            module: modules.of_type(&def.id),
            users: modules.users_of(&def.id).to_vec(),
            is_boxed: self.boxes.contains(&def.id),
            members,
            required: self.names.of_required(&def.id),
        }
    }

    fn fields(&self, def: &TypeDef, object: &Struct, owner: &str) -> IndexMap<String, FieldLayout> {
        let has_additional = object.additional.typed().is_some();
        let names = names::fields(owner, object.caller_fields(), has_additional, self.sdk);
        let places = object.fields.iter().enumerate().filter(|(_, field)| !field.is_credential);
        let layout = |((place, field), name): ((usize, &Field), String)| {
            let is_filled_in = self.keys.contains(&(&def.id, field.wire.as_str()));
            let presence = Presence::of(field.required && !is_filled_in, field.nullable, def.usage.request);
            (field.wire.clone(), FieldLayout { name, presence, is_boxed: self.boxes.has(&def.id, place), is_filled_in })
        };
        places.zip(names).map(layout).collect()
    }
}
