//! Markdown of an OpenAPI document, made fit for rustdoc.
//!
//! Documents are written for a web site: what looks like a link, a tag or a bare address there is a warning here. Code
//! spans, code blocks and real links are left alone.

/// The text with everything escaped that rustdoc would trip over.
pub fn to_rustdoc(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + 16);
    let mut fenced = false;
    for line in markdown.replace('\r', "").replace('\t', "    ").lines() {
        let line = line.trim_end();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            // A block without a language would be run as a doctest.
            out.push_str(if fenced && trimmed.trim_matches(['`', '~']).is_empty() { "```text" } else { trimmed });
            if fenced && !trimmed.trim_matches(['`', '~']).is_empty() {
                out.truncate(out.len() - trimmed.len());
                out.push_str("```text");
            }
        } else if fenced {
            out.push_str(line);
        } else {
            // Four spaces would start a code block, which would be run as a doctest.
            let indent = (line.len() - trimmed.len()).min(3);
            out.push_str(&" ".repeat(indent));
            escape_line(trimmed, &mut out);
        }
        out.push('\n');
    }
    if fenced {
        out.push_str("```\n");
    }
    out.truncate(out.trim_end().len());
    out
}

fn escape_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest, out),
            '[' => bracket(rest, out),
            '<' => angle(rest, out),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => address(rest, out),
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
}

/// Copies a code span, or escapes a backtick that opens none.
fn code_span(rest: &str, out: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let fence = &rest[..ticks];
    let mut from = ticks;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find(fence)) {
        let start = from + at;
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if run == ticks {
            out.push_str(&rest[..start + ticks]);
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
fn bracket(rest: &str, out: &mut String) -> usize {
    if let Some(close) = rest.find(']')
        && rest[close + 1..].starts_with('(')
        && let Some(end) = rest[close..].find(')')
        && !rest[1..close].contains('[')
    {
        let address = &rest[close + 2..close + end];
        let whole = address.starts_with("https://") || address.starts_with("http://");
        if whole {
            out.push('[');
            escape_line(&rest[1..close], out);
            out.push_str("](");
            out.push_str(address);
            out.push(')');
        } else if address.starts_with(['/', '#', '.']) {
            escape_line(&rest[1..close], out);
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
    use super::to_rustdoc;

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
            ("    indented", "   indented"),
            ("ends with [", "ends with \\["),
        ] {
            assert_eq!(to_rustdoc(from), to, "{from}");
        }
    }
}
