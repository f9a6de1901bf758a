"""Beacon: a report and how it reaches another user, and what is known of a user's accounts."""

from datetime import date

from plaid.models import (
    BeaconAccountRiskEvaluateRequest,
    BeaconReportCreateRequest,
    BeaconReportCreateType,
    BeaconReportGetRequest,
    BeaconReportSyndicationGetRequest,
    BeaconReportSyndicationListRequest,
    BeaconUserAccountInsightsGetRequest,
    BeaconUserCreateRequest,
    BeaconUserName,
    BeaconUserRequestData,
    BeaconUserUpdateRequest,
    BeaconUserUpdateRequestData,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()

    def create(client_user_id: str) -> str:
        return client.beacon_user_create(
            BeaconUserCreateRequest(
                program_id="becprg_11111111111111",
                client_user_id=client_user_id,
                user=BeaconUserRequestData(
                    date_of_birth=date(1976, 2, 25),
                    name=BeaconUserName(given_name="Ann", family_name="Perkins"),
                    email_address="ann@example.com",
                ),
            )
        ).id

    reported, other = create("one"), create("two")
    report = client.beacon_report_create(
        BeaconReportCreateRequest(
            beacon_user_id=reported, type=BeaconReportCreateType("stolen"), fraud_date=date(2026, 11, 1)
        )
    )
    assert client.beacon_report_get(BeaconReportGetRequest(beacon_report_id=report.id)).beacon_user_id == reported
    listed = client.beacon_report_syndication_list(BeaconReportSyndicationListRequest(beacon_user_id=other))
    syndication = listed.beacon_report_syndications[0].id
    reached = client.beacon_report_syndication_get(
        BeaconReportSyndicationGetRequest(beacon_report_syndication_id=syndication)
    )
    assert (reached.beacon_user_id, reached.report.id) == (other, report.id)

    access_token = link(client, ["auth"])
    updated = client.beacon_user_update(
        BeaconUserUpdateRequest(
            beacon_user_id=other,
            user=BeaconUserUpdateRequestData(email_address="new@example.com"),
            access_tokens=[access_token],
        )
    )
    assert (updated.user.email_address, len(updated.item_ids)) == ("new@example.com", 1)
    insights = client.beacon_user_account_insights_get(
        BeaconUserAccountInsightsGetRequest(beacon_user_id=other, access_token=access_token)
    )
    accounts = insights.bank_account_insights.accounts
    assert accounts[0].attributes.total_plaid_connections_count == 1
    risk = client.beacon_account_risk_evaluate(BeaconAccountRiskEvaluateRequest(access_token=access_token))
    assert len(risk.accounts) == len(accounts)
    with refused("INVALID_FIELD"):
        client.beacon_report_get(BeaconReportGetRequest(beacon_report_id="becrpt_11111111111111"))
