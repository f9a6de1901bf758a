//! Splits Markdown into text and code.

use super::{ends_block, fence_of};
use api_model::{Span, Text};

/// Splits Markdown: code spans become separate spans, except inside links and code blocks.
pub fn spans(markdown: &str) -> Text {
    let mut out = Text::default();
    let mut fence: Option<&str> = None;
    for line in markdown.split_inclusive('\n') {
        if let Some(end) = fence {
            push(&mut out, line);
            if ends_block(line, end) {
                fence = None;
            }
        } else if let Some(start) = fence_of(line.trim()) {
            push(&mut out, line);
            fence = Some(start);
        } else {
            spans_of_line(line, &mut out);
        }
    }
    out
}

fn spans_of_line(line: &str, out: &mut Text) {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '[']) {
        let (before, found) = rest.split_at(at);
        push(out, before);
        let taken = if let Some((span, taken)) = code(found) {
            out.0.push(Span::Code(span.to_owned()));
            taken
        } else {
            let taken = match link(found) {
                Some((_, _, taken)) => taken,
                // Backticks that don't start a span are copied together, since fewer of them could start one.
                None => (found.len() - found.trim_start_matches('`').len()).max(1),
            };
            push(out, &found[..taken]);
            taken
        };
        rest = &found[taken..];
    }
    push(out, rest);
}

/// Appends Markdown to the last span.
fn push(out: &mut Text, markdown: &str) {
    match out.0.last_mut() {
        Some(Span::Markdown(last)) => last.push_str(markdown),
        _ if markdown.is_empty() => {}
        _ => out.0.push(Span::Markdown(markdown.to_owned())),
    }
}

/// The content of the code span that a text begins with, and the length of the whole.
pub(super) fn code(text: &str) -> Option<(&str, usize)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let fence = &text[..ticks];
    let mut from = ticks;
    loop {
        let start = from + text[from..].find(fence)?;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            let content = &text[ticks..start];
            let padded = content.strip_prefix(' ').and_then(|rest| rest.strip_suffix(' '));
            return Some((padded.filter(|inner| !inner.trim().is_empty()).unwrap_or(content), start + ticks));
        }
        from = start + run;
    }
}

/// The text and address of the link that a text begins with, and the length of the whole.
pub(super) fn link(text: &str) -> Option<(&str, &str, usize)> {
    let close = text.strip_prefix('[')?.find(']')? + 1;
    let inside = &text[1..close];
    let address = text[close + 1..].strip_prefix('(')?;
    let address = &address[..address.find(')')?];
    let leads = is_absolute(address) || address.starts_with(['/', '#', '.']);
    (leads && !inside.contains('[')).then_some((inside, address, close + address.len() + 3))
}

/// Whether an address is absolute.
pub(super) fn is_absolute(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
