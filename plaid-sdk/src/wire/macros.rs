//! The impls that are the same for every generated type.

/// The impls of a struct that is a [`Record`](super::Record): its name, `additional` where it keeps
/// properties that are not declared; then for each field its index, its name here and on the wire, and its
/// [`Field`](super::Field) flags.
#[allow(unused_macros, reason = "the features decide whether there are types")]
macro_rules! record {
    (@open) => { false };
    (@open $open:ident) => { true };
    ($name:ident $($open:ident)?; $($index:literal $field:ident $wire:literal [$($flag:ident)*];)*) => {
        impl $crate::wire::Record for $name {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($field: $crate::wire::Wire::blank(),)*
                    $($open: $crate::wire::Wire::blank(),)?
                }
            }

            #[inline]
            fn shape(&self) -> &'static $crate::wire::Shape {
                static SHAPE: $crate::wire::Shape = $crate::wire::Shape::new(
                    stringify!($name),
                    concat!($($(stringify!($flag),)* " ", $wire, "\0"),*),
                    $crate::wire::record!(@open $($open)?),
                );
                &SHAPE
            }

            #[inline]
            fn slot(&mut self, index: usize) -> $crate::wire::Slot<'_> {
                match index {
                    $($index => $crate::wire::Wire::slot(&mut self.$field),)*
                    index => $crate::wire::no_field(index),
                }
            }

            #[inline]
            fn view(&self, index: usize) -> $crate::wire::View<'_> {
                match index {
                    $($index => $crate::wire::Wire::view(&self.$field),)*
                    index => $crate::wire::no_field(index),
                }
            }

            $(
                #[inline]
                fn additional(&mut self) -> Option<&mut dyn $crate::wire::Entries> {
                    Some(&mut self.$open)
                }

                #[inline]
                fn additional_view(&self) -> Option<&dyn $crate::wire::Entries> {
                    Some(&self.$open)
                }
            )?
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::wire::Record::debug(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::wire::Record::equal(self, other)
            }
        }

        $crate::wire::serde_impls!($name);
    };
}

/// `Default` for a [`Record`](super::Record): empty strings and lists, zeros, and nothing else.
#[allow(unused_macros, reason = "as above")]
macro_rules! blank {
    ($name:ident) => {
        impl ::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::wire::Record::blank()
            }
        }
    };
}

/// The impls of an [`OpenEnum`](super::OpenEnum): its name, `scalars` where its values may also be numbers or booleans;
/// then the variants with their values, sorted by the length of these, then by the text.
#[allow(unused_macros, reason = "as above")]
macro_rules! open_enum {
    // Only where it differs from the trait's: each constant is one more body to check.
    (@scalars $constant:ident) => {};
    (@scalars $constant:ident scalars) => {
        const $constant: bool = true;
    };
    ($name:ident $($scalars:ident)?; $($variant:ident $wire:literal;)*) => {
        impl $crate::wire::OpenEnum for $name {
            const LISTED: &'static [Self] = &[$(Self::$variant),*];
            $crate::wire::open_enum!(@scalars SCALARS $($scalars)?);

            #[inline]
            fn text(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unlisted(value) => value.as_str(),
                }
            }

            #[inline]
            fn unlisted(value: $crate::wire::Unlisted) -> Self {
                Self::Unlisted(value)
            }
        }

        impl $name {
            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::wire::OpenEnum::text(self)
            }
        }

        impl $crate::wire::Wire for $name {
            $crate::wire::open_enum!(@scalars TEXT $($scalars)?);

            #[inline]
            fn blank() -> Self {
                Self::from("")
            }

            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> {
                $crate::wire::Slot::Enum(self)
            }

            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Enum(self)
            }
        }

        // Not derived, which would add a function that only checks the variants' types.
        impl ::std::cmp::Eq for $name {}

        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::wire::OpenEnum::of(value)
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                $crate::wire::OpenEnum::of(&value)
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::wire::serde_impls!($name);
    };
}

/// The impls of a [`Union`](super::Union) whose alternatives nothing tells apart: its name; then the alternatives.
#[allow(unused_macros, reason = "whether there are unions depends on the document")]
macro_rules! untagged {
    ($name:ident; $($variant:ident;)*) => {
        $crate::wire::union_impls! {
            $name [$($variant)*] captured trace {
                let mut fit = $crate::wire::BestFit::of(captured);
                $(fit.offer(Self::$variant);)*
                Ok(fit.choose(trace))
            }
        }
    };
}

/// The same with a property that tells the alternatives apart: the union's name and the property's; then the
/// alternatives, each with the property's values that choose it.
#[allow(unused_macros, reason = "whether there are unions depends on the document")]
macro_rules! tagged {
    ($name:ident $tag:literal; $($variant:ident [$($value:literal)*];)*) => {
        $crate::wire::union_impls! {
            $name [$($variant)*] captured trace {
                let tag = captured.tag($tag);
                $(
                    let values: &[&str] = &[$($value),*];
                    if tag.as_deref().is_some_and(|tag| values.contains(&tag)) {
                        return captured.read(trace).map(|value| Some(Self::$variant(value)));
                    }
                )*
                Ok(None)
            }
        }
    };
}

/// What both have, with the body that chooses an alternative.
#[allow(unused_macros, reason = "whether there are unions depends on the document")]
macro_rules! union_impls {
    ($name:ident [$($variant:ident)*] $captured:ident $trace:ident $choose:block) => {
        impl $name {
            fn choose(
                $captured: &$crate::wire::Capture<'_>,
                $trace: &mut $crate::wire::Trace,
            ) -> ::std::result::Result<Option<Self>, String> $choose
        }

        impl $crate::wire::Union for $name {
            fn assign(
                &mut self,
                captured: $crate::wire::Capture<'_>,
                trace: &mut $crate::wire::Trace,
            ) -> ::std::result::Result<(), String> {
                *self = match Self::choose(&captured, trace)? {
                    Some(chosen) => chosen,
                    None => Self::Unlisted(captured.into_json(trace)),
                };
                Ok(())
            }

            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(value) => $crate::wire::Wire::view(value),)*
                    Self::Unlisted(value) => $crate::wire::Wire::view(value),
                }
            }

            fn expecting(&self) -> &'static str {
                concat!("a value of `", stringify!($name), "`")
            }
        }

        impl $crate::wire::Wire for $name {
            const TEXT: bool = true;

            #[inline]
            fn blank() -> Self {
                Self::Unlisted(::serde_json::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> {
                $crate::wire::Slot::Union(self)
            }

            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::Union::view(self)
            }
        }

        $crate::wire::serde_impls!($name);
    };
}

macro_rules! serde_impls {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}

#[allow(unused_imports, reason = "what a document has decides which of them are used")]
pub(crate) use {blank, open_enum, record, serde_impls, tagged, union_impls, untagged};
