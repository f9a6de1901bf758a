"""Monitor: a person with the name of a sanctioned one is reviewed by hand."""

from datetime import date

from plaid.models import (
    WatchlistScreeningIndividualCreateRequest,
    WatchlistScreeningIndividualGetRequest,
    WatchlistScreeningIndividualHistoryListRequest,
    WatchlistScreeningIndividualHitListRequest,
    WatchlistScreeningIndividualListRequest,
    WatchlistScreeningIndividualProgramGetRequest,
    WatchlistScreeningIndividualProgramListRequest,
    WatchlistScreeningIndividualReviewCreateRequest,
    WatchlistScreeningIndividualReviewListRequest,
    WatchlistScreeningIndividualUpdateRequest,
    WatchlistScreeningRequestSearchTerms,
    WatchlistScreeningStatus,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard/webhook", {"url": receiver.url})
    program = client.watchlist_screening_individual_program_list(
        WatchlistScreeningIndividualProgramListRequest()
    ).watchlist_programs[0]
    assert (
        client.watchlist_screening_individual_program_get(
            WatchlistScreeningIndividualProgramGetRequest(watchlist_program_id=program.id)
        ).name
        == program.name
    )
    clear = client.watchlist_screening_individual_create(
        WatchlistScreeningIndividualCreateRequest(
            search_terms=WatchlistScreeningRequestSearchTerms(
                watchlist_program_id=program.id, legal_name="Leslie Knope"
            ),
            client_user_id="leslie",
        )
    )
    assert clear.status.value == "cleared"
    screening = client.watchlist_screening_individual_create(
        WatchlistScreeningIndividualCreateRequest(
            search_terms=WatchlistScreeningRequestSearchTerms(
                watchlist_program_id=program.id, legal_name="Joseph Kony", date_of_birth=date(1964, 9, 18), country="US"
            ),
            client_user_id="joseph",
        )
    )
    assert screening.status.value == "pending_review"
    [hit] = client.watchlist_screening_individual_hit_list(
        WatchlistScreeningIndividualHitListRequest(watchlist_screening_id=screening.id)
    ).watchlist_screening_hits
    assert (hit.analysis.names.value, hit.analysis.dates_of_birth.value, hit.list_code.value) == (
        "match",
        "match",
        "US_SDN",
    )

    review = client.watchlist_screening_individual_review_create(
        WatchlistScreeningIndividualReviewCreateRequest(
            watchlist_screening_id=screening.id, confirmed_hits=[hit.id], dismissed_hits=[], comment="The same person"
        )
    )
    assert review.confirmed_hits == [hit.id]
    reviews = client.watchlist_screening_individual_review_list(
        WatchlistScreeningIndividualReviewListRequest(watchlist_screening_id=screening.id)
    ).watchlist_screening_reviews
    assert [one.comment for one in reviews] == ["The same person"]
    rejected = client.watchlist_screening_individual_update(
        WatchlistScreeningIndividualUpdateRequest(
            watchlist_screening_id=screening.id, status=WatchlistScreeningStatus("rejected")
        )
    )
    assert rejected.status.value == "rejected"
    read = client.watchlist_screening_individual_get(
        WatchlistScreeningIndividualGetRequest(watchlist_screening_id=screening.id)
    )
    assert (read.status.value, read.search_terms.legal_name) == ("rejected", "Joseph Kony")
    receiver.wait("STATUS_UPDATED", {"screening_id": screening.id})
    history = client.watchlist_screening_individual_history_list(
        WatchlistScreeningIndividualHistoryListRequest(watchlist_screening_id=screening.id)
    ).watchlist_screenings
    assert history[-1].status.value == "pending_review"
    listed = client.watchlist_screening_individual_list(
        WatchlistScreeningIndividualListRequest(
            watchlist_program_id=program.id, status=WatchlistScreeningStatus("rejected")
        )
    ).watchlist_screenings
    assert [one.id for one in listed] == [screening.id]
    with refused("INVALID_FIELD"):
        client.watchlist_screening_individual_get(
            WatchlistScreeningIndividualGetRequest(watchlist_screening_id="scr_unknown")
        )
