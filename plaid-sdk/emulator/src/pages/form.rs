//! Forms and queries: pairs of a name and a value.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in a value of a query.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The fields of a form or a query, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form (`application/x-www-form-urlencoded`) or a query.
    pub fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decoded(name), decoded(value))
                })
                .collect(),
        )
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a name, without spaces around it, if there is something left.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// All values of a name, in their order.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// A text as a value of a query or a segment of a path.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Form, encoded};

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let form = Form::read("a=1+2&a=%C3%A4%26&empty=&flag&=x");
        assert_eq!((form.get("a"), form.all("a")), (Some("1 2"), vec!["1 2", "ä&"]));
        assert_eq!((form.get("empty"), form.filled("empty"), form.get("flag")), (Some(""), None, Some("")));
        assert_eq!(Form::read("x=%zz%ff").get("x"), Some("%zz\u{fffd}"));
        assert_eq!(Form::read(&format!("x={}", encoded("a b&c=ü"))).get("x"), Some("a b&c=ü"));
    }
}
