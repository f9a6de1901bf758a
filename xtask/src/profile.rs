//! Programs of the workspace, built by cargo with one of its profiles.

use std::path::PathBuf;
use std::process::Command;

use clap::ValueEnum;

use crate::{packages, workspace};

/// Cargo's profiles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Profile {
    Release,
    Dev,
}

impl Profile {
    /// Its name for cargo and maturin.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }

    /// Its folder below cargo's target folder.
    fn folder(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "debug",
        }
    }

    /// Builds the program of a package of the same name, and returns its path. It is the program that `cargo build --package`
    /// makes, whatever was built before, since its time and memory are measured.
    pub fn program(self, package: &str) -> Result<PathBuf, String> {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--locked", "--package", package, "--profile", self.name()]);
        if matches!(self, Self::Release) {
            // An incremental build is slower than the one that users have.
            build.env("CARGO_INCREMENTAL", "0");
        }
        packages::run(build.current_dir(workspace::root()), "cargo")?;
        Ok(workspace::target().join(self.folder()).join(format!("{package}{}", std::env::consts::EXE_SUFFIX)))
    }
}
