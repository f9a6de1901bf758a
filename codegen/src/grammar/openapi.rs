//! OpenAPI 3.0's objects: the document, its paths and operations, and their parts. Schemas have a file of their own.
//!
//! Based on version 3.0.3 of the specification. If openapiv3 is stricter, so is the table.

mod schema;
mod security;

use super::Keep::{Drop, Name, Word};
use super::Shape::{Count, Flag, Json, List, Map, Number, Prose, Reference, SchemaName, Text};
use super::{Hint, Keyword, Object, Shape, key};
pub(crate) use schema::SCHEMA;
use security::SECURITY_SCHEME;

const fn external_docs() -> Keyword {
    key("externalDocs", Shape::Object(&DOCS)).spare()
}

const DESCRIPTION: Keyword = key("description", Prose).keep(Drop);
const SUMMARY: Keyword = key("summary", Prose).keep(Drop);
const EXAMPLE_VALUE: Keyword = key("example", Json).keep(Drop);
const fn examples() -> Keyword {
    key("examples", Map(&A_EXAMPLE)).keep(Drop)
}

const DEPRECATED: Keyword = key("deprecated", Flag);
const fn parameters() -> Keyword {
    key("parameters", List(&A_PARAMETER))
}

const fn servers() -> Keyword {
    key("servers", List(&ONE_SERVER))
}

const SECURITY: Keyword = key("security", List(&Map(&List(&Text))));
const fn content() -> Keyword {
    key("content", Map(&ONE_MEDIA_TYPE))
}

const fn schema_of() -> Keyword {
    key("schema", Reference(&SCHEMA))
}

const fn headers() -> Keyword {
    key("headers", Map(&A_HEADER)).spare()
}

// elements of lists and mappings are statics of their own, since the tables refer to each other in cycles
static A_CALLBACK: Shape = Shape::Reference(&CALLBACK);
static A_EXAMPLE: Shape = Shape::Reference(&EXAMPLE);
static A_HEADER: Shape = Shape::Reference(&HEADER);
static A_LINK: Shape = Shape::Reference(&LINK);
static A_PARAMETER: Shape = Shape::Reference(&PARAMETER);
static A_REQUEST_BODY: Shape = Shape::Reference(&REQUEST_BODY);
static A_RESPONSE: Shape = Shape::Reference(&RESPONSE);
static A_SCHEMA: Shape = Shape::Reference(&SCHEMA);
static A_SECURITY_SCHEME: Shape = Shape::Reference(&SECURITY_SCHEME);
static ONE_CALLBACK: Shape = Shape::Object(&CALLBACK);
static ONE_ENCODING: Shape = Shape::Object(&ENCODING);
static ONE_MEDIA_TYPE: Shape = Shape::Object(&MEDIA_TYPE);
static ONE_SERVER: Shape = Shape::Object(&SERVER);
static ONE_SERVER_VARIABLE: Shape = Shape::Object(&SERVER_VARIABLE);
static ONE_TAG: Shape = Shape::Object(&TAG);

/// The whole document.
pub(crate) static DOCUMENT: Object = Object::new(
    "an OpenAPI document",
    &[
        key("openapi", Text).required(),
        key("info", Shape::Object(&INFO)).required(),
        servers(),
        key("paths", Shape::Object(&PATHS)).required(),
        key("components", Shape::Object(&COMPONENTS)),
        SECURITY,
        key("tags", List(&ONE_TAG)).spare(),
        external_docs(),
    ],
)
.hint(|key| match key {
    "webhooks" => {
        Some(Hint::Refuse("`webhooks` is from OpenAPI 3.1; mark the payload's schema with `x-webhook` instead"))
    }
    "jsonSchemaDialect" => Some(Hint::Ignore("`jsonSchemaDialect` is from OpenAPI 3.1; remove it")),
    _ => None,
});

static INFO: Object = Object::new(
    "the document's info",
    &[
        key("title", Text).required(),
        DESCRIPTION,
        key("termsOfService", Text).keep(Drop),
        key("contact", Json).keep(Drop),
        key("license", Json).keep(Drop),
        key("version", Text).required(),
    ],
);

static DOCS: Object = Object::new("a link to documentation", &[DESCRIPTION, key("url", Text).required()]);

static TAG: Object = Object::new("a tag", &[key("name", Text).required(), DESCRIPTION, external_docs()]);

static SERVER: Object = Object::new(
    "a server",
    &[key("url", Text).required(), key("description", Prose).keep(Name), key("variables", Map(&ONE_SERVER_VARIABLE))],
);

static SERVER_VARIABLE: Object =
    Object::new("a server's variable", &[key("enum", List(&Text)), key("default", Text).required(), DESCRIPTION]);

static PATHS: Object = Object::new("the document's paths", &[]).others(
    |key| key.starts_with('/'),
    "a path, which starts with `/`",
    Reference(&PATH_ITEM),
);

const fn operation(method: &'static str) -> Keyword {
    key(method, Shape::Object(&OPERATION))
}

static PATH_ITEM: Object = Object::new(
    "a path",
    &[
        SUMMARY,
        DESCRIPTION,
        operation("get"),
        operation("put"),
        operation("post"),
        operation("delete"),
        operation("options"),
        operation("head"),
        operation("patch"),
        operation("trace"),
        servers(),
        parameters(),
    ],
);

/// An operation.
pub(crate) static OPERATION: Object = Object::new(
    "an operation",
    &[
        key("tags", List(&Text)).spare(),
        SUMMARY,
        DESCRIPTION,
        external_docs(),
        key("operationId", Text),
        parameters(),
        key("requestBody", Reference(&REQUEST_BODY)),
        key("responses", Shape::Object(&RESPONSES)).required(),
        // openapiv3 reads no `$ref` here
        key("callbacks", Map(&ONE_CALLBACK)),
        DEPRECATED,
        SECURITY,
        servers(),
    ],
);

/// The locations of a parameter.
const LOCATIONS: &[&str] = &["query", "header", "path", "cookie"];
const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

static PARAMETER: Object = Object::new(
    "a parameter",
    &[
        key("name", Text).required(),
        key("in", Shape::Word(LOCATIONS)).required(),
        DESCRIPTION,
        key("required", Flag),
        DEPRECATED,
        key("allowEmptyValue", Flag),
        key("style", Shape::Word(STYLES)),
        key("explode", Flag),
        key("allowReserved", Flag),
        schema_of(),
        EXAMPLE_VALUE,
        examples(),
        content(),
    ],
)
.one_of(&["schema", "content"])
.component("parameters");

static HEADER: Object = Object::new(
    "a header",
    &[
        DESCRIPTION,
        key("required", Flag),
        DEPRECATED,
        key("allowEmptyValue", Flag),
        key("style", Shape::Word(&["simple"])),
        key("explode", Flag),
        key("allowReserved", Flag),
        schema_of(),
        EXAMPLE_VALUE,
        examples(),
        content(),
    ],
)
.one_of(&["schema", "content"])
.component("headers");

static REQUEST_BODY: Object =
    Object::new("a request body", &[DESCRIPTION, content().required(), key("required", Flag)])
        .component("requestBodies");

static MEDIA_TYPE: Object =
    Object::new("a media type", &[schema_of(), EXAMPLE_VALUE, examples(), key("encoding", Map(&ONE_ENCODING))]);

static ENCODING: Object = Object::new(
    "an encoding",
    &[
        key("contentType", Text),
        headers(),
        key("style", Shape::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        key("explode", Flag),
        key("allowReserved", Flag),
    ],
);

static RESPONSES: Object = Object::new("an operation's responses", &[key("default", Reference(&RESPONSE))]).others(
    is_status,
    "`default` or a status, such as `200` or `4XX`",
    Reference(&RESPONSE),
);

fn is_status(key: &str) -> bool {
    let [first, second, third] = key.as_bytes() else { return false };
    let rest = [second, third];
    matches!(first, b'1'..=b'5') && (rest.iter().all(|b| b.is_ascii_digit()) || rest.iter().all(|b| **b == b'X'))
}

static RESPONSE: Object = Object::new(
    "a response",
    &[key("description", Prose).required().keep(Word), headers(), content(), key("links", Map(&A_LINK)).spare()],
)
.component("responses");

static CALLBACK: Object = Object::new("a callback", &[])
    .others(|_| true, "an expression", Shape::Object(&PATH_ITEM))
    .closed()
    .component("callbacks");

static EXAMPLE: Object =
    Object::new("an example", &[SUMMARY, DESCRIPTION, key("value", Json), key("externalValue", Text)])
        .component("examples");

static LINK: Object = Object::new(
    "a link",
    &[
        key("operationRef", Text),
        key("operationId", Text),
        key("parameters", Map(&Json)),
        key("requestBody", Json),
        DESCRIPTION,
        key("server", Shape::Object(&SERVER)),
    ],
)
.one_of(&["operationId", "operationRef"])
.component("links");

static COMPONENTS: Object = Object::new(
    "the document's components",
    &[
        key("schemas", Map(&A_SCHEMA)),
        key("responses", Map(&A_RESPONSE)),
        key("parameters", Map(&A_PARAMETER)),
        key("examples", Map(&A_EXAMPLE)).keep(Drop),
        key("requestBodies", Map(&A_REQUEST_BODY)),
        key("headers", Map(&A_HEADER)).spare(),
        key("securitySchemes", Map(&A_SECURITY_SCHEME)).spare(),
        key("links", Map(&A_LINK)).spare(),
        key("callbacks", Map(&A_CALLBACK)),
    ],
)
.hint(|key| {
    let help = "`pathItems` is from OpenAPI 3.1; write the paths out under `paths`";
    (key == "pathItems").then_some(Hint::Ignore(help))
});

/// Whether a key is not a media type: media types have a slash.
pub(crate) fn is_stray_media_type(inner: &Shape, key: &str) -> bool {
    matches!(inner, Shape::Object(object) if std::ptr::eq(*object, &raw const MEDIA_TYPE)) && !key.contains('/')
}
