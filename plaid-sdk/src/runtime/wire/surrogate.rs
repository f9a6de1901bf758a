//! Lone surrogates: half of a pair of `\u` escapes, which no Rust string can contain.
//!
//! JSON's grammar allows them, and some languages write them when they cut a text in the middle of an emoji. serde_json
//! refuses them. This module replaces each by U+FFFD, the replacement character, if a document could not be read.

use super::path::{Path, Step};
use super::trace::Trace;

/// The document with each lone surrogate replaced. `None` if it has none. Records each of them.
#[cold]
pub(super) fn replace(text: &str, trace: &mut Trace) -> Option<String> {
    let mut scanner = Scanner { text, at: 0, levels: Vec::new(), lone: Vec::new() };
    scanner.scan(trace);
    if scanner.lone.is_empty() {
        return None;
    }
    let mut replaced = String::with_capacity(text.len());
    let mut copied = 0;
    for at in scanner.lone {
        replaced.push_str(text.get(copied..at)?);
        replaced.push_str("\\ufffd");
        copied = at + ESCAPE;
    }
    replaced.push_str(text.get(copied..)?);
    Some(replaced)
}

/// Whether a document has a lone surrogate.
pub(super) fn is_in(text: &str) -> bool {
    text.contains("\\u") && replace(text, &mut Trace::default()).is_some()
}

/// The length of `\ud83d`.
const ESCAPE: usize = 6;

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    levels: Vec<Level<'a>>,
    /// Where the lone surrogates start.
    lone: Vec<usize>,
}

/// An object or array around the current position.
enum Level<'a> {
    Object { key: &'a str, in_value: bool },
    Array { index: usize },
}

impl Scanner<'_> {
    fn scan(&mut self, trace: &mut Trace) {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            self.at += 1;
            match (byte, self.levels.last_mut()) {
                (b'{', _) => self.levels.push(Level::Object { key: "", in_value: false }),
                (b'[', _) => self.levels.push(Level::Array { index: 0 }),
                (b'}' | b']', _) => {
                    self.levels.pop();
                }
                (b':', Some(Level::Object { in_value, .. })) => *in_value = true,
                (b',', Some(Level::Object { in_value, .. })) => *in_value = false,
                (b',', Some(Level::Array { index })) => *index += 1,
                (b'"', _) => self.string(trace),
                _ => {}
            }
        }
    }

    /// Reads a string, after its opening quote.
    fn string(&mut self, trace: &mut Trace) {
        let start = self.at;
        let before = self.lone.len();
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                None | Some(b'"') => break,
                Some(b'\\') => self.escape(),
                Some(_) => self.at += 1,
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        if let Some(Level::Object { key, in_value: false }) = self.levels.last_mut() {
            *key = text;
        }
        for _ in before..self.lone.len() {
            // The path of a deep document is long.
            let path = if trace.has_room() { self.path() } else { Path::default() };
            trace.deviate_at(path, "a string", "a lone surrogate");
        }
    }

    fn escape(&mut self) {
        match self.surrogate(self.at) {
            Some(Half::High) if matches!(self.surrogate(self.at + ESCAPE), Some(Half::Low)) => self.at += 2 * ESCAPE,
            Some(_) => {
                self.lone.push(self.at);
                self.at += ESCAPE;
            }
            None => self.at += 2,
        }
    }

    /// The surrogate whose escape starts here.
    fn surrogate(&self, at: usize) -> Option<Half> {
        let digits = self.text.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
        match u32::from_str_radix(digits, 16).ok()? {
            0xd800..=0xdbff => Some(Half::High),
            0xdc00..=0xdfff => Some(Half::Low),
            _ => None,
        }
    }

    fn path(&self) -> Path {
        let mut path = Path::default();
        for level in self.levels.iter().rev() {
            path.push(match level {
                Level::Object { key, .. } => Step::Key((*key).to_owned()),
                Level::Array { index } => Step::Index(*index),
            });
        }
        path
    }
}

enum Half {
    High,
    Low,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lone_surrogate_is_replaced_and_reported() {
        let text = r#"{"a": ["\u0041", {"b\"": "x\ud83d"}], "c": "\uDE00\ud83d\ude00", "d\ud800": "\\ud83d é"}"#;
        let mut trace = Trace::default();
        let replaced = replace(text, &mut trace).unwrap();
        let expected = r#"{"a": ["\u0041", {"b\"": "x\ufffd"}], "c": "\ufffd\ud83d\ude00", "d\ufffd": "\\ud83d é"}"#;
        assert_eq!(replaced, expected);
        serde_json::from_str::<serde_json::Value>(&replaced).unwrap();
        let deviations = trace.into_deviations();
        let paths: Vec<&str> = deviations.iter().map(|deviation| deviation.path()).collect();
        assert_eq!(paths, [r#"a[1]["b\\\""]"#, "c", r#"["d\\ud800"]"#]);
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in ["", "{", r#"{"a": "\ud83d\ude00"}"#, r#""\\ud83d""#, r#""\u"#, r#""\ud8é0""#, r#"["\"#, "]]}}"] {
            let mut trace = Trace::default();
            assert_eq!(replace(text, &mut trace), None, "{text}");
            assert_eq!(trace.deviations(), 0);
        }
    }
}
