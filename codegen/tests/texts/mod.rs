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
