//! Parameters of operations: in the path, the query and headers.

use super::effect::in_case;
use super::fields::{self, same};
use super::fit::Way;
use super::parts::Changes;
use super::side::name;
use super::{Change, Effect, What, constraints, styles};
use api_model::{Location, Operation, Parameter, ParameterStyle};

/// Compares the parameters of an operation that both documents have.
pub(super) fn compare<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let of = Owner { operations: [old, new] };
    for parameter in &old.parameters {
        match new.parameters.iter().find(|other| other.is_same(parameter)) {
            Some(now) => of.both(changes, parameter, now),
            None => {
                let wire = if parameter.field.required {
                    Effect::Yes("every request sends it".to_owned())
                } else {
                    in_case("it is sent")
                };
                of.push(changes, What::ParameterRemoved, [parameter; 2], String::new(), wire);
            }
        }
    }
    for parameter in &new.parameters {
        if !old.parameters.iter().any(|other| other.is_same(parameter)) {
            let (detail, wire) = if parameter.field.required {
                ("required", Effect::Yes("old programs don't send it".to_owned()))
            } else {
                ("optional", Effect::No)
            };
            of.push(changes, What::ParameterAdded, [parameter; 2], detail.to_owned(), wire);
        }
    }
}

/// The operation that has the parameters, in either document.
struct Owner<'a> {
    operations: [&'a Operation; 2],
}

impl<'a> Owner<'a> {
    fn push(&self, changes: &mut Changes<'_>, what: What, of: [&Parameter; 2], detail: String, wire: Effect) {
        let [old, new] = self.operations;
        let mut change: Change = changes.of_operation(what, Some(old), Some(new));
        let [_, now] = of;
        let place = match now.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        change.at = format!("{} {place} {}", change.at, now.field.wire);
        (change.detail, change.wire) = (detail, wire);
        change.subject.members = of.map(|parameter| Some(parameter.field.wire.clone()));
        changes.push(change);
    }

    fn both(&self, changes: &mut Changes<'a>, old: &'a Parameter, new: &'a Parameter) {
        let (before, now) = (&old.field, &new.field);
        let of = [old, new];
        if before.wire != now.wire {
            // Only a header's name can differ here, by case. Servers ignore that.
            let detail = format!("{} -> {}", before.wire, now.wire);
            self.push(changes, What::ParameterChanged, of, detail, Effect::No);
        }
        if before.required != now.required {
            let (detail, wire) = if now.required {
                ("optional -> required", in_case("it is left out"))
            } else {
                ("required -> optional", Effect::No)
            };
            self.push(changes, What::ParameterChanged, of, detail.to_owned(), wire);
        }
        if !same(changes, &before.ty, &now.ty) {
            let detail = format!("{} -> {}", name(&before.ty), name(&now.ty));
            let wire = changes.fit(Way::Sent, &before.ty, &now.ty);
            self.push(changes, What::ParameterChanged, of, detail, wire);
        }
        if before.nullable != now.nullable && !fields::is_nullable_by_schema(changes, before, now) {
            let what = if now.nullable { What::BecameNullable } else { What::NoLongerNullable };
            // In the other styles, `null` is not sent.
            let is_sent = !now.nullable && old.style == ParameterStyle::Json;
            let wire = if is_sent { in_case("null is sent") } else { Effect::No };
            self.push(changes, what, of, String::new(), wire);
        }
        if old.style != new.style {
            let detail = format!("{} -> {}", styles::name(old.style), styles::name(new.style));
            let wire = styles::effect(changes.old, before, old.style, new.style);
            self.push(changes, What::StyleChanged, of, detail, wire);
        }
        for constraint in constraints::compare(&before.docs.constraints, &now.docs.constraints) {
            self.push(changes, constraint.what, of, constraint.detail, constraint.sent);
        }
        if before.docs.deprecated != now.docs.deprecated {
            let what = if now.docs.deprecated { What::Deprecated } else { What::NoLongerDeprecated };
            self.push(changes, what, of, String::new(), Effect::No);
        }
    }
}
