//! A session as the controls show it.

use serde_json::{Value, json};

use super::World;
use crate::bank::{Login, mfa};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{LinkToken, Session, Step};

/// A session as the controls show it: what it waits for, and what the person sees.
pub fn view(link: &LinkToken, session: &Session, world: &World) -> Value {
    let institution = session.institution.as_deref().and_then(|id| world.institution(id).ok());
    let mut shown = json!({
        "error": session.error.as_ref().map(ApiError::in_webhook),
        "institution": institution.map(|one| json!({"institution_id": one.id, "name": one.name, "oauth": one.oauth})),
        "link_session_id": session.id,
        "link_token": link.token,
        "step": session.step.name(),
    });
    if let (Step::Mfa(number), Some(institution)) = (session.step, institution) {
        let login = Login { username: &session.username, password: &session.password };
        if let Some(round) = mfa::Plan::of(login, institution).and_then(|plan| plan.round(number)) {
            let questions = round.questions.iter().map(|one| json!({"choices": one.choices, "question": one.text}));
            shown["mfa"] = json!({"questions": questions.collect::<Vec<_>>(), "type": round.kind});
        }
    }
    if let Some(uri) = way_back(link, session) {
        shown["received_redirect_uri"] = uri.into();
    }
    if let Some((public, metadata)) = session.results.last() {
        shown["metadata"] = metadata.clone();
        shown["public_token"] = public.as_str().into();
    }
    if let Some(exit) = &session.exit {
        shown["exit"] = exit.clone();
    }
    shown
}

/// The address that a bank's page leads back to: the one of the token, with what the application gets back.
pub fn way_back(link: &LinkToken, session: &Session) -> Option<String> {
    let (uri, state) = (Fields(&link.request).text("redirect_uri")?, session.oauth_state.as_deref()?);
    let separator = if uri.contains('?') { '&' } else { '?' };
    let correlation = session.correlation.as_ref().map(|(id, _)| format!("&link_correlation_id={id}"));
    Some(format!("{uri}{separator}oauth_state_id={state}{}", correlation.unwrap_or_default()))
}
