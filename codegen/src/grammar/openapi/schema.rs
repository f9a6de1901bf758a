//! OpenAPI 3.0's schema object, and hints for keywords that only other dialects of JSON Schema have.

use super::{
    Count, DEPRECATED, DESCRIPTION, Drop, EXAMPLE_VALUE, Flag, Hint, Json, List, Map, Number, Object, Prose, Reference,
    SchemaName, Shape, Text, external_docs, key,
};

/// The types that a schema may name.
const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];
static A_SCHEMA: Shape = Reference(&SCHEMA);

/// A schema.
pub(crate) static SCHEMA: Object = Object::new(
    "a schema",
    &[
        key("type", Shape::Word(TYPES)),
        DESCRIPTION,
        key("properties", Map(&A_SCHEMA)),
        key("required", List(&Text)),
        key("additionalProperties", Shape::FlagOr(&A_SCHEMA)),
        key("items", Reference(&SCHEMA)),
        key("enum", List(&Json)),
        key("format", Text),
        key("nullable", Flag),
        DEPRECATED,
        key("title", Prose).keep(Drop),
        EXAMPLE_VALUE,
        key("default", Json),
        key("allOf", List(&A_SCHEMA)),
        key("oneOf", List(&A_SCHEMA)),
        key("anyOf", List(&A_SCHEMA)),
        key("not", Reference(&SCHEMA)),
        key("discriminator", Shape::Object(&DISCRIMINATOR)),
        key("minimum", Number),
        key("maximum", Number),
        key("exclusiveMinimum", Flag),
        key("exclusiveMaximum", Flag),
        key("multipleOf", Number),
        key("minLength", Count),
        key("maxLength", Count),
        key("pattern", Text),
        key("minItems", Count),
        key("maxItems", Count),
        key("uniqueItems", Flag),
        key("minProperties", Count),
        key("maxProperties", Count),
        key("readOnly", Flag),
        key("writeOnly", Flag),
        external_docs(),
        key("xml", Shape::Object(&XML)).spare(),
    ],
)
.component("schemas")
.hint(hint);

pub(super) static DISCRIMINATOR: Object =
    Object::new("a discriminator", &[key("propertyName", Text).required(), key("mapping", Map(&SchemaName))]);

pub(super) static XML: Object = Object::new(
    "a note on XML",
    &[key("name", Text), key("namespace", Text), key("prefix", Text), key("attribute", Flag), key("wrapped", Flag)],
);

/// Keywords that only limit or describe values don't affect types. Keywords that contain schemas do.
fn hint(key: &str) -> Option<Hint> {
    use Hint::{Ignore, Refuse};
    Some(match key {
        "const" => Refuse("`const` is from OpenAPI 3.1; write `enum` with one value"),
        "examples" => Ignore("`examples` in a schema is from OpenAPI 3.1; write `example`, with one value"),
        "prefixItems" => Refuse("`prefixItems` is from OpenAPI 3.1; write `items` with a schema for every element"),
        "$defs" | "definitions" => Ignore("move the schemas to `components/schemas` and refer to them there"),
        "if" | "then" | "else" => Refuse("conditions are from OpenAPI 3.1; write them as `oneOf`"),
        "patternProperties" | "unevaluatedProperties" => {
            Refuse("this is from OpenAPI 3.1; write `additionalProperties` with a schema for every value")
        }
        "propertyNames" => Ignore("this is from OpenAPI 3.1; remove it"),
        "dependentRequired" => Ignore("this is from OpenAPI 3.1; remove it, or write it as `oneOf`"),
        "dependencies" | "dependentSchemas" => {
            Refuse("dependencies between properties are not part of OpenAPI 3.0; remove them, or write them as `oneOf`")
        }
        "contains" | "minContains" | "maxContains" => Ignore("this is from OpenAPI 3.1; remove it"),
        "unevaluatedItems" | "additionalItems" => {
            Refuse("this is not part of OpenAPI 3.0; write `items` with a schema for every element")
        }
        "contentEncoding" | "contentMediaType" | "contentSchema" => {
            Ignore("this is from OpenAPI 3.1; write `format: byte` for base64 or `format: binary` for bytes")
        }
        "$dynamicRef" => Refuse("this is from OpenAPI 3.1; refer to the schema by `#/components/schemas/…`"),
        "$id" | "id" | "$schema" | "$anchor" | "$dynamicAnchor" | "$vocabulary" | "$comment" => {
            Ignore("this is from JSON Schema and not part of OpenAPI 3.0; remove it")
        }
        _ => return None,
    })
}
