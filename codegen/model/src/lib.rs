//! What an HTTP API is, as data: operations, types, constraints, docs, paging, errors and webhooks.
//!
//! It does not depend on OpenAPI or on a programming language. [`Api`] keeps what the document declares: presence and
//! nullability are separate, enum values have their JSON type, and the caller's credentials are marked, not removed.
//! [`layout::Layout`] describes how it looks in the SDK. Both can be serialized and read back without loss.

mod api;
mod by_id;
mod docs;
mod entries;
mod form;
mod hints;
mod id;
pub mod layout;
mod literal;
mod operation;
mod paging;
mod pointer;
mod rules;
mod sample;
mod security;
mod text;
mod traverse;
mod types;
mod webhook;

pub use self::api::{Api, Found, Server, Skipped, SkippedKind};
pub use self::docs::{Bound, Constraints, Docs};
pub use self::hints::{Exclusive, OperationHints, SampleHints};
pub use self::id::{Part, Step, TypeId};
pub use self::literal::Literal;
pub use self::operation::{
    Body, BodyMedia, Effect, ErrorResponse, Location, Next, Operation, Parameter, ParameterStyle, Response,
    ResponseBody,
};
pub use self::paging::{Idempotency, List, ListStyle, PageSizes, Paging, Property, Sync};
pub use self::pointer::Pointer;
pub use self::rules::Rules;
pub use self::sample::{Sample, Samples};
pub use self::security::{KeyLocation, OAuthFlow, OAuthFlowKind, Requirement, Security, SecurityKind, SecurityScheme};
pub use self::text::{Span, Target, Text, code_span};
pub use self::types::{
    Additional, Enum, EnumValue, Field, Kind, Redaction, Struct, Type, TypeDef, Union, UnionVariant, Usage,
};
pub use self::webhook::{ErrorClass, ErrorClassKey, ErrorCode, Event, Webhook};
