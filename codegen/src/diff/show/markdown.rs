//! Markdown for a changelog or a pull request.

use std::fmt::Write as _;

use super::{felt, figures, grouped, in_the_build, is_listed, on_the_wire};
use crate::diff::change::Class;
use crate::diff::{Change, Diff, What};

/// The changes as lists below headings of the third level.
pub fn markdown(diff: &Diff) -> String {
    // Writing to a string can't fail.
    let mut out = String::new();
    let _ = writeln!(out, "Document {} -> {}: {}.\n", code(&diff.old), code(&diff.new), figures(diff));
    for class in Class::ALL {
        let groups = grouped(diff, class);
        if groups.is_empty() {
            continue;
        }
        let _ = writeln!(out, "### {}\n", class.heading());
        for (product, changes) in groups {
            let (listed, told): (Vec<&Change>, Vec<&Change>) =
                changes.into_iter().partition(|change| is_listed(change));
            let _ = writeln!(out, "- {product}");
            for change in told {
                let _ = writeln!(out, "  - {}", line(change));
            }
            for (sort, names) in by_sort(&listed) {
                let names: Vec<String> = names.iter().map(|name| code(name)).collect();
                let _ = writeln!(out, "  - {sort} ({}): {}", names.len(), names.join(", "));
            }
        }
        out.push('\n');
    }
    out
}

fn line(change: &Change) -> String {
    let mut line = format!("{} {}", change.what, code(&change.at));
    if !change.detail.is_empty() {
        let _ = write!(line, ": {}", code(&change.detail));
    }
    for said in [felt(&change.reach), on_the_wire(change), in_the_build(change)].into_iter().flatten() {
        let _ = write!(line, "; {said}");
    }
    line
}

fn by_sort<'a>(changes: &[&'a Change]) -> std::collections::BTreeMap<What, Vec<&'a str>> {
    let mut sorts: std::collections::BTreeMap<What, Vec<&str>> = std::collections::BTreeMap::new();
    for change in changes {
        sorts.entry(change.what).or_default().push(&change.at);
    }
    sorts
}

/// A code span. A backtick would end it; real names contain none.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
