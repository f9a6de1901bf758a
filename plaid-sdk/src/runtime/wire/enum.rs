//! Enums that preserve unknown values.

use std::cmp::Ordering;
use std::fmt;

use super::{View, Wire};
use crate::runtime::redact;

/// A value that this version of the SDK does not know.
///
/// It is created only by parsing, so that it never contains a value that the enum lists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown(Box<str>);

impl Unknown {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*redact::tokens(&self.0), f)
    }
}

/// An enum of strings.
pub trait OpenEnum: Clone + Wire + 'static {
    /// Its variants.
    const VARIANTS: Variants<Self>;
    /// Whether its values may also be numbers or booleans on the wire.
    const SCALARS: bool = false;

    /// The variant for a text.
    fn of(text: &str) -> Self {
        Self::listed(text).unwrap_or_else(|| Self::unknown(text))
    }

    /// The variant for an unknown text.
    fn unknown(text: &str) -> Self {
        (Self::VARIANTS.unknown)(Unknown::new(text))
    }

    /// The listed variant for a text.
    fn listed(text: &str) -> Option<Self> {
        // Most values differ in length, which is faster to compare.
        let order = |other: &str| other.len().cmp(&text.len()).then_with(|| other.cmp(text));
        let listed = Self::VARIANTS.listed;
        let at = listed.binary_search_by(|variant| match variant.view() {
            View::String(other) => order(other),
            _ => Ordering::Less,
        });
        listed.get(at.ok()?).cloned()
    }
}

/// The variants of an enum.
#[derive(Debug)]
pub struct Variants<T: 'static> {
    /// All listed variants, sorted by the length of the text, then by the text.
    pub listed: &'static [T],
    /// The variant for all others.
    pub unknown: fn(Unknown) -> T,
}

/// An open enum as a trait object.
pub trait EnumSlot {
    /// Sets the variant for a text. Returns whether it is listed.
    fn assign(&mut self, text: &str) -> bool;
    /// Whether numbers and booleans are accepted too.
    fn scalars(&self) -> bool;
}

impl<T: OpenEnum> EnumSlot for T {
    fn assign(&mut self, text: &str) -> bool {
        match T::listed(text) {
            Some(variant) => {
                *self = variant;
                true
            }
            None => {
                *self = T::unknown(text);
                false
            }
        }
    }

    fn scalars(&self) -> bool {
        T::SCALARS
    }
}
