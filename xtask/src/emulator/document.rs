//! A published document, made complete for a program that believes every word of it.

use serde_yaml::{Mapping, Value};

/// What an error of any operation looks like.
const ERROR: &str = "
description: An error.
content:
  application/json:
    schema:
      $ref: '#/components/schemas/PlaidError'
";

/// The document with what it leaves out:
///
/// - an operation without a response for errors gets one, since every operation can fail;
/// - credentials leave the requests' bodies, since they are sent as headers, and an empty one in a body would hide the rest;
/// - content without a media type (`examples` in its place) goes.
pub fn complete(text: &str) -> Result<String, String> {
    let error = |error: serde_yaml::Error| format!("error: the document can't be read: {error}");
    let mut document: Value = serde_yaml::from_str(text).map_err(error)?;
    let failure: Value = serde_yaml::from_str(ERROR).map_err(error)?;
    for operation in operations(&mut document) {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_mapping_mut)
            && !responses.contains_key("default")
        {
            responses.insert("default".into(), failure.clone());
        }
        let content = operation.get_mut("requestBody").and_then(|body| body.get_mut("content"));
        if let Some(content) = content.and_then(Value::as_mapping_mut) {
            content.retain(|name, _| name.as_str().is_some_and(|name| name.contains('/')));
        }
    }
    let schemas = document.get_mut("components").and_then(|all| all.get_mut("schemas")).and_then(Value::as_mapping_mut);
    for (_, schema) in schemas.into_iter().flatten() {
        without_credentials(schema);
    }
    serde_yaml::to_string(&document).map_err(error)
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Mapping> {
    let paths = document.get_mut("paths").and_then(Value::as_mapping_mut);
    let items = paths.into_iter().flatten().filter_map(|(_, item)| item.as_mapping_mut());
    items.flatten().filter_map(|(_, operation)| operation.as_mapping_mut())
}

fn without_credentials(schema: &mut Value) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_mapping_mut) else { return };
    let is_credential = |value: &Value| {
        let target = value.get("$ref").and_then(Value::as_str).unwrap_or_default();
        target.ends_with("/APIClientID") || target.ends_with("/APISecret")
    };
    properties.retain(|_, property| !is_credential(property));
}

#[cfg(test)]
mod tests {
    use super::complete;
    use serde_yaml::Value;

    #[test]
    fn errors_are_added_and_credentials_go() {
        let text = "
paths:
  /a:
    post:
      requestBody: {content: {examples: {}, application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      responses: {'200': {description: fine}}
components:
  schemas:
    A: {properties: {client_id: {$ref: '#/components/schemas/APIClientID'}, name: {type: string}}}
";
        let document: Value = serde_yaml::from_str(&complete(text).expect("YAML")).expect("YAML");
        let operation = &document["paths"]["/a"]["post"];
        assert!(
            operation["responses"]["200"]["description"] == "fine" && operation["responses"].get("default").is_some()
        );
        assert_eq!(operation["requestBody"]["content"].as_mapping().map(serde_yaml::Mapping::len), Some(1));
        let properties = document["components"]["schemas"]["A"]["properties"].as_mapping().expect("properties");
        assert!(properties.contains_key("name") && properties.len() == 1);
        assert!(complete("a: [").is_err());
    }
}
