//! Changing many files as one: an interrupted run leaves everything as it was, or is finished by the next one.
//!
//! Each new text is first written beside its place. Then the list of what is to be done is written, in one step: from then
//! on the change counts as made. What is left of it after an interruption is done by whoever comes next, since moving a file
//! that was moved already, and removing one that is gone, are nothing to do.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What of a change is still to be done.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// New files that wait beside their places.
    moves: Vec<(PathBuf, PathBuf)>,
    /// Files to remove.
    removals: Vec<PathBuf>,
    #[serde(skip)]
    at: PathBuf,
}

impl Journal {
    /// Where a workspace's journal stands.
    fn place(root: &Path) -> PathBuf {
        root.join(".xtask-journal.json")
    }

    /// Gets a change ready. Nothing but files beside the places has changed when it fails or is interrupted.
    pub fn stage<'a>(
        root: &Path,
        write: impl Iterator<Item = (&'a Path, &'a str)>,
        remove: impl Iterator<Item = &'a PathBuf>,
    ) -> Result<Option<Self>, String> {
        let mut journal = Self { moves: Vec::new(), removals: remove.cloned().collect(), at: Self::place(root) };
        for (path, text) in write {
            let waiting = beside(path);
            journal.moves.push((waiting.clone(), path.to_owned()));
            if let Err(error) = put(&waiting, text) {
                journal.discard();
                return Err(error);
            }
        }
        if journal.moves.is_empty() && journal.removals.is_empty() {
            return Ok(None);
        }
        let text = serde_json::to_string(&journal).map_err(|error| format!("error: {error}"))?;
        let waiting = beside(&journal.at);
        let committed =
            put(&waiting, &text).and_then(|()| fs::rename(&waiting, &journal.at).map_err(failed(&journal.at)));
        match committed {
            Ok(()) => Ok(Some(journal)),
            Err(error) => {
                journal.discard();
                Err(error)
            }
        }
    }

    /// What an interrupted run left to be done.
    pub fn left_over(root: &Path) -> Result<Option<Self>, String> {
        let at = Self::place(root);
        let text = match fs::read_to_string(&at) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&at)(error)),
        };
        let journal: Self = serde_json::from_str(&text).map_err(|error| {
            format!("error: {}: {error}; this is no journal of an interrupted run, so remove it", at.display())
        })?;
        Ok(Some(Self { at, ..journal }))
    }

    /// Does what is left.
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

    /// Takes back what was staged.
    fn discard(&self) {
        for (waiting, _) in &self.moves {
            // What can't be removed either was never there, or stays and harms nobody.
            let _ = fs::remove_file(waiting);
        }
    }
}

/// What the name of a new file ends in while it waits.
const WAITING: &str = ".xtask-new";

/// Whether a file is one that waits to be moved to its place.
pub fn is_waiting(path: &Path) -> bool {
    path.to_string_lossy().ends_with(WAITING)
}

/// Where a new text waits. Added to the whole name: `Cargo.toml` and `Cargo.lock` must not meet.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(WAITING);
    PathBuf::from(name)
}

fn put(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(path)?;
        io::Write::write_all(&mut file, text.as_bytes())
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
    fn whatever_the_step_it_is_interrupted_after_the_next_run_finishes_it() {
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
    fn what_can_not_be_staged_whole_leaves_everything_as_it_was() {
        let tree = Tree::new("staging");
        // Where a new file is to wait, a folder stands.
        fs::create_dir_all(tree.0.join("sub/d.xtask-new")).unwrap();
        let texts = [("a", "new a"), ("sub/d", "new d")].map(|(file, text)| (tree.0.join(file), text));
        let staged = Journal::stage(&tree.0, texts.iter().map(|(path, text)| (path.as_path(), *text)), [].iter());
        assert!(staged.is_err_and(|error| error.contains("sub/d.xtask-new")));
        fs::remove_dir_all(tree.0.join("sub")).unwrap();
        assert_eq!(tree.files(), pairs(&[("a", "old a"), ("b", "old b"), ("c", "old c")]));
        assert!(Journal::left_over(&tree.0).unwrap().is_none());
    }

    #[test]
    fn a_file_that_is_no_journal_is_told() {
        let tree = Tree::new("broken");
        fs::write(Journal::place(&tree.0), "{").unwrap();
        assert!(Journal::left_over(&tree.0).is_err_and(|error| error.contains("remove it")));
    }
}
