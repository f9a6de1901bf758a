//! Seals the traits that only the SDK's requests implement.

use crate::runtime::wire::Wire;

/// A request of the SDK.
pub trait Sealed: Wire {}

impl<T: Wire> Sealed for T {}
