//! What looks like a token, whoever it belongs to.

use std::ops::Range;

use super::folded::Folded;

/// The name of the environment is part of each token: `access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970`.
const MARKS: [&str; 3] = ["-sandbox-", "-production-", "-development-"];

/// The schemes of the `Authorization` header.
const SCHEMES: [&str; 2] = ["bearer", "basic"];

/// The places of tokens in the original text.
pub(super) fn find(text: &Folded) -> Vec<Range<usize>> {
    let chars = &*text.chars;
    let mut spans = Vec::new();
    for word in words(chars, is_of_token) {
        if is_token(&chars[word.clone()]) {
            spans.push(text.place(word));
        }
    }
    let mut last: Option<Range<usize>> = None;
    for word in words(chars, is_of_credential) {
        let found = &chars[word.clone()];
        let follows = last.as_ref().is_some_and(|last| is_scheme(&chars[last.clone()], &chars[last.end..word.start]));
        if is_jwt(found) || (follows && is_credential(found)) {
            spans.push(text.place(word.clone()));
        }
        last = Some(word);
    }
    spans.extend(user_infos(chars).map(|place| text.place(place)));
    spans
}

/// The words of a text.
fn words(chars: &[char], is_part: fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + chars[at..].iter().position(|c| is_part(*c))?;
        let end = chars[start..].iter().position(|c| !is_part(*c)).map_or(chars.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

const fn is_of_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

const fn is_of_credential(c: char) -> bool {
    is_of_token(c) || matches!(c, '.' | '~' | '+' | '/' | '=')
}

/// Whether it has the name of an environment in it, or a prefix and the form of a UUID after it: `link-8ab976e6-…`.
fn is_token(word: &[char]) -> bool {
    let marked = MARKS.iter().any(|mark| word.windows(mark.len()).any(|part| part.iter().copied().eq(mark.chars())));
    marked || is_prefixed_uuid(word)
}

fn is_prefixed_uuid(word: &[char]) -> bool {
    let mut groups = word.rsplit(|c| matches!(c, '-' | '_'));
    let is_uuid = [12, 4, 4, 4, 8].into_iter().all(|length| {
        groups.next().is_some_and(|group| group.len() == length && group.iter().all(char::is_ascii_hexdigit))
    });
    let is_prefix = |group: &[char]| group.first().is_some_and(char::is_ascii_alphabetic);
    is_uuid && groups.next().is_some_and(is_prefix)
}

/// Whether this word and what is between it and the next one announce a credential.
fn is_scheme(word: &[char], between: &[char]) -> bool {
    let is_named = SCHEMES.iter().any(|scheme| word.iter().copied().eq(scheme.chars()));
    is_named && between.iter().all(|c| c.is_whitespace() || matches!(c, ':' | '"' | '\''))
}

/// Whether a word after the scheme is a credential, and not one of a sentence.
fn is_credential(word: &[char]) -> bool {
    word.len() >= 20 || (word.len() >= 6 && word.iter().any(char::is_ascii_digit))
}

/// Whether it is a JSON web token, or the start of one.
fn is_jwt(word: &[char]) -> bool {
    word.len() >= 20 && word.starts_with(&['e', 'y', 'j']) && word.contains(&'.')
}

/// The user and password in URLs: `https://user:password@host`.
fn user_infos(chars: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + chars[at..].windows(3).position(|part| part == [':', '/', '/'])? + 3;
            let end = chars[start..].iter().position(|c| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"'));
            let end = end.map_or(chars.len(), |length| start + length);
            at = end;
            if let Some(length) = chars[start..end].iter().rposition(|c| *c == '@').filter(|length| *length > 0) {
                return Some(start..start + length);
            }
        }
    })
}
