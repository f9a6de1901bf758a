//! Where a schema stands, as far as that decides what it becomes.

use crate::diag::Pointer;
use api_model::{Step, TypeId};

/// What a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The body of a request: the caller's credentials in it are no fields, and an object without properties is an
    /// empty struct.
    Request,
    /// The body of a response or webhook: an object without properties is an empty struct.
    Response,
    /// A part of something.
    Part,
}

/// A schema's surroundings.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Where it stands.
    pub(super) at: Pointer,
    /// What it is called if it gets a name; what stands in it is named after it.
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

    /// The same schema, written further in.
    pub(super) fn moved(&self, at: Pointer) -> Self {
        Self { at, ..self.clone() }
    }
}
