//! What the document says of a thing: prose, links, deprecation, limits.

use openapiv3::{ExternalDocumentation, Operation, ParameterData, SchemaData};
use serde_json::Value;

use super::context::Context;
use super::values;
use super::view::View;
use crate::ir::{Constraints, Docs};

/// Extensions by which documents hide a thing from their readers: Plaid's own, and the one of Redocly and others.
const HIDING: [&str; 2] = ["x-hidden-from-docs", "x-internal"];

/// Formats that become types of their own.
const TYPED_FORMATS: [&str; 2] = ["date", "date-time"];

/// The docs of a schema. Where a schema only passes on another one, the remarks beside that count as its own.
pub(super) fn of_schema(cx: &Context<'_>, view: &View<'_>) -> Docs {
    let mut docs = of_data(cx, view.data);
    docs.constraints = constraints(view);
    for remark in view.remarks() {
        overlay(&mut docs, of_remark(cx, &remark));
    }
    docs
}

/// The docs of a schema that only says something about another.
pub(super) fn of_remark(cx: &Context<'_>, remark: &View<'_>) -> Docs {
    Docs { constraints: constraints(remark), ..of_data(cx, remark.data) }
}

/// Adds what a remark says. What was said closer by stays.
pub(super) fn overlay(docs: &mut Docs, remark: Docs) {
    let Docs { summary, description, link, deprecated, hidden, constraints: said } = remark;
    docs.summary = docs.summary.take().or(summary);
    docs.description = docs.description.take().or(description);
    docs.link = docs.link.take().or(link);
    docs.deprecated |= deprecated;
    docs.hidden |= hidden;
    let own = &mut docs.constraints;
    own.minimum = own.minimum.take().or(said.minimum);
    own.maximum = own.maximum.take().or(said.maximum);
    own.multiple_of = own.multiple_of.take().or(said.multiple_of);
    own.min_length = own.min_length.or(said.min_length);
    own.max_length = own.max_length.or(said.max_length);
    own.pattern = own.pattern.take().or(said.pattern);
    own.min_items = own.min_items.or(said.min_items);
    own.max_items = own.max_items.or(said.max_items);
    own.unique_items |= said.unique_items;
    own.min_properties = own.min_properties.or(said.min_properties);
    own.max_properties = own.max_properties.or(said.max_properties);
    own.default = own.default.take().or(said.default);
    own.read_only |= said.read_only;
    own.write_only |= said.write_only;
}

fn of_data(cx: &Context<'_>, data: &SchemaData) -> Docs {
    Docs {
        summary: None,
        description: data.description.clone(),
        link: link(cx, data.external_docs.as_ref()),
        deprecated: data.deprecated,
        hidden: hidden(&data.extensions),
        constraints: Constraints::default(),
    }
}

pub(super) fn of_operation(cx: &Context<'_>, operation: &Operation) -> Docs {
    Docs {
        summary: operation.summary.clone(),
        description: operation.description.clone(),
        link: link(cx, operation.external_docs.as_ref()),
        deprecated: operation.deprecated,
        hidden: hidden(&operation.extensions),
        constraints: Constraints::default(),
    }
}

/// What the parameter says goes before what its schema says.
pub(super) fn of_parameter(data: &ParameterData, schema: Docs) -> Docs {
    let mut docs = Docs {
        description: data.description.clone(),
        deprecated: data.deprecated.unwrap_or_default(),
        hidden: hidden(&data.extensions),
        ..Docs::default()
    };
    overlay(&mut docs, schema.clone());
    docs.constraints = schema.constraints;
    docs
}

fn constraints(view: &View<'_>) -> Constraints {
    Constraints {
        minimum: view.minimum.clone(),
        maximum: view.maximum.clone(),
        multiple_of: view.multiple_of.clone(),
        min_length: view.min_length,
        max_length: view.max_length,
        pattern: view.pattern.map(str::to_owned),
        format: view.format.filter(|format| !TYPED_FORMATS.contains(format)).map(str::to_owned),
        min_items: view.min_items,
        max_items: view.max_items,
        unique_items: view.unique_items,
        min_properties: view.min_properties,
        max_properties: view.max_properties,
        allowed: values::told_in_docs(view),
        default: view.data.default.as_ref().map(Value::to_string),
        read_only: view.data.read_only,
        write_only: view.data.write_only,
    }
}

fn hidden(extensions: &indexmap::IndexMap<String, Value>) -> bool {
    HIDING.iter().any(|name| extensions.get(*name) == Some(&Value::Bool(true)))
}

/// The link as an absolute address, unless the maintainers say that it leads nowhere.
fn link(cx: &Context<'_>, docs: Option<&ExternalDocumentation>) -> Option<String> {
    let url = docs?.url.trim();
    let wanted = url.trim_matches('/');
    let links = &cx.sdk.docs;
    if let Some(index) = links.ignore.iter().position(|ignored| ignored.trim_matches('/') == wanted) {
        cx.sdk.used.mark(format!("#/docs/ignore/{index}"));
        return None;
    }
    if url.contains("://") {
        return Some(url.to_owned());
    }
    // Without a base there is no absolute address to give.
    let base = links.base.trim_end_matches('/');
    (!base.is_empty() && !url.is_empty()).then(|| format!("{base}/{}", url.trim_start_matches('/')))
}
