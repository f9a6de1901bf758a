//! The state that all of lowering shares: the input, the report, and the results so far.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr, Schema};

use super::node::Node;
use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use api_model::{Skipped, SkippedKind, Step, TypeDef, TypeId};

/// How deep inline schemas and `$ref`s may be nested. Documents written by hand stay under ten.
const MAX_DEPTH: usize = 100;

/// The state of one run.
pub(super) struct Context<'a> {
    pub(super) document: &'a OpenAPI,
    pub(super) components: Option<&'a Components>,
    pub(super) sdk: &'a Sdk,
    /// The types so far; [`super::order`] sorts them.
    pub(super) types: IndexMap<TypeId, TypeDef>,
    /// The inline types so far, by place: a property that several structs merge in has one type.
    pub(super) inline: HashMap<Pointer, TypeId>,
    pub(super) skipped: Vec<Skipped>,
    /// Named schemas that are the body of a request; their properties may be the caller's credentials.
    pub(super) requests: HashSet<&'a str>,
    /// Named schemas that are the body of a response or webhook.
    pub(super) responses: HashSet<&'a str>,
    /// Named schemas that only describe bytes, with the media type.
    pub(super) bytes: HashMap<&'a str, &'a str>,
    file: &'a str,
    report: &'a mut Report,
    told: HashSet<(Pointer, String)>,
    reached: HashSet<&'a str>,
    queue: VecDeque<&'a str>,
    depth: usize,
    /// Set while checking schemas that nothing refers to: their errors are only notes.
    lenient: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(document: &'a OpenAPI, file: &'a str, sdk: &'a Sdk, report: &'a mut Report) -> Self {
        Self {
            document,
            components: document.components.as_ref(),
            sdk,
            types: IndexMap::new(),
            inline: HashMap::new(),
            skipped: Vec::new(),
            requests: HashSet::new(),
            responses: HashSet::new(),
            bytes: HashMap::new(),
            file,
            report,
            told: HashSet::new(),
            reached: HashSet::new(),
            queue: VecDeque::new(),
            depth: 0,
            lenient: false,
        }
    }

    /// The name tables in the emitted code end each name with a NUL.
    pub(super) fn refuse_nul(&mut self, at: &Pointer, name: &str) {
        if name.contains('\0') {
            self.error(at, "the name contains a NUL character", "correct the name with a fixup");
        }
    }

    /// Reports something that can't be generated. It is reported once, even if several schemas merge the place in.
    pub(super) fn error(&mut self, at: &Pointer, what: impl Into<String>, help: impl Into<String>) {
        let what = what.into();
        if !self.told.insert((at.clone(), what.clone())) {
            return;
        }
        if self.lenient {
            self.report.note(self.file, at, what, "nothing refers to it, so it is left out");
        } else {
            self.report.error(self.file, at, what, help);
        }
    }

    /// Reports something that is generated anyway.
    pub(super) fn note(&mut self, at: &Pointer, what: impl Into<String>, help: impl Into<String>) {
        let what = what.into();
        if !self.lenient && self.told.insert((at.clone(), what.clone())) {
            self.report.note(self.file, at, what, help);
        }
    }

    /// From here on, errors become notes, and notes are dropped.
    pub(super) fn be_lenient(&mut self) {
        self.lenient = true;
    }

    pub(super) fn skip(&mut self, what: SkippedKind, name: &str, at: &Pointer, reason: impl Into<String>) {
        self.skipped.push(Skipped { what, name: name.to_owned(), at: at.clone(), reason: reason.into() });
    }

    /// The named schemas, in the document's order.
    pub(super) fn schemas(&self) -> impl Iterator<Item = (&'a str, &'a ReferenceOr<Schema>)> + use<'a> {
        self.components.into_iter().flat_map(|c| &c.schemas).map(|(name, schema)| (name.as_str(), schema))
    }

    pub(super) fn schema_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.schemas().map(|(name, _)| name)
    }

    /// The schema of that name, with the name borrowed from the document.
    pub(super) fn schema(&self, name: &str) -> Option<(&'a str, Node<'a>)> {
        let (name, schema) = self.components?.schemas.get_key_value(name)?;
        Some((name.as_str(), Node::from(schema)))
    }

    /// Adds a named schema to the list of schemas to generate.
    pub(super) fn reach(&mut self, name: &'a str) {
        if self.reached.insert(name) {
            self.queue.push_back(name);
        }
    }

    pub(super) fn is_reached(&self, name: &str) -> bool {
        self.reached.contains(name)
    }

    pub(super) fn next_reached(&mut self) -> Option<&'a str> {
        self.queue.pop_front()
    }

    /// Runs `work` one level deeper, or reports that the nesting is too deep.
    pub(super) fn deeper<T>(&mut self, at: &Pointer, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            let help = "give the inner schemas names under components/schemas";
            self.error(at, format!("more than {MAX_DEPTH} schemas are nested here"), help);
            return None;
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        Some(done)
    }

    /// An id that no other type has. Members of an `allOf` share the id of the schema around them, so that two inline
    /// schemas can come to the same one: the second is counted as another alternative.
    pub(super) fn free_id(&self, wanted: TypeId) -> TypeId {
        let mut id = wanted.clone();
        let mut count = 1;
        while self.types.contains_key(&id) {
            count += 1;
            id = wanted.inline(Step::Alternative(count));
        }
        id
    }
}

/// The place of a named schema.
pub(super) fn schema_at(name: &str) -> Pointer {
    component_at("schemas", name)
}

/// The place of a component.
pub(super) fn component_at(kind: &str, name: &str) -> Pointer {
    Pointer::root().child("components").child(kind).child(name)
}
