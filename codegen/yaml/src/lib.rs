//! Reads YAML as events with their places.
//!
//! The parser of `saphyr_parser` is generic over its input, so it is compiled in the crate that uses it. Here this is a crate that
//! the dev build optimises: in `codegen`, which it does not optimise, reading took a fifth of the time of all its tests.

pub use saphyr_parser::{Event, ScalarStyle, ScanError, Span, Tag};
use saphyr_parser::{Parser, StrInput};

/// The events of a text, each with its place. After an error there are no more.
pub struct Events<'text>(Parser<'text, StrInput<'text>>);

impl<'text> Events<'text> {
    /// Starts at the beginning of a text.
    #[inline(never)]
    pub fn new(text: &'text str) -> Self {
        Self(Parser::new_from_str(text))
    }
}

impl<'text> Iterator for Events<'text> {
    type Item = Result<(Event<'text>, Span), ScanError>;

    // Inlined, it would be compiled in the crate of the caller again.
    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}
