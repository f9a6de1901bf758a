//! Compares a request that arrived with the one that a snippet was made from.

use api_tools::json;
use codegen::api_model::{Idempotency, Location, Operation, ParameterStyle, Sample, Samples};
use serde::Deserialize;

/// A request as it arrived.
#[derive(Debug, Deserialize)]
pub struct Arrived {
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query, without `?`.
    pub query: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Arrived {
    /// The differences from what was to be sent. Numbers differ if their digits do.
    pub fn differences(&self, operation: &Operation, wanted: &Samples) -> Vec<String> {
        let mut differences = Vec::new();
        if self.method != operation.method {
            differences.push(format!("the method is {}, not {}", self.method, operation.method));
        }
        self.compare_parameters(operation, wanted.parameters.as_ref(), &mut differences);
        self.compare_body(operation, wanted.request.as_ref(), &mut differences);
        differences
    }

    fn compare_body(&self, operation: &Operation, wanted: Option<&Sample>, differences: &mut Vec<String>) {
        let Some(wanted) = wanted else {
            if !self.body.is_empty() {
                differences.push(format!("there is a body: {}", self.body));
            }
            return;
        };
        let mut arrived = match json::parse(&self.body) {
            Ok(arrived) => arrived,
            Err(error) => {
                differences.push(format!("the body is not JSON: {error}"));
                return;
            }
        };
        // The client adds a missing key.
        if let (Idempotency::Key(key), Sample::Object(all)) = (&operation.idempotency, &mut arrived)
            && wanted.get(key).is_none()
        {
            all.retain(|(name, _)| name != key);
        }
        compare(wanted, &arrived, "", differences);
    }

    fn compare_parameters(&self, operation: &Operation, wanted: Option<&Sample>, differences: &mut Vec<String>) {
        let mut query: Vec<(String, String)> =
            self.query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
        let mut path: Vec<String> = operation.path.split('/').map(str::to_owned).collect();
        for parameter in &operation.parameters {
            let name = parameter.field.wire.as_str();
            let value = wanted.and_then(|all| all.get(name)).filter(|value| **value != Sample::Null);
            let texts = match value {
                None => Vec::new(),
                Some(Sample::List(all)) if parameter.style == ParameterStyle::FormExploded => {
                    all.iter().filter_map(text).collect()
                }
                Some(value) => text(value).into_iter().collect(),
            };
            if value.is_some() && texts.is_empty() {
                differences.push(format!("the parameter {name} can't be compared"));
            }
            match parameter.location {
                Location::Path => {
                    let placeholder = format!("{{{name}}}");
                    for part in path.iter_mut().filter(|part| **part == placeholder) {
                        *part = texts.concat();
                    }
                }
                Location::Query => {
                    let (own, others): (Vec<_>, Vec<_>) = query.into_iter().partition(|(key, _)| key == name);
                    query = others;
                    let own: Vec<String> = own.into_iter().map(|(_, value)| value).collect();
                    if own != texts {
                        differences.push(format!("the query's {name} is {own:?}, not {texts:?}"));
                    }
                }
                Location::Header => {
                    let own = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
                    let own: Vec<String> = own.map(|(_, value)| value.clone()).collect();
                    if own != texts {
                        differences.push(format!("the header {name} is {own:?}, not {texts:?}"));
                    }
                }
            }
        }
        if !query.is_empty() {
            differences.push(format!("the query contains also {query:?}"));
        }
        let arrived: Vec<String> = self.path.split('/').map(decoded).collect();
        if arrived != path {
            differences.push(format!("the path is {arrived:?}, not {path:?}"));
        }
    }
}

/// A value in a URL or header. Returns `None` for an object.
fn text(value: &Sample) -> Option<String> {
    match value {
        Sample::Null | Sample::Object(_) => None,
        Sample::Bool(value) => Some(value.to_string()),
        Sample::Number(text) | Sample::Text(text) => Some(text.clone()),
        Sample::List(all) => Some(all.iter().map(text).collect::<Option<Vec<_>>>()?.join(",")),
    }
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decoded(name), decoded(value))
}

/// The text without percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn compare(wanted: &Sample, arrived: &Sample, path: &str, differences: &mut Vec<String>) {
    match (wanted, arrived) {
        (Sample::Object(wanted), Sample::Object(arrived)) => {
            for (name, value) in wanted {
                let path = format!("{path}.{name}");
                let mut found = arrived.iter().filter(|(other, _)| other == name);
                match (found.next(), found.next()) {
                    (Some((_, found)), None) => compare(value, found, &path, differences),
                    (None, _) => differences.push(format!("{path} is missing")),
                    (Some(_), Some(_)) => differences.push(format!("{path} is there twice")),
                }
            }
            let extra = arrived.iter().filter(|(name, _)| !wanted.iter().any(|(other, _)| other == name));
            differences.extend(extra.map(|(name, value)| format!("{path}.{name} is extra: {}", json::json(value))));
        }
        (Sample::List(wanted), Sample::List(arrived)) if wanted.len() == arrived.len() => {
            for (index, (wanted, arrived)) in wanted.iter().zip(arrived).enumerate() {
                compare(wanted, arrived, &format!("{path}[{index}]"), differences);
            }
        }
        (wanted, arrived) if wanted == arrived => {}
        (wanted, arrived) => {
            differences.push(format!("{path} is {}, not {}", json::json(arrived), json::json(wanted)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, decoded};
    use api_tools::json::parse;

    #[test]
    fn each_difference_is_found() {
        let differences = |wanted: &str, arrived: &str| {
            let mut found = Vec::new();
            compare(&parse(wanted).expect("JSON"), &parse(arrived).expect("JSON"), "", &mut found);
            found
        };
        assert!(differences(r#"{"a":[1,{"b":null}],"c":"x"}"#, r#"{"c":"x","a":[1,{"b":null}]}"#).is_empty());
        assert_eq!(differences(r#"{"a":1.50}"#, r#"{"a":1.5}"#), [".a is 1.5, not 1.50"]);
        assert_eq!(differences(r#"{"a":null}"#, "{}"), [".a is missing"]);
        assert_eq!(differences("{}", r#"{"a":[]}"#), [".a is extra: []"]);
        assert_eq!(differences(r#"{"a":[1]}"#, r#"{"a":[1,2]}"#), [".a is [1,2], not [1]"]);
        assert_eq!(differences(r#"{"a":1}"#, r#"{"a":1,"a":1}"#), [".a is there twice"]);
        assert_eq!(differences(r#""1""#, "1"), [" is 1, not \"1\""]);
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(decoded("a%2Fb%20c%C3%A9%"), "a/b cé%");
    }
}
