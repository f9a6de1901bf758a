//! Text for a terminal.

use std::fmt::Write as _;

use super::{felt, figures, grouped, in_the_build, is_listed, on_the_wire};
use crate::diff::change::Class;
use crate::diff::{Change, Diff, What};

/// The whole diff, in colour if requested.
pub fn text(diff: &Diff, colour: bool) -> String {
    let mut out = Out { text: String::new(), colour };
    out.line("1", &format!("{} -> {}", diff.old, diff.new));
    out.line("", &figures(diff));
    for class in Class::ALL {
        let groups = grouped(diff, class);
        if groups.is_empty() {
            continue;
        }
        let style = match class {
            Class::Wire => "1;31",
            Class::WireInCases => "1;33",
            Class::Build => "1;35",
            Class::Additions => "1;32",
            Class::Rest => "1;36",
        };
        out.line("", "");
        out.line(style, class.heading());
        for (product, changes) in groups {
            out.line("1", &format!("  {product}"));
            let (listed, told): (Vec<&Change>, Vec<&Change>) =
                changes.into_iter().partition(|change| is_listed(change));
            for change in told {
                out.change(change);
            }
            out.listed(&listed);
        }
    }
    let bump = diff.bump();
    out.line("", "");
    out.line("1", &format!("{bump}: {}", bump.reason(diff)));
    out.text
}

struct Out {
    text: String,
    colour: bool,
}

impl Out {
    fn line(&mut self, style: &str, text: &str) {
        // Writing to a string can't fail.
        let _ = if self.colour && !style.is_empty() {
            writeln!(self.text, "\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            writeln!(self.text, "{text}")
        };
    }

    fn change(&mut self, change: &Change) {
        let detail = if change.detail.is_empty() { String::new() } else { format!(": {}", change.detail) };
        let what = change.what.name();
        let line = if self.colour {
            format!("    {what} \u{1b}[1m{}\u{1b}[0m{detail}", change.at)
        } else {
            format!("    {what} {}{detail}", change.at)
        };
        self.line("", &line);
        let rest = [
            felt(&change.reach),
            on_the_wire(change).map(|said| format!("wire: {said}")),
            in_the_build(change).map(|said| format!("build: {said}")),
        ];
        for said in rest.into_iter().flatten() {
            self.line("", &format!("        {}", said.replace('`', "")));
        }
        if let Some(spot) = change.new.as_ref().or(change.old.as_ref()) {
            let line = spot.line.map(|line| format!(":{line}")).unwrap_or_default();
            self.line("2", &format!("        --> {}{line}  {}", spot.file, spot.at));
        }
    }

    /// Whole items that were added or removed, one line for each kind of change.
    fn listed(&mut self, changes: &[&Change]) {
        let mut sorts: Vec<What> = changes.iter().map(|change| change.what).collect();
        sorts.sort();
        sorts.dedup();
        for sort in sorts {
            let names: Vec<&str> =
                changes.iter().filter(|change| change.what == sort).map(|change| change.at.as_str()).collect();
            self.line("", &format!("    {sort} ({}): {}", names.len(), names.join(", ")));
        }
    }
}
