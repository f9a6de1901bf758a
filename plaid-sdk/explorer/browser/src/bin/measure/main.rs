//! What the pages weigh and how fast they are, beside Scalar on the same document. `cargo xtask explorer measure` runs it.

mod ours;
mod scalar;

use std::fmt;

use anyhow::{Result, ensure};
use plaid_explorer_browser::{Browser, Explorer};

/// What is measured, with its unit.
#[derive(Clone, Copy)]
pub enum Amount {
    /// Bytes.
    Bytes(f64),
    /// A number without a unit.
    Count(f64),
    /// Milliseconds.
    Time(f64),
}

impl Amount {
    fn number(self) -> f64 {
        match self {
            Self::Bytes(number) | Self::Count(number) | Self::Time(number) => number,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::Bytes(number) if number >= 1e6 => format!("{:.1} MB", number / 1e6),
            Self::Bytes(number) => format!("{:.1} KB", number / 1e3),
            Self::Count(number) => format!("{number:.0}"),
            Self::Time(number) => format!("{number:.0} ms"),
        };
        f.pad(&text)
    }
}

/// A figure with its bar: the most that it may be.
pub struct Figure {
    what: String,
    ours: Amount,
    bar: Option<Amount>,
    scalar: Option<Amount>,
}

impl Figure {
    /// A figure of our pages without a bar.
    pub fn new(what: impl Into<String>, ours: Amount) -> Self {
        Self { what: what.into(), ours, bar: None, scalar: None }
    }

    /// With the most that it may be.
    #[must_use]
    pub fn at_most(mut self, bar: Amount) -> Self {
        self.bar = Some(bar);
        self
    }

    /// The same of Scalar.
    #[must_use]
    pub fn against(mut self, scalar: Amount) -> Self {
        self.scalar = Some(scalar);
        self
    }

    fn is_missed(&self) -> bool {
        self.bar.is_some_and(|bar| self.ours.number() > bar.number())
    }
}

fn main() -> Result<()> {
    let explorer = Explorer::start(&[])?;
    let browser = Browser::start()?;
    let other = scalar::measure(&browser, &explorer.url)?;
    let figures = ours::measure(&browser, &explorer.url, &other)?;
    println!("{:<58} {:>14} {:>14} {:>14}", "", "ours", "bar", "Scalar");
    for figure @ Figure { what, ours, bar, scalar } in &figures {
        let text = |amount: &Option<Amount>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        let missed = if figure.is_missed() { "  missed" } else { "" };
        println!("{what:<58} {ours:>14} {:>14} {:>14}{missed}", text(bar), text(scalar));
    }
    let missed = figures.iter().filter(|figure| figure.is_missed()).count();
    ensure!(missed == 0, "{missed} of {} figures miss their bar", figures.len());
    Ok(())
}
