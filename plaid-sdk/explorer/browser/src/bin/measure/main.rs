//! What the pages weigh and how fast they are, beside Scalar on the same document. `cargo xtask explorer measure` runs it.

mod ours;
mod scalar;

use anyhow::Result;
use plaid_explorer_browser::{Browser, Explorer};

/// A figure with its bar.
pub struct Figure {
    what: String,
    ours: String,
    bar: &'static str,
    scalar: String,
}

impl Figure {
    /// A figure that only our pages have.
    pub fn new(what: &str, ours: impl Into<String>, bar: &'static str) -> Self {
        Self { what: what.to_owned(), ours: ours.into(), bar, scalar: String::new() }
    }

    /// The same of Scalar.
    #[must_use]
    pub fn against(mut self, scalar: impl Into<String>) -> Self {
        self.scalar = scalar.into();
        self
    }
}

fn main() -> Result<()> {
    let explorer = Explorer::start(&[])?;
    let browser = Browser::start()?;
    let other = scalar::measure(&browser, &explorer.url)?;
    let figures = ours::measure(&browser, &explorer.url, &other)?;
    println!("{:<58} {:>14} {:>14} {:>14}", "", "ours", "bar", "Scalar");
    for Figure { what, ours, bar, scalar } in figures {
        println!("{what:<58} {ours:>14} {bar:>14} {scalar:>14}");
    }
    Ok(())
}
