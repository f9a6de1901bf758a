//! Checks and changes a text before the YAML reader gets it.

use std::borrow::Cow;

/// The first character that YAML forbids, with its line. The reader treats a NUL as the end of the text, and would
/// silently drop the rest.
pub(super) fn forbidden(text: &str) -> Option<(char, usize)> {
    let is_forbidden = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    let at = text.bytes().position(is_forbidden)?;
    let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    Some((char::from(text.as_bytes()[at]), line))
}

/// The text in a form that the YAML reader supports: JSON writes a character beyond the first plane as two escapes
/// (`\ud83d\ude00`), which YAML doesn't support. Line numbers don't change.
pub(super) fn readable(text: &str) -> Cow<'_, str> {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if !is_json || !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(joined) = surrogates(rest) {
            out.push(joined);
            rest = &rest[12..];
        } else {
            // copy the backslash with the escaped character, so that `\\ud83d` stays unchanged
            let escaped = rest.chars().nth(1).map_or(1, |c| 1 + c.len_utf8());
            out.push_str(&rest[..escaped]);
            rest = &rest[escaped..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that the two escapes at the start of a text encode.
fn surrogates(text: &str) -> Option<char> {
    let high = unit(text.get(..6)?)?;
    let low = unit(text.get(6..12)?)?;
    char::decode_utf16([high, low]).next()?.ok().filter(|c| *c > '\u{ffff}')
}

fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?;
    if digits.bytes().all(|b| b.is_ascii_hexdigit()) { u16::from_str_radix(digits, 16).ok() } else { None }
}
