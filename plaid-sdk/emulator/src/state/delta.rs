//! What has changed between two positions of the log.

use std::collections::HashMap;

use super::{Change, Transaction, TransactionId};

/// The changes between two positions, each transaction at most once. What was added and removed again does not appear.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta<'a> {
    /// New transactions, with their latest content.
    pub added: Vec<&'a Transaction>,
    /// Changed transactions that were there before, with their latest content.
    pub modified: Vec<&'a Transaction>,
    /// Transactions that were there before and are gone.
    pub removed: Vec<&'a Transaction>,
}

impl<'a> Delta<'a> {
    /// The changes of a piece of the log.
    pub fn of(log: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut index: HashMap<&TransactionId, usize> = HashMap::new();
        // Per transaction, in the order of the first change: whether it was there before, and its last change.
        let mut all: Vec<(bool, &Change)> = Vec::new();
        for change in log {
            match index.get(&change.transaction().id) {
                Some(&at) => all[at].1 = change,
                None => {
                    index.insert(&change.transaction().id, all.len());
                    all.push((!matches!(change, Change::Added(_)), change));
                }
            }
        }
        let mut delta = Self::default();
        for (was_there, last) in all {
            match (was_there, last) {
                (false, Change::Removed(_)) => {}
                (true, Change::Removed(transaction)) => delta.removed.push(transaction),
                (false, Change::Added(transaction) | Change::Modified(transaction)) => delta.added.push(transaction),
                (true, Change::Added(transaction) | Change::Modified(transaction)) => delta.modified.push(transaction),
            }
        }
        delta
    }

    /// A page of the delta: added ones come first, then modified ones, then removed ones, and `count` of all together.
    pub fn page(&self, offset: usize, count: usize) -> Self {
        let (added, rest) = cut(&self.added, offset, count);
        let offset = offset.saturating_sub(self.added.len());
        let (modified, rest) = cut(&self.modified, offset, rest);
        let offset = offset.saturating_sub(self.modified.len());
        let (removed, _) = cut(&self.removed, offset, rest);
        Self { added, modified, removed }
    }

    /// How many changes there are.
    pub fn len(&self) -> usize {
        self.added.len() + self.modified.len() + self.removed.len()
    }
}

/// The elements from an offset, at most `count`, and how many of `count` are left.
fn cut<'a>(all: &[&'a Transaction], offset: usize, count: usize) -> (Vec<&'a Transaction>, usize) {
    let part: Vec<_> = all.iter().skip(offset).take(count).copied().collect();
    let rest = count - part.len();
    (part, rest)
}
