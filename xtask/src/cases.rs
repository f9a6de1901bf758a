//! `cargo xtask cases`: compiles and documents the output of every case in `codegen/tests/cases`, with warnings as errors,
//! and runs `templates/behaviour.rs` and the examples in the docs on it.

use std::path::Path;
use std::process::Command;

use codegen_testing::case;

use crate::files::{self, Plan};
use crate::{manifest, outside, workspace};

/// The program that tests the compiled cases.
const BEHAVIOUR: &str = include_str!("../templates/behaviour.rs");

/// Generates, compiles and tests the cases.
pub fn run() -> Result<(), String> {
    let cases = workspace::root().join("codegen/tests/cases");
    let home = workspace::root().join("target/cases");
    let mut plan = Plan::default();
    let mut kept = outside::runtime(&mut plan, &home)?;
    let mut tree = "//! The cases, a module each.\n\n".to_owned();
    // Examples use paths as in an SDK, where the modules are in the crate's root.
    let mut shown = String::new();
    let mut features = Vec::new();
    for path in files::walk(&cases)? {
        let Some(name) = name(&path) else { continue };
        let text = files::read(&path)?;
        let output = codegen::generate(&case::inputs(&text), &mut |_| {})
            .map_err(|report| format!("{report}error: the case {} has errors", workspace::shown(&path)))?;
        tree.push_str(&format!("pub mod {name};\n"));
        if name.starts_with("example_") {
            shown.push_str(&format!("pub use self::cases::{name}::*;\n"));
        }
        for file in output.files {
            let target = home.join("src/generated/cases").join(name).join(file.path);
            kept.push(target.clone());
            // The error codes are the SDK's, since the runtime uses them.
            let is_codes = target.ends_with("error_codes.rs");
            plan.put(target, if is_codes { "pub use crate::ErrorCode;\n".to_owned() } else { file.text })?;
        }
        features.extend(output.features.into_iter().filter(|feature| !features.contains(feature)).collect::<Vec<_>>());
    }
    let count = tree.matches("pub mod ").count();
    let codes = files::read(&workspace::sdk().join("src/generated/error_codes.rs"))?;
    let root = format!("pub mod cases;\npub(crate) mod error_codes;\npub use self::error_codes::ErrorCode;\n{shown}");
    for (file, text) in [("mod.rs", root), ("error_codes.rs", codes), ("cases/mod.rs", tree)] {
        let target = home.join("src/generated").join(file);
        kept.push(target.clone());
        plan.put(target, text)?;
    }
    plan.own(&home.join("src"), &kept)?;
    let text = manifest::with_features(&files::read(&workspace::sdk().join("Cargo.toml"))?, &features)?;
    plan.put(home.join("Cargo.toml"), manifest::alone(&text)?)?;
    plan.put(home.join("tests/behaviour.rs"), BEHAVIOUR.to_owned())?;
    // The workspace's versions, so that the workspace's build results are reused here.
    if let Some(lock) =
        files::read_if_there(&workspace::root().join("Cargo.lock"))?.filter(|_| !home.join("Cargo.lock").exists())
    {
        plan.put(home.join("Cargo.lock"), lock)?;
    }
    plan.carry_out()?;
    cargo(&home, &["rustc", "--lib", "--profile", "check", "--quiet", "--", "-D", "warnings"])?;
    // The tests read values by serde.
    cargo(&home, &["test", "--quiet", "--features", "serde", "--test", "behaviour"])?;
    cargo(&home, &["test", "--quiet", "--features", "serde", "--doc", "--", "generated::cases"])?;
    document(&home)?;
    println!("{count} cases compile without warnings and pass their tests");
    Ok(())
}

/// A case's name, where the file is one.
fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()?.strip_suffix(".yml")
}

/// Documents the cases, into a target folder of their own: the crate has the SDK's name and would overwrite its docs.
/// The dependencies are shared where cargo supports a separate build folder (from 1.91).
fn document(home: &Path) -> Result<(), String> {
    let mut command = command(home, &["rustdoc", "--lib", "--quiet", "--", "-D", "warnings"]);
    command.env("CARGO_TARGET_DIR", home.join("target")).env("CARGO_BUILD_BUILD_DIR", workspace::target());
    run_to_end(command)
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    run_to_end(command(folder, arguments))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", workspace::target());
    command
}

fn run_to_end(mut command: Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
        let folder = command.get_current_dir().map(workspace::shown).unwrap_or_default();
        Err(format!("error: `cargo {}` failed in {folder}", words.join(" ")))
    }
}
