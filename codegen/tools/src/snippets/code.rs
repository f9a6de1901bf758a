//! Pieces of code that languages share: bracketed members, statements, text in quotes.

use api_model::Sample;
use pretty::RcDoc;

use super::{Class, Doc, Snippet};

/// How wide snippets are.
pub const WIDTH: usize = 100;

/// How members are bracketed.
#[derive(Clone, Copy, Debug)]
pub struct Brackets {
    /// What opens them.
    pub open: &'static str,
    /// What closes them.
    pub close: &'static str,
    /// Whether a space separates the brackets from members on one line.
    pub spaced: bool,
    /// Whether a comma follows the last member if each has a line of its own.
    pub trailing_comma: bool,
    /// How far members on lines of their own are indented.
    pub indent: isize,
}

/// Members on one line, or on a line each.
pub fn members(brackets: Brackets, all: Vec<Doc>) -> Doc {
    if all.is_empty() {
        return Doc::text(format!("{}{}", brackets.open, brackets.close));
    }
    let edge = || if brackets.spaced { RcDoc::line() } else { RcDoc::line_() };
    let trailing = if brackets.trailing_comma { Doc::text(",").flat_alt("") } else { Doc::nil() };
    let inner = edge().append(RcDoc::intersperse(all, Doc::text(",").append(RcDoc::line()))).append(trailing);
    Doc::text(brackets.open).append(inner.nest(brackets.indent)).append(edge()).append(brackets.close).group()
}

/// Lines one below the other.
pub fn lines(all: impl IntoIterator<Item = Doc>) -> Doc {
    RcDoc::intersperse(all, RcDoc::hardline())
}

/// The spaces of one step of indentation that [`tidy`] replaces.
pub const TAB: isize = 4;

/// Removes spaces at the ends of lines. With a `tab`, it replaces each step of indentation.
pub fn tidy(snippet: &mut Snippet, tab: Option<&str>) {
    for span in snippet.spans.iter_mut().filter(|span| span.class == Class::Plain) {
        let mut lines = span.text.split('\n');
        let mut text = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            text.truncate(text.trim_end_matches([' ', '\t']).len());
            text.push('\n');
            let code = line.trim_start_matches(' ');
            let spaces = line.len() - code.len();
            match tab {
                Some(tab) => {
                    text.push_str(&tab.repeat(spaces / TAB.unsigned_abs()));
                    text.push_str(&" ".repeat(spaces % TAB.unsigned_abs()));
                    text.push_str(code);
                }
                None => text.push_str(line),
            }
        }
        span.text = text;
    }
}

/// A sample as JSON.
pub fn json(sample: &Sample) -> Doc {
    let brackets = |open, close, spaced| Brackets { open, close, spaced, trailing_comma: false, indent: 2 };
    match sample {
        Sample::Null => Class::Literal.text("null"),
        Sample::Bool(value) => Class::Literal.text(value.to_string()),
        Sample::Number(digits) => Class::Literal.text(digits.clone()),
        Sample::Text(text) => Class::String.text(quoted(text, '"', unicode_4)),
        Sample::List(all) => members(brackets("[", "]", false), all.iter().map(json).collect()),
        Sample::Object(all) => {
            let member = |(name, value): &(String, Sample)| {
                Class::Property.text(quoted(name, '"', unicode_4)).append(": ").append(json(value))
            };
            members(brackets("{", "}", true), all.iter().map(member).collect())
        }
    }
}

/// A text in quotes, with the escapes that JSON, JavaScript and Python share. Characters that can't be seen, or that
/// change the order of the others, are written by `escape`.
pub fn quoted(text: &str, quote: char, escape: fn(char) -> String) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(quote);
    for letter in text.chars() {
        match letter {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\\' => quoted.push_str("\\\\"),
            _ if letter == quote => quoted.extend(['\\', letter]),
            _ if is_invisible(letter) => quoted.push_str(&escape(letter)),
            _ => quoted.push(letter),
        }
    }
    quoted.push(quote);
    quoted
}

/// A character as an escape, `\u` and four hexadecimal digits, or as two of them.
pub fn unicode_4(letter: char) -> String {
    let mut units = [0; 2];
    letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// Whether a character can't be seen, or changes how others are shown: code with it would not be what it looks like.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'
                ..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// How many digits of a number are significant: those between the first and the last that is not zero.
pub fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Whether a language whose numbers are `f64` sends another value: more than 15 digits, or out of range.
pub fn is_rounded(number: &str) -> bool {
    significant_digits(number) > 15 || number.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// Members as [`members`] lays them out, but a single one is not on a line of its own.
pub fn hugged(brackets: Brackets, mut all: Vec<Doc>) -> Doc {
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Doc::text(brackets.open).append(only).append(brackets.close),
        (last, _) => {
            all.extend(last);
            members(brackets, all)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_rounded, json, quoted, significant_digits, unicode_4};
    use crate::snippets::Snippet;

    #[test]
    fn what_can_not_be_seen_is_escaped() {
        assert_eq!(quoted("it's\n\u{202e}\u{e0041}é", '\'', unicode_4), "'it\\'s\\n\\u202e\\udb40\\udc41é'");
        let sample = crate::json::parse("{\"a\":[\"\\\"\\u0000\",1.50,null,true,{}]}").expect("JSON");
        let text = Snippet::layout(&json(&sample), 80).text();
        assert_eq!(text, "{ \"a\": [\"\\\"\\u0000\", 1.50, null, true, {}] }");
        assert_eq!(crate::json::parse(&text).expect("JSON"), sample);
    }

    #[test]
    fn numbers_with_too_many_digits_are_noticed() {
        assert_eq!(significant_digits("0.00120"), 2);
        assert_eq!(significant_digits("-12300"), 3);
        assert_eq!(significant_digits("1.5e300"), 2);
        assert!(is_rounded("1234567890123456.7") && is_rounded("1e400"));
        assert!(!is_rounded("110.10") && !is_rounded("100000000000000000000"));
    }
}
