//! The document that the SDK is generated from, with our data files: the folder `spec`.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use api_tools::snippets::Clients;
use codegen::api_model::Api;
use codegen::import::SourceInfo;
use codegen::{Input, Inputs, Understood};

use crate::input;

/// A file of `spec`.
pub fn spec(name: &str) -> Input {
    let path = folder().join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    input(&format!("spec/{name}"), &text)
}

/// Which document was imported, and how much it contains. The import counts for itself, so that tests can compare.
pub fn source() -> SourceInfo {
    serde_yaml::from_str(&spec("source.yaml").text).unwrap_or_else(|error| panic!("spec/source.yaml: {error}"))
}

/// Everything that `cargo xtask gen` reads.
pub fn inputs() -> Inputs {
    Inputs {
        document: spec("plaid.yaml"),
        sdk: spec("sdk.yaml"),
        fixups: spec("fixups.yaml"),
        errors: spec("errors.yaml"),
        docs: docs(),
        strict: true,
        threads: 2,
    }
}

/// The same for another document, without our texts: entries that match nothing in it are not errors.
pub fn inputs_for(document: Input) -> Inputs {
    Inputs { document, docs: Vec::new(), strict: false, threads: 1, ..inputs() }
}

/// The completed API, before emission. It is read once for all tests of a program.
pub fn api() -> &'static Api {
    &understood().api
}

/// The API with its layout in Rust. It is read once for all tests of a program.
pub fn understood() -> &'static Understood {
    static UNDERSTOOD: LazyLock<Understood> = LazyLock::new(understand);
    &UNDERSTOOD
}

/// Reads the API with its layout once more.
pub fn understand() -> Understood {
    codegen::understand(&inputs(), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"))
}

/// The data about the clients of the API.
pub fn clients() -> Clients {
    codegen::clients::read(&spec("clients.yaml"), &all("clients")).unwrap_or_else(|error| panic!("{error}"))
}

fn docs() -> Vec<Input> {
    all("docs")
}

/// The files of a folder in `spec`.
fn all(name: &str) -> Vec<Input> {
    let files = std::fs::read_dir(folder().join(name)).unwrap_or_else(|error| panic!("spec/{name}: {error}"));
    let mut names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().into_string().expect("a name in UTF-8")).collect();
    names.sort();
    names.iter().map(|file| spec(&format!("{name}/{file}"))).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec")
}
