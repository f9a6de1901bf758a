//! Makes texts of the server safe to print: on one line, and without the tokens that an error message may repeat.

use std::borrow::Cow;

/// The name of the environment is part of each token: `access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970`.
const MARKS: [&str; 3] = ["-sandbox-", "-production-", "-development-"];

/// The text without tokens, line breaks and other control characters.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    if !has_token(text) && !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c| !part_of_word(c)) {
        let word = piece.trim_end_matches(|c| !part_of_word(c));
        out.push_str(if has_token(word) { "[redacted]" } else { word });
        // With line breaks, a server could forge lines of a log.
        out.extend(piece[word.len()..].chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    Cow::Owned(out)
}

fn has_token(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

fn part_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_and_control_characters_are_replaced() {
        assert_eq!(
            text("the token \"access-sandbox-8ab9-97ee\" (link-production-1) is unknown, é"),
            "the token \"[redacted]\" ([redacted]) is unknown, é"
        );
        assert_eq!(text("a\r\nb\u{1b}[1m"), "a  b [1m");
        for plain in ["", "expected access-<environment>-<identifier>", "the sandbox-only route"] {
            assert_eq!(text(plain), plain);
        }
    }
}
