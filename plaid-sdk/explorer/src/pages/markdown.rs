//! Pages as Markdown.

use plaid_catalog::model::{Docs, EnumValue, code_span};

use super::document::{Block, Document, Item, Step};
use super::inline::{Inline, Mark, Piece};
use super::prose::{self, Form};
use super::tree::{Inside, Node, Tree};
use super::view::View;

/// A page as Markdown.
pub fn page(view: &View, document: &Document<'_>) -> String {
    let title = if document.is_code { code_span(&document.title) } else { document.title.clone() };
    let mut writer = Writer { view, text: format!("# {title}\n"), level: 2 };
    writer.blocks(&document.blocks);
    writer.text
}

struct Writer<'v> {
    view: &'v View,
    text: String,
    level: usize,
}

impl Writer<'_> {
    fn blocks(&mut self, all: &[Block<'_>]) {
        all.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Paragraph(text) | Block::Lead(text) => {
                let text = self.inline(text);
                self.paragraph(&text);
            }
            Block::Prose(text) => {
                let text = prose::markdown(self.view, text, Form::Markdown);
                self.paragraph(&text);
            }
            Block::Endpoint(operation, all) => {
                let line = code_span(&format!("{} {}", operation.method, operation.path));
                let marks = words(all);
                self.paragraph(&if marks.is_empty() { line } else { format!("{line} ({marks})") });
            }
            Block::Notice(text) => {
                let text = self.inline(text);
                self.paragraph(&format!("> {text}"));
            }
            Block::Section { title, blocks, .. } => {
                let heading = format!("{} {title}", "#".repeat(self.level));
                self.paragraph(&heading);
                self.level += 1;
                self.blocks(blocks);
                self.level -= 1;
            }
            Block::Tree(tree) => {
                self.text.push('\n');
                tree.roots().for_each(|node| self.property(tree, node, 0));
            }
            Block::Items(all) => {
                self.text.push('\n');
                all.iter().for_each(|item| self.item(item));
            }
            Block::Cards(all) => {
                self.text.push('\n');
                for card in all {
                    let (title, address) = &card.title;
                    let link = self.view.links.to_markdown(address);
                    self.line(0, &format!("[{title}]({link}), {}: {}", card.note, card.about));
                }
            }
            Block::Steps(before, _, after) => self.steps(before, after),
            Block::Values(all) => {
                self.text.push('\n');
                all.iter().for_each(|(value, docs)| self.value(0, value, docs));
            }
            Block::Facts(all) => {
                self.text.push('\n');
                for (name, text) in all {
                    let text = self.inline(text);
                    self.line(0, &format!("{name}: {text}"));
                }
            }
            Block::Code(language, text) => self.paragraph(&format!("```{language}\n{text}\n```")),
            Block::Html(_) => {}
            Block::Only(blocks) => self.blocks(blocks),
        }
    }

    /// A paragraph, if there is something in it.
    fn paragraph(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.text.push('\n');
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    /// A line of a list.
    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str("- ");
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn item(&mut self, item: &Item<'_>) {
        let name = if item.is_code { code_span(&item.name) } else { item.name.clone() };
        let name = match &item.to {
            Some((address, _)) => format!("[{name}]({})", self.view.links.to_markdown(address)),
            None => name,
        };
        let notes: Vec<String> =
            item.marks.iter().map(|mark| mark.word().to_owned()).chain(item.note.clone()).collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        let about = self.inline(&item.about);
        let about = if about.is_empty() { about } else { format!(": {about}") };
        self.line(0, &format!("{name}{notes}{about}"));
    }

    fn steps(&mut self, before: &[Step<'_>], after: &[Step<'_>]) {
        for (title, all) in [("Usually called before this:", before), ("Usually called after this:", after)] {
            if all.is_empty() {
                continue;
            }
            self.paragraph(title);
            self.text.push('\n');
            for step in all {
                let link =
                    self.view.links.to_markdown(&super::links::Address::operation(self.view.catalog, step.operation));
                let reason = prose::line(self.view, step.reason);
                self.line(0, &format!("[{}]({link}): {reason}", code_span(&step.operation.path)));
            }
        }
    }

    fn property(&mut self, tree: &Tree<'_>, node: &Node<'_>, depth: usize) {
        let mut notes = vec![self.inline(&node.label)];
        notes.extend(node.marks.iter().map(|mark| mark.word().to_owned()));
        notes.extend(node.limits.iter().cloned());
        let text = node.text.map(|text| prose::line(self.view, text)).unwrap_or_default();
        let text = if text.is_empty() { text } else { format!(": {text}") };
        self.line(depth, &format!("{} ({}){text}", code_span(node.name), notes.join(", ")));
        match &node.inside {
            Inside::Nothing | Inside::Again(_) | Inside::Elsewhere(..) => {}
            Inside::Values(values) => self.values(depth + 1, values),
            Inside::Properties(children) => {
                tree.pick(children).for_each(|child| self.property(tree, child, depth + 1));
            }
        }
    }

    /// The values of an enum: a line for each if they have docs, else one line.
    fn values(&mut self, depth: usize, values: &[EnumValue]) {
        if values.iter().any(|value| value.docs.is_told()) {
            values.iter().for_each(|one| self.value(depth, &one.value.to_string(), &one.docs));
        } else {
            let all: Vec<String> = values.iter().map(|one| code_span(&one.value.to_string())).collect();
            self.line(depth, &all.join(", "));
        }
    }

    fn value(&mut self, depth: usize, value: &str, docs: &Docs) {
        let value = if value.is_empty() { "\"\"" } else { value };
        let old = if docs.deprecated { " (deprecated)" } else { "" };
        let text = docs.description.as_ref().or(docs.summary.as_ref());
        let text = text.map(|text| format!(": {}", prose::line(self.view, text))).unwrap_or_default();
        self.line(depth, &format!("{}{old}{text}", code_span(value)));
    }

    fn inline(&self, text: &Inline<'_>) -> String {
        let piece = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Code(code) => code_span(code),
            Piece::Prose(text) => prose::line(self.view, text),
            Piece::Link(text, address) => format!("[{text}]({})", self.view.links.to_markdown(address)),
            Piece::CodeLink(code, address) => {
                format!("[{}]({})", code_span(code), self.view.links.to_markdown(address))
            }
            Piece::External(text, address) => format!("[{text}]({address})"),
        };
        text.0.iter().map(piece).collect()
    }
}

fn words(marks: &[Mark]) -> String {
    marks.iter().map(|mark| mark.word()).collect::<Vec<_>>().join(", ")
}
