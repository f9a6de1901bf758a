//! Lowers OpenAPI to the model: everything that an operation or a webhook reaches, as types without Rust names. Nothing
//! is guessed: if the model can't express something exactly, it is reported with its place. One run reports all
//! mistakes.

mod alias;
mod all_of;
mod body;
mod component;
mod context;
mod docs;
mod media;
mod node;
mod object;
mod operation;
mod order;
mod parameter;
mod resolve;
mod response;
mod schema;
mod scope;
mod security;
mod server;
mod style;
mod union;
mod unreached;
mod values;
mod view;
mod webhook;

use openapiv3::OpenAPI;

use crate::config::Sdk;
use crate::diag::Report;
use api_model::{Api, Found, SampleHints, Server};
use context::Context;

/// Lowers a document. `file` is its name in the report.
///
/// The result lacks what the passes add. After an error, it is only useful to find more errors.
pub fn lower(document: &OpenAPI, file: &str, sdk: &Sdk, report: &mut Report) -> Api {
    let mut cx = Context::new(document, file, sdk, report);
    let operations = operation::all(&mut cx);
    schema::reached(&mut cx);
    let webhooks = webhook::all(&mut cx);
    schema::reached(&mut cx);
    let types = order::as_in_document(&mut cx, &operations);
    alias::refuse_endless(&mut cx, &types);
    let security = security::all(&mut cx);
    let unreached = unreached::account_for(&mut cx);
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        servers: servers(document),
        security,
        types,
        unreached,
        operations,
        webhooks,
        found: found(document, &cx),
        skipped: cx.skipped,
        events: Vec::new(),
        error_codes: Vec::new(),
        error_classes: Vec::new(),
        hints: SampleHints::default(),
    }
}

fn servers(document: &OpenAPI) -> Vec<Server> {
    let servers = document.servers.iter();
    servers.map(|server| Server { url: server.url.clone(), description: server.description.clone() }).collect()
}

fn found(document: &OpenAPI, cx: &Context<'_>) -> Found {
    Found {
        paths: document.paths.paths.len(),
        operations: document.operations().count(),
        schemas: cx.schema_names().count(),
    }
}
