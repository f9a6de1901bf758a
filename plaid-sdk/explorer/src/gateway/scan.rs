//! Searches responses for the secret, also across the borders of their pieces.
//!
//! A server that fails may answer with the request that it got, and with it the secret. It is searched for in the forms in
//! which programs write what they got: as it is, as a part of a base64 text (`Authorization: Basic`), and with the escapes of
//! URLs and of JSON if it has characters that need them. A server that wants to tell its own clients' secrets can hide them in
//! other ways; nobody can search for all of them.

use std::fmt::Write as _;
use std::sync::Arc;

use aho_corasick::packed;
use axum::body::Bytes;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use memchr::memmem::Finder;

/// The secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found;

/// All forms of a secret.
#[derive(Clone)]
pub struct Needles(Arc<Forms>);

struct Forms {
    each: Vec<Finder<'static>>,
    /// Searches for all of them at once, where the processor can do that.
    all: Option<packed::Searcher>,
    /// The bytes that one of them has.
    has: [bool; 256],
}

impl Needles {
    /// The forms of a secret.
    pub fn of(secret: &[u8]) -> Self {
        let mut all = vec![secret.to_vec(), percent(secret), json(secret)];
        for offset in 0..3 {
            all.push(inside(&STANDARD_NO_PAD, secret, offset));
            all.push(inside(&URL_SAFE_NO_PAD, secret, offset));
        }
        all.retain(|one| !one.is_empty());
        all.sort();
        all.dedup();
        let has = std::array::from_fn(|byte| all.iter().flatten().any(|one| usize::from(*one) == byte));
        let each = all.iter().map(|one| Finder::new(one).into_owned()).collect();
        Self(Arc::new(Forms { each, all: packed::Searcher::new(&all), has }))
    }

    /// Whether a text contains the secret.
    pub fn are_in(&self, text: &[u8]) -> bool {
        match &self.0.all {
            Some(all) => all.find(text).is_some(),
            None => self.0.each.iter().any(|needle| needle.find(text).is_some()),
        }
    }

    /// How many bytes at the end of a text may be the start of the secret.
    fn begun(&self, text: &[u8]) -> usize {
        // JSON ends with a bracket, which a secret seldom has.
        if text.last().is_none_or(|last| !self.0.has[usize::from(*last)]) {
            return 0;
        }
        let begun = |needle: &[u8]| {
            let most = needle.len().saturating_sub(1).min(text.len());
            (1..=most).rev().find(|length| needle.get(..*length).is_some_and(|start| text.ends_with(start)))
        };
        self.0.each.iter().filter_map(|needle| begun(needle.needle())).max().unwrap_or_default()
    }
}

/// Searches a text that comes in pieces.
pub struct Scanner {
    needles: Needles,
    /// The end of what came, which may be the start of the secret. It is passed on with the next piece.
    held: Bytes,
}

impl Scanner {
    /// A scanner for a text.
    pub fn new(needles: Needles) -> Self {
        Self { needles, held: Bytes::new() }
    }

    /// Takes a piece and returns what can be passed on.
    pub fn push(&mut self, piece: Bytes) -> Result<Bytes, Found> {
        let mut text = if self.held.is_empty() { piece } else { Bytes::from([&self.held[..], &piece[..]].concat()) };
        if self.needles.are_in(&text) {
            self.held.clear();
            return Err(Found);
        }
        let begun = self.needles.begun(&text);
        let held = text.split_off(text.len() - begun);
        self.held = if held.is_empty() { Bytes::new() } else { Bytes::copy_from_slice(&held) };
        Ok(text)
    }

    /// The end of the text.
    pub fn finish(&mut self) -> Bytes {
        std::mem::take(&mut self.held)
    }
}

/// The characters of a base64 text that depend on the secret alone, if `offset` bytes are before it in a group of three.
fn inside(engine: &impl base64::Engine, secret: &[u8], offset: usize) -> Vec<u8> {
    let mut padded = vec![0; offset];
    padded.extend_from_slice(secret);
    let text = engine.encode(&padded);
    let (from, to) = ((offset * 8).div_ceil(6), padded.len() * 8 / 6);
    text.as_bytes().get(from..to).unwrap_or_default().to_vec()
}

/// The secret in a URL.
fn percent(secret: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    for byte in secret {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(*byte)),
            // Writing to a string never fails.
            byte => drop(write!(text, "%{byte:02X}")),
        }
    }
    text.into_bytes()
}

/// The secret in a string of JSON.
fn json(secret: &[u8]) -> Vec<u8> {
    let text = serde_json::Value::from(String::from_utf8_lossy(secret)).to_string();
    text.trim_start_matches('"').strip_suffix('"').unwrap_or_default().as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::{Forms, Found, Needles, Scanner};
    use axum::body::Bytes;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use std::sync::Arc;

    const SECRET: &[u8] = b"6f0c1d2e3b4a5968778695a4b3c2d1";

    fn scan(pieces: &[&[u8]]) -> Result<Vec<u8>, Found> {
        let mut scanner = Scanner::new(Needles::of(SECRET));
        let mut all = Vec::new();
        for piece in pieces {
            all.extend_from_slice(&scanner.push(Bytes::copy_from_slice(piece))?);
        }
        all.extend_from_slice(&scanner.finish());
        Ok(all)
    }

    #[test]
    fn the_secret_is_found_at_each_border() {
        let text = [b"{\"a\":\"", SECRET, b"\"}"].concat();
        for at in 0..=text.len() {
            assert_eq!(scan(&[&text[..at], &text[at..]]), Err(Found), "{at}");
        }
        let single: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(scan(&single), Err(Found));
    }

    #[test]
    fn one_pass_finds_what_single_searches_find() {
        let needles = Needles::of(SECRET);
        let single = Forms { each: needles.0.each.clone(), all: None, has: needles.0.has };
        let single = Needles(Arc::new(single));
        for form in &needles.0.each {
            let form = form.needle();
            let cut = form.get(1..).expect("a form");
            for before in 0..70 {
                let text = [&vec![b' '; before], form, b"\"}"].concat();
                let near = [&vec![b' '; before], cut, b"\"}"].concat();
                assert!(needles.are_in(&text) && single.are_in(&text), "{before}");
                assert_eq!(needles.are_in(&near), single.are_in(&near), "{before}");
            }
        }
    }

    #[test]
    fn nothing_of_the_secret_passes_before_it_is_found() {
        let mut scanner = Scanner::new(Needles::of(SECRET));
        let text = [b"ab".as_slice(), SECRET].concat();
        let mut passed = Vec::new();
        for byte in &text[..text.len() - 1] {
            passed.extend_from_slice(&scanner.push(Bytes::copy_from_slice(&[*byte])).expect("not yet"));
        }
        assert_eq!(passed, b"ab");
        assert!(scanner.push(Bytes::copy_from_slice(&text[text.len() - 1..])).is_err());
    }

    #[test]
    fn other_texts_pass_to_the_byte() {
        let near = [&SECRET[..29], b"x", &SECRET[1..], &SECRET[..20]].concat();
        for size in 1..near.len() {
            let pieces: Vec<&[u8]> = near.chunks(size).collect();
            assert_eq!(scan(&pieces).as_deref(), Ok(near.as_slice()), "{size}");
        }
        assert_eq!(scan(&[b"", b""]).as_deref(), Ok(&b""[..]));
    }

    #[test]
    fn the_secret_is_found_in_the_forms_that_programs_write() {
        for before in ["", "a", "ab", "0123456789abcdef01234567:"] {
            for after in ["", "x", "xy"] {
                let text = STANDARD.encode([before.as_bytes(), SECRET, after.as_bytes()].concat());
                assert_eq!(scan(&[text.as_bytes()]), Err(Found), "{before} {after}");
            }
        }
        let odd = Needles::of(br#"a b/c"d+e\f~0"#);
        assert!(odd.are_in(br#"x=a%20b%2Fc%22d%2Be%5Cf~0&"#));
        assert!(odd.are_in(br#"{"x":"a b/c\"d+e\\f~0"}"#));
    }
}
