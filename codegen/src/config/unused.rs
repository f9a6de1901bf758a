//! Entries of `sdk.yaml` that nothing in the document matches.

use super::Sdk;
use super::entries::entries;
use crate::diag::Report;

impl Sdk {
    /// Reports each entry that no stage has used: as an error if the file is written for this document (`strict`), or
    /// as a note if it is written for another one.
    pub fn unused(&self, strict: bool, report: &mut Report) {
        for entry in entries(self).iter().filter(|entry| !self.used.contains(entry.at.as_str())) {
            let what = format!("nothing in the document matches `{}`", entry.name);
            if strict {
                report.error(
                    &self.file,
                    &entry.at,
                    what,
                    "correct the name to the one in the document, or remove the entry",
                );
            } else {
                report.note(&self.file, &entry.at, what, "");
            }
        }
    }
}
