//! Documentation in the document: prose, links, deprecation, limits.

use openapiv3::{ExternalDocumentation, Operation, ParameterData, ReferenceOr, SchemaData};
use serde_json::Value;

use super::context::Context;
use super::node::Node;
use super::values;
use super::view::{Parts, View};
use api_model::{Bound, Constraints, Docs, Text};

/// Extensions that hide an item from readers. Several documentation tools support them.
const HIDING: [&str; 2] = ["x-hidden-from-docs", "x-internal"];

/// How many nested `allOf`s are checked.
const MAX_WRAPPERS: usize = 8;

/// Formats that become types of their own, or that repeat the type.
const TYPED_FORMATS: [&str; 4] = ["date", "date-time", "float", "double"];

/// The docs of a schema, including those of inline members of its `allOf`. A referenced schema has its own docs.
pub(super) fn of_schema<'a>(cx: &Context<'a>, view: &View<'a>) -> Docs {
    let mut docs = of_remark(cx, view);
    if view.all_of.is_empty() {
        return docs;
    }
    let mut view = view.clone();
    for _ in 0..MAX_WRAPPERS {
        for member in view.all_of.iter().filter_map(ReferenceOr::as_item) {
            overlay(&mut docs, of_remark(cx, &View::of(member)));
        }
        match view.parts() {
            Parts::Sole(_, Node::Inline(member)) => view = View::of(member),
            _ => break,
        }
    }
    docs
}

/// The schema's own docs.
pub(super) fn of_remark(cx: &Context<'_>, remark: &View<'_>) -> Docs {
    Docs { constraints: constraints(remark), ..of_data(cx, remark.data) }
}

/// Adds the docs of an annotation. Existing docs, which are closer to the schema, are kept.
pub(super) fn overlay(docs: &mut Docs, remark: Docs) {
    let Docs { summary, description, own: _, link, deprecated, hidden, constraints: said } = remark;
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
    own.format = own.format.take().or(said.format);
    own.min_items = own.min_items.or(said.min_items);
    own.max_items = own.max_items.or(said.max_items);
    own.unique_items |= said.unique_items;
    own.min_properties = own.min_properties.or(said.min_properties);
    own.max_properties = own.max_properties.or(said.max_properties);
    if own.allowed.is_empty() {
        own.allowed = said.allowed;
    }
    own.default = own.default.take().or(said.default);
    own.read_only |= said.read_only;
    own.write_only |= said.write_only;
}

fn of_data(cx: &Context<'_>, data: &SchemaData) -> Docs {
    Docs {
        summary: None,
        description: data.description.clone().map(Text::markdown),
        own: false,
        link: link(cx, data.external_docs.as_ref()),
        deprecated: data.deprecated,
        hidden: hidden(&data.extensions),
        constraints: Constraints::default(),
    }
}

pub(super) fn of_operation(cx: &Context<'_>, operation: &Operation) -> Docs {
    Docs {
        summary: operation.summary.clone().map(Text::markdown),
        description: operation.description.clone().map(Text::markdown),
        own: false,
        link: link(cx, operation.external_docs.as_ref()),
        deprecated: operation.deprecated,
        hidden: hidden(&operation.extensions),
        constraints: Constraints::default(),
    }
}

/// The docs of the parameter take precedence over those of its schema.
pub(super) fn of_parameter(data: &ParameterData, schema: Docs) -> Docs {
    let mut docs = Docs {
        description: data.description.clone().map(Text::markdown),
        deprecated: data.deprecated.unwrap_or_default(),
        hidden: hidden(&data.extensions),
        ..Docs::default()
    };
    overlay(&mut docs, schema);
    docs
}

fn constraints(view: &View<'_>) -> Constraints {
    Constraints {
        minimum: view.minimum.as_ref().and_then(bound),
        maximum: view.maximum.as_ref().and_then(bound),
        multiple_of: view.multiple_of.as_ref().and_then(|text| text.parse().ok()),
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
        default: view.data.default.clone(),
        read_only: view.data.read_only,
        write_only: view.data.write_only,
    }
}

fn bound((text, exclusive): &(String, bool)) -> Option<Bound> {
    Some(Bound { value: text.parse().ok()?, exclusive: *exclusive })
}

fn hidden(extensions: &indexmap::IndexMap<String, Value>) -> bool {
    HIDING.iter().any(|name| extensions.get(*name) == Some(&Value::Bool(true)))
}

/// The link as an absolute address, unless `sdk.yaml` lists it as dead.
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
    // Without a base there is no absolute address.
    let base = links.base.trim_end_matches('/');
    (!base.is_empty() && !url.is_empty()).then(|| format!("{base}/{}", url.trim_start_matches('/')))
}
