//! Types and limits in words: `string, at most 30 characters`.

use plaid_catalog::model::{Api, Constraints, Kind, Type};

/// The type of a property with its limits.
pub fn of(api: &Api, ty: &Type, limits: &Constraints, nullable: bool) -> String {
    let mut words = of_type(api, ty);
    let mut add = |text: String| {
        words.push_str(", ");
        words.push_str(&text);
    };
    if let Some(format) = &limits.format {
        add(match format.as_str() {
            "binary" | "byte" => "a file".to_owned(),
            "uri" | "url" => "an address".to_owned(),
            format => format.to_owned(),
        });
    }
    if let Some(text) = range(limits.min_length, limits.max_length, "character") {
        add(text);
    }
    if let Some(text) = range(limits.min_items, limits.max_items, "element") {
        add(text);
    }
    if let Some(max) = limits.max_properties {
        add(format!("at most {max} keys"));
    }
    if let Some(bound) = &limits.minimum {
        add(format!("{} {}", if bound.exclusive { "more than" } else { "at least" }, bound.value));
    }
    if let Some(bound) = &limits.maximum {
        add(format!("{} {}", if bound.exclusive { "less than" } else { "at most" }, bound.value));
    }
    if limits.unique_items {
        add("without repetition".to_owned());
    }
    if !limits.allowed.is_empty() {
        let all: Vec<String> = limits.allowed.iter().map(ToString::to_string).collect();
        add(format!("one of {}", all.join(", ")));
    }
    if let Some(default) = &limits.default {
        add(format!("default {default}"));
    }
    if nullable {
        add("nullable".to_owned());
    }
    words
}

fn of_type(api: &Api, ty: &Type) -> String {
    match api.resolve(ty) {
        Type::List(element) => format!("list of {}", plural(api, element)),
        Type::Map(value) => format!("map of {}", plural(api, value)),
        Type::Nullable(inner) => format!("{} or null", of_type(api, inner)),
        other => one(api, other).0.to_owned(),
    }
}

fn plural(api: &Api, ty: &Type) -> String {
    match api.resolve(ty) {
        Type::List(element) => format!("lists of {}", plural(api, element)),
        Type::Map(value) => format!("maps of {}", plural(api, value)),
        Type::Nullable(inner) => plural(api, inner),
        other => one(api, other).1.to_owned(),
    }
}

/// A type that is neither a list nor a map: one value, and several.
fn one(api: &Api, ty: &Type) -> (&'static str, &'static str) {
    match ty {
        Type::String => ("string", "strings"),
        Type::Bool => ("boolean", "booleans"),
        Type::Integer => ("integer", "integers"),
        Type::Float => ("number", "numbers"),
        Type::Decimal => ("decimal", "decimals"),
        Type::DecimalString => ("decimal in a string", "decimals in strings"),
        Type::Date => ("date", "dates"),
        Type::DateTime => ("date and time", "dates and times"),
        Type::JsonObject => ("any object", "objects of any kind"),
        Type::Named(id) => match api.types.get(id).map(|def| &def.kind) {
            Some(Kind::Struct(_)) => ("object", "objects"),
            Some(Kind::Enum(_)) => ("enum", "enum values"),
            _ => ("any JSON", "JSON values"),
        },
        Type::Json | Type::List(_) | Type::Map(_) | Type::Nullable(_) => ("any JSON", "JSON values"),
    }
}

fn range(least: Option<usize>, most: Option<usize>, noun: &str) -> Option<String> {
    let s = |count: usize| if count == 1 { "" } else { "s" };
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => Some(format!("{least} {noun}{}", s(least))),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {noun}s")),
        (Some(1), None) if noun == "character" => Some("not empty".to_owned()),
        (Some(least), None) => Some(format!("at least {least} {noun}{}", s(least))),
        (None, Some(most)) => Some(format!("at most {most} {noun}{}", s(most))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use plaid_catalog::Catalog;
    use plaid_catalog::model::{Bound, Constraints, Type};

    use super::of;

    #[test]
    fn limits_are_words() {
        let api = Catalog::plaid().api();
        let words = |ty: &Type, limits: Constraints, nullable| of(api, ty, &limits, nullable);
        assert_eq!(words(&Type::String, Constraints::default(), true), "string, nullable");
        let limits = Constraints { min_length: Some(1), ..Constraints::default() };
        assert_eq!(words(&Type::String, limits, false), "string, not empty");
        let limits = Constraints { min_length: Some(2), max_length: Some(2), ..Constraints::default() };
        assert_eq!(words(&Type::String, limits, false), "string, 2 characters");
        let limits = Constraints { min_items: Some(1), max_items: Some(99), ..Constraints::default() };
        let list = Type::List(Box::new(Type::Nullable(Box::new(Type::Date))));
        assert_eq!(words(&list, limits, false), "list of dates, 1 to 99 elements");
        let minimum = Some(Bound { value: 0.into(), exclusive: true });
        let limits = Constraints { minimum, default: Some(10.into()), ..Constraints::default() };
        assert_eq!(words(&Type::Integer, limits, false), "integer, more than 0, default 10");
    }
}
