//! How faithful each operation is: `/_plaid/coverage`.

use plaid_catalog::Catalog;
use serde_json::{Value, json};

use crate::ops::{self, Class};

/// All operations of the document with how each gets its response, and how many there are of each kind.
pub fn report() -> Value {
    let operations = &Catalog::plaid().api().operations;
    let class = |path: &str| ops::find(path).map(|entry| entry.class);
    let count = |wanted: Option<Class>| operations.iter().filter(|one| class(&one.path) == wanted).count();
    let rows = operations.iter().map(|one| {
        let class = class(&one.path).map(Class::name);
        json!({"class": class, "method": one.method, "operation": one.id, "path": one.path})
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
