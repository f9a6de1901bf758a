//! Bodies of requests, and samples as JSON.

use api_model::{Body, BodyMedia, ParameterStyle, Sample};
use serde_json::{Map, Number, Value, json};

use super::schema::Schemas;

/// The body of a request, with its sample.
pub(super) fn request(body: &Body, sample: Option<&Sample>, schemas: &Schemas<'_>) -> Value {
    let mut media = Map::new();
    // OpenAPI 3.1 describes bytes by their media type alone.
    if !matches!(body.media, BodyMedia::Binary(_)) {
        media.insert("schema".to_owned(), Value::Object(schemas.of(&body.ty)));
    }
    if let Some(sample) = sample {
        media.insert("example".to_owned(), json(sample));
    }
    if !body.styles.is_empty() {
        let styles = body.styles.iter().map(|(property, style)| (property.clone(), encoding(*style)));
        media.insert("encoding".to_owned(), Value::Object(styles.collect()));
    }
    json!({"required": body.required, "content": {&body.content_type: media}})
}

fn encoding(style: ParameterStyle) -> Value {
    match style {
        ParameterStyle::Json => json!({"contentType": "application/json"}),
        style => {
            let (style, explode) = query_style(style);
            json!({"style": style, "explode": explode})
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

/// A sample as JSON. A number with more digits than JSON values of this program can have is rounded.
pub(super) fn json(sample: &Sample) -> Value {
    match sample {
        Sample::Null => Value::Null,
        Sample::Bool(bool) => json!(bool),
        Sample::Number(digits) => serde_json::from_str::<Number>(digits).map_or_else(|_| json!(digits), Value::Number),
        Sample::Text(text) => json!(text),
        Sample::List(all) => all.iter().map(json).collect(),
        Sample::Object(all) => Value::Object(all.iter().map(|(name, value)| (name.clone(), json(value))).collect()),
    }
}
