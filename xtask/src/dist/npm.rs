//! The npm package. It carries the program, so it is for one platform.

use std::path::PathBuf;
use std::process::Command;

use super::{Built, add_texts, copy, copy_folder, program_name};
use crate::{files, packages, workspace};

/// The line of the source that gets the version and the platform.
const VERSION: &str = "  \"version\": \"0.0.0\",\n";

/// Writes `plaid-emulator-VERSION-npm-OS-CPU.tgz`.
pub fn make(built: &Built) -> Result<PathBuf, String> {
    let folder = built.out.join("node");
    copy_folder(&workspace::sdk().join("emulator/node"), &folder)?;
    add_texts(&folder)?;
    packages::make(&folder.join("bin"))?;
    copy(&built.program, &folder.join("bin").join(program_name()))?;
    let (os, cpu) = platform()?;
    let manifest = folder.join("package.json");
    let text = files::read(&manifest)?;
    if !text.contains(VERSION) {
        return Err(format!("error: {manifest:?} has no line {VERSION:?}"));
    }
    // npm does not install a package with `libc` where another one is.
    let libc = if built.target.ends_with("-linux-gnu") { "  \"libc\": [\"glibc\"],\n" } else { "" };
    let version = &built.version;
    let lines = format!("  \"version\": \"{version}\",\n  \"os\": [\"{os}\"],\n  \"cpu\": [\"{cpu}\"],\n{libc}");
    let program = format!("bin/{}\"", program_name());
    packages::write(&manifest, &text.replace(VERSION, &lines).replace("bin/plaid-emulator\"", &program))?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--pack-destination"]).arg(&built.out).current_dir(&folder);
    let name = packages::output(&mut npm, "npm")?;
    let package = built.out.join(format!("plaid-emulator-{version}-npm-{os}-{cpu}.tgz"));
    let packed = built.out.join(name.trim());
    std::fs::rename(&packed, &package).map_err(|error| format!("error: {}: {error}", packed.display()))?;
    Ok(package)
}

/// This platform as npm names it.
fn platform() -> Result<(&'static str, &'static str), String> {
    let os = match std::env::consts::OS {
        "linux" => "linux",
        "macos" => "darwin",
        "windows" => "win32",
        os => return Err(format!("error: the name that npm has for {os} is unknown")),
    };
    let cpu = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        cpu => return Err(format!("error: the name that npm has for {cpu} is unknown")),
    };
    Ok((os, cpu))
}
