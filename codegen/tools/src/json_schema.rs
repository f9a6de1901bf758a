//! The types of an API as JSON Schema, draft 2020-12. Each schema is complete by itself: what it refers to is in `$defs`.
//!
//! A schema is faithful to the model: an object allows additional properties unless the model forbids them, and an enum
//! lists the known values. In responses and webhooks, an enum has `x-open-enum`, since the API may send other values.
//! The caller's credentials in a body (`x-credential`) are never required, since they can be sent as headers. Descriptions are Markdown. The members that begin with `x-` are the same as those of [`openapi`](crate::openapi).

use api_model::{Api, BodyMedia, Operation, ResponseBody, Sample, Text, Type, Webhook};

use crate::object::{Object, text, texts};
use crate::schema::{Dialect, Enums, Extent, Names, Path, Writer, members};

/// The meta-schema that the schemas are valid by.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Where the named schemas are.
const DEFS: &str = "#/$defs/";

/// How much of the inner objects a schema contains. Each value that is valid by a deeper schema is valid by the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// The properties of the body. Objects inside are `{"type": "object"}`.
    Top,
    /// The properties of the body and of the objects in it.
    Two,
    /// Everything.
    Whole,
}

/// The schemas of an API. Creating this looks through all types once.
pub struct Schemas<'a> {
    api: &'a Api,
    names: Names<'a>,
}

impl<'a> Schemas<'a> {
    /// The schemas of an API.
    pub fn new(api: &'a Api) -> Self {
        Self { api, names: Names::new(api) }
    }

    /// The schema of a type. Its enums are open if responses or webhooks contain it.
    pub fn of(&self, ty: &Type, depth: Depth) -> Sample {
        self.complete(ty, depth, Enums::ByUsage)
    }

    /// The schema of a request's body. Returns `None` for an operation without one, and for one of bytes.
    pub fn request(&self, operation: &Operation, depth: Depth) -> Option<Sample> {
        let body = operation.body.as_ref()?;
        match body.media {
            BodyMedia::Json | BodyMedia::Form => Some(self.complete(&body.ty, depth, Enums::Closed)),
            BodyMedia::Binary(_) => None,
        }
    }

    /// The schema of the parameters outside the body, as one object. Returns `None` for an operation without any. Of two
    /// parameters with one name, in the query and in a header, the object describes the last.
    pub fn parameters(&self, operation: &Operation, depth: Depth) -> Option<Sample> {
        let parameters = &operation.parameters;
        if parameters.is_empty() {
            return None;
        }
        let writer = self.writer(Enums::Closed);
        let extent = match depth {
            Depth::Top => Extent::Levels(0, Path::ROOT),
            Depth::Two => Extent::Levels(1, Path::ROOT),
            Depth::Whole => Extent::Whole,
        };
        let properties = parameters.iter().map(|parameter| {
            let schema = writer.of_field(&parameter.field, extent);
            (parameter.field.wire.clone(), schema.into())
        });
        let properties: Object = properties.collect();
        let mut required: Vec<&str> = Vec::new();
        for field in parameters.iter().map(|parameter| &parameter.field).filter(|field| field.required) {
            if !required.contains(&field.wire.as_str()) {
                required.push(&field.wire);
            }
        }
        let schema = Object::default()
            .with("type", text("object"))
            .with("properties", Sample::from(properties))
            .with("required", (!required.is_empty()).then(|| texts(required)))
            .with("additionalProperties", Sample::Bool(false));
        let types = parameters.iter().map(|parameter| &parameter.field.ty);
        Some(with_defs(&writer, schema, types, depth))
    }

    /// The schema of a success response's body. Returns `None` for one without a JSON body.
    pub fn response(&self, operation: &Operation, depth: Depth) -> Option<Sample> {
        match &operation.response.body {
            ResponseBody::Json(ty) => Some(self.complete(ty, depth, Enums::Open)),
            ResponseBody::Binary(_) | ResponseBody::Empty => None,
        }
    }

    /// The schema of a webhook's payload.
    pub fn webhook(&self, webhook: &Webhook, depth: Depth) -> Sample {
        self.complete(&Type::Named(webhook.body.clone()), depth, Enums::Open)
    }

    fn writer(&self, enums: Enums) -> Writer<'_> {
        let dialect = Dialect::JsonSchema;
        Writer { api: self.api, names: &self.names, prefix: DEFS, markdown: &without_links, dialect, enums }
    }

    fn complete(&self, ty: &Type, depth: Depth, enums: Enums) -> Sample {
        let writer = self.writer(enums);
        let def = match ty {
            Type::Named(id) => self.api.get(id),
            _ => None,
        };
        let schema = match (depth, def) {
            (Depth::Top, _) => writer.of(ty, Extent::Levels(1, Path::ROOT)),
            (Depth::Two, _) => writer.of(ty, Extent::Levels(2, Path::ROOT)),
            // The body itself is written at the top, not referred to.
            (Depth::Whole, Some(def)) => writer.definition(def, Extent::Whole),
            (Depth::Whole, None) => writer.of(ty, Extent::Whole),
        };
        with_defs(&writer, schema, def.map_or_else(|| vec![ty], members), depth)
    }
}

/// The schema, with the definitions that its types lead to.
fn with_defs<'t>(
    writer: &Writer<'_>,
    mut schema: Object,
    types: impl IntoIterator<Item = &'t Type>,
    depth: Depth,
) -> Sample {
    schema.set_at(0, "$schema", text(DIALECT));
    if depth != Depth::Whole {
        return schema.into();
    }
    let defs = writer.referred(types).into_iter();
    let defs: Object =
        defs.map(|(name, def)| (name.to_owned(), writer.definition(def, Extent::Whole).into())).collect();
    schema.with("$defs", defs.some()).into()
}

fn without_links(text: &Text) -> String {
    text.to_string()
}
