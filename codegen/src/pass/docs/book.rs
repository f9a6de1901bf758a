//! An index of all texts.

use std::collections::HashMap;

use super::enclosing;
use crate::config::{ModuleTexts, OperationTexts, SchemaTexts, Texts};
use crate::diag::Pointer;
use api_model::{Api, Field, Kind, TypeDef, TypeId};

/// A text and its place.
pub(super) struct Said<'a> {
    pub file: &'a str,
    pub at: Pointer,
    pub text: &'a str,
}

/// All texts.
pub(super) struct Book<'a> {
    texts: &'a Texts,
    operations: HashMap<&'a str, (&'a str, &'a OperationTexts)>,
    schemas: HashMap<&'a str, Entry<'a>>,
    /// By the place of a property, the schema that declares it.
    declared: HashMap<Pointer, String>,
    /// By schema, the names of its own properties.
    names: HashMap<String, Vec<String>>,
}

/// The texts of a file about a schema.
#[derive(Clone, Copy)]
struct Entry<'a> {
    file: &'a str,
    schema: &'a str,
    texts: &'a SchemaTexts,
}

impl<'a> Entry<'a> {
    fn said(&self, path: &[&str], text: &'a str) -> Said<'a> {
        let schema = Pointer::root().child("schemas").child(self.schema);
        Said { file: self.file, at: path.iter().fold(schema, |at, key| at.child(key)), text }
    }
}

/// The texts about a type.
pub(super) struct Entries<'a, 'b> {
    own: Option<Entry<'a>>,
    /// From the entry of the schema that contains it.
    around: Option<Entry<'a>>,
    /// The properties of that schema itself; its entry is about these first.
    taken: &'b [String],
}

impl<'a> Entries<'a, '_> {
    /// The text about the type.
    pub(super) fn text(&self) -> Option<Said<'a>> {
        let entry = self.own?;
        Some(entry.said(&["text"], entry.texts.text.as_deref()?))
    }

    /// The text about a value.
    pub(super) fn value(&self, wire: &str) -> Option<Said<'a>> {
        let mut entries = [self.own, self.around].into_iter().flatten();
        entries.find_map(|entry| Some(entry.said(&["values", wire], entry.texts.values.get(wire)?)))
    }
}

impl<'a> Book<'a> {
    /// The index of the texts for this API.
    pub(super) fn of(api: &Api, texts: &'a Texts) -> Self {
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
        let operations = texts.modules.iter().flat_map(|texts| {
            let ModuleTexts { file, operations, .. } = texts;
            operations.iter().map(|(id, of)| (id.as_str(), (file.as_str(), of)))
        });
        let schemas = texts.modules.iter().flat_map(|module| {
            module.schemas.iter().map(|(id, texts)| (id.as_str(), Entry { file: &module.file, schema: id, texts }))
        });
        Self { texts, operations: operations.collect(), schemas: schemas.collect(), declared, names }
    }

    /// The text about a module.
    pub(super) fn module(&self, name: &str) -> Option<Said<'a>> {
        let texts = self.texts.modules.iter().find(|texts| texts.module == name)?;
        Some(Said { file: &texts.file, at: Pointer::root().child("about"), text: texts.about.as_deref()? })
    }

    /// An operation's summary and text.
    pub(super) fn operation(&self, id: &str) -> Option<(Said<'a>, Said<'a>)> {
        let (file, texts) = self.operations.get(id).copied()?;
        let at = |key: &str| Pointer::root().child("operations").child(id).child(key);
        let summary = Said { file, at: at("summary"), text: &texts.summary };
        Some((summary, Said { file, at: at("text"), text: &texts.text }))
    }

    /// The operations that follow an operation, with the reasons.
    pub(super) fn next(&self, id: &str) -> impl Iterator<Item = (&'a str, Said<'a>)> {
        let entry = self.operations.get(id).copied();
        let at = Pointer::root().child("operations").child(id).child("next");
        entry.into_iter().flat_map(move |(file, texts)| {
            let at = at.clone();
            texts.next.iter().map(move |(id, text)| (id.as_str(), Said { file, at: at.child(id), text }))
        })
    }

    /// The texts about a type.
    pub(super) fn entries(&self, id: &TypeId) -> Entries<'a, '_> {
        let around = enclosing(id);
        Entries {
            own: self.schemas.get(id.to_string().as_str()).copied(),
            around: around.as_deref().and_then(|schema| self.schemas.get(schema).copied()),
            taken: around.as_deref().and_then(|schema| self.names.get(schema)).map_or(&[], Vec::as_slice),
        }
    }

    /// The text about a property: from its type's entry, else from the entry of the schema that declares it, else from
    /// the glossary.
    pub(super) fn property(&self, entries: &Entries<'a, '_>, field: &Field) -> Option<Said<'a>> {
        let wire = field.wire.as_str();
        let around = entries.around.filter(|_| !entries.taken.contains(&field.wire));
        let declaring = self.declared.get(&field.at).and_then(|schema| self.schemas.get(schema.as_str()).copied());
        let mut said = [entries.own, around, declaring].into_iter().flatten();
        let text = said.find_map(|entry| Some(entry.said(&["properties", wire], entry.texts.properties.get(wire)?)));
        text.or_else(|| self.glossary(wire))
    }

    /// The glossary's text for a property name.
    pub(super) fn glossary(&self, name: &str) -> Option<Said<'a>> {
        let glossary = self.texts.glossary.as_ref()?;
        let at = Pointer::root().child("properties").child(name);
        Some(Said { file: &glossary.file, at, text: glossary.properties.get(name)? })
    }
}

/// Whether a property is declared in the type's own schema, not in one that it merges in.
fn stands_in(field: &Field, def: &TypeDef) -> bool {
    field.at.as_str().strip_prefix(def.at.as_str()).is_some_and(|rest| rest.starts_with('/'))
}
