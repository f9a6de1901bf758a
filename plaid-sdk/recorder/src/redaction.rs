//! Puts placeholders into calls.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Idempotency, Operation, Sample, Type};
use plaid_catalog::redact::{Class, replace_tokens};

use crate::call::{Body, Call, Outcome};
use crate::differences;
use crate::operation;
use crate::placeholders::Placeholders;

/// Replaces what the catalog marks in a call, and all tokens. The client makes idempotency keys at random, so they are
/// replaced too.
pub fn redact(call: &mut Call, operation: Option<&'static Operation>, placeholders: &mut Placeholders) {
    if let Some(request) = &call.request {
        let key = operation.and_then(|operation| match &operation.idempotency {
            Idempotency::Key(name) => Some(name.as_str()),
            Idempotency::None | Idempotency::Idempotent => None,
        });
        let redacted = marked(operation.and_then(operation::request_type), key, request, placeholders);
        replace_request(call, redacted);
    }
    if let Outcome::Response(response) = &mut call.outcome {
        match &mut response.body {
            Body::Json(body) => *body = marked(operation.and_then(operation::response_type), None, body, placeholders),
            Body::Text(text) => {
                if let Some(redacted) = tokens(text, placeholders) {
                    *text = redacted;
                }
            }
            Body::Empty | Body::Binary(_) => {}
        }
    }
}

/// Replaces credentials wherever a call repeats them: an access token in the text of an error, or a secret in a name.
pub fn redact_echoes(call: &mut Call, placeholders: &Placeholders) {
    let replace = |text: &mut String| {
        if let Some(redacted) = placeholders.replace(text) {
            *text = redacted;
        }
    };
    replace(&mut call.path);
    call.query.iter_mut().for_each(replace);
    if let Some(request) = &call.request {
        let redacted = echoes(request, placeholders);
        replace_request(call, redacted);
    }
    if let Outcome::Response(response) = &mut call.outcome {
        response.headers.iter_mut().for_each(|(_, value)| replace(value));
        match &mut response.body {
            Body::Json(body) => *body = echoes(body, placeholders),
            Body::Text(text) => replace(text),
            Body::Empty | Body::Binary(_) => {}
        }
    }
}

fn marked(ty: Option<&'static Type>, key: Option<&str>, body: &Sample, placeholders: &mut Placeholders) -> Sample {
    let rewriter = Catalog::plaid().rewriter();
    rewriter.rewrite(ty, body, &mut |class, name, leaf| match (class, leaf) {
        (_, Sample::Text(text)) if text.is_empty() => None,
        (Class::Plain, Sample::Text(_)) if key == Some(name) => Some(placeholders.personal(name, leaf)),
        (Class::Credential, Sample::Text(_) | Sample::Number(_)) => Some(placeholders.credential(name, leaf)),
        (Class::Personal, Sample::Text(_) | Sample::Number(_)) => Some(placeholders.personal(name, leaf)),
        (Class::Plain, Sample::Text(text)) => tokens(text, placeholders).map(Sample::Text),
        _ => None,
    })
}

fn tokens(text: &str, placeholders: &mut Placeholders) -> Option<String> {
    replace_tokens(text, &mut |kind, token| match placeholders.credential(kind, &Sample::Text(token.to_owned())) {
        Sample::Text(text) => text,
        _ => kind.to_owned(),
    })
}

fn echoes(body: &Sample, placeholders: &Placeholders) -> Sample {
    Catalog::plaid().rewriter().rewrite(None, body, &mut |_, _, leaf| match leaf {
        Sample::Text(text) => placeholders.replace(text).map(Sample::Text),
        _ => None,
    })
}

/// Puts the body into the call, and remembers where it differs from the one before.
fn replace_request(call: &mut Call, redacted: Sample) {
    let changed = differences::between(call.request.as_ref(), Some(&redacted));
    let changed: Vec<String> = changed.into_iter().map(|difference| difference.pointer).collect();
    call.redacted.extend(changed.into_iter().filter(|pointer| !call.redacted.contains(pointer)).collect::<Vec<_>>());
    call.request = Some(redacted);
}
