//! Where the facts behind operations come from, and how the operations are known to differ from Plaid's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An operation in a line, separated by tabs: its path, the source of the facts (`measured`, `documented` or `inferred`), and the
/// known difference if there is one.
const TABLE: &str = include_str!("../../data/fidelity.tsv");

/// A source, and a difference.
type Known = (&'static str, Option<&'static str>);

static KNOWN: LazyLock<BTreeMap<&'static str, Known>> = LazyLock::new(|| TABLE.lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<(&'static str, Known)> {
    let (path, rest) = line.split_once('\t')?;
    Some((path, rest.split_once('\t').map_or((rest, None), |(basis, difference)| (basis, Some(difference)))))
}

/// The source of the facts behind an operation, and its known difference.
pub fn of(path: &str) -> Option<Known> {
    KNOWN.get(path).copied()
}

#[cfg(test)]
mod tests {
    use super::{TABLE, row};
    use crate::ops::find;

    #[test]
    fn each_line_is_about_an_operation_and_has_a_source() {
        let rows: Vec<_> =
            TABLE.lines().map(|line| row(line).unwrap_or_else(|| panic!("{line:?} has no tab"))).collect();
        assert!(rows.is_sorted_by(|a, b| a.0 < b.0), "the lines are sorted by path");
        for (path, (basis, difference)) in rows {
            assert!(find(path).is_some(), "{path}");
            assert!(["measured", "documented", "inferred"].contains(&basis), "{path}");
            assert!(difference.is_none_or(|text| !text.is_empty() && !text.contains('\t')), "{path}");
        }
    }
}
