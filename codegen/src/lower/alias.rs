//! Finds aliases that refer back to themselves: `A` is a list of `B`, and `B` is another name for `A`. Such a cycle
//! must contain a struct or a union.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::context::Context;
use api_model::{Kind, TypeDef, TypeId};

/// Reports each cycle of aliases once.
pub(super) fn refuse_endless(cx: &mut Context<'_>, types: &IndexMap<TypeId, TypeDef>) {
    let mut done: HashSet<&TypeId> = HashSet::new();
    for start in types.keys() {
        let mut way: Vec<&TypeId> = Vec::new();
        let mut next = Some(start);
        while let Some(id) = next {
            if let Some(from) = way.iter().position(|before| *before == id) {
                report(cx, types, way.get(from..).unwrap_or_default());
                break;
            }
            if !done.insert(id) {
                break;
            }
            way.push(id);
            next = match types.get(id).map(|def| &def.kind) {
                Some(Kind::Alias(ty)) => ty.named(),
                _ => None,
            };
        }
    }
}

fn report(cx: &mut Context<'_>, types: &IndexMap<TypeId, TypeDef>, circle: &[&TypeId]) {
    let Some(def) = circle.first().and_then(|id| types.get(*id)) else { return };
    let names: Vec<String> = circle.iter().chain(circle.first()).map(ToString::to_string).collect();
    let what = format!("an alias refers back to itself: {}", names.join(" -> "));
    cx.error(&def.at, what, "define one of them without a reference, or put an object in between");
}
