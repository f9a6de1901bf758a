//! Text for a terminal: titles, wrapped paragraphs, tables of three columns.

use std::fmt::Write as _;

/// How wide a line is.
const WIDTH: usize = 110;

/// The widths of the first two columns; longer contents move the rest to the next line.
const FIRST: usize = 34;
const SECOND: usize = 34;

/// A page of text.
#[derive(Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// The text, with a line break at its end.
    pub fn into_text(self) -> String {
        let mut text = self.text.trim_end().to_owned();
        text.push('\n');
        text
    }

    /// Adds a line.
    pub fn line(&mut self, line: &str) {
        // Writing to a string can't fail.
        let _ = writeln!(self.text, "{}", line.trim_end());
    }

    /// Adds an empty line, unless there is one.
    pub fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds a title.
    pub fn title(&mut self, title: &str) {
        self.gap();
        self.line(title);
    }

    /// Adds a paragraph, broken into lines and indented.
    pub fn wrapped(&mut self, text: &str, indent: usize) {
        for line in wrap(text, WIDTH - indent) {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    /// Adds a row of three columns. The third is wrapped.
    pub fn row(&mut self, first: &str, second: &str, third: &str) {
        let mut line = format!("  {first:FIRST$}  {second}");
        let start = 2 + FIRST + 2;
        if third.is_empty() {
            return self.line(&line);
        }
        if second.is_empty() {
            if first.chars().count() > FIRST {
                self.line(&line);
                return self.wrapped(third, start);
            }
            let mut lines = wrap(third, WIDTH - start).into_iter();
            self.line(&format!("{line}{}", lines.next().unwrap_or_default()));
            return lines.for_each(|rest| self.line(&format!("{}{rest}", " ".repeat(start))));
        }
        let used = line.chars().count();
        let column = start + SECOND + 2;
        if used + 2 <= column && column + third.chars().count() <= WIDTH {
            line.push_str(&" ".repeat(column - used));
            line.push_str(third);
            return self.line(&line);
        }
        self.line(&line);
        self.wrapped(third, start + 2);
    }

    /// Adds rows.
    pub fn table(&mut self, rows: Vec<(String, String, String)>) {
        rows.iter().for_each(|(first, second, third)| self.row(first, second, third));
    }
}

/// The lines of a text, none longer than a width unless a single word is.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.lines() {
        let mut line = String::new();
        for word in part.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// A text up to the end of its first sentence.
pub fn first_sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.find(". ").map_or(line, |end| &line[..=end]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Page, WIDTH, first_sentence};

    #[test]
    fn lines_are_not_too_wide() {
        let mut page = Page::default();
        page.title("Title");
        page.row("a", "string, required", "short");
        page.row("b", "string, required", &"word ".repeat(40));
        page.row("CODE", "", &"word ".repeat(40));
        page.wrapped(&"word ".repeat(60), 4);
        let text = page.into_text();
        assert!(text.contains(&format!("  {:34}  {:34}  short\n", "a", "string, required")), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line.trim_end() == line), "{text}");
        assert!(text.ends_with("word\n") && !text.contains("\n\n\n"), "{text}");
        assert_eq!(first_sentence("One. Two."), "One.");
    }
}
