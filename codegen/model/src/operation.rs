//! Operations: parameters, bodies and responses.

use serde::{Deserialize, Serialize};

use crate::{Docs, Field, Idempotency, Paging, Pointer, Requirement, Samples, Text, Type};

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with its `{parameters}`.
    pub path: String,
    /// Where it is in the document.
    pub at: Pointer,
    /// The server that it is sent to, if it is not the document's: an absolute URL, or a path below that server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Its docs.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub docs: Docs,
    /// Path, query and header parameters, in the document's order, those of the path item first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The request's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The success response.
    pub response: Response,
    /// The declared error responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorResponse>,
    /// Whether the call needs no credentials (`security: []`).
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub anonymous: bool,
    /// The alternatives of credentials that it requires, if they are not the API's.
    pub security: Option<Vec<Requirement>>,
    /// Whether it is idempotent.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub idempotency: Idempotency,
    /// What a call does, for those who decide who may call it.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub effect: Effect,
    /// How its responses are paged, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Samples of what a caller sends.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub samples: Samples,
    /// The operations that usually follow, in the order in which they are useful. It may itself be among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Next>,
}

/// What a call of an operation does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It only reads.
    Reads,
    /// It creates or changes something.
    #[default]
    Writes,
    /// It removes, revokes or cancels something, which no other call undoes.
    Deletes,
    /// It makes money move, at once or as soon as a person agrees.
    MovesMoney,
}

/// An operation that usually follows another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// Its `operationId`.
    pub operation: String,
    /// What it is for, or when it follows, in one line.
    pub reason: Text,
}

/// A parameter outside the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Where it is sent.
    pub location: Location,
    /// The field: name, type, presence and docs.
    pub field: Field,
    /// How its value is written.
    pub style: ParameterStyle,
}

impl Parameter {
    /// Whether it is sent at the same place under the same name. Header names don't differ by case.
    pub fn is_same(&self, other: &Self) -> bool {
        self.location == other.location
            && match self.location {
                Location::Header => self.field.wire.eq_ignore_ascii_case(&other.field.wire),
                Location::Path | Location::Query => self.field.wire == other.field.wire,
            }
    }
}

/// How a parameter, or a property of a form, is written: OpenAPI's `style` and `explode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterStyle {
    /// Lists and objects are joined by commas; `simple` in paths and headers.
    Form,
    /// Each element of a list, and each property of an object, is a separate parameter.
    FormExploded,
    /// Joined by spaces.
    SpaceDelimited,
    /// Joined by `|`.
    PipeDelimited,
    /// `name[key]=value` for each value of an object.
    DeepObject,
    /// JSON text.
    Json,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// In the path, `style: simple`.
    Path,
    /// In the query.
    Query,
    /// In a header, `style: simple`.
    Header,
}

/// A request's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Its type.
    pub ty: Type,
    /// How it is written.
    pub media: BodyMedia,
    /// How properties of a form are written, if it is not the default: text, or JSON for objects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<(String, ParameterStyle)>,
    /// The `Content-Type` to send, as in the document.
    pub content_type: String,
    /// Whether it must be sent.
    pub required: bool,
}

/// How a request's body is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyMedia {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Bytes of this media type, from the caller.
    Binary(String),
}

/// The success response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The statuses with this response, ascending.
    pub statuses: Vec<u16>,
    /// Its body.
    pub body: ResponseBody,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseBody {
    /// JSON of a type.
    Json(Type),
    /// Bytes of a media type: `application/pdf`.
    Binary(String),
    /// Nothing.
    Empty,
}

/// A declared error response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorResponse {
    /// The status; `None` for `default` and for a class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The class of statuses: 4 for `4XX`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<u16>,
    /// Its description in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The type of its body, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ty: Option<Type>,
}
