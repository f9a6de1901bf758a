//! The document that the SDK is made from, with our data.

use std::path::Path;

use codegen::ir::Api;
use codegen::{Input, Inputs, Understood};

pub(crate) fn spec(name: &str) -> Input {
    let path = Path::new("../spec").join(name);
    Input { name: format!("spec/{name}"), text: std::fs::read_to_string(path).expect("our own files") }
}

fn docs() -> Vec<Input> {
    let files = std::fs::read_dir("../spec/docs").expect("the texts");
    let mut names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().into_string().expect("a name")).collect();
    names.sort();
    names.iter().map(|name| spec(&format!("docs/{name}"))).collect()
}

/// Everything that our own run of the generator reads.
pub(crate) fn inputs() -> Inputs {
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

/// The API, complete but for its emission.
#[allow(dead_code, reason = "not every test looks at it")]
pub(crate) fn api() -> Api {
    understood().api
}

/// The same, with its layout.
pub(crate) fn understood() -> Understood {
    codegen::understand(&inputs(), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"))
}
