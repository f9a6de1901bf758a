//! Which fields of a struct were there: none twice, none missing.

use serde::de::Error;

use super::shape::Shape;

/// The fields that were there.
#[derive(Default)]
pub(super) struct Seen {
    low: u128,
    high: Vec<usize>,
}

impl Seen {
    /// Notes a field. One that stands twice is refused, as serde's derive does: read over the first, an object would
    /// become a mix of both.
    #[inline]
    pub(super) fn insert<E: Error>(&mut self, index: usize, shape: &'static Shape) -> Result<(), E> {
        if self.contains(index) {
            return Err(E::duplicate_field(shape.fields[index].name));
        }
        if index < 128 {
            self.low |= 1 << index;
        } else {
            self.high.push(index);
        }
        Ok(())
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        if index < 128 { self.low & 1 << index != 0 } else { self.high.contains(&index) }
    }

    /// Fails unless every required one was there.
    #[inline]
    pub(super) fn check<E: Error>(&self, shape: &'static Shape) -> Result<(), E> {
        // All that is required is among the first 128 fields, and was there.
        if shape.fields.len() <= 128 && shape.required & !self.low == 0 {
            return Ok(());
        }
        for (index, field) in shape.fields.iter().enumerate() {
            if field.is_required() && !self.contains(index) {
                return Err(E::missing_field(field.name));
            }
        }
        Ok(())
    }
}
