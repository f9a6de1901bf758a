//! Reads and writes files. Writes only those that changed, and all of them or none.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::journal::{self, Journal};
use crate::workspace;

/// Reads a text file.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("error: {}: {error}", path.display()))
}

/// Reads a text file that may be missing.
pub fn read_if_there(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("error: {}: {error}", path.display())),
    }
}

/// Files to write and to remove, compared with those on disk.
#[derive(Debug, Default)]
pub struct Plan {
    write: BTreeMap<PathBuf, (Option<Vec<u8>>, Vec<u8>)>,
    remove: BTreeMap<PathBuf, String>,
    unchanged: Vec<PathBuf>,
}

impl Plan {
    /// Adds a file to write.
    pub fn put(&mut self, path: PathBuf, content: impl Into<Vec<u8>>) -> Result<(), String> {
        let content = content.into();
        let old = match fs::read(&path) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(format!("error: {}: {error}", path.display())),
        };
        if old.as_ref() == Some(&content) {
            self.unchanged.push(path);
        } else {
            self.write.insert(path, (old, content));
        }
        Ok(())
    }

    /// Removes every other file of a folder that only the generator writes.
    pub fn own(&mut self, folder: &Path, kept: &[PathBuf]) -> Result<(), String> {
        for path in walk(folder)? {
            if !kept.contains(&path) {
                let old = fs::read(&path).map_err(|error| format!("error: {}: {error}", path.display()))?;
                self.remove.insert(path, String::from_utf8_lossy(&old).into_owned());
            }
        }
        Ok(())
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty()
    }

    /// How many files are written, removed and unchanged.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.write.len(), self.remove.len(), self.unchanged.len())
    }

    /// Every file that was compared.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.write.keys().chain(self.remove.keys()).chain(&self.unchanged)
    }

    /// The changes as a unified diff, cut after a number of lines.
    pub fn diff(&self, lines: usize) -> String {
        let mut out = String::new();
        let written = self.write.iter().map(|(path, (old, new))| (path, old.as_deref().unwrap_or_default(), &new[..]));
        let removed = self.remove.iter().map(|(path, old)| (path, old.as_bytes(), &[][..]));
        for (path, old, new) in written.chain(removed) {
            let shown = crate::workspace::shown(path);
            let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) else {
                out.push_str(&format!("{shown}: {} bytes became {} other ones\n", old.len(), new.len()));
                continue;
            };
            let diff = TextDiff::from_lines(old, new);
            let text = diff.unified_diff().context_radius(2).header(&shown, &shown).to_string();
            text.lines().for_each(|line| out.push_str(&short(line)));
        }
        let total = out.lines().count();
        if total > lines {
            let mut cut: String = out.lines().take(lines).flat_map(|line| [line, "\n"]).collect();
            cut.push_str(&format!("… and {} more lines\n", total - lines));
            return cut;
        }
        out
    }

    /// Writes and removes the files, all of them even if interrupted (see [`Journal`]).
    pub fn carry_out(&self) -> Result<(), String> {
        let contents = self.write.iter().map(|(path, (_, content))| (path.as_path(), content));
        let Some(journal) = Journal::stage(&workspace::root(), contents, self.remove.keys())? else {
            return Ok(());
        };
        journal.finish()
    }
}

/// The beginning of a line, with a line break: lines of data are long.
fn short(line: &str) -> String {
    const MOST: usize = 240;
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…\n", &line[..end]),
        None => format!("{line}\n"),
    }
}

/// The files directly in a folder, sorted, without hidden ones.
pub fn visible(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let is_visible = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        path.parent() == Some(folder) && name.is_none_or(|name| !name.starts_with('.'))
    };
    Ok(walk(folder)?.into_iter().filter(is_visible).collect())
}

/// Every file below a folder, without those staged by an interrupted run; none if the folder is missing.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: io::Error| format!("error: {}: {error}", folder.display());
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.extend(walk(&path)?);
        } else if !journal::is_waiting(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
