//! Adds the maintainers' texts where the document has no prose of its own.

mod book;
mod check;
mod names;

use std::collections::{BTreeMap, HashSet};

use self::book::{Book, Said};
use self::names::{Names, Page};
use crate::config::Texts;
use crate::diag::{Pointer, Report};
use crate::layout::Modules;
use api_model::{Api, Docs, Kind, Next, Target, Text, TypeId};

/// Fills in the docs of modules, operations, types, properties and values, with links to what they name. It is an error
/// if an entry matches nothing, belongs in another module's file, or uses an ambiguous name. If the texts are written
/// for another document (not `strict`), it is a note.
pub fn run(api: &mut Api, modules: &mut Modules, texts: &Texts, strict: bool, report: &mut Report) {
    let mut found = check::run(api, modules, texts, strict);
    let book = Book::of(api, texts);
    let names = Names::of(api, modules);
    let mut writer = Writer { names: &names, found: &mut found };
    for (index, module) in modules.list.iter_mut().enumerate() {
        let page = Page { product: (!module.shared).then_some(index), own: None };
        module.text = book.module(&module.name).map(|said| writer.text(&said, &page));
    }
    let ids: HashSet<String> = api.operations.iter().map(|operation| operation.id.clone()).collect();
    for operation in &mut api.operations {
        let page =
            Page { product: Some(modules.of_operation(operation)), own: Some(Target::Operation(operation.id.clone())) };
        if let Some((summary, text)) = book.operation(&operation.id) {
            writer.tell(&mut operation.docs, Some(&summary), &text, &page);
        }
        let next = book.next(&operation.id).filter(|(id, _)| ids.contains(*id));
        let next = next.map(|(id, reason)| Next { operation: id.to_owned(), reason: writer.text(&reason, &page) });
        operation.next = next.collect();
        let page = Page { own: None, ..page };
        for parameter in &mut operation.parameters {
            let text = book.glossary(&parameter.field.wire);
            writer.tell_some(&mut parameter.field.docs, text, &page);
        }
    }
    for def in api.types.values_mut() {
        let page = Page { product: names.product(&def.id), own: Some(Target::Type(def.id.clone())) };
        let entries = book.entries(&def.id);
        writer.tell_some(&mut def.docs, entries.text(), &page);
        match &mut def.kind {
            Kind::Struct(object) => {
                for field in object.fields.iter_mut().filter(|field| !field.is_credential) {
                    let text = book.property(&entries, field);
                    writer.tell_some(&mut field.docs, text, &page);
                }
            }
            Kind::Enum(list) => {
                for value in &mut list.values {
                    let text = entries.value(&value.value.to_string());
                    writer.tell_some(&mut value.docs, text, &page);
                }
            }
            Kind::Union(_) | Kind::Alias(_) => {}
        }
    }
    tell(found, strict, report);
}

/// Writes texts into docs.
struct Writer<'n, 'f, 'a> {
    names: &'n Names,
    found: &'f mut Vec<Found<'a>>,
}

impl<'a> Writer<'_, '_, 'a> {
    fn tell_some(&mut self, docs: &mut Docs, text: Option<Said<'a>>, page: &Page) {
        if let Some(text) = text {
            self.tell(docs, None, &text, page);
        }
    }

    fn tell(&mut self, docs: &mut Docs, summary: Option<&Said<'a>>, text: &Said<'a>, page: &Page) {
        if !docs.is_told() {
            docs.summary = summary.map(|summary| self.text(summary, page));
            docs.description = Some(self.text(text, page));
            docs.own = true;
        }
    }

    fn text(&mut self, said: &Said<'a>, page: &Page) -> Text {
        let mut text = crate::prose::spans(said.text.trim());
        for problem in self.names.link(&mut text, page) {
            let found = Found { file: said.file, at: said.at.clone(), what: problem.what, help: problem.help };
            // A text of the glossary is used in many places.
            if !self.found.contains(&found) {
                self.found.push(found);
            }
        }
        text
    }
}

/// A problem with a text.
#[derive(PartialEq, Eq)]
struct Found<'a> {
    file: &'a str,
    at: Pointer,
    what: String,
    help: String,
}

/// Reports the problems: each as an error if the texts are written for this document (`strict`). Another document lacks
/// many items, so there is only one note for each file.
fn tell(found: Vec<Found<'_>>, strict: bool, report: &mut Report) {
    if strict {
        for Found { file, at, what, help } in found {
            report.error(file, &at, what, help);
        }
        return;
    }
    let mut files: BTreeMap<&str, Vec<&Found<'_>>> = BTreeMap::new();
    found.iter().for_each(|found| files.entry(found.file).or_default().push(found));
    for (file, all) in files {
        let Some(first) = all.first() else { continue };
        let more = match all.len() - 1 {
            0 => String::new(),
            count => format!(", and {count} more like this"),
        };
        let places: Vec<&Pointer> = all.iter().map(|found| &found.at).collect();
        report.note_on_all(file, &places, format!("{}{more}", first.what));
    }
}

/// The name in data files of the schema that contains an inline type. Returns `None` for other types.
fn enclosing(id: &TypeId) -> Option<String> {
    matches!(id, TypeId::Inline { .. }).then(|| id.root().to_string())
}
