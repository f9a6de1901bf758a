//! A text as it would be read: escapes decoded, in lower case, with one kind of dash.

use std::ops::Range;

/// A text, character by character, each with its place in the original.
pub(super) struct Folded {
    pub(super) chars: Vec<char>,
    places: Vec<Range<u32>>,
}

/// Escapes of escapes: `%252D`.
const MOST_ROUNDS: usize = 4;

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let chars = text.chars().collect();
        let places = text.char_indices().map(|(at, c)| place(at)..place(at + c.len_utf8())).collect();
        let mut folded = Self { chars, places };
        for _ in 0..MOST_ROUNDS {
            if !folded.chars.iter().any(|c| matches!(c, '%' | '\\' | '&')) || !folded.unescape() {
                break;
            }
        }
        folded.map(|c| match fold(c) {
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => None,
            c => Some(c),
        })
    }

    /// The place of some of the characters in the original.
    pub(super) fn place(&self, chars: Range<usize>) -> Range<usize> {
        let at = |place: Option<&Range<u32>>, of: fn(&Range<u32>) -> u32| place.map_or(0, of) as usize;
        at(self.places.get(chars.start), |place| place.start)..at(self.places.get(chars.end - 1), |place| place.end)
    }

    /// The characters for which this returns one.
    pub(super) fn map(&self, map: impl Fn(char) -> Option<char>) -> Self {
        let kept = self.chars.iter().zip(&self.places).filter_map(|(c, place)| Some((map(*c)?, place.clone())));
        let (chars, places) = kept.unzip();
        Self { chars, places }
    }

    /// Decodes one level of escapes. Returns whether there were any.
    fn unescape(&mut self) -> bool {
        let (mut chars, mut places) = (Vec::with_capacity(self.chars.len()), Vec::with_capacity(self.chars.len()));
        let mut at = 0;
        let mut push = |decoded: char, from: usize, length: usize, places_of: &[Range<u32>]| {
            chars.push(decoded);
            places.push(places_of[from].start..places_of[from + length - 1].end);
        };
        while at < self.chars.len() {
            let rest = &self.chars[at..];
            let (decoded, length) =
                percent(rest).or_else(|| backslash(rest)).or_else(|| entity(rest)).unwrap_or((rest[0], 1));
            push(decoded, at, length, &self.places);
            at += length;
        }
        let changed = chars.len() != self.chars.len();
        *self = Self { chars, places };
        changed
    }
}

fn fold(c: char) -> char {
    match c {
        // Hyphens, dashes and minus signs.
        '\u{ad}' | '\u{58a}' | '\u{1806}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{207b}' | '\u{2212}' => '-',
        '\u{2e3a}' | '\u{2e3b}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2796}' => '-',
        // The wide forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).map_or(c, |c| c.to_ascii_lowercase()),
        _ => c.to_ascii_lowercase(),
    }
}

/// The value of hexadecimal digits.
fn hex(digits: &[char]) -> Option<u32> {
    digits.iter().try_fold(0u32, |value, digit| value.checked_mul(16)?.checked_add(digit.to_digit(16)?))
}

/// A character of UTF-8 in percent-encoding, and the length of the escape.
fn percent(chars: &[char]) -> Option<(char, usize)> {
    let byte = |at: usize| {
        let digits = chars.get(at * 3..at * 3 + 3).filter(|digits| digits[0] == '%')?;
        u8::try_from(hex(&digits[1..])?).ok()
    };
    let first = byte(0)?;
    let length = match first {
        0..0x80 => return Some((char::from(first), 3)),
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let bytes: Option<Vec<u8>> = (0..length).map(byte).collect();
    let c = str::from_utf8(&bytes?).ok()?.chars().next()?;
    Some((c, length * 3))
}

/// An escape of JSON, JavaScript or Rust: `\u002d`, `\u{2d}`, `\x2d`, `\-`.
fn backslash(chars: &[char]) -> Option<(char, usize)> {
    if chars.first() != Some(&'\\') {
        return None;
    }
    let code = |digits: &[char]| hex(digits).and_then(char::from_u32);
    let kind = *chars.get(1)?;
    let decoded = match kind {
        'u' | 'U' if chars.get(2) == Some(&'{') => {
            let length = chars[3..].iter().take(7).position(|c| *c == '}').filter(|length| *length > 0);
            length.and_then(|length| Some((code(&chars[3..3 + length])?, length + 4)))
        }
        'u' | 'U' => chars.get(2..6).and_then(code).map(|c| (c, 6)),
        'x' | 'X' => chars.get(2..4).and_then(code).map(|c| (c, 4)),
        'n' | 'r' | 't' => Some((' ', 2)),
        _ => None,
    };
    Some(decoded.unwrap_or((kind, 2)))
}

/// A character reference of HTML: `&#45;`, `&#x2d;`, `&amp;`.
fn entity(chars: &[char]) -> Option<(char, usize)> {
    if chars.first() != Some(&'&') {
        return None;
    }
    let end = chars.iter().take(10).position(|c| *c == ';')?;
    let c = match &chars[1..end] {
        ['a', 'm', 'p'] => '&',
        ['#', 'x' | 'X', digits @ ..] if !digits.is_empty() => char::from_u32(hex(digits)?)?,
        ['#', digits @ ..] if !digits.is_empty() => {
            let number = digits.iter().try_fold(0u32, |value, digit| Some(value * 10 + digit.to_digit(10)?));
            char::from_u32(number?)?
        }
        _ => return None,
    };
    Some((c, end + 1))
}
