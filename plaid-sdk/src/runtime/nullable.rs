//! A field that can be absent, `null`, or have a value.

/// A field of a request that is optional and nullable: absent, `null`, or a value.
///
/// The three have different meanings. For example, omitting `webhook` keeps the current URL, and `null` removes it. Setters
/// take a value, like those of other fields. Assign [`Nullable::Null`] to the field to send `null`:
///
/// ```
/// # #[cfg(feature = "item")] {
/// use plaid_sdk::Nullable;
/// use plaid_sdk::item::ItemWebhookUpdateRequest;
///
/// let keep = ItemWebhookUpdateRequest::new("access-sandbox-…");
/// let replace = ItemWebhookUpdateRequest::new("access-sandbox-…").webhook("https://example.com/hook");
/// let mut remove = ItemWebhookUpdateRequest::new("access-sandbox-…");
/// remove.webhook = Nullable::Null;
///
/// assert!(keep.webhook.is_absent() && remove.webhook.is_null());
/// assert_eq!(replace.webhook.as_ref().map(String::as_str), Some("https://example.com/hook"));
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The property is omitted.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one, by value.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the property is omitted.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Sets a value and returns a reference to it.
    pub(crate) fn insert(&mut self, value: T) -> &mut T {
        *self = Self::Value(value);
        match self {
            Self::Value(value) => value,
            Self::Absent | Self::Null => unreachable!("a value was just set"),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}
