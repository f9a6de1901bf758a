//! [`Wire`] for the types that the fields of generated structs have.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::{Blank, Entries, FieldAt, List, Optional, Record, Slot, View, Wire, optional};
use crate::runtime::nullable::Nullable;
use crate::runtime::timestamp::Timestamp;

macro_rules! scalar {
    ($($ty:ty => $variant:ident($blank:expr, $view:expr);)*) => {$(
        impl Wire for $ty {
            #[inline]
            fn blank() -> Self {
                $blank
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$variant(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                let view: fn(&$ty) -> _ = $view;
                View::$variant(view(self))
            }
        }
    )*};
}

scalar! {
    bool => Bool(false, |value| *value);
    i64 => Integer(0, |value| *value);
    f64 => Float(0.0, |value| *value);
    NaiveDate => Date(NaiveDate::default(), |value| *value);
}

macro_rules! borrowed {
    ($($ty:ty => $variant:ident($blank:expr);)*) => {$(
        impl Wire for $ty {
            #[inline]
            fn blank() -> Self {
                $blank
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$variant(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                View::$variant(self)
            }
        }
    )*};
}

borrowed! {
    Timestamp => Timestamp(Timestamp::default());
    Value => Json(Value::Null);
    Map<String, Value> => JsonObject(Map::new());
}

// Only generated structs are records, so this overlaps with no other impl.
impl<T: Record + Blank> Wire for T {
    #[inline]
    fn blank() -> Self {
        <T as Blank>::blank()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Struct(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Struct(self)
    }
}

impl Wire for Decimal {
    const TEXT: bool = true;

    #[inline]
    fn blank() -> Self {
        Self::ZERO
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Decimal(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Decimal(self)
    }

    #[inline]
    fn optional_slot(option: &mut Option<Self>) -> Slot<'_> {
        Slot::OptionalDecimal(option)
    }
}

impl Wire for String {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::String(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::String(self)
    }

    #[inline]
    fn optional_slot(option: &mut Option<Self>) -> Slot<'_> {
        Slot::OptionalString(option)
    }
}

// Recursive structs.
impl<T: Record> Record for Box<T> {
    #[inline]
    fn slot(&mut self, index: usize) -> Option<Slot<'_>> {
        (**self).slot(index)
    }

    #[inline]
    fn field(&self, index: usize) -> FieldAt<'_> {
        (**self).field(index)
    }

    #[inline]
    fn additional(&mut self) -> Option<&mut dyn Entries> {
        (**self).additional()
    }

    #[inline]
    fn additional_view(&self) -> Option<&dyn Entries> {
        (**self).additional_view()
    }
}

impl<T: Wire> Wire for Option<T> {
    const TEXT: bool = T::TEXT;

    #[inline]
    fn blank() -> Self {
        None
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        T::optional_slot(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }
}

impl<T: Wire> Optional for Option<T> {
    fn none(&mut self) {
        *self = None;
    }

    fn some(&mut self) -> Slot<'_> {
        self.insert(T::blank()).slot()
    }
}

impl<T: Wire> Wire for Nullable<T> {
    const TEXT: bool = T::TEXT;

    #[inline]
    fn blank() -> Self {
        Self::Absent
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        optional(self, T::TEXT)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Null => View::Null,
            Self::Value(value) => value.view(),
        }
    }
}

impl<T: Wire> Optional for Nullable<T> {
    fn none(&mut self) {
        *self = Self::Null;
    }

    fn some(&mut self) -> Slot<'_> {
        self.insert(T::blank()).slot()
    }
}

impl<T: Wire> Wire for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Wire> List for Vec<T> {
    fn truncate(&mut self, count: usize) {
        self.truncate(count);
    }

    fn push(&mut self) -> Slot<'_> {
        self.push(T::blank());
        let last = self.len() - 1;
        self[last].slot()
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> View<'_> {
        self.as_slice().get(index).map_or(View::Absent, T::view)
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Wire> Entries for BTreeMap<String, T> {
    fn remove(&mut self, key: &str) {
        self.remove(key);
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        let value = self.entry(key).or_insert_with(T::blank);
        *value = T::blank();
        value.slot()
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a str, View<'a>) -> bool) {
        for (key, value) in self {
            if !each(key, value.view()) {
                return;
            }
        }
    }
}
