//! New operations without a method in the clients of other languages.

use std::collections::BTreeSet;

use api_tools::snippets::{Clients, Language};

use super::Need;
use crate::diff::{Diff, Document, What};

/// What to look up in the clients' packages: whether newer ones have methods for the new operations of a diff.
pub fn clients(diff: &Diff, new: &Document, clients: &Clients) -> Vec<Need> {
    let added = diff.changes.iter().filter(|change| change.what == What::OperationAdded);
    let added: Vec<&str> = added
        .filter_map(|change| {
            let (method, path) = change.at.split_once(' ')?;
            let found = new.api.operations.iter().find(|other| other.method == method && other.path == path)?;
            Some(found.id.as_str())
        })
        .collect();
    let mut needs = Vec::new();
    let mut packages = BTreeSet::new();
    for language in Language::ALL {
        let Some((_, facts)) = clients.of(language) else { continue };
        let missing: Vec<String> = added
            .iter()
            .filter(|operation| !clients.has_method(language, operation))
            .map(|operation| format!("`{operation}`"))
            .collect();
        if missing.is_empty() || !packages.insert(&facts.package) {
            continue;
        }
        let (package, version, document) = (&facts.package, &facts.version, &facts.document);
        needs.push(Need {
            what: format!(
                "whether a newer {package} has {}: version {version}, made from the document {document}, does not, so the \
                 snippets are plain HTTP",
                missing.join(", ")
            ),
            file: format!("clients/{}.yaml", language.id()),
            paste: format!("version: {version}"),
        });
    }
    needs
}

#[cfg(test)]
mod tests {
    use api_tools::snippets::client::{Client, Clients, Facts};

    use super::clients;
    use crate::diff::{Document, diff};
    use crate::{Input, Inputs};

    fn document(paths: &str) -> Document {
        let text = format!("openapi: 3.0.0\ninfo: {{title: Pets, version: '1'}}\npaths:\n{paths}");
        let input = |name: &str, text: &str| Input { name: name.to_owned(), text: text.to_owned() };
        let inputs = Inputs {
            document: input("openapi.yaml", &text),
            sdk: input("sdk.yaml", "{}"),
            fixups: input("fixups.yaml", "[]"),
            errors: input("errors.yaml", "{}"),
            docs: Vec::new(),
            strict: false,
            threads: 1,
        };
        Document::read(&inputs).unwrap_or_else(|report| panic!("{report}"))
    }

    fn path(id: &str) -> String {
        format!("  /{id}:\n    get:\n      operationId: {id}\n      responses: {{'200': {{description: ok}}}}\n")
    }

    #[test]
    fn operations_that_a_client_lacks_are_listed() {
        let old = document(&path("petGet"));
        let new = document(&[path("petGet"), path("petFeed"), path("petWalk")].concat());
        let facts = |package: &str, methods: &[&str]| Facts {
            package: package.to_owned(),
            version: "2.0.0".to_owned(),
            document: "1".to_owned(),
            methods: methods.iter().map(|method| (*method).to_owned()).collect(),
            ..Facts::default()
        };
        let client = |facts| Client { facts, ..Client::default() };
        let known = Clients {
            languages: [
                ("node".to_owned(), client(facts("pets-node", &["petGet", "petFeed", "petWalk"]))),
                ("python".to_owned(), client(facts("pets-python", &["pet_get", "pet_feed"]))),
            ]
            .into(),
            ..Clients::default()
        };
        let needs = clients(&diff(&old, &new), &new, &known);
        let [need] = needs.as_slice() else { panic!("{needs:?}") };
        assert!(need.what.contains("a newer pets-python has `petWalk`: version 2.0.0"), "{need}");
        assert_eq!((need.file.as_str(), need.paste.as_str()), ("clients/python.yaml", "version: 2.0.0"));
    }
}
