//! Properties that exclude each other.

use std::collections::HashSet;

use super::notes::Notes;
use api_model::{Exclusive, Pointer, Struct};

/// How strongly a sample asks for a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// It is optional, or may be `null`.
    Free,
    /// The hints ask for it in a minimal sample.
    Also,
    /// It is required, and may not be `null`.
    Required,
    /// The hint for the object sets it.
    Given,
}

/// The properties of an object that give way to others. `claim` returns how strongly the sample asks for a property, and
/// `None` if it would not set it. The strongest of a group is set; of several, the first in the group.
pub(super) fn excluded<'a, C: Ord>(
    hints: &'a Exclusive,
    schema: &str,
    object: &Struct,
    claim: impl Fn(&str) -> Option<C>,
    notes: &mut Notes,
) -> HashSet<&'a str> {
    let root = Pointer::root().child("exclusive");
    let everywhere = hints.properties.iter().enumerate().map(|(index, group)| (index, group, None));
    let here = hints.schemas.get(schema).into_iter().flatten().enumerate();
    let here = here.map(|(index, group)| (index, group, Some(schema)));
    let has = |name: &str| object.caller_fields().any(|field| field.wire == name);
    let mut groups: Vec<&'a [String]> = Vec::new();
    for (index, group, of) in here.chain(everywhere) {
        if group.iter().filter(|name| has(name)).count() < 2 {
            continue;
        }
        let at = match of {
            Some(schema) => root.child("schemas").child(schema).index(index),
            None => root.child("properties").index(index),
        };
        let present = group.iter().enumerate().filter(|(_, name)| has(name));
        notes.used.extend(present.map(|(index, _)| at.index(index)));
        groups.push(group);
    }
    let names = groups.iter().copied().flatten();
    let mut claims: Vec<(C, &'a str)> = names.filter_map(|name| Some((claim(name)?, name.as_str()))).collect();
    // Equally strong ones stay in the order of the groups.
    claims.sort_by(|(a, _), (b, _)| b.cmp(a));
    let mut out = HashSet::new();
    for (_, kept) in claims {
        // What is kept in one group is kept in all.
        if !out.contains(kept) {
            let with_it = groups.iter().filter(|group| group.iter().any(|name| name == kept));
            out.extend(with_it.copied().flatten().map(String::as_str).filter(|name| *name != kept));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Claim, excluded};
    use crate::samples::notes::Notes;
    use api_model::{Docs, Exclusive, Field, Pointer, Struct, Type};

    fn field(wire: &str) -> Field {
        Field {
            wire: wire.to_owned(),
            ty: Type::String,
            required: false,
            nullable: false,
            redacted: None,
            may_be_empty: false,
            is_id: false,
            is_credential: false,
            docs: Docs::default(),
            at: Pointer::root(),
        }
    }

    #[test]
    fn the_strongest_of_a_group_is_kept() {
        let object = Struct { fields: ["a", "b", "c"].map(field).to_vec(), ..Struct::default() };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let hints = Exclusive {
            properties: vec![names(&["a", "elsewhere"])],
            schemas: [("Pet".to_owned(), vec![names(&["a", "b"]), names(&["b", "c"])])].into_iter().collect(),
        };
        let of = |claims: [Option<Claim>; 3]| {
            let claim = |name: &str| claims[["a", "b", "c"].iter().position(|wire| *wire == name).expect("a field")];
            let mut notes = Notes::default();
            let mut out: Vec<&str> = excluded(&hints, "Pet", &object, claim, &mut notes).into_iter().collect();
            out.sort_unstable();
            assert_eq!(notes.used.len(), 4);
            out
        };
        let [free, also, required, given] = [Claim::Free, Claim::Also, Claim::Required, Claim::Given].map(Some);
        assert_eq!(of([free, free, free]), ["b"], "b gives way to a, and c has no reason to");
        assert_eq!(of([also, free, also]), ["b"]);
        assert_eq!(of([free, required, free]), ["a", "c"]);
        assert_eq!(of([None, free, given]), ["b"]);
    }
}
