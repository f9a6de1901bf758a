//! How faithful each operation is: `/_plaid/coverage`.

use plaid_catalog::Catalog;
use serde_json::{Value, json};

use crate::data::fidelity;
use crate::engines;
use crate::ops::{self, Class};

/// All operations of the document with how each gets its response, and how many there are of each kind.
pub fn report() -> Value {
    let operations = &Catalog::plaid().api().operations;
    let class = |path: &str| {
        let by_hand = ops::find(path).map(|entry| entry.class);
        by_hand.or_else(|| engines::find(path).map(engines::class))
    };
    let count = |wanted: Option<Class>| operations.iter().filter(|one| class(&one.path) == wanted).count();
    let rows = operations.iter().map(|one| {
        let class = class(&one.path).map(Class::name);
        let row = engines::find(&one.path).filter(|_| ops::find(&one.path).is_none());
        let by_hand = fidelity::of(&one.path);
        let deviation = by_hand.and_then(|(_, deviation)| deviation);
        json!({
            "basis": row.map(|row| row.basis.name()).or(by_hand.map(|(basis, _)| basis)),
            "class": class,
            "deviation": row.and_then(|row| row.deviation.as_deref()).or(deviation),
            "method": one.method,
            "operation": one.id,
            "path": one.path,
        })
    });
    json!({
        "counts": {
            "collection": count(Some(Class::Collection)),
            "computed": count(Some(Class::Computed)),
            "job": count(Some(Class::Job)),
            "missing": count(None),
            "state_machine": count(Some(Class::StateMachine)),
            "total": operations.len(),
        },
        "operations": rows.collect::<Vec<_>>(),
    })
}
