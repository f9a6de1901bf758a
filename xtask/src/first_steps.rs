//! `cargo xtask first-steps`: takes the first steps of the README in an empty folder, as somebody new would, and times each.

mod readme;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use readme::{Block, Step};

use crate::{cpu, files, packages, workspace};

/// Takes the steps and prints a table of their times. Crates that cargo has not downloaded yet make a step slower.
pub fn run() -> Result<(), String> {
    let steps = readme::steps(&files::read(&workspace::root().join("README.md"))?)?;
    let home = Folder::new()?;
    let mut at = home.0.clone();
    let mut table = Vec::new();
    for step in &steps {
        match step {
            Step::Enter(folder) => at = at.join(folder),
            Step::Write(Block { file, code }) => {
                let path = at.join(file);
                packages::make(path.parent().unwrap_or(&at))?;
                packages::write(&path, code)?;
                println!("\n==> {file}");
            }
            Step::Run(words) => table.push(timed(words, &at, &home.0.join("target"))?),
        }
    }
    println!("\n{}\n\n| step | seconds | user CPU seconds |\n|---|---|---|", machine()?);
    let (mut seconds, mut user) = (0.0, Some(0.0));
    for taken in &table {
        println!("| `{}` | {:.1} | {} |", taken.command, taken.seconds, shown(taken.user));
        seconds += taken.seconds;
        user = user.zip(taken.user).map(|(sum, more)| sum + more);
    }
    println!("| together | {seconds:.1} | {} |", shown(user));
    Ok(())
}

/// A command that was run.
struct Taken {
    command: String,
    seconds: f64,
    /// Known on Linux only.
    user: Option<f64>,
}

/// Runs a command of the README. It names the clone as `../plaid-sdk`, which is the folder of this workspace.
fn timed(words: &[String], folder: &Path, target: &Path) -> Result<Taken, String> {
    let shown = words.join(" ");
    println!("\n==> {shown}");
    let clone = workspace::root().display().to_string();
    let arguments = words.iter().skip(1).map(|word| match word.strip_prefix("../plaid-sdk/") {
        Some(rest) => format!("{clone}/{rest}"),
        None => word.clone(),
    });
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target);
    // What the maintainers set for their own builds. Somebody new has none of it.
    for name in ["CARGO_INCREMENTAL", "CARGO_PROFILE_DEV_DEBUG", "RUSTFLAGS", "RUSTC_WRAPPER"] {
        command.env_remove(name);
    }
    let (start, before) = (Instant::now(), cpu::of_children());
    packages::run(&mut command, &format!("`{shown}`"))?;
    let user = cpu::of_children().zip(before).map(|(after, before)| after - before);
    Ok(Taken { command: shown, seconds: start.elapsed().as_secs_f64(), user })
}

/// The figures depend on these.
fn machine() -> Result<String, String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let rust = packages::output(Command::new("rustc").arg("--version"), "rustc")?;
    Ok(format!("{cores} cores, {}", rust.trim()))
}

fn shown(seconds: Option<f64>) -> String {
    seconds.map_or_else(|| "not known on this system".to_owned(), |seconds| format!("{seconds:.1}"))
}

/// An empty folder, outside the workspace so that cargo does not find it above. It is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("plaid-sdk-first-steps-{}", std::process::id()));
        packages::empty(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("warning: {} could not be removed: {error}", self.0.display());
        }
    }
}
