//! Types and limits in words.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Bound, Constraints, Docs, Kind, Literal, Text, Type, TypeDef};

use super::inline::{Inline, Piece};
use super::links::Address;

/// A type in words, with links to the pages of objects and enums.
pub fn label<'a>(catalog: &'a Catalog, ty: &'a Type) -> Inline<'a> {
    let mut label = Inline::default();
    write(catalog, ty, &mut label);
    label
}

fn write<'a>(catalog: &'a Catalog, ty: &'a Type, label: &mut Inline<'a>) {
    let mut text = |text: &str| label.0.push(Piece::Text(text.to_owned()));
    match ty {
        Type::String => text("string"),
        Type::Bool => text("boolean"),
        Type::Integer => text("integer"),
        Type::Float => text("number"),
        Type::Decimal => text("decimal"),
        Type::DecimalString => text("decimal in a string"),
        Type::Date => text("date"),
        Type::DateTime => text("date-time"),
        Type::Json => text("any value"),
        Type::JsonObject => text("any object"),
        Type::List(inner) => {
            text("list of ");
            write(catalog, inner, label);
        }
        Type::Map(inner) => {
            text("map of ");
            write(catalog, inner, label);
        }
        Type::Nullable(inner) => {
            write(catalog, inner, label);
            label.0.push(Piece::Text(" or null".to_owned()));
        }
        Type::Named(id) => match catalog.api().types.get(id) {
            Some(def) => match &def.kind {
                Kind::Alias(target) => write(catalog, target, label),
                Kind::Enum(_) => {
                    text("enum ");
                    label.0.push(Piece::CodeLink(short(def), Address::Type(&def.id)));
                }
                Kind::Struct(_) | Kind::Union(_) => label.0.push(Piece::CodeLink(short(def), Address::Type(&def.id))),
            },
            None => text(&id.to_string()),
        },
    }
}

/// The name of a type for people.
pub fn short(def: &TypeDef) -> String {
    def.id.to_string()
}

/// The named type in a type, through lists, maps, `null` and aliases.
pub fn named<'a>(catalog: &'a Catalog, ty: &'a Type) -> Option<&'a TypeDef> {
    let mut id = ty.named()?;
    // A chain of aliases that leads to itself would not end.
    for _ in 0..32 {
        let def = catalog.api().types.get(id)?;
        match &def.kind {
            Kind::Alias(target) => id = target.named()?,
            Kind::Struct(_) | Kind::Enum(_) | Kind::Union(_) => return Some(def),
        }
    }
    None
}

/// How a value of a type is reached from the property that has it: through the values of maps, and nothing for lists.
pub fn step<'a>(catalog: &'a Catalog, ty: &'a Type) -> &'static str {
    match catalog.api().resolve(ty) {
        Type::Map(_) => ".*",
        Type::List(inner) | Type::Nullable(inner) => step(catalog, inner),
        _ => "",
    }
}

/// The docs of a property: its own text, else that of its type if the type is another name.
pub fn text<'a>(catalog: &'a Catalog, docs: &'a Docs, ty: &'a Type) -> Option<&'a Text> {
    let own = docs.description.as_ref().or(docs.summary.as_ref());
    own.or_else(|| {
        let def = catalog.api().types.get(ty.named()?)?;
        def.docs.description.as_ref().or(def.docs.summary.as_ref())
    })
}

/// The limits of a property, its own and those of its type, each in words.
pub fn limits(catalog: &Catalog, docs: &Docs, ty: &Type) -> Vec<String> {
    let mut all = constraints(&docs.constraints);
    let alias = ty.named().and_then(|id| catalog.api().types.get(id)).filter(|def| matches!(def.kind, Kind::Alias(_)));
    for limit in alias.map(|def| constraints(&def.docs.constraints)).unwrap_or_default() {
        if !all.contains(&limit) {
            all.push(limit);
        }
    }
    all
}

fn constraints(limits: &Constraints) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(range(limits.min_length, limits.max_length, "character"));
    all.extend(bounds(limits.minimum.as_ref(), limits.maximum.as_ref()));
    all.extend(range(limits.min_items, limits.max_items, "element"));
    all.extend(range(limits.min_properties, limits.max_properties, "property"));
    if limits.unique_items {
        all.push("no element twice".to_owned());
    }
    all.extend(limits.multiple_of.as_ref().map(|number| format!("a multiple of {number}")));
    all.extend(limits.pattern.as_ref().map(|pattern| format!("matches {pattern}")));
    all.extend(limits.format.as_ref().map(|format| format!("format {format}")));
    if !limits.allowed.is_empty() {
        let values: Vec<String> = limits.allowed.iter().map(Literal::to_string).collect();
        all.push(format!("one of {}", values.join(", ")));
    }
    all.extend(limits.default.as_ref().map(|value| format!("default {value}")));
    all
}

fn range(least: Option<usize>, most: Option<usize>, what: &str) -> Option<String> {
    let things = |count: usize| match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "property") => format!("{count} properties"),
        _ => format!("{count} {what}s"),
    };
    match (least.filter(|least| *least > 0), most) {
        (None, None) => None,
        (Some(least), None) => Some(format!("at least {}", things(least))),
        (None, Some(most)) => Some(format!("at most {}", things(most))),
        (Some(least), Some(most)) if least == most => Some(things(least)),
        (Some(least), Some(most)) => Some(format!("{least} to {}", things(most))),
    }
}

fn bounds(least: Option<&Bound>, most: Option<&Bound>) -> Option<String> {
    let low = |bound: &Bound| if bound.exclusive { "more than" } else { "at least" };
    let high = |bound: &Bound| if bound.exclusive { "less than" } else { "at most" };
    match (least, most) {
        (None, None) => None,
        (Some(least), Some(most)) if !least.exclusive && !most.exclusive => {
            Some(format!("{} to {}", least.value, most.value))
        }
        (least, most) => {
            let low = least.map(|bound| format!("{} {}", low(bound), bound.value));
            let high = most.map(|bound| format!("{} {}", high(bound), bound.value));
            Some(low.into_iter().chain(high).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::constraints;
    use plaid_catalog::model::{Bound, Constraints};

    #[test]
    fn limits_are_said_in_words() {
        let limits = Constraints {
            min_length: Some(1),
            max_length: Some(30),
            min_items: Some(2),
            minimum: Some(Bound { value: 0.into(), exclusive: true }),
            maximum: Some(Bound { value: 500.into(), exclusive: false }),
            max_properties: Some(1),
            ..Constraints::default()
        };
        let said = ["1 to 30 characters", "more than 0, at most 500", "at least 2 elements", "at most 1 property"];
        assert_eq!(constraints(&limits), said);
        assert!(constraints(&Constraints::default()).is_empty());
        let fixed = Constraints { min_length: Some(2), max_length: Some(2), ..Constraints::default() };
        assert_eq!(constraints(&fixed), ["2 characters"]);
    }
}
