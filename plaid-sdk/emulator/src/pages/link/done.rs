//! The pages of a session that has ended, and of one that leaves a bank's own page.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::layout::{Frames, page as whole};
use super::Place;
use super::steps::frame;
use crate::fields::Fields;
use crate::ops::link_session::{self, way_back};
use crate::state::Step;

/// How a session ended. A frame's application is told; a hosted page leads on to where the token says.
pub fn page(place: &Place<'_>) -> Markup {
    let succeeded = place.session.step == Step::Finished;
    let to = Fields(&place.link.request).object("hosted_link").text("completion_redirect_uri");
    let to =
        to.filter(|uri| succeeded && place.embed.is_none() && uri.contains("://") && !uri.starts_with("javascript"));
    let is_verification = link_session::identity_request::is_meant(Fields(&place.link.request));
    let (title, sign) = match (succeeded, is_verification) {
        (true, true) => ("The verification is over", "✓"),
        (true, false) => ("Your accounts are linked", "✓"),
        (false, _) => ("You have left Link", "×"),
    };
    let count = place.session.results.len();
    let body = html! {
        div.sign aria-hidden="true" { (sign) }
        h1 { (title) }
        @if succeeded && is_verification {
            p { (place.requested("client_name").unwrap_or("The application")) " sees its result." }
        } @else if succeeded {
            p { (place.requested("client_name").unwrap_or("The application")) " can now read "
                @if place.link.update.is_some() { "the Item again." }
                @else if count == 1 { "the accounts that you chose." }
                @else { "the accounts that you chose at " (count) " institutions." } }
        } @else {
            p { "Nothing was linked." }
        }
        @match to {
            Some(uri) => p.help { "Going on to " a href=(uri) { (uri) } "." },
            None => p.help { "You can close this page." },
        }
    };
    whole(title, Frames::Any, to, &frame(place, Some(&end(place)), &body))
}

/// The way from a bank's page back to the application, which goes on with Link.
pub fn back(place: &Place<'_>) -> Markup {
    let to = way_back(place.link, place.session).unwrap_or_default();
    let body = html! {
        h1 { "Back to " (place.requested("client_name").unwrap_or("the application")) }
        p { "The bank has let you in. " a href=(to) { "Go on in the application" } "." }
    };
    whole("Back to the application", Frames::Any, Some(&to), &frame(place, None, &body))
}

/// The arguments of `onSuccess` or `onExit`.
fn end(place: &Place<'_>) -> Value {
    if let Some((public, metadata)) = place.session.results.last() {
        let mut metadata = metadata.clone();
        let accounts = metadata["accounts"].as_array().cloned().unwrap_or_default();
        let one = match accounts.as_slice() {
            [one] => one.clone(),
            _ => json!({"id": null, "mask": null, "name": null, "subtype": null, "type": null}),
        };
        metadata["account_id"] = one["id"].clone();
        metadata["account"] = one;
        metadata["public_token"] = public.as_str().into();
        return json!({"metadata": metadata, "public_token": public});
    }
    // A verification makes no Item. Its session's id is the one of the verification.
    if place.session.step == Step::Finished {
        let metadata = json!({
            "accounts": [], "institution": null, "link_session_id": place.session.id, "transfer_status": null,
        });
        return json!({"metadata": metadata, "public_token": null});
    }
    let exit = place.session.exit.clone().unwrap_or_default();
    let mut metadata = exit["metadata"].clone();
    // A script sees all names, also those without a value.
    if metadata.get("status").is_none() {
        metadata["status"] = Value::Null;
    }
    let of = |name: &str| exit["error"][name].clone();
    let names = ["error_type", "error_code", "error_message", "display_message"];
    let error = match &exit["error"] {
        Value::Null => Value::Null,
        _ => names.into_iter().map(|name| (name.to_owned(), of(name))).collect(),
    };
    json!({"error": error, "metadata": metadata})
}
