//! Text on its way to attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::links::{Links, Origin};
use crate::ir::Docs;
use crate::prose;

/// A text of our own, made fit for rustdoc, with links to what it names.
pub(super) fn own(links: &Links, text: &str, from: Origin<'_>) -> String {
    prose::to_rustdoc_with(text, &|span| links.markdown(span, from))
}

/// A code span that holds the text whatever is in it.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Lines of documentation, on their way to attributes.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// What is said in prose. Our own words have links, to be seen from there.
    pub(super) fn prose(&mut self, links: &Links, docs: &Docs, from: Origin<'_>) {
        for text in [&docs.summary, &docs.description].into_iter().flatten() {
            let text = if docs.own { own(links, text, from) } else { prose::to_rustdoc(text) };
            if !text.trim().is_empty() {
                self.paragraph(text.trim());
            }
        }
    }

    /// Leaves out all but the first paragraph.
    pub(super) fn first_paragraph(&mut self) {
        if let Some(end) = self.0.find("\n\n") {
            self.0.truncate(end);
        }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(text);
    }

    pub(super) fn sentence(&mut self, text: &str) {
        self.0.push_str(if self.0.is_empty() { "" } else { " " });
        self.0.push_str(text);
    }

    pub(super) fn item(&mut self, text: &str) {
        self.0.push_str(if self.0.ends_with("# Errors") { "\n\n" } else { "\n" });
        self.0.push_str("- ");
        self.0.push_str(text);
    }

    pub(super) fn tokens(&self) -> TokenStream {
        // A line an attribute, a space in front: this is what prints as `/// text`.
        let lines = self.0.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        quote!(#(#[doc = #lines])*)
    }
}
