//! Whether values of one type can be read as another.

use std::collections::HashSet;

use super::effect::{either, in_case};
use super::side::{Side, name};
use super::{Effect, pair::Pairs};
use api_model::{Field, Kind, Struct, Type, TypeDef, TypeId};

/// Who writes the values, and who reads them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Old programs write, the new API reads, which refuses what it does not know.
    Sent,
    /// The new API writes, old programs read, which ignore what they do not know.
    Received,
}

/// Compares types of both documents in one direction.
pub(super) struct Fit<'a> {
    pub(super) old: &'a Side<'a>,
    pub(super) new: &'a Side<'a>,
    pub(super) pairs: &'a Pairs,
    pub(super) way: Way,
    /// Pairs of types that are being compared or were compared. Their differences are reported once.
    seen: HashSet<(TypeId, TypeId)>,
}

impl<'a> Fit<'a> {
    pub(super) fn new(old: &'a Side<'a>, new: &'a Side<'a>, pairs: &'a Pairs, way: Way) -> Self {
        Self { old, new, pairs, way, seen: HashSet::new() }
    }

    /// What goes wrong with values between an old type and a new one.
    pub(super) fn types(&mut self, old: &'a Type, new: &'a Type) -> Effect {
        // Changes inside a type that both documents have are reported there.
        if self.pairs.same(old, new) {
            return Effect::No;
        }
        self.definitions(old, new)
    }

    /// The same for the definitions of a type that both documents have with different kinds.
    pub(super) fn definitions(&mut self, old: &'a Type, new: &'a Type) -> Effect {
        match self.way {
            Way::Sent => self.read(old, new),
            Way::Received => self.read(new, old),
        }
    }

    fn sides(&self) -> (&'a Side<'a>, &'a Side<'a>) {
        match self.way {
            Way::Sent => (self.old, self.new),
            Way::Received => (self.new, self.old),
        }
    }

    fn read(&mut self, written: &'a Type, wanted: &'a Type) -> Effect {
        let (writer, reader) = self.sides();
        let (written, wanted) = (writer.resolved(written), reader.resolved(wanted));
        let received = self.way == Way::Received;
        match (written, wanted) {
            (Type::Nullable(written), Type::Nullable(wanted)) => self.read(written, wanted),
            (written, Type::Nullable(wanted)) => self.read(written, wanted),
            (Type::Nullable(written), wanted) => {
                let rest = self.read(written, wanted);
                let taken = received && matches!(wanted, Type::List(_) | Type::Map(_) | Type::JsonObject | Type::Json);
                if taken { rest } else { either(rest, in_case("it is null")) }
            }
            (_, Type::Json) => Effect::No,
            (Type::Json, _) => in_case(format!("it is not {}", name(wanted))),
            (Type::List(written), Type::List(wanted)) | (Type::Map(written), Type::Map(wanted)) => {
                self.read(written, wanted)
            }
            (Type::Map(_), Type::JsonObject) | (Type::JsonObject, Type::Map(_) | Type::JsonObject) => Effect::No,
            (Type::Named(written), Type::Named(wanted)) => self.named(written, wanted),
            (Type::Named(id), wanted) => match writer.get(id) {
                Some(def) => self.read_named(def, wanted),
                None => Effect::No,
            },
            (written, Type::Named(id)) => match reader.get(id) {
                Some(def) => self.read_as_named(written, def),
                None => Effect::No,
            },
            (written, wanted) => scalar(written, wanted, received),
        }
    }

    fn named(&mut self, written: &TypeId, wanted: &TypeId) -> Effect {
        let (writer, reader) = self.sides();
        if !self.seen.insert((written.clone(), wanted.clone())) {
            return Effect::No;
        }
        let (Some(written), Some(wanted)) = (writer.get(written), reader.get(wanted)) else { return Effect::No };
        match (&written.kind, &wanted.kind) {
            (Kind::Struct(written), Kind::Struct(wanted)) => self.objects(written, wanted),
            (Kind::Enum(written), Kind::Enum(wanted)) => {
                let known = |value: &str| wanted.values.iter().any(|other| other.value.to_string() == value);
                let values = written.values.iter().map(|value| value.value.to_string());
                match values.into_iter().find(|value| !known(value)) {
                    Some(value) if self.way == Way::Sent => in_case(format!("it is `{value}`")),
                    _ => Effect::No,
                }
            }
            (Kind::Union(union), _) => {
                let alternatives = union.variants.iter();
                alternatives.fold(Effect::No, |worst, alternative| {
                    either(worst, self.read_as_named(writer.resolved(&alternative.ty), wanted))
                })
            }
            (_, Kind::Union(_)) => in_case("it fits none of the alternatives"),
            _ => differs(&written.id.to_string(), &wanted.id.to_string()),
        }
    }

    fn objects(&mut self, written: &'a Struct, wanted: &'a Struct) -> Effect {
        let mut worst = Effect::No;
        for field in wanted.caller_fields() {
            let at = |effect| within(&field.wire, effect);
            worst = either(
                worst,
                match written.caller_fields().find(|other| other.wire == field.wire) {
                    None if field.required => Effect::Yes(format!("`{}` is missing", field.wire)),
                    None => Effect::No,
                    Some(other) => {
                        let presence = presence(self, (other.required, other.nullable), field);
                        at(either(presence, self.read(&other.ty, &field.ty)))
                    }
                },
            );
        }
        if self.way == Way::Sent && wanted.additional.typed().is_none() {
            let unknown = |wire: &str| wanted.caller_fields().all(|field| field.wire != wire);
            if let Some(field) = written.caller_fields().find(|field| unknown(&field.wire)) {
                worst = either(worst, in_case(format!("`{}` is sent", field.wire)));
            }
        }
        worst
    }

    fn read_named(&mut self, written: &'a TypeDef, wanted: &'a Type) -> Effect {
        match (&written.kind, wanted) {
            (Kind::Enum(_), Type::String) | (Kind::Struct(_), Type::JsonObject) => Effect::No,
            (Kind::Enum(_), Type::Date | Type::DateTime | Type::DecimalString) => {
                in_case(format!("it is not of type {}", name(wanted)))
            }
            (Kind::Struct(object), Type::Map(value)) => {
                object.caller_fields().fold(Effect::No, |worst, field| either(worst, self.read(&field.ty, value)))
            }
            (Kind::Union(union), _) => {
                union.variants.iter().fold(Effect::No, |worst, variant| either(worst, self.read(&variant.ty, wanted)))
            }
            _ => differs(&written.id.to_string(), &name(wanted)),
        }
    }

    fn read_as_named(&mut self, written: &'a Type, wanted: &'a TypeDef) -> Effect {
        match (written, &wanted.kind) {
            (Type::Named(id), _) => self.named(id, &wanted.id),
            // Enums are open for programs that read them with the SDK.
            (Type::String, Kind::Enum(_)) if self.way == Way::Received => Effect::No,
            (Type::String, Kind::Enum(_)) => in_case(format!("it is not a value of {}", wanted.id)),
            (Type::JsonObject | Type::Map(_), Kind::Struct(object)) => {
                match object.caller_fields().find(|field| field.required) {
                    Some(field) => in_case(format!("`{}` is missing", field.wire)),
                    None => Effect::No,
                }
            }
            (_, Kind::Union(_)) => in_case("it fits none of the alternatives"),
            _ => differs(&name(written), &wanted.id.to_string()),
        }
    }
}

/// What goes wrong if the rules for an absent or `null` property changed.
fn presence(fit: &Fit<'_>, written: (bool, bool), wanted: &Field) -> Effect {
    let (required, nullable) = written;
    let mut effect = Effect::No;
    if wanted.required && !required {
        effect = in_case("it is left out");
    }
    if nullable && !wanted.nullable && !takes_null(fit, wanted) {
        effect = either(effect, in_case("it is null"));
    }
    effect
}

/// Whether old programs take `null` for a property that the document did not allow it for.
pub(super) fn takes_null(fit: &Fit<'_>, wanted: &Field) -> bool {
    if fit.way == Way::Sent {
        return false;
    }
    let listed = matches!(fit.old.resolved(&wanted.ty), Type::List(_) | Type::Map(_) | Type::JsonObject | Type::Json);
    !wanted.required || wanted.nullable || listed
}

/// Compares two types that are not named.
fn scalar(written: &Type, wanted: &Type, received: bool) -> Effect {
    use Type::{Date, DateTime, Decimal, DecimalString, Float, Integer, String};
    match (written, wanted) {
        (a, b) if a == b => Effect::No,
        (Integer | Float | Decimal, Float | Decimal) | (Date | DateTime | DecimalString, String) => Effect::No,
        (Float | Decimal, Integer) => in_case("it is not a whole number"),
        // The SDK reads exact numbers in either form.
        (DecimalString, Decimal) | (Integer | Float | Decimal, DecimalString) if received => Effect::No,
        (String, Decimal) if received => in_case("it is not a number"),
        (String, DecimalString | Date | DateTime) => in_case(format!("it is not of type {}", name(wanted))),
        _ => differs(&name(written), &name(wanted)),
    }
}

fn differs(written: &str, wanted: &str) -> Effect {
    Effect::Yes(format!("{written} can't be read as {wanted}"))
}

fn within(property: &str, effect: Effect) -> Effect {
    match effect {
        Effect::No => Effect::No,
        Effect::If(case) => Effect::If(format!("of `{property}`, {case}")),
        Effect::Yes(why) => Effect::Yes(format!("of `{property}`, {why}")),
    }
}
