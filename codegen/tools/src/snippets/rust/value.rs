//! A value of a request as an expression, by its type.

use api_model::layout::{AlternativeLayout, FieldLayout, Layout, Members, Presence};
use api_model::{Api, Enum, Field, Kind, Operation, Sample, Type, TypeId, Union};

use super::code::{Expr, Path, array, assigned, block, call, identifier, literal, pair, plain, string, vector};
use super::uses::Uses;
use super::{exact, json};
use crate::nearest::suggestion;
use crate::snippets::error::Unfit;
use crate::snippets::{Class, Doc};

/// What the code around a value says about its type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It says the type: a field in a literal, an element of a known list.
    Typed,
    /// It says nothing, so the value must say its type.
    Untyped,
    /// The value is an argument of a constructor or setter, which converts it.
    Argument,
    /// The value is an element of such an argument, and converted as well.
    Element,
}

impl Place {
    /// The place of what the value contains, if it is not converted.
    fn inner(self) -> Self {
        if self == Self::Typed { Self::Typed } else { Self::Untyped }
    }

    fn is_converted(self) -> bool {
        matches!(self, Self::Argument | Self::Element)
    }
}

/// A struct's value: the constructor with its setters, and the fields that are `null`, which no setter takes.
pub(super) struct Object {
    /// The constructor with its setters.
    pub(super) value: Expr,
    /// The names of the fields to set to `null`.
    pub(super) nulls: Vec<String>,
}

impl Object {
    /// The statements that set fields of a variable to `null`.
    pub(super) fn null_statements(nulls: &[String], variable: &str) -> Vec<Doc> {
        let statement = |field: &String| {
            let place = Class::Plain.text(format!("{variable}.")).append(Class::Property.text(field.clone()));
            let null = Class::Type.text("Nullable").append(plain("::")).append(Class::Type.text("Null"));
            place.append(plain(" = ")).append(null).append(plain(";"))
        };
        nulls.iter().map(statement).collect()
    }

    fn expr(self) -> Expr {
        if self.nulls.is_empty() {
            return self.value;
        }
        let mut statements = vec![assigned("let mut", "value", self.value)];
        statements.extend(Self::null_statements(&self.nulls, "value"));
        statements.push(plain("value"));
        block(statements)
    }
}

/// A struct and what is known about it.
struct Shape<'a> {
    name: &'a str,
    required: Option<&'a str>,
    fields: Vec<(&'a Field, &'a FieldLayout)>,
    /// The names of properties that the client sends.
    credentials: Vec<&'a str>,
    additional: Option<&'a Type>,
}

/// Renders values, and collects the names that they use.
pub(super) struct Values<'a> {
    pub(super) api: &'a Api,
    pub(super) layout: &'a Layout,
    pub(super) uses: Uses,
    /// Whether the properties are left out that the client fills in.
    pub(super) is_example: bool,
}

impl<'a> Values<'a> {
    /// The body of a request.
    pub(super) fn body(&mut self, ty: &'a Type, sample: &Sample) -> Result<Object, Unfit> {
        match self.api.resolve(ty) {
            Type::Named(id) => match self.shape(id) {
                Some(shape) => self.object(&shape, sample),
                None => Ok(Object { value: self.value(ty, sample, Place::Typed)?, nulls: Vec::new() }),
            },
            ty => Ok(Object { value: self.value(ty, sample, Place::Typed)?, nulls: Vec::new() }),
        }
    }

    /// The parameters outside the body.
    pub(super) fn parameters(&mut self, operation: &'a Operation, sample: &Sample) -> Result<Object, Unfit> {
        let layout = self.layout.operations.get(&operation.id).and_then(|layout| layout.parameters.as_ref());
        let layout = layout.ok_or_else(|| Unfit::new("must have no parameters"))?;
        let fields = operation.parameters.iter().map(|parameter| &parameter.field);
        let shape = Shape {
            name: &layout.name,
            required: layout.required.as_deref(),
            fields: fields.zip(&layout.fields).collect(),
            credentials: Vec::new(),
            additional: None,
        };
        self.object(&shape, sample)
    }

    fn shape(&self, id: &'a TypeId) -> Option<Shape<'a>> {
        let object = self.api.object(id)?;
        let layout = self.layout.types.get(id)?;
        let credentials = object.fields.iter().filter(|field| field.is_credential);
        Some(Shape {
            name: &layout.name,
            required: layout.required.as_deref(),
            fields: self.layout.fields(id, object).collect(),
            credentials: credentials.map(|field| field.wire.as_str()).collect(),
            additional: object.additional.typed(),
        })
    }

    /// The constructor, and a setter for each property that the constructor does not take.
    fn object(&mut self, shape: &Shape<'a>, sample: &Sample) -> Result<Object, Unfit> {
        let Sample::Object(properties) = sample else { return Err(unlike("an object", sample)) };
        exact::no_duplicates(properties)?;
        let additional = additional(shape, properties)?;
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        let mut nulls = Vec::new();
        for &(field, layout) in &shape.fields {
            // An example shows what a caller must do, and the client fills these in.
            let value = sample.get(&field.wire).filter(|_| !(self.is_example && layout.is_filled_in));
            let is_null = value == Some(&Sample::Null);
            let name = identifier(&layout.name);
            match (layout.presence, value) {
                (Presence::Required | Presence::Nullable, None) => {
                    return Err(Unfit::new("is missing, and it is required").within(&field.wire));
                }
                (Presence::Required, Some(value)) => {
                    let place = if shape.required.is_some() { Place::Typed } else { Place::Argument };
                    arguments.push((name, self.field(field, value, place)?));
                }
                // It is null from the start.
                (Presence::Nullable, Some(_)) if is_null => {}
                (Presence::OptionalNullable, Some(_)) if is_null => nulls.push(name),
                (_, Some(value)) => setters.push((name, self.field(field, value, Place::Argument)?)),
                (_, None) => {}
            }
        }
        if let (Some(ty), false) = (shape.additional, additional.is_empty()) {
            let entries = self.entries(ty, &additional, Place::Element)?;
            setters.push(("additional".to_owned(), array(entries)));
        }
        if !nulls.is_empty() {
            self.uses.runtime_type("Nullable");
        }
        self.uses.api_type(shape.name);
        let arguments = match shape.required {
            Some(required) => {
                self.uses.api_type(required);
                vec![literal(&identifier(required), arguments)]
            }
            None => arguments.into_iter().map(|(_, value)| value).collect(),
        };
        let new = call(Path::function(&identifier(shape.name), "new"), arguments);
        let value = setters.into_iter().fold(new, |value, (name, argument)| value.method(&name, vec![argument]));
        Ok(Object { value, nulls })
    }

    fn field(&mut self, field: &'a Field, sample: &Sample, place: Place) -> Result<Expr, Unfit> {
        self.value(&field.ty, sample, place).map_err(|unfit| unfit.within(&field.wire))
    }

    /// A value of a type.
    pub(super) fn value(&mut self, ty: &'a Type, sample: &Sample, place: Place) -> Result<Expr, Unfit> {
        let ty = self.api.resolve(ty);
        match (ty, sample) {
            (Type::String, Sample::Text(text)) => {
                Ok(if place.is_converted() { string(text) } else { string(text).method("to_owned", Vec::new()) })
            }
            (Type::Bool, Sample::Bool(value)) => Ok(Expr::atom(Class::Literal, value.to_string())),
            (Type::Integer, Sample::Number(digits)) => integer(digits, place),
            (Type::Float, Sample::Number(digits)) => float(digits),
            (Type::Decimal, Sample::Number(digits)) | (Type::DecimalString, Sample::Text(digits)) => {
                self.uses.runtime_type("Decimal");
                decimal(digits)
            }
            (Type::Date, Sample::Text(text)) => self.date(text, place),
            (Type::DateTime, Sample::Text(text)) => self.timestamp(text, place),
            (Type::Json, Sample::Text(text)) if place.is_converted() => Ok(string(text)),
            (Type::Json, sample) => {
                self.uses.json();
                match sample {
                    Sample::Text(text) => Ok(call(Path::function("serde_json::Value", "from"), vec![string(text)])),
                    sample => json::value(sample),
                }
            }
            (Type::JsonObject, Sample::Object(all)) => {
                self.uses.json();
                json::object(all)
            }
            (Type::List(element), Sample::List(all)) => self.list(element, all, place),
            (Type::Map(value), Sample::Object(all)) => self.map(value, all, place),
            (Type::Nullable(inner), Sample::Null) => Ok(if place == Place::Typed {
                Expr::atom(Class::Literal, "None")
            } else {
                let inner = self.type_name(inner);
                Expr::atoms([(Class::Literal, "None".to_owned()), (Class::Plain, format!("::<{inner}>"))])
            }),
            (Type::Nullable(inner), sample) => {
                Ok(call(Path::name("Some"), vec![self.value(inner, sample, place.inner())?]))
            }
            (Type::Named(id), sample) => self.named(id, sample),
            (ty, sample) => Err(unlike(expected(ty), sample)),
        }
    }

    fn date(&mut self, text: &str, place: Place) -> Result<Expr, Unfit> {
        if !exact::is_date(text) {
            return Err(Unfit::new(format!("must be a date such as 2026-03-01, and is {text:?}")));
        }
        // As an argument it needs no conversion, so the type is known.
        if matches!(place, Place::Typed | Place::Argument) {
            return Ok(parsed(text, ""));
        }
        self.uses.runtime_type("NaiveDate");
        Ok(parsed(text, "NaiveDate"))
    }

    fn timestamp(&mut self, text: &str, place: Place) -> Result<Expr, Unfit> {
        if !exact::is_timestamp(text) {
            return Err(Unfit::new(format!(
                "must be a date and time with a time zone, such as 2026-03-01T09:30:00Z, and is {text:?}"
            )));
        }
        if place == Place::Typed {
            return Ok(parsed(text, ""));
        }
        self.uses.runtime_type("Timestamp");
        Ok(parsed(text, "Timestamp"))
    }

    fn list(&mut self, element: &'a Type, all: &[Sample], place: Place) -> Result<Expr, Unfit> {
        if all.is_empty() && place != Place::Typed {
            let of = self.type_name(element);
            return Ok(call(Path::function(&format!("Vec::<{of}>"), "new"), Vec::new()));
        }
        // The elements of an array have one type, so either all of them are strings or none is.
        let is_mixed = *self.api.resolve(element) == Type::Json && !all.iter().all(|s| matches!(s, Sample::Text(_)));
        let inner = match place {
            Place::Argument if !is_mixed => Place::Element,
            place => place.inner(),
        };
        let elements = all.iter().enumerate();
        let elements = elements.map(|(index, one)| self.value(element, one, inner).map_err(|unfit| unfit.at(index)));
        let elements = elements.collect::<Result<Vec<_>, _>>()?;
        Ok(if place == Place::Argument { array(elements) } else { vector(elements) })
    }

    fn map(&mut self, value: &'a Type, all: &[(String, Sample)], place: Place) -> Result<Expr, Unfit> {
        exact::no_duplicates(all)?;
        if place == Place::Argument && !all.is_empty() {
            return Ok(array(self.entries(value, all, Place::Element)?));
        }
        self.uses.map();
        if all.is_empty() {
            let of = if place == Place::Typed {
                "BTreeMap".to_owned()
            } else {
                format!("BTreeMap::<String, {}>", self.type_name(value))
            };
            return Ok(call(Path::function(&of, "new"), Vec::new()));
        }
        Ok(call(Path::function("BTreeMap", "from"), vec![array(self.entries(value, all, place.inner())?)]))
    }

    /// Pairs of a name and a value.
    fn entries(&mut self, ty: &'a Type, all: &[(String, Sample)], place: Place) -> Result<Vec<Expr>, Unfit> {
        let is_mixed = *self.api.resolve(ty) == Type::Json && !all.iter().all(|(_, s)| matches!(s, Sample::Text(_)));
        let value_place = if is_mixed { place.inner() } else { place };
        let entries = all.iter().map(|(name, sample)| {
            let value = self.value(ty, sample, value_place).map_err(|unfit| unfit.within(name))?;
            let key = string(name);
            Ok(pair(if place.is_converted() { key } else { key.method("to_owned", Vec::new()) }, value))
        });
        entries.collect()
    }

    fn named(&mut self, id: &'a TypeId, sample: &Sample) -> Result<Expr, Unfit> {
        let layout = self.layout.types.get(id);
        let (Some(def), Some(layout)) = (self.api.types.get(id), layout) else {
            return Err(Unfit::new(format!("has the type `{id}`, which the SDK lacks")));
        };
        match (&def.kind, &layout.members, sample) {
            (Kind::Struct(_), _, sample) => match self.shape(id) {
                Some(shape) => Ok(self.object(&shape, sample)?.expr()),
                None => Err(Unfit::new(format!("has the type `{id}`, which the SDK lacks"))),
            },
            (Kind::Enum(list), Members::Values(names), Sample::Text(value)) => {
                self.uses.api_type(&layout.name);
                Ok(variant_of(&layout.name, list, names, value))
            }
            (Kind::Union(union), Members::Alternatives(alternatives), sample) => {
                self.uses.api_type(&layout.name);
                self.alternative(&layout.name, union, alternatives, sample)
            }
            (Kind::Enum(_), _, sample) => Err(unlike("a string", sample)),
            _ => Err(Unfit::new(format!("has the type `{id}`, whose layout is of another kind"))),
        }
    }

    /// The alternative that the value fits. A value that fits none is an unknown one, unless its discriminator chooses
    /// an alternative.
    fn alternative(
        &mut self,
        name: &str,
        union: &'a Union,
        layouts: &[AlternativeLayout],
        sample: &Sample,
    ) -> Result<Expr, Unfit> {
        let chosen = self.api.alternative(union, sample);
        let variants = union.variants.iter().zip(layouts);
        for (variant, layout) in variants {
            if chosen.is_some_and(|chosen| chosen != variant) {
                continue;
            }
            let value = match &variant.ty {
                Type::Nullable(inner) if layout.is_boxed && *sample != Sample::Null => {
                    let value = self.value(inner, sample, Place::Typed).map(boxed);
                    value.map(|value| call(Path::name("Some"), vec![value]))
                }
                Type::Nullable(_) => self.value(&variant.ty, sample, Place::Typed),
                ty if layout.is_boxed => self.value(ty, sample, Place::Typed).map(boxed),
                ty => self.value(ty, sample, Place::Typed),
            };
            match value {
                Ok(value) => return Ok(call(Path::variant(&identifier(name), &identifier(&layout.name)), vec![value])),
                Err(unfit) if chosen.is_some() => return Err(unfit),
                Err(_) => {}
            }
        }
        self.uses.json();
        Ok(call(Path::variant(&identifier(name), "Unknown"), vec![json::value(sample)?]))
    }

    /// A type as it is written in code.
    fn type_name(&mut self, ty: &'a Type) -> String {
        match ty {
            Type::String => "String".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Integer => "i64".to_owned(),
            Type::Float => "f64".to_owned(),
            Type::Decimal | Type::DecimalString => self.runtime_name("Decimal"),
            Type::Date => self.runtime_name("NaiveDate"),
            Type::DateTime => self.runtime_name("Timestamp"),
            Type::Json => {
                self.uses.json();
                "serde_json::Value".to_owned()
            }
            Type::JsonObject => {
                self.uses.json();
                "serde_json::Map<String, serde_json::Value>".to_owned()
            }
            Type::List(inner) => format!("Vec<{}>", self.type_name(inner)),
            Type::Map(inner) => {
                self.uses.map();
                format!("BTreeMap<String, {}>", self.type_name(inner))
            }
            Type::Nullable(inner) => format!("Option<{}>", self.type_name(inner)),
            Type::Named(id) => {
                let name = self.layout.name(id);
                self.uses.api_type(&name);
                identifier(&name)
            }
        }
    }

    fn runtime_name(&mut self, name: &'static str) -> String {
        self.uses.runtime_type(name);
        name.to_owned()
    }
}

/// The properties that have no field.
fn additional(shape: &Shape<'_>, properties: &[(String, Sample)]) -> Result<Vec<(String, Sample)>, Unfit> {
    let mut additional = Vec::new();
    for (name, value) in properties {
        let is_field = shape.fields.iter().any(|(field, _)| field.wire == *name);
        // The client sends the credentials.
        if is_field || shape.credentials.contains(&name.as_str()) {
            continue;
        }
        if shape.additional.is_none() {
            let known: Vec<String> = shape.fields.iter().map(|(field, _)| field.wire.clone()).collect();
            let problem = format!("is not a property of `{}`{}", shape.name, suggestion(name, &known));
            return Err(Unfit::new(problem).within(name));
        }
        additional.push((name.clone(), value.clone()));
    }
    Ok(additional)
}

fn variant_of(name: &str, list: &Enum, names: &[String], value: &str) -> Expr {
    let name = identifier(name);
    let known = list.values.iter().zip(names).find(|(listed, _)| listed.value.to_string() == value);
    match known {
        Some((_, variant)) => Path::variant(&name, &identifier(variant)).expr(),
        None => call(Path::function(&name, "from"), vec![string(value)]),
    }
}

fn boxed(value: Expr) -> Expr {
    call(Path::function("Box", "new"), vec![value])
}

/// `"text".parse::<Type>()?`.
fn parsed(text: &str, ty: &'static str) -> Expr {
    let mut parts = vec![
        (Class::String, format!("{text:?}")),
        (Class::Plain, ".".to_owned()),
        (Class::Function, "parse".to_owned()),
    ];
    if !ty.is_empty() {
        parts.extend([(Class::Plain, "::<".to_owned()), (Class::Type, ty.to_owned()), (Class::Plain, ">".to_owned())]);
    }
    parts.push((Class::Plain, "()?".to_owned()));
    Expr::atoms(parts)
}

fn integer(digits: &str, place: Place) -> Result<Expr, Unfit> {
    if digits.parse::<i64>().is_err() {
        return Err(Unfit::new(format!("must be a whole number of at most 64 bits, and is {digits}")));
    }
    // A literal without a suffix is an `i32`, unless its type is known.
    let suffix = match place {
        Place::Untyped => "_i64",
        Place::Element if digits.parse::<i32>().is_err() => "_i64",
        _ => "",
    };
    Ok(Expr::atom(Class::Literal, format!("{digits}{suffix}")))
}

fn float(digits: &str) -> Result<Expr, Unfit> {
    if !exact::is_float(digits) {
        return Err(Unfit::new(format!("is {digits}, which an `f64` can't contain exactly")));
    }
    let point = if digits.contains(['.', 'e', 'E']) { "" } else { ".0" };
    Ok(Expr::atom(Class::Literal, format!("{digits}{point}")))
}

fn decimal(digits: &str) -> Result<Expr, Unfit> {
    let Some((mantissa, scale)) = exact::decimal(digits) else {
        return Err(Unfit::new(format!(
            "must be a decimal of at most 28 digits without an exponent, and is {digits:?}"
        )));
    };
    if mantissa.parse::<i64>().is_err() {
        return Ok(parsed(digits, "Decimal"));
    }
    let number = |digits: String| Expr::atom(Class::Literal, digits);
    Ok(call(Path::function("Decimal", "new"), vec![number(mantissa), number(scale.to_string())]))
}

fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "true or false",
        Type::Integer => "a whole number",
        Type::Float | Type::Decimal => "a number",
        Type::DecimalString => "a decimal number in a string",
        Type::String | Type::Date | Type::DateTime => "a string",
        Type::List(_) => "a list",
        Type::JsonObject | Type::Map(_) => "an object",
        Type::Json | Type::Nullable(_) | Type::Named(_) => "another value",
    }
}

fn unlike(expected: &str, sample: &Sample) -> Unfit {
    let found = match sample {
        Sample::Null => "null",
        Sample::Bool(_) => "true or false",
        Sample::Number(_) => "a number",
        Sample::Text(_) => "a string",
        Sample::List(_) => "a list",
        Sample::Object(_) => "an object",
    };
    Unfit::new(format!("must be {expected}, and is {found}"))
}
