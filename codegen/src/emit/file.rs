//! A generated file.

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the output folder.
    pub path: String,
    /// Its content.
    pub text: String,
}
