//! Every collection goes the same way: what was created is got and listed, changes are seen, and what is removed or unknown is an
//! error. `collections.json` has a row for each one.

use plaid_catalog::Catalog;
use plaid_emulator::Emulator;
use serde_json::{Map, Value};

use crate::support::Lab;

const TABLE: &str = include_str!("collections.json");

/// The ends of the operations that the table has to go through.
const ENDS: [&str; 6] = ["list", "remove", "cancel", "unlink", "unregister", "unsubscribe"];

/// The rows, and the calls that they need, by name.
pub fn table() -> Value {
    serde_json::from_str(TABLE).expect("JSON")
}

fn rows(table: &Value) -> Vec<&Value> {
    table["rows"].as_array().expect("rows").iter().collect()
}

/// What earlier calls of a row have kept, by name.
pub struct Kept<'a> {
    lab: &'a Lab,
    values: Map<String, Value>,
}

impl<'a> Kept<'a> {
    /// Nothing is kept yet.
    pub fn new(lab: &'a Lab) -> Self {
        Self { lab, values: Map::new() }
    }

    /// A value in which `"$name"` is replaced by what was kept under the name, and `{name}` within texts.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('$') {
                Some(name) => self.values.get(name).unwrap_or_else(|| panic!("nothing is kept as {name}")).clone(),
                None => Value::String(self.filled_text(text)),
            },
            Value::Array(all) => all.iter().map(|one| self.filled(one)).collect(),
            Value::Object(all) => all.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect(),
            other => other.clone(),
        }
    }

    fn filled_text(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
        })
    }

    /// Makes a call of the table, and checks and keeps what it says.
    pub async fn make(&mut self, call: &Value) -> Value {
        let body = self.filled(&call["body"]);
        let answer = match (call["control"].as_str(), call["path"].as_str()) {
            (Some(path), _) => self.lab.control(&self.filled_text(path), body).await,
            (None, path) => self.lab.call(path.expect("a path"), body).await,
        };
        for (place, expected) in call["has"].as_object().into_iter().flatten() {
            let value = answer.pointer(place).unwrap_or(&Value::Null);
            assert_eq!(*value, self.filled(expected), "{place} of {}: {answer}", call["path"]);
        }
        for (name, place) in call["keep"].as_object().into_iter().flatten() {
            let value = answer.pointer(place.as_str().expect("a pointer"));
            let value = value.unwrap_or_else(|| panic!("{place} of {}: {answer}", call["path"]));
            self.values.insert(name.clone(), value.clone());
        }
        answer
    }

    /// Makes the calls that a row needs.
    pub async fn prepare(&mut self, needs: &Value, name: &Value) {
        let calls = &needs[name.as_str().expect("a name")];
        assert!(calls.is_array(), "{name} is not described");
        self.make_all(calls).await;
    }

    /// Makes several calls.
    pub async fn make_all(&mut self, calls: &Value) {
        for call in calls.as_array().into_iter().flatten() {
            self.make(call).await;
        }
    }

    /// Checks whether a list has the id.
    async fn list(&mut self, call: &Value, is_in: bool) {
        let answer = self.make(call).await;
        let id = self.values["id"].clone();
        let list = answer.pointer(call["rows"].as_str().expect("a pointer")).and_then(Value::as_array);
        let list = list.unwrap_or_else(|| panic!("no list {}: {answer}", call["rows"]));
        let key = call["key"].as_str().expect("a pointer");
        let has = list.iter().any(|one| one.pointer(key) == Some(&id));
        assert_eq!(has, is_in, "{id} in {}: {answer}", call["path"]);
    }

    /// Checks what an operation answers for an id.
    async fn fails(&self, call: &Value, expected: &str) {
        let path = call["path"].as_str().expect("a path");
        assert_eq!(self.lab.fail(path, self.filled(&call["body"])).await, expected, "{path}");
    }
}

/// All calls of a row that may name the object.
fn calls(row: &Value) -> Vec<&Value> {
    let more = row["update"].as_array().into_iter().flatten();
    [&row["get"], &row["list"], &row["remove"]]
        .into_iter()
        .chain(more)
        .filter(|call| call["path"].is_string())
        .collect()
}

fn names_id(value: &Value) -> bool {
    match value {
        Value::String(text) => text == "$id",
        Value::Array(all) => all.iter().any(names_id),
        Value::Object(all) => all.values().any(names_id),
        _ => false,
    }
}

async fn go_through(table: &Value, row: &Value) {
    let lab = Lab::start(Emulator::builder()).await;
    let mut kept = Kept::new(&lab);
    for name in row["needs"].as_array().into_iter().flatten() {
        kept.prepare(&table["needs"], name).await;
    }
    // Some objects get their id from the client.
    match row["create"]["id"].as_str() {
        Some(id) => drop(kept.values.insert("id".to_owned(), id.into())),
        None => drop(kept.make(&row["create"]).await),
    }
    assert!(kept.values.contains_key("id"), "the row keeps no id");
    if row["get"].is_object() {
        kept.make(&row["get"]).await;
    }
    if row["list"].is_object() {
        kept.list(&row["list"], true).await;
    }
    kept.make_all(&row["update"]).await;
    if row["remove"].is_object() {
        kept.make(&row["remove"]).await;
        // What is gone is unknown to `get`, unless it only has an end that can be seen.
        match row["gone"].as_str() {
            Some(error) => kept.fails(if row["get"].is_object() { &row["get"] } else { &row["remove"] }, error).await,
            None => kept.make_all(&row["ended"]).await,
        }
        if row["list"].is_object() && !row["stays"].is_boolean() {
            kept.list(&row["list"], false).await;
        }
    }
    kept.values.insert("id".to_owned(), row["unknown"]["id"].clone());
    for call in calls(row).into_iter().filter(|call| names_id(&call["body"])) {
        let error = call["unknown"].as_str().or(row["unknown"]["error"].as_str());
        kept.fails(call, error.expect("the error of an unknown id")).await;
    }
}

#[tokio::test]
async fn each_passes_create_get_list_update_remove_and_not_found() {
    let table = table();
    for row in rows(&table) {
        println!("{}", row["collection"]);
        go_through(&table, row).await;
    }
}

#[test]
fn each_operation_that_lists_or_ends_objects_is_in_the_table() {
    let table = table();
    let in_rows = |path: &str| {
        let of = |row: &Value| calls(row).iter().any(|call| call["path"] == path);
        rows(&table).into_iter().any(of)
    };
    let all = &Catalog::plaid().api().operations;
    let meant = all.iter().filter(|one| one.path.rsplit('/').next().is_some_and(|end| ENDS.contains(&end)));
    let missing: Vec<&str> = meant.map(|one| one.path.as_str()).filter(|path| !in_rows(path)).collect();
    assert!(missing.is_empty(), "no row goes through {missing:?}");
}
