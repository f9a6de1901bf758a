//! Code as a document that is laid out for a width, and then as spans with a class each.

use std::fmt;

use pretty::{RcDoc, Render, RenderAnnotated};

/// Code that is not laid out yet. Its texts are annotated with their class.
pub type Doc = RcDoc<'static, Class>;

/// What a piece of code is, so that a page can colour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Spaces, punctuation, names of variables.
    Plain,
    /// A word of the language.
    Keyword,
    /// The name of a type, class, module or enum value.
    Type,
    /// The name of a function or method that is called.
    Function,
    /// The name of a property, field, argument or option.
    Property,
    /// A string, with its quotes.
    String,
    /// A number, `true`, `false`, or what the language has for `null`.
    Literal,
    /// A comment.
    Comment,
}

impl Class {
    /// Its name in data: `string`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Keyword => "keyword",
            Self::Type => "type",
            Self::Function => "function",
            Self::Property => "property",
            Self::String => "string",
            Self::Literal => "literal",
            Self::Comment => "comment",
        }
    }

    /// A text of this class.
    pub fn text(self, text: impl Into<String>) -> Doc {
        RcDoc::text(text.into()).annotate(self)
    }
}

/// A piece of code of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub class: Class,
    /// Its text. It may contain line breaks.
    pub text: String,
}

/// Code, ready to show. Neighbouring spans differ in their class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The pieces, in order.
    pub spans: Vec<Span>,
}

impl Snippet {
    /// Lays code out for lines of at most `width` characters, where it can be broken.
    pub fn layout(doc: &Doc, width: usize) -> Self {
        let mut writer = Writer { snippet: Self::default(), classes: Vec::new() };
        // Writing into memory does not fail.
        let _written = doc.render_raw(width, &mut writer);
        writer.snippet
    }

    /// The code as text.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Appends a piece.
    pub fn push(&mut self, class: Class, text: &str) {
        match self.spans.last_mut() {
            Some(last) if last.class == class => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.spans.push(Span { class, text: text.to_owned() }),
        }
    }
}

struct Writer {
    snippet: Snippet,
    /// The classes of the annotations that are open.
    classes: Vec<Class>,
}

impl Render for Writer {
    type Error = fmt::Error;

    fn write_str(&mut self, text: &str) -> Result<usize, fmt::Error> {
        self.snippet.push(self.classes.last().copied().unwrap_or(Class::Plain), text);
        Ok(text.len())
    }

    fn fail_doc(&self) -> fmt::Error {
        fmt::Error
    }
}

impl RenderAnnotated<'_, Class> for Writer {
    fn push_annotation(&mut self, class: &Class) -> Result<(), fmt::Error> {
        self.classes.push(*class);
        Ok(())
    }

    fn pop_annotation(&mut self) -> Result<(), fmt::Error> {
        self.classes.pop();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Doc, Snippet};
    use pretty::RcDoc;

    #[test]
    fn code_is_broken_where_it_does_not_fit() {
        let list = RcDoc::intersperse(
            ["1", "22"].map(|digits| Class::Literal.text(digits)),
            Doc::text(",").append(Doc::line()),
        );
        let code = Doc::text("[").append(Doc::line_().append(list).nest(2)).append(Doc::line_()).append("]").group();
        assert_eq!(Snippet::layout(&code, 80).text(), "[1, 22]");
        let broken = Snippet::layout(&code, 4);
        assert_eq!(broken.text(), "[\n  1,\n  22\n]");
        let literals: Vec<&str> =
            broken.spans.iter().filter(|s| s.class == Class::Literal).map(|s| s.text.as_str()).collect();
        assert_eq!(literals, ["1", "22"]);
    }
}
