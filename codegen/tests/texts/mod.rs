//! The files of a case, which stand in one: a line `#-- NAME` starts another.

use codegen::Input;

/// The document, `sdk.yaml`, `fixups.yaml` and `errors.yaml` of a case.
pub(crate) fn inputs(case: &str) -> [Input; 4] {
    let part = |name: &str, missing: &str| {
        let start = format!("#-- {name}\n");
        let text = case.split_once(&start).map_or(missing, |(_, text)| text);
        Input { name: name.to_owned(), text: text.split("#-- ").next().unwrap_or_default().to_owned() }
    };
    let mut document = part("openapi.yaml", DOCUMENT);
    if !case.starts_with("#-- ") {
        document.text = case.split("#-- ").next().unwrap_or_default().to_owned();
    }
    [document, part("sdk.yaml", "{}\n"), part("fixups.yaml", "[]\n"), part("errors.yaml", "{}\n")]
}

/// The files of `docs` of a case: `docs/pets.yaml`.
#[allow(dead_code, reason = "not every test has such files")]
pub(crate) fn docs(case: &str) -> Vec<Input> {
    let parts = case.split("#-- ").skip(1).filter_map(|part| part.split_once('\n'));
    let docs = parts.filter(|(name, _)| name.starts_with("docs/"));
    docs.map(|(name, text)| Input { name: name.to_owned(), text: text.to_owned() }).collect()
}

/// The document of cases that are about another file.
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
