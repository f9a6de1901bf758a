//! Where two JSON values differ.

use std::fmt;

use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

/// A place where a request differs from a recorded one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a> {
    /// The JSON pointer.
    pub pointer: String,
    /// The recorded value. `None`: there is none.
    pub recorded: Option<&'a Sample>,
    /// The value of the request. `None`: there is none.
    pub given: Option<&'a Sample>,
}

/// All differences, in the order of the recorded value. The order of properties does not count, and numbers are equal if their
/// digits are.
pub fn between<'a>(recorded: Option<&'a Sample>, given: Option<&'a Sample>) -> Vec<Difference<'a>> {
    let mut all = Vec::new();
    compare("", recorded, given, &mut all);
    all
}

fn compare<'a>(at: &str, recorded: Option<&'a Sample>, given: Option<&'a Sample>, all: &mut Vec<Difference<'a>>) {
    match (recorded, given) {
        (Some(Sample::Object(recorded)), Some(Sample::Object(given))) => {
            for (name, value) in recorded {
                compare(&step(at, name), Some(value), member(given, name), all);
            }
            for (name, value) in given.iter().filter(|(name, _)| member(recorded, name).is_none()) {
                compare(&step(at, name), None, Some(value), all);
            }
        }
        (Some(Sample::List(recorded)), Some(Sample::List(given))) => {
            for index in 0..recorded.len().max(given.len()) {
                compare(&step(at, &index.to_string()), recorded.get(index), given.get(index), all);
            }
        }
        (recorded, given) if recorded == given => {}
        (recorded, given) => all.push(Difference { pointer: at.to_owned(), recorded, given }),
    }
}

fn member<'a>(all: &'a [(String, Sample)], name: &str) -> Option<&'a Sample> {
    all.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// The JSON pointer of a member or an element.
pub fn step(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the body" } else { &self.pointer };
        match (self.recorded, self.given) {
            (Some(recorded), Some(given)) => {
                write!(f, "`{place}` is {} and was {}", json::json(given), json::json(recorded))
            }
            (Some(_), None) => write!(f, "`{place}` is missing"),
            (None, _) => write!(f, "`{place}` was not in the request"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::between;
    use plaid_catalog::tools::json::parse;

    #[test]
    fn each_difference_has_its_pointer() {
        let recorded = parse(r#"{"a": {"x/y": 1.0, "b": [1, 2]}, "gone": null, "same": "s"}"#).unwrap();
        let given = parse(r#"{"same": "s", "a": {"b": [1, 3, 4], "x/y": 1}, "new": true}"#).unwrap();
        let all = between(Some(&recorded), Some(&given));
        let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "`/a/x~1y` is 1 and was 1.0",
                "`/a/b/1` is 3 and was 2",
                "`/a/b/2` was not in the request",
                "`/gone` is missing",
                "`/new` was not in the request",
            ]
        );
    }
}
