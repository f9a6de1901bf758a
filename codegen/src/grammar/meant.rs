//! Values of the wrong type whose meaning is clear, or that don't affect the API.

use serde_yaml::{Number, Value};

use super::mistake::Mistake;
use super::{Path, Shape};

/// Whether an empty keyword of a shape means the same as an absent one.
pub(super) fn is_absent_when_empty(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Text
            | Shape::Prose
            | Shape::Flag
            | Shape::Number
            | Shape::Count
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::FlagOr(_)
    )
}

/// The meaning of a value of the wrong type, if it is clear. `what` is the message.
pub(super) fn of(value: &Value, shape: Shape, at: &Path<'_>, what: &str) -> Option<Mistake> {
    let read_as = |meant: Value, help: &str| Some(Mistake::new(at, what, help).read_as(at, meant));
    match (shape, value) {
        (Shape::Text | Shape::Prose, Value::Bool(flag)) => read_as(flag.to_string().into(), "put it in quotes"),
        // a number with a decimal point may have lost digits: 1.10 is 1.1
        (Shape::Text, Value::Number(number)) if !number.is_f64() => {
            read_as(number.to_string().into(), "put it in quotes")
        }
        (Shape::Prose, Value::Number(number)) => read_as(number.to_string().into(), "put it in quotes"),
        (Shape::Prose, _) => read_as(Value::String(String::new()), "it is ignored; write text"),
        (Shape::Flag | Shape::FlagOr(_), Value::String(text)) => {
            read_as(text.parse::<bool>().ok()?.into(), "remove the quotes")
        }
        (Shape::Flag, Value::Number(_)) if matches!(at.last_key(), Some("exclusiveMinimum" | "exclusiveMaximum")) => {
            let help = "a number here is OpenAPI 3.1's, and is ignored; \
                        write it as `minimum` or `maximum`, and `true` here";
            Some(Mistake::new(at, what, help).ignoring(at))
        }
        // limits of values only appear in the docs, and no type depends on them
        (Shape::Number | Shape::Count, Value::String(_) | Value::Number(_)) => match number(value, shape) {
            Some(number) => read_as(Value::Number(number), "write it as a plain number"),
            None => Some(Mistake::new(at, what, "it is ignored; correct or remove it").ignoring(at)),
        },
        (Shape::List(_), Value::Bool(_)) if at.last_key() == Some("required") => {
            let help = "it is ignored; list the names of the required properties on the object that has them";
            Some(Mistake::new(at, what, help).ignoring(at))
        }
        (Shape::List(Shape::Text), Value::String(_)) => {
            read_as(Value::Sequence(vec![value.clone()]), "write it as a list, with a leading `- `")
        }
        (Shape::Word(words), Value::Sequence(types)) if at.last_key() == Some("type") => {
            let (null, others): (Vec<_>, Vec<_>) = types.iter().partition(|item| item.as_str() == Some("null"));
            let [one] = others.as_slice() else { return None };
            let word = one.as_str().filter(|word| words.contains(word))?;
            let parent = at.parent()?;
            let help = format!("a list of types is from OpenAPI 3.1; write `{word}`, and `nullable: true` for null");
            let mistake = Mistake::new(at, what, help).read_as(at, word.into());
            Some(if null.is_empty() { mistake } else { mistake.read_as(&parent.key("nullable"), true.into()) })
        }
        _ => None,
    }
}

/// The number that a text or a number with a decimal point means.
fn number(value: &Value, shape: Shape) -> Option<Number> {
    let number = match value {
        Value::String(text) => serde_yaml::from_str::<Number>(text.trim()).ok()?,
        Value::Number(number) => number.clone(),
        _ => return None,
    };
    match shape {
        Shape::Number => number.as_f64().filter(|number| number.is_finite()).map(|_| number),
        _ if number.is_u64() => Some(number),
        _ => whole(number.as_f64()?).map(Number::from),
    }
}

/// A number without a fraction, as an integer.
fn whole(number: f64) -> Option<u64> {
    // printed without a decimal point, it is either parsed exactly or not at all
    (number >= 0.0 && number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok()).flatten()
}
