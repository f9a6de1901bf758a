//! Classes for code that is data: the setup of a client. It knows strings, comments, numbers, keywords and calls, which
//! such code consists of.

use pretty::RcDoc;

use super::{Class, Doc, Language};

/// Code of a language as a document, one line for each of its lines.
pub fn highlight(language: Language, code: &str) -> Doc {
    RcDoc::intersperse(code.trim_end_matches('\n').lines().map(|text| line(language, text)), RcDoc::hardline())
}

fn line(language: Language, text: &str) -> Doc {
    let mut doc = Doc::nil();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let comment = if is_hash(language) { "#" } else { "//" };
        let (class, length) = if rest.starts_with(comment) {
            (Class::Comment, rest.len())
        } else if matches!(first, '"' | '\'' | '`') {
            (Class::String, string(rest, first))
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            (word(language, &rest[..length], before, &rest[length..]), length)
        } else if first.is_ascii_digit() {
            (Class::Literal, rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len()))
        } else {
            (Class::Plain, first.len_utf8())
        };
        let (piece, after) = rest.split_at(length);
        doc = doc.append(class.text(piece));
        before = piece.chars().last().unwrap_or(' ');
        rest = after;
    }
    doc
}

/// The length of a string at the beginning of a text, with its quotes.
fn string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (index, letter) in text.char_indices().skip(1) {
        if letter == quote && !is_escaped {
            return index + letter.len_utf8();
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    text.len()
}

fn word(language: Language, word: &str, before: char, after: &str) -> Class {
    if before != '.' && keywords(language).contains(&word) {
        Class::Keyword
    } else if word.starts_with(char::is_uppercase) {
        Class::Type
    } else if after.starts_with('(') {
        Class::Function
    } else {
        Class::Plain
    }
}

fn is_hash(language: Language) -> bool {
    matches!(language, Language::Python | Language::Ruby | Language::Curl)
}

fn keywords(language: Language) -> &'static [&'static str] {
    match language {
        Language::Node | Language::TypeScript => {
            &["const", "let", "import", "export", "from", "new", "await", "async", "function", "return", "if"]
        }
        Language::Python => &["import", "from", "as", "with", "def", "return", "if", "for", "in", "lambda"],
        Language::Rust => &["use", "let", "mut", "fn", "async", "await", "pub", "struct", "impl"],
        Language::Go => &["package", "import", "func", "var", "const", "return", "if", "map", "range", "type"],
        Language::Java => &["import", "new", "class", "public", "static", "final", "void", "throws", "return", "if"],
        Language::Ruby => &["require", "def", "end", "do", "if", "class", "module", "return"],
        Language::Curl => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;
    use crate::snippets::{Class, Language, Snippet};

    #[test]
    fn strings_comments_and_calls_have_classes() {
        let code = "const pets = require('pe\\'ts'); // it's\nclient.from(new Pet(2))\n";
        let snippet = Snippet::layout(&highlight(Language::Node, code), 80);
        assert_eq!(snippet.text(), code.trim_end());
        let of = |class| {
            snippet.spans.iter().filter(|span| span.class == class).map(|span| span.text.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of(Class::Keyword), ["const", "new"]);
        assert_eq!(of(Class::String), ["'pe\\'ts'"]);
        assert_eq!(of(Class::Comment), ["// it's"]);
        assert_eq!(of(Class::Function), ["require", "from"]);
        assert_eq!(of(Class::Type), ["Pet"]);
        assert_eq!(of(Class::Literal), ["2"]);
    }
}
