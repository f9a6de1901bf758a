//! `cargo xtask gen --out DIR`: writes a complete crate, with a copy of the runtime and the generated code.

use std::path::{Path, PathBuf};

use codegen::Output;

use crate::files::{self, Plan};
use crate::{manifest, workspace};

/// The crate's files: `Cargo.toml`, the runtime and the generated code.
pub fn plan(plan: &mut Plan, folder: &Path, output: &Output) -> Result<(), String> {
    if folder.join("Cargo.toml").exists() && !folder.join("src/generated/mod.rs").exists() {
        return Err(format!(
            "error: {} contains another crate; name an empty folder or the output of an earlier run",
            folder.display()
        ));
    }
    let text = manifest::with_features(&files::read(&workspace::sdk().join("Cargo.toml"))?, &output.features)?;
    plan.put(folder.join("Cargo.toml"), manifest::alone(&text)?)?;
    sources(plan, folder, output)
}

/// The files of `src/` alone.
pub fn sources(plan: &mut Plan, folder: &Path, output: &Output) -> Result<(), String> {
    let mut kept = runtime(plan, folder)?;
    for file in &output.files {
        let target = folder.join("src/generated").join(&file.path);
        kept.push(target.clone());
        plan.put(target, file.text.clone())?;
    }
    plan.own(&folder.join("src"), &kept)
}

/// The runtime: `src/` of the SDK without its generated part. Returns the paths.
pub fn runtime(plan: &mut Plan, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let sdk = workspace::sdk();
    let generated = sdk.join("src/generated");
    let mut kept = Vec::new();
    for path in files::walk(&sdk.join("src"))? {
        if !path.starts_with(&generated) {
            let relative = path.strip_prefix(&sdk).map_err(|error| error.to_string())?;
            let target = folder.join(relative);
            plan.put(target.clone(), files::read(&path)?)?;
            kept.push(target);
        }
    }
    Ok(kept)
}
