//! Changes many files as one: after an interruption, either nothing has changed or the next run finishes the change.
//!
//! Each new content is first written to a file next to its destination. Then the journal, a list of the moves and
//! removals, is written in one step; from then on the change counts as made. After an interruption the next run repeats
//! the whole list. That is safe: moving a file that was moved before, or removing one that is gone, does nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The moves and removals of a change.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// New files, which wait next to their destinations.
    moves: Vec<(PathBuf, PathBuf)>,
    /// Files to remove.
    removals: Vec<PathBuf>,
    #[serde(skip)]
    at: PathBuf,
}

impl Journal {
    /// Where a workspace's journal is.
    fn place(root: &Path) -> PathBuf {
        root.join(".xtask-journal.json")
    }

    /// Prepares a change. If this fails or is interrupted, no file has changed yet.
    pub fn stage<'a, T: AsRef<[u8]>>(
        root: &Path,
        write: impl Iterator<Item = (&'a Path, T)>,
        remove: impl Iterator<Item = &'a PathBuf>,
    ) -> Result<Option<Self>, String> {
        let mut journal = Self { moves: Vec::new(), removals: remove.cloned().collect(), at: Self::place(root) };
        for (path, text) in write {
            let waiting = beside(path);
            journal.moves.push((waiting.clone(), path.to_owned()));
            if let Err(error) = put(&waiting, text.as_ref()) {
                journal.discard();
                return Err(error);
            }
        }
        if journal.moves.is_empty() && journal.removals.is_empty() {
            return Ok(None);
        }
        let text = serde_json::to_string(&journal).map_err(|error| format!("error: {error}"))?;
        let waiting = beside(&journal.at);
        let committed = put(&waiting, text.as_bytes())
            .and_then(|()| fs::rename(&waiting, &journal.at).map_err(failed(&journal.at)));
        match committed {
            Ok(()) => Ok(Some(journal)),
            Err(error) => {
                journal.discard();
                Err(error)
            }
        }
    }

    /// The journal of an interrupted run, if there is one.
    pub fn left_over(root: &Path) -> Result<Option<Self>, String> {
        let at = Self::place(root);
        let text = match fs::read_to_string(&at) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&at)(error)),
        };
        let journal: Self = serde_json::from_str(&text).map_err(|error| {
            format!("error: {}: {error}; this is not the journal of an interrupted run; remove it", at.display())
        })?;
        Ok(Some(Self { at, ..journal }))
    }

    /// Carries out the moves and removals.
    pub fn finish(&self) -> Result<(), String> {
        for step in 0..self.steps() {
            self.step(step)?;
        }
        gone(&self.at)
    }

    fn steps(&self) -> usize {
        self.moves.len() + self.removals.len()
    }

    fn step(&self, index: usize) -> Result<(), String> {
        match (self.moves.get(index), self.removals.get(index.saturating_sub(self.moves.len()))) {
            (Some((waiting, path)), _) => match fs::rename(waiting, path) {
                // It was moved before the interruption.
                Err(error) if error.kind() == io::ErrorKind::NotFound && path.exists() => Ok(()),
                done => done.map_err(failed(path)),
            },
            (None, Some(path)) => gone(path),
            (None, None) => Ok(()),
        }
    }

    /// Removes the staged files.
    fn discard(&self) {
        for (waiting, _) in &self.moves {
            // If this fails, the file was never written, or it stays and is overwritten next time.
            let _ = fs::remove_file(waiting);
        }
    }
}

/// The suffix of a new file that waits to be moved.
const WAITING: &str = ".xtask-new";

/// Whether a file waits to be moved to its place.
pub fn is_waiting(path: &Path) -> bool {
    path.to_string_lossy().ends_with(WAITING)
}

/// Where a new text waits. The suffix follows the whole name, so that `Cargo.toml` and `Cargo.lock` differ.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(WAITING);
    PathBuf::from(name)
}

fn put(path: &Path, content: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(path)?;
        io::Write::write_all(&mut file, content)
    };
    write().map_err(failed(path))
}

fn gone(path: &Path) -> Result<(), String> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(path)(error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> String {
    let path = path.display().to_string();
    move |error| format!("error: {path}: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Tree(PathBuf);

    impl Tree {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("xtask-journal-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            fs::create_dir_all(&root).unwrap();
            for (file, text) in [("a", "old a"), ("b", "old b"), ("c", "old c")] {
                fs::write(root.join(file), text).unwrap();
            }
            Self(root)
        }

        fn files(&self) -> Vec<(String, String)> {
            let entries = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path());
            let text = |path: &Path| fs::read_to_string(path).unwrap();
            let mut files: Vec<(String, String)> =
                entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), text(&path))).collect();
            files.sort();
            files
        }

        fn stage(&self) -> Result<Option<Journal>, String> {
            let texts = [("a", "new a"), ("b", "new b"), ("d", "new d")].map(|(file, text)| (self.0.join(file), text));
            let gone = [self.0.join("c")];
            Journal::stage(&self.0, texts.iter().map(|(path, text)| (path.as_path(), *text)), gone.iter())
        }
    }

    impl Drop for Tree {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_run_interrupted_after_any_step_is_finished_by_the_next() {
        for done in 0..=4 {
            let tree = Tree::new(&format!("steps{done}"));
            let journal = tree.stage().unwrap().unwrap();
            for step in 0..done {
                journal.step(step).unwrap();
            }
            drop(journal);
            Journal::left_over(&tree.0).unwrap().unwrap().finish().unwrap();
            assert_eq!(tree.files(), pairs(&[("a", "new a"), ("b", "new b"), ("d", "new d")]), "after {done} steps");
            assert!(Journal::left_over(&tree.0).unwrap().is_none());
        }
    }

    #[test]
    fn if_staging_fails_no_file_is_changed() {
        let tree = Tree::new("staging");
        // A folder has the name under which the new file would wait.
        fs::create_dir_all(tree.0.join("sub/d.xtask-new")).unwrap();
        let texts = [("a", "new a"), ("sub/d", "new d")].map(|(file, text)| (tree.0.join(file), text));
        let staged = Journal::stage(&tree.0, texts.iter().map(|(path, text)| (path.as_path(), *text)), [].iter());
        assert!(staged.is_err_and(|error| error.contains("sub/d.xtask-new")));
        fs::remove_dir_all(tree.0.join("sub")).unwrap();
        assert_eq!(tree.files(), pairs(&[("a", "old a"), ("b", "old b"), ("c", "old c")]));
        assert!(Journal::left_over(&tree.0).unwrap().is_none());
    }

    #[test]
    fn a_file_that_is_not_a_journal_is_an_error() {
        let tree = Tree::new("broken");
        fs::write(Journal::place(&tree.0), "{").unwrap();
        assert!(Journal::left_over(&tree.0).is_err_and(|error| error.contains("remove it")));
    }
}
