//! Entries of `sdk.yaml` that nothing in the document matches.

use super::Sdk;
use super::entries::entries;
use crate::diag::Report;

impl Sdk {
    /// Reports each entry that no stage has used: as an error where the document is the one that the file is written
    /// for (`strict`), as a note where it is another.
    pub fn unused(&self, strict: bool, report: &mut Report) {
        for entry in entries(self).iter().filter(|entry| !self.used.contains(entry.at.as_str())) {
            let what = format!("nothing in the document matches `{}`", entry.name);
            if strict {
                report.error(
                    &self.file,
                    &entry.at,
                    what,
                    "correct the name as the document has it, or remove the entry",
                );
            } else {
                report.note(&self.file, &entry.at, what, "");
            }
        }
    }
}
