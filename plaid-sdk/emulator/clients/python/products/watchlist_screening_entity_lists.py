"""Monitor for organizations: what was screened is found again, with its history, its program and its reviews."""

from plaid.models import (
    EntityWatchlistSearchTerms,
    WatchlistScreeningEntityCreateRequest,
    WatchlistScreeningEntityGetRequest,
    WatchlistScreeningEntityHistoryListRequest,
    WatchlistScreeningEntityListRequest,
    WatchlistScreeningEntityProgramGetRequest,
    WatchlistScreeningEntityProgramListRequest,
    WatchlistScreeningEntityReviewCreateRequest,
    WatchlistScreeningEntityReviewListRequest,
    WatchlistScreeningEntityUpdateRequest,
    WatchlistScreeningStatus,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    program = (
        client.watchlist_screening_entity_program_list(WatchlistScreeningEntityProgramListRequest())
        .entity_watchlist_programs[0]
        .id
    )
    found = client.watchlist_screening_entity_program_get(
        WatchlistScreeningEntityProgramGetRequest(entity_watchlist_program_id=program)
    )
    assert found.id == program
    screening = client.watchlist_screening_entity_create(
        WatchlistScreeningEntityCreateRequest(
            search_terms=EntityWatchlistSearchTerms(entity_watchlist_program_id=program, legal_name="Acme Tools"),
            client_user_id="acme",
        )
    ).id
    shown = client.watchlist_screening_entity_get(
        WatchlistScreeningEntityGetRequest(entity_watchlist_screening_id=screening)
    )
    assert shown.status.value == "cleared"
    listed = client.watchlist_screening_entity_list(
        WatchlistScreeningEntityListRequest(entity_watchlist_program_id=program, client_user_id="acme")
    )
    assert [one.id for one in listed.entity_watchlist_screenings] == [screening]

    client.watchlist_screening_entity_review_create(
        WatchlistScreeningEntityReviewCreateRequest(
            entity_watchlist_screening_id=screening, confirmed_hits=[], dismissed_hits=[], comment="known for years"
        )
    )
    reviews = client.watchlist_screening_entity_review_list(
        WatchlistScreeningEntityReviewListRequest(entity_watchlist_screening_id=screening)
    )
    assert [one.comment for one in reviews.entity_watchlist_screening_reviews] == ["known for years"]
    client.watchlist_screening_entity_update(
        WatchlistScreeningEntityUpdateRequest(
            entity_watchlist_screening_id=screening, status=WatchlistScreeningStatus("rejected")
        )
    )
    history = client.watchlist_screening_entity_history_list(
        WatchlistScreeningEntityHistoryListRequest(entity_watchlist_screening_id=screening)
    )
    assert [one.status.value for one in history.entity_watchlist_screenings] == ["rejected", "cleared"]
    with refused("INVALID_FIELD"):
        client.watchlist_screening_entity_get(
            WatchlistScreeningEntityGetRequest(entity_watchlist_screening_id="entscr_11111111111111")
        )
