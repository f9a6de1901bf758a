"""Protect: a session in Link is scored, and reports of fraud lower the score of a user."""

from plaid.models import (
    ProtectComputeRequest,
    ProtectReportConfidence,
    ProtectReportCreateRequest,
    ProtectReportSource,
    ProtectReportType,
    ProtectUser,
    ProtectUserInsightsGetRequest,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard/webhook", {"url": receiver.url})
    user_id = client.user_create(UserCreateRequest(client_user_id="ann")).user_id
    before = client.protect_compute(
        ProtectComputeRequest(model="ti-identity-2.0", user=ProtectUser(client_user_id="ann"))
    ).score
    report = client.protect_report_create(
        ProtectReportCreateRequest(
            user_id=user_id,
            report_confidence=ProtectReportConfidence("CONFIRMED"),
            report_type=ProtectReportType("USER_ACCOUNT_TAKEOVER"),
            report_source=ProtectReportSource("INTERNAL_REVIEW"),
        )
    )
    assert (
        client.protect_compute(
            ProtectComputeRequest(model="ti-identity-2.0", user=ProtectUser(client_user_id="ann"))
        ).score
        < before
    )
    insights = client.protect_user_insights_get(ProtectUserInsightsGetRequest(user_id=user_id))
    assert [one.report_id for one in insights.reports] == [report.report_id]
    assert insights.latest_scored_event is None

    token = link_token(client, ["transactions", "protect_linked_bank"])
    plaid.complete_link(token)
    told = receiver.wait("PROTECT_USER_EVENT")
    assert (told["event_type"], told["user_id"]) == ("LINK_COMPLETE", user_id)
    scored = client.protect_user_insights_get(ProtectUserInsightsGetRequest(user_id=user_id)).latest_scored_event
    assert scored.event_id == told["event_id"]
    with refused("USER_NOT_FOUND"):
        client.protect_user_insights_get(ProtectUserInsightsGetRequest(client_user_id="bob"))
