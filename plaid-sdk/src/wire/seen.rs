//! Which fields of a struct were there: none twice, none missing.

use serde::de::Error;

use super::shape::Shape;

/// The fields that were there.
#[derive(Default)]
pub(super) struct Seen {
    /// A bit for each of the first 128. Words are quicker to shift than a `u128`.
    low: [u64; 2],
    /// Those beyond.
    high: Vec<usize>,
}

impl Seen {
    /// Notes a field. One that stands twice is refused, as serde's derive does: read over the first, an object would
    /// become a mix of both.
    #[inline]
    pub(super) fn insert<E: Error>(&mut self, index: usize, shape: &'static Shape) -> Result<(), E> {
        let bit = 1 << (index % 64);
        let is_new = match self.low.get_mut(index / 64) {
            Some(word) => {
                let is_new = *word & bit == 0;
                *word |= bit;
                is_new
            }
            None => {
                let is_new = !self.high.contains(&index);
                self.high.push(index);
                is_new
            }
        };
        if is_new { Ok(()) } else { Err(E::duplicate_field(shape.fields[index].name)) }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        match self.low.get(index / 64) {
            Some(word) => word & 1 << (index % 64) != 0,
            None => self.high.contains(&index),
        }
    }

    /// Fails unless every required one was there.
    #[inline]
    pub(super) fn check<E: Error>(&self, shape: &'static Shape) -> Result<(), E> {
        // All that is required is among the first 128 fields, and was there.
        let low = u128::from(self.low[0]) | u128::from(self.low[1]) << 64;
        if shape.fields.len() <= 128 && shape.required & !low == 0 {
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
