//! The bytes of strings in damaged JSON.

/// Whether a quote is part of a string: an odd number of backslashes is before it.
pub(super) fn is_escaped(json: &[u8], at: usize) -> bool {
    json[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The first byte from here on that is not a space.
pub(super) fn trim_start(json: &[u8], at: usize) -> usize {
    json[at..].iter().position(|byte| !is_space(*byte)).map_or(json.len(), |offset| at + offset)
}

/// The end of the bytes before `end`, without the spaces at their end.
pub(super) fn trim_end(json: &[u8], end: usize) -> usize {
    json[..end].iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1)
}

/// Whether a value may end before this byte.
fn is_end(json: &[u8], at: usize) -> bool {
    let next = trim_start(json, at);
    json.get(next).is_none_or(|byte| b",}]".contains(byte))
}

/// A code or an id: nothing that needs an escape, and no space.
pub(crate) fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
}

/// Whether the value here is a plain string that another key or the end of the object follows.
pub(super) fn is_followed(json: &[u8], at: usize) -> bool {
    let start = trim_start(json, at);
    if json.get(start) != Some(&b'"') {
        return false;
    }
    let Some(length) = json[start + 1..].iter().take(256).position(|byte| *byte == b'"') else { return false };
    let next = trim_start(json, start + length + 2);
    is_token(&json[start + 1..start + 1 + length])
        && match json.get(next) {
            Some(b'}') => true,
            Some(b',') => json.get(trim_start(json, next + 1)) == Some(&b'"'),
            _ => false,
        }
}

/// The string that starts here and ends before `end`. `None` if it is something else, or has no end: a part of a code is
/// another code, and a part of a secret can't be recognized.
pub(super) fn read(json: &[u8], start: usize, end: usize) -> Option<String> {
    let start = trim_start(json, start);
    if start >= end || json[start] != b'"' {
        return None;
    }
    let start = start + 1;
    let mut quotes = (start..end).filter(|at| json[*at] == b'"' && !is_escaped(json, *at));
    let first = quotes.next()?;
    let mut rest = quotes.clone();
    let close = if is_end(json, first + 1) || rest.clone().next().is_none() || ends_token(json, start, first) {
        first
    } else {
        rest.clone().find(|at| is_end(json, *at + 1)).or_else(|| rest.next_back())?
    };
    Some(unescape(&json[start..close])).filter(|text| !text.is_empty())
}

/// Whether a code or an id ends at this quote, and damage follows. A quote within a code has more of the code after it.
fn ends_token(json: &[u8], start: usize, quote: usize) -> bool {
    let after = &json[quote + 1..];
    let more = after.iter().take_while(|byte| is_token(&[**byte])).count();
    let is_more = more > 0 && after.get(more) == Some(&b'"') && is_end(after, more + 1);
    is_token(&json[start..quote]) && !is_more
}

/// The text of a JSON string. An invalid escape becomes a replacement character, or stays as it is.
fn unescape(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(kind) = rest.chars().next() else { break };
        rest = &rest[kind.len_utf8()..];
        match kind {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'b' | 'f' => out.push(' '),
            'u' => match unit(rest) {
                Some(first) => {
                    let second = rest[4..].strip_prefix("\\u").and_then(unit);
                    let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
                    let long = pair.filter(|c| u32::from(*c) > 0xffff);
                    out.push(long.or_else(|| char::from_u32(first.into())).unwrap_or(char::REPLACEMENT_CHARACTER));
                    rest = &rest[if long.is_some() { 10 } else { 4 }..];
                }
                None => out.push('u'),
            },
            other => out.push(other),
        }
    }
    out + rest
}

/// The four hexadecimal digits of an escape.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}
