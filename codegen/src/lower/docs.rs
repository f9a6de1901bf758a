//! What the document says of an item.

use indexmap::IndexMap;
use openapiv3::{ExternalDocumentation, SchemaData};
use serde_json::Value;

use super::Lowering;
use super::node::Node;
use crate::diag::Pointer;
use crate::ir::Docs;

/// Extensions by which documents keep an item from their readers.
const HIDDEN: &[&str] = &["x-hidden-from-docs", "x-hidden", "x-internal"];

impl Lowering<'_> {
    /// The docs of a schema.
    pub(super) fn schema_docs(&mut self, node: &Node<'_>) -> Docs {
        let data: &SchemaData = node.data;
        Docs {
            summary: None,
            description: data.description.clone(),
            link: self.link(data.external_docs.as_ref()),
            deprecated: data.deprecated,
            hidden: is_hidden(&data.extensions),
            constraints: node.constraints.clone(),
        }
    }

    /// A documentation link, made absolute; none where it leads nowhere.
    pub(super) fn link(&mut self, docs: Option<&ExternalDocumentation>) -> Option<String> {
        let url = docs?.url.trim();
        let bare = url.trim_matches('/');
        if let Some(at) = self.sdk.docs.ignore.iter().position(|ignored| ignored.trim_matches('/') == bare) {
            self.sdk.used.mark(Pointer::root().child("docs").child("ignore").index(at).as_str());
            return None;
        }
        if url.starts_with("https://") || url.starts_with("http://") {
            return Some(url.to_owned());
        }
        let base = self.sdk.docs.base.trim_end_matches('/');
        if base.is_empty() || url.is_empty() {
            return None;
        }
        self.sdk.used.mark("#/docs/base");
        Some(format!("{base}/{}", url.trim_start_matches('/')))
    }
}

/// Whether the document hides an item from its readers.
pub(super) fn is_hidden(extensions: &IndexMap<String, Value>) -> bool {
    HIDDEN.iter().any(|name| extensions.get(*name).is_some_and(|value| *value == Value::Bool(true)))
}
