//! The list of changes while it is built, and what every comparison needs to add one.

use std::collections::HashSet;

use super::change::Subject;
use super::fit::{Fit, Way};
use super::pair::Pairs;
use super::reach::Reach;
use super::side::Side;
use super::{Change, Effect, What};
use api_model::{Operation, Type, TypeDef, TypeId};

/// The list of changes, and the documents that are compared.
pub(super) struct Changes<'a> {
    pub(super) old: &'a Side<'a>,
    pub(super) new: &'a Side<'a>,
    pub(super) pairs: &'a Pairs,
    list: Vec<Change>,
    /// Changes of properties that a type merges in from another one, by index, with the other's id.
    inherited: Vec<(usize, String)>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(old: &'a Side<'a>, new: &'a Side<'a>, pairs: &'a Pairs) -> Self {
        Self { old, new, pairs, list: Vec::new(), inherited: Vec::new() }
    }

    pub(super) fn push(&mut self, change: Change) {
        self.list.push(change);
    }

    /// The same, for a property that is declared in another type, whose change includes it.
    pub(super) fn push_inherited(&mut self, change: Change, owner: String) {
        self.inherited.push((self.list.len(), owner));
        self.list.push(change);
    }

    /// All changes, each once.
    pub(super) fn finish(self) -> Vec<Change> {
        let key = |change: &Change, owner: &str| {
            let [old, new] = &change.subject.members;
            (change.what, owner.to_owned(), old.clone(), new.clone())
        };
        let own: HashSet<_> = self
            .list
            .iter()
            .filter_map(|change| {
                let id = change.subject.types.iter().rev().flatten().next()?;
                Some(key(change, &id.to_string()))
            })
            .collect();
        let told: HashSet<usize> = self
            .inherited
            .iter()
            .filter(|(index, owner)| self.list.get(*index).is_some_and(|change| own.contains(&key(change, owner))))
            .map(|(index, _)| *index)
            .collect();
        let kept = self.list.into_iter().enumerate().filter(|(index, _)| !told.contains(index));
        kept.map(|(_, change)| change).collect()
    }

    /// A change of a type, or of something in it.
    pub(super) fn of_type(&self, what: What, at: String, old: Option<&TypeDef>, new: Option<&TypeDef>) -> Change {
        let nothing = Reach::default();
        let before = old.map_or(&nothing, |def| self.old.reach(&def.id));
        let now = new.map_or(&nothing, |def| self.new.reach(&def.id));
        let reach = match (old, new) {
            (Some(_), Some(_)) => before.common(now),
            (Some(_), None) => before.clone(),
            (None, _) => now.clone(),
        };
        let mut modules: Vec<String> = match new {
            Some(_) => self.new.modules(&reach).collect(),
            None => self.old.modules(&reach).collect(),
        };
        if modules.is_empty() {
            let made = |side: &Side<'_>, def: Option<&TypeDef>| def.and_then(|def| side.module_of_type(&def.id));
            modules.extend(made(self.new, new).or_else(|| made(self.old, old)));
        }
        modules.sort();
        modules.dedup();
        Change {
            what,
            at,
            detail: String::new(),
            modules,
            old: old.map(|def| self.old.spot(&def.at)),
            new: new.map(|def| self.new.spot(&def.at)),
            reach,
            wire: Effect::No,
            build: Vec::new(),
            subject: Subject {
                types: [old.map(|def| def.id.clone()), new.map(|def| def.id.clone())],
                ..Subject::default()
            },
        }
    }

    /// A change of an operation, or of something in it.
    pub(super) fn of_operation(&self, what: What, old: Option<&Operation>, new: Option<&Operation>) -> Change {
        let name = |operation: &Operation| super::reach::operation(operation);
        let module = new
            .map(|operation| self.new.module_of(operation))
            .or_else(|| old.map(|operation| self.old.module_of(operation)));
        Change {
            what,
            at: new.or(old).map(name).unwrap_or_default(),
            detail: String::new(),
            modules: module.into_iter().collect(),
            old: old.map(|operation| self.old.spot(&operation.at)),
            new: new.map(|operation| self.new.spot(&operation.at)),
            reach: Reach::default(),
            wire: Effect::No,
            build: Vec::new(),
            subject: Subject {
                operations: [old.map(|operation| operation.id.clone()), new.map(|operation| operation.id.clone())],
                ..Subject::default()
            },
        }
    }

    /// What goes wrong with values of a type that was replaced by another one.
    pub(super) fn fit(&self, way: Way, old: &'a Type, new: &'a Type) -> Effect {
        Fit::new(self.old, self.new, self.pairs, way).types(old, new)
    }

    /// The effect of something that may be sent and received.
    pub(super) fn effect(reach: &Reach, sent: impl FnOnce() -> Effect, received: impl FnOnce() -> Effect) -> Effect {
        let sent = if reach.is_sent() { sent() } else { Effect::No };
        let received = if reach.is_received() { received() } else { Effect::No };
        sent.or(received)
    }
}

/// The schema that contains a place, if one does.
pub(super) fn owner(at: &crate::diag::Pointer) -> Option<String> {
    let mut segments = at.segments();
    let is = |segment: Option<String>, word: &str| segment.is_some_and(|segment| segment == word);
    (is(segments.next(), "components") && is(segments.next(), "schemas")).then(|| segments.next()).flatten()
}

/// The name that the report shows for both ids.
pub(super) fn label(old: &TypeId, new: &TypeId) -> String {
    if old == new { new.to_string() } else { format!("{new} (was {old})") }
}
