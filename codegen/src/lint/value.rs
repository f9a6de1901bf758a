//! Checks whether a value is valid for a schema. Examples and defaults must be.

use std::collections::{BTreeSet, HashMap};

use regex::Regex;
use serde_yaml::{Mapping, Value};

use super::model::Model;
use super::time::{is_date, is_date_time};
use super::view::View;
use crate::diag::Pointer;
use crate::grammar::{closest, describe};

/// What is wrong with a value.
pub(super) struct Problem {
    /// The place of the value.
    pub(super) at: Pointer,
    /// The schema that it does not match.
    pub(super) schema: Pointer,
    /// What is wrong, after "the example": `is the text …, but …`.
    pub(super) what: String,
    /// The property that its schema does not declare, if that is the only problem.
    pub(super) undeclared: Option<String>,
}

/// The problems of a value; none if it is valid for the schema.
pub(super) fn problems<'a>(
    model: &Model<'a>,
    (value, at): (&Value, &Pointer),
    (schema, schema_at): (&'a Value, &Pointer),
) -> Vec<Problem> {
    let mut check = Check { model, found: Vec::new(), fits: HashMap::new() };
    check.value(value, at, schema, schema_at);
    check.found
}

struct Check<'m, 'a> {
    model: &'m Model<'a>,
    found: Vec<Problem>,
    /// Whether the value at a place fits the alternative at another place. Caches the results.
    fits: HashMap<(Pointer, Pointer), bool>,
}

impl<'a> Check<'_, 'a> {
    fn value(&mut self, value: &Value, at: &Pointer, schema: &'a Value, schema_at: &Pointer) {
        let view = View::of(self.model, schema, schema_at);
        if value.is_null() {
            if !view.is_nullable() && !may_be_null(self.model, &view) && view.kind().is_some() {
                self.add(at, &view, "is null, which the schema does not allow");
            }
            return;
        }
        let kind = view.kind();
        if kind.is_some_and(|kind| !is_of(value, kind)) && !is_listed(value, &view) {
            let kind = kind.unwrap_or_default();
            self.add(at, &view, format!("is {}, but the schema's type is {kind}", describe(value)));
            return;
        }
        if view.keyword("enum").next().is_some() && !is_listed(value, &view) {
            self.add(at, &view, format!("is {}, which the schema's enum does not list", describe(value)));
        }
        match value {
            Value::String(text) => self.text(text, at, &view),
            Value::Number(number) => self.number(number.as_f64().unwrap_or_default(), value, at, &view),
            Value::Sequence(items) => self.list(items, at, &view),
            Value::Mapping(map) => self.object(map, at, &view),
            _ => {}
        }
        self.alternatives(value, at, &view);
    }

    fn text(&mut self, text: &str, at: &Pointer, view: &View<'a>) {
        let is_bad = match view.text("format") {
            Some("date") => !is_date(text),
            Some("date-time") => !is_date_time(text),
            _ => false,
        };
        if is_bad {
            let (found, format) = (describe(&text.into()), view.text("format").unwrap_or_default());
            self.add(at, view, format!("is {found}, which is not a valid {format}"));
        }
        self.count(text.chars().count(), ["minLength", "maxLength"], at, view);
        for pattern in view.keyword("pattern").filter_map(Value::as_str) {
            // another rule reports patterns that are not valid
            if Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text)) {
                self.add(at, view, format!("is {}, which does not match {pattern}", describe(&text.into())));
            }
        }
    }

    fn number(&mut self, number: f64, value: &Value, at: &Pointer, view: &View<'a>) {
        for part in &view.parts {
            let bound = |name: &str| part.map.get(name).and_then(Value::as_f64);
            let excludes = |name: &str| part.map.get(name).and_then(Value::as_bool) == Some(true);
            let below =
                bound("minimum").is_some_and(|min| number < min || excludes("exclusiveMinimum") && number <= min);
            let above =
                bound("maximum").is_some_and(|max| number > max || excludes("exclusiveMaximum") && number >= max);
            for (is_out, name, flag, sides) in [
                (below, "minimum", "exclusiveMinimum", ["below", "not above"]),
                (above, "maximum", "exclusiveMaximum", ["above", "not below"]),
            ] {
                if let Some(bound) = bound(name).filter(|_| is_out) {
                    let side = sides[usize::from(excludes(flag))];
                    self.add(at, view, format!("is {}, {side} the {name} of {bound}", describe(value)));
                }
            }
            if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0) {
                let steps = number / step;
                if (steps - steps.round()).abs() > 1e-9 * steps.abs().max(1.0) {
                    self.add(at, view, format!("is {}, which is not a multiple of {step}", describe(value)));
                }
            }
        }
    }

    fn list(&mut self, items: &[Value], at: &Pointer, view: &View<'a>) {
        self.count(items.len(), ["minItems", "maxItems"], at, view);
        let is_twice = |(index, item): (usize, &Value)| items[..index].contains(item);
        if view.keyword("uniqueItems").any(|flag| flag.as_bool() == Some(true))
            && items.iter().enumerate().any(is_twice)
        {
            self.add(at, view, "contains an element twice, but the elements must be unique");
        }
        if let Some((schema, schema_at)) = view.items() {
            for (index, item) in items.iter().enumerate() {
                self.value(item, &at.index(index), schema, &schema_at);
            }
        }
    }

    fn object(&mut self, map: &Mapping, at: &Pointer, view: &View<'a>) {
        self.count(map.len(), ["minProperties", "maxProperties"], at, view);
        let properties = view.properties();
        // such a property is absent in one of the two directions
        let is_one_way = |name: &str| {
            properties.get(name).is_some_and(|(schema, at)| {
                let property = View::of(self.model, schema, at);
                ["readOnly", "writeOnly"].iter().any(|way| property.keyword(way).any(|it| it.as_bool() == Some(true)))
            })
        };
        let required = view.required().into_iter().map(|(name, _)| name);
        let lacking: BTreeSet<&str> = required.filter(|name| !map.contains_key(*name) && !is_one_way(name)).collect();
        if !lacking.is_empty() {
            let names = lacking.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.add(at, view, format!("does not have {names}, which the schema requires"));
        }
        let additional = view.additional();
        let is_open = properties.is_empty() || additional.is_some() || !view.alternatives().is_empty();
        for (name, value) in map {
            let Some(name) = name.as_str() else { continue };
            let at = at.child(name);
            match (properties.get(name), &additional) {
                (Some((schema, schema_at)), _) | (None, Some((schema, schema_at))) => {
                    self.value(value, &at, schema, schema_at);
                }
                (None, None) if is_open => {}
                (None, None) => {
                    // a property that the example also has is not the one that was meant
                    let missing = properties.keys().copied().filter(|name| !map.contains_key(*name));
                    let near = closest(name, missing);
                    let near = near.map_or_else(String::new, |near| format!("; did it mean `{near}`?"));
                    let what = format!("has a property `{name}`, which the schema does not declare{near}");
                    self.found.push(Problem { at, schema: view.at(), what, undeclared: Some(name.to_owned()) });
                }
            }
        }
    }

    /// One of the alternatives must fit, either completely or apart from undeclared properties.
    fn alternatives(&mut self, value: &Value, at: &Pointer, view: &View<'a>) {
        for list in view.alternatives() {
            let is_any = list.is_empty() || list.iter().any(|(schema, place)| self.fits(value, at, schema, place));
            if !is_any {
                self.add(at, view, "fits none of the alternatives");
            }
        }
    }

    fn fits(&mut self, value: &Value, at: &Pointer, schema: &'a Value, schema_at: &Pointer) -> bool {
        let key = (at.clone(), schema_at.clone());
        if let Some(fits) = self.fits.get(&key) {
            return *fits;
        }
        // an alternative that leads back to itself adds nothing
        self.fits.insert(key.clone(), true);
        let found = std::mem::take(&mut self.found);
        self.value(value, at, schema, schema_at);
        let problems = std::mem::replace(&mut self.found, found);
        let fits = problems.iter().all(|problem| problem.undeclared.is_some());
        self.fits.insert(key, fits);
        fits
    }

    fn count(&mut self, count: usize, bounds: [&str; 2], at: &Pointer, view: &View<'a>) {
        for (index, name) in bounds.into_iter().enumerate() {
            for bound in view.keyword(name).filter_map(Value::as_u64) {
                let count = u64::try_from(count).unwrap_or(u64::MAX);
                if if index == 0 { count < bound } else { count > bound } {
                    self.add(at, view, format!("has the size {count}, but {name} is {bound}"));
                }
            }
        }
    }

    fn add(&mut self, at: &Pointer, view: &View<'a>, what: impl Into<String>) {
        self.found.push(Problem { at: at.clone(), schema: view.at(), what: what.into(), undeclared: None });
    }
}

/// Whether an alternative allows `null`.
fn may_be_null<'a>(model: &Model<'a>, view: &View<'a>) -> bool {
    view.alternatives().iter().flatten().any(|(schema, at)| View::of(model, schema, at).is_nullable())
}

/// Whether a value is of a type.
pub(super) fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "boolean" => value.is_bool(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_sequence(),
        "object" => value.is_mapping(),
        _ => true,
    }
}

/// Whether each list of values has a value.
fn is_listed(value: &Value, view: &View<'_>) -> bool {
    let mut lists = view.keyword("enum").filter_map(Value::as_sequence).peekable();
    lists.peek().is_some() && lists.all(|list| list.contains(value))
}
