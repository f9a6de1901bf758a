//! The API as an OpenAPI 3.1 document.
//!
//! What OpenAPI can't say is in members that begin with `x-`; `codegen/ARCHITECTURE.md` lists them.

mod body;
mod describe;
mod errors;
mod extensions;
mod names;
mod operation;
pub mod schema;
mod security;
mod webhook;

use api_model::layout::{Layout, Module};
use api_model::{Api, Operation, Server};
use serde_json::{Map, Value, json};

use schema::Schemas;

/// The version of OpenAPI.
const OPENAPI: &str = "3.1.0";

/// Where the document's schemas are.
const SCHEMAS: &str = "#/components/schemas/";

/// What the document says about itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Markdown for its readers.
    pub description: Option<String>,
    /// The licence of the document, as an SPDX expression.
    pub license: Option<String>,
}

/// The OpenAPI document of an API. Members and properties are in the model's order, and the same input gives the same
/// document. The layout's modules are its tags.
pub fn document(api: &Api, layout: &Layout, about: &About) -> Value {
    let schemas = Schemas::new(api, SCHEMAS);
    let mut document = Map::new();
    document.insert("openapi".to_owned(), json!(OPENAPI));
    document.insert("info".to_owned(), info(api, about));
    if !api.servers.is_empty() {
        document.insert("servers".to_owned(), api.servers.iter().map(server).collect());
    }
    if !api.security.required.is_empty() {
        document.insert("security".to_owned(), security::requirements(&api.security.required));
    }
    let tags: Vec<Value> = layout.modules.iter().filter(|module| !module.shared).map(tag).collect();
    if !tags.is_empty() {
        document.insert("tags".to_owned(), Value::Array(tags));
    }
    document.insert("paths".to_owned(), paths(api, layout, &schemas));
    if !api.webhooks.is_empty() {
        document.insert("webhooks".to_owned(), webhook::all(api, layout, &schemas));
    }
    document.insert("components".to_owned(), components(api, &schemas));
    if !api.error_codes.is_empty() {
        document.insert("x-error-codes".to_owned(), errors::codes(api));
    }
    Value::Object(document)
}

fn info(api: &Api, about: &About) -> Value {
    let mut info = Map::new();
    info.insert("title".to_owned(), json!(api.title));
    if let Some(description) = &about.description {
        info.insert("description".to_owned(), json!(description));
    }
    if let Some(license) = &about.license {
        info.insert("license".to_owned(), json!({"name": license, "identifier": license}));
    }
    info.insert("version".to_owned(), json!(api.version));
    Value::Object(info)
}

fn server(server: &Server) -> Value {
    match &server.description {
        Some(description) => json!({"url": server.url, "description": description}),
        None => json!({"url": server.url}),
    }
}

fn tag(module: &Module) -> Value {
    let text = module.text.as_ref().map(ToString::to_string);
    let description: Vec<String> =
        [Some(module.about.clone()), text].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    match description.is_empty() {
        true => json!({"name": module.name}),
        false => json!({"name": module.name, "description": description.join("\n\n")}),
    }
}

fn paths(api: &Api, layout: &Layout, schemas: &Schemas<'_>) -> Value {
    let mut paths = Map::new();
    for operation in &api.operations {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            let tag = layout.module_of(operation).map(|index| layout.module_name(index));
            item.insert(operation.method.to_ascii_lowercase(), described(api, operation, tag, schemas));
        }
    }
    Value::Object(paths)
}

fn described(api: &Api, operation: &Operation, tag: Option<&str>, schemas: &Schemas<'_>) -> Value {
    operation::Rendering { api, schemas, operation }.render(tag)
}

fn components(api: &Api, schemas: &Schemas<'_>) -> Value {
    let mut components = Map::new();
    components.insert("schemas".to_owned(), Value::Object(schemas.components()));
    if !api.security.schemes.is_empty() {
        components.insert("securitySchemes".to_owned(), security::schemes(&api.security.schemes));
    }
    Value::Object(components)
}
