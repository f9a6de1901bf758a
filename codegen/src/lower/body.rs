//! Requests' bodies and replies.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation as Source, ReferenceOr, RequestBody, Response, StatusCode};

use super::Lowering;
use crate::diag::Pointer;
use crate::ir::{Body, BodyMedia, ErrorReply, Reply, ReplyBody, Skipped, SkippedKind, Type};

type Content = IndexMap<String, MediaType>;

impl<'a> Lowering<'a> {
    /// A request's body: JSON if it may be, else a form, else bytes.
    pub(super) fn body(&mut self, operation: &str, source: &'a Source, at: &Pointer) -> Option<Body> {
        let at = at.child("requestBody");
        let body = self.request_body(source.request_body.as_ref()?, &at)?;
        let at = at.child("content");
        let (name, media) = self.choose(&body.content, &at, operation)?;
        let at = at.child(name);
        let how = match kind_of(name) {
            MediaKind::Json => BodyMedia::Json,
            MediaKind::Form => BodyMedia::Form,
            MediaKind::Other => {
                return Some(Body {
                    ty: Type::String,
                    media: BodyMedia::Binary(name.to_owned()),
                    required: body.required,
                });
            }
        };
        let Some(schema) = &media.schema else {
            self.error(&at, "the body has no schema", "add a `schema`, by a fixup if the document can't be changed");
            return None;
        };
        let id = format!("{}Request", upper_first(operation));
        let ty = self.used(schema, &at.child("schema"), &id).ty;
        Some(Body { ty, media: how, required: body.required })
    }

    fn request_body(&mut self, body: &'a ReferenceOr<RequestBody>, at: &Pointer) -> Option<&'a RequestBody> {
        match body {
            ReferenceOr::Item(body) => Some(body),
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/requestBodies/").unwrap_or_default();
                match self.components.request_bodies.get(name) {
                    Some(ReferenceOr::Item(body)) => Some(body),
                    _ => {
                        let help = "declare it under components/requestBodies, or mend the reference";
                        self.error(at, format!("`{reference}` leads to no request body"), help);
                        None
                    }
                }
            }
        }
    }

    /// The replies: one where all goes well, and the errors.
    pub(super) fn replies(&mut self, operation: &str, source: &'a Source, at: &Pointer) -> (Reply, Vec<ErrorReply>) {
        let at = at.child("responses");
        let mut good: Option<Reply> = None;
        let mut errors = Vec::new();
        for (status, response) in &source.responses.responses {
            let place = at.child(&status.to_string());
            let body = self.reply_body(operation, response, &place);
            match status {
                StatusCode::Code(code @ 200..300) => match &mut good {
                    None => good = Some(Reply { statuses: vec![*code], body }),
                    Some(first) if same(&first.body, &body) => first.statuses.push(*code),
                    Some(first) => {
                        let known = first.statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
                        self.error(
                            &place,
                            format!("status {code} has another body than {known}"),
                            "give both the same schema, by a fixup if the document can't be changed",
                        );
                    }
                },
                StatusCode::Range(2) => match &mut good {
                    None => good = Some(Reply { statuses: Vec::new(), body }),
                    Some(first) if same(&first.body, &body) => {}
                    Some(_) => self.error(&place, "`2XX` has another body than a status beside it", "keep one of them"),
                },
                StatusCode::Code(code) => errors.push(ErrorReply { status: Some(*code), ty: json(body) }),
                StatusCode::Range(hundreds) => {
                    errors.push(ErrorReply { status: Some(hundreds * 100), ty: json(body) });
                }
            }
        }
        if let Some(response) = &source.responses.default {
            let body = self.reply_body(operation, response, &at.child("default"));
            if good.is_none() && errors.is_empty() {
                // Alone it stands for every status.
                good = Some(Reply { statuses: Vec::new(), body });
            } else {
                errors.push(ErrorReply { status: None, ty: json(body) });
            }
        }
        let reply = good.unwrap_or_else(|| {
            self.error(&at, "no reply is declared for when all goes well", "declare status 200");
            Reply { statuses: Vec::new(), body: ReplyBody::Empty }
        });
        (Reply { statuses: sorted(reply.statuses), body: reply.body }, errors)
    }

    fn reply_body(&mut self, operation: &str, response: &'a ReferenceOr<Response>, at: &Pointer) -> ReplyBody {
        let response = match response {
            ReferenceOr::Item(response) => response,
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/responses/").unwrap_or_default();
                match self.components.responses.get(name) {
                    Some(ReferenceOr::Item(response)) => response,
                    _ => {
                        let help = "declare it under components/responses, or mend the reference";
                        self.error(at, format!("`{reference}` leads to no response"), help);
                        return ReplyBody::Empty;
                    }
                }
            }
        };
        let at = at.child("content");
        let Some((name, media)) = self.choose(&response.content, &at, operation) else { return ReplyBody::Empty };
        if kind_of(name) != MediaKind::Json {
            // Its schema says that it is bytes; where the schema is named, it stands for nothing else.
            if let Some(ReferenceOr::Reference { reference }) = &media.schema {
                self.follow(reference, &at.child(name).child("schema"));
            }
            return ReplyBody::Binary(name.to_owned());
        }
        match &media.schema {
            Some(schema) => {
                let id = format!("{}Response", upper_first(operation));
                ReplyBody::Json(self.used(schema, &at.child(name).child("schema"), &id).ty)
            }
            None => ReplyBody::Json(Type::Json),
        }
    }

    /// The media type to use; the others are told as left out.
    fn choose(&mut self, content: &'a Content, at: &Pointer, operation: &str) -> Option<(&'a str, &'a MediaType)> {
        let rank = |name: &str| (!name.contains('/'), kind_of(name));
        let (chosen, _) = content.iter().min_by_key(|(name, _)| rank(name)).filter(|(name, _)| name.contains('/'))?;
        for name in content.keys().filter(|name| *name != chosen) {
            let reason = if name.contains('/') {
                format!("beside `{chosen}`, which says the same")
            } else {
                "it is no media type".to_owned()
            };
            self.skipped.push(Skipped {
                what: SkippedKind::MediaType,
                name: format!("{name} of {operation}"),
                at: at.child(name),
                reason,
            });
        }
        content.get_key_value(chosen).map(|(name, media)| (name.as_str(), media))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum MediaKind {
    Json,
    Form,
    Other,
}

fn kind_of(media: &str) -> MediaKind {
    let bare = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match bare.as_str() {
        "application/json" => MediaKind::Json,
        "application/x-www-form-urlencoded" => MediaKind::Form,
        other if other.ends_with("+json") => MediaKind::Json,
        _ => MediaKind::Other,
    }
}

fn same(a: &ReplyBody, b: &ReplyBody) -> bool {
    match (a, b) {
        (ReplyBody::Json(a), ReplyBody::Json(b)) => a == b,
        (ReplyBody::Binary(a), ReplyBody::Binary(b)) => a == b,
        (ReplyBody::Empty, ReplyBody::Empty) => true,
        _ => false,
    }
}

fn json(body: ReplyBody) -> Option<Type> {
    match body {
        ReplyBody::Json(ty) => Some(ty),
        ReplyBody::Binary(_) | ReplyBody::Empty => None,
    }
}

fn sorted(mut statuses: Vec<u16>) -> Vec<u16> {
    statuses.sort_unstable();
    statuses
}

fn upper_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
