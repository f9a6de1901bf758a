//! What the last `cargo xtask gen` read and wrote. If nothing has changed since, the next one has nothing to do.
//!
//! A file in the target folder has one hash of what was read (the generator's program and `spec/`) and one of what was
//! written. The first is taken before the run and the second after it, so a file that is edited meanwhile counts as changed.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::files::{self, Plan};
use crate::workspace;

/// What the generator writes: files, and folders that contain nothing else.
const WRITTEN: &[&str] = &["README.md", "plaid-sdk/Cargo.toml", "plaid-sdk/catalog/data", "plaid-sdk/src/generated"];

/// What a run reads.
pub struct Run {
    root: PathBuf,
    record: PathBuf,
    read: String,
}

impl Run {
    /// The run that begins now.
    pub fn begin() -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| format!("error: the generator's program: {error}"))?;
        Self::of(workspace::root(), &program, workspace::target().join("xtask/last-run"))
    }

    fn of(root: PathBuf, program: &Path, record: PathBuf) -> Result<Self, String> {
        let read = hash(&[program.to_owned(), root.join("spec")])?;
        Ok(Self { root, record, read })
    }

    /// Whether the last run read and wrote what is on disk now.
    pub fn is_repeated(&self) -> Result<bool, String> {
        let last = files::read_if_there(&self.record)?;
        Ok(match last {
            Some(last) if last.starts_with(&self.read) => last == self.text()?,
            _ => false,
        })
    }

    /// Records this run, after it has written its files.
    pub fn finish(&self, plan: &Plan) -> Result<(), String> {
        let written: Vec<PathBuf> = WRITTEN.iter().map(|path| self.root.join(path)).collect();
        if let Some(other) = plan.paths().find(|path| !written.iter().any(|known| path.starts_with(known))) {
            return Err(format!(
                "error: {} is generated; add it to WRITTEN in xtask/src/last_run.rs",
                workspace::shown(other)
            ));
        }
        let failed = |error: std::io::Error| format!("error: {}: {error}", self.record.display());
        let text = self.text()?;
        if let Some(folder) = self.record.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&self.record, text).map_err(failed)
    }

    fn text(&self) -> Result<String, String> {
        let written: Vec<PathBuf> = WRITTEN.iter().map(|path| self.root.join(path)).collect();
        Ok(format!("{}\n{}\n", self.read, hash(&written)?))
    }
}

/// One hash of files and of all files in folders, with their paths.
fn hash(paths: &[PathBuf]) -> Result<String, String> {
    let mut all = Sha256::new();
    for path in paths {
        let files = if path.is_file() { vec![path.clone()] } else { files::walk(path)? };
        for file in files {
            let content = fs::read(&file).map_err(|error| format!("error: {}: {error}", file.display()))?;
            let name = file.as_os_str().as_encoded_bytes();
            // Each length before its bytes, so that no two lists of files give the same bytes.
            for bytes in [name, &content] {
                all.update((bytes.len() as u64).to_le_bytes());
                all.update(bytes);
            }
        }
    }
    Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small workspace and a program, with one run recorded.
    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("xtask-last-run-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            let place = Self(root);
            for file in
                ["program", "spec/sdk.yaml", "README.md", "plaid-sdk/Cargo.toml", "plaid-sdk/src/generated/mod.rs"]
            {
                place.write(file, "old");
            }
            let run = place.run();
            assert!(!run.is_repeated().unwrap(), "nothing is recorded");
            run.finish(&Plan::default()).unwrap();
            assert!(place.run().is_repeated().unwrap());
            place
        }

        fn write(&self, file: &str, text: &str) {
            let path = self.0.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn run(&self) -> Run {
            Run::of(self.0.clone(), &self.0.join("program"), self.0.join("target/xtask/last-run")).unwrap()
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn any_changed_new_or_missing_file_is_a_reason_to_run() {
        let changed =
            ["program", "spec/sdk.yaml", "README.md", "plaid-sdk/Cargo.toml", "plaid-sdk/src/generated/mod.rs"];
        let new = ["spec/docs/new.yaml", "plaid-sdk/src/generated/extra.rs", "plaid-sdk/catalog/data/api.json"];
        for file in changed.into_iter().chain(new) {
            let place = Place::new("changed");
            place.write(file, "new");
            assert!(!place.run().is_repeated().unwrap(), "{file}");
        }
        for file in ["spec/sdk.yaml", "README.md", "plaid-sdk/src/generated/mod.rs"] {
            let place = Place::new("missing");
            fs::remove_file(place.0.join(file)).unwrap();
            assert!(!place.run().is_repeated().unwrap(), "{file}");
        }
        let place = Place::new("elsewhere");
        place.write("plaid-sdk/src/client.rs", "new");
        assert!(place.run().is_repeated().unwrap(), "the generator does not read the runtime");
    }

    #[test]
    fn a_file_edited_during_a_run_counts_as_changed() {
        let place = Place::new("during");
        let run = place.run();
        place.write("spec/sdk.yaml", "edited");
        run.finish(&Plan::default()).unwrap();
        assert!(!place.run().is_repeated().unwrap());
    }

    #[test]
    fn a_generated_file_that_is_not_compared_is_an_error() {
        let place = Place::new("other");
        let mut plan = Plan::default();
        plan.put(place.0.join("plaid-sdk/elsewhere.rs"), "text").unwrap();
        assert!(place.run().finish(&plan).is_err_and(|error| error.contains("elsewhere.rs is generated")));
    }
}
