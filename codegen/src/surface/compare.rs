//! Compares two surfaces.

use std::collections::{HashMap, HashSet};

use super::{ALIAS, Item, Member, Surface};

/// A difference between two surfaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// An addition. No program stops compiling, since structs and enums are open.
    Added(Item),
    /// Programs that use it compile with a warning.
    Deprecated(Item),
    /// Programs that use it stop compiling.
    Removed(Item),
    /// Programs that use it may stop compiling. If arguments of a constructor changed places, they may compile and mean
    /// something else.
    Changed {
        /// The item.
        item: Item,
        /// Its signature before.
        old: String,
        /// Its signature now.
        new: String,
    },
}

impl Difference {
    /// The item that it is about.
    pub fn item(&self) -> &Item {
        match self {
            Self::Added(item) | Self::Deprecated(item) | Self::Removed(item) | Self::Changed { item, .. } => item,
        }
    }

    /// Whether a program that compiled may no longer compile.
    pub fn breaks(&self) -> bool {
        matches!(self, Self::Removed(_) | Self::Changed { .. })
    }
}

/// All differences, in order. If a type or module is added or removed, its parts are not listed.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Difference> {
    let became = became_aliases(old, new);
    let mut differences = Vec::new();
    for (item, entry) in &old.items {
        // The type's members can still be named through the alias.
        let now = match (became.get(item.owner.as_str()), &item.member) {
            (Some(_), Member::Type) => continue,
            (Some(target), Member::Field(_) | Member::Method(_) | Member::Variant(_) | Member::Trait(_)) => {
                new.items.get(&Item { owner: (*target).to_owned(), member: item.member.clone() })
            }
            _ => new.items.get(item),
        };
        let signature = renamed(&entry.signature, &became);
        match now {
            None => differences.push(Difference::Removed(item.clone())),
            Some(now) if now.signature != signature => differences.push(Difference::Changed {
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

/// Types that became aliases of an existing type, by name, with that type's name.
fn became_aliases<'a>(old: &'a Surface, new: &'a Surface) -> HashMap<&'a str, &'a str> {
    let is_type = |surface: &Surface, name: &str| {
        let item = Item { owner: name.to_owned(), member: Member::Type };
        surface.items.get(&item).is_some_and(|entry| !entry.signature.starts_with(ALIAS))
    };
    let types = new.items.iter().filter(|(item, _)| item.member == Member::Type);
    let aliases = types.filter_map(|(item, entry)| Some((item.owner.as_str(), entry.signature.strip_prefix(ALIAS)?)));
    aliases.filter(|(name, target)| is_type(old, name) && is_type(new, target)).collect()
}

/// A signature in which names that became aliases are replaced.
fn renamed(signature: &str, became: &HashMap<&str, &str>) -> String {
    let mut out = String::with_capacity(signature.len());
    let mut rest = signature;
    while !rest.is_empty() {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(became.get(word).copied().unwrap_or(word));
        let signs = after.find(is_part).unwrap_or(after.len());
        let (between, next) = after.split_at(signs);
        out.push_str(between);
        rest = next;
    }
    out
}
