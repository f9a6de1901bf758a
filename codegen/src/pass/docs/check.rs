//! Texts about items that don't exist, or that belong to another module.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Found, enclosing};
use crate::config::{ModuleTexts, OperationTexts, SchemaTexts, Texts};
use crate::diag::Pointer;
use crate::grammar::closest;
use crate::layout::Modules;
use api_model::{Api, Kind, TypeDef};

/// Finds them. In a document that the texts are not written for (not `strict`), the module of a type may differ, so
/// entries in another module's file are allowed.
pub(super) fn run<'t>(api: &Api, modules: &Modules, texts: &'t Texts, strict: bool) -> Vec<Found<'t>> {
    let by_id = api.types.values().map(|def| (def.id.to_string(), def)).collect();
    let mut check = Check { api, modules, strict, by_id, schemas: Schemas::of(api), found: Vec::new() };
    texts.modules.iter().for_each(|file| check.module(file));
    check.glossary(texts);
    check.found
}

struct Check<'a, 't> {
    api: &'a Api,
    modules: &'a Modules,
    strict: bool,
    /// The types by the text of their id.
    by_id: HashMap<String, &'a TypeDef>,
    schemas: Schemas<'a>,
    found: Vec<Found<'t>>,
}

/// The properties and values of each schema, including those of its inline schemas.
struct Schemas<'a>(BTreeMap<String, Members<'a>>);

#[derive(Default)]
struct Members<'a> {
    properties: HashSet<&'a str>,
    values: HashSet<String>,
}

impl<'a> Schemas<'a> {
    fn of(api: &'a Api) -> Self {
        let mut all: BTreeMap<String, Members<'_>> = BTreeMap::new();
        for def in api.types.values() {
            for name in std::iter::once(def.id.to_string()).chain(enclosing(&def.id)) {
                let members = all.entry(name).or_default();
                match &def.kind {
                    Kind::Struct(object) => members.properties.extend(object.caller_fields().map(|field| &*field.wire)),
                    Kind::Enum(list) => members.values.extend(list.values.iter().map(|value| value.value.to_string())),
                    Kind::Union(_) | Kind::Alias(_) => {}
                }
            }
        }
        Self(all)
    }
}

impl<'t> Check<'_, 't> {
    fn module(&mut self, file: &'t ModuleTexts) {
        let modules = || self.modules.list.iter().map(|module| module.name.as_str());
        if !modules().any(|name| name == file.module) {
            let help = match closest(&file.module, modules()) {
                Some(near) => format!("did you mean `{near}.yaml`?"),
                None => "name the file after the module that its texts are about, or remove it".to_owned(),
            };
            self.tell(&file.file, Pointer::root(), format!("there is no module `{}`", file.module), help);
            return;
        }
        let root = Pointer::root();
        for (id, texts) in &file.operations {
            let at = root.child("operations").child(id);
            let next = at.child("next");
            match self.api.operations.iter().find(|operation| operation.id == *id) {
                Some(operation) => self.belongs(file, at, id, self.modules.of_operation(operation)),
                None => {
                    let known = self.api.operations.iter().map(|operation| operation.id.as_str());
                    let help = self.correct(id, known);
                    self.tell(&file.file, at, format!("there is no operation `{id}`"), help);
                }
            }
            self.next(file, &next, texts);
        }
        for (id, texts) in &file.schemas {
            let at = root.child("schemas").child(id);
            match self.by_id.get(id).copied() {
                Some(def) => {
                    self.belongs(file, at.clone(), id, self.modules.of_type(&def.id));
                    self.members(file, &at, def, texts);
                }
                None => self.no_schema(file, at, id),
            }
        }
    }

    /// The operations that follow. In another document some may be missing, which is no more than a note.
    fn next(&mut self, file: &'t ModuleTexts, at: &Pointer, texts: &OperationTexts) {
        let known = || self.api.operations.iter().map(|operation| operation.id.as_str());
        let unknown = texts.next.keys().filter(|next| !known().any(|id| id == next.as_str()));
        let wrong: Vec<_> = unknown.map(|next| (next, self.correct(next, known()))).collect();
        for (next, help) in wrong {
            self.tell(&file.file, at.child(next), format!("there is no operation `{next}`"), help);
        }
    }

    fn belongs(&mut self, file: &'t ModuleTexts, at: Pointer, id: &str, module: usize) {
        let name = self.modules.list.get(module).map_or("", |module| module.name.as_str());
        // In another document, a type may belong to another module. The text still applies.
        if name != file.module && self.strict {
            let what = format!("`{id}` belongs to the module `{name}`");
            self.tell(&file.file, at, what, format!("move the entry to `{name}.yaml`"));
        }
    }

    fn no_schema(&mut self, file: &'t ModuleTexts, at: Pointer, id: &str) {
        if self.api.unreached.keys().any(|unreached| unreached.name() == Some(id)) {
            let what = format!("`{id}` is left out, since nothing generated refers to it");
            self.tell(&file.file, at, what, "remove the entry".to_owned());
        } else {
            let known: Vec<String> = self.api.types.keys().map(ToString::to_string).collect();
            let help = self.correct(id, known.iter().map(String::as_str));
            self.tell(&file.file, at, format!("there is no schema `{id}`"), help);
        }
    }

    fn members(&mut self, file: &'t ModuleTexts, at: &Pointer, def: &TypeDef, texts: &SchemaTexts) {
        let id = &*def.id.to_string();
        let mut wrong = Vec::new();
        if let Some(members) = self.schemas.0.get(id) {
            for name in texts.properties.keys().filter(|name| !members.properties.contains(name.as_str())) {
                let mut help = self.correct(name, members.properties.iter().copied());
                if help == CORRECT {
                    help.push_str("; the caller's credentials are not properties");
                }
                let what = format!("`{id}` has no property `{name}`");
                wrong.push((at.child("properties").child(name), what, help));
            }
            for name in texts.values.keys().filter(|name| !members.values.contains(*name)) {
                let help = self.correct(name, members.values.iter().map(String::as_str));
                wrong.push((at.child("values").child(name), format!("`{id}` has no value `{name}`"), help));
            }
        }
        for (at, what, help) in wrong {
            self.tell(&file.file, at, what, help);
        }
    }

    fn glossary(&mut self, texts: &'t Texts) {
        let Some(glossary) = &texts.glossary else { return };
        let parameters = self.api.operations.iter().flat_map(|operation| &operation.parameters);
        let mut known: HashSet<&str> = parameters.map(|parameter| parameter.field.wire.as_str()).collect();
        known.extend(self.schemas.0.values().flat_map(|members| members.properties.iter().copied()));
        for name in glossary.properties.keys().filter(|name| !known.contains(name.as_str())) {
            let at = Pointer::root().child("properties").child(name);
            let help = self.correct(name, known.iter().copied());
            self.tell(&glossary.file, at, format!("there is no property `{name}`"), help);
        }
    }

    /// The help text for an unknown name. For another document only the problems are told, so nothing is searched.
    fn correct<'n>(&self, name: &str, known: impl Iterator<Item = &'n str>) -> String {
        if !self.strict {
            return String::new();
        }
        let mut known: Vec<&str> = known.collect();
        // If two are equally close, always take the same one.
        known.sort_unstable();
        match closest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => CORRECT.to_owned(),
        }
    }

    fn tell(&mut self, file: &'t str, at: Pointer, what: String, help: String) {
        self.found.push(Found { file, at, what, help });
    }
}

/// The help text for an unknown name that is not close to a known one.
const CORRECT: &str = "correct the name to the one in the document, or remove the entry";
