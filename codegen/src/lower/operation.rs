//! Path items to operations.

use std::collections::HashMap;

use openapiv3::{Operation as Source, PathItem, ReferenceOr};

use super::{Lowering, docs};
use crate::diag::Pointer;
use crate::ir::{Docs, Operation, Skipped, SkippedKind};

impl<'a> Lowering<'a> {
    /// Every operation of the document, in its order.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        self.find_requests();
        let mut operations = Vec::new();
        let mut seen: HashMap<&str, Pointer> = HashMap::new();
        for (path, item) in &self.document.paths.paths {
            let at = Pointer::root().child("paths").child(path);
            let ReferenceOr::Item(item) = item else {
                self.error(&at, "a path item that refers elsewhere can't be followed", "put the path item here");
                continue;
            };
            if item.iter().next().is_none() {
                self.skipped.push(Skipped {
                    what: SkippedKind::Path,
                    name: path.clone(),
                    at,
                    reason: "the path item has no method".to_owned(),
                });
                continue;
            }
            for (method, source) in item.iter() {
                let at = at.child(method);
                let Some(id) = self.operation_id(source, &at, &mut seen) else { continue };
                operations.push(self.operation(id, path, method, item, source, at));
            }
        }
        operations
    }

    /// Notes which schemas are a request's body, before any schema is lowered: there the caller's credentials are left out.
    fn find_requests(&mut self) {
        for (_, _, source) in self.document.operations() {
            let body = match &source.request_body {
                Some(ReferenceOr::Item(body)) => body,
                Some(ReferenceOr::Reference { reference }) => {
                    let name = reference.strip_prefix("#/components/requestBodies/").unwrap_or_default();
                    match self.components.request_bodies.get(name) {
                        Some(ReferenceOr::Item(body)) => body,
                        _ => continue,
                    }
                }
                None => continue,
            };
            for media in body.content.values() {
                if let Some(ReferenceOr::Reference { reference }) = &media.schema
                    && let Some(name) = reference.strip_prefix("#/components/schemas/")
                    && let Some((name, _)) = self.schema_named(&super::unescape(name))
                {
                    self.requests.insert(name);
                }
            }
        }
    }

    fn operation_id(
        &mut self,
        source: &'a Source,
        at: &Pointer,
        seen: &mut HashMap<&'a str, Pointer>,
    ) -> Option<&'a str> {
        let Some(id) = source.operation_id.as_deref().filter(|id| !id.is_empty()) else {
            self.error(
                at,
                "the operation has no `operationId`, so its method can't be named",
                "add one, by a fixup if the document can't be changed",
            );
            return None;
        };
        if let Some(first) = seen.insert(id, at.clone()) {
            self.error(
                &at.child("operationId"),
                format!("two operations are called `{id}`; the other is at {first}"),
                "rename one of them, by a fixup if the document can't be changed",
            );
            return None;
        }
        Some(id)
    }

    fn operation(
        &mut self,
        id: &str,
        path: &str,
        method: &str,
        item: &'a PathItem,
        source: &'a Source,
        at: Pointer,
    ) -> Operation {
        let parameters = self.parameters(id, path, item, source, &at);
        let body = self.body(id, source, &at);
        let (reply, errors) = self.replies(id, source, &at);
        let link = self.link(source.external_docs.as_ref());
        Operation {
            id: id.to_owned(),
            name: String::new(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            docs: Docs {
                summary: source.summary.clone(),
                description: source.description.clone(),
                link,
                deprecated: source.deprecated,
                hidden: docs::is_hidden(&source.extensions) || docs::is_hidden(&item.extensions),
                ..Docs::default()
            },
            at,
            parameters,
            parameters_name: String::new(),
            body,
            reply,
            errors,
            anonymous: source.security.as_ref().is_some_and(Vec::is_empty),
            module: 0,
        }
    }
}
