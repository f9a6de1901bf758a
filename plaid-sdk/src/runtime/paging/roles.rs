//! The roles of properties in a list operation. Generated code contains a table for each operation, which these macros
//! expand to an impl of [`Paged`](super::Paged) or [`Synced`](super::Synced).
#![allow(dead_code, unused_macros, unused_imports, reason = "the enabled products decide which of them are used")]

use std::borrow::Cow;

use crate::runtime::nullable::Nullable;
use crate::runtime::timestamp::Timestamp;

/// A property of a request or response: required, optional or nullable.
pub(crate) trait Property<T: ?Sized> {
    /// Its value.
    fn value(&self) -> Option<&T>;
}

/// A property that can be set.
pub(crate) trait Settable<T: ?Sized>: Property<T> {
    /// Sets it.
    fn set(&mut self, value: Option<&T>);
}

macro_rules! properties {
    ($($plain:ty: $borrowed:ty, $own:ident;)*) => {$(
        impl Property<$borrowed> for $plain {
            fn value(&self) -> Option<&$borrowed> {
                Some(self)
            }
        }

        impl Settable<$borrowed> for $plain {
            fn set(&mut self, value: Option<&$borrowed>) {
                *self = value.map(|value| value.$own()).unwrap_or_default();
            }
        }

        impl Property<$borrowed> for Option<$plain> {
            fn value(&self) -> Option<&$borrowed> {
                self.as_ref().map(|value| value as &$borrowed)
            }
        }

        impl Settable<$borrowed> for Option<$plain> {
            fn set(&mut self, value: Option<&$borrowed>) {
                *self = value.map(|value| value.$own());
            }
        }

        impl Property<$borrowed> for Nullable<$plain> {
            fn value(&self) -> Option<&$borrowed> {
                self.as_ref().map(|value| value as &$borrowed)
            }
        }

        impl Settable<$borrowed> for Nullable<$plain> {
            fn set(&mut self, value: Option<&$borrowed>) {
                *self = value.map_or(Self::Absent, |value| Self::Value(value.$own()));
            }
        }
    )*};
}

properties! {
    String: str, to_owned;
    i64: i64, clone;
}

/// A cursor: required, optional or nullable. One operation has a timestamp for a cursor.
pub(crate) trait Cursor {
    /// As text.
    fn text(&self) -> Option<Cow<'_, str>>;

    /// Sets it to a text that [`text`](Self::text) returned. Returns whether it is one.
    #[must_use]
    fn set(&mut self, text: &str) -> bool;
}

impl Cursor for String {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }

    fn set(&mut self, text: &str) -> bool {
        text.clone_into(self);
        true
    }
}

impl Cursor for Timestamp {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }

    fn set(&mut self, text: &str) -> bool {
        text.parse().map(|moment| *self = moment).is_ok()
    }
}

impl<T: Cursor + Default> Cursor for Option<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }

    fn set(&mut self, text: &str) -> bool {
        self.get_or_insert_default().set(text)
    }
}

impl<T: Cursor + Default> Cursor for Nullable<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }

    fn set(&mut self, text: &str) -> bool {
        let mut value = T::default();
        let is_set = value.set(text);
        *self = Self::Value(value);
        is_set
    }
}

/// The unique key of an element.
pub(crate) trait Key {
    /// As text.
    fn text(&self) -> Option<Cow<'_, str>>;
}

impl Key for String {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Key for i64 {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl<T: Key> Key for Option<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }
}

/// Implements [`Paged`](super::Paged) for a request. The arguments, in this order:
/// - the types of the request, of the operation's response and of an element;
/// - the [`Style`](super::Style), with the default and the largest size of a page if they are known;
/// - `at`: the request's property for the start of the page, and the module here that reads and sets it;
/// - `count`: the request's property for the size of the page;
/// - `items`: the response's list;
/// - the response's properties `next` (cursor), `more` and `total`, and the element's `last` (id to continue after) and `key`.
///   Both identify the element.
///
/// A nested property follows its parent's name in brackets: `[options] count`.
macro_rules! paged {
    (
        $request:ident $page:ident $item:ident; $style:ident $($default:literal $most:literal)?;
        at $([$at_in:ident])? $at:ident $start:ident; $(count $([$count_in:ident])? $count:ident;)? items $items:ident;
        $(next $next:ident;)? $(more $more:ident;)? $(total $total:ident;)? $(last $last:ident;)? $(key $key:ident;)?
    ) => {
        impl $crate::runtime::paging::Paged for $request {
            type Page = $page;
            type Item = $item;
            const STYLE: $crate::runtime::paging::Style = $crate::runtime::paging::Style::$style$(.sizes($default, $most))?;

            #[inline]
            fn position(&self) -> Option<$crate::runtime::paging::Position> {
                let of = self;
                $(let of = of.$at_in.as_ref()?;)?
                $crate::runtime::paging::roles::$start::position(&of.$at)
            }

            #[inline]
            fn seek(&mut self, position: &$crate::runtime::paging::Position) -> bool {
                let of = self;
                $(let of = of.$at_in.get_or_insert_with($crate::runtime::wire::Wire::blank);)?
                $crate::runtime::paging::roles::$start::seek(&mut of.$at, position)
            }

            #[inline]
            fn count(&self) -> Option<i64> {
                $(
                    let of = self;
                    $(let of = of.$count_in.as_ref()?;)?
                    if let Some(count) = $crate::runtime::paging::roles::Property::value(&of.$count) {
                        return Some(*count);
                    }
                )?
                None
            }

            #[inline]
            fn set_count(&mut self, count: i64) {
                let _ = count;
                $(
                    let of = self;
                    $(let of = of.$count_in.get_or_insert_with($crate::runtime::wire::Wire::blank);)?
                    $crate::runtime::paging::roles::Settable::set(&mut of.$count, Some(&count));
                )?
            }

            #[inline]
            fn facts(page: &$page) -> $crate::runtime::paging::PageFacts<'_> {
                let mut elements = Vec::with_capacity(page.$items.len());
                for item in &page.$items {
                    let key = None
                        $(.or($crate::runtime::paging::roles::Key::text(&item.$last)))?
                        $(.or($crate::runtime::paging::roles::Key::text(&item.$key)))?;
                    let content = $crate::runtime::wire::Wire::view(item);
                    elements.push($crate::runtime::paging::Fingerprint::new(content, key));
                }
                $crate::runtime::paging::PageFacts::new(elements)
                    $(.next_cursor($crate::runtime::paging::roles::Cursor::text(&page.$next)))?
                    $(.has_more(page.$more))?
                    $(.total($crate::runtime::paging::roles::Property::value(&page.$total).copied()))?
                    $(.largest_id(page.$items.iter().map(|item| item.$last).max()))?
            }

            #[inline]
            fn items(page: $page) -> Vec<$item> {
                page.$items
            }
        }
    };
}
pub(crate) use paged;

/// Implements [`Synced`](super::Synced) for a request. The arguments, in this order:
/// - the types of the request and of the operation's response;
/// - the types of a transaction, of a removed transaction and of an account, and the property for the account's id;
/// - the request's properties for the cursor and the size of the page;
/// - the response's properties for the changes (`added`, `modified`, `removed`, `accounts`), the cursor of the next page, whether
///   there are more pages, and `transactions_update_status`.
macro_rules! synced {
    (
        $request:ident $page:ident; $row:ident $gone:ident $account:ident $account_id:ident;
        $cursor:ident $count:ident;
        $added:ident $modified:ident $removed:ident $accounts:ident $next:ident $more:ident $status:ident;
    ) => {
        impl $crate::runtime::paging::Synced for $request {
            type Page = $page;
            type Transaction = $row;
            type Removed = $gone;
            type Account = $account;

            #[inline]
            fn cursor(&self) -> Option<&str> {
                $crate::runtime::paging::roles::Property::value(&self.$cursor)
            }

            #[inline]
            fn set_cursor(&mut self, cursor: Option<&str>) {
                $crate::runtime::paging::roles::Settable::set(&mut self.$cursor, cursor);
            }

            #[inline]
            fn count(&self) -> Option<i64> {
                $crate::runtime::paging::roles::Property::value(&self.$count).copied()
            }

            #[inline]
            fn set_count(&mut self, count: i64) {
                $crate::runtime::paging::roles::Settable::set(&mut self.$count, Some(&count));
            }

            #[inline]
            fn take(page: $page) -> $crate::runtime::paging::SyncPage<Self> {
                use $crate::runtime::paging::Fingerprint;
                use $crate::runtime::wire::Wire;
                let mut elements = Vec::new();
                for row in page.$added.iter().chain(&page.$modified) {
                    elements.push(Fingerprint::new(row.view(), None));
                }
                for row in &page.$removed {
                    elements.push(Fingerprint::new(row.view(), None));
                }
                $crate::runtime::paging::SyncPage {
                    elements,
                    next_cursor: page.$next,
                    has_more: page.$more,
                    changes: $crate::runtime::paging::Changes {
                        added: page.$added,
                        modified: page.$modified,
                        removed: page.$removed,
                        accounts: page.$accounts.into_iter().collect(),
                        status: page.$status.to_string(),
                    },
                }
            }

            #[inline]
            fn account_id(account: &$account) -> &str {
                &account.$account_id
            }
        }
    };
}
pub(crate) use synced;

/// The start of a page as a cursor.
pub(crate) mod cursor {
    use super::Cursor;
    use crate::runtime::paging::Position;

    pub(crate) fn position(property: &impl Cursor) -> Option<Position> {
        property.text().filter(|cursor| !cursor.is_empty()).map(|cursor| Position::Cursor(cursor.into_owned()))
    }

    pub(crate) fn seek(property: &mut impl Cursor, position: &Position) -> bool {
        matches!(position, Position::Cursor(cursor) if property.set(cursor))
    }
}

/// The start of a page as an offset.
pub(crate) mod offset {
    use super::Settable;
    use crate::runtime::paging::Position;

    pub(crate) fn position(property: &impl Settable<i64>) -> Option<Position> {
        property.value().copied().map(Position::Offset)
    }

    pub(crate) fn seek(property: &mut impl Settable<i64>, position: &Position) -> bool {
        let Position::Offset(offset) = position else { return false };
        property.set(Some(offset));
        true
    }
}

/// The start of a page as the id of the element before it.
pub(crate) mod after {
    use super::Settable;
    use crate::runtime::paging::Position;

    pub(crate) fn position(property: &impl Settable<i64>) -> Option<Position> {
        property.value().copied().map(Position::After)
    }

    pub(crate) fn seek(property: &mut impl Settable<i64>, position: &Position) -> bool {
        let Position::After(id) = position else { return false };
        property.set(Some(id));
        true
    }
}
