//! Enums that keep the values they do not know.

use std::fmt;

/// A value that this version of the SDK does not list, as it came.
///
/// It can only be made by reading or from text, so that it never holds a value that the enum lists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unlisted(Box<str>);

impl Unlisted {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// An enum whose variants stand for strings.
pub trait OpenEnum: Clone + 'static {
    /// Every listed variant, sorted by the length of its text, then by the text.
    const LISTED: &'static [Self];
    /// Whether its values may also stand on the wire as numbers or booleans.
    const SCALARS: bool = false;

    /// The text of a variant.
    fn text(&self) -> &str;

    /// The variant for a text that is not listed.
    fn unlisted(value: Unlisted) -> Self;

    /// The variant for a text.
    fn of(text: &str) -> Self {
        Self::listed(text).unwrap_or_else(|| Self::unlisted(Unlisted::new(text)))
    }

    /// The listed variant for a text.
    fn listed(text: &str) -> Option<Self> {
        // Lengths tell most values apart, and are quicker to compare.
        let order = |other: &str| other.len().cmp(&text.len()).then_with(|| other.cmp(text));
        let at = Self::LISTED.binary_search_by(|variant| order(variant.text())).ok()?;
        Self::LISTED.get(at).cloned()
    }
}

/// An open enum behind a pointer.
pub trait EnumSlot {
    /// The text of the variant.
    fn text(&self) -> &str;
    /// Sets the variant for a text. Gives whether it is listed.
    fn assign(&mut self, text: &str) -> bool;
    /// Whether numbers and booleans are taken too.
    fn scalars(&self) -> bool;
}

impl<T: OpenEnum> EnumSlot for T {
    #[inline]
    fn text(&self) -> &str {
        OpenEnum::text(self)
    }

    #[inline]
    fn assign(&mut self, text: &str) -> bool {
        match T::listed(text) {
            Some(variant) => {
                *self = variant;
                true
            }
            None => {
                *self = T::unlisted(Unlisted::new(text));
                false
            }
        }
    }

    #[inline]
    fn scalars(&self) -> bool {
        T::SCALARS
    }
}
