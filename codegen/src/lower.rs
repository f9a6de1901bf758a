//! OpenAPI to IR.
//!
//! Starts at what is used, the operations and the webhooks, and follows every reference. What can't be expressed exactly
//! is a finding, never a looser type. No Rust here, and no tokens.

mod all_of;
mod body;
mod docs;
mod node;
mod operation;
mod parameter;
mod schema;
mod union;

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr, Schema};

use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use crate::ir::{Api, Found, Server, Skipped, SkippedKind, Type, TypeDef, TypeId, Webhook};
use crate::webhook::EXTENSION;

/// Lowers a document. `file` is its name, for findings.
pub fn lower(document: &OpenAPI, file: &str, sdk: &Sdk, report: &mut Report) -> Api {
    let empty = Components::default();
    let mut lowering = Lowering {
        document,
        components: document.components.as_ref().unwrap_or(&empty),
        file,
        sdk,
        report,
        types: IndexMap::new(),
        queue: VecDeque::new(),
        queued: HashSet::new(),
        requests: HashSet::new(),
        nullable: HashMap::new(),
        skipped: Vec::new(),
    };
    let operations = lowering.operations();
    let webhooks = lowering.webhooks();
    lowering.drain();
    lowering.skip_unreached();
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        servers: document
            .servers
            .iter()
            .map(|server| Server { url: server.url.clone(), description: server.description.clone() })
            .collect(),
        found: Found {
            paths: document.paths.paths.len(),
            operations: document.operations().count(),
            schemas: lowering.components.schemas.len(),
        },
        skipped: std::mem::take(&mut lowering.skipped),
        types: lowering.sorted(),
        operations,
        webhooks,
        modules: Vec::new(),
    }
}

/// The state of a run.
struct Lowering<'a> {
    document: &'a OpenAPI,
    components: &'a Components,
    file: &'a str,
    sdk: &'a Sdk,
    report: &'a mut Report,
    types: IndexMap<TypeId, TypeDef>,
    /// Named schemas still to be lowered.
    queue: VecDeque<&'a str>,
    queued: HashSet<&'a str>,
    /// Schemas that are a request's body.
    requests: HashSet<&'a str>,
    /// Whether a named schema may be `null`, once worked out.
    nullable: HashMap<&'a str, bool>,
    skipped: Vec<Skipped>,
}

/// A type where it is used.
#[derive(Clone, Debug)]
struct Use {
    ty: Type,
    nullable: bool,
    docs: crate::ir::Docs,
}

impl<'a> Lowering<'a> {
    fn error(&mut self, at: &Pointer, what: impl Into<String>, help: impl Into<String>) {
        self.report.error(self.file, at, what, help);
    }

    /// Lowers everything that was referred to, and what that refers to in turn.
    fn drain(&mut self) {
        while let Some(name) = self.queue.pop_front() {
            self.named_schema(name);
        }
    }

    /// The schema of this name. References between schemas are found by name alone.
    fn schema_named(&self, name: &str) -> Option<(&'a str, &'a ReferenceOr<Schema>)> {
        self.components.schemas.get_key_value(name).map(|(name, schema)| (name.as_str(), schema))
    }

    /// Follows a reference to a named schema, and sees to it that the schema is lowered.
    fn follow(&mut self, reference: &str, at: &Pointer) -> Option<&'a str> {
        let found = reference.strip_prefix("#/components/schemas/").and_then(|name| self.schema_named(&unescape(name)));
        let Some((name, _)) = found else {
            self.error(
                at,
                format!("`{reference}` leads to no schema"),
                "declare it under components/schemas, or mend the reference",
            );
            return None;
        };
        if self.queued.insert(name) {
            self.queue.push_back(name);
        }
        Some(name)
    }

    fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        for (name, schema) in &self.components.schemas {
            let ReferenceOr::Item(schema) = schema else { continue };
            let Some(pairs) = schema.schema_data.extensions.get(EXTENSION) else { continue };
            let at = schema_pointer(name);
            let pairs = pairs.as_array().map(Vec::as_slice).unwrap_or_default();
            for pair in pairs {
                let text = |key: &str| pair.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
                match (text("type"), text("code")) {
                    (Some(kind), Some(code)) => webhooks.push(Webhook { kind, code, body: TypeId(name.clone()) }),
                    _ => self.error(
                        &at.child(EXTENSION),
                        "a webhook's pair needs a `type` and a `code`, both strings",
                        "import the document again",
                    ),
                }
            }
            self.follow(&format!("#/components/schemas/{}", escape(name)), &at);
        }
        webhooks
    }

    fn skip_unreached(&mut self) {
        for name in self.components.schemas.keys() {
            if !self.queued.contains(name.as_str()) {
                self.skipped.push(Skipped {
                    what: SkippedKind::Schema,
                    name: name.clone(),
                    at: schema_pointer(name),
                    reason: "no operation or webhook refers to it".to_owned(),
                });
            }
        }
    }

    /// The types in the document's order, an inline one behind the schema it stands in.
    fn sorted(&mut self) -> IndexMap<TypeId, TypeDef> {
        let mut types = std::mem::take(&mut self.types);
        let place = |id: &TypeId| {
            let owner = id.0.split(['.', '[', '{']).next().unwrap_or_default();
            self.components.schemas.get_index_of(&id.0).or_else(|| self.components.schemas.get_index_of(owner))
        };
        types.sort_by(|a, _, b, _| {
            let order = |id: &TypeId| (place(id).unwrap_or(usize::MAX), id.0.clone());
            order(a).cmp(&order(b))
        });
        types
    }
}

/// Where a named schema stands.
fn schema_pointer(name: &str) -> Pointer {
    Pointer::root().child("components").child("schemas").child(name)
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
