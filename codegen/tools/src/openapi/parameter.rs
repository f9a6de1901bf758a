//! Parameters outside the body.

use api_model::{Location, Parameter, ParameterStyle, Sample};

use super::Parts;
use super::body::query_style;
use crate::object::{Object, flag, text};
use crate::schema::{Extent, prose};

impl Parts<'_> {
    /// A parameter, with its value in the samples.
    pub(super) fn parameter(&self, parameter: &Parameter, samples: Option<&Sample>) -> Object {
        let Parameter { location, field, style } = parameter;
        let place = match location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        let members = Object::default()
            .with("name", text(&field.wire))
            .with("in", text(place))
            .with("description", prose(&field.docs, self.schemas.markdown).map(text))
            .with("required", Sample::Bool(field.required || *location == Location::Path))
            .with("deprecated", flag(field.docs.deprecated))
            .with("x-hidden", flag(field.docs.hidden));
        let schema = self.schemas.of_value(field, Extent::Whole);
        let sample = samples.and_then(|all| all.get(&field.wire)).cloned();
        if *style == ParameterStyle::Json {
            let media = Object::default().with("schema", schema).with("example", sample);
            return members.with("content", Object::default().with("application/json", media));
        }
        let (style, explode) = match location {
            Location::Path | Location::Header => ("simple", *style == ParameterStyle::FormExploded),
            Location::Query => query_style(*style),
        };
        members
            .with("style", text(style))
            .with("explode", Sample::Bool(explode))
            .with("schema", schema)
            .with("example", sample)
    }
}
