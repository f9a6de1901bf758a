//! Markdown of an OpenAPI document, made fit for rustdoc.
//!
//! Documents are written for a web site: what looks like a link, a tag or a bare address there is a warning here. Code
//! spans, code blocks and real links are left alone.

/// Leads from what stands in a code span to the Markdown to put in its place, if it names something.
pub type Links<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The text with everything escaped that rustdoc would trip over.
pub fn to_rustdoc(markdown: &str) -> String {
    to_rustdoc_with(markdown, &|_| None)
}

/// The same, with links for code spans.
pub fn to_rustdoc_with(markdown: &str, links: Links<'_>) -> String {
    let mut out = String::with_capacity(markdown.len() + 16);
    // What the block of code that a line stands in ends with.
    let mut fence: Option<&str> = None;
    let text = markdown.replace('\t', "    ").replace(is_hazard, "");
    for line in text.lines() {
        let line = line.trim_end();
        let trimmed = line.trim_start();
        if let Some(end) = fence {
            out.push_str(line);
            if trimmed.starts_with(end) && fence_of(trimmed) == Some(trimmed) {
                fence = None;
            }
        } else if let Some(start) = fence_of(trimmed) {
            // A block without a language would be run as a doctest, and one of Rust as well.
            out.push_str(start);
            out.push_str("text");
            fence = Some(start);
        } else {
            // Four spaces would start a code block, which would be run as a doctest.
            let indent = (line.len() - trimmed.len()).min(3);
            out.push_str(&" ".repeat(indent));
            escape_line(trimmed, links, &mut out);
        }
        out.push('\n');
    }
    if let Some(end) = fence {
        out.push_str(end);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The fence that a line starts a block of code with, if it does.
fn fence_of(line: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|sign| {
        let (fence, rest) = line.split_at(line.len() - line.trim_start_matches(sign).len());
        // Behind backticks there can be no more of them: that is a span in a line.
        (fence.len() >= 3 && !(sign == '`' && rest.contains('`'))).then_some(fence)
    })
}

/// Signs that turn the direction of writing around, which rustc refuses in comments, and the second half of a line's end.
fn is_hazard(c: char) -> bool {
    matches!(c, '\r' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn escape_line(line: &str, links: Links<'_>, out: &mut String) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest, links, out),
            '[' => bracket(rest, links, out),
            '<' => angle(rest, out),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => address(rest, out),
            // Many of them behind the mark of a list or quote would start a code block.
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

/// Copies a code span, or what stands for it; or escapes a backtick that opens none.
fn code_span(rest: &str, links: Links<'_>, out: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let fence = &rest[..ticks];
    let mut from = ticks;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find(fence)) {
        let start = from + at;
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if run == ticks {
            match links(&rest[ticks..start]) {
                Some(link) => out.push_str(&link),
                None => out.push_str(&rest[..start + ticks]),
            }
            return start + ticks;
        }
        from = start + run;
    }
    for _ in 0..ticks {
        out.push_str("\\`");
    }
    ticks
}

/// Copies `<address>`; any other angle is one of the text.
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

/// Copies `[text](address)`, its text escaped; of a link inside the source's own site only the text. Any other bracket is
/// one of the text.
fn bracket(rest: &str, links: Links<'_>, out: &mut String) -> usize {
    if let Some(close) = rest.find(']')
        && rest[close + 1..].starts_with('(')
        && let Some(end) = rest[close..].find(')')
        && !rest[1..close].contains('[')
    {
        let address = &rest[close + 2..close + end];
        let whole = address.starts_with("https://") || address.starts_with("http://");
        if whole {
            out.push('[');
            // A link can't stand in another.
            escape_line(&rest[1..close], &|_| None, out);
            out.push_str("](");
            out.push_str(address);
            out.push(')');
        } else if address.starts_with(['/', '#', '.']) {
            escape_line(&rest[1..close], links, out);
        }
        if whole || address.starts_with(['/', '#', '.']) {
            return close + end + 1;
        }
    }
    out.push_str("\\[");
    1
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
    use super::{to_rustdoc, to_rustdoc_with};

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
            assert_eq!(to_rustdoc(from), to, "{from}");
        }
    }
    #[test]
    fn spans_that_name_something_are_links_but_in_a_link() {
        let links = |span: &str| (span == "/a").then(|| "[`/a`](A::a)".to_owned());
        for (from, to) in [
            ("Call `/a`, then ``/a``, not `/b`.", "Call [`/a`](A::a), then [`/a`](A::a), not `/b`."),
            ("see [`/a`](https://example.com)", "see [`/a`](https://example.com)"),
            ("see [`/a`](/docs)", "see [`/a`](A::a)"),
            ("`/a", "\\`/a"),
        ] {
            assert_eq!(to_rustdoc_with(from, &links), to, "{from}");
        }
    }
}
