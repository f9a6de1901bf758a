//! The API as the generator understands it: no OpenAPI, no Rust. Lowering makes it, the passes complete it, the
//! emitters read it.
//!
//! Required, optional, nullable and both are kept apart here; only the emitter decides how each looks in Rust.

mod calls;
mod pointer;
mod sample;
mod text;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use self::calls::{Idempotency, Pages, Paging, Property, SyncPages};
pub use self::pointer::Pointer;
pub use self::sample::{Sample, Samples};
pub use self::text::{Span, Target, Text};

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `servers[].url` with its description, in the document's order.
    pub servers: Vec<Server>,
    /// Every type, by its id, in the document's order; an inline type follows the one it stands in.
    pub types: IndexMap<TypeId, TypeDef>,
    /// Types of schemas that nothing generated refers to. Nothing is made of them; comparisons look at them.
    pub unreached: IndexMap<TypeId, TypeDef>,
    /// Every operation, in the document's order.
    pub operations: Vec<Operation>,
    /// Every webhook, in the document's order.
    pub webhooks: Vec<Webhook>,
    /// What was found and is not generated, each with its reason.
    pub skipped: Vec<Skipped>,
    /// The modules, sorted by name (filled by the module pass).
    pub modules: Vec<Module>,
    /// The webhooks as alternatives of one type (filled by the webhook pass).
    pub events: Vec<Event>,
    /// The codes of errors, in the order in which the runtime looks for one (filled by the pass for errors).
    pub error_codes: Vec<ErrorCode>,
    /// How examples name the SDK; without it there are none (filled by the pass for docs).
    pub examples: Option<Examples>,
    /// Figures for the account that `gen` prints.
    pub found: Found,
}

/// How examples in the docs name the SDK.
#[derive(Clone, Debug)]
pub struct Examples {
    /// The crate's name in Rust.
    pub of: String,
    /// The variable that holds the client.
    pub client: String,
}

/// How much the document holds, to reconcile with what was generated.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Path items.
    pub paths: usize,
    /// Operations.
    pub operations: usize,
    /// Named schemas.
    pub schemas: usize,
}

/// A server of the API.
#[derive(Clone, Debug)]
pub struct Server {
    /// The base URL.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
}

/// A thing of the document that has no counterpart in the SDK.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// What sort of thing.
    pub what: SkippedKind,
    /// Its name or path.
    pub name: String,
    /// Where it stands.
    pub at: Pointer,
    /// Why it is left out.
    pub reason: String,
}

/// The sorts of things that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkippedKind {
    /// A path item without a method.
    Path,
    /// A named schema that nothing generated refers to.
    Schema,
    /// A media type of a body.
    MediaType,
    /// A callback of an operation.
    Callback,
    /// A header parameter that the client sets by itself.
    Header,
}

/// Identifies a type: the schema's name, or for an inline one the name of the type it stands in, a dot and the
/// property (`Pet.kind`), `[]` added for an array's items, `{}` for a map's values, `#2` for a union's second
/// alternative. What stands inline in an operation starts with its `operationId`, the first letter in capitals:
/// `PetGetRequest`, `PetGetResponse`, `PetGetError404`, `PetGet.limit` for a parameter; in a shared component, with the
/// component's name. An underscore is added where a schema has that name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeId(pub String);

/// A type that gets a name in Rust.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its identity, as in the map it stands in.
    pub id: TypeId,
    /// Its Rust name (filled by the naming pass).
    pub name: String,
    /// Where its schema stands.
    pub at: Pointer,
    /// What is said of it.
    pub docs: Docs,
    /// Whether the schema itself may be `null`. Lowering has already added this to each use.
    pub nullable: bool,
    /// Whether it stands inside another schema or an operation, and so has no name of its own in the document.
    pub is_inline: bool,
    /// The shape.
    pub kind: Kind,
    /// Who reaches it (filled by the usage pass).
    pub usage: Usage,
    /// Its module, an index into [`Api::modules`] (filled by the module pass).
    pub module: usize,
    /// The modules whose operations or webhooks reach it, as indices into [`Api::modules`] (filled by the module pass).
    pub users: Vec<usize>,
}

/// The shape of a named type.
#[derive(Clone, Debug)]
pub enum Kind {
    /// An object with declared properties.
    Struct(Struct),
    /// A list of known strings.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with declared properties.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Whether it stands in a box somewhere, since it holds itself (filled by the recursion pass).
    pub boxed: bool,
    /// The properties, in the document's order.
    pub fields: Vec<Field>,
    /// The type of further properties, where the schema gives them one.
    pub additional: Option<Type>,
    /// The named types whose properties it takes in (`allOf`), in the document's order. Their fields are among
    /// `fields` already.
    pub merged: Vec<TypeId>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust, without `r#` (filled by the naming pass).
    pub name: String,
    /// The type, apart from presence.
    pub ty: Type,
    /// Whether `required` lists it.
    pub required: bool,
    /// Whether it may be `null`, be it by its own schema or by the one it refers to.
    pub nullable: bool,
    /// Whether its value must not be printed (filled by the annotation pass).
    pub redacted: bool,
    /// What is said of it.
    pub docs: Docs,
    /// Where its schema stands.
    pub at: Pointer,
}

/// A list of known strings; others are kept as they come.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The values, without `null`, in the document's order.
    pub variants: Vec<Variant>,
    /// Whether values may also stand on the wire as numbers or booleans, as the document writes them.
    pub scalars: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The value on the wire, as text.
    pub wire: String,
    /// The name in Rust (filled by the naming pass).
    pub name: String,
    /// What is said of it.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The property that tells which, where the document names one.
    pub discriminator: Option<String>,
    /// The alternatives, in the document's order.
    pub variants: Vec<UnionVariant>,
}

/// An alternative of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The name in Rust (filled by the naming pass).
    pub name: String,
    /// The discriminator's values that choose it; empty without a discriminator.
    pub tags: Vec<String>,
    /// What it holds.
    pub ty: Type,
}

/// A type without presence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number that may be rounded: a score, a ratio, a coordinate.
    Float,
    /// A number that must stay exact, as a JSON number.
    Decimal,
    /// A number that must stay exact, in a JSON string.
    DecimalString,
    /// A calendar date, `format: date`.
    Date,
    /// A moment, `format: date-time`.
    DateTime,
    /// Any JSON value.
    Json,
    /// Any JSON object.
    JsonObject,
    /// A list.
    List(Box<Type>),
    /// An object with keys of the caller's choice.
    Map(Box<Type>),
    /// An element of a list or map, or a whole body, that may be `null`.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeId),
    /// On the heap, to end a recursion (made by the recursion pass).
    Boxed(Box<Type>),
}

/// What is said of an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A line.
    pub summary: Option<String>,
    /// Markdown, as the source has it.
    pub description: Option<String>,
    /// Whether these two are the maintainers' words, whose code spans name things to link to (filled by the pass for docs).
    pub own: bool,
    /// The page that documents it, as an absolute address.
    pub link: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether the document hides it from its readers.
    pub hidden: bool,
    /// What the document asks of values.
    pub constraints: Constraints,
}

impl Docs {
    /// Whether anything is said in prose.
    pub fn is_told(&self) -> bool {
        self.summary.is_some() || self.description.is_some()
    }
}

/// What the document asks of values. It is told in the docs, never checked: the API decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minimum`, as written; with `true` where it is exclusive.
    pub minimum: Option<(String, bool)>,
    /// `maximum`, as written; with `true` where it is exclusive.
    pub maximum: Option<(String, bool)>,
    /// `multipleOf`, as written.
    pub multiple_of: Option<String>,
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `format`, where it is not one that became a type.
    pub format: Option<String>,
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<usize>,
    /// `maxProperties`.
    pub max_properties: Option<usize>,
    /// `enum`, where its values are numbers or booleans, and so no enum in Rust.
    pub allowed: Vec<String>,
    /// `default`, as JSON.
    pub default: Option<String>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
}

/// Who reaches a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// A request's parameters or body.
    pub request: bool,
    /// A response's body.
    pub response: bool,
    /// A webhook.
    pub webhook: bool,
}

/// A call.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The method's name in Rust (filled by the naming pass).
    pub name: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with its `{parameters}`.
    pub path: String,
    /// Where it stands.
    pub at: Pointer,
    /// What is said of it.
    pub docs: Docs,
    /// Path, query and header parameters, in the document's order, those of the path item first.
    pub parameters: Vec<Parameter>,
    /// The struct that holds the parameters, where there are any (filled by the naming pass).
    pub parameters_name: String,
    /// The request's body.
    pub body: Option<Body>,
    /// The response where all goes well.
    pub response: Response,
    /// The declared error responses.
    pub errors: Vec<ErrorResponse>,
    /// Whether the call goes without credentials (`security: []`).
    pub anonymous: bool,
    /// What comes of a request that arrives twice (filled by the pass for calls).
    pub idempotency: Idempotency,
    /// How its responses come in pages, if they do (filled by the pass for calls).
    pub paging: Option<Paging>,
    /// What a caller would send (filled by the pass for samples).
    pub samples: Samples,
    /// Its module, an index into [`Api::modules`] (filled by the module pass).
    pub module: usize,
}

/// A parameter outside the body.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it travels.
    pub location: Location,
    /// The field: name, type, presence and docs.
    pub field: Field,
    /// For lists: whether each element is sent as a parameter of its own (`explode`).
    pub explode: bool,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path, `style: simple`.
    Path,
    /// In the query, `style: form`.
    Query,
    /// In a header, `style: simple`.
    Header,
}

/// A request's body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its type.
    pub ty: Type,
    /// How it is written.
    pub media: BodyMedia,
    /// The `Content-Type` to send, as the document has it.
    pub content_type: String,
    /// Whether it must be sent.
    pub required: bool,
}

/// How a request's body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyMedia {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Bytes that the caller has made, of this media type.
    Binary(String),
}

/// The response where all goes well.
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses that carry it, ascending.
    pub statuses: Vec<u16>,
    /// Its body.
    pub body: ResponseBody,
}

/// The body of a response.
#[derive(Clone, Debug)]
pub enum ResponseBody {
    /// JSON of a type.
    Json(Type),
    /// Bytes of a media type: `application/pdf`.
    Binary(String),
    /// Nothing.
    Empty,
}

/// A declared error response.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The status; `None` for `default` and for a class.
    pub status: Option<u16>,
    /// The class of statuses: 4 for `4XX`.
    pub class: Option<u16>,
    /// The type of its body, where it has one.
    pub ty: Option<Type>,
}

/// A webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The (type, code) pair that announces it.
    pub kind: String,
    /// The (type, code) pair's second half.
    pub code: String,
    /// Its payload.
    pub body: TypeId,
}

/// A webhook among all of them.
#[derive(Clone, Debug)]
pub struct Event {
    /// The variant's name in Rust.
    pub name: String,
    /// The pair that announces it.
    pub pair: (String, String),
    /// A property that only this one of several with the same pair has. Those that have one come first.
    pub has: Option<String>,
    /// Its payload.
    pub body: TypeId,
}

/// A code of errors.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// The variant's name in Rust.
    pub name: String,
    /// The code.
    pub wire: String,
    /// The error types that it comes with.
    pub types: Vec<String>,
    /// What helps: a variant of the runtime's.
    pub recovery: String,
    /// What to do about it.
    pub advice: String,
}

/// A module of the SDK: a product, or what several share.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name in Rust, and its feature's name.
    pub name: String,
    /// What it is about, in a line.
    pub about: String,
    /// More about it, as Markdown of the maintainers' (filled by the pass for docs).
    pub text: Option<String>,
    /// Whether it holds what several modules use, and so has no feature of its own.
    pub shared: bool,
}
