//! What of one surface is another in the next one, or gone.

use std::collections::HashSet;

use super::{Item, Member, Surface};

/// A difference between two surfaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// There is more. No program stops compiling, since structs and enums are open.
    Added(Item),
    /// Programs that use it compile with a warning.
    Deprecated(Item),
    /// Programs that use it stop compiling.
    Removed(Item),
    /// Programs that use it may stop compiling.
    Changed {
        /// What.
        item: Item,
        /// Its signature before.
        old: String,
        /// Its signature now.
        new: String,
    },
}

impl Difference {
    /// What it is about.
    pub fn item(&self) -> &Item {
        match self {
            Self::Added(item) | Self::Deprecated(item) | Self::Removed(item) | Self::Changed { item, .. } => item,
        }
    }

    /// Whether a program that compiled may not compile any more.
    pub fn breaks(&self) -> bool {
        matches!(self, Self::Removed(_) | Self::Changed { .. })
    }
}

/// All differences, in order. What becomes of the parts of a type or module that comes or goes is
/// not told one by one.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (item, entry) in &old.items {
        match new.items.get(item) {
            None => differences.push(Difference::Removed(item.clone())),
            Some(now) if now.signature != entry.signature => differences.push(Difference::Changed {
                item: item.clone(),
                old: entry.signature.clone(),
                new: now.signature.clone(),
            }),
            Some(now) if now.deprecated && !entry.deprecated => {
                differences.push(Difference::Deprecated(item.clone()));
            }
            Some(_) => {}
        }
    }
    differences.extend(new.items.keys().filter(|item| !old.items.contains_key(item)).cloned().map(Difference::Added));
    let gone = |difference: &Difference| matches!(difference, Difference::Removed(_));
    let whole: HashSet<(bool, Member, String)> = differences
        .iter()
        .filter(|difference| !matches!(difference, Difference::Changed { .. } | Difference::Deprecated(_)))
        .filter(|difference| matches!(difference.item().member, Member::Type | Member::Module))
        .map(|difference| (gone(difference), difference.item().member.clone(), difference.item().owner.clone()))
        .collect();
    differences.retain(|difference| {
        let is_part_of = |member: Member, owner: &str| whole.contains(&(gone(difference), member, owner.to_owned()));
        match &difference.item().member {
            Member::Type | Member::Module => true,
            Member::In(module) if is_part_of(Member::Module, module) => false,
            _ => !is_part_of(Member::Type, &difference.item().owner),
        }
    });
    differences.sort_by(|a, b| a.item().cmp(b.item()));
    differences
}
