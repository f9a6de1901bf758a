//! Equality of structs, field by field.

use super::{Record, View};

/// Whether two structs of one type are equal; the body of every generated `PartialEq`.
pub fn equal(a: &dyn Record, b: &dyn Record) -> bool {
    (0..a.info().fields.len()).all(|index| same(a.view(index), b.view(index)))
        && match (a.additional_view(), b.additional_view()) {
            (Some(a), Some(b)) => same(View::Map(a), View::Map(b)),
            (None, None) => true,
            _ => false,
        }
}

fn same(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Float(a), View::Float(b)) => a == b,
        (View::Decimal(a), View::Decimal(b)) => a == b,
        (View::String(a), View::String(b)) => a == b,
        (View::Date(a), View::Date(b)) => a == b,
        (View::Timestamp(a), View::Timestamp(b)) => a == b,
        (View::Json(a), View::Json(b)) => a == b,
        (View::JsonObject(a), View::JsonObject(b)) => a == b,
        (View::Struct(a), View::Struct(b)) => a.info().name == b.info().name && equal(a, b),
        (View::Union(a), View::Union(b)) => same(a.view(), b.view()),
        (View::List(a), View::List(b)) => {
            a.count() == b.count() && (0..a.count()).all(|index| same(a.get(index), b.get(index)))
        }
        (View::Map(a), View::Map(b)) => {
            let mut left = Vec::new();
            let mut right = Vec::new();
            a.visit(&mut |key, view| {
                left.push((key, view));
                true
            });
            b.visit(&mut |key, view| {
                right.push((key, view));
                true
            });
            left.len() == right.len() && left.iter().zip(&right).all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
        }
        _ => false,
    }
}
