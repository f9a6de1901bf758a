//! Enums that keep the values they do not know.

use std::cmp::Ordering;
use std::fmt;

use super::{View, Wire};

/// A value that this version of the SDK does not list, as it came.
///
/// It can only be made by reading or from text, so that it never holds a value that the enum lists.
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
        fmt::Debug::fmt(&self.0, f)
    }
}

/// An enum whose variants stand for strings.
pub trait OpenEnum: Clone + Wire + 'static {
    /// Its variants.
    const VARIANTS: Variants<Self>;
    /// Whether its values may also stand on the wire as numbers or booleans.
    const SCALARS: bool = false;

    /// The variant for a text.
    fn of(text: &str) -> Self {
        Self::listed(text).unwrap_or_else(|| Self::unknown(text))
    }

    /// The variant for a text that is not listed.
    fn unknown(text: &str) -> Self {
        (Self::VARIANTS.unknown)(Unknown::new(text))
    }

    /// The listed variant for a text.
    fn listed(text: &str) -> Option<Self> {
        // Lengths tell most values apart, and are quicker to compare.
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
    /// Every listed one, sorted by the length of its text, then by the text.
    pub listed: &'static [T],
    /// The one for all others.
    pub unknown: fn(Unknown) -> T,
}

/// An open enum behind a pointer.
pub trait EnumSlot {
    /// Sets the variant for a text. Gives whether it is listed.
    fn assign(&mut self, text: &str) -> bool;
    /// Whether numbers and booleans are taken too.
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
