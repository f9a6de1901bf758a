//! The documents that the tests read.

use std::path::Path;

use codegen::{Understood, understand};
use codegen_testing::case;

/// The case that contains every construct of a schema.
pub fn shapes() -> Understood {
    of_case(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/shapes.yml"))
}

/// The generator's cases, by name.
pub fn cases() -> Vec<(String, Understood)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let files = std::fs::read_dir(&folder).expect("the generator's cases");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), of_case(path))).collect()
}

fn of_case(path: &Path) -> Understood {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    understand(&case::inputs(&text), &mut |_| {}).unwrap_or_else(|report| panic!("{}: {report}", path.display()))
}
