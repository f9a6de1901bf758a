"""Monitor for organizations: a screening with a hit, which a reviewer dismisses."""

from plaid.models import (
    EntityWatchlistSearchTerms,
    WatchlistScreeningEntityCreateRequest,
    WatchlistScreeningEntityHitListRequest,
    WatchlistScreeningEntityProgramListRequest,
    WatchlistScreeningEntityReviewCreateRequest,
    WatchlistScreeningEntityUpdateRequest,
    WatchlistScreeningStatus,
)
from plaid_emulator import Tenant
from support import Receiver


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard/webhook", {"url": receiver.url})
    program = client.watchlist_screening_entity_program_list(
        WatchlistScreeningEntityProgramListRequest()
    ).entity_watchlist_programs[0]
    screening = client.watchlist_screening_entity_create(
        WatchlistScreeningEntityCreateRequest(
            search_terms=EntityWatchlistSearchTerms(
                entity_watchlist_program_id=program.id, legal_name="Islamic Radio And Television Union"
            )
        )
    )
    assert screening.status.value == "pending_review"
    [hit] = client.watchlist_screening_entity_hit_list(
        WatchlistScreeningEntityHitListRequest(entity_watchlist_screening_id=screening.id)
    ).entity_watchlist_screening_hits
    assert hit.analysis.names.value == "match"
    client.watchlist_screening_entity_review_create(
        WatchlistScreeningEntityReviewCreateRequest(
            entity_watchlist_screening_id=screening.id, confirmed_hits=[], dismissed_hits=[hit.id]
        )
    )
    cleared = client.watchlist_screening_entity_update(
        WatchlistScreeningEntityUpdateRequest(
            entity_watchlist_screening_id=screening.id, status=WatchlistScreeningStatus("cleared")
        )
    )
    assert cleared.status.value == "cleared"
    told = receiver.wait("STATUS_UPDATED", {"entity_screening_id": screening.id})
    assert told["webhook_type"] == "ENTITY_SCREENING"
    [dismissed] = client.watchlist_screening_entity_hit_list(
        WatchlistScreeningEntityHitListRequest(entity_watchlist_screening_id=screening.id)
    ).entity_watchlist_screening_hits
    assert dismissed.review_status.value == "dismissed"
