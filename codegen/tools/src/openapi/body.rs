//! Bodies of requests and responses.

use api_model::{Body, BodyMedia, Operation, ParameterStyle, Sample, Type};

use super::Parts;
use crate::object::{Object, text};
use crate::samples::{SIZES, Size};
use crate::schema::Extent;

impl Parts<'_> {
    /// The body of a request, with its samples.
    pub(super) fn request(&self, operation: &Operation, body: &Body) -> Object {
        let media = match body.media {
            // OpenAPI 3.1 describes bytes by their media type alone.
            BodyMedia::Binary(_) => Object::default(),
            BodyMedia::Json | BodyMedia::Form => {
                let styles = body.styles.iter().map(|(property, style)| (property.clone(), encoding(*style).into()));
                self.json(&body.ty, |size| self.sampler.request(operation, size))
                    .with("encoding", styles.collect::<Object>().some())
            }
        };
        Object::default()
            .with("required", Sample::Bool(body.required))
            .with("content", Object::default().with(&body.content_type, media))
    }

    /// A body of JSON, with its samples: `minimal` and, if it differs, `full`.
    pub(super) fn json(&self, ty: &Type, sample: impl Fn(Size) -> Option<Sample>) -> Object {
        let mut examples: Vec<(&str, Sample)> = Vec::new();
        for size in SIZES {
            let name = match size {
                Size::Minimal => "minimal",
                Size::Full => "full",
            };
            let sample = sample(size).filter(|sample| examples.iter().all(|(_, other)| other != sample));
            examples.extend(sample.map(|sample| (name, sample)));
        }
        let examples = examples.into_iter().map(|(name, sample)| {
            let example = Object::default().with("value", sample);
            (name.to_owned(), example.into())
        });
        Object::default()
            .with("schema", self.schemas.of(ty, Extent::Whole))
            .with("examples", examples.collect::<Object>().some())
    }
}

fn encoding(style: ParameterStyle) -> Object {
    match style {
        ParameterStyle::Json => Object::default().with("contentType", text("application/json")),
        style => {
            let (style, explode) = query_style(style);
            Object::default().with("style", text(style)).with("explode", Sample::Bool(explode))
        }
    }
}

/// `style` and `explode` of a query parameter. Those of JSON don't matter.
pub(super) fn query_style(style: ParameterStyle) -> (&'static str, bool) {
    match style {
        ParameterStyle::Form => ("form", false),
        ParameterStyle::FormExploded | ParameterStyle::Json => ("form", true),
        ParameterStyle::SpaceDelimited => ("spaceDelimited", false),
        ParameterStyle::PipeDelimited => ("pipeDelimited", false),
        ParameterStyle::DeepObject => ("deepObject", true),
    }
}
