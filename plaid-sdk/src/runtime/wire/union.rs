//! Unions of several types: `oneOf` and `anyOf`.

use serde_json::Value;

use super::decode::fill_root;
use super::{Trace, View, Wire, json};

/// A union as a trait object.
pub trait Union {
    /// Reads the matching alternative.
    ///
    /// # Errors
    /// Why it does not match. The path is added to the trace.
    fn assign(&mut self, captured: Capture<'_>, trace: &mut Trace) -> Result<(), String>;
    /// The value to write.
    fn view(&self) -> View<'_>;
    /// The expected value, for errors.
    fn expecting(&self) -> &'static str;
}

/// A value that was read to find the matching alternative.
#[derive(Debug)]
pub enum Capture<'a> {
    /// The JSON text, with exact digits.
    Text(&'a str),
    /// A value from another format.
    Value(Value),
}

impl Capture<'_> {
    /// The value of the discriminator.
    pub fn tag(&self, property: &str) -> Option<String> {
        let value: Value = match self {
            Self::Text(text) => serde_json::from_str(text).ok()?,
            Self::Value(value) => value.clone(),
        };
        value.get(property)?.as_str().map(str::to_owned)
    }

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
        .map_err(|error| json::without_position(&error))?;
        Ok(value)
    }

    /// The value itself, if no alternative matches.
    pub fn into_json(self, trace: &mut Trace) -> Value {
        trace.undeclared();
        match self {
            Self::Text(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            Self::Value(value) => value,
        }
    }
}

/// Selects among alternatives without a discriminator: the first one that declares all properties and values, or else the one
/// with the fewest undeclared ones and deviations. An alternative does not match if a property that it requires is missing.
#[derive(Debug)]
pub struct BestFit<'c, 'v, U> {
    captured: &'c Capture<'v>,
    best: Option<(Trace, U)>,
}

impl<'c, 'v, U> BestFit<'c, 'v, U> {
    /// Starts the selection for a value.
    pub fn of(captured: &'c Capture<'v>) -> Self {
        Self { captured, best: None }
    }

    /// Tries an alternative.
    pub fn offer<T: Wire>(&mut self, alternative: fn(T) -> U) {
        let least = self.best.as_ref().map_or(usize::MAX, |(trace, _)| trace.misfits());
        if least == 0 {
            return;
        }
        let mut trace = Trace::trial();
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
