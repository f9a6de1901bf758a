//! `cargo xtask dist`: the emulator for people who don't have Rust. An archive, an npm package, a wheel, and the context of an
//! image, all for the platform of this machine.

mod archive;
mod check;
mod ends;
mod npm;
mod readme;
mod wheel;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::profile::Profile;
use crate::{files, packages, workspace};

/// The arguments.
#[derive(Args, Clone, Debug)]
pub struct DistArgs {
    /// How the program is compiled.
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    profile: Profile,
    /// Where the packages are written. By default target/dist.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Install the packages in empty folders, and run tests with their fixtures and with Plaid's clients there.
    #[arg(long)]
    check: bool,
}

/// What all packages are made from.
struct Built {
    profile: Profile,
    /// The version of the crate, which all packages have.
    version: String,
    /// Cargo's name of the platform.
    target: String,
    /// The program without its symbols.
    program: PathBuf,
    /// Where the packages are written.
    out: PathBuf,
}

/// Runs the command.
pub fn run(args: &DistArgs) -> Result<(), String> {
    let out = args.out.clone().unwrap_or_else(|| workspace::target().join("dist"));
    packages::empty(&out)?;
    // Tools that run in other folders get this path.
    let out = out.canonicalize().map_err(|error| format!("error: {}: {error}", out.display()))?;
    let built = build(args.profile, out)?;
    let archive = archive::make(&built)?;
    archive::image(&built, &archive)?;
    let npm = npm::make(&built)?;
    let wheel = wheel::make(&built)?;
    archive::sums(&built.out, &[&archive, &npm, &wheel])?;
    for path in [&built.program, &archive, &npm, &wheel] {
        println!("{:>6.1} MiB  {}", mebibytes(path)?, workspace::shown(path));
    }
    if args.check { check::run(&npm, &wheel) } else { Ok(()) }
}

fn build(profile: Profile, out: PathBuf) -> Result<Built, String> {
    let compiled = profile.program("plaid-emulator")?;
    let program = out.join(program_name());
    if cfg!(windows) {
        // The symbols are in a file of their own there.
        copy(&compiled, &program)?;
    } else {
        packages::run(Command::new("strip").arg("-o").arg(&program).arg(&compiled), "strip")?;
    }
    is_relocatable(&program)?;
    Ok(Built { profile, version: version()?, target: target()?, program, out })
}

/// The program's file name on this platform.
fn program_name() -> String {
    format!("plaid-emulator{}", std::env::consts::EXE_SUFFIX)
}

/// Whether the program could read files of this workspace: on another machine they don't exist.
fn is_relocatable(program: &Path) -> Result<(), String> {
    let bytes = std::fs::read(program).map_err(|error| format!("error: {}: {error}", program.display()))?;
    let root = workspace::root().display().to_string();
    let found = bytes.windows(root.len()).position(|window| window == root.as_bytes());
    found.map_or(Ok(()), |place| {
        let rest = bytes.get(place..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_graphic()).take(120);
        let text: String = rest.map(|byte| char::from(*byte)).collect();
        Err(format!("error: the program contains a path of this machine: {text}"))
    })
}

fn version() -> Result<String, String> {
    let manifest = workspace::sdk().join("emulator/Cargo.toml");
    let text = files::read(&manifest)?;
    let parsed: toml_edit::DocumentMut = text.parse().map_err(|error| format!("error: {manifest:?}: {error}"))?;
    let version = parsed.get("package").and_then(|package| package.get("version")).and_then(|version| version.as_str());
    version.map(str::to_owned).ok_or_else(|| format!("error: {manifest:?} has no version"))
}

fn target() -> Result<String, String> {
    let text = packages::output(Command::new("rustc").arg("-vV"), "rustc")?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "error: rustc does not say its platform".to_owned())
}

/// Puts the README and the licences into the folder of a package.
fn add_texts(folder: &Path) -> Result<(), String> {
    copy(&workspace::sdk().join("emulator/README.md"), &folder.join("README.md"))?;
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&workspace::root().join(name), &folder.join(name))?;
    }
    Ok(())
}

/// Copies a folder with what is below it, except what interpreters and tools leave behind.
fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    packages::make(to)?;
    let entries = std::fs::read_dir(from).map_err(|error| format!("error: {}: {error}", from.display()))?;
    for entry in entries {
        let entry = entry.map_err(|error| format!("error: {}: {error}", from.display()))?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() && !["__pycache__", "node_modules"].iter().any(|name| path.ends_with(name)) {
            copy_folder(&path, &to)?;
        } else if path.is_file() {
            copy(&path, &to)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let copied = std::fs::copy(from, to).map(drop);
    copied.map_err(|error| format!("error: {} to {}: {error}", from.display(), to.display()))
}

#[expect(clippy::cast_precision_loss, reason = "a number to be read by people")]
fn mebibytes(path: &Path) -> Result<f64, String> {
    let size = path.metadata().map_err(|error| format!("error: {}: {error}", path.display()))?.len();
    Ok(size as f64 / f64::from(1 << 20))
}
