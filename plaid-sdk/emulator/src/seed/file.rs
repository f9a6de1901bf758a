//! A seed file that is read at the start: further institutions, and what each new tenant has.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::wanted::{Wanted, known_names, list, text, wrong};
use crate::commands::Refused;
use crate::data::institutions::{Health, Institution};

/// What a seed file has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeedFile {
    /// Institutions besides those of the Sandbox.
    pub institutions: Vec<Institution>,
    /// The users and Items of each new tenant.
    pub wanted: Wanted,
}

impl SeedFile {
    /// Reads a file.
    ///
    /// # Errors
    /// If it can't be read or isn't JSON, and for a mistake, whose place is named: `institutions[0].country`.
    pub fn load(path: &Path, known: &[Institution]) -> Result<Self, Refused> {
        let named = |why: &dyn std::fmt::Display| format!("the seed file {}: {why}", path.display());
        let content = fs::read(path).map_err(|error| Refused::new(named(&error), "name a file that can be read"))?;
        let value: Value =
            serde_json::from_slice(&content).map_err(|error| Refused::new(named(&error), "the file must be JSON"))?;
        Self::read(&value, known).map_err(|refused| Refused::new(named(&refused.message), refused.help))
    }

    /// Reads the content of a file.
    ///
    /// # Errors
    /// Names the place of the first mistake.
    pub fn read(value: &Value, known: &[Institution]) -> Result<Self, Refused> {
        let mut institutions: Vec<Institution> = Vec::new();
        for (number, one) in list(value, "institutions")?.iter().enumerate() {
            let place = format!("institutions[{number}]");
            let institution = institution(one, &place)?;
            if known.iter().chain(&institutions).any(|other| other.id == institution.id) {
                return Err(wrong(&format!("{place}.id"), &format!("is taken: {}", institution.id)));
            }
            institutions.push(institution);
        }
        let mut rest = value.clone();
        if let Some(object) = rest.as_object_mut() {
            object.remove("institutions");
        }
        let all: Vec<Institution> = known.iter().chain(&institutions).cloned().collect();
        Ok(Self { wanted: Wanted::read(&rest, &all)?, institutions })
    }
}

fn institution(value: &Value, place: &str) -> Result<Institution, Refused> {
    known_names(value, place, &["id", "name", "country", "oauth"])?;
    let required =
        |name: &str| text(value, place, name)?.ok_or_else(|| wrong(&format!("{place}.{name}"), "is missing"));
    let id = required("id")?;
    if !id.strip_prefix("ins_").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|one| one.is_ascii_digit())) {
        return Err(wrong(&format!("{place}.id"), "must be ins_ and digits"));
    }
    let countries = ["US", "CA", "GB"];
    let country = text(value, place, "country")?.unwrap_or("US");
    let country = countries.into_iter().find(|one| *one == country);
    let oauth = match value.get("oauth") {
        None => false,
        Some(Value::Bool(oauth)) => *oauth,
        Some(_) => return Err(wrong(&format!("{place}.oauth"), "must be true or false")),
    };
    Ok(Institution {
        id: id.to_owned(),
        name: required("name")?.to_owned(),
        country: country.ok_or_else(|| wrong(&format!("{place}.country"), "must be US, CA or GB"))?,
        oauth,
        health: Health::Healthy,
        color: None,
    })
}

#[cfg(test)]
mod tests {
    use super::SeedFile;
    use crate::data::institutions::all;
    use serde_json::json;

    #[test]
    fn institutions_can_be_used_by_the_items_of_the_file() {
        let file = json!({
            "institutions": [{"id": "ins_777", "name": "Town Bank", "country": "GB", "oauth": true}],
            "users": [{"client_user_id": "ann"}],
            "items": [{"institution_id": "ins_777"}],
        });
        let read = SeedFile::read(&file, &all()).expect("a file without mistakes");
        assert_eq!((read.institutions[0].name.as_str(), read.institutions[0].country), ("Town Bank", "GB"));
    }

    #[test]
    fn mistakes_are_named_by_their_place() {
        let bank = json!({"id": "ins_777", "name": "Town Bank"});
        let files = [
            (json!({"institutions": [bank, {"id": "ins_777", "name": "Again"}]}), "institutions[1].id is taken"),
            (json!({"institutions": [{"id": "ins_109508", "name": "Again"}]}), "institutions[0].id is taken"),
            (json!({"institutions": [{"id": "town", "name": "Town"}]}), "institutions[0].id must be"),
            (json!({"institutions": [{"id": "ins_1"}]}), "institutions[0].name is missing"),
            (
                json!({"institutions": [{"id": "ins_1", "name": "A", "country": "FR"}]}),
                "institutions[0].country must be",
            ),
            (json!({"institutions": [{"id": "ins_1", "name": "A", "oauth": 1}]}), "institutions[0].oauth must be"),
            (json!({"institutions": 1}), "institutions must be a list"),
            (json!([]), "the file must be an object"),
            (json!({"banks": []}), "banks is not known"),
        ];
        for (file, start) in files {
            let refused = SeedFile::read(&file, &all()).expect_err("a mistake");
            assert!(refused.message.starts_with(start), "{}", refused.message);
        }
    }
}
