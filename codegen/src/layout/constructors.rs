//! Whose constructor takes a struct, since its arguments could be swapped.

use std::collections::HashSet;

use api_model::layout::Presence;
use api_model::{Api, Field, Kind, Operation, Struct, Type, TypeDef, TypeId};

/// From this many required fields of one type on, the constructor takes them by name.
const LIMIT: usize = 3;

/// The structs whose constructor takes the required fields by name.
pub(super) struct Constructors<'a> {
    types: HashSet<&'a TypeId>,
    /// Structs of parameters, by `operationId`.
    parameters: HashSet<&'a str>,
}

impl<'a> Constructors<'a> {
    /// Finds them. The client fills in the properties in `keys`, so that no constructor takes these.
    pub(super) fn of(api: &'a Api, keys: &HashSet<(&'a TypeId, &'a str)>) -> Self {
        let takes_names = |def: &TypeDef, object: &Struct| {
            let fields = object.caller_fields().filter(|field| !keys.contains(&(&def.id, field.wire.as_str())));
            def.usage.request && can_be_swapped(api, fields)
        };
        let types = api.types.values().filter(|def| match &def.kind {
            Kind::Struct(object) => takes_names(def, object),
            Kind::Enum(_) | Kind::Union(_) | Kind::Alias(_) => false,
        });
        let fields = |operation: &'a Operation| operation.parameters.iter().map(|parameter| &parameter.field);
        let operations = api.operations.iter().filter(|operation| can_be_swapped(api, fields(operation)));
        Self {
            types: types.map(|def| &def.id).collect(),
            parameters: operations.map(|operation| operation.id.as_str()).collect(),
        }
    }

    /// Whether the type's constructor takes names.
    pub(super) fn has_type(&self, id: &TypeId) -> bool {
        self.types.contains(id)
    }

    /// Whether the constructor of the operation's parameters takes names.
    pub(super) fn has_parameters(&self, operation: &Operation) -> bool {
        self.parameters.contains(operation.id.as_str())
    }
}

/// Whether too many of the fields that a constructor takes have one type.
fn can_be_swapped<'a>(api: &Api, fields: impl Iterator<Item = &'a Field>) -> bool {
    let arguments = fields.filter(|field| Presence::of(field.required, field.nullable, true) == Presence::Required);
    let types: Vec<Type> = arguments.map(|field| accepted(api, &field.ty)).collect();
    types.iter().any(|ty| types.iter().filter(|other| *other == ty).count() >= LIMIT)
}

/// What an argument of this type accepts. Two arguments can be swapped if this is the same for both: a decimal is made of
/// a whole number as well, and any JSON of a text. Enums stay types of their own although a text converts to them: programs
/// pass variants, and a variant fits no other argument.
fn accepted(api: &Api, ty: &Type) -> Type {
    let inner = |ty: &Type| Box::new(accepted(api, ty));
    match api.resolve(ty) {
        Type::Integer | Type::Decimal | Type::DecimalString => Type::Decimal,
        Type::String | Type::Json => Type::String,
        Type::List(element) => Type::List(inner(element)),
        Type::Map(element) => Type::Map(inner(element)),
        Type::Nullable(value) => Type::Nullable(inner(value)),
        other => other.clone(),
    }
}
