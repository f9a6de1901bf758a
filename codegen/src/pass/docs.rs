//! Puts the maintainers' words where the document has no prose of its own.

mod check;

use std::collections::HashMap;

use crate::config::{OperationTexts, SchemaTexts, Texts};
use crate::diag::{Pointer, Report};
use crate::ir::{Api, Docs, Field, Kind, TypeDef, TypeId};
use crate::layout::Modules;

/// Fills in the docs of modules, operations, types, properties and values. An entry that matches nothing, or stands in
/// another module's file, is an error for the document that the texts are written for (`strict`), else a note.
pub fn run(api: &mut Api, modules: &mut Modules, texts: &Texts, strict: bool, report: &mut Report) {
    check::run(api, modules, texts, strict, report);
    let book = Book::of(api, texts);
    for module in &mut modules.list {
        module.text = texts.modules.iter().find(|file| file.module == module.name).and_then(|file| file.about.clone());
    }
    for operation in &mut api.operations {
        if let Some(texts) = book.operations.get(operation.id.as_str()) {
            tell(&mut operation.docs, Some(&texts.summary), &texts.text);
        }
        for parameter in &mut operation.parameters {
            tell_some(&mut parameter.field.docs, book.glossary(&parameter.field.wire));
        }
    }
    for def in api.types.values_mut() {
        let entries = book.entries(&def.id);
        tell_some(&mut def.docs, entries.own.and_then(|entry| entry.text.as_deref()));
        match &mut def.kind {
            Kind::Struct(object) => {
                for field in object.fields.iter_mut().filter(|field| !field.is_credential) {
                    let text = book.property(&entries, field);
                    tell_some(&mut field.docs, text);
                }
            }
            Kind::Enum(list) => {
                for value in &mut list.values {
                    let text = entries.both().find_map(|entry| entry.values.get(&value.value.to_string()));
                    tell_some(&mut value.docs, text.map(String::as_str));
                }
            }
            Kind::Union(_) | Kind::Alias(_) => {}
        }
    }
}

fn tell_some(docs: &mut Docs, text: Option<&str>) {
    if let Some(text) = text {
        tell(docs, None, text);
    }
}

fn tell(docs: &mut Docs, summary: Option<&str>, text: &str) {
    if !docs.is_told() {
        docs.summary = summary.map(|text| text.trim().to_owned());
        docs.description = Some(text.trim().to_owned());
        docs.own = true;
    }
}

/// What data files call the schema around a type that is inside another; none for one that is not.
fn enclosing(id: &TypeId) -> Option<String> {
    matches!(id, TypeId::Inline { .. }).then(|| id.root().to_string())
}

/// Everything that is said, to look up.
struct Book<'a> {
    texts: &'a Texts,
    operations: HashMap<&'a str, &'a OperationTexts>,
    schemas: HashMap<&'a str, &'a SchemaTexts>,
    /// By where a property is declared, the schema that does so.
    declared: HashMap<Pointer, String>,
    /// By schema, the names of its own properties.
    names: HashMap<String, Vec<String>>,
}

/// What is said of a type.
struct Entries<'a, 'b> {
    own: Option<&'a SchemaTexts>,
    /// Under the schema that it stands in.
    around: Option<&'a SchemaTexts>,
    /// The properties of that schema itself, which its entry is about first.
    taken: &'b [String],
}

impl<'a> Entries<'a, '_> {
    fn both(&self) -> impl Iterator<Item = &'a SchemaTexts> {
        [self.own, self.around].into_iter().flatten()
    }
}

impl<'a> Book<'a> {
    fn of(api: &Api, texts: &'a Texts) -> Self {
        let (mut declared, mut names) = (HashMap::new(), HashMap::new());
        for def in api.types.values() {
            let Kind::Struct(object) = &def.kind else { continue };
            for field in object.fields.iter().filter(|field| stands_in(field, def)) {
                declared.insert(field.at.clone(), def.id.to_string());
            }
            if let Some(name) = def.id.name() {
                names.insert(name.to_owned(), object.fields.iter().map(|field| field.wire.clone()).collect());
            }
        }
        Self {
            texts,
            operations: texts.modules.iter().flat_map(|file| &file.operations).map(|(id, of)| (&**id, of)).collect(),
            schemas: texts.modules.iter().flat_map(|file| &file.schemas).map(|(id, of)| (&**id, of)).collect(),
            declared,
            names,
        }
    }

    fn entries(&self, id: &TypeId) -> Entries<'a, '_> {
        let around = enclosing(id);
        Entries {
            own: self.schemas.get(id.to_string().as_str()).copied(),
            around: around.as_deref().and_then(|schema| self.schemas.get(schema).copied()),
            taken: around.as_deref().and_then(|schema| self.names.get(schema)).map_or(&[], Vec::as_slice),
        }
    }

    /// What is said of a property: of this type's, of that of the schema which declares it, of all of its name.
    fn property(&self, entries: &Entries<'a, '_>, field: &Field) -> Option<&'a str> {
        let around = entries.around.filter(|_| !entries.taken.contains(&field.wire));
        let declaring = self.declared.get(&field.at).and_then(|schema| self.schemas.get(schema.as_str()).copied());
        let mut said = [entries.own, around, declaring].into_iter().flatten();
        let text = said.find_map(|entry| entry.properties.get(&field.wire)).map(String::as_str);
        text.or_else(|| self.glossary(&field.wire))
    }

    fn glossary(&self, name: &str) -> Option<&'a str> {
        self.texts.glossary.as_ref()?.properties.get(name).map(String::as_str)
    }
}

/// Whether a property is declared in the type's own schema, not in one that it takes in.
fn stands_in(field: &Field, def: &TypeDef) -> bool {
    field.at.as_str().strip_prefix(def.at.as_str()).is_some_and(|rest| rest.starts_with('/'))
}
