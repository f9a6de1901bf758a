//! Exact names.

use std::collections::HashMap;

use super::entries::Draft;
use super::words::folded;
use super::{Entry, Item, places};

/// Entries by their exact names.
#[derive(Debug)]
pub(super) struct Exact {
    /// By the name in small letters.
    names: HashMap<String, Vec<usize>>,
    /// By the letters and digits of the name.
    folded: HashMap<String, Vec<usize>>,
}

impl Exact {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let mut exact = Self { names: HashMap::new(), folded: HashMap::new() };
        for (index, draft) in drafts.iter().enumerate() {
            for name in &draft.names {
                push(&mut exact.names, name.to_lowercase(), index);
                push(&mut exact.folded, folded(name), index);
            }
        }
        exact
    }

    /// The entries with this name, those with its exact letters first, then properties by their places, then names with
    /// other separators.
    pub(super) fn find(&self, query: &str, entries: &[Entry]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut add = |indices: Option<&Vec<usize>>| {
            for index in indices.into_iter().flatten() {
                if !found.contains(index) {
                    found.push(*index);
                }
            }
        };
        let small = query.to_lowercase();
        add(self.names.get(&small));
        // `user.phone_number`
        if let Some((_, name)) = small.rsplit_once('.').filter(|_| !small.contains(char::is_whitespace)) {
            let has_place =
                |index: &&usize| entries.get(**index).is_some_and(|entry| places::named(entry, query).is_some());
            let named: Vec<usize> = self.names.get(name).into_iter().flatten().filter(has_place).copied().collect();
            add(Some(&named));
        }
        // names without their separators, such as `linktokencreate`, or with others, such as `ITEM ERROR`
        add(self.folded.get(&folded(query)));
        // Words are often a property's name too, but mean something else: the ranking decides.
        let is_word = query.chars().all(|letter| letter.is_alphanumeric() || letter.is_whitespace());
        let is_property =
            |index: &usize| entries.get(*index).is_some_and(|entry| matches!(entry.item, Item::Property { .. }));
        found.retain(|index| !(is_word && is_property(index)));
        found
    }
}

fn push(names: &mut HashMap<String, Vec<usize>>, name: String, index: usize) {
    let all = names.entry(name).or_default();
    if !all.contains(&index) {
        all.push(index);
    }
}
