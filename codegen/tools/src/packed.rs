//! A compact binary form of the model, which is read much faster than JSON. It knows no type of the model: it is a format of
//! serde, as JSON is.
//!
//! The bytes begin with a table of all strings, each once. A value refers to them by number. A struct is a set of the members
//! that are written, as bits, and then these members in order, so a member that is left out costs one bit. Whole numbers
//! have seven bits a byte. Variants are numbers. Names of types and members are left out, so whoever reads needs the same
//! version of the model as whoever wrote.

mod read;
mod write;

use std::fmt;

pub use self::read::from_bytes;
pub use self::write::to_bytes;

/// Why bytes can't be written or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl Error {
    fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl serde::ser::Error for Error {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self(what.to_string())
    }
}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self(what.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::{from_bytes, to_bytes};

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Whole {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left_out: Option<String>,
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        list: Vec<Choice>,
        map: BTreeMap<String, (u8, i64)>,
        number: f64,
        letter: char,
        nested: Option<Box<Whole>>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Choice {
        Unit,
        New(u64),
        Tuple(bool, i32),
        Struct { a: String, b: () },
    }

    fn whole() -> Whole {
        let inner = Whole { left_out: Some("é".to_owned()), letter: '\u{1f980}', ..Whole::default() };
        Whole {
            text: "text".to_owned(),
            list: vec![
                Choice::Unit,
                Choice::New(u64::MAX),
                Choice::Tuple(true, i32::MIN),
                Choice::Struct { a: "text".to_owned(), b: () },
            ],
            map: BTreeMap::from([("a".to_owned(), (1, i64::MIN)), ("b".to_owned(), (255, i64::MAX))]),
            number: -0.1,
            nested: Some(Box::new(inner)),
            ..Whole::default()
        }
    }

    #[test]
    fn every_shape_comes_back_unchanged() {
        let bytes = to_bytes(&whole()).expect("bytes");
        assert_eq!(from_bytes::<Whole>(&bytes), Ok(whole()));
        assert_eq!(bytes.windows(4).filter(|four| four == b"text").count(), 1, "each string is there once");
    }

    #[test]
    fn damaged_bytes_are_an_error_or_another_value_but_no_panic() {
        let bytes = to_bytes(&whole()).expect("bytes");
        for length in 0..bytes.len() {
            assert!(from_bytes::<Whole>(&bytes[..length]).is_err(), "{length}");
        }
        assert!(from_bytes::<Whole>(&[bytes.as_slice(), &[0]].concat()).is_err());
        let mut errors = 0;
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                errors += usize::from(from_bytes::<Whole>(&damaged) != Ok(whole()));
            }
        }
        assert!(errors > bytes.len() * 7, "{errors}");
    }

    #[test]
    fn endless_nesting_is_an_error() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        enum Nested {
            Inner(Box<Nested>),
            End,
        }
        let nested = |depth: usize| [vec![0], vec![0; depth], vec![1]].concat();
        assert!(from_bytes::<Nested>(&nested(127)).is_ok());
        assert!(from_bytes::<Nested>(&nested(128)).is_err());
        assert!(from_bytes::<Nested>(&nested(1_000_000)).is_err());
    }

    #[test]
    fn a_type_that_needs_names_in_the_bytes_is_an_error() {
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(untagged)]
        enum Untagged {
            Text(String),
        }
        let bytes = to_bytes(&Untagged::Text("a".to_owned())).expect("bytes");
        assert!(from_bytes::<Untagged>(&bytes).is_err());
    }
}
