//! Chooses the media type of a body. The others are listed as left out.

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType};

use super::context::Context;
use super::node::Node;
use super::resolve::name_in;
use crate::diag::Pointer;
use api_model::SkippedKind;

/// How a media type is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    /// `application/json`, or another media type for JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    Bytes,
}

/// The media type that is used.
pub(super) struct Chosen<'a> {
    pub(super) media: &'a str,
    pub(super) format: Format,
    pub(super) schema: Option<Node<'a>>,
    /// How properties of a form are written.
    pub(super) encodings: &'a IndexMap<String, Encoding>,
    /// Where the media type is.
    pub(super) media_at: Pointer,
    /// Where the schema is.
    pub(super) at: Pointer,
}

/// Prefers JSON, then forms, then bytes, and among equals the first. `at` is the body's place. Returns `None` if there
/// is no content.
pub(super) fn choose<'a>(
    cx: &mut Context<'a>,
    content: &'a IndexMap<String, MediaType>,
    at: &Pointer,
) -> Option<Chosen<'a>> {
    let at = at.child("content");
    let candidates = content.iter().filter(|(media, _)| is_media_type(media));
    let chosen = candidates.min_by_key(|(media, _)| rank(media));
    for media in content.keys() {
        let reason = match chosen {
            Some((chosen, _)) if chosen == media => continue,
            _ if !is_media_type(media) => "it is not a media type".to_owned(),
            Some((chosen, _)) => format!("{chosen} is used"),
            None => continue,
        };
        cx.skip(SkippedKind::MediaType, media, &at.child(media), reason);
    }
    let Some((media, content_of)) = chosen else {
        if !content.is_empty() {
            cx.error(&at, "the content has no media type", "add one, such as application/json");
        }
        return None;
    };
    let schema = content_of.schema.as_ref().map(Node::from);
    let media_at = at.child(media);
    let chosen = Chosen {
        media,
        format: format(media),
        schema,
        encodings: &content_of.encoding,
        at: media_at.child("schema"),
        media_at,
    };
    if chosen.format == Format::Bytes {
        // The schema would only be a string, so record why it is left out.
        let named = match chosen.schema {
            Some(Node::Ref(reference)) => name_in("schemas", reference).and_then(|name| cx.schema(&name)),
            _ => None,
        };
        if let Some((name, _)) = named {
            cx.bytes.insert(name, chosen.media);
        }
    }
    Some(chosen)
}

fn rank(media: &str) -> (Format, bool) {
    let essence = essence(media);
    (format(media), essence != "application/json")
}

/// Whether a media type is JSON.
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

fn format(media: &str) -> Format {
    let essence = essence(media);
    if is_json(media) {
        Format::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Format::Form
    } else {
        Format::Bytes
    }
}

/// The media type without parameters such as `charset`.
fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_media_type(media: &str) -> bool {
    essence(media).split_once('/').is_some_and(|(kind, subkind)| !kind.is_empty() && !subkind.is_empty())
}
