//! The identity of a type.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Identifies a type: a named schema, or the place of a schema that has no name of its own.
///
/// The text form, by [`Display`](fmt::Display), is what data files use: `Pet`, `Pet.kind` for a property, `Pet.tags[]` for
/// the elements of a list, `Pet.names{}` for the values of a map, `Pet#2` for the second alternative of a union, and
/// `PetGetRequest`, `PetGetResponse`, `PetGetError404`, `PetGet.limit` for what an operation declares inline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeId {
    /// A named schema.
    Schema(String),
    /// A schema inside another.
    Inline {
        /// The schema around it.
        inside: Box<TypeId>,
        /// The step from there.
        step: Step,
    },
    /// A schema that an operation declares.
    Operation {
        /// The `operationId`.
        operation: String,
        /// The part of the operation that it describes.
        part: Part,
    },
    /// A schema that a shared parameter, request body or response declares.
    Component {
        /// The kind of component, as under `components`: `parameters`, `requestBodies` or `responses`.
        kind: String,
        /// Its name.
        name: String,
    },
}

/// The step from a schema to one inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The property of this name.
    Property(String),
    /// The elements of a list.
    Items,
    /// The values of a map, or of additional properties.
    Values,
    /// An alternative of a union, counted from 1.
    Alternative(usize),
}

/// The part of an operation that a schema describes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The body of the request.
    Request,
    /// The body of the success response.
    Response,
    /// The body of an error response: its status or class (`404`, `4XX`), empty for `default`.
    Error(String),
    /// A parameter outside the body.
    Parameter(String),
}

impl TypeId {
    /// A named schema.
    pub fn schema(name: impl Into<String>) -> Self {
        Self::Schema(name.into())
    }

    /// A schema inside this one.
    #[must_use]
    pub fn inline(&self, step: Step) -> Self {
        Self::Inline { inside: Box::new(self.clone()), step }
    }

    /// A schema that an operation declares.
    pub fn operation(operation: impl Into<String>, part: Part) -> Self {
        Self::Operation { operation: operation.into(), part }
    }

    /// The schema's name, if it has one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Schema(name) => Some(name),
            Self::Inline { .. } | Self::Operation { .. } | Self::Component { .. } => None,
        }
    }

    /// The outermost schema around this one; the type itself where it is not inside another.
    pub fn root(&self) -> &Self {
        let mut id = self;
        while let Self::Inline { inside, .. } = id {
            id = inside;
        }
        id
    }
}

impl fmt::Display for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(name) | Self::Component { name, .. } => f.write_str(name),
            Self::Inline { inside, step } => match step {
                Step::Property(name) => write!(f, "{inside}.{name}"),
                Step::Items => write!(f, "{inside}[]"),
                Step::Values => write!(f, "{inside}{{}}"),
                Step::Alternative(number) => write!(f, "{inside}#{number}"),
            },
            Self::Operation { operation, part } => {
                let mut chars = operation.chars();
                if let Some(first) = chars.next() {
                    write!(f, "{}{}", first.to_uppercase(), chars.as_str())?;
                }
                match part {
                    Part::Request => f.write_str("Request"),
                    Part::Response => f.write_str("Response"),
                    Part::Error(status) => write!(f, "Error{status}"),
                    Part::Parameter(name) => write!(f, ".{name}"),
                }
            }
        }
    }
}
