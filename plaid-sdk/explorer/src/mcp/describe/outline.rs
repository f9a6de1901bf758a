//! A type as an outline: a line for each property, indented by depth.

use std::fmt::Write as _;

use plaid_catalog::model::{Api, Enum, Field, Kind, Literal, Redaction, Struct, Type, TypeId};

use crate::mcp::text;

/// How much an outline shows.
#[derive(Clone, Copy, Debug)]
pub struct Detail {
    /// How many levels of properties.
    pub depth: usize,
    /// The longest text about a property.
    pub text: usize,
    /// How many values of an enum.
    pub values: usize,
}

/// From the richest to the poorest. The first whose outline fits is used.
pub const DETAILS: [Detail; 12] = [
    Detail { depth: 9, text: 400, values: 40 },
    Detail { depth: 9, text: 160, values: 20 },
    Detail { depth: 9, text: 80, values: 12 },
    Detail { depth: 4, text: 160, values: 12 },
    Detail { depth: 3, text: 100, values: 12 },
    Detail { depth: 3, text: 60, values: 8 },
    Detail { depth: 2, text: 100, values: 8 },
    Detail { depth: 2, text: 60, values: 6 },
    Detail { depth: 2, text: 0, values: 6 },
    Detail { depth: 1, text: 100, values: 6 },
    Detail { depth: 1, text: 50, values: 4 },
    Detail { depth: 1, text: 0, values: 0 },
];

/// Writes outlines.
pub struct Outline<'a> {
    api: &'a Api,
    detail: Detail,
    /// Whether properties of a request are shown: then it matters which are required.
    is_request: bool,
    out: String,
    /// The types around the present one.
    around: Vec<&'a TypeId>,
    /// Whether something is left out.
    is_cut: bool,
}

impl<'a> Outline<'a> {
    /// The properties of a type, and whether some are left out.
    pub fn of(api: &'a Api, ty: &'a Type, is_request: bool, detail: Detail) -> (String, bool) {
        let mut outline = Self::new(api, is_request, detail);
        outline.members(ty, 0);
        (outline.out, outline.is_cut)
    }

    /// A property with what is in it.
    pub fn of_field(api: &'a Api, field: &'a Field, is_request: bool, detail: Detail) -> (String, bool) {
        let mut outline = Self::new(api, is_request, detail);
        outline.field(field, 0);
        (outline.out, outline.is_cut)
    }

    fn new(api: &'a Api, is_request: bool, detail: Detail) -> Self {
        Self { api, detail, is_request, out: String::new(), around: Vec::new(), is_cut: false }
    }

    /// The lines below a value of this type.
    fn members(&mut self, ty: &'a Type, level: usize) {
        let Some(id) = ty.named() else { return };
        let Some(def) = self.api.get(id) else { return };
        match &def.kind {
            Kind::Alias(target) => self.members(target, level),
            Kind::Enum(_) => {}
            Kind::Struct(object) => self.inside(id, level, |outline| outline.object(object, level)),
            Kind::Union(union) => self.inside(id, level, |outline| {
                for (index, variant) in union.variants.iter().enumerate() {
                    let tags = variant.tags.join(", ");
                    let by = union.discriminator.as_ref().filter(|_| !tags.is_empty());
                    let by = by.map(|property| format!(", if {property} is {tags}")).unwrap_or_default();
                    outline.line(level, &format!("alternative {}{by}", index + 1), &variant.ty, "", String::new());
                    outline.members(&variant.ty, level + 1);
                }
            }),
        }
    }

    fn inside(&mut self, id: &'a TypeId, level: usize, write: impl FnOnce(&mut Self)) {
        if self.around.contains(&id) {
            return;
        }
        if level >= self.detail.depth {
            self.is_cut = true;
            return;
        }
        self.around.push(id);
        write(self);
        self.around.pop();
    }

    fn object(&mut self, object: &'a Struct, level: usize) {
        // What is required comes first, since a long list may be cut.
        let (first, rest): (Vec<&Field>, Vec<&Field>) =
            object.caller_fields().partition(|field| field.required && self.is_request);
        let (now, later): (Vec<&Field>, Vec<&Field>) = rest.into_iter().partition(|field| !field.docs.deprecated);
        for field in first.into_iter().chain(now).chain(later) {
            self.field(field, level);
        }
    }

    fn field(&mut self, field: &'a Field, level: usize) {
        let mut marks = String::new();
        if field.required && self.is_request {
            marks.push_str(", required");
        }
        if field.nullable {
            marks.push_str(", nullable");
        }
        if field.redacted == Some(Redaction::Credential) {
            marks.push_str(", handle");
        }
        if field.docs.deprecated {
            marks.push_str(", deprecated");
        }
        if let Some(default) = &field.docs.constraints.default {
            let _written = write!(marks, ", default {default}");
        }
        let about = self.about(field);
        self.line(level, &field.wire, &field.ty, &marks, about);
        self.members(&field.ty, level + 1);
    }

    fn about(&self, field: &Field) -> String {
        let own = text::summary(&field.docs, self.detail.text);
        let def = field.ty.named().and_then(|id| self.api.get(id));
        if own.is_empty() { def.map(|def| text::summary(&def.docs, self.detail.text)).unwrap_or_default() } else { own }
    }

    fn line(&mut self, level: usize, name: &str, ty: &Type, marks: &str, about: String) {
        let indent = "  ".repeat(level);
        let kind = self.kind(ty);
        let about = if about.is_empty() { about } else { format!(": {about}") };
        let _written = writeln!(self.out, "{indent}- {name} ({kind}{marks}){about}");
    }

    /// The name of a type.
    fn kind(&mut self, ty: &Type) -> String {
        match ty {
            Type::String => "string".to_owned(),
            Type::Bool => "boolean".to_owned(),
            Type::Integer => "integer".to_owned(),
            Type::Float | Type::Decimal => "number".to_owned(),
            Type::DecimalString => "decimal in a string".to_owned(),
            Type::Date => "date".to_owned(),
            Type::DateTime => "date and time with zone".to_owned(),
            Type::Json => "any JSON".to_owned(),
            Type::JsonObject => "any object".to_owned(),
            Type::List(element) => format!("list of {}", self.kind(element)),
            Type::Map(value) => format!("map to {}", self.kind(value)),
            Type::Nullable(inner) => format!("{} or null", self.kind(inner)),
            Type::Named(id) => match self.api.get(id).map(|def| &def.kind) {
                Some(Kind::Alias(target)) => self.kind(target),
                Some(Kind::Enum(list)) => self.values(list),
                Some(Kind::Struct(object)) => match object.caller_fields().count() {
                    0 => "object".to_owned(),
                    count => format!("object with {count}"),
                },
                Some(Kind::Union(_)) => "one of several".to_owned(),
                None => "any JSON".to_owned(),
            },
        }
    }

    fn values(&mut self, list: &Enum) -> String {
        let text = |value: &Literal| value.to_string();
        let shown: Vec<String> = list.values.iter().take(self.detail.values).map(|one| text(&one.value)).collect();
        let more = list.values.len() - shown.len();
        if more == 0 {
            return shown.join("|");
        }
        self.is_cut = true;
        if shown.is_empty() { format!("one of {more}") } else { format!("{} or {more} more", shown.join("|")) }
    }
}
