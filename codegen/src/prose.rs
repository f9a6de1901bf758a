//! Converts texts for rustdoc, and splits Markdown into spans.
//!
//! Documents are written for a web site. Their links, tags and bare addresses can cause warnings in rustdoc. Code
//! spans, code blocks and real links are left alone.

mod spans;

pub use self::spans::spans;
use api_model::{Span, Target, Text, code_span};

/// Makes the Markdown of a link from its code and its target. Returns `None` if there is nothing to link to.
pub type Links<'a> = &'a dyn Fn(&str, &Target) -> Option<String>;

/// The text with its links, and with everything escaped that would cause a warning in rustdoc.
pub fn to_rustdoc(text: &Text, links: Links<'_>) -> String {
    let mut out = String::new();
    // The fence that ends the current code block.
    let mut fence = None;
    for span in &text.0 {
        match span {
            Span::Markdown(markdown) => write_markdown(markdown, &mut fence, &mut out),
            Span::Code(code) => out.push_str(&code_span(code)),
            Span::Link { code, to } => out.push_str(&links(code, to).unwrap_or_else(|| code_span(code))),
        }
    }
    if let Some(end) = fence {
        if !out.ends_with('\n') {
            end_line(&mut out);
        }
        out.push_str(&end);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Writes a piece of Markdown, which may begin and end inside a line. `fence` ends the code block that it begins in.
fn write_markdown(markdown: &str, fence: &mut Option<String>, out: &mut String) {
    let text = markdown.replace('\t', "    ").replace(is_hazard, "");
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            end_line(out);
        } else if !out.is_empty() && !out.ends_with('\n') {
            escape_line(line, out);
            continue;
        }
        let trimmed = line.trim_start();
        if let Some(end) = fence.as_deref() {
            out.push_str(line);
            if ends_block(line, end) {
                *fence = None;
            }
        } else if let Some(start) = fence_of(trimmed) {
            // A block without a language, or with Rust, would be run as a doctest.
            out.push_str(start);
            out.push_str("text");
            *fence = Some(start.to_owned());
        } else {
            // Four spaces would start a code block, which would be run as a doctest.
            let indent = (line.len() - trimmed.len()).min(3);
            out.push_str(&" ".repeat(indent));
            escape_line(trimmed, out);
        }
    }
}

/// Ends a line, without white space before the end.
fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').len());
    out.push('\n');
}

/// Whether a line ends the code block that this fence began.
fn ends_block(line: &str, fence: &str) -> bool {
    let line = line.trim();
    line.starts_with(fence) && fence_of(line) == Some(line)
}

/// The fence of a line that starts a code block.
fn fence_of(line: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|sign| {
        let (fence, rest) = line.split_at(line.len() - line.trim_start_matches(sign).len());
        // If more backticks follow, it is a code span in a line.
        (fence.len() >= 3 && !(sign == '`' && rest.contains('`'))).then_some(fence)
    })
}

/// Characters that reverse the text direction, which rustc rejects in comments, and the carriage return of a line end.
fn is_hazard(c: char) -> bool {
    matches!(c, '\r' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn escape_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code(rest, out),
            '[' => bracket(rest, out),
            '<' => angle(rest, out),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => address(rest, out),
            // Many spaces after the marker of a list or quote would start a code block.
            ' ' => {
                out.push(' ');
                rest.len() - rest.trim_start_matches(' ').len()
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
}

/// Copies a code span, or escapes a backtick that does not start one.
fn code(rest: &str, out: &mut String) -> usize {
    if let Some((_, taken)) = spans::code(rest) {
        out.push_str(&rest[..taken]);
        return taken;
    }
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    for _ in 0..ticks {
        out.push_str("\\`");
    }
    ticks
}

/// Copies `<address>`, or escapes any other angle bracket.
fn angle(rest: &str, out: &mut String) -> usize {
    if let Some(end) = rest.find('>')
        && ["<http://", "<https://"].iter().any(|start| rest.starts_with(start))
        && !rest[..end].contains(char::is_whitespace)
    {
        out.push_str(&rest[..=end]);
        return end + 1;
    }
    out.push_str("\\<");
    1
}

/// Copies `[text](address)` with its text escaped. A link inside the source's own site is replaced by its text. Any
/// other bracket is escaped.
fn bracket(rest: &str, out: &mut String) -> usize {
    let Some((text, address, taken)) = spans::link(rest) else {
        out.push_str("\\[");
        return 1;
    };
    if spans::is_absolute(address) {
        out.push('[');
        escape_line(text, out);
        out.push_str("](");
        out.push_str(address);
        out.push(')');
    } else {
        escape_line(text, out);
    }
    taken
}

/// Puts a bare address in angle brackets.
fn address(rest: &str, out: &mut String) -> usize {
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"`)]".contains(c)).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    out.push('<');
    out.push_str(address);
    out.push('>');
    address.len()
}

#[cfg(test)]
mod tests {
    use super::{spans, to_rustdoc};
    use api_model::{Span, Target, Text};

    #[test]
    fn hazards_are_escaped() {
        for (from, to) in [
            ("a [list] of `[things]`", "a \\[list] of `[things]`"),
            ("see [this](https://example.com/a_b) now", "see [this](https://example.com/a_b) now"),
            ("[gone](/docs/x) and [up](#x)", "gone and up"),
            ("a[0](x)", "a\\[0](x)"),
            ("at <https://example.com>.", "at <https://example.com>."),
            ("at https://example.com/x.", "at <https://example.com/x>."),
            ("the <environment> one", "the \\<environment> one"),
            ("a ` alone", "a \\` alone"),
            ("``a`b`` c", "``a`b`` c"),
            ("```\nlet x\n```", "```text\nlet x\n```"),
            ("```json\n{}\n", "```text\n{}\n```"),
            ("~~~rust\n```\n~~~\n[a]", "~~~text\n```\n~~~\n\\[a]"),
            ("````\n```\n````", "````text\n```\n````"),
            ("    indented", "   indented"),
            ("ends with [", "ends with \\["),
            ("-      let x", "- let x"),
            ("turned \u{202E}around", "turned around"),
        ] {
            assert_eq!(to_rustdoc(&Text::markdown(from), &|_, _| None), to, "{from}");
            assert_eq!(to_rustdoc(&spans(from), &|_, _| None), to, "{from}, split into spans");
        }
    }

    #[test]
    fn linked_code_is_a_separate_span_except_inside_a_link() {
        let links = |code: &str, _: &Target| (code == "/a").then(|| "[`/a`](A::a)".to_owned());
        let target = || Target::Operation("a".to_owned());
        for (from, to) in [
            ("Call `/a`, then ``/a``, not `/b`.", "Call [`/a`](A::a), then [`/a`](A::a), not `/b`."),
            ("`/a` first\n\n- `/a`\n  `/a`", "[`/a`](A::a) first\n\n- [`/a`](A::a)\n  [`/a`](A::a)"),
            ("see [`/a`](https://example.com)", "see [`/a`](https://example.com)"),
            ("see [`/a`](/docs)", "see `/a`"),
            ("```\n`/a`\n```\n`/a`", "```text\n`/a`\n```\n[`/a`](A::a)"),
            ("`/a", "\\`/a"),
        ] {
            let linked = spans(from).0.into_iter().map(|span| match span {
                Span::Code(code) => Span::Link { code, to: target() },
                span => span,
            });
            assert_eq!(to_rustdoc(&Text(linked.collect()), &links), to, "{from}");
        }
    }

    #[test]
    fn splitting_into_spans_loses_nothing() {
        for text in ["", "a", "`a`", "a `b` c\n\n`d`\n", "``a`b`` `", "[`a`](b) ```\n`", "~~~\n`a`\n~~~ `b`"] {
            assert_eq!(spans(text).to_string(), text);
        }
    }
}
