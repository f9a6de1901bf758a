//! Entries of the maintainers' data that matched nothing, stand twice, or contradict one another.

use std::collections::HashMap;

use super::{SDK_FILE, Sdk, Selection};
use crate::diag::{Pointer, Report, Severity};

impl Sdk {
    /// Reports entries that no stage has used: errors where `strict`, else notes.
    pub fn report_unused(&self, strict: bool, report: &mut Report) {
        let severity = if strict { Severity::Error } else { Severity::Note };
        for (at, entry) in self.entries() {
            if !self.used.contains(at.as_str()) {
                report.push(
                    severity,
                    SDK_FILE,
                    &at,
                    format!("`{entry}` matches nothing in the document"),
                    "take it out, or mend the name".to_owned(),
                );
            }
        }
    }

    /// Reports entries that stand twice in a list or in two lists that exclude each other.
    pub fn report_contradictions(&self, report: &mut Report) {
        let root = Pointer::root();
        let numbers = root.child("numbers");
        let groups: [&[(&Selection, Pointer)]; 2] = [
            &[(&self.redact, root.child("redact"))],
            &[
                (&self.numbers.decimal, numbers.child("decimal")),
                (&self.numbers.float, numbers.child("float")),
                (&self.numbers.integer, numbers.child("integer")),
            ],
        ];
        for group in groups {
            let mut seen: HashMap<&str, Pointer> = HashMap::new();
            let entries = group.iter().flat_map(|(selection, at)| selection.entries(at));
            for (at, entry) in entries.filter(|(at, _)| !at.as_str().contains("/except/")) {
                if let Some(first) = seen.insert(entry, at.clone()) {
                    let what = format!("`{entry}` stands at {first} already");
                    report.error(SDK_FILE, &at, what, "keep one of them");
                }
            }
        }
        let mut paths: HashMap<&str, Pointer> = HashMap::new();
        for (name, module) in &self.modules {
            for (index, path) in module.paths.iter().enumerate() {
                let at = root.child("modules").child(name).child("paths").index(index);
                if let Some(first) = paths.insert(path, at.clone()) {
                    report.error(
                        SDK_FILE,
                        &at,
                        format!("`{path}` belongs to a module at {first} already"),
                        "keep one of them",
                    );
                }
            }
        }
    }

    /// Every entry that is to match something.
    fn entries(&self) -> Vec<(Pointer, &str)> {
        let root = Pointer::root();
        let mut entries: Vec<(Pointer, &str)> = Vec::new();
        let credentials = root.child("credentials");
        for (at, list) in [
            (root.child("docs").child("ignore"), &self.docs.ignore),
            (credentials.child("schemas"), &self.credentials.schemas),
            (credentials.child("keep"), &self.credentials.keep),
        ] {
            entries.extend(list.iter().enumerate().map(|(index, entry)| (at.index(index), entry.as_str())));
        }
        for (name, module) in &self.modules {
            let at = root.child("modules").child(name);
            entries.push((at.clone(), name));
            let paths = module.paths.iter().enumerate();
            entries.extend(paths.map(|(index, path)| (at.child("paths").index(index), path.as_str())));
        }
        let names = root.child("names");
        for (list, of) in [
            ("types", &self.names.types),
            ("fields", &self.names.fields),
            ("variants", &self.names.variants),
            ("operations", &self.names.operations),
        ] {
            entries.extend(of.keys().map(|key| (names.child(list).child(key), key.as_str())));
        }
        let numbers = root.child("numbers");
        for (selection, at) in [
            (&self.redact, root.child("redact")),
            (&self.numbers.decimal, numbers.child("decimal")),
            (&self.numbers.decimal_string, numbers.child("decimal_string")),
            (&self.numbers.float, numbers.child("float")),
            (&self.numbers.integer, numbers.child("integer")),
        ] {
            entries.extend(selection.entries(&at));
        }
        entries
    }
}

impl Selection {
    fn entries(&self, at: &Pointer) -> Vec<(Pointer, &str)> {
        let lists = [
            ("properties", &self.properties),
            ("fields", &self.fields),
            ("schemas", &self.schemas),
            ("except", &self.except),
        ];
        let entries = lists.into_iter().flat_map(|(name, list)| {
            let at = at.child(name);
            list.iter().enumerate().map(move |(index, entry)| (at.index(index), entry.as_str()))
        });
        entries.collect()
    }
}
