//! What our own files may contain, as tables, so that all mistakes in them are reported at once, each with its place.
//! The tables must match the types in [`super`]; a test compares the two.

use crate::grammar::Shape::{Json, List, Map, Said, Text};
use crate::grammar::{Object, Shape, key};

static TEXT: Shape = Text;
static TEXTS: Shape = List(&TEXT);
const NAMES: Shape = Map(&Text);
const SAID: Shape = Map(&Said);

/// `sdk.yaml`.
pub(super) static SDK: Object = Object::new(
    "the SDK's data",
    &[
        key("docs", Shape::Object(&DOCS)),
        key("examples", Shape::Object(&EXAMPLES)),
        key("credentials", Shape::Object(&CREDENTIALS)),
        key("webhooks", Shape::Object(&WEBHOOKS)),
        key("modules", Map(&A_MODULE)),
        key("names", Shape::Object(&RUST_NAMES)),
        key("redact", Shape::Object(&REDACT)),
        key("may_be_empty", Shape::Object(&SELECTION)),
        key("ids", Shape::Object(&SELECTION)),
        key("numbers", Shape::Object(&NUMBERS)),
        key("effects", Shape::Object(&EFFECTS)),
        key("idempotency", Shape::Object(&IDEMPOTENCY)),
        key("pagination", Shape::Object(&PAGINATION)),
        key("samples", Shape::Object(&SAMPLES)),
        key("rules", Shape::Object(&RULES)),
    ],
)
.closed();

static A_MODULE: Shape = Shape::Object(&MODULE);
static PAIRS: Shape = List(&A_PAIR);
static A_PAIR: Shape = Shape::Object(&PAIR);

static DOCS: Object = Object::new("the documentation's links", &[key("base", Text), key("ignore", TEXTS)]).closed();

static EXAMPLES: Object =
    Object::new("the examples' names", &[key("crate", Text).required(), key("client", Text).required()]).closed();

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
    "a selection of fields",
    &[key("properties", TEXTS), key("fields", TEXTS), key("schemas", TEXTS), key("except", TEXTS)],
)
.closed();

static REDACT: Object = Object::new(
    "the fields that are redacted",
    &[key("credential", Shape::Object(&SELECTION)), key("personal", Shape::Object(&SELECTION))],
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

static EFFECTS: Object =
    Object::new("the effects of calls", &[key("reads", TEXTS), key("deletes", TEXTS), key("moves_money", TEXTS)])
        .closed();

static IDEMPOTENCY: Object =
    Object::new("the idempotency section", &[key("keys", NAMES), key("idempotent", Map(&TEXTS))]).closed();

static ALL_ROLES: Shape = Shape::Object(&ROLES);
static COUNT: Shape = Shape::Count;

static PAGINATION: Object = Object::new(
    "the styles of pages",
    &[
        key("sync", Map(&ALL_ROLES)),
        key("cursor", Map(&ALL_ROLES)),
        key("offset", Map(&ALL_ROLES)),
        key("offset_filtered", Map(&ALL_ROLES)),
        key("after", Map(&ALL_ROLES)),
    ],
)
.closed();

static ROLES: Object = Object::new(
    "the roles of an operation's properties",
    &[
        key("cursor", Text),
        key("offset", Text),
        key("after", Text),
        key("count", Text),
        key("sizes", List(&COUNT)),
        key("items", Text),
        key("next_cursor", Text),
        key("has_more", Text),
        key("total", Text),
        key("last_id", Text),
        key("key", Text),
        key("added", Text),
        key("modified", Text),
        key("removed", Text),
        key("accounts", Text),
        key("account_id", Text),
        key("status", Text),
    ],
)
.closed();

const VALUES: Shape = Map(&Json);

static SAMPLES: Object = Object::new(
    "the hints for samples",
    &[
        key("fields", VALUES),
        key("properties", VALUES),
        key("schemas", VALUES),
        key("also", Map(&TEXTS)),
        key("exclusive", Shape::Object(&EXCLUSIVE)),
        key("derived", NAMES),
    ],
)
.closed();

static RULES: Object =
    Object::new("the rules for values", &[key("advised_length", Map(&COUNT)), key("required_if", Map(&CONDITIONS))])
        .closed();
const CONDITIONS: Shape = Map(&TEXTS);

static GROUPS: Shape = List(&TEXTS);
static EXCLUSIVE: Object =
    Object::new("the properties that exclude each other", &[key("properties", GROUPS), key("schemas", Map(&GROUPS))])
        .closed();

/// `errors.yaml`.
pub(super) static ERRORS: Object = Object::new(
    "the list of errors",
    &[key("codes", Map(&A_CODE)), key("types", Map(&A_CLASS)), key("statuses", Map(&A_CLASS))],
)
.closed();
static A_CODE: Shape = Shape::Object(&CODE);
static A_CLASS: Shape = Shape::Object(&CLASS);

/// How to recover from an error, as the runtime names it.
const RECOVERIES: &[&str] = &[
    "change_request",
    "change_setup",
    "ask_user",
    "update_mode",
    "start_over",
    "restart",
    "wait_for_data",
    "try_again",
    "try_later",
    "give_up",
];

/// When a request may be retried, as the runtime names it.
const RETRIES: &[&str] =
    &["never", "soon", "after_window", "after_maintenance", "later", "when_ready", "restart", "with_new_key"];

static CODE: Object = Object::new(
    "the entry of an error code",
    &[
        key("types", TEXTS).required(),
        key("recovery", Shape::Word(RECOVERIES)).required(),
        key("retry", Shape::Word(RETRIES)),
        key("advice", Text).required(),
        key("name", Text),
    ],
)
.closed();

static CLASS: Object = Object::new(
    "the entry of an error type or status",
    &[key("recovery", Shape::Word(RECOVERIES)).required(), key("retry", Shape::Word(RETRIES))],
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

/// `docs/glossary.yaml`.
pub(super) static GLOSSARY: Object = Object::new("the glossary", &[key("properties", SAID)]).closed();

/// Any other file of `docs`.
pub(super) static TEXTS_OF_A_MODULE: Object = Object::new(
    "the documentation of a module",
    &[key("about", Said), key("operations", Map(&TEXTS_OF_AN_OPERATION)), key("schemas", Map(&TEXTS_OF_A_SCHEMA))],
)
.closed();

static TEXTS_OF_AN_OPERATION: Shape = Shape::Object(&OPERATION);
static OPERATION: Object = Object::new(
    "the entry of an operation",
    &[
        key("summary", Said).required(),
        key("text", Said).required(),
        key("request", Json),
        key("parameters", Json),
        key("response", Json),
        key("next", SAID),
    ],
)
.closed();

static TEXTS_OF_A_SCHEMA: Shape = Shape::Object(&SCHEMA);
static SCHEMA: Object =
    Object::new("the entry of a schema", &[key("text", Said), key("properties", SAID), key("values", SAID)]).closed();
