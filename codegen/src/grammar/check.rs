//! Compares a tree with its grammar and reports everything that doesn't match, each at the smallest wrong node.

use serde_yaml::{Mapping, Value};

use super::mistake::Mistake;
use super::openapi::is_stray_media_type;
use super::walk::member;
use super::{Hint, Keep, Keyword, Object, Path, Shape, closest, describe, meant};
use crate::diag::Report;

/// Called for each `$ref` with its place, the kind of object that it must lead to, and its target.
pub(crate) type OnReference<'f> = dyn FnMut(&Path<'_>, &Object, &str, &mut Report) + 'f;

/// A check of one file.
pub(crate) struct Check<'r, 'f> {
    /// The file, for messages.
    pub(crate) file: &'r str,
    /// Receives the errors.
    pub(crate) report: &'r mut Report,
    /// Receives the harmless mistakes. If it is `None`, they are errors too.
    pub(crate) mistakes: Option<&'r mut Vec<Mistake>>,
    /// Checks references.
    pub(crate) on_reference: &'r mut OnReference<'f>,
}

impl Check<'_, '_> {
    /// Checks a node and everything below it.
    pub(crate) fn node(&mut self, value: &Value, shape: Shape, at: &Path<'_>) {
        match (shape, value) {
            (Shape::Json, _)
            | (Shape::Text | Shape::Prose, Value::String(_))
            | (Shape::Flag | Shape::FlagOr(_), Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(number)) if number.is_u64() => {}
            (Shape::Said, Value::String(text)) if !text.trim().is_empty() => {}
            (Shape::Word(words), Value::String(word)) => self.word(word, words, at),
            (Shape::SchemaName, Value::String(target)) => {
                (self.on_reference)(at, &super::openapi::SCHEMA, target, self.report);
            }
            (Shape::List(inner), Value::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let here = at.index(index);
                    if at.last_key() == Some("required") && items.iter().take(index).any(|before| before == item) {
                        let help = "the second one is ignored; remove one of the two";
                        self.mistake(Mistake::new(&here, format!("this list contains {} twice", describe(item)), help));
                    }
                    self.node(item, *inner, &here);
                }
            }
            (Shape::Map(inner), Value::Mapping(map)) => {
                for (key, item) in string_keys(map) {
                    if is_stray_media_type(inner, key) {
                        let at = at.key(key);
                        let what = format!("`{key}` is not a media type");
                        let help = "it is ignored; it was probably meant to be one level deeper";
                        self.mistake(Mistake::new(&at, what, help));
                    } else {
                        self.node(item, *inner, &at.key(key));
                    }
                }
            }
            (Shape::FlagOr(inner), Value::Mapping(_)) => self.node(value, *inner, at),
            (Shape::Reference(object), Value::Mapping(map)) if map.contains_key("$ref") => {
                self.reference(map, object, at);
            }
            (Shape::Object(object) | Shape::Reference(object), Value::Mapping(map)) => self.object(map, object, at),
            _ => self.mismatch(value, shape, at),
        }
    }

    fn object(&mut self, map: &Mapping, object: &Object, at: &Path<'_>) {
        for (key, value) in string_keys(map) {
            let at = at.key(key);
            match (object.keyword(key), member(object, key)) {
                (Some(keyword), _) => self.keyword(keyword, value, &at),
                (None, Some(shape)) => self.node(value, shape, &at),
                (None, None) if object.is_extension(key) => {}
                (None, None) => self.unknown(key, object, &at),
            }
        }
        for keyword in object.keywords.iter().filter(|keyword| keyword.required && !map.contains_key(keyword.name)) {
            let what = format!("{} needs `{}`, which is missing", object.name, keyword.name);
            let help = format!("add `{}`: {}", keyword.name, wanted(keyword.shape));
            if keyword.keep == Keep::Word {
                let empty = Value::String(String::new());
                self.mistake(Mistake::new(at, what, help).read_as(&at.key(keyword.name), empty));
            } else {
                self.error(at, what, help);
            }
        }
        let chosen = object.one_of.iter().filter(|name| map.contains_key(**name)).count();
        if chosen != 1 && !object.one_of.is_empty() {
            let (names, has) = (listed(object.one_of, " and "), if chosen == 0 { "neither" } else { "both" });
            let what = format!("{} needs one of {names}, and this has {has}", object.name);
            self.error(at, what, if chosen == 0 { "add one of them" } else { "remove one of them" });
        }
    }

    fn keyword(&mut self, keyword: &Keyword, value: &Value, at: &Path<'_>) {
        if value.is_null() && self.mistakes.is_some() && !keyword.required && meant::is_absent_when_empty(keyword.shape)
        {
            let what = format!("`{}` is empty", keyword.name);
            self.mistake(Mistake::new(at, what, "it is ignored; add a value, or remove the key").ignoring(at));
        } else if keyword.spare && self.mistakes.is_some() {
            self.spare(keyword, value, at);
        } else {
            self.node(value, keyword.shape, at);
        }
    }

    /// Checks a keyword that does not affect the API. Its errors are harmless mistakes, and the whole keyword is
    /// ignored.
    fn spare(&mut self, keyword: &Keyword, value: &Value, at: &Path<'_>) {
        let mut report = Report::default();
        let mistakes = self.mistakes.as_deref_mut();
        let mut inner = Check { file: self.file, report: &mut report, mistakes, on_reference: &mut *self.on_reference };
        inner.node(value, keyword.shape, at);
        for error in report.findings() {
            let help = format!("`{}` is ignored; {}", keyword.name, error.help);
            let mistake = Mistake::new(at, error.what.as_str(), help).ignoring(at);
            self.mistake(mistake.found_at(error.at.clone()));
        }
    }

    fn reference(&mut self, map: &Mapping, object: &Object, at: &Path<'_>) {
        let Some(target) = map.get("$ref").and_then(Value::as_str) else {
            let found = map.get("$ref").map_or_else(String::new, describe);
            let what = format!("`$ref` must be text, but is {found}");
            self.error(&at.key("$ref"), what, "write the pointer of a component, such as `#/components/schemas/Name`");
            return;
        };
        (self.on_reference)(&at.key("$ref"), object, target, self.report);
        for (key, _) in string_keys(map) {
            // a description beside a `$ref` is common, and affects no type
            let says_something = object.keyword(key).is_some_and(|keyword| !matches!(keyword.shape, Shape::Prose));
            if says_something {
                let what = format!("`{key}` is next to a `$ref`, where OpenAPI 3.0 ignores it");
                let help = "remove it, or put the `$ref` into an `allOf`, and the keyword next to that";
                self.mistake(Mistake::new(&at.key(key), what, help));
            }
        }
    }

    fn unknown(&mut self, key: &str, object: &Object, at: &Path<'_>) {
        if let Some(others) = object.others.as_ref() {
            let what = format!("`{key}` is not allowed in {}: each key is {}", object.name, others.are);
            self.error(at, what, format!("make it {}, or remove it", others.are));
            return;
        }
        let what = format!("`{key}` is not a keyword of {}", object.name);
        let known = object.keywords.iter().map(|keyword| keyword.name);
        let help = match ((object.hint)(key), closest(key, known.clone())) {
            (Some(Hint::Refuse(help)), _) => return self.error(at, what, help),
            (Some(Hint::Ignore(help)), _) => help.to_owned(),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) if object.extensible => {
                "remove it, or rename it so that it starts with `x-` if it is your own extension".to_owned()
            }
            (None, None) => format!("the keywords are {}", listed(&known.collect::<Vec<_>>(), ", ")),
        };
        let help = if self.mistakes.is_some() { format!("it is ignored; {help}") } else { help };
        self.mistake(Mistake::new(at, what, help).ignoring(at));
    }

    fn word(&mut self, word: &str, words: &[&str], at: &Path<'_>) {
        if words.contains(&word) {
            return;
        }
        let help = match closest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if word == "null" => "write the type of the value, and `nullable: true`".to_owned(),
            None => format!("write one of {}", listed(words, ", ")),
        };
        self.error(at, format!("`{word}` is not allowed here"), help);
    }

    fn mismatch(&mut self, value: &Value, shape: Shape, at: &Path<'_>) {
        let what = format!("this must be {}, but is {}", kind(shape), describe(value));
        if let Some(mistake) = self.mistakes.is_some().then(|| meant::of(value, shape, at, &what)).flatten() {
            return self.mistake(mistake);
        }
        let help = match (shape, value) {
            (_, Value::Null) => "add a value, or remove the key".to_owned(),
            (Shape::Text | Shape::Said | Shape::Prose | Shape::SchemaName, Value::Number(_) | Value::Bool(_)) => {
                "put it in quotes".to_owned()
            }
            (Shape::Word(words), Value::Sequence(items)) => {
                let types = items.iter().filter_map(Value::as_str).filter(|item| words.contains(item));
                match types.collect::<Vec<_>>().as_slice() {
                    [one] => format!("a list of types is from OpenAPI 3.1; write `{one}`, and `nullable: true`"),
                    _ => "a list of types is from OpenAPI 3.1; write one of them, or `oneOf` with a schema each"
                        .to_owned(),
                }
            }
            (Shape::Flag | Shape::FlagOr(_), Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
                "remove the quotes".to_owned()
            }
            (Shape::Number | Shape::Count, Value::String(text)) if text.parse::<f64>().is_ok() => {
                "remove the quotes".to_owned()
            }
            (Shape::List(_), Value::String(_)) => "write it as a list, with a leading `- `".to_owned(),
            (Shape::Reference(_) | Shape::FlagOr(_), Value::String(text)) if text.contains("#/") => {
                format!("write `$ref: '{text}'`")
            }
            _ => format!("write {}", wanted(shape)),
        };
        self.error(at, what, help);
    }

    /// Records a harmless mistake, or reports it as an error if mistakes are errors.
    fn mistake(&mut self, mistake: Mistake) {
        match self.mistakes.as_deref_mut() {
            Some(mistakes) => mistakes.push(mistake),
            None => self.report.error(self.file, &mistake.at, mistake.what, mistake.help),
        }
    }

    /// Reports an error at a place.
    pub(crate) fn error(&mut self, at: &Path<'_>, what: String, help: impl Into<String>) {
        self.report.error(self.file, &at.pointer(), what, help);
    }
}

/// The members of a mapping. The reader has made all keys strings.
fn string_keys(map: &Mapping) -> impl Iterator<Item = (&str, &Value)> {
    map.iter().filter_map(|(key, value)| Some((key.as_str()?, value)))
}

fn listed(words: &[&str], separator: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(separator)
}

/// The name of a shape, without its elements.
fn kind(shape: Shape) -> String {
    match shape {
        Shape::List(_) => "a list".to_owned(),
        Shape::Map(_) => "a mapping".to_owned(),
        shape => wanted(shape),
    }
}

/// The name of a shape, with its elements.
fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Json => "any value".to_owned(),
        Shape::Text | Shape::Prose => "text".to_owned(),
        Shape::Said => "non-empty text".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "a whole number that is not negative".to_owned(),
        Shape::Word(words) => format!("one of {}", listed(words, ", ")),
        Shape::SchemaName => "the name of a schema".to_owned(),
        Shape::List(inner) => format!("a list, each element {}", wanted(*inner)),
        Shape::Map(inner) => format!("a mapping, each value {}", wanted(*inner)),
        Shape::Object(object) => object.name.to_owned(),
        Shape::Reference(object) => format!("{} or a `$ref` to one", object.name),
        Shape::FlagOr(inner) => format!("`true`, `false`, {}", wanted(*inner)),
    }
}
