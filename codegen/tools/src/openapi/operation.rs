//! Operations: parameters, bodies and responses.

use api_model::{Api, ErrorResponse, Location, Operation, Parameter, ParameterStyle, ResponseBody};
use serde_json::{Map, Value, json};

use super::schema::Schemas;
use super::{body, describe, extensions, security};

/// An operation that is written.
pub(super) struct Rendering<'a> {
    pub(super) api: &'a Api,
    pub(super) schemas: &'a Schemas<'a>,
    pub(super) operation: &'a Operation,
}

impl Rendering<'_> {
    /// The operation, with its tag.
    pub(super) fn render(&self, tag: Option<&str>) -> Value {
        let operation = self.operation;
        let docs = &operation.docs;
        let samples = &operation.samples;
        let parameters: Vec<Value> = operation.parameters.iter().map(|parameter| self.parameter(parameter)).collect();
        let body = operation.body.as_ref().map(|body| body::request(body, samples.request.as_ref(), self.schemas));
        let text = |text: &Option<api_model::Text>| text.as_ref().map(|text| json!(text.to_string()));
        let security = match &operation.security {
            Some(required) => Some(security::requirements(required)),
            None => operation.anonymous.then(|| json!([])),
        };
        let (idempotency, key) = extensions::idempotency(&operation.idempotency).unzip();
        let members = [
            ("tags", tag.map(|tag| json!([tag]))),
            ("summary", text(&docs.summary)),
            ("description", text(&docs.description)),
            ("externalDocs", docs.link.as_ref().map(|link| json!({"url": link}))),
            ("operationId", Some(json!(operation.id))),
            ("deprecated", docs.deprecated.then_some(Value::Bool(true))),
            ("parameters", (!parameters.is_empty()).then_some(Value::Array(parameters))),
            ("requestBody", body),
            ("responses", Some(self.responses())),
            ("security", security),
            ("servers", operation.server.as_ref().map(|url| self.servers(url))),
            ("x-hidden", docs.hidden.then_some(Value::Bool(true))),
            (idempotency.unwrap_or_default(), key),
            ("x-paging", operation.paging.as_ref().map(extensions::paging)),
        ];
        let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(members.collect())
    }

    /// The operation's own server. A path is below each of the API's servers.
    fn servers(&self, own: &str) -> Value {
        if !own.starts_with('/') {
            return json!([{"url": own}]);
        }
        let servers = self.api.servers.iter();
        servers.map(|server| json!({"url": format!("{}{own}", server.url.trim_end_matches('/'))})).collect()
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        let Parameter { location, field, style } = parameter;
        let location_name = match location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        let mut members = Map::new();
        members.insert("name".to_owned(), json!(field.wire));
        members.insert("in".to_owned(), json!(location_name));
        if let Some(description) = describe::prose(&field.docs) {
            members.insert("description".to_owned(), json!(description));
        }
        members.insert("required".to_owned(), json!(field.required || *location == Location::Path));
        if field.docs.deprecated {
            members.insert("deprecated".to_owned(), json!(true));
        }
        if field.docs.hidden {
            members.insert("x-hidden".to_owned(), json!(true));
        }
        let schema = Value::Object(self.schemas.of_value(field));
        let sample = self.operation.samples.parameters.as_ref().and_then(|all| all.get(&field.wire)).map(body::json);
        if *style == ParameterStyle::Json {
            let media = match sample {
                Some(sample) => json!({"schema": schema, "example": sample}),
                None => json!({"schema": schema}),
            };
            members.insert("content".to_owned(), json!({"application/json": media}));
            return Value::Object(members);
        }
        let (style, explode) = match location {
            Location::Path | Location::Header => ("simple", *style == ParameterStyle::FormExploded),
            Location::Query => body::query_style(*style),
        };
        members.insert("style".to_owned(), json!(style));
        members.insert("explode".to_owned(), json!(explode));
        members.insert("schema".to_owned(), schema);
        if let Some(sample) = sample {
            members.insert("example".to_owned(), sample);
        }
        Value::Object(members)
    }

    fn responses(&self) -> Value {
        let success = &self.operation.response;
        let mut responses = Map::new();
        for status in &success.statuses {
            let mut response = Map::new();
            response.insert("description".to_owned(), json!("The request succeeded."));
            let content = match &success.body {
                ResponseBody::Json(ty) => {
                    Some(json!({"application/json": {"schema": Value::Object(self.schemas.of(ty))}}))
                }
                ResponseBody::Binary(media) => Some(json!({media: {}})),
                ResponseBody::Empty => None,
            };
            response.extend(content.map(|content| ("content".to_owned(), content)));
            responses.insert(status.to_string(), Value::Object(response));
        }
        for error in &self.operation.errors {
            responses.insert(status(error), self.error(error));
        }
        Value::Object(responses)
    }

    fn error(&self, error: &ErrorResponse) -> Value {
        let description = error.description.as_deref().filter(|text| !text.trim().is_empty());
        let mut response = Map::new();
        response.insert("description".to_owned(), json!(description.unwrap_or("The request failed.")));
        if let Some(ty) = &error.ty {
            let content = json!({"application/json": {"schema": Value::Object(self.schemas.of(ty))}});
            response.insert("content".to_owned(), content);
        }
        Value::Object(response)
    }
}

fn status(error: &ErrorResponse) -> String {
    match (error.status, error.class) {
        (Some(status), _) => status.to_string(),
        (None, Some(class)) => format!("{class}XX"),
        (None, None) => "default".to_owned(),
    }
}
