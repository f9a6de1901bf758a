//! Case files. Each contains all files of a run: a line `#-- NAME` begins the next one.

use codegen::{Input, Inputs};

use crate::input;

/// What the generator reads in a case. Files that the case does not contain are empty.
pub fn inputs(case: &str) -> Inputs {
    let [document, sdk, fixups, errors] =
        [("openapi.yaml", DOCUMENT), ("sdk.yaml", "{}\n"), ("fixups.yaml", "[]\n"), ("errors.yaml", "{}\n")]
            .map(|(name, missing)| file(case, name, missing));
    let document = match case.starts_with(BEGIN) {
        true => document,
        false => input("openapi.yaml", case.split(BEGIN).next().unwrap_or_default()),
    };
    Inputs { document, sdk, fixups, errors, docs: docs(case), strict: true, threads: 1 }
}

/// A file of a case, or the text to take where the case does not contain it.
pub fn file(case: &str, name: &str, missing: &str) -> Input {
    let text = case.split_once(&format!("{BEGIN}{name}\n")).map_or(missing, |(_, text)| text);
    input(name, text.split(BEGIN).next().unwrap_or_default())
}

/// The files of the folder `docs`.
fn docs(case: &str) -> Vec<Input> {
    let files = case.split(BEGIN).skip(1).filter_map(|file| file.split_once('\n'));
    files.filter(|(name, _)| name.starts_with("docs/")).map(|(name, text)| input(name, text)).collect()
}

/// Begins the line that names the next file.
const BEGIN: &str = "#-- ";

/// The document of cases about another file.
const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths: {}
components:
  schemas:
    Pet:
      type: object
      properties: {name: {type: string}}
";
