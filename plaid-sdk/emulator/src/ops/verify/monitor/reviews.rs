//! Hits, and reviews that confirm or dismiss them.

use serde_json::{Value, json};

use super::super::{Call, Response, by_request, page, trail};
use super::{names, one, view};
use crate::error::ApiError;
use crate::state::verify::ScreeningKind::{self, Individual};
use crate::state::verify::{HitStatus, Review, Screening};

/// `…/hit/list`.
pub fn hits(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    let screening = one(call.tenant, kind, call.request.required(names(kind).screening)?)?;
    let all: Vec<_> = screening.hits.iter().enumerate().collect();
    let list = if kind == Individual { "watchlist_screening_hits" } else { "entity_watchlist_screening_hits" };
    page(call.request, list, &all, |hit| view::hit(kind, hit))
}

/// `…/review/create`: hits are confirmed or dismissed. The state of the screening stays, since that is a decision of its own.
pub fn create(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    let screening = one(call.tenant, kind, call.request.required(names(kind).screening)?)?;
    let confirmed = of_screening(call, screening, "confirmed_hits")?;
    let dismissed = of_screening(call, screening, "dismissed_hits")?;
    if confirmed.iter().any(|id| dismissed.contains(id)) {
        return Err(ApiError::invalid_field("a hit can't be in both confirmed_hits and dismissed_hits"));
    }
    let id = screening.id.clone();
    let review = Review {
        id: call.tenant.ids.short(names(kind).ids[2]),
        confirmed,
        dismissed,
        comment: call.request.text("comment").map(str::to_owned),
        trail: by_request(call.tenant),
    };
    let response = shown(&review);
    if let Some(screening) = call.tenant.verify.monitor_mut(kind).screenings.get_mut(&id) {
        for hit in &mut screening.hits {
            if review.confirmed.contains(&hit.id) {
                hit.status = HitStatus::Confirmed;
            } else if review.dismissed.contains(&hit.id) {
                hit.status = HitStatus::Dismissed;
            }
        }
        screening.reviews.push(review);
    }
    Ok(response)
}

/// The ids of a list of the request. Each has to be a hit of the screening.
fn of_screening(call: &Call<'_>, screening: &Screening, field: &str) -> Result<Vec<String>, ApiError> {
    let ids = call.request.texts(field).unwrap_or_default();
    match ids.iter().find(|id| screening.hits.iter().all(|hit| hit.id != **id)) {
        Some(id) => Err(ApiError::invalid_field(&format!("{field}: {id} is not a hit of this screening"))),
        None => Ok(ids.into_iter().map(str::to_owned).collect()),
    }
}

/// `…/review/list`.
pub fn list(call: &mut Call<'_>, kind: ScreeningKind) -> Response {
    let screening = one(call.tenant, kind, call.request.required(names(kind).screening)?)?;
    let all: Vec<_> = screening.reviews.iter().enumerate().collect();
    let list = if kind == Individual { "watchlist_screening_reviews" } else { "entity_watchlist_screening_reviews" };
    page(call.request, list, &all, |review| shown(review))
}

fn shown(review: &Review) -> Value {
    json!({
        "audit_trail": trail(&review.trail),
        "comment": review.comment,
        "confirmed_hits": review.confirmed,
        "dismissed_hits": review.dismissed,
        "id": review.id,
    })
}
