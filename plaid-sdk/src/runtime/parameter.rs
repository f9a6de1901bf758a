//! Parameters and forms as text, for paths, queries, headers and form bodies.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::runtime::wire::{self, View};

/// All characters but those that RFC 3986 calls "unreserved". They are escaped, so that a value can't end its path segment or
/// its query pair.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter's value as text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    /// The value is absent, so the parameter is omitted.
    Nothing,
    One(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
}

/// The value has no text form, such as an object.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotText;

/// The text of a scalar or of a list of them.
pub(crate) fn text(view: View<'_>) -> Result<Text<'_>, NotText> {
    match view {
        View::Absent | View::Null | View::Json(Value::Null) => Ok(Text::Nothing),
        View::Union(union) => text(union.view()),
        View::List(list) => {
            let texts = (0..list.count()).filter_map(|index| scalar(list.get(index)).transpose());
            texts.collect::<Result<_, _>>().map(Text::List)
        }
        View::Json(Value::Array(list)) => {
            let texts = list.iter().filter_map(|value| scalar(View::Json(value)).transpose());
            texts.collect::<Result<_, _>>().map(Text::List)
        }
        view => Ok(scalar(view)?.map_or(Text::Nothing, Text::One)),
    }
}

/// The text of a scalar; `None` for null.
fn scalar(view: View<'_>) -> Result<Option<Cow<'_, str>>, NotText> {
    Ok(Some(match view {
        View::Absent | View::Null | View::Json(Value::Null) => return Ok(None),
        View::String(text) => Cow::Borrowed(text),
        View::Json(Value::String(text)) => Cow::Borrowed(text),
        View::Bool(value) => value.to_string().into(),
        View::Integer(value) => value.to_string().into(),
        View::Float(value) => value.to_string().into(),
        View::Decimal(value) => value.to_string().into(),
        View::Date(value) => value.to_string().into(),
        View::Timestamp(value) => value.to_string().into(),
        View::Json(value @ (Value::Bool(_) | Value::Number(_))) => value.to_string().into(),
        View::Union(union) => return scalar(union.view()),
        View::Json(_) | View::JsonObject(_) | View::Struct(_) | View::List(_) | View::Map(_) => return Err(NotText),
    }))
}

/// Appends `text` to `url`, escaped.
pub(crate) fn push_escaped(url: &mut String, text: &str) {
    url.extend(utf8_percent_encode(text, ESCAPED));
}

/// Appends `name=value` to a query or form.
pub(crate) fn push_pair(pairs: &mut String, name: &str, value: &str) {
    if !pairs.is_empty() {
        pairs.push('&');
    }
    push_escaped(pairs, name);
    pairs.push('=');
    push_escaped(pairs, value);
}

/// How a parameter in a query, or a property of a form, is written: OpenAPI's `style` and `explode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterStyle {
    /// A list is joined by commas, and so are the keys and values of an object: `name=key,value`.
    Form,
    /// A list repeats the name, and each property of an object is a parameter of its own: `key=value`.
    FormExploded,
    /// As [`Form`](Self::Form), joined by spaces.
    SpaceDelimited,
    /// As [`Form`](Self::Form), joined by `|`.
    PipeDelimited,
    /// Each value of an object is a parameter that names its place: `name[key]=value`.
    DeepObject,
    /// JSON text.
    Json,
}

/// Adds a value to a query or form; nothing where there is none.
pub(crate) fn push(pairs: &mut String, name: &str, view: View<'_>, style: ParameterStyle) -> Result<(), NotText> {
    let separator = match style {
        ParameterStyle::DeepObject => return push_deep(pairs, name, view),
        ParameterStyle::Json => return push_json(pairs, name, view),
        ParameterStyle::Form | ParameterStyle::FormExploded => ",",
        ParameterStyle::SpaceDelimited => " ",
        ParameterStyle::PipeDelimited => "|",
    };
    let explode = style == ParameterStyle::FormExploded;
    match text(view) {
        Ok(Text::Nothing) => {}
        Ok(Text::One(text)) => push_pair(pairs, name, &text),
        Ok(Text::List(texts)) if explode => texts.iter().for_each(|text| push_pair(pairs, name, text)),
        Ok(Text::List(texts)) if texts.is_empty() => {}
        Ok(Text::List(texts)) => push_pair(pairs, name, &texts.join(separator)),
        Err(NotText) if explode => each(view, &mut |key, view| push_text(pairs, key, view))?,
        Err(NotText) => {
            let mut parts = Vec::new();
            each(view, &mut |key, view| {
                if let Some(text) = scalar(view)? {
                    parts.push(key.to_owned());
                    parts.push(text.into_owned());
                }
                Ok(())
            })?;
            push_pair(pairs, name, &parts.join(separator));
        }
    }
    Ok(())
}

/// Adds a scalar, or a list of them that repeats the name.
fn push_text(pairs: &mut String, name: &str, view: View<'_>) -> Result<(), NotText> {
    match text(view)? {
        Text::Nothing => {}
        Text::One(text) => push_pair(pairs, name, &text),
        Text::List(texts) => texts.iter().for_each(|text| push_pair(pairs, name, text)),
    }
    Ok(())
}

fn push_deep(pairs: &mut String, name: &str, view: View<'_>) -> Result<(), NotText> {
    match push_text(pairs, name, view) {
        Err(NotText) => each(view, &mut |key, view| push_deep(pairs, &format!("{name}[{key}]"), view)),
        Ok(()) => Ok(()),
    }
}

fn push_json(pairs: &mut String, name: &str, view: View<'_>) -> Result<(), NotText> {
    if matches!(view, View::Absent) {
        return Ok(());
    }
    let json = wire::to_json(view).map_err(|_| NotText)?;
    push_pair(pairs, name, str::from_utf8(&json).map_err(|_| NotText)?);
    Ok(())
}

/// An object as a form body. A property of no style is written as text, a list repeats it, and an object is JSON, as
/// OpenAPI has it.
pub(crate) fn form(view: View<'_>, styles: &[(&str, ParameterStyle)]) -> Result<String, NotText> {
    let mut pairs = String::new();
    each(view, &mut |name, view| match styles.iter().find(|(styled, _)| *styled == name) {
        Some((_, style)) => push(&mut pairs, name, view, *style),
        None => push_text(&mut pairs, name, view).or_else(|NotText| push_json(&mut pairs, name, view)),
    })?;
    Ok(pairs)
}

/// Calls with the name and value of each property of an object.
fn each(view: View<'_>, take: &mut dyn FnMut(&str, View<'_>) -> Result<(), NotText>) -> Result<(), NotText> {
    let mut result = Ok(());
    match view {
        View::Struct(record) => {
            for (index, field) in record.info().fields.iter().enumerate() {
                take(field.name, record.view(index))?;
            }
            if let Some(entries) = record.additional_view() {
                entries.visit(&mut |name, view| {
                    result = take(name, view);
                    result.is_ok()
                });
            }
        }
        View::Map(entries) => entries.visit(&mut |name, view| {
            result = take(name, view);
            result.is_ok()
        }),
        View::JsonObject(object) | View::Json(Value::Object(object)) => {
            for (name, value) in object {
                take(name, View::Json(value))?;
            }
        }
        View::Union(union) => return each(union.view(), take),
        _ => return Err(NotText),
    }
    result
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::runtime::wire::Wire;

    #[test]
    fn scalars_and_lists_have_a_text() {
        let one = |text: &'static str| Ok(Text::One(Cow::Borrowed(text)));
        assert_eq!(text(true.view()), one("true"));
        assert_eq!(text(7_i64.view()), one("7"));
        assert_eq!(text("a b".to_owned().view()), one("a b"));
        assert_eq!(text(rust_decimal::Decimal::new(1250, 2).view()), one("12.50"));
        assert_eq!(text(None::<String>.view()), Ok(Text::Nothing));
        assert_eq!(text(crate::runtime::nullable::Nullable::<i64>::Null.view()), Ok(Text::Nothing));
        assert_eq!(text(vec![1_i64, 2].view()), Ok(Text::List(vec!["1".into(), "2".into()])));
        assert_eq!(text(json!({}).view()), Err(NotText));
        assert_eq!(text(vec![vec![1_i64]].view()), Err(NotText));
    }

    #[test]
    fn forms_escape_repeat_and_nest() {
        let body = json!({ "a": "x&y=z é", "b": null, "c": [1, 2], "d": { "e": true }, "f": "" });
        // A list repeats its name, also if it is plain JSON.
        assert_eq!(form(body.view(), &[]).unwrap(), "a=x%26y%3Dz%20%C3%A9&c=1&c=2&d=%7B%22e%22%3Atrue%7D&f=");
        assert_eq!(form("text".to_owned().view(), &[]), Err(NotText));
        let deep = form(body.view(), &[("d", ParameterStyle::DeepObject), ("a", ParameterStyle::Json)]);
        assert_eq!(deep.unwrap(), "a=%22x%26y%3Dz%20%C3%A9%22&c=1&c=2&d%5Be%5D=true&f=");
    }

    #[test]
    fn styles_join_repeat_and_name_the_place() {
        let pushed = |value: &dyn Fn() -> serde_json::Value, style| {
            let mut pairs = String::new();
            push(&mut pairs, "p", value().view(), style).map(|()| pairs)
        };
        let object = || json!({ "a": 1, "b": "x y", "c": null });
        assert_eq!(pushed(&object, ParameterStyle::Form).unwrap(), "p=a%2C1%2Cb%2Cx%20y");
        assert_eq!(pushed(&object, ParameterStyle::FormExploded).unwrap(), "a=1&b=x%20y");
        assert_eq!(pushed(&object, ParameterStyle::DeepObject).unwrap(), "p%5Ba%5D=1&p%5Bb%5D=x%20y");
        let nested = || json!({ "a": { "b": { "c": true } } });
        assert_eq!(pushed(&nested, ParameterStyle::DeepObject).unwrap(), "p%5Ba%5D%5Bb%5D%5Bc%5D=true");
        assert_eq!(
            pushed(&nested, ParameterStyle::Json).unwrap(),
            "p=%7B%22a%22%3A%7B%22b%22%3A%7B%22c%22%3Atrue%7D%7D%7D"
        );
        assert_eq!(pushed(&nested, ParameterStyle::Form), Err(NotText));
        let mut pairs = String::new();
        push(&mut pairs, "p", vec![1_i64, 2].view(), ParameterStyle::PipeDelimited).unwrap();
        push(&mut pairs, "q", vec![1_i64, 2].view(), ParameterStyle::SpaceDelimited).unwrap();
        push(&mut pairs, "r", vec![1_i64, 2].view(), ParameterStyle::FormExploded).unwrap();
        push(&mut pairs, "s", None::<String>.view(), ParameterStyle::Json).unwrap();
        assert_eq!(pairs, "p=1%7C2&q=1%202&r=1&r=2");
    }
}
