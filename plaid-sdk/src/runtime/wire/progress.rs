//! How far a struct has been read, and what becomes of properties that are missing or `null`.

use serde::de::Error;

use super::Record;
use super::path::Step;
use super::record_info::RecordInfo;
use super::scalar::{expected, is_container, mismatch};
use super::seen::Seen;
use super::trace::{Outcome, Trace};

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
            (Ok(Outcome::Null), Some(slot)) if field.may_be_blank() || is_container(&slot) => {
                trace.deviate(expected(&slot), "null");
                self.before = trace.deviations_in(self.before, &step);
                return Ok(());
            }
            (Ok(Outcome::Null), Some(slot)) => mismatch(&slot, "null"),
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
        Ok(trace.outcome_since(self.start))
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
