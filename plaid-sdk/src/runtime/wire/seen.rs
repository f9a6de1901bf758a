//! Which fields of a struct were read.

use serde::de::Error;

use super::record_info::RecordInfo;

/// The fields that were read.
#[derive(Default)]
pub(super) struct Seen {
    /// A bit for each of the first 128. Words are faster to shift than a `u128`.
    low: [u64; 2],
    /// Those beyond.
    high: Vec<usize>,
}

impl Seen {
    /// Records a field. Duplicates are errors, as with serde's derive: reading the second value into the first would mix
    /// the two objects.
    #[inline]
    pub(super) fn insert<E: Error>(&mut self, index: usize, info: &'static RecordInfo) -> Result<(), E> {
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
        if is_new { Ok(()) } else { Err(E::duplicate_field(info.fields[index].name)) }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        match self.low.get(index / 64) {
            Some(word) => word & 1 << (index % 64) != 0,
            None => self.high.contains(&index),
        }
    }

    /// Whether every required field was read.
    #[inline]
    pub(super) fn is_complete(&self, info: &'static RecordInfo) -> bool {
        // The usual case: at most 128 fields.
        let low = u128::from(self.low[0]) | u128::from(self.low[1]) << 64;
        info.required & !low == 0 && (info.fields.len() <= 128 || self.missing(info).next().is_none())
    }

    /// The required fields that were not read.
    pub(super) fn missing(&self, info: &'static RecordInfo) -> impl Iterator<Item = usize> {
        info.fields
            .iter()
            .enumerate()
            .filter(|(index, field)| field.is_required() && !self.contains(*index))
            .map(|(index, _)| index)
    }
}
