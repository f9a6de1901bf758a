//! Paths in the workspace.

use std::path::{Path, PathBuf};

/// The workspace's root. Known from where this crate was built, so that the command works in any folder below.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The maintainers' data and the imported document.
pub fn spec(name: &str) -> PathBuf {
    root().join("spec").join(name)
}

/// The SDK.
pub fn sdk() -> PathBuf {
    root().join("plaid-sdk")
}

/// The path, relative to the workspace's root.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Cargo's target folder, so that other crates can reuse the workspace's build results.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
