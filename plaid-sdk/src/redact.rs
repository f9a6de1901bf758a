//! Keeps tokens out of texts that are printed, should a server repeat one in an error.

use std::borrow::Cow;

/// The environments' names, as they stand inside tokens: `access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970`.
const MARKS: [&str; 3] = ["-sandbox-", "-production-", "-development-"];

/// The text with each token in it replaced.
pub(crate) fn tokens(text: &str) -> Cow<'_, str> {
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    for piece in text.split_inclusive(|c| !part_of_word(c)) {
        let word = piece.trim_end_matches(|c| !part_of_word(c));
        if MARKS.iter().any(|mark| word.contains(mark)) {
            out.push_str("[redacted]");
            out.push_str(&piece[word.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_are_replaced() {
        assert_eq!(
            tokens("the token \"access-sandbox-8ab9-97ee\" (link-production-1) is unknown, é"),
            "the token \"[redacted]\" ([redacted]) is unknown, é"
        );
        for text in ["", "expected access-<environment>-<identifier>", "the sandbox-only route"] {
            assert_eq!(tokens(text), text);
        }
    }
}
