//! The crates alone, with their dependencies built before.

use std::collections::BTreeSet;
use std::path::Path;

use super::cargo::{self, Cost};
use super::{THREE, megabytes, peer, target};
use crate::bench::figure::figure;
use crate::files::Plan;
use crate::workspace;

/// A crate to measure. A package that depends on nothing else builds it, so that a crate from crates.io is treated like
/// ours.
struct Subject {
    title: &'static str,
    package: &'static str,
    folder: &'static str,
    dependency: String,
}

fn subjects(home: &Path, document: Option<&Path>) -> Result<Vec<Subject>, String> {
    let sdk = workspace::sdk().display().to_string();
    let mut subjects = vec![
        Subject { title: "`plaid` 9.0.1", package: "plaid", folder: "plaid", dependency: "\"=9.0.1\"".to_owned() },
        Subject {
            title: "`plaid-sdk`",
            package: "plaid-sdk",
            folder: "full",
            dependency: format!("{{ path = {sdk:?} }}"),
        },
        // With the traits that the other crates have always.
        Subject {
            title: "with `serde`",
            package: "plaid-sdk",
            folder: "serde",
            dependency: format!("{{ path = {sdk:?}, features = [\"serde\"] }}"),
        },
        Subject {
            title: "rustls and three products",
            package: "plaid-sdk",
            folder: "three",
            dependency: format!("{{ path = {sdk:?}, {THREE} }}"),
        },
    ];
    if let Some(document) = document {
        let path = peer::generate(home, document)?.display().to_string();
        subjects.push(Subject {
            title: peer::TITLE,
            package: peer::PACKAGE,
            folder: "peer",
            dependency: format!("{{ path = {path:?} }}"),
        });
    }
    Ok(subjects)
}

/// Prints a row for each kind of build.
pub fn run(home: &Path, quick: bool, document: Option<&Path>) -> Result<(), String> {
    let subjects = subjects(home, document)?;
    for subject in &subjects {
        subject.write(home)?;
    }
    println!(
        "The crate itself, dependencies built before; user CPU time / peak memory of the compiler. The quicker of two runs of \
         `cargo check`, one of each build. Other generators' output does not compile as it is made.\n"
    );
    print!("| |");
    subjects.iter().for_each(|subject| print!(" {} |", subject.title));
    println!(" `plaid` / `plaid-sdk` |\n|---|{}---|", "---|".repeat(subjects.len()));
    compiled("`cargo check`", &["check"], 2, home, &subjects)?;
    compiled("`cargo build`", &["build"], 1, home, &subjects)?;
    sizes("library, dev", "debug", home, &subjects)?;
    if !quick {
        compiled("`cargo build --release`", &["build", "--release"], 1, home, &subjects)?;
        sizes("library, release", "release", home, &subjects)?;
    }
    compiled("`cargo doc --no-deps`", &["doc", "--no-deps"], 1, home, &subjects)?;
    let mut counts = Vec::new();
    for subject in &subjects {
        counts.push(subject.dependencies(home)? as f64);
    }
    row("dependencies", &counts, &|count| format!("{count}"));
    Ok(())
}

/// The cost of a command for each crate, and the ratio.
fn compiled(title: &str, arguments: &[&str], rounds: usize, home: &Path, subjects: &[Subject]) -> Result<(), String> {
    let mut costs = Vec::new();
    for subject in subjects {
        let mut best: Option<Cost> = None;
        for _ in 0..rounds {
            let cost = subject.cost(arguments, home)?;
            best = best.filter(|best| best.seconds <= cost.seconds).or(Some(cost));
        }
        if let Some(best) = best {
            // `--no-deps` goes without saying.
            let name = arguments.join(" ").replace(" --no-deps", "");
            figure(&format!("{name} {} s", subject.folder), best.seconds);
            figure(&format!("{name} {} MB", subject.folder), best.peak / 1e6);
            costs.push(best);
        }
    }
    let ratio = match costs.as_slice() {
        [other, ours, ..] => format!("{:.1} / {:.1}", other.seconds / ours.seconds, other.peak / ours.peak),
        _ => String::new(),
    };
    print!("| {title} |");
    costs.iter().for_each(|cost| print!(" {:.2} s / {} |", cost.seconds, megabytes(cost.peak)));
    println!(" {ratio} |");
    Ok(())
}

fn sizes(title: &str, profile: &str, home: &Path, subjects: &[Subject]) -> Result<(), String> {
    let mut sizes = Vec::new();
    for subject in subjects {
        // The only library: the others were removed before the build.
        let arguments: &[&str] = if profile == "release" { &["build", "--release"] } else { &["build"] };
        if subject.package == "plaid-sdk" {
            subject.cost(arguments, home)?;
        }
        sizes.push(subject.library(profile)?);
    }
    row(title, &sizes, &|size| megabytes(*size));
    Ok(())
}

fn row(title: &str, figures: &[f64], shown: &dyn Fn(&f64) -> String) {
    print!("| {title} |");
    figures.iter().for_each(|figure| print!(" {} |", shown(figure)));
    match figures {
        [other, ours, ..] => println!(" {:.1} |", other / ours),
        _ => println!(" |"),
    }
}

impl Subject {
    fn write(&self, home: &Path) -> Result<(), String> {
        let folder = home.join(self.folder);
        let mut plan = Plan::default();
        plan.put(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"holds-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{} = {}\n\n\
                 [workspace]\n",
                self.folder, self.package, self.dependency
            ),
        )?;
        plan.put(folder.join("src/lib.rs"), String::new())?;
        plan.carry_out()
    }

    /// The cost of its compiler, after removing the earlier build.
    fn cost(&self, arguments: &[&str], home: &Path) -> Result<Cost, String> {
        let folder = home.join(self.folder);
        cargo::output(&folder, &["clean", "--package", self.package])?;
        cargo::output(&folder, &["clean", "--package", self.package, "--release"])?;
        let documented = arguments.first() == Some(&"doc");
        let mut arguments = arguments.to_vec();
        if documented {
            arguments.extend(["--package", self.package]);
        }
        cargo::of_crate(&folder, &arguments, &self.package.replace('-', "_"))
    }

    fn library(&self, profile: &str) -> Result<f64, String> {
        let folder = target().join(profile).join("deps");
        let start = format!("lib{}-", self.package.replace('-', "_"));
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("error: {}: {error}", folder.display()))?;
        let mut sizes = entries.flatten().filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            (name.starts_with(&start) && name.ends_with(".rlib")).then(|| entry.metadata().ok())?
        });
        let size = sizes.next().ok_or_else(|| format!("error: {} contains no {start}*.rlib", folder.display()))?;
        Ok(size.len() as f64)
    }

    /// The number of packages it depends on, without build dependencies.
    fn dependencies(&self, home: &Path) -> Result<usize, String> {
        let tree = cargo::output(&home.join(self.folder), &["tree", "--edges", "normal", "--prefix", "none"])?;
        let packages: BTreeSet<_> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        // Without the package that depends on it, and itself.
        Ok(packages.len().saturating_sub(2))
    }
}
