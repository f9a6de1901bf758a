//! Makes texts of the server safe to print: on one line, without tokens, and without what the request has that is secret.
//!
//! Texts are redacted where they enter the SDK, so that every later print is safe: [`ApiError`], [`TransportError`] and the
//! problems of building a request. `Debug` of generated types redacts when it prints.
//!
//! [`ApiError`]: crate::error::ApiError
//! [`TransportError`]: crate::transport::TransportError

mod folded;
mod patterns;
mod secrets;

use std::borrow::Cow;
use std::ops::Range;

use self::folded::Folded;
pub(crate) use self::secrets::Secrets;

/// What replaces a secret, and an id or a name of the server that is not one plain word.
pub(crate) const REDACTED: &str = "[redacted]";

/// Longer texts are cut off. A message is a sentence or two.
const LONGEST: usize = 16 << 10;

/// How much of the rest is searched, so that a secret at the cut is found.
const MARGIN: usize = 1 << 10;

/// Ids and names that are longer are not printed.
const LONGEST_WORD: usize = 128;

/// The text without tokens, line breaks and other control characters.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    Secrets::default().text(text)
}

/// An id or a name, if it is one word of visible ASCII and no token.
pub(crate) fn word(word: &str) -> &str {
    Secrets::default().word(word)
}

/// The text as it is, unless it contains a token, or is too long to be searched. For `Debug`, which escapes line breaks.
pub(crate) fn tokens(plain: &str) -> Cow<'_, str> {
    let redacted = text(plain);
    if plain.len() > LONGEST || redacted.contains(REDACTED) { redacted } else { Cow::Borrowed(plain) }
}

impl Secrets {
    /// The text without these secrets, tokens, line breaks and other control characters.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let searched = &text[..boundary(text, LONGEST + MARGIN)];
        let folded = Folded::of(searched);
        let mut spans = patterns::find(&folded);
        spans.extend(self.find(&folded));
        if spans.is_empty() && text.len() <= LONGEST && !text.contains(is_control) {
            return Cow::Borrowed(text);
        }
        spans.sort_by_key(|span| (span.start, span.end));
        Cow::Owned(replace(searched, &spans, boundary(text, LONGEST)))
    }

    /// An id or a name, if it is one word of visible ASCII and none of these secrets.
    pub(crate) fn word<'t>(&self, word: &'t str) -> &'t str {
        let is_plain =
            !word.is_empty() && word.len() <= LONGEST_WORD && word.bytes().all(|byte| byte.is_ascii_graphic());
        if is_plain && matches!(self.text(word), Cow::Borrowed(_)) { word } else { REDACTED }
    }
}

/// The last place up to this one where a text can be cut.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text with the spans replaced, up to a limit.
fn replace(text: &str, spans: &[Range<usize>], limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit) + 16);
    // With line breaks, a server could forge lines of a log.
    let plain = |part: &str, out: &mut String| out.extend(part.chars().map(|c| if is_control(c) { ' ' } else { c }));
    let mut at = 0;
    for span in spans.iter().filter(|span| span.start < limit) {
        if span.start >= at {
            plain(&text[at..span.start], &mut out);
            out.push_str(REDACTED);
        }
        at = at.max(span.end);
    }
    if at < limit {
        plain(&text[at..limit], &mut out);
    }
    if limit < text.len() {
        out.push('…');
    }
    out
}

/// Whether it can break a line, or change how the rest of the line is shown.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
