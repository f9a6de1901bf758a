//! The context of a schema that affects its type.

use crate::diag::Pointer;
use api_model::{Step, TypeId};

/// What a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The body of a request: the caller's credentials in it do not become fields, and an object without properties is
    /// an empty struct.
    Request,
    /// The body of a response or webhook: an object without properties is an empty struct.
    Response,
    /// A part of another schema.
    Part,
}

/// The context of a schema.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Its place.
    pub(super) at: Pointer,
    /// Its id if it needs a name. Inline schemas in it are named after it.
    pub(super) id: TypeId,
    pub(super) role: Role,
}

impl Scope {
    pub(super) fn new(at: Pointer, id: TypeId, role: Role) -> Self {
        Self { at, id, role }
    }

    /// A schema inside this one.
    pub(super) fn part(&self, at: Pointer, step: Step) -> Self {
        Self { at, id: self.id.inline(step), role: Role::Part }
    }

    /// The same schema, at a deeper place.
    pub(super) fn moved(&self, at: Pointer) -> Self {
        Self { at, ..self.clone() }
    }
}
