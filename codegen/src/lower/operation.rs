//! Lowers path items to operations.

use std::collections::HashMap;

use openapiv3::{OpenAPI, Operation as Declared, PathItem, ReferenceOr};

use super::context::Context;
use super::parameter::{self, Place};
use super::{body, docs, response, security, server};
use crate::diag::Pointer;
use api_model::{Effect, Idempotency, Operation, Samples, SkippedKind};

/// Every operation, in the document's order.
pub(super) fn all(cx: &mut Context<'_>) -> Vec<Operation> {
    let mut operations = Vec::new();
    let mut seen = HashMap::new();
    for (path, item) in &cx.document.paths.paths {
        let at = Pointer::root().child("paths").child(path);
        let ReferenceOr::Item(item) = item else {
            cx.error(&at, "the path item is a $ref", "write the path item here");
            continue;
        };
        if item.iter().next().is_none() {
            cx.skip(SkippedKind::Path, path, &at, "no method is declared for it");
        }
        for (method, declared) in item.iter() {
            let at = at.child(method);
            let operation = operation(cx, path, method, item, declared, &at);
            if let Some(first) = seen.insert(operation.id.clone(), at.clone())
                && !operation.id.is_empty()
            {
                let what = format!("two operations have the id {}: this one and {first}", operation.id);
                cx.error(&at.child("operationId"), what, "give each its own operationId");
            }
            operations.push(operation);
        }
    }
    operations
}

fn operation<'a>(
    cx: &mut Context<'a>,
    path: &str,
    method: &str,
    item: &'a PathItem,
    declared: &'a Declared,
    at: &Pointer,
) -> Operation {
    let id = declared.operation_id.clone().unwrap_or_default();
    if id.trim().is_empty() {
        cx.error(at, "the operation has no operationId", "add one; the method is named after it");
    }
    for callback in declared.callbacks.keys() {
        let place = at.child("callbacks").child(callback);
        cx.skip(SkippedKind::Callback, callback, &place, "the API calls it, not the client");
    }
    let path_at = Pointer::root().child("paths").child(path);
    let place = Place { path, path_at: &path_at, at, operation: &id };
    let server = match declared.servers.as_slice() {
        [] => server::of(cx, &item.servers, &path_at),
        own => server::of(cx, own, at),
    };
    let parameters = parameter::parameters(cx, item, declared, &place);
    let body = declared.request_body.as_ref();
    let body = body.and_then(|body| body::request(cx, body, &at.child("requestBody"), &id));
    let (response, errors) = response::responses(cx, &declared.responses, at, &id);
    Operation {
        id,
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        server,
        at: at.clone(),
        docs: docs::of_operation(cx, declared),
        parameters,
        body,
        response,
        errors,
        anonymous: is_anonymous(cx.document, declared),
        security: declared.security.as_deref().map(security::requirements),
        effect: Effect::default(),
        idempotency: Idempotency::default(),
        paging: None,
        samples: Samples::default(),
        next: Vec::new(),
    }
}

/// An empty list of requirements, here or for the whole document, means that no credentials are needed.
fn is_anonymous(document: &OpenAPI, operation: &Declared) -> bool {
    let security = operation.security.as_ref().or(document.security.as_ref());
    security.is_some_and(Vec::is_empty)
}
