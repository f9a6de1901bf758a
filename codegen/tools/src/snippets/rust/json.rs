//! JSON values in Rust.

use api_model::Sample;

use super::code::{Expr, Path, array, call, members, pair, string, tried};
use super::exact;
use crate::json;
use crate::snippets::Class;
use crate::snippets::error::Unfit;

/// How many values the macro `json!` gets at most. It calls itself for each of their tokens, and the compiler limits how
/// deep that goes.
const MACRO_LIMIT: usize = 20;

/// A `serde_json::Value`.
pub(super) fn value(sample: &Sample) -> Result<Expr, Unfit> {
    check(sample)?;
    if count(sample) > MACRO_LIMIT {
        return Ok(parsed(sample, "Value"));
    }
    Ok(json_macro(sample))
}

/// A `serde_json::Map`.
pub(super) fn object(properties: &[(String, Sample)]) -> Result<Expr, Unfit> {
    let whole = Sample::Object(properties.to_vec());
    check(&whole)?;
    if properties.is_empty() {
        return Ok(call(Path::function("serde_json::Map", "new"), Vec::new()));
    }
    if count(&whole) > MACRO_LIMIT {
        return Ok(parsed(&whole, "Map<String, serde_json::Value>"));
    }
    let entries = properties.iter().map(|(name, sample)| {
        let name = string(name).method("to_owned", Vec::new());
        pair(name, json_macro(sample))
    });
    Ok(call(Path::function("serde_json::Map", "from_iter"), vec![array(entries.collect())]))
}

/// `serde_json::json!(…)`.
fn json_macro(sample: &Sample) -> Expr {
    let name = [(Class::Plain, "serde_json::"), (Class::Function, "json!")];
    call(Path::of(name.map(|(class, text)| (class, text.to_owned()))), vec![argument(sample)])
}

/// A call of `from_str` with the text.
fn parsed(sample: &Sample, of: &str) -> Expr {
    let name = [
        (Class::Plain, "serde_json::"),
        (Class::Function, "from_str"),
        (Class::Plain, "::<serde_json::"),
        (Class::Type, of),
        (Class::Plain, ">"),
    ];
    let text = json::json(sample);
    // A raw string needs no escapes. If it can't end early, it is easier to read.
    let text = if text.contains("\"#") { format!("{text:?}") } else { format!("r#\"{text}\"#") };
    let name = Path::of(name.map(|(class, text)| (class, text.to_owned())));
    tried(call(name, vec![Expr::atom(Class::String, text)]))
}

fn argument(sample: &Sample) -> Expr {
    match sample {
        Sample::Null => Expr::atom(Class::Literal, "null"),
        Sample::Bool(value) => Expr::atom(Class::Literal, value.to_string()),
        Sample::Number(digits) => Expr::atom(Class::Literal, literal(digits)),
        Sample::Text(text) => string(text),
        Sample::List(all) => array(all.iter().map(argument).collect()),
        Sample::Object(all) if all.is_empty() => Expr::atom(Class::Plain, "{}"),
        Sample::Object(all) => members(all.iter().map(|(name, value)| (string(name).doc(), argument(value))).collect()),
    }
}

/// A number as a literal. A whole number without a suffix is an `i32` in the macro.
fn literal(digits: &str) -> String {
    match (digits.parse::<i32>(), digits.parse::<i64>(), digits.parse::<u64>()) {
        (Err(_), Ok(_), _) => format!("{digits}_i64"),
        (Err(_), Err(_), Ok(_)) => format!("{digits}_u64"),
        _ => digits.to_owned(),
    }
}

/// Finds a number that `serde_json::Value` would round, and names that are there twice.
fn check(sample: &Sample) -> Result<(), Unfit> {
    match sample {
        Sample::Number(digits) => {
            let is_whole = digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok();
            let is_written_as_whole = !digits.contains(['.', 'e', 'E']);
            if is_whole || (!is_written_as_whole && exact::is_float(digits)) {
                Ok(())
            } else {
                Err(Unfit::new(format!("is {digits}, which `serde_json::Value` can't contain exactly")))
            }
        }
        Sample::List(all) => {
            all.iter().enumerate().try_for_each(|(index, sample)| check(sample).map_err(|unfit| unfit.at(index)))
        }
        Sample::Object(all) => {
            exact::no_duplicates(all)?;
            all.iter().try_for_each(|(name, sample)| check(sample).map_err(|unfit| unfit.within(name)))
        }
        Sample::Null | Sample::Bool(_) | Sample::Text(_) => Ok(()),
    }
}

fn count(sample: &Sample) -> usize {
    1 + match sample {
        Sample::List(all) => all.iter().map(count).sum(),
        Sample::Object(all) => all.iter().map(|(_, sample)| count(sample)).sum(),
        Sample::Null | Sample::Bool(_) | Sample::Number(_) | Sample::Text(_) => 0,
    }
}
