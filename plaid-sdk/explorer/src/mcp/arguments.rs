//! The arguments of a tool, read with errors that a model can act on.

use serde_json::{Map, Value};

/// The arguments of a call.
#[derive(Debug)]
pub struct Arguments<'a> {
    all: &'a Map<String, Value>,
}

impl<'a> Arguments<'a> {
    /// The arguments, all of which must have known names.
    pub fn new(all: &'a Map<String, Value>, known: &[&str]) -> Result<Self, String> {
        match all.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(format!("this tool has no argument `{name}`. Its arguments are: {}", known.join(", "))),
            None => Ok(Self { all }),
        }
    }

    /// A value. One that is `null` counts as absent.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.all.get(name).filter(|value| !value.is_null())
    }

    /// A string that may be absent.
    pub fn text(&self, name: &str) -> Result<Option<&'a str>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("the argument `{name}` must be a string")),
        }
    }

    /// A string that is required.
    pub fn required(&self, name: &str) -> Result<&'a str, String> {
        self.text(name)?.ok_or_else(|| format!("the argument `{name}` is required, as a string"))
    }

    /// Whether something is so. Absent means no.
    pub fn flag(&self, name: &str) -> Result<bool, String> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(format!("the argument `{name}` must be true or false")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use serde_json::{Value, json};

    fn read<T>(value: Value, read: impl Fn(&Arguments<'_>) -> Result<T, String>) -> Result<T, String> {
        let Value::Object(all) = value else { panic!("an object is needed") };
        read(&Arguments::new(&all, &["query", "read_only"])?)
    }

    #[test]
    fn wrong_arguments_are_named() {
        assert_eq!(read(json!({"query": "a"}), |all| all.required("query").map(str::to_owned)).as_deref(), Ok("a"));
        assert_eq!(read(json!({"query": null}), |all| all.text("query").map(|one| one.is_none())), Ok(true));
        let unknown = read(json!({"querry": "a"}), |_| Ok(())).expect_err("the name is unknown");
        assert_eq!(unknown, "this tool has no argument `querry`. Its arguments are: query, read_only");
        let wrong = read(json!({"read_only": "yes"}), |all| all.flag("read_only")).expect_err("a string");
        assert_eq!(wrong, "the argument `read_only` must be true or false");
        assert!(read(json!({}), |all| all.required("query").map(str::to_owned)).is_err());
        assert!(read(json!({"query": 1}), |all| all.required("query").map(str::to_owned)).is_err());
    }
}
