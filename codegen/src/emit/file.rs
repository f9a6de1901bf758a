//! A generated file.

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the output folder.
    pub path: String,
    /// What is in it.
    pub text: String,
}
