//! Words: what people say for the words of an API, and how texts are cut into words.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What people say for the words of an API. It is data, since it differs from API to API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// By a word of a query, the words of the API that it may mean.
    pub synonyms: IndexMap<String, Vec<String>>,
    /// By `operationId`, more words by which people look for the operation.
    pub operations: IndexMap<String, String>,
    /// By error code, more words.
    pub error_codes: IndexMap<String, String>,
    /// By webhook, `TYPE: CODE`, more words.
    pub webhooks: IndexMap<String, String>,
    /// The operations that most applications call, by `operationId`, the most common first. Among equally good results
    /// these come first.
    pub common: Vec<String>,
}

/// Words that say nothing about what is looked for.
const SILENT: &[&str] = &[
    "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has",
    "have", "how", "i", "if", "in", "into", "is", "it", "its", "many", "may", "me", "my", "not", "of", "on", "or",
    "so", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "was", "what",
    "when", "where", "which", "who", "why", "will", "with", "you", "your",
];

/// The words of a text in their order, in small letters. Names are cut where a capital follows a small letter.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for letter in text.chars() {
        let is_start = letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
        if !letter.is_alphanumeric() && letter != '\'' || is_start {
            finish(&mut word, &mut all);
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    finish(&mut word, &mut all);
    all
}

fn finish(word: &mut String, all: &mut Vec<String>) {
    if !word.is_empty() {
        all.push(std::mem::take(word));
    }
}

/// Whether a word says something about what is looked for.
pub(super) fn is_telling(word: &str) -> bool {
    !SILENT.contains(&word)
}

/// The word without the ending of its plural or of its past: `accounts` and `account` are one word, as are `created` and
/// `create`. `routing` keeps its ending, since it is not `route`.
pub(super) fn stem(word: &str) -> &str {
    let cut = |end: &str, least: usize| word.strip_suffix(end).filter(|rest| rest.len() >= least);
    // `process`, `address` and `status` have no ending
    if let Some(rest) = cut("ies", 3) {
        return rest;
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word;
    }
    let word = cut("s", 3).unwrap_or(word);
    let cut = |end: &str, least: usize| word.strip_suffix(end).filter(|rest| rest.len() >= least);
    cut("ed", 4).or_else(|| cut("e", 3)).or_else(|| cut("y", 3)).unwrap_or(word)
}

/// The letters and digits of a name, in small letters.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{folded, stem, words};

    #[test]
    fn names_and_texts_are_cut_into_words() {
        assert_eq!(words("linkTokenCreate"), ["link", "token", "create"]);
        assert_eq!(words("/link/token/create"), ["link", "token", "create"]);
        assert_eq!(words("ITEM: ERROR_CODE"), ["item", "error", "code"]);
        assert_eq!(words("assetReportPDFGet v2"), ["asset", "report", "pdfget", "v2"]);
        assert_eq!(words("the user's Ä-b, \u{1f980}"), ["the", "users", "ä", "b"]);
        assert!(words("").is_empty());
        assert_eq!(folded("/Link/token_create"), "linktokencreate");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (a, b) in [
            ("accounts", "account"),
            ("created", "create"),
            ("identity", "identities"),
            ("balances", "balance"),
            ("statuses", "statuses"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_eq!((stem("address"), stem("status"), stem("ach"), stem("is")), ("address", "status", "ach", "is"));
    }
}
