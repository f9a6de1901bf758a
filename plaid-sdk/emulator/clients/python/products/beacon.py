"""Beacon: a person whose identity was reported as stolen wants another account."""

from datetime import date

from plaid.models import (
    BeaconDuplicateGetRequest,
    BeaconReportCreateRequest,
    BeaconReportCreateType,
    BeaconReportListRequest,
    BeaconReportSyndicationListRequest,
    BeaconUserCreateRequest,
    BeaconUserGetRequest,
    BeaconUserHistoryListRequest,
    BeaconUserName,
    BeaconUserRequestData,
    BeaconUserReviewRequest,
    BeaconUserStatus,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard/webhook", {"url": receiver.url})
    program = "becprg_11111111111111"
    first = client.beacon_user_create(
        BeaconUserCreateRequest(
            program_id=program,
            client_user_id="ann",
            user=BeaconUserRequestData(
                date_of_birth=date(1976, 2, 25),
                name=BeaconUserName(given_name="Ann", family_name="Perkins"),
                email_address="ann@example.com",
                phone_number="+12345678900",
            ),
        )
    )
    assert (first.status.value, first.version) == ("cleared", 1)
    report = client.beacon_report_create(
        BeaconReportCreateRequest(
            beacon_user_id=first.id, type=BeaconReportCreateType("stolen"), fraud_date=date(2026, 11, 1)
        )
    )
    receiver.wait("REPORT_CREATED", {"beacon_report_id": report.id})
    listed = client.beacon_report_list(BeaconReportListRequest(beacon_user_id=first.id)).beacon_reports
    assert [one.id for one in listed] == [report.id]

    # The same data under another id is a duplicate, and has to be reviewed because of the report.
    second = client.beacon_user_create(
        BeaconUserCreateRequest(
            program_id=program,
            client_user_id="ann-again",
            user=BeaconUserRequestData(
                date_of_birth=date(1976, 2, 25),
                name=BeaconUserName(given_name="Ann", family_name="Perkins"),
                email_address="ann@example.com",
                phone_number="+12345678900",
            ),
        )
    )
    assert second.status.value == "pending_review"
    told = receiver.wait("DUPLICATE_DETECTED")
    duplicate = client.beacon_duplicate_get(BeaconDuplicateGetRequest(beacon_duplicate_id=told["beacon_duplicate_id"]))
    assert (duplicate.beacon_user1.id, duplicate.beacon_user2.id) == (first.id, second.id)
    assert (duplicate.analysis.name.value, duplicate.analysis.phone_number.value) == ("match", "match")
    [syndication] = client.beacon_report_syndication_list(
        BeaconReportSyndicationListRequest(beacon_user_id=second.id)
    ).beacon_report_syndications
    assert (syndication.report.id, syndication.report.type.value) == (report.id, "stolen")

    reviewed = client.beacon_user_review(
        BeaconUserReviewRequest(beacon_user_id=second.id, status=BeaconUserStatus("cleared"))
    )
    assert reviewed.status.value == "cleared"
    read = client.beacon_user_get(BeaconUserGetRequest(beacon_user_id=second.id))
    assert (read.status.value, read.version, read.client_user_id) == ("cleared", 2, "ann-again")
    history = client.beacon_user_history_list(BeaconUserHistoryListRequest(beacon_user_id=second.id)).beacon_users
    assert [one.status.value for one in history] == ["cleared", "pending_review"]
    with refused("INVALID_FIELD"):
        client.beacon_user_get(BeaconUserGetRequest(beacon_user_id="becusr_unknown"))
