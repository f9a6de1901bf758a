"""Earned wage access: how likely it is that an advance of some size is paid back."""

from plaid.models import BetaEwaReportV1GetRequest
from plaid_emulator import Tenant
from support import link


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["transactions"], username="user_ewa_user")
    found = client.beta_ewa_report_v1_get(BetaEwaReportV1GetRequest(access_token=access_token))
    scores = found.ewa_scores
    assert len(scores) > 1
    # A larger advance is the greater risk.
    assert all(0 <= one.score and one.score <= 100 for one in scores)
