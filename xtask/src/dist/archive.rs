//! The archive with the program, the folder that an image is built from, and the sums.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::{Built, add_texts, copy, program_name};
use crate::{packages, workspace};

/// Writes `plaid-emulator-VERSION-TARGET.tar.gz`.
pub fn make(built: &Built) -> Result<PathBuf, String> {
    let name = format!("plaid-emulator-{}-{}", built.version, built.target);
    let folder = built.out.join("archive").join(&name);
    packages::make(&folder)?;
    copy(&built.program, &folder.join(program_name()))?;
    add_texts(&folder)?;
    let archive = built.out.join(format!("{name}.tar.gz"));
    let mut tar = Command::new("tar");
    packages::run(tar.arg("-czf").arg(&archive).arg("-C").arg(built.out.join("archive")).arg(&name), "tar")?;
    Ok(archive)
}

/// Makes the folder that an image is built from.
pub fn image(built: &Built, archive: &Path) -> Result<(), String> {
    let folder = built.out.join("image");
    packages::make(&folder)?;
    copy(&workspace::sdk().join("emulator/Dockerfile"), &folder.join("Dockerfile"))?;
    copy(archive, &folder.join(archive.file_name().unwrap_or_default()))
}

/// Writes `SHA256SUMS`, which `sha256sum --check` reads.
pub fn sums(out: &Path, files: &[&PathBuf]) -> Result<(), String> {
    let mut text = String::new();
    for file in files {
        let bytes = std::fs::read(file).map_err(|error| format!("error: {}: {error}", file.display()))?;
        for byte in Sha256::digest(bytes) {
            let _written = write!(text, "{byte:02x}");
        }
        let _written = writeln!(text, "  {}", file.file_name().unwrap_or_default().to_string_lossy());
    }
    packages::write(&out.join("SHA256SUMS"), &text)
}
