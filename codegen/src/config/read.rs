//! Reading the maintainers' files, with the place of what is wrong.

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::{Fixups, Sdk};
use crate::diag::{Pointer, Report};
use crate::source::Source;

impl Sdk {
    /// Reads `sdk.yaml`. What is wrong with it is in the report.
    pub fn read(source: &Source, report: &mut Report) -> Option<Self> {
        read(source, report)
    }
}

impl Fixups {
    /// Reads `fixups.yaml`. What is wrong with it is in the report.
    pub fn read(source: &Source, report: &mut Report) -> Option<Self> {
        // A file with nothing but comments has no fixups.
        if source.value.is_null() {
            return Some(Self::default());
        }
        let fixups: Self = read(source, report)?;
        for (index, fixup) in fixups.0.iter().enumerate() {
            let at = Pointer::root().index(index);
            if fixup.why.trim().is_empty() {
                report.error(
                    &source.name,
                    &at.child("why"),
                    "a fixup must say why",
                    "tell what shows that the document is wrong",
                );
            }
            if fixups.0.iter().take(index).any(|other| other.at == fixup.at) {
                report.error(&source.name, &at, format!("{} is corrected twice", fixup.at), "put both into one fixup");
            }
        }
        Some(fixups)
    }
}

fn read<T: DeserializeOwned>(source: &Source, report: &mut Report) -> Option<T> {
    match serde_path_to_error::deserialize::<_, T>(&source.value) {
        Ok(value) => Some(value),
        Err(error) => {
            let mut at = Pointer::root();
            for segment in error.path() {
                at = match segment {
                    Segment::Seq { index } => at.index(*index),
                    Segment::Map { key } => at.child(key),
                    Segment::Enum { variant } => at.child(variant),
                    Segment::Unknown => at,
                };
            }
            let what = error.into_inner().to_string();
            report.error(&source.name, &at, what, "codegen/src/config.rs says what may stand in this file");
            None
        }
    }
}
