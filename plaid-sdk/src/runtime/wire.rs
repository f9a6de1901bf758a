//! How the generated types are read from and written to JSON.
//!
//! A generated struct does not derive serde's traits. It implements [`Record`]: by index, a [`Slot`] to read a field into,
//! a [`View`] of a field to write, and the names of all fields ([`RecordInfo`]). One reader (`decode`) and one writer
//! (`encode`) do the rest. They are compiled once for each data format, while derived code is compiled once for each type.
//! `ARCHITECTURE.md` explains the design and `COMPILE_TIME.md` has the measurements.
//!
//! No unsafe code is needed: a value starts blank and is filled in place.
//!
//! Only generated code implements these traits. Applications use serde's, by the feature `serde`.

mod by_serde;
mod capture;
mod debug;
mod decimal;
mod decode;
mod deviation;
mod encode;
mod r#enum;
mod equal;
mod json;
mod key;
mod macros;
mod path;
mod progress;
mod record_info;
mod scalar;
mod seen;
mod surrogate;
mod trace;
mod types;
mod union;
mod value;

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

pub use self::by_serde::{deserialize, from_json_by_serde};
pub use self::capture::{Capture, Union};
pub use self::encode::serialize;
pub use std::default::Default;

pub use self::deviation::{Deviation, Deviations};
pub use self::r#enum::{OpenEnum, Unknown, Variants};
pub use self::json::{DecodeError, from_json, from_json_with_deviations, to_json};
pub(crate) use self::macros::*;
pub use self::record_info::{Field, RecordInfo};
pub use self::trace::Trace;
pub use self::union::BestFit;
use crate::runtime::timestamp::Timestamp;

/// A type that can be read from and written to JSON and similar formats.
pub trait Wire {
    /// A value to read into. It never escapes: reading either completes it or fails.
    fn blank() -> Self
    where
        Self: Sized;

    /// Where to read the value into.
    fn slot(&mut self) -> Slot<'_>;

    /// The value to write.
    fn view(&self) -> View<'_>;

    /// Whether the reader needs the value's JSON text first: decimals, unions, enums of numbers.
    const TEXT: bool = false;

    /// Where to read an optional value into. Strings and decimals override it with a faster slot.
    #[inline]
    fn optional_slot(option: &mut Option<Self>) -> Slot<'_>
    where
        Self: Sized,
    {
        optional(option, Self::TEXT)
    }
}

/// The slot of an optional value.
#[inline]
fn optional(option: &mut dyn Optional, text: bool) -> Slot<'_> {
    if text { Slot::OptionalText(option) } else { Slot::Optional(option) }
}

/// A struct with declared properties. Two functions per type are all that is generated, because rustc's time depends on
/// the number of functions more than on their size.
pub trait Record {
    /// Where to read the field of this index into; `None` past the last field.
    fn slot(&mut self, index: usize) -> Option<Slot<'_>>;

    /// The value of the field of this index, or, past the last field, what is known about all of them.
    fn field(&self, index: usize) -> FieldAt<'_>;

    /// The body of every generated `Debug`. The coercion to `dyn Record` is here, so that it is type-checked only once.
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

    /// The body of every generated `PartialEq`.
    #[inline]
    fn equal(&self, other: &Self) -> bool
    where
        Self: Sized,
    {
        equal::equal(self, other)
    }

    /// Where to read undeclared properties into, if the struct keeps them.
    fn additional(&mut self) -> Option<&mut dyn Entries> {
        None
    }

    /// The undeclared properties, if the struct keeps them.
    fn additional_view(&self) -> Option<&dyn Entries> {
        None
    }
}

/// What a [`Record`] has at an index.
pub enum FieldAt<'a> {
    /// The value of a field.
    Value(View<'a>),
    /// Nothing: the index is past the last field.
    PastEnd(&'static RecordInfo),
}

impl dyn Record + '_ {
    /// The names of the struct and its fields.
    #[inline]
    pub(crate) fn info(&self) -> &'static RecordInfo {
        match self.field(usize::MAX) {
            FieldAt::PastEnd(info) => info,
            // No struct has that many fields.
            FieldAt::Value(_) => RecordInfo::of("\0"),
        }
    }

    /// The value of the field of this index.
    #[inline]
    pub(crate) fn view(&self, index: usize) -> View<'_> {
        match self.field(index) {
            FieldAt::Value(view) => view,
            FieldAt::PastEnd(_) => View::Absent,
        }
    }
}

/// A struct that can be created to read into: by [`Default`], or by this trait alone where the struct has no `Default`
/// because some of its fields must not be forgotten.
pub trait Blank {
    /// With empty strings and lists, zeros, and no optional value.
    fn blank() -> Self;
}

impl<T: Record + Default> Blank for T {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

/// A list.
pub trait List {
    /// Removes the elements after the first `count`.
    fn truncate(&mut self, count: usize);
    /// Appends a blank element and returns where to read it into.
    fn push(&mut self) -> Slot<'_>;
    /// The number of elements.
    fn count(&self) -> usize;
    /// The element of this index.
    fn get(&self, index: usize) -> View<'_>;
}

/// A map with string keys.
pub trait Entries {
    /// Removes an entry.
    fn remove(&mut self, key: &str);
    /// Inserts a blank value, which replaces an older one of the same key, and returns where to read it into.
    fn insert(&mut self, key: String) -> Slot<'_>;
    /// The number of entries.
    fn count(&self) -> usize;
    /// Calls `each` with every entry until it returns false.
    fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a str, View<'a>) -> bool);
}

/// An optional or nullable value.
pub trait Optional {
    /// Removes the value.
    fn none(&mut self);
    /// Sets a blank value and returns where to read it into.
    fn some(&mut self) -> Slot<'_>;
}

/// Where to read a value into.
pub enum Slot<'a> {
    /// A boolean.
    Bool(&'a mut bool),
    /// A whole number.
    Integer(&'a mut i64),
    /// A number that may be rounded.
    Float(&'a mut f64),
    /// An exact number.
    Decimal(&'a mut Decimal),
    /// A string.
    String(&'a mut String),
    /// An optional string, without the indirection of [`Optional`](Self::Optional).
    OptionalString(&'a mut Option<String>),
    /// An optional exact number, likewise.
    OptionalDecimal(&'a mut Option<Decimal>),
    /// A date.
    Date(&'a mut NaiveDate),
    /// A date and time.
    Timestamp(&'a mut Timestamp),
    /// Any JSON value.
    Json(&'a mut Value),
    /// Any JSON object.
    JsonObject(&'a mut Map<String, Value>),
    /// An enum.
    Enum(&'a mut dyn r#enum::EnumSlot),
    /// A struct.
    Struct(&'a mut dyn Record),
    /// A union of several types.
    Union(&'a mut dyn Union),
    /// A list.
    List(&'a mut dyn List),
    /// A map.
    Map(&'a mut dyn Entries),
    /// An optional or nullable value.
    Optional(&'a mut dyn Optional),
    /// The same for a type with [`Wire::TEXT`].
    OptionalText(&'a mut dyn Optional),
}

/// A value to write.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// No value. An optional field is omitted.
    Absent,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number that may be rounded.
    Float(f64),
    /// An exact number.
    Decimal(&'a Decimal),
    /// A string.
    String(&'a str),
    /// A date.
    Date(NaiveDate),
    /// A date and time.
    Timestamp(&'a Timestamp),
    /// Any JSON value.
    Json(&'a Value),
    /// Any JSON object.
    JsonObject(&'a Map<String, Value>),
    /// A struct.
    Struct(&'a dyn Record),
    /// A union of several types.
    Union(&'a dyn Union),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Entries),
}
