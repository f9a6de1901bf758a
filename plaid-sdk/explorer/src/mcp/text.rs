//! Texts for models.

use plaid_catalog::model::{Docs, Text};

/// A text of at most so many bytes, cut at a word. A cut text ends with `…`.
pub fn short(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.len() <= most {
        return text.to_owned();
    }
    let end = (0..=most.saturating_sub('…'.len_utf8())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default();
    let head = head.rsplit_once(char::is_whitespace).map_or(head, |(before, _)| before);
    format!("{}…", head.trim_end_matches([' ', ',', ';', '.', ':']))
}

/// The summary of something on one line, of at most so many bytes. Empty if there is none, or no room for one.
pub fn summary(docs: &Docs, most: usize) -> String {
    match docs.summary.as_ref().or(docs.description.as_ref()) {
        Some(text) if most > 0 => short(&line(text), most),
        _ => String::new(),
    }
}

/// Summary and description on one line.
pub fn whole(docs: &Docs, most: usize) -> String {
    let texts = docs.summary.iter().chain(&docs.description).map(line);
    short(&texts.collect::<Vec<_>>().join(" "), most)
}

/// A text on one line.
pub fn line(text: &Text) -> String {
    text.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn texts_are_cut_at_words_and_never_inside_a_character() {
        assert_eq!(short("one two three", 20), "one two three");
        assert_eq!(short("one two, three", 13), "one two…");
        assert_eq!(short("éééééé", 6), "é…");
        for most in 0..20 {
            assert!(short("ein größerer Text", most).len() <= most.max(3), "{most}");
        }
    }
}
