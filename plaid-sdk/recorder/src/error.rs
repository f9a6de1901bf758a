//! Why a cassette can't be written or read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a cassette can't be written or read. The text says which file, and what to do.
#[derive(Debug)]
pub struct CassetteError {
    path: PathBuf,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    Read(io::Error),
    Write(io::Error),
    Invalid(String),
    Secret(String),
}

impl CassetteError {
    pub(crate) fn read(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), problem: Problem::Read(error) }
    }

    pub(crate) fn write(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), problem: Problem::Write(error) }
    }

    pub(crate) fn invalid(path: &Path, what: String) -> Self {
        Self { path: path.to_owned(), problem: Problem::Invalid(what) }
    }

    pub(crate) fn secret(path: &Path, name: &str) -> Self {
        Self { path: path.to_owned(), problem: Problem::Secret(name.to_owned()) }
    }
}

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.problem {
            Problem::Read(error) => write!(f, "the cassette {path} can't be read: {error}; record it first"),
            Problem::Write(error) => write!(f, "the cassette {path} can't be written: {error}"),
            Problem::Invalid(what) => write!(f, "the cassette {path} is not valid: {what}; record it again"),
            Problem::Secret(name) => write!(
                f,
                "the cassette {path} was not written: the value of `{name}` would be in it, at a place where it can't be \
                 replaced, such as a file"
            ),
        }
    }
}

impl std::error::Error for CassetteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::Read(error) | Problem::Write(error) => Some(error),
            Problem::Invalid(_) | Problem::Secret(_) => None,
        }
    }
}
