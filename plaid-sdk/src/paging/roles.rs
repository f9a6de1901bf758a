//! How generated code says which properties play which role: tables that these macros expand.

use std::borrow::Cow;

use crate::nullable::Nullable;
use crate::timestamp::Timestamp;

/// A property of a request or response that may be there or not, in whichever form.
#[allow(dead_code, reason = "what a document has decides whether it is used")]
pub(crate) trait Property<T: ?Sized> {
    /// Its value.
    fn value(&self) -> Option<&T>;
}

/// One that can be set.
#[allow(dead_code, reason = "as above")]
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

/// A cursor, which may be there or not. One operation's is a moment.
#[allow(dead_code, reason = "as above")]
pub(crate) trait Cursor {
    /// As text.
    fn text(&self) -> Option<Cow<'_, str>>;

    /// Sets it to a text that it gave.
    fn set(&mut self, text: &str);
}

impl Cursor for String {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }

    fn set(&mut self, text: &str) {
        text.clone_into(self);
    }
}

impl Cursor for Timestamp {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }

    fn set(&mut self, text: &str) {
        if let Ok(moment) = text.parse() {
            *self = moment;
        }
    }
}

impl<T: Cursor + Default> Cursor for Option<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }

    fn set(&mut self, text: &str) {
        self.get_or_insert_default().set(text);
    }
}

impl<T: Cursor + Default> Cursor for Nullable<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }

    fn set(&mut self, text: &str) {
        let mut value = T::default();
        value.set(text);
        *self = Self::Value(value);
    }
}

/// What tells elements apart.
#[allow(dead_code, reason = "as above")]
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

/// Makes a request [`Paged`](super::Paged). In this order: the request, the operation's method, its response, the element;
/// the style and the default and largest size of a page; `at` the property where a page begins and the kind of
/// [`Position`](super::Position); `count` the property for its size; `items` the list of the response; and of the response's
/// properties `next` for the next cursor, `more`, `total`, and of the element's `last` for the id to go on from, `key` for
/// what tells elements apart. A property one level down stands behind its parent's name in brackets: `[options] count`.
#[allow(unused_macros, reason = "what a document has decides whether it is used")]
macro_rules! paged {
    (
        $request:ident $call:ident $page:ident $item:ident; $style:ident $($default:literal $most:literal)?;
        at $([$at_in:ident])? $at:ident $position:ident; $(count $([$count_in:ident])? $count:ident;)? items $items:ident;
        $(next $next:ident;)? $(more $more:ident;)? $(total $total:ident;)? $(last $last:ident;)? $(key $key:ident;)?
    ) => {
        impl $crate::paging::Paged for $request {
            type Page = $page;
            type Item = $item;
            const STYLE: $crate::paging::Style = $crate::paging::Style::$style$(.sizes($default, $most))?;

            #[inline]
            fn call<'c>(&self, client: &'c $crate::Client) -> $crate::Call<'c, $page> {
                client.$call(self.clone())
            }

            #[inline]
            fn position(&self) -> Option<$crate::paging::Position> {
                let of = self;
                $(let of = of.$at_in.as_ref()?;)?
                $crate::paging::roles::position::$position(&of.$at)
            }

            #[inline]
            fn seek(&mut self, position: &$crate::paging::Position) {
                if let $crate::paging::Position::$position(position) = position {
                    let of = self;
                    $(let of = of.$at_in.get_or_insert_with($crate::wire::Wire::blank);)?
                    $crate::paging::roles::seek::$position(&mut of.$at, position);
                }
            }

            #[inline]
            fn count(&self) -> Option<i64> {
                $(
                    let of = self;
                    $(let of = of.$count_in.as_ref()?;)?
                    if let Some(count) = $crate::paging::roles::Property::value(&of.$count) {
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
                    $(let of = of.$count_in.get_or_insert_with($crate::wire::Wire::blank);)?
                    $crate::paging::roles::Settable::set(&mut of.$count, Some(&count));
                )?
            }

            #[allow(clippy::needless_update, reason = "which properties there are depends on the operation")]
            #[inline]
            fn marks(page: &$page) -> $crate::paging::Marks<'_> {
                $crate::paging::Marks {
                    len: page.$items.len(),
                    $(next_cursor: $crate::paging::roles::Cursor::text(&page.$next),)?
                    $(has_more: Some(page.$more),)?
                    $(total: $crate::paging::roles::Property::value(&page.$total).copied(),)?
                    $(last_id: page.$items.last().map(|item| item.$last),)?
                    ..$crate::paging::Marks::default()
                }
            }

            #[inline]
            fn items(page: $page) -> Vec<$item> {
                page.$items
            }

            $(
                #[inline]
                fn key(item: &$item) -> Option<::std::borrow::Cow<'_, str>> {
                    $crate::paging::roles::Key::text(&item.$key)
                }
            )?
        }
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use paged;

/// Makes a request [`Synced`](super::Synced): the request, the operation's method, its response; the types of a transaction,
/// of one that went away, and of an account with the property of its id; the request's cursor and count; and of the response's
/// properties those of a [`SyncPage`](super::SyncPage), in its order.
#[allow(unused_macros, reason = "as above")]
macro_rules! synced {
    (
        $request:ident $call:ident $page:ident; $row:ident $gone:ident $account:ident $account_id:ident;
        $cursor:ident $count:ident;
        $added:ident $modified:ident $removed:ident $accounts:ident $next:ident $more:ident $status:ident;
    ) => {
        impl $crate::paging::Synced for $request {
            type Page = $page;
            type Transaction = $row;
            type Removed = $gone;
            type Account = $account;

            #[inline]
            fn call<'c>(&self, client: &'c $crate::Client) -> $crate::Call<'c, $page> {
                client.$call(self.clone())
            }

            #[inline]
            fn cursor(&self) -> Option<&str> {
                $crate::paging::roles::Property::value(&self.$cursor)
            }

            #[inline]
            fn set_cursor(&mut self, cursor: Option<&str>) {
                $crate::paging::roles::Settable::set(&mut self.$cursor, cursor);
            }

            #[inline]
            fn count(&self) -> Option<i64> {
                $crate::paging::roles::Property::value(&self.$count).copied()
            }

            #[inline]
            fn set_count(&mut self, count: i64) {
                $crate::paging::roles::Settable::set(&mut self.$count, Some(&count));
            }

            #[inline]
            fn take(page: $page) -> $crate::paging::SyncPage<Self> {
                $crate::paging::SyncPage {
                    added: page.$added,
                    modified: page.$modified,
                    removed: page.$removed,
                    accounts: page.$accounts.into_iter().collect(),
                    next_cursor: page.$next,
                    has_more: page.$more,
                    status: page.$status.to_string(),
                }
            }

            #[inline]
            fn account_id(account: &$account) -> &str {
                &account.$account_id
            }
        }
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use synced;

/// The positions of a request's property.
#[allow(dead_code, non_snake_case, reason = "named as the variants, which a macro hands on")]
pub(crate) mod position {
    use crate::paging::Position;

    pub(crate) fn Cursor(property: &impl super::Cursor) -> Option<Position> {
        property.text().filter(|cursor| !cursor.is_empty()).map(|cursor| Position::Cursor(cursor.into_owned()))
    }

    pub(crate) fn Offset(property: &impl super::Property<i64>) -> Option<Position> {
        property.value().copied().map(Position::Offset)
    }

    pub(crate) fn After(property: &impl super::Property<i64>) -> Option<Position> {
        property.value().copied().map(Position::After)
    }
}

/// How the property is set.
#[allow(dead_code, non_snake_case, reason = "as above")]
pub(crate) mod seek {
    pub(crate) fn Cursor(property: &mut impl super::Cursor, cursor: &str) {
        property.set(cursor);
    }

    pub(crate) fn Offset(property: &mut impl super::Settable<i64>, offset: &i64) {
        property.set(Some(offset));
    }

    pub(crate) fn After(property: &mut impl super::Settable<i64>, id: &i64) {
        property.set(Some(id));
    }
}
