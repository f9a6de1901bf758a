//! What `sdk.yaml` and `fixups.yaml` may hold, as tables, so that everything wrong in them is found at once and told
//! with its place. They say what the types in [`super`] say; a test keeps the two together.

use crate::grammar::Shape::{Json, List, Map, Text};
use crate::grammar::{Object, Shape, key};

static TEXT: Shape = Text;
static TEXTS: Shape = List(&TEXT);
const NAMES: Shape = Map(&Text);

/// `sdk.yaml`.
pub(super) static SDK: Object = Object::new(
    "the SDK's data",
    &[
        key("docs", Shape::Object(&DOCS)),
        key("credentials", Shape::Object(&CREDENTIALS)),
        key("webhooks", Shape::Object(&WEBHOOKS)),
        key("modules", Map(&A_MODULE)),
        key("names", Shape::Object(&RUST_NAMES)),
        key("redact", Shape::Object(&SELECTION)),
        key("numbers", Shape::Object(&NUMBERS)),
    ],
)
.closed();

static A_MODULE: Shape = Shape::Object(&MODULE);
static PAIRS: Shape = List(&A_PAIR);
static A_PAIR: Shape = Shape::Object(&PAIR);

static DOCS: Object = Object::new("the documentation's links", &[key("base", Text), key("ignore", TEXTS)]).closed();

static CREDENTIALS: Object = Object::new("the credentials", &[key("schemas", TEXTS), key("keep", TEXTS)]).closed();

static WEBHOOKS: Object = Object::new(
    "the rule for webhooks",
    &[key("type_property", Text), key("code_property", Text), key("module", Text), key("pairs", Map(&PAIRS))],
)
.closed();

static PAIR: Object =
    Object::new("a webhook's pair", &[key("type", Text).required(), key("code", Text).required()]).closed();

static MODULE: Object = Object::new("a module", &[key("paths", TEXTS), key("about", Text)]).closed();

static RUST_NAMES: Object = Object::new(
    "the names chosen by hand",
    &[key("types", NAMES), key("fields", NAMES), key("variants", NAMES), key("operations", NAMES)],
)
.closed();

static SELECTION: Object = Object::new(
    "a choice of fields",
    &[key("properties", TEXTS), key("fields", TEXTS), key("schemas", TEXTS), key("except", TEXTS)],
)
.closed();

static NUMBERS: Object = Object::new(
    "the kinds of numbers",
    &[
        key("decimal", Shape::Object(&SELECTION)),
        key("decimal_string", Shape::Object(&SELECTION)),
        key("float", Shape::Object(&SELECTION)),
        key("integer", Shape::Object(&SELECTION)),
    ],
)
.closed();

/// `fixups.yaml`.
pub(super) static FIXUPS: Shape = List(&A_FIXUP);
static A_FIXUP: Shape = Shape::Object(&FIXUP);

static FIXUP: Object = Object::new(
    "a fixup",
    &[
        key("at", Text).required(),
        key("expect", Json),
        key("set", Json),
        key("why", Text).required(),
        key("link", Text),
    ],
)
.closed();
