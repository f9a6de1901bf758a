//! Types that were added, removed or changed.

use super::effect::in_case;
use super::fit::{Fit, Way};
use super::parts::{Changes, label};
use super::side::name;
use super::{Change, Effect, What, constraints, fields};
use api_model::{Enum, Kind, Type, TypeDef, Union};

/// Compares all types.
pub(super) fn compare(changes: &mut Changes<'_>) {
    let (old, new, pairs) = (changes.old, changes.new, changes.pairs);
    for def in old.types() {
        match pairs.new_of(&def.id).and_then(|id| new.get(id)) {
            Some(now) => both(changes, def, now),
            // An inline type is reported with the type that contains it.
            None if def.id.name().is_none() => {}
            None => {
                let change = changes.of_type(What::SchemaRemoved, def.id.to_string(), Some(def), None);
                changes.push(change);
            }
        }
    }
    for def in new.types().filter(|def| def.id.name().is_some() && pairs.old_of(&def.id).is_none()) {
        let change = changes.of_type(What::SchemaAdded, def.id.to_string(), None, Some(def));
        changes.push(change);
    }
}

fn both<'a>(changes: &mut Changes<'a>, old: &'a TypeDef, new: &'a TypeDef) {
    let change = |changes: &Changes<'_>, what| changes.of_type(what, new.id.to_string(), Some(old), Some(new));
    if old.id != new.id {
        let mut renamed = change(changes, What::SchemaRenamed);
        renamed.detail = format!("{} -> {}", old.id, new.id);
        changes.push(renamed);
    }
    usage(changes, old, new);
    if old.nullable != new.nullable {
        let what = if new.nullable { What::BecameNullable } else { What::NoLongerNullable };
        let mut found = change(changes, what);
        found.wire = Changes::effect(
            &found.reach,
            || if new.nullable { Effect::No } else { in_case("null is sent") },
            || if new.nullable { in_case("it is null where the property is required") } else { Effect::No },
        );
        changes.push(found);
    }
    if old.docs.deprecated != new.docs.deprecated {
        let what = if new.docs.deprecated { What::Deprecated } else { What::NoLongerDeprecated };
        let found = change(changes, what);
        changes.push(found);
    }
    for found in constraints::compare(&old.docs.constraints, &new.docs.constraints) {
        let mut constraint = change(changes, found.what);
        constraint.detail = found.detail;
        constraint.wire = Changes::effect(&constraint.reach, || found.sent, || found.received);
        changes.push(constraint);
    }
    match (&old.kind, &new.kind) {
        (Kind::Struct(before), Kind::Struct(now)) => {
            fields::compare(changes, [old, new], [before, now]);
            additional(changes, [old, new], [before.additional.typed(), now.additional.typed()]);
        }
        (Kind::Enum(before), Kind::Enum(now)) => values(changes, [old, new], [before, now]),
        (Kind::Union(before), Kind::Union(now)) => alternatives(changes, [old, new], [before, now]),
        (Kind::Alias(before), Kind::Alias(now)) => {
            let plain = |side, ty| fields::plain(side, ty);
            if !changes.pairs.same(&plain(changes.old, before), &plain(changes.new, now)) {
                let mut found = change(changes, What::TypeChanged);
                found.detail = format!("{} -> {}", name(before), name(now));
                found.wire = Changes::effect(
                    &found.reach,
                    || changes.fit(Way::Sent, before, now),
                    || changes.fit(Way::Received, before, now),
                );
                changes.push(found);
            }
        }
        (before, now) => {
            let mut found = change(changes, What::TypeChanged);
            found.detail = format!("{} -> {}", kind(before), kind(now));
            let types = [old, new].map(|def| Type::Named(def.id.clone()));
            let fit = |way| Fit::new(changes.old, changes.new, changes.pairs, way).definitions(&types[0], &types[1]);
            found.wire = Changes::effect(&found.reach, || fit(Way::Sent), || fit(Way::Received));
            changes.push(found);
        }
    }
}

/// Compares which operations and webhooks reach a type, and in which direction.
fn usage(changes: &mut Changes<'_>, old: &TypeDef, new: &TypeDef) {
    let (was, is) = (changes.old.is_made(&old.id), changes.new.is_made(&new.id));
    let what = match (was, is) {
        (false, false) => return,
        (false, true) => What::SchemaUsed,
        (true, false) => What::SchemaUnused,
        (true, true) if old.usage.request == new.usage.request => return,
        (true, true) => What::DirectionChanged,
    };
    let mut found = changes.of_type(what, label(&old.id, &new.id), Some(old), Some(new));
    found.detail = match (what, new.usage.request) {
        (What::DirectionChanged, true) => "requests contain it now".to_owned(),
        (What::DirectionChanged, false) => "requests no longer contain it".to_owned(),
        _ => String::new(),
    };
    changes.push(found);
}

fn values(changes: &mut Changes<'_>, [old, new]: [&TypeDef; 2], [before, now]: [&Enum; 2]) {
    let texts = |list: &Enum| -> Vec<String> { list.values.iter().map(|value| value.value.to_string()).collect() };
    let (before, now) = (texts(before), texts(now));
    let change = |changes: &Changes<'_>, what, wire: &str, side: usize| {
        let mut change: Change = changes.of_type(what, format!("{}={wire}", new.id), Some(old), Some(new));
        change.subject.members[side] = Some(wire.to_owned());
        change
    };
    for value in before.iter().filter(|value| !now.contains(value)) {
        let mut found = change(changes, What::ValueRemoved, value, 0);
        found.wire = Changes::effect(&found.reach, || in_case("it is sent"), || Effect::No);
        changes.push(found);
    }
    for value in now.iter().filter(|value| !before.contains(value)) {
        let found = change(changes, What::ValueAdded, value, 1);
        changes.push(found);
    }
}

fn alternatives(changes: &mut Changes<'_>, [old, new]: [&TypeDef; 2], [before, now]: [&Union; 2]) {
    let pairs = changes.pairs;
    let change = |changes: &Changes<'_>, what, ty: &Type| {
        changes.of_type(what, format!("{}|{}", new.id, name(ty)), Some(old), Some(new))
    };
    for variant in &before.variants {
        if !now.variants.iter().any(|other| pairs.same(&variant.ty, &other.ty)) {
            let mut found = change(changes, What::AlternativeRemoved, &variant.ty);
            found.wire = Changes::effect(&found.reach, || in_case("it is sent"), || Effect::No);
            changes.push(found);
        }
    }
    for variant in &now.variants {
        if !before.variants.iter().any(|other| pairs.same(&other.ty, &variant.ty)) {
            let found = change(changes, What::AlternativeAdded, &variant.ty);
            changes.push(found);
        }
    }
    if before.discriminator != now.discriminator {
        let mut found = changes.of_type(What::TypeChanged, new.id.to_string(), Some(old), Some(new));
        let name = |property: &Option<String>| property.clone().unwrap_or_else(|| "nothing".to_owned());
        found.detail = format!("discriminated by {} -> {}", name(&before.discriminator), name(&now.discriminator));
        found.wire = Changes::effect(
            &found.reach,
            || in_case("the alternative can't be determined"),
            || in_case("the alternative can't be determined"),
        );
        changes.push(found);
    }
}

fn additional<'a>(changes: &mut Changes<'a>, [old, new]: [&'a TypeDef; 2], [before, now]: [Option<&'a Type>; 2]) {
    let same = match (before, now) {
        (None, None) => true,
        (Some(before), Some(now)) => changes.pairs.same(before, now),
        _ => false,
    };
    if same {
        return;
    }
    let mut found = changes.of_type(What::AdditionalChanged, new.id.to_string(), Some(old), Some(new));
    let said = |ty: Option<&Type>| ty.map_or_else(|| "none".to_owned(), name);
    found.detail = format!("{} -> {}", said(before), said(now));
    found.wire = Changes::effect(
        &found.reach,
        || match (before, now) {
            (Some(_), None) => in_case("additional properties are sent"),
            (Some(before), Some(now)) => changes.fit(Way::Sent, before, now),
            (None, _) => Effect::No,
        },
        || match (before, now) {
            (Some(before), Some(now)) => changes.fit(Way::Received, before, now),
            _ => Effect::No,
        },
    );
    changes.push(found);
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Struct(_) => "object".to_owned(),
        Kind::Enum(_) => "enum".to_owned(),
        Kind::Union(_) => "union".to_owned(),
        Kind::Alias(ty) => name(ty),
    }
}
