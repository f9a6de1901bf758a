//! The data about the clients of the API: `spec/clients.yaml` and `spec/clients/*.yaml`. Code is not generated from it; it
//! is for snippets.

use std::collections::BTreeMap;

use api_tools::snippets::Language;
use api_tools::snippets::client::{Access, Client, Clients, Facts, Setup};
use serde::Deserialize;

use crate::Input;

/// `clients.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    access: Access,
    languages: BTreeMap<String, Setup>,
}

/// Reads the data: the file with the setups, and a file with the facts of each client, named for its language.
///
/// # Errors
/// The first mistake, with its file, and its line if it is one of form.
pub fn read(setups: &Input, facts: &[Input]) -> Result<Clients, String> {
    let File { access, languages } = typed(setups)?;
    let ids = Language::ALL.map(Language::id);
    let mut clients = Clients { access, languages: BTreeMap::new() };
    for (id, setup) in languages {
        if !ids.contains(&id.as_str()) {
            return Err(format!("error: {}: there is no language `{id}`; there are {}", setups.name, ids.join(", ")));
        }
        clients.languages.insert(id, Client { setup, facts: Facts::default() });
    }
    for input in facts {
        let name = input.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let id = name.strip_suffix(".yaml").unwrap_or(name);
        let Some(client) = clients.languages.get_mut(id) else {
            return Err(format!("error: {}: {} has no setup for `{id}`", input.name, setups.name));
        };
        client.facts = typed(input)?;
    }
    for (id, client) in &clients.languages {
        let of = client.setup.client.as_ref().unwrap_or(id);
        let has_methods = |facts: &Facts| !facts.methods.is_empty() || !facts.operations.is_empty();
        if !clients.languages.get(of).is_some_and(|client| has_methods(&client.facts)) {
            return Err(format!("error: {}: there is no file with the methods of `{of}`, for `{id}`", setups.name));
        }
    }
    Ok(clients)
}

fn typed<'a, T: Deserialize<'a>>(input: &'a Input) -> Result<T, String> {
    serde_yaml::from_str(&input.text).map_err(|error| format!("error: {}: {error}", input.name))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Input;

    fn input(name: &str, text: &str) -> Input {
        Input { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn mistakes_name_their_file() {
        let access = "access: {address: 'https://pets.test', credentials: {}}\n";
        let setups = |languages: &str| input("spec/clients.yaml", &format!("{access}languages: {languages}"));
        let node = input("spec/clients/node.yaml", "methods: [petGet]");
        let read = |setups: &Input, facts: &[Input]| read(setups, facts).map(|clients| clients.languages.len());
        assert_eq!(
            read(&setups("{node: {import: x}, typescript: {client: node}}"), std::slice::from_ref(&node)),
            Ok(2)
        );
        for (setups, facts, expected) in [
            (setups("{perl: {}}"), vec![], "there is no language `perl`"),
            (setups("{node: {}}"), vec![], "no file with the methods of `node`"),
            (setups("{python: {}}"), vec![node], "spec/clients/node.yaml: spec/clients.yaml has no setup for `node`"),
            (setups("{node: {}}"), vec![input("node.yaml", "metods: []")], "node.yaml: unknown field `metods`"),
        ] {
            let error = read(&setups, &facts).expect_err("a mistake");
            assert!(error.contains(expected), "{error}");
        }
    }
}
