//! Bodies of requests.

use super::effect::in_case;
use super::fields::same;
use super::fit::Way;
use super::parts::Changes;
use super::side::name;
use super::{Effect, What, styles};
use api_model::{Body, BodyMedia, Operation};

/// Compares the request bodies of an operation that both documents have.
pub(super) fn compare<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let differences = match (&old.body, &new.body) {
        (None, None) => Vec::new(),
        (None, Some(now)) if now.required => {
            vec![("added: required".to_owned(), Effect::Yes("old programs send none".to_owned()))]
        }
        (None, Some(_)) => vec![("added: optional".to_owned(), Effect::No)],
        (Some(_), None) => vec![("removed".to_owned(), in_case("it is sent"))],
        (Some(before), Some(now)) => both(changes, before, now),
    };
    for (detail, wire) in differences {
        let mut found = changes.of_operation(What::BodyChanged, Some(old), Some(new));
        (found.detail, found.wire) = (detail, wire);
        changes.push(found);
    }
    styles::of_forms(changes, old, new);
}

/// The differences. The type comes first, because the method's signature shows it.
fn both<'a>(changes: &Changes<'a>, old: &'a Body, new: &'a Body) -> Vec<(String, Effect)> {
    let mut found = Vec::new();
    let is_bytes = |body: &Body| matches!(body.media, BodyMedia::Binary(_));
    if !is_bytes(old) && !is_bytes(new) && !same(changes, &old.ty, &new.ty) {
        let wire = changes.fit(Way::Sent, &old.ty, &new.ty);
        found.push((format!("{} -> {}", name(&old.ty), name(&new.ty)), wire));
    }
    if (&old.media, &old.content_type) != (&new.media, &new.content_type) {
        let wire = Effect::Yes("old programs write it in another way".to_owned());
        found.push((format!("{} -> {}", written(old), written(new)), wire));
    }
    if old.required != new.required {
        let detail = if new.required { "optional -> required" } else { "required -> optional" };
        // The SDK's methods always send the body.
        found.push((detail.to_owned(), Effect::No));
    }
    found
}

fn written(body: &Body) -> String {
    let content = &body.content_type;
    match body.media {
        BodyMedia::Json => format!("JSON ({content})"),
        BodyMedia::Form => format!("form ({content})"),
        BodyMedia::Binary(_) => content.clone(),
    }
}
