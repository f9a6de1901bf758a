//! `Debug` that omits absent fields and redacts secrets.

use std::borrow::Cow;
use std::fmt;

use super::{Record, View};
use crate::runtime::redact;

/// Formats a struct. The body of every generated `Debug`.
///
/// # Errors
/// Those of the formatter.
pub fn debug(record: &dyn Record, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let info = record.info();
    let mut out = f.debug_struct(info.name);
    for (index, field) in info.fields.iter().enumerate() {
        let view = record.view(index);
        match view {
            View::Absent => {}
            View::Null => {
                out.field(field.name, &Printed(view));
            }
            _ if field.is_redacted() => {
                out.field(field.name, &format_args!("[redacted]"));
            }
            _ => {
                out.field(field.name, &Printed(view));
            }
        }
    }
    if let Some(entries) = record.additional_view() {
        entries.visit(&mut |key, view| {
            out.field(redact::word(key), &Printed(view));
            true
        });
    }
    out.finish()
}

struct Printed<'a>(View<'a>);

impl fmt::Debug for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent | View::Null => f.write_str("null"),
            View::Bool(value) => fmt::Debug::fmt(&value, f),
            View::Integer(value) => fmt::Debug::fmt(&value, f),
            View::Float(value) => fmt::Debug::fmt(&value, f),
            View::Decimal(value) => fmt::Display::fmt(value, f),
            View::String(value) => fmt::Debug::fmt(&*redact::tokens(value), f),
            View::Date(value) => fmt::Display::fmt(&value, f),
            View::Timestamp(value) => fmt::Display::fmt(value, f),
            View::Json(value) => f.write_str(&redact::tokens(&value.to_string())),
            View::JsonObject(value) => match redact::tokens(&format!("{value:?}")) {
                Cow::Borrowed(_) => fmt::Debug::fmt(value, f),
                Cow::Owned(text) => f.write_str(&text),
            },
            View::Struct(value) => debug(value, f),
            View::Union(value) => fmt::Debug::fmt(&Printed(value.view()), f),
            View::List(list) => {
                f.debug_list().entries((0..list.count()).map(|index| Printed(list.get(index)))).finish()
            }
            View::Map(entries) => {
                let mut out = f.debug_map();
                entries.visit(&mut |key, view| {
                    out.entry(&&*redact::tokens(key), &Printed(view));
                    true
                });
                out.finish()
            }
        }
    }
}
