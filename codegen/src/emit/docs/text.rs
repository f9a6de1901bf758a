//! Builds the text of doc attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::links::{Links, Origin};
use api_model::{Docs, code_span};

/// A code span with any text.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    code_span(&text.replace(['\n', '\r'], " "))
}

/// Lines of documentation, to be turned into attributes.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// Adds prose, with links that are relative to the place.
    pub(super) fn prose(&mut self, links: &Links<'_>, docs: &Docs, from: Origin) {
        for text in [&docs.summary, &docs.description].into_iter().flatten() {
            let text = links.text(text, from);
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

    /// Adds a list, if it is not empty.
    pub(super) fn list(&mut self, items: &[String]) {
        if !items.is_empty() {
            self.paragraph(&format!("- {}", items.join("\n- ")));
        }
    }

    pub(super) fn tokens(&self) -> TokenStream {
        // One attribute per line, with a leading space: it is printed as `/// text`.
        let lines = self.0.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        quote!(#(#[doc = #lines])*)
    }
}
