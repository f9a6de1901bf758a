//! `cargo xtask rust-version`: no dependency needs a newer Rust than the workspace promises.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::{packages, workspace};

/// Checks the dependencies of the workspace, with all features and for all platforms.
pub fn run() -> Result<(), String> {
    let checked = check(&metadata(&workspace::root())?)?;
    println!("{} dependencies build with Rust {}, or say nothing about it", checked.dependencies, checked.ours);
    Ok(())
}

/// What `cargo metadata` says of the packages below a folder.
fn metadata(folder: &Path) -> Result<Metadata, String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--all-features"]).current_dir(folder);
    let text = packages::output(&mut command, "cargo metadata")?;
    serde_json::from_str(&text)
        .map_err(|error| format!("error: the output of `cargo metadata` is not as expected: {error}"))
}

/// The parts of the output of `cargo metadata` that matter here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    rust_version: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

/// A package and what it needs.
#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

/// A check that found nothing.
#[derive(Debug)]
struct Checked {
    ours: String,
    dependencies: usize,
}

/// Compares the `rust-version` of each dependency with the lowest of the workspace's packages.
fn check(metadata: &Metadata) -> Result<Checked, String> {
    let members: HashSet<&str> = metadata.workspace_members.iter().map(String::as_str).collect();
    let (own, dependencies): (Vec<_>, Vec<_>) =
        metadata.packages.iter().partition(|package| members.contains(package.id.as_str()));
    let mut ours: Option<(Version, &str)> = None;
    for package in own {
        let Some(text) = &package.rust_version else {
            return Err(format!(
                "error: the package `{}` has no rust-version; give it one in its Cargo.toml",
                package.name
            ));
        };
        let version = Version::parse(text)?;
        if ours.is_none_or(|(lowest, _)| version < lowest) {
            ours = Some((version, text));
        }
    }
    let (lowest, ours) = ours.ok_or("error: the workspace has no packages")?;
    let paths = Paths::new(metadata);
    let mut problems = Vec::new();
    for package in &dependencies {
        let Some(text) = &package.rust_version else { continue };
        if Version::parse(text)? > lowest {
            problems.push(format!(
                "error: {} {} needs Rust {text}, but the workspace promises Rust {ours}\n  needed by: {}\n  \
                 help: choose an older version with `cargo update --package {} --precise VERSION`, or another crate. A \
                 higher rust-version in Cargo.toml shuts out users of older compilers\n",
                package.name,
                package.version,
                paths.to(&package.id).join(" -> "),
                package.name,
            ));
        }
    }
    if problems.is_empty() {
        Ok(Checked { ours: ours.to_owned(), dependencies: dependencies.len() })
    } else {
        Err(problems.concat())
    }
}

/// A version of Rust: what is left out counts as zero.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Version([u64; 3]);

impl Version {
    fn parse(text: &str) -> Result<Self, String> {
        let mut version = [0; 3];
        let mut numbers = text.split('.');
        for (place, number) in version.iter_mut().zip(&mut numbers) {
            *place = number.parse().map_err(|_| format!("error: `{text}` is not a version of Rust"))?;
        }
        match numbers.next() {
            None => Ok(Self(version)),
            Some(_) => Err(format!("error: `{text}` is not a version of Rust")),
        }
    }
}

/// The shortest way to each package from one of the workspace.
struct Paths<'a> {
    packages: HashMap<&'a str, &'a Package>,
    /// The package that needs this one.
    before: HashMap<&'a str, &'a str>,
}

impl<'a> Paths<'a> {
    fn new(metadata: &'a Metadata) -> Self {
        let nodes: HashMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let mut seen: HashSet<&str> = metadata.workspace_members.iter().map(String::as_str).collect();
        let mut waiting: VecDeque<&str> = metadata.workspace_members.iter().map(String::as_str).collect();
        let mut before = HashMap::new();
        while let Some(id) = waiting.pop_front() {
            for needed in nodes.get(id).into_iter().flat_map(|node| &node.dependencies) {
                if seen.insert(needed) {
                    before.insert(needed.as_str(), id);
                    waiting.push_back(needed);
                }
            }
        }
        Self { packages: metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect(), before }
    }

    /// The packages on the way, each with its version, from the workspace's to the one that needs the package.
    fn to(&self, id: &str) -> Vec<String> {
        let mut path = Vec::new();
        let mut id = id;
        while let Some(by) = self.before.get(id) {
            let shown = self.packages.get(by).map(|package| format!("{} {}", package.name, package.version));
            path.push(shown.unwrap_or_else(|| (*by).to_owned()));
            id = by;
        }
        path.reverse();
        path
    }
}
