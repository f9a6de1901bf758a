//! OpenAPI 3.0's security schemes.

use super::{DESCRIPTION, Keyword, Map, Object, Prose, Shape, Text, key};

/// A way to authenticate.
pub(super) static SECURITY_SCHEME: Object = Object::new(
    "a security scheme",
    &[
        key("type", Shape::Word(&["apiKey", "http", "oauth2", "openIdConnect"])).required(),
        DESCRIPTION,
        key("name", Text),
        key("in", Shape::Word(&["query", "header", "cookie"])),
        key("scheme", Text),
        key("bearerFormat", Text),
        key("flows", Shape::Object(&FLOWS)),
        key("openIdConnectUrl", Text),
    ],
)
.component("securitySchemes");

const fn flow(name: &'static str) -> Keyword {
    key(name, Shape::Object(&FLOW))
}

static FLOWS: Object = Object::new(
    "a scheme's flows",
    &[flow("implicit"), flow("password"), flow("clientCredentials"), flow("authorizationCode")],
);

static FLOW: Object = Object::new(
    "a flow",
    &[
        key("authorizationUrl", Text),
        key("tokenUrl", Text),
        key("refreshUrl", Text),
        key("scopes", Map(&Prose)).required(),
    ],
);
