//! How far a struct has been read, and what becomes of properties that are missing or `null`.

use serde::de::{Error, Unexpected};

use super::path::Step;
use super::record_info::{Field, RecordInfo};
use super::scalar::{A_WHOLE_NUMBER, expected, is_container, mismatch, no_id};
use super::seen::Seen;
use super::trace::{Outcome, Trace};
use super::{Record, View};

/// The fields of a struct that were read, and its deviations.
pub(super) struct Progress {
    pub(super) info: &'static RecordInfo,
    pub(super) seen: Seen,
    /// The number of deviations before the struct.
    start: usize,
    /// The number of deviations before the field that is being read.
    before: usize,
}

impl Progress {
    #[inline]
    pub(super) fn of(info: &'static RecordInfo, trace: &Trace) -> Self {
        let start = trace.deviations();
        Self { info, seen: Seen::default(), start, before: start }
    }

    /// Handles a field that was read with deviations or not at all.
    #[cold]
    pub(super) fn report<E: Error>(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        outcome: Result<Outcome, E>,
        trace: &mut Trace,
    ) -> Result<(), E> {
        let field = self.info.fields[index];
        let step = Step::Field(field.name);
        let error = match (outcome, record.slot(index)) {
            (Err(error), _) => error,
            (Ok(Outcome::Null), Some(slot)) => {
                if !field.may_be_blank() && (field.is_whole() || !is_container(&slot)) {
                    mismatch(&slot, "null")
                } else {
                    trace.deviate(expected(&slot), "null");
                    self.before = trace.deviations_in(self.before, &step);
                    return Ok(());
                }
            }
            (Ok(Outcome::Digits), Some(slot)) => {
                if field.is_id() {
                    trace.deviate(expected(&slot), A_WHOLE_NUMBER);
                    self.before = trace.deviations_in(self.before, &step);
                    return Ok(());
                }
                no_id(Outcome::Digits, self.before, trace)
            }
            (Ok(Outcome::ListedDigits), _) if !field.is_id() || field.has_all_elements() => {
                no_id(Outcome::ListedDigits, self.before, trace)
            }
            (Ok(Outcome::Shortened), _) if field.has_all_elements() => {
                if let Some(index) = trace.first_element(self.before, "null") {
                    trace.error_in(Step::Index(index));
                }
                E::invalid_type(Unexpected::Other("null"), &"an element, without which the next page can't follow")
            }
            _ => {
                self.before = trace.deviations_in(self.before, &step);
                return Ok(());
            }
        };
        trace.error_in(step);
        Err(error)
    }

    /// Goes on after a value that is no field's.
    pub(super) const fn skip(&mut self, trace: &Trace) {
        self.before = trace.deviations();
    }

    /// Fails if a required field is missing that can't be blank.
    #[inline]
    pub(super) fn finish<E: Error>(&mut self, record: &mut dyn Record, trace: &mut Trace) -> Result<Outcome, E> {
        if !self.seen.is_complete(self.info) {
            self.complete(record, trace)?;
        }
        if trace.is_repaired() {
            self.check_repaired(record, trace)?;
        }
        Ok(trace.outcome_since(self.start))
    }

    /// Refuses ids and codes with a replacement character: they would name something else.
    #[cold]
    fn check_repaired<E: Error>(&self, record: &dyn Record, trace: &mut Trace) -> Result<(), E> {
        let names = |field: &Field| field.is_id() || field.name.ends_with("code");
        for (index, field) in self.info.fields.iter().enumerate().filter(|(_, field)| names(field)) {
            let view = record.view(index);
            let element = match view {
                View::List(list) => (0..list.count()).find(|index| is_replaced(list.get(*index))),
                _ => None,
            };
            if is_replaced(view) || element.is_some() {
                element.into_iter().for_each(|index| trace.error_in(Step::Index(index)));
                trace.error_in(Step::Field(field.name));
                return Err(E::custom("a lone surrogate in an id or a code"));
            }
        }
        Ok(())
    }

    #[cold]
    fn complete<E: Error>(&mut self, record: &mut dyn Record, trace: &mut Trace) -> Result<(), E> {
        for index in self.seen.missing(self.info) {
            let field = self.info.fields[index];
            // Alternatives of a union differ in the properties that they require.
            if trace.is_trial() || !field.may_be_blank() {
                return Err(E::missing_field(field.name));
            }
            trace.deviate(record.slot(index).map_or("a value", |slot| expected(&slot)), "nothing");
            self.before = trace.deviations_in(self.before, &Step::Field(field.name));
        }
        Ok(())
    }
}

/// Whether it is a text with a replacement character.
fn is_replaced(view: View<'_>) -> bool {
    matches!(view, View::String(text) if text.contains(char::REPLACEMENT_CHARACTER))
}
