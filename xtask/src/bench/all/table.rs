//! The table: each figure beside its peer's, and whether it meets its bar.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::rows::{Bar, Row};

/// The figures that were written down, by their names. The best of several runs is not chosen here: the last one counts.
pub type Figures = BTreeMap<String, f64>;

/// Reads the file of the figures.
pub fn read(text: &str) -> Result<Figures, String> {
    let mut figures = Figures::new();
    for line in text.lines() {
        let pair = line.split_once('\t').and_then(|(name, value)| Some((name, value.parse::<f64>().ok()?)));
        let (name, value) =
            pair.ok_or_else(|| format!("error: a benchmark wrote {line:?}; a figure is a name and a number"))?;
        figures.insert(name.to_owned(), value);
    }
    Ok(figures)
}

/// The table as Markdown, with what is wrong.
#[derive(Debug, Default)]
pub struct Table {
    pub text: String,
    /// Figures that don't meet their bars.
    pub missed: Vec<String>,
    /// Figures and peers that were not measured.
    pub missing: Vec<String>,
}

impl Table {
    pub fn new() -> Self {
        let head = "| figure | ours | peer | bar | |\n|---|---|---|---|---|\n";
        Self { text: head.to_owned(), ..Self::default() }
    }

    /// Adds lines for rows that were measured.
    pub fn add(&mut self, rows: &[Row], figures: &Figures) {
        for row in rows {
            let ours = figures.get(row.figure).copied();
            let peer = row.peer.as_ref().and_then(|peer| figures.get(peer.figure).copied());
            if ours.is_none() {
                self.missing.push(row.what.to_owned());
            }
            let shown_peer = match (&row.peer, peer) {
                (None, _) => String::new(),
                (Some(of), Some(value)) => format!("{} ({})", with_unit(value, row.unit), of.title),
                (Some(of), None) => {
                    self.missing.push(format!("{}, of {}", row.what, of.title));
                    format!("not measured ({})", of.title)
                }
            };
            let met = row.bar.and_then(|bar| is_met(bar, ours?, peer));
            if met == Some(false) {
                self.missed.push(row.what.to_owned());
            }
            let verdict = match (row.bar, met) {
                (None, _) => "",
                (_, Some(true)) => "met",
                (_, Some(false)) => "MISSED",
                (_, None) => "not known",
            };
            let ours = ours.map_or_else(|| "not measured".to_owned(), |value| with_unit(value, row.unit));
            let bar = row.bar.map(|bar| shown(bar, row.unit)).unwrap_or_default();
            let _written = writeln!(self.text, "| {} | {ours} | {shown_peer} | {bar} | {verdict} |", row.what);
        }
    }
}

/// Whether a figure meets its bar, if that is known.
fn is_met(bar: Bar, ours: f64, peer: Option<f64>) -> Option<bool> {
    Some(match bar {
        Bar::AtMost(most) => ours <= most,
        Bar::AtLeast(least) => ours >= least,
        Bar::TimesPeer(times) => ours <= times * peer?,
        Bar::AtLeastTimesPeer(times) => ours >= times * peer?,
        Bar::MoreThanPeer(more) => ours <= peer? + more,
    })
}

fn shown(bar: Bar, unit: &str) -> String {
    match bar {
        Bar::AtMost(most) => format!("at most {}", with_unit(most, unit)),
        Bar::AtLeast(least) => format!("at least {}", with_unit(least, unit)),
        Bar::TimesPeer(times) => format!("at most {} times the peer", short(times)),
        Bar::AtLeastTimesPeer(times) => format!("at least {} times the peer", short(times)),
        Bar::MoreThanPeer(more) => format!("at most {} more than the peer", with_unit(more, unit)),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    format!("{} {unit}", short(value)).trim_end().to_owned()
}

/// Three digits that count, and no more after the point than that.
fn short(value: f64) -> String {
    let decimals = match value.abs() {
        big if big >= 100.0 => 0,
        big if big >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::super::rows::Peer;
    use super::*;

    fn row(figure: &'static str, bar: Option<Bar>, peer: Option<&'static str>) -> Row {
        let peer = peer.map(|figure| Peer { figure, title: "Other" });
        Row { figure, what: figure, unit: "ms", peer, bar }
    }

    #[test]
    fn a_missed_bar_and_a_missing_figure_are_said() {
        let figures = read("fast\t12.345\nslow\t200\nother\t100\n").unwrap();
        let mut table = Table::new();
        table.add(
            &[
                row("fast", Some(Bar::TimesPeer(0.5)), Some("other")),
                row("slow", Some(Bar::AtMost(150.0)), Some("nobody")),
                row("absent", Some(Bar::AtLeast(1.0)), None),
                row("other", None, None),
            ],
            &figures,
        );
        let lines: Vec<_> = table.text.lines().skip(2).collect();
        let expected = [
            "| fast | 12.3 ms | 100 ms (Other) | at most 0.5 times the peer | met |",
            "| slow | 200 ms | not measured (Other) | at most 150 ms | MISSED |",
            "| absent | not measured |  | at least 1 ms | not known |",
            "| other | 100 ms |  |  |  |",
        ];
        assert_eq!(lines, expected);
        assert_eq!(table.missed, ["slow"]);
        assert_eq!(table.missing, ["slow, of Other", "absent"]);
        assert!(read("no figure").is_err_and(|error| error.contains("no figure")));
    }

    #[test]
    fn bars_can_be_about_the_peer() {
        assert_eq!(is_met(Bar::MoreThanPeer(4.0), 103.9, Some(100.0)), Some(true));
        assert_eq!(is_met(Bar::MoreThanPeer(4.0), 104.1, Some(100.0)), Some(false));
        assert_eq!(is_met(Bar::AtLeastTimesPeer(1.1), 105.0, Some(100.0)), Some(false));
        assert_eq!(is_met(Bar::TimesPeer(0.2), 20.0, Some(100.0)), Some(true));
        assert_eq!(is_met(Bar::TimesPeer(0.2), 20.0, None), None);
    }
}
