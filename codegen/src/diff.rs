//! What changed between two documents, by meaning: each change once, with what it reaches, and what it means for
//! programs on the wire and at compile time.

mod bodies;
mod build;
mod change;
mod constraints;
mod effect;
mod fields;
mod fit;
mod operations;
mod paging;
mod pair;
mod parameters;
mod parts;
mod reach;
mod side;
mod styles;
mod types;
mod version;
mod webhooks;

pub mod show;

pub use self::change::{Change, Effect, Spot, What};
pub use self::reach::Reach;
pub use self::version::{Bump, next};
use crate::config::Sdk;
use crate::diag::Report;
use crate::source::Source;
use crate::surface::{self, Surface};
use crate::{Inputs, Understood, understand};
use api_model::Api;
use api_model::layout::Layout;
use side::Side;

/// A document, ready to be compared.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text, for lines.
    pub source: Source,
    /// What it describes.
    pub api: Api,
    /// How that looks in Rust.
    pub layout: Layout,
    /// What programs can name of that.
    pub surface: Surface,
    /// The data that it was read with.
    pub sdk: Sdk,
    /// What is worth knowing of the document alone.
    pub notes: Report,
}

impl Document {
    /// Reads one.
    ///
    /// # Errors
    /// Those of [`crate::generate`].
    pub fn read(inputs: &Inputs) -> Result<Self, Report> {
        let Understood { source, sdk, api, layout, notes } = understand(inputs, &mut |_| {})?;
        let surface = Surface::of(&api, &layout);
        // Made now, since this may run beside the other document's.
        source.line(&crate::diag::Pointer::root());
        Ok(Self { source, api, layout, surface, sdk, notes })
    }
}

/// All that differs.
#[derive(Clone, Debug)]
pub struct Diff {
    /// `info.version` of the old document.
    pub old: String,
    /// `info.version` of the new one.
    pub new: String,
    /// The changes, worst first, then by product and place.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Whether programs built on the old SDK fail against the new API, in some case at least.
    pub fn breaks_wire(&self) -> bool {
        self.changes.iter().any(|change| change.wire.breaks())
    }

    /// Whether programs that compiled against the old crate don't against the new one.
    pub fn breaks_build(&self) -> bool {
        self.changes.iter().any(Change::breaks_build)
    }

    /// What the changes ask of the crate's version.
    pub fn bump(&self) -> Bump {
        Bump::of(self)
    }
}

/// Compares two documents.
pub fn diff(old: &Document, new: &Document) -> Diff {
    let (old_side, new_side) = (Side::of(old), Side::of(new));
    let pairs = pair::Pairs::of(&old_side, &new_side);
    let mut changes = parts::Changes::new(&old_side, &new_side, &pairs);
    operations::compare(&mut changes);
    webhooks::compare(&mut changes);
    types::compare(&mut changes);
    let mut changes = changes.finish();
    build::attribute(&mut changes, &surface::compare(&old.surface, &new.surface), &old_side, &new_side);
    changes.sort_by_key(Change::order);
    Diff { old: old.api.version.clone(), new: new.api.version.clone(), changes }
}
