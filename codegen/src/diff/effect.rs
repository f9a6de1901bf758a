//! Short names for effects.

use super::Effect;

/// It breaks in this case.
pub(super) fn in_case(case: impl Into<String>) -> Effect {
    Effect::If(case.into())
}

/// The worse of the two.
pub(super) fn either(a: Effect, b: Effect) -> Effect {
    a.or(b)
}
