//! The impls that are the same for every generated type.
#![allow(unused_macros, unused_imports, reason = "the enabled products decide which of them are used")]

/// The impls of a struct that is a [`Record`](super::Record). The arguments are its name; the trait and function that
/// create a value to read into, which are `Default::default`, or `Blank::blank` for a struct that has no `Default`; the
/// name of the field for undeclared properties, if there is one. Then for each field its index, its name in Rust, its name
/// on the wire, and its [`Field`](super::Field) flags.
macro_rules! record {
    (
        $name:ident $constructible:ident::$constructor:ident $($open:ident)?;
        $($index:literal $field:ident $wire:literal [$($flag:ident)*];)*
    ) => {
        impl $crate::runtime::wire::$constructible for $name {
            #[inline]
            fn $constructor() -> Self {
                Self {
                    $($field: $crate::runtime::wire::Wire::blank(),)*
                    $($open: $crate::runtime::wire::Wire::blank(),)?
                }
            }
        }

        #[allow(unreachable_code, reason = "in a struct without fields, the first arm of each `match` returns")]
        impl $crate::runtime::wire::Record for $name {
            #[inline]
            fn slot(&mut self, index: usize) -> Option<$crate::runtime::wire::Slot<'_>> {
                Some(match index {
                    $($index => $crate::runtime::wire::Wire::slot(&mut self.$field),)*
                    _ => return None,
                })
            }

            #[inline]
            fn field(&self, index: usize) -> $crate::runtime::wire::FieldAt<'_> {
                $crate::runtime::wire::FieldAt::Value(match index {
                    $($index => $crate::runtime::wire::Wire::view(&self.$field),)*
                    _ => return $crate::runtime::wire::FieldAt::PastEnd($crate::runtime::wire::RecordInfo::of(concat!(
                        stringify!($name),
                        $(" ", stringify!($open),)?
                        "\0",
                        $($(stringify!($flag),)* " ", $wire, "\0"),*
                    ))),
                })
            }

            $(
                #[inline]
                fn additional(&mut self) -> Option<&mut dyn $crate::runtime::wire::Entries> {
                    Some(&mut self.$open)
                }

                #[inline]
                fn additional_view(&self) -> Option<&dyn $crate::runtime::wire::Entries> {
                    Some(&self.$open)
                }
            )?
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::wire::Record::debug(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::wire::Record::equal(self, other)
            }
        }

        #[cfg(feature = "serde")]
        $crate::runtime::wire::serde_impls!($name);
    };
}

/// [`Blank`](super::Blank) for a box of a recursive struct that has no [`Default`].
macro_rules! boxed {
    ($name:ident) => {
        impl $crate::runtime::wire::Blank for ::std::boxed::Box<$name> {
            #[inline]
            fn blank() -> Self {
                Self::new($crate::runtime::wire::Blank::blank())
            }
        }
    };
}

/// The impls of an [`OpenEnum`](super::OpenEnum): its name, and `scalars` if its values may also be numbers or booleans;
/// then the variants with their values, sorted by the length of the value, then by its text.
macro_rules! open_enum {
    // Only where it differs from the trait's default: rustc checks each constant like a function.
    (@scalars $constant:ident) => {};
    (@scalars $constant:ident scalars) => {
        const $constant: bool = true;
    };
    ($name:ident $($scalars:ident)?; $($variant:ident $wire:literal;)*) => {
        impl $name {
            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl $crate::runtime::wire::OpenEnum for $name {
            const VARIANTS: $crate::runtime::wire::Variants<Self> =
                $crate::runtime::wire::Variants { listed: &[$(Self::$variant),*], unknown: Self::Unknown };
            $crate::runtime::wire::open_enum!(@scalars SCALARS $($scalars)?);
        }

        impl $crate::runtime::wire::Wire for $name {
            $crate::runtime::wire::open_enum!(@scalars TEXT $($scalars)?);

            #[inline]
            fn blank() -> Self {
                Self::from("")
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Enum(self)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::View::String(self.as_str())
            }
        }

        // The derive would add a function that only asserts that the fields are `Eq`.
        impl ::std::cmp::Eq for $name {}

        impl<T: ::std::convert::AsRef<str>> ::std::convert::From<T> for $name {
            #[inline]
            fn from(value: T) -> Self {
                $crate::runtime::wire::OpenEnum::of(value.as_ref())
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        $crate::runtime::wire::serde_impls!($name);
    };
}

/// The impls of a [`Union`](super::Union) without a discriminator: its name; then the alternatives.
macro_rules! untagged {
    ($name:ident; $($variant:ident;)*) => {
        $crate::runtime::wire::union_impls! {
            $name [$($variant)*] captured trace {
                let mut fit = $crate::runtime::wire::BestFit::of(captured, trace);
                $(fit.offer(Self::$variant);)*
                Ok(fit.choose(trace))
            }
        }
    };
}

/// The impls of a [`Union`](super::Union) with a discriminator: its name and the property; then the alternatives, each
/// with the values of the property that select it.
macro_rules! tagged {
    ($name:ident $tag:literal; $($variant:ident [$($value:literal)*];)*) => {
        $crate::runtime::wire::union_impls! {
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

/// The impls that both kinds of unions share, with the body that selects an alternative.
macro_rules! union_impls {
    ($name:ident [$($variant:ident)*] $captured:ident $trace:ident $choose:block) => {
        impl $name {
            #[inline]
            fn choose(
                $captured: &$crate::runtime::wire::Capture<'_>,
                $trace: &mut $crate::runtime::wire::Trace,
            ) -> ::std::result::Result<Option<Self>, String> $choose
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn assign(
                &mut self,
                captured: $crate::runtime::wire::Capture<'_>,
                trace: &mut $crate::runtime::wire::Trace,
            ) -> ::std::result::Result<(), String> {
                *self = match Self::choose(&captured, trace)? {
                    Some(chosen) => chosen,
                    None => Self::Unknown(captured.into_json(trace)),
                };
                Ok(())
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::wire::Wire::view(value),)*
                    Self::Unknown(value) => $crate::runtime::wire::Wire::view(value),
                }
            }

            #[inline]
            fn expecting(&self) -> &'static str {
                concat!("a value of `", stringify!($name), "`")
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            const TEXT: bool = true;

            #[inline]
            fn blank() -> Self {
                Self::Unknown(::serde_json::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Union(self)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::Union::view(self)
            }
        }

        #[cfg(feature = "serde")]
        $crate::runtime::wire::serde_impls!($name);
    };
}

/// serde's traits. Only for types that applications store or send: the client reads and writes by [`Wire`](super::Wire).
/// Two impls for each of 2,000 types are an eighth of the time that rustc needs to check the crate, so they are a feature.
macro_rules! serde_impls {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::wire::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::wire::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {boxed, open_enum, record, serde_impls, tagged, union_impls, untagged};
