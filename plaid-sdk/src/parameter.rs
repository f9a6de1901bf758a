//! Parameters and forms as text, for paths, queries, headers and form bodies.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::wire::{self, View};

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

/// An object as a form body. A list repeats its property, and a nested object is JSON, as OpenAPI specifies.
pub(crate) fn form(view: View<'_>) -> Result<String, NotText> {
    let mut pairs = String::new();
    let mut push = |name: &str, view: View<'_>| {
        match text(view) {
            Ok(Text::Nothing) => {}
            Ok(Text::One(value)) => push_pair(&mut pairs, name, &value),
            Ok(Text::List(values)) => values.iter().for_each(|value| push_pair(&mut pairs, name, value)),
            Err(NotText) => {
                let json = wire::to_json(view).map_err(|_| NotText)?;
                push_pair(&mut pairs, name, str::from_utf8(&json).map_err(|_| NotText)?);
            }
        }
        Ok(())
    };
    let mut result = Ok(());
    match view {
        View::Struct(record) => {
            for (index, field) in record.info().fields.iter().enumerate() {
                push(field.name, record.view(index))?;
            }
            if let Some(entries) = record.additional_view() {
                entries.visit(&mut |name, view| {
                    result = push(name, view);
                    result.is_ok()
                });
            }
        }
        View::Map(entries) => entries.visit(&mut |name, view| {
            result = push(name, view);
            result.is_ok()
        }),
        View::JsonObject(object) | View::Json(Value::Object(object)) => {
            for (name, value) in object {
                push(name, View::Json(value))?;
            }
        }
        View::Union(union) => return form(union.view()),
        _ => return Err(NotText),
    }
    result.map(|()| pairs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::Wire;

    #[test]
    fn scalars_and_lists_have_a_text() {
        let one = |text: &'static str| Ok(Text::One(Cow::Borrowed(text)));
        assert_eq!(text(true.view()), one("true"));
        assert_eq!(text(7_i64.view()), one("7"));
        assert_eq!(text("a b".to_owned().view()), one("a b"));
        assert_eq!(text(rust_decimal::Decimal::new(1250, 2).view()), one("12.50"));
        assert_eq!(text(None::<String>.view()), Ok(Text::Nothing));
        assert_eq!(text(crate::Nullable::<i64>::Null.view()), Ok(Text::Nothing));
        assert_eq!(text(vec![1_i64, 2].view()), Ok(Text::List(vec!["1".into(), "2".into()])));
        assert_eq!(text(json!({}).view()), Err(NotText));
        assert_eq!(text(vec![vec![1_i64]].view()), Err(NotText));
    }

    #[test]
    fn forms_escape_repeat_and_nest() {
        let body = json!({ "a": "x&y=z é", "b": null, "c": [1, 2], "d": { "e": true }, "f": "" });
        // A list of JSON values has no list view, so it is written as JSON.
        assert_eq!(form(body.view()).unwrap(), "a=x%26y%3Dz%20%C3%A9&c=%5B1%2C2%5D&d=%7B%22e%22%3Atrue%7D&f=");
        assert_eq!(form("text".to_owned().view()), Err(NotText));
    }
}
