//! A session as the controls show it.

use serde_json::{Value, json};

use super::World;
use crate::bank::{Login, mfa};
use crate::error::ApiError;
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
    if let Some((public, metadata)) = session.results.last() {
        shown["metadata"] = metadata.clone();
        shown["public_token"] = public.as_str().into();
    }
    if let Some(exit) = &session.exit {
        shown["exit"] = exit.clone();
    }
    shown
}
