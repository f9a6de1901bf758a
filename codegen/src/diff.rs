//! The changes between two documents, by meaning. Each change is reported once, with the operations and webhooks that
//! it affects, and whether it breaks programs on the wire or at compile time.

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

/// A document that is ready to be compared.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text, to look up lines.
    pub source: Source,
    /// The API that it describes.
    pub api: Api,
    /// How the API looks in Rust.
    pub layout: Layout,
    /// The public items that programs can name.
    pub surface: Surface,
    /// The data that it was read with.
    pub sdk: Sdk,
    /// The notes on this document.
    pub notes: Report,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// The same as for [`crate::generate`].
    pub fn read(inputs: &Inputs) -> Result<Self, Report> {
        Ok(Self::of(understand(inputs, &mut |_| {})?))
    }

    /// A document that was read.
    pub fn of(understood: Understood) -> Self {
        let Understood { source, sdk, api, layout, notes } = understood;
        let surface = Surface::of(&api, &layout);
        Self { source, api, layout, surface, sdk, notes }
    }
}

/// All changes between two documents.
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
    /// Whether programs built on the old SDK fail against the new API, at least in some cases.
    pub fn breaks_wire(&self) -> bool {
        self.changes.iter().any(|change| change.wire.breaks())
    }

    /// Whether programs that compile against the old crate may not compile against the new one.
    pub fn breaks_build(&self) -> bool {
        self.changes.iter().any(Change::breaks_build)
    }

    /// The version bump that the changes require.
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
