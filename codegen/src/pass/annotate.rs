//! Applies the maintainers' data to fields: which ones are redacted, may be empty or are ids, and the kinds of numbers.

use std::collections::HashMap;

use crate::config::{Sdk, Selection};
use api_model::{Api, Field, Kind, Redaction, Type, TypeId};

/// Marks fields and settles the types of numbers.
pub fn run(api: &mut Api, sdk: &Sdk) {
    let chooser = Chooser { sdk, aliases: HashMap::new() };
    for def in api.types.values_mut() {
        let id = def.id.to_string();
        if let Kind::Alias(ty) = &mut def.kind
            && let Some(leaf) = leaf_of(ty, &chooser.aliases)
            && let Some(chosen) = chooser.choose(&leaf, &id, "", Some(&id))
        {
            *ty = with_leaf(ty, &chosen, &chooser.aliases);
        }
    }
    let aliases = api
        .types
        .values()
        .filter_map(|def| match &def.kind {
            Kind::Alias(ty) => Some((def.id.clone(), ty.clone())),
            _ => None,
        })
        .collect();
    let chooser = Chooser { sdk, aliases };
    for def in api.types.values_mut() {
        let id = def.id.to_string();
        match &mut def.kind {
            Kind::Struct(object) => {
                for field in &mut object.fields {
                    chooser.annotate(field, &id);
                }
            }
            // An alias of a secret has no field to mark, but its entry is used.
            Kind::Alias(_) => {
                chooser.redaction(&id, "", Some(&id));
            }
            Kind::Enum(_) | Kind::Union(_) => {}
        }
    }
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            chooser.annotate(&mut parameter.field, &operation.id);
        }
    }
}

struct Chooser<'a> {
    sdk: &'a Sdk,
    aliases: HashMap<TypeId, Type>,
}

impl Chooser<'_> {
    fn annotate(&self, field: &mut Field, schema: &str) {
        let referred = field.ty.named().map(ToString::to_string);
        let chosen = self.redaction(schema, &field.wire, referred.as_deref());
        field.redacted = if field.is_credential { Some(Redaction::Credential) } else { chosen };
        let is_string = leaf_of(&field.ty, &self.aliases) == Some(Type::String);
        let find = |selection, at| self.find(selection, at, schema, &field.wire, referred.as_deref());
        field.may_be_empty = find(&self.sdk.may_be_empty, "#/may_be_empty") && is_string;
        field.is_id = find(&self.sdk.ids, "#/ids") && is_string;
        if let Some(leaf) = leaf_of(&field.ty, &self.aliases)
            && let Some(chosen) = self.choose(&leaf, schema, &field.wire, referred.as_deref())
        {
            field.ty = with_leaf(&field.ty, &chosen, &self.aliases);
        }
    }

    /// Why the data redacts a property, if it does. Both choices are looked at, so that entries which match count as used.
    fn redaction(&self, schema: &str, property: &str, referred: Option<&str>) -> Option<Redaction> {
        let redact = &self.sdk.redact;
        let personal = self.find(&redact.personal, "#/redact/personal", schema, property, referred);
        let credential = self.find(&redact.credential, "#/redact/credential", schema, property, referred);
        match (credential, personal) {
            (true, _) => Some(Redaction::Credential),
            (false, true) => Some(Redaction::Personal),
            (false, false) => None,
        }
    }

    /// The type that the data gives to a leaf of this type, if any.
    fn choose(&self, leaf: &Type, schema: &str, property: &str, referred: Option<&str>) -> Option<Type> {
        let numbers = &self.sdk.numbers;
        match leaf {
            Type::Decimal => {
                if self.find(&numbers.float, "#/numbers/float", schema, property, referred) {
                    return Some(Type::Float);
                }
                if self.find(&numbers.integer, "#/numbers/integer", schema, property, referred) {
                    return Some(Type::Integer);
                }
                // It already has this type, but the entry is used.
                self.find(&numbers.decimal, "#/numbers/decimal", schema, property, referred);
                None
            }
            Type::String => self
                .find(&numbers.decimal_string, "#/numbers/decimal_string", schema, property, referred)
                .then_some(Type::DecimalString),
            _ => None,
        }
    }

    fn find(&self, selection: &Selection, at: &str, schema: &str, property: &str, referred: Option<&str>) -> bool {
        selection.find(&self.sdk.used, at, schema, property, referred)
    }
}

/// The innermost type, looking through lists and aliases.
fn leaf_of(ty: &Type, aliases: &HashMap<TypeId, Type>) -> Option<Type> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => leaf_of(inner, aliases),
        Type::Named(id) => leaf_of(aliases.get(id)?, aliases),
        leaf => Some(leaf.clone()),
    }
}

/// Replaces the innermost type. Aliases on the way are expanded, since they stay unchanged for other uses.
fn with_leaf(ty: &Type, leaf: &Type, aliases: &HashMap<TypeId, Type>) -> Type {
    let inner = |inner: &Type| Box::new(with_leaf(inner, leaf, aliases));
    match ty {
        Type::List(ty) => Type::List(inner(ty)),
        Type::Map(ty) => Type::Map(inner(ty)),
        Type::Nullable(ty) => Type::Nullable(inner(ty)),
        Type::Named(id) => aliases.get(id).map_or_else(|| leaf.clone(), |ty| with_leaf(ty, leaf, aliases)),
        _ => leaf.clone(),
    }
}
