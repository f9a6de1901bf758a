//! Properties of an object that both documents have.

use super::constraints;
use super::effect::in_case;
use super::fit::{Fit, Way, takes_null};
use super::pair::similarity;
use super::parts::{Changes, owner};
use super::side::{Side, name};
use super::{Change, Effect, What};
use api_model::{Field, Struct, Type, TypeDef, TypeId};

/// Compares the properties of two objects.
pub(super) fn compare<'a>(changes: &mut Changes<'a>, defs: [&'a TypeDef; 2], objects: [&'a Struct; 2]) {
    let of = Owner { defs };
    let [old, new] = objects;
    let mut gone: Vec<&Field> = old.caller_fields().filter(|field| find(new, &field.wire).is_none()).collect();
    let mut come: Vec<&Field> = new.caller_fields().filter(|field| find(old, &field.wire).is_none()).collect();
    for field in old.caller_fields() {
        if let Some(now) = find(new, &field.wire) {
            of.both(changes, field, now);
        }
    }
    if let Some((before, now)) = renamed(changes, &gone, &come) {
        gone.retain(|field| field.wire != before.wire);
        come.retain(|field| field.wire != now.wire);
        of.renamed(changes, before, now);
    }
    for field in gone {
        of.removed(changes, field);
    }
    for field in come {
        of.added(changes, field);
    }
}

fn find<'a>(object: &'a Struct, wire: &str) -> Option<&'a Field> {
    object.caller_fields().find(|field| field.wire == wire)
}

/// A removed and an added property that look like a rename: there is one of each, and they have the same type and
/// similar names.
fn renamed<'a>(changes: &Changes<'a>, gone: &[&'a Field], come: &[&'a Field]) -> Option<(&'a Field, &'a Field)> {
    let ([before], [now]) = (gone, come) else { return None };
    let same = changes.pairs.same(&before.ty, &now.ty)
        && (before.required, before.nullable) == (now.required, now.nullable)
        && similarity(&before.wire, &now.wire) >= 0.5;
    same.then_some((*before, *now))
}

/// The types that have the properties.
struct Owner<'a> {
    defs: [&'a TypeDef; 2],
}

impl<'a> Owner<'a> {
    /// A change of a property, which may be in the old document, in the new one, or in both.
    fn change(&self, changes: &Changes<'_>, what: What, old: Option<&Field>, new: Option<&Field>) -> Change {
        let [before, now] = self.defs;
        let wire = new.or(old).map_or("", |field| field.wire.as_str());
        let mut change = changes.of_type(what, format!("{}.{wire}", now.id), Some(before), Some(now));
        change.old = old.map(|field| changes.old.spot(&field.at)).or(change.old);
        change.new = new.map(|field| changes.new.spot(&field.at)).or(change.new);
        change.subject.members = [old.map(|field| field.wire.clone()), new.map(|field| field.wire.clone())];
        change
    }

    /// A property that comes from another schema belongs to that schema's change, if that schema has a type of its own.
    fn push(&self, changes: &mut Changes<'_>, change: Change, fields: [Option<&Field>; 2]) {
        let sides = [changes.old, changes.new];
        let mut owners = fields.iter().zip(self.defs).zip(sides).filter_map(|((field, def), side)| {
            let id = TypeId::Schema(owner(&(*field)?.at)?);
            Some(Some(id).filter(|id| *id != def.id && side.get(id).is_some()))
        });
        let first = owners.next().flatten();
        match (first, owners.next()) {
            (Some(owner), None) => changes.push_inherited(change, owner.to_string()),
            (Some(old), Some(Some(new))) if changes.pairs.new_of(&old) == Some(&new) => {
                changes.push_inherited(change, new.to_string());
            }
            _ => changes.push(change),
        }
    }

    fn removed(&self, changes: &mut Changes<'_>, field: &Field) {
        let mut change = self.change(changes, What::PropertyRemoved, Some(field), None);
        change.wire = Changes::effect(
            &change.reach,
            || match (field.required, field.nullable) {
                (true, false) => {
                    Effect::Yes("every request sends it, and the API refuses what it does not know".into())
                }
                _ => in_case("it is sent: the API refuses what it does not know"),
            },
            || without(field),
        );
        self.push(changes, change, [Some(field), None]);
    }

    fn added(&self, changes: &mut Changes<'_>, field: &Field) {
        let mut change = self.change(changes, What::PropertyAdded, None, Some(field));
        change.detail = presence(field);
        change.wire = Changes::effect(
            &change.reach,
            || match field.required {
                true => Effect::Yes("it is required, and old programs don't send it".to_owned()),
                false => Effect::No,
            },
            || Effect::No,
        );
        self.push(changes, change, [None, Some(field)]);
    }

    fn renamed(&self, changes: &mut Changes<'_>, old: &Field, new: &Field) {
        let mut change = self.change(changes, What::PropertyRenamed, Some(old), Some(new));
        change.detail = format!("{} -> {}", old.wire, new.wire);
        change.wire = Changes::effect(
            &change.reach,
            || match old.required {
                true => Effect::Yes("old programs send it under the old name".to_owned()),
                false => in_case("it is sent under the old name"),
            },
            || without(old),
        );
        self.push(changes, change, [Some(old), Some(new)]);
    }

    fn both(&self, changes: &mut Changes<'a>, old: &'a Field, new: &'a Field) {
        self.required(changes, old, new);
        self.nullable(changes, old, new);
        self.ty(changes, old, new);
        for found in constraints::compare(&old.docs.constraints, &new.docs.constraints) {
            let mut change = self.change(changes, found.what, Some(old), Some(new));
            change.detail = found.detail;
            change.wire = Changes::effect(&change.reach, || found.sent, || found.received);
            self.push(changes, change, [Some(old), Some(new)]);
        }
        if old.docs.deprecated != new.docs.deprecated {
            let what = if new.docs.deprecated { What::Deprecated } else { What::NoLongerDeprecated };
            let change = self.change(changes, what, Some(old), Some(new));
            self.push(changes, change, [Some(old), Some(new)]);
        }
    }

    fn required(&self, changes: &mut Changes<'_>, old: &Field, new: &Field) {
        if old.required == new.required {
            return;
        }
        let what = if new.required { What::BecameRequired } else { What::BecameOptional };
        let mut change = self.change(changes, what, Some(old), Some(new));
        change.wire = Changes::effect(
            &change.reach,
            || if new.required { in_case("it is left out") } else { Effect::No },
            || if new.required { Effect::No } else { in_case("the API leaves it out") },
        );
        self.push(changes, change, [Some(old), Some(new)]);
    }

    fn nullable(&self, changes: &mut Changes<'a>, old: &'a Field, new: &'a Field) {
        if old.nullable == new.nullable || is_nullable_by_schema(changes, old, new) {
            return;
        }
        let what = if new.nullable { What::BecameNullable } else { What::NoLongerNullable };
        let mut change = self.change(changes, what, Some(old), Some(new));
        let received = Fit::new(changes.old, changes.new, changes.pairs, Way::Received);
        change.wire = Changes::effect(
            &change.reach,
            || if new.nullable { Effect::No } else { in_case("null is sent") },
            || if new.nullable && !takes_null(&received, old) { in_case("it is null") } else { Effect::No },
        );
        self.push(changes, change, [Some(old), Some(new)]);
    }

    fn ty(&self, changes: &mut Changes<'a>, old: &'a Field, new: &'a Field) {
        let (before, now) = (plain(changes.old, &old.ty), plain(changes.new, &new.ty));
        if changes.pairs.same(&before, &now) {
            return;
        }
        let mut change = self.change(changes, What::TypeChanged, Some(old), Some(new));
        // Where lists differ in their elements, the elements are what changed.
        let (mut inner, mut suffix) = ((&before, &now), String::new());
        loop {
            inner = match inner {
                (Type::List(before), Type::List(now)) => {
                    suffix.push_str("[]");
                    (before, now)
                }
                (Type::Map(before), Type::Map(now)) => {
                    suffix.push_str("{}");
                    (before, now)
                }
                _ => break,
            };
        }
        change.at.push_str(&suffix);
        change.detail = format!("{} -> {}", name(inner.0), name(inner.1));
        change.wire = Changes::effect(
            &change.reach,
            || changes.fit(Way::Sent, &old.ty, &new.ty),
            || changes.fit(Way::Received, &old.ty, &new.ty),
        );
        self.push(changes, change, [Some(old), Some(new)]);
    }
}

/// Whether a value is nullable in only one document because of the schema that it refers to. That schema's change reports it.
pub(super) fn is_nullable_by_schema(changes: &Changes<'_>, old: &Field, new: &Field) -> bool {
    let by_schema = |side: &Side<'_>, field: &Field| match plain(side, &field.ty) {
        Type::Named(id) => side.get(&id).is_some_and(|def| def.nullable),
        _ => false,
    };
    changes.pairs.same(&old.ty, &new.ty) && by_schema(changes.old, old) != by_schema(changes.new, new)
}

/// Whether two types are the same, apart from their names and from the `null` that a schema brings along.
pub(super) fn same(changes: &Changes<'_>, old: &Type, new: &Type) -> bool {
    changes.pairs.same(&plain(changes.old, old), &plain(changes.new, new))
}

/// The type without the `null` that a schema it refers to brings along.
pub(super) fn plain(side: &Side<'_>, ty: &Type) -> Type {
    let inner = |inner: &Type| Box::new(plain(side, inner));
    match ty {
        Type::List(ty) => Type::List(inner(ty)),
        Type::Map(ty) => Type::Map(inner(ty)),
        Type::Nullable(ty) => match plain(side, ty) {
            Type::Named(id) if side.get(&id).is_some_and(|def| def.nullable) => Type::Named(id),
            ty => Type::Nullable(Box::new(ty)),
        },
        ty => ty.clone(),
    }
}

/// The effect on responses that no longer contain a property.
fn without(field: &Field) -> Effect {
    if field.required { Effect::Yes("responses without it can't be read".to_owned()) } else { Effect::No }
}

fn presence(field: &Field) -> String {
    let presence = if field.required { "required" } else { "optional" };
    format!("{presence} {}", name(&field.ty))
}
