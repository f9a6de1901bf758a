//! Which operations usually come before one.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Text};

/// How many are named.
const MOST: usize = 4;

/// The operations after which one is usually called, and why: those that most applications call first, then those of its own
/// product, in the document's order. What usually follows it is not among them.
pub fn before(catalog: &'static Catalog, operation: &Operation) -> Vec<(&'static Operation, &'static Text)> {
    let after = catalog.next(operation);
    let others = catalog.api().operations.iter().filter(|other| other.id != operation.id);
    let mut before: Vec<_> = others
        .filter(|other| !after.iter().any(|(next, _)| next.id == other.id))
        .filter_map(|other| {
            let next = other.next.iter().find(|next| next.operation == operation.id)?;
            Some((other, &next.reason))
        })
        .collect();
    let common = &catalog.data().words.common;
    let product = |operation: &Operation| catalog.layout().module_of(operation);
    before.sort_by_key(|(other, _)| {
        let rank = common.iter().position(|id| *id == other.id).unwrap_or(common.len());
        (other.docs.deprecated, rank, product(other) != product(operation))
    });
    before.truncate(MOST);
    before
}
