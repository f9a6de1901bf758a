use std::fs;
use std::path::PathBuf;

use super::*;

/// A workspace that promises Rust 1.88, and beside it two packages, of which one needs the other.
struct Fixture(PathBuf);

impl Fixture {
    fn new(name: &str, newest: &str) -> Self {
        let root = std::env::temp_dir().join(format!("xtask-rust-version-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let packages = [
            ("ours", "0.1.0", "rust-version = \"1.88\"", "between = { path = \"../between\" }"),
            ("between", "0.2.0", "", "newest = { path = \"../newest\" }"),
            ("newest", "0.3.0", newest, ""),
        ];
        for (package, version, rust, dependencies) in packages {
            fs::create_dir_all(root.join(package).join("src")).unwrap();
            fs::write(root.join(package).join("src/lib.rs"), "").unwrap();
            let manifest = format!(
                "[package]\nname = \"{package}\"\nversion = \"{version}\"\nedition = \"2024\"\n{rust}\n\n\
                 [dependencies]\n{dependencies}\n\n[workspace]\n"
            );
            fs::write(root.join(package).join("Cargo.toml"), manifest).unwrap();
        }
        Self(root)
    }

    fn check(&self) -> Result<Checked, String> {
        check(&metadata(&self.0.join("ours"))?)
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_dependency_that_needs_a_newer_rust_is_an_error_that_names_it_and_who_needs_it() {
    let error = Fixture::new("newer", "rust-version = \"1.89.1\"").check().unwrap_err();
    let (said, rest) = error.split_once('\n').unwrap();
    assert_eq!(said, "error: newest 0.3.0 needs Rust 1.89.1, but the workspace promises Rust 1.88");
    let (needed, help) = rest.split_once('\n').unwrap();
    assert_eq!(needed, "  needed by: ours 0.1.0 -> between 0.2.0");
    assert!(help.contains("cargo update --package newest --precise"), "{help}");
}

#[test]
fn one_that_needs_the_same_rust_or_says_nothing_is_fine() {
    let checked = Fixture::new("same", "rust-version = \"1.88.0\"").check().unwrap();
    assert_eq!((checked.ours.as_str(), checked.dependencies), ("1.88", 2));
}

#[test]
fn versions_are_compared_as_numbers() {
    let version = |text| Version::parse(text).unwrap();
    assert!(version("1.9") < version("1.88"));
    assert!(version("1.88.1") > version("1.88"));
    assert_eq!(version("1.88.0"), version("1.88"));
    assert!(Version::parse("1.88.0.1").is_err() && Version::parse("stable").is_err());
}
