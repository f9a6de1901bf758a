//! How faithful each operation is, and what named tests provoke of it: `/_plaid/coverage`.

mod provoked;

use std::collections::BTreeMap;

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use serde_json::{Value, json};

use crate::data::fidelity;
use crate::ops::{self, Class};

/// What holds for all operations, or for many.
const DEVIATIONS: [&str; 8] = [
    "The order of checks is known for single errors only. Where several things are wrong at once, Plaid may name another one first.",
    "While an Item needs a new login, only /item/get answers. Whether Plaid still shows cached accounts is not known.",
    "A page of /transactions/sync names each transaction once, with its last state. Whether Plaid always does so is not known.",
    "A report that was removed can't be read, with INVALID_FIELD. Plaid's code for it is not known.",
    "Reports, scores and insights have the accounts of the Item; figures that were not measured are samples.",
    "What a bank does happens at once, unless the emulator runs at the pace of the Sandbox.",
    "Retries of webhooks stop when more than 90 % of a day's attempts failed, of at least 10. Plaid's least number is not known.",
    "Rate limits are not applied, unless a fault orders one.",
];

/// How an operation gets its response. `None`: it has none.
fn class(operation: &Operation) -> Option<Class> {
    ops::find(&operation.path).map(|entry| entry.class)
}

/// Where the facts of an operation come from, and how it is known to differ from Plaid's.
fn told(operation: &Operation) -> (&'static str, Option<&'static str>) {
    fidelity::of(&operation.path).unwrap_or(("documented", None))
}

/// How many operations there are of each class, and of each basis.
pub fn counts() -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for operation in &Catalog::plaid().api().operations {
        *counts.entry(class(operation).map_or("missing", Class::name)).or_default() += 1;
        *counts.entry(told(operation).0).or_default() += 1;
        *counts.entry("total").or_default() += 1;
    }
    counts.entry("missing").or_default();
    counts
}

/// All operations of the document with how each gets its response, and how many there are of each kind.
pub fn report() -> Value {
    let rows = Catalog::plaid().api().operations.iter().map(|one| {
        let (basis, deviation) = told(one);
        json!({
            "basis": basis,
            "class": class(one).map(Class::name),
            "deviation": deviation,
            "method": one.method,
            "operation": one.id,
            "path": one.path,
            "provoked": provoked::of(&one.path),
        })
    });
    json!({
        "counts": counts(),
        "deviations": DEVIATIONS,
        "operations": rows.collect::<Vec<_>>(),
        "provoked": provoked::counts(),
        "provoked_without_operation": provoked::of(provoked::NONE),
    })
}

#[cfg(test)]
mod tests {
    use super::{counts, report};

    #[test]
    fn each_operation_has_a_basis_and_the_counts_add_up() {
        let counts = counts();
        let sum = |names: &[&str]| names.iter().filter_map(|name| counts.get(name)).sum::<usize>();
        assert_eq!(counts["total"], 329);
        assert_eq!(sum(&["state_machine", "computed", "missing"]), 329);
        assert_eq!(sum(&["measured", "documented", "inferred"]), 329);
        assert_eq!(counts["missing"], 0, "each operation has an answer");
        let report = report();
        assert!(report["deviations"].as_array().is_some_and(|all| all.len() > 5));
        let of = |path: &str| {
            let rows = report["operations"].as_array().into_iter().flatten();
            rows.into_iter().find(|row| row["path"] == path).map(|row| row["provoked"].clone()).unwrap_or_default()
        };
        assert!(of("/item/get")["errors"]["INVALID_INPUT/INVALID_ACCESS_TOKEN"].is_string());
        assert!(of("/sandbox/item/reset_login")["webhooks"]["ITEM/ERROR"].is_string());
    }

    #[test]
    fn the_readme_has_the_counts() {
        let counts = counts();
        let readme = include_str!("../README.md");
        let rows = [
            ("by hand, with states and rules of their own", "state_machine"),
            ("by hand, computed from the tenant's data", "computed"),
            ("all", "total"),
        ];
        for (label, class) in rows {
            let row = format!("| {label} | {} |", counts.get(class).copied().unwrap_or_default());
            assert!(readme.contains(&row), "the README has no row {row}");
        }
    }
}
