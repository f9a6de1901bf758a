//! Unions of several types: `oneOf` and `anyOf`.

use super::capture::Capture;
use super::decode::fill_root;
use super::path::without_position;
use super::{Trace, Wire, json};

impl Capture<'_> {
    /// Reads it as an alternative.
    ///
    /// # Errors
    /// Why it does not match. The path is added to the trace.
    pub fn read<T: Wire>(&self, trace: &mut Trace) -> Result<T, String> {
        let mut value = T::blank();
        match self {
            Self::Text(text) => json::fill_text(value.slot(), text, trace),
            Self::Value(value_read) => fill_root(value.slot(), value_read, trace),
        }
        .map_err(|error| without_position(&error))?;
        Ok(value)
    }
}

/// Selects among alternatives without a discriminator: the first one that declares all properties and values, or else the one
/// with the fewest undeclared ones and deviations. An alternative does not match if a property that it requires is missing.
#[derive(Debug)]
pub struct BestFit<'c, 'v, U> {
    captured: &'c Capture<'v>,
    /// Whether the document is a copy with lone surrogates replaced.
    is_repaired: bool,
    best: Option<(Trace, U)>,
}

impl<'c, 'v, U> BestFit<'c, 'v, U> {
    /// Starts the selection for a value.
    pub fn of(captured: &'c Capture<'v>, trace: &Trace) -> Self {
        Self { captured, is_repaired: trace.is_repaired(), best: None }
    }

    /// Tries an alternative.
    pub fn offer<T: Wire>(&mut self, alternative: fn(T) -> U) {
        let least = self.best.as_ref().map_or(usize::MAX, |(trace, _)| trace.misfits());
        if least == 0 {
            return;
        }
        let mut trace = Trace::trial(self.is_repaired);
        if let Ok(value) = self.captured.read(&mut trace)
            && trace.misfits() < least
        {
            self.best = Some((trace, alternative(value)));
        }
    }

    /// The best match, if there is one.
    pub fn choose(self, trace: &mut Trace) -> Option<U> {
        let (chosen, best) = self.best?;
        trace.absorb(chosen);
        Some(best)
    }
}
