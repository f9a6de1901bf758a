//! How the generated types are read and written.
//!
//! serde's derive would emit a few hundred lines of code for each type, and compiling those is most of what a large SDK
//! costs. Here a type only says where its parts are: a struct gives a [`Shape`] (the names) and, by index, a [`Slot`] to
//! read a field into or a [`View`] to write it from. One reader and one writer, compiled once for each format and not
//! for each type, do the rest. No unsafe code is needed: a value starts out blank and is filled in place.
//!
//! Generated code implements [`Wire`] and [`Record`]; applications have no need to.

mod debug;
mod decimal;
mod decode;
mod encode;
mod r#enum;
mod equal;
mod json;
mod macros;
mod path;
mod seen;
mod shape;
mod types;
mod union;

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

pub use self::decode::deserialize;
pub use self::encode::serialize;
pub use std::default::Default;

pub use self::r#enum::{OpenEnum, Unknown, Variants};
pub use self::json::{DecodeError, from_json, to_json};
#[allow(unused_imports, reason = "what a document has decides which of them are used")]
pub(crate) use self::macros::{boxed, open_enum, record, serde_impls, tagged, union_impls, untagged};
pub use self::path::Trace;
pub use self::shape::{Field, Shape};
pub use self::union::{BestFit, Capture, Union};
use crate::timestamp::Timestamp;

/// A type that can be read from and written to JSON and its kin.
pub trait Wire {
    /// A value to read into. Nobody sees it: reading either completes it or fails.
    fn blank() -> Self
    where
        Self: Sized;

    /// Where to read it into.
    fn slot(&mut self) -> Slot<'_>;

    /// What to write.
    fn view(&self) -> View<'_>;

    /// Whether a value has to be seen as text first: decimals, unions, enums of numbers.
    const TEXT: bool = false;

    /// Where to read an optional one into. Strings and decimals have a shortcut, for speed.
    #[inline]
    fn optional_slot(option: &mut Option<Self>) -> Slot<'_>
    where
        Self: Sized,
    {
        optional(option, Self::TEXT)
    }
}

/// The slot for a value that may be missing.
#[inline]
fn optional(option: &mut dyn Optional, text: bool) -> Slot<'_> {
    if text { Slot::OptionalText(option) } else { Slot::Optional(option) }
}

/// An object with declared properties. What it has to say is in two functions, since rustc's time goes by their number.
pub trait Record {
    /// Where to read the field of this index into; nothing past the last field.
    fn slot(&mut self, index: usize) -> Option<Slot<'_>>;

    /// What to write for the field of this index; past the last field, what all of them are called.
    ///
    /// # Errors
    /// The shape, for an index that is no field's.
    fn field(&self, index: usize) -> Result<View<'_>, &'static Shape>;

    /// The body of every `Debug`. Here, the turn into a `dyn Record` is checked once and not for each type.
    ///
    /// # Errors
    /// Those of the formatter.
    #[inline]
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        Self: Sized,
    {
        debug::debug(self, f)
    }

    /// The body of every `PartialEq`.
    #[inline]
    fn equal(&self, other: &Self) -> bool
    where
        Self: Sized,
    {
        equal::equal(self, other)
    }

    /// Where to read properties that are not declared, if they are kept.
    fn additional(&mut self) -> Option<&mut dyn Entries> {
        None
    }

    /// The properties that are not declared, if they are kept.
    fn additional_view(&self) -> Option<&dyn Entries> {
        None
    }
}

impl dyn Record + '_ {
    /// Its name and its fields'.
    #[inline]
    pub(crate) fn shape(&self) -> &'static Shape {
        self.field(usize::MAX).err().unwrap_or_else(|| Shape::of("\0"))
    }

    /// What to write for the field of this index.
    #[inline]
    pub(crate) fn view(&self, index: usize) -> View<'_> {
        self.field(index).unwrap_or(View::Absent)
    }
}

/// A struct that can be made to read into: by [`Default`], or without it where some fields must not be forgotten.
pub trait Blank {
    /// With empty strings and lists, zeros, and nothing else.
    fn blank() -> Self;
}

impl<T: Record + Default> Blank for T {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

/// A list.
#[allow(clippy::len_without_is_empty, reason = "nobody asks")]
pub trait List {
    /// Empties it.
    fn clear(&mut self);
    /// Adds a blank element and gives the place to read it into.
    fn push(&mut self) -> Slot<'_>;
    /// How many elements it has.
    fn len(&self) -> usize;
    /// The element of this index.
    fn get(&self, index: usize) -> View<'_>;
}

/// A map with strings for keys.
#[allow(clippy::len_without_is_empty, reason = "nobody asks")]
pub trait Entries {
    /// Empties it.
    fn clear(&mut self);
    /// Adds a blank value, in place of an older one of the same key, and gives the place to read it into.
    fn insert(&mut self, key: String) -> Slot<'_>;
    /// How many entries it has.
    fn len(&self) -> usize;
    /// Calls `each` with every entry until it says stop.
    fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a str, View<'a>) -> bool);
}

/// A value that may be missing.
pub trait Optional {
    /// Makes it missing.
    fn none(&mut self);
    /// Makes it a blank value and gives the place to read it into.
    fn some(&mut self) -> Slot<'_>;
}

/// A place to read a value into.
#[allow(missing_docs, reason = "each variant is the kind of the value it is for")]
pub enum Slot<'a> {
    Bool(&'a mut bool),
    Integer(&'a mut i64),
    Float(&'a mut f64),
    Decimal(&'a mut Decimal),
    String(&'a mut String),
    OptionalString(&'a mut Option<String>),
    OptionalDecimal(&'a mut Option<Decimal>),
    Date(&'a mut NaiveDate),
    Timestamp(&'a mut Timestamp),
    Json(&'a mut Value),
    JsonObject(&'a mut Map<String, Value>),
    Enum(&'a mut dyn r#enum::EnumSlot),
    Struct(&'a mut dyn Record),
    Union(&'a mut dyn Union),
    List(&'a mut dyn List),
    Map(&'a mut dyn Entries),
    Optional(&'a mut dyn Optional),
    /// For a value that has to be seen as text first.
    OptionalText(&'a mut dyn Optional),
}

/// A value to write.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "each variant is the kind of the value it is for")]
pub enum View<'a> {
    /// Left out where it may be.
    Absent,
    /// `null`.
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Decimal(&'a Decimal),
    String(&'a str),
    Date(NaiveDate),
    Timestamp(&'a Timestamp),
    Json(&'a Value),
    JsonObject(&'a Map<String, Value>),
    Struct(&'a dyn Record),
    Union(&'a dyn Union),
    List(&'a dyn List),
    Map(&'a dyn Entries),
}
